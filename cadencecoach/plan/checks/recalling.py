"""Words that recall help, where no help has gone before. The coach says them right after a helped stage only."""

from collections.abc import Iterator, Sequence

from cadencecoach.plan.building import Turn
from cadencecoach.plan.checks.written import Clash, Head
from cadencecoach.plan.syntax.nodes import Node


def nothing_to_recall(head: Head, turns: Sequence[Turn]) -> Iterator[Clash]:
    """Probes that ask for the words of recall and never get them; on the plan, where no probe gets them."""
    before = (None, *turns)
    for part in {id(turn.part): turn.part for turn in turns}.values():
        place = part.node.get("recall")
        own = [(last, turn) for last, turn in zip(before, turns, strict=False) if turn.part is part]
        if place is not None and any(turn.stage.is_probe for _, turn in own) and not any(_is_said(*one) for one in own):
            name = own[0][1].stage.name
            yield Clash(
                place,
                f"no helped stage comes right before '{name}', so there is nothing to recall and it is not said; "
                "put it behind a stage with help, or write 'recall: off'",
            )
    place = head.node.get("recall")
    if place is not None and head.keys.recall == "on":
        yield from _on_the_plan(place, before, turns)


def _on_the_plan(place: Node, before: Sequence[Turn | None], turns: Sequence[Turn]) -> Iterator[Clash]:
    if not any(_is_said(*one) for one in zip(before, turns, strict=False)):
        yield Clash(
            place,
            "no stage without help comes right after one with help, so this is never said; add one with "
            "'beat: off, feedback: none' or 'help: 0 %' there, or delete the key",
        )


def _is_said(before: Turn | None, turn: Turn) -> bool:
    return turn.stage.is_recalling(None if before is None else before.stage)

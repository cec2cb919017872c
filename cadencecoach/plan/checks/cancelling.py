"""Settings that cancel each other, or come to the opposite: every question is put to every stage, and answered once."""

from collections.abc import Iterator, Sequence

from cadencecoach.plan.building import Turn
from cadencecoach.plan.checks.idle_keys import IDLE_KEYS
from cadencecoach.plan.checks.lost_help import LOST_HELP
from cadencecoach.plan.checks.written import Check, Clash, Head, Words
from cadencecoach.plan.faults import Report
from cadencecoach.plan.syntax.findings import Severity
from cadencecoach.plan.syntax.nodes import MapNode, Node

Place = tuple[int, int]


def check_cancelling(head: Head, turns: Sequence[Turn], report: Report) -> None:
    """Warn of what is written and comes to nothing, or to the opposite. A part with an unread value is not judged."""
    if head.bad:
        return
    readable = [turn for turn in turns if not turn.part.bad]
    stages = [Words(head, turn) for turn in readable if turn.stage.is_asked]
    found = [clash for check in LOST_HELP for clash in _first_at_each_place(check, stages)]
    found += [clash for check in IDLE_KEYS for clash in _where_it_never_works(check, stages)]
    found += nothing_to_recall(head, turns) if len(readable) == len(turns) else ()
    for clash in found:
        report.add(clash.place, clash.message, Severity.WARNING)


def _at(node: Node) -> Place:
    return node.line, node.column


def _first_at_each_place(check: Check, stages: Sequence[Words]) -> list[Clash]:
    """A setting of the plan is told of once, by the first stage it goes wrong in."""
    found: dict[Place, Clash] = {}
    for words in stages:
        for clash in check(words):
            found.setdefault(_at(clash.place), clash)
    return list(found.values())


def _where_it_never_works(check: Check, stages: Sequence[Words]) -> list[Clash]:
    """A setting of the plan does something as long as there is one stage where it does."""
    found: dict[Place, Clash] = {}
    working: set[Place] = set()
    for words in stages:
        idle = {_at(clash.place): clash for clash in check(words)}
        working |= _at_work(words) - idle.keys()
        found = {**idle, **found}
    return [clash for place, clash in found.items() if place not in working]


def _at_work(words: Words) -> set[Place]:
    """The places of the settings that hold for a stage."""
    given = [
        node for node in (words.head.node.get("feedback"), words.on_stage("feedback")) if isinstance(node, MapNode)
    ]
    settings = {key for node in given for key in node.keys}
    return {_at(node) for node in (words.at("tolerance"), *map(words.setting, settings)) if node is not None}


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

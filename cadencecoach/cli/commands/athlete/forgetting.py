"""`cadencecoach athlete forget`: everything of one athlete deleted, really."""

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from cadencecoach.cli.printing import show_as_json, show_text, tell
from cadencecoach.errors import UsageError

if TYPE_CHECKING:
    from cadencecoach.desk.athletes.forgetting import Traces

ELSEWHERE = (
    "Files written elsewhere (exports, reports, sound, journals from --journal) are not listed: delete them yourself."
)


@click.command("forget")
@click.argument("name", metavar="NAME")
@click.option("--yes", "is_sure", is_flag=True, help="Do not ask for confirmation.")
@click.option("--json", "as_json", is_flag=True, help="Print what was deleted as JSON; needs --yes.")
def forget(*, name: str, is_sure: bool, as_json: bool) -> int:
    """Delete everything kept about NAME: profile, log, programme, journals, their index, sensors, spoken clips.

    This cannot be undone. Run `athlete export NAME` first to keep a copy.
    """
    from cadencecoach.desk.athletes.forgetting import forget as deleted
    from cadencecoach.desk.athletes.forgetting import traces_of
    from cadencecoach.store.user_store import user_store

    store = user_store()
    traces = traces_of(store, name)
    if traces.is_nobody:
        raise UsageError(f"nothing about {name} is kept on this machine")
    if not is_sure:
        _ask(name, list(_lines(traces)))
    traces = deleted(store, name)
    lines = list(_lines(traces))
    if as_json:
        show_as_json(_json(traces))
    else:
        show_text(
            "\n".join([*([] if not is_sure else [f"deleted: {line}" for line in lines]), f"{name} is forgotten."])
        )
        show_text(ELSEWHERE)
    return 0


def _ask(name: str, lines: list[str]) -> None:
    if not sys.stdin or not sys.stdin.isatty():
        raise UsageError(f"there is no terminal to ask on; add --yes to delete everything about {name}")
    tell("\n".join([f"Kept about {name}:", *(f"  {line}" for line in lines)]))
    click.confirm("Delete all of it for good?", abort=True, err=True)


def _lines(traces: "Traces") -> Iterator[str]:
    if traces.kept.place is not None:
        yield f"{traces.kept.place} ({', '.join(traces.kept.files) or 'empty'})"
    if traces.kept.journals:
        ids = traces.kept.journals
        shown = ", ".join(ids) if len(ids) <= 3 else f"{ids[0]} to {ids[-1]}"  # noqa: PLR2004  # as many fit in a line
        yield f"journals and their rows in the index: {len(ids)} ({shown})"
    if traces.sensors:
        yield f"remembered sensors: {', '.join(ascii(one.name)[1:-1] for one in traces.sensors)}"
    if traces.spoken:
        yield f"spoken clips in the cache: {len(traces.spoken)} (of all athletes; made again when needed)"
    if traces.n_devices:
        yield f"devices let in to the page: {traces.n_devices} (they are let out)"
    if traces.kept.leftovers:
        yield f"unfinished imports: {len(traces.kept.leftovers)}"


def _json(traces: "Traces") -> dict[str, object]:
    return {
        "forgotten": traces.athlete,
        "folder": traces.kept.place,
        "files": list(traces.kept.files),
        "journals": list(traces.kept.journals),
        "sensors": [one.name for one in traces.sensors],
        "spoken_clips": len(traces.spoken),
        "devices": traces.n_devices,
        "about": ELSEWHERE,
    }

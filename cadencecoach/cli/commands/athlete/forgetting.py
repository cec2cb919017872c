"""`cadencecoach athlete forget`: everything of one athlete deleted, really."""

import json
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

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
    from cadencecoach.desk.athletes.forgetting import forget as deleted  # noqa: PLC0415
    from cadencecoach.desk.athletes.forgetting import traces_of  # noqa: PLC0415

    traces = traces_of(name)
    if traces.is_nobody:
        raise UsageError(f"nothing about {name} is kept on this machine")
    if not is_sure:
        _ask(name, list(_lines(traces)))
    traces = deleted(name)
    lines = list(_lines(traces))
    if as_json:
        click.echo(json.dumps(_json(traces), ensure_ascii=False, indent=2))
    else:
        click.echo(
            "\n".join([*([] if not is_sure else [f"deleted: {line}" for line in lines]), f"{name} is forgotten."])
        )
        click.echo(ELSEWHERE)
    return 0


def _ask(name: str, lines: list[str]) -> None:
    if not sys.stdin or not sys.stdin.isatty():
        raise UsageError(f"there is no terminal to ask on; add --yes to delete everything about {name}")
    click.echo("\n".join([f"Kept about {name}:", *(f"  {line}" for line in lines)]), err=True)
    click.confirm("Delete all of it for good?", abort=True, err=True)


def _lines(traces: "Traces") -> Iterator[str]:
    if traces.folder is not None:
        yield f"{traces.folder} ({', '.join(path.name for path in traces.files) or 'empty'})"
    if traces.journals:
        ids = [path.stem for path in traces.journals]
        shown = ", ".join(ids) if len(ids) <= 3 else f"{ids[0]} to {ids[-1]}"  # noqa: PLR2004  # as many fit in a line
        yield f"journals and their rows in the index: {len(ids)} ({shown})"
    if traces.sensors:
        yield f"remembered sensors: {', '.join(ascii(one.name)[1:-1] for one in traces.sensors)}"
    if traces.spoken:
        yield f"spoken clips in the cache: {len(traces.spoken)} (of all athletes; made again when needed)"
    if traces.leftovers:
        yield f"unfinished imports: {len(traces.leftovers)}"


def _json(traces: "Traces") -> dict[str, object]:
    return {
        "forgotten": traces.athlete,
        "folder": None if traces.folder is None else str(traces.folder),
        "files": [path.name for path in traces.files],
        "journals": [path.stem for path in traces.journals],
        "sensors": [one.name for one in traces.sensors],
        "spoken_clips": len(traces.spoken),
        "about": ELSEWHERE,
    }

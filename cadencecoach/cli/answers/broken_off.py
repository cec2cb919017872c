"""The offer to finish a session that broke off: a question to a person at a terminal, a line to anybody else."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cadencecoach.cli.printing import tell
from cadencecoach.desk.history.finishing import finish
from cadencecoach.devices.clock import label_s
from cadencecoach.devices.command_line import command_line
from cadencecoach.errors import CadencecoachError
from cadencecoach.view.words import clock

if TYPE_CHECKING:
    from cadencecoach.desk.today.breaks import BrokenOff
    from cadencecoach.store.loading import Recorded


def tell_broken_off(paths: Sequence[Path]) -> None:
    """Say which sessions broke off, and how to finish them."""
    if not paths:
        return
    what = f"session {paths[0].stem}" if len(paths) == 1 else f"{len(paths)} sessions"
    how = paths[0].stem if len(paths) == 1 else "--all"
    tell(f"{what} broke off; nothing recorded is lost: finish it with `{command_line(f'history finish {how}')}`")


def ask_to_go_on(one: "BrokenOff") -> bool:
    """Ask whether a session goes on, in one line; Enter says yes. Whoever says no has it finished and saved."""
    text = f"{go_on_words(one)}: go on? Enter goes on, n finishes and saves it"
    if click.confirm(text, default=True, err=True, show_default=False):
        return True
    finish_all((one.kept.path,))
    return False


def go_on_words(one: "BrokenOff") -> str:
    """Which session it is, and how far it came."""
    planned_s = one.kept.plan.duration_s
    whole = "" if planned_s is None else f" of {clock(planned_s)}"
    return (
        f"Session of {started_here(one.kept.recorded)} ({one.kept.plan.name}) broke off at {clock(one.done_s)}{whole}"
    )


def started_here(recorded: "Recorded") -> str:
    """When a session began, by the clocks of the place."""
    header = recorded.journal.header
    began_s, offset_s = label_s(str(header.get("started"))), header.get("utc_offset_s")
    if began_s is None:
        return recorded.id
    second = (began_s + (offset_s if isinstance(offset_s, int | float) else 0)) % 86_400
    return f"{int(second // 3600):02}:{int(second % 3600 // 60):02}"


def offer_to_finish(paths: Sequence[Path]) -> None:
    """Ask whether to finish sessions that broke off, where there is somebody to ask; else say how."""
    if not paths:
        return
    if not all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)):
        tell_broken_off(paths)
        return
    what = f"Session {paths[0].stem}" if len(paths) == 1 else f"{len(paths)} sessions"
    if click.confirm(f"{what} broke off before the end. Finish the record now?", default=True, err=True):
        finish_all(paths)


def finish_all(paths: Sequence[Path]) -> int:
    """Finish sessions, a line for each; the answer is how many could not be."""
    n_failed = 0
    for path in paths:
        try:
            whole = finish(path).summary.session
        except CadencecoachError as error:
            n_failed += 1
            tell(str(error))
        else:
            tell(f"{path.stem}: interrupted after {clock(whole.duration_s)}, {whole.steps:.0f} steps")
    return n_failed

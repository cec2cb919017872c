"""The offer to finish a session that broke off: a question to a person at a terminal, a line to anybody else."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from cadencecoach.cli.printing import tell
from cadencecoach.desk.history.finishing import finish
from cadencecoach.devices.command_line import command_line
from cadencecoach.errors import CadencecoachError
from cadencecoach.view.words import clock


def tell_broken_off(paths: Sequence[Path]) -> None:
    """Say which sessions broke off, and how to finish them."""
    if not paths:
        return
    what = f"session {paths[0].stem}" if len(paths) == 1 else f"{len(paths)} sessions"
    how = paths[0].stem if len(paths) == 1 else "--all"
    tell(f"{what} broke off; nothing recorded is lost: finish it with `{command_line(f'history finish {how}')}`")


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

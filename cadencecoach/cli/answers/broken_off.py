"""The offer to finish a session that broke off: a question to a person at a terminal, a line to anybody else."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from cadencecoach.cli.printing import tell
from cadencecoach.desk.history.finishing import finish
from cadencecoach.devices.command_line import command_line
from cadencecoach.errors import CadencecoachError
from cadencecoach.plan.forms import fill
from cadencecoach.plan.screen_texts import ScreenTexts
from cadencecoach.view.words import clock


def tell_broken_off(paths: Sequence[Path], texts: ScreenTexts) -> None:
    """Say which sessions broke off, and how to finish them."""
    if not paths:
        return
    if len(paths) == 1:
        one = paths[0].stem
        tell(fill(texts.broke_off_one, session=one, command=command_line(f"history finish {one}")))
    else:
        tell(fill(texts.broke_off_several, number=len(paths), command=command_line("history finish --all")))


def offer_to_finish(paths: Sequence[Path], texts: ScreenTexts) -> None:
    """Ask whether to finish sessions that broke off, where there is somebody to ask; else say how."""
    if not paths:
        return
    if not all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)):
        tell_broken_off(paths, texts)
        return
    if len(paths) == 1:
        question = fill(texts.finish_one_asked, session=paths[0].stem)
    else:
        question = fill(texts.finish_several_asked, number=len(paths))
    if click.confirm(question, default=True, err=True):
        finish_all(paths, texts)


def finish_all(paths: Sequence[Path], texts: ScreenTexts) -> int:
    """Finish sessions, a line for each; the answer is how many could not be."""
    n_failed = 0
    for path in paths:
        try:
            whole = finish(path).summary.session
        except CadencecoachError as error:
            n_failed += 1
            tell(str(error))
        else:
            time, steps = clock(whole.duration_s), f"{whole.steps:.0f}"
            tell(fill(texts.finished_after, session=path.stem, time=time, steps=steps))
    return n_failed

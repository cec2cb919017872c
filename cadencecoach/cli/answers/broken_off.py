"""The offer to finish a session that broke off: a question to a person at a terminal, a line to anybody else."""

import sys
from collections.abc import Sequence
from pathlib import Path

from cadencecoach.cli.printing import tell
from cadencecoach.cli.prompts import ask_yes_or_no
from cadencecoach.desk.history.finishing import finish
from cadencecoach.devices.command_line import command_line, quote
from cadencecoach.errors import CadencecoachError
from cadencecoach.plan.forms import fill
from cadencecoach.plan.screen_texts import ScreenTexts
from cadencecoach.store.protocol import Store
from cadencecoach.view.words import clock


def tell_broken_off(sessions: Sequence[str | Path], texts: ScreenTexts) -> None:
    """Say which sessions broke off, by id or the path of a journal elsewhere, and how to finish them."""
    own = [one for one in sessions if isinstance(one, str)]
    if len(own) > 1:  # `--all` looks among the sessions of the store alone
        tell(fill(texts.broke_off_several, number=len(own), command=command_line("history finish --all")))
    for one in sessions:
        if len(own) <= 1 or isinstance(one, Path):
            named, name = (one, one) if isinstance(one, str) else (one.stem, quote(str(one)))
            tell(fill(texts.broke_off_one, session=named, command=command_line(f"history finish {name}")))


def offer_to_finish(store: Store, sessions: Sequence[str], texts: ScreenTexts) -> None:
    """Ask whether to finish sessions that broke off, where there is somebody to ask; else say how."""
    if not sessions:
        return
    if not all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)):
        tell_broken_off(sessions, texts)
        return
    if len(sessions) == 1:
        question = fill(texts.finish_one_asked, session=sessions[0])
    else:
        question = fill(texts.finish_several_asked, number=len(sessions))
    if ask_yes_or_no(question, texts, default=True):
        finish_all(store, sessions, texts)


def finish_all(store: Store, sessions: Sequence[str | Path], texts: ScreenTexts) -> int:
    """Finish sessions, by id or the path of a journal, a line for each; the answer is how many could not be."""
    n_failed = 0
    for one in sessions:
        try:
            finished = finish(store, one)
        except CadencecoachError as error:
            n_failed += 1
            tell(str(error))
        else:
            whole = finished.summary.session
            time, steps = clock(whole.duration_s), f"{whole.steps:.0f}"
            tell(fill(texts.finished_after, session=finished.id, time=time, steps=steps))
    return n_failed

"""The offer to finish a session that broke off: a question to a person at a terminal, a line to anybody else."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cadencecoach.cli.printing import tell
from cadencecoach.cli.prompts import ask_yes_or_no
from cadencecoach.desk.history.finishing import finish
from cadencecoach.devices.command_line import command_line, quote
from cadencecoach.errors import CadencecoachError
from cadencecoach.plan.forms import fill
from cadencecoach.plan.phrasebook import Phrasebook
from cadencecoach.plan.screen_texts import ScreenTexts
from cadencecoach.store.protocol import Store
from cadencecoach.view.words import clock

if TYPE_CHECKING:
    from cadencecoach.desk.today.breaks import BrokenOff


def tell_broken_off(sessions: Sequence[str | Path], texts: ScreenTexts) -> None:
    """Say which sessions broke off, by id or the path of a journal elsewhere, and how to finish them."""
    own = [one for one in sessions if isinstance(one, str)]
    if len(own) > 1:  # `--all` looks among the sessions of the store alone
        tell(fill(texts.broke_off_several, number=len(own), command=command_line("history finish --all")))
    for one in sessions:
        if len(own) <= 1 or isinstance(one, Path):
            named, name = (one, one) if isinstance(one, str) else (one.stem, quote(str(one)))
            tell(fill(texts.broke_off_one, session=named, command=command_line(f"history finish {name}")))


def ask_to_go_on(store: Store, one: "BrokenOff", words: Phrasebook) -> bool:
    """Ask whether a session goes on, in one line; Enter says yes. Whoever says no has it finished and saved."""
    text = fill(words.screen.go_on_asked, session=go_on_words(one, words))
    if ask_yes_or_no(text, words.screen, default=True, names_keys=True):
        return True
    finish_all(store, (one.kept.path,), words.screen)
    return False


def go_on_words(one: "BrokenOff", words: Phrasebook) -> str:
    """Which session it is, and how far it came."""
    plan, began, time = one.kept.plan, one.kept.recorded.began, clock(one.done_s)
    started = one.kept.recorded.id if began is None else began.clock
    name = words.of_plan(plan.name)
    if plan.duration_s is None:
        return fill(words.screen.broke_off_at, started=started, plan=name, time=time)
    whole = clock(plan.duration_s)
    return fill(words.screen.broke_off_at_of, started=started, plan=name, time=time, whole=whole)


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

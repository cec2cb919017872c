"""The offer to finish a session that broke off: a question to a person at a terminal, a line to anybody else."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cadencecoach.cli.printing import tell
from cadencecoach.cli.prompts import ask_yes_or_no
from cadencecoach.desk.history.finishing import finish, name_of
from cadencecoach.devices.command_line import command_line
from cadencecoach.errors import CadencecoachError
from cadencecoach.plan.forms import fill
from cadencecoach.plan.phrasebook import Phrasebook
from cadencecoach.plan.screen_texts import ScreenTexts
from cadencecoach.view.words import clock

if TYPE_CHECKING:
    from cadencecoach.desk.today.breaks import BrokenOff
    from cadencecoach.store.protocol import Store


def tell_broken_off(store: "Store", paths: Sequence[Path], texts: ScreenTexts) -> None:
    """Say which sessions broke off, and how to finish them."""
    own = [path for path in paths if store.is_among_sessions(path)]
    if len(own) > 1:  # `--all` looks among the sessions alone
        tell(fill(texts.broke_off_several, number=len(own), command=command_line("history finish --all")))
    for path in paths:
        if len(own) <= 1 or path not in own:
            command = command_line(f"history finish {name_of(store, path)}")
            tell(fill(texts.broke_off_one, session=path.stem, command=command))


def ask_to_go_on(one: "BrokenOff", words: Phrasebook) -> bool:
    """Ask whether a session goes on, in one line; Enter says yes. Whoever says no has it finished and saved."""
    text = fill(words.screen.go_on_asked, session=go_on_words(one, words))
    if ask_yes_or_no(text, words.screen, default=True, names_keys=True):
        return True
    finish_all((one.kept.path,), words.screen)
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


def offer_to_finish(store: "Store", paths: Sequence[Path], texts: ScreenTexts) -> None:
    """Ask whether to finish sessions that broke off, where there is somebody to ask; else say how."""
    if not paths:
        return
    if not all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)):
        tell_broken_off(store, paths, texts)
        return
    if len(paths) == 1:
        question = fill(texts.finish_one_asked, session=paths[0].stem)
    else:
        question = fill(texts.finish_several_asked, number=len(paths))
    if ask_yes_or_no(question, texts, default=True):
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

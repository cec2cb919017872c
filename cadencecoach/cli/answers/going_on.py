"""A session that broke off, offered at the next start or named: asked about in one line, and gone on with."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from cadencecoach.cli.answers.broken_off import finish_all, tell_broken_off
from cadencecoach.cli.answers.outcome import show_outcome
from cadencecoach.cli.printing import tell
from cadencecoach.cli.prompts import ask_yes_or_no
from cadencecoach.cli.terminal import TERMINAL
from cadencecoach.desk.history.finishing import N_NEWEST, name_of, newest_broken_off_in
from cadencecoach.desk.today.breaks import BrokenOff, broken_off_words, find_broken_off, find_offered
from cadencecoach.desk.today.going_on import go_on
from cadencecoach.desk.today.running import ask_after
from cadencecoach.devices.command_line import command_line
from cadencecoach.errors import CadencecoachError, UsageError
from cadencecoach.live.opening.request import Request
from cadencecoach.live.opening.setup import session_words
from cadencecoach.live.outcome import Outcome
from cadencecoach.plan.forms import fill
from cadencecoach.plan.phrasebook import Phrasebook
from cadencecoach.store.protocol import UserStore

if TYPE_CHECKING:
    from cadencecoach.devices.audio_port import LiveAudio


def offer_session(store: UserStore, folder: Path, request: Request) -> Path | None:
    """The session of a folder that a person wants to go on with; of the others it is said that they broke off.

    Args:
        store: where athletes are kept
        folder: of journals
        request: who is about to run, None is a guest or the only one there is; and in which language
    """
    athlete = request.athlete
    names = store.athlete_names()
    whose = {athlete} if athlete is not None else {None, *(names if len(names) == 1 else ())}
    one = find_offered(store, folder, frozenset(whose))
    paths = [path for path in newest_broken_off_in(folder) if one is None or path != one.kept.path]
    others = [path.stem if store.is_among_sessions(path) else path for path in paths]
    if one is None and not others:
        return None
    words = session_words(store, request if one is None else replace(request, athlete=one.athlete))
    if one is not None and TERMINAL.can_answer:
        if _ask_to_go_on(store, one, words):
            return one.kept.path
    elif one is not None:
        command = command_line(f"run --resume {name_of(store, one.kept.path)}")
        tell(fill(words.screen.go_on_how, session=broken_off_words(one, words), command=command))
    tell_broken_off(others, words.screen)
    return None


def _ask_to_go_on(store: UserStore, one: BrokenOff, words: Phrasebook) -> bool:
    """Ask whether a session goes on, in one line; Enter says yes. Whoever says no has it finished and saved."""
    text = fill(words.screen.go_on_asked, session=broken_off_words(one, words))
    if ask_yes_or_no(text, words.screen, default=True, names_keys=True):
        return True
    finish_all(store, (one.kept.path,), words.screen)
    return False


def session_to_resume(
    store: UserStore, session: str, *, plan_name: str, athlete: str | None, journal: str | None
) -> Path:
    """The journal of the session that `--resume` means.

    Raises:
        UsageError: there is none, it may not go on, or other words do not go with it
    """
    if plan_name or journal is not None:
        other = "PLAN" if plan_name else "--journal"
        raise UsageError(f"--resume uses the plan and the journal of the session; leave out {other}")
    found = store.find_session(session) if session else _newest(store)
    path = store.journal_path(found) if isinstance(found, str) else found
    header = store.journal_header(found) if isinstance(found, str) else {}
    whose = header.get("athlete")
    if athlete is not None and header and whose != athlete:
        raise UsageError(f"{path.stem} is a session of {whose or 'a guest'}, not of {athlete}")
    return path


def _newest(store: UserStore) -> str:
    """The newest session that may go on, declined or not; else the newest, which says why it may not."""
    sessions = store.newest_sessions(N_NEWEST)
    for session in sessions:
        with suppress(CadencecoachError):
            find_broken_off(store, store.journal_path(session))
            return session
    if not sessions:
        raise UsageError("there is no session to resume")
    return sessions[0]


def go_on_with(
    store: UserStore,
    path: Path,
    given: Mapping[str, str | None],
    *,
    audio: "LiveAudio | None",
    as_json: bool,
    slept: Outcome | None = None,
    then: Callable[[], None] = lambda: None,
) -> int:
    """Go on with a session to its end, after each sleep of the computer again; the exit status.

    Args:
        store: where athletes are kept
        path: of its journal
        given: feet, sound and settings in place of those it began with
        audio: a process that is warm already
        as_json: print the summary as JSON
        slept: what it had come to before the computer slept; it is asked about first
        then: what follows where that is all
    """
    run, outcome = None, slept
    while outcome is None or outcome.has_slept:
        if outcome is not None and not _goes_on_after_sleep(store, path, outcome.words):
            outcome = replace(outcome, has_slept=False)
            break
        reason = "slept" if outcome is not None else ""
        run, outcome = go_on(store, path, TERMINAL, **given, reason=reason, audio=audio)
        audio = None
    status = show_outcome(outcome, as_json=as_json, store=store)
    if run is None:
        then()
    elif run.athlete:
        ask_after(store, run, outcome, TERMINAL)
    return status


def _goes_on_after_sleep(store: UserStore, path: Path, words: Phrasebook) -> bool:
    """Whether a session goes on after a sleep; without anybody to ask it does, if nothing stands against it."""
    try:
        one = find_broken_off(store, path, words)
    except CadencecoachError as error:
        tell(str(error))
        return False
    return _ask_to_go_on(store, one, words) if TERMINAL.can_answer else True

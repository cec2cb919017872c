"""A session that broke off goes on: the body first, then the session where it was, then the log."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from cadencecoach.desk.athletes.missed import item_of, mend_log, missing_pains
from cadencecoach.desk.checkin.asking import OfferedAsker, RespondingHost, ask_check_in
from cadencecoach.desk.checkin.meaning import is_empty, no_run_words, stop_words
from cadencecoach.desk.today.around import offer_check_in
from cadencecoach.desk.today.breaks import BrokenOff, check_nothing_runs, find_broken_off
from cadencecoach.desk.today.choosing import check_asked
from cadencecoach.desk.today.running import Conditions, Run, counts_as_run, with_notes
from cadencecoach.devices.clock import local_day, wall_time_utc
from cadencecoach.devices.journal.broken import end_broken
from cadencecoach.errors import UsageError
from cadencecoach.gait.sources import PHONE
from cadencecoach.live.live_session import SOUNDS, run_prepared
from cadencecoach.live.opening.again import prepare_again, request_again
from cadencecoach.live.opening.kept import Kept
from cadencecoach.live.opening.outputs import check_sound
from cadencecoach.live.opening.request import Request
from cadencecoach.live.opening.setup import session_words
from cadencecoach.live.outcome import Outcome
from cadencecoach.plan.forms import fill
from cadencecoach.plan.phrasebook import Phrasebook
from cadencecoach.record.entries import CheckIn, Entry, Moment, SessionRun
from cadencecoach.record.journal import line_text
from cadencecoach.record.kinds import line_of
from cadencecoach.record.lines import EndLine, NoteLine
from cadencecoach.record.pain import PAIN_BEFORE, SORENESS
from cadencecoach.record.rows import day_of
from cadencecoach.store.athlete_journals import athlete_in
from cadencecoach.store.protocol import Hold, Store
from cadencecoach.store.sensor_book import open_book
from cadencecoach.store.stored import is_athlete

if TYPE_CHECKING:
    from cadencecoach.devices.audio_port import LiveAudio


def go_on(  # noqa: PLR0913  # one for each thing that may be given
    store: Store,
    path: Path,
    host: RespondingHost,
    *,
    feet: str | None = None,
    sound: str | None = None,
    music: str | None = None,
    config: str | None = None,
    language: str | None = None,
    reason: str = "",
    audio: "LiveAudio | None" = None,
) -> tuple[Run, Outcome]:
    """Go on with a session that broke off; what it came to with all that was run before.

    Args:
        store: where athletes are kept
        path: of its journal
        host: what it runs in
        feet: in place of those it began with
        sound: likewise
        music: likewise; a folder that its plan named does not count again, and all songs are played
        config: likewise
        language: of what is heard and read; None is the athlete's, or that of the settings
        reason: why it broke off, where that is known better than from its journal
        audio: a process that is warm already
    Raises:
        UsageError: it may not go on, or the words are wrong; nothing was changed
        CadencecoachError: it cannot be read
    """
    who = athlete_in(path)
    asked = Request(plan_name="", feet_text="", sound_text="", athlete=who, config=config, language=language)
    words = session_words(store, asked)
    before = find_broken_off(store, path, words)
    check_nothing_runs(path.parent, words.screen)
    header = before.kept.recorded.journal.header
    feet = feet or _phone_again(store, header)
    request = request_again(header, feet=feet, sound=sound, music=music, config=config, language=language)
    check_sound(store.machine, request, allowed=SOUNDS)
    run = _run_of(before, request)
    if before.athlete is None or not is_athlete(store, before.athlete):
        return run, _run_again(store, before, run, host, words, reason, audio)
    with store.hold_athlete(before.athlete) as hold:
        host.tell(*mend_log(store, before.athlete, words.programme))
        outcome = _run_again(store, before, run, host, words, reason, audio)
        return run, _note_run(store, run, outcome, words, hold)


def _run_of(before: BrokenOff, request: Request) -> Run:
    """What goes on, of the day and under the conditions that it began with."""
    header, path = before.kept.recorded.journal.header, before.kept.path
    return Run(
        athlete=before.athlete or "",
        request=request,
        journal=path,
        day=day_of(header, id=path.stem),
        conditions=Conditions.of_header(header),
    )


def _phone_again(store: Store, header: Mapping[str, object]) -> str | None:
    """A phone that is asked has an address, which its journal does not keep: the one that was typed last."""
    with suppress(UsageError):  # the list makes no sense
        chosen = open_book(store.machine.sensors_file).chosen
        if header.get("feet") == PHONE.name and chosen.startswith(f"{PHONE.name}:"):
            return chosen
    return None


def _run_again(
    store: Store,
    before: BrokenOff,
    run: Run,
    host: RespondingHost,
    words: Phrasebook,
    reason: str,
    audio: "LiveAudio | None",
) -> Outcome:
    _ask_body(store, before, run, host, words)
    again = find_broken_off(store, run.journal, words)  # time has passed, and something may have been said meanwhile
    prepared = prepare_again(store, again.kept, run.request, host)
    return run_prepared(prepared, run.request, host, journal=run.journal, audio=audio, kept=again.kept, reason=reason)


def _ask_body(store: Store, before: BrokenOff, run: Run, host: RespondingHost, words: Phrasebook) -> None:
    """Ask how the body is, where somebody can answer.

    Raises:
        UsageError: what was said stops it; it is written down, and the session is over for good
    """
    _heed(before, _ask_before(store, before, run, host, words), words)


def _heed(before: BrokenOff, said: CheckIn | None, words: Phrasebook) -> None:
    """Refuse to go on, and end it for good, where what was said stops it; refuse where a pain was never rated.

    Raises:
        UsageError: it does not go on
    """
    if said is not None and no_run_words(said) is not None:
        end_for_pain(before.kept, said)
        raise UsageError(fill(words.screen.break_saved, session=before.kept.path.stem))
    if before.is_unrated and (said is None or said.pain is None):
        raise UsageError(fill(words.screen.break_unrated, session=before.kept.path.stem))


def tell_body(store: Store, before: BrokenOff, said: CheckIn, words: Phrasebook) -> None:
    """Take what somebody has said of the body before a session goes on, and heed it.

    An athlete's are written down. A guest's are heeded; what rates a pain that was never rated is written into the
    journal, because whoever begins the session next can ask nobody.

    Args:
        store: where athletes are kept
        before: the session
        said: the answers; when, and before which session they were given, is put in
        words: of whoever reads why it does not go on
    Raises:
        UsageError: it does not go on; the message says why, and what to do
        JournalError: the log or the journal cannot be written
    """
    day = date.fromisoformat(local_day())
    said = replace(said, at=wall_time_utc(), day=day, moment=Moment.BEFORE, session=before.kept.path.stem)
    is_kept = before.athlete is not None and is_athlete(store, before.athlete)
    if not is_empty(said) and is_kept:
        store.add_entries(str(before.athlete), said)
    try:
        _heed(before, said, words)
    except UsageError as error:
        stop = no_run_words(said, words)
        raise UsageError(str(error) if stop is None else f"{stop}\n{error}") from None
    if before.is_unrated and not is_kept:
        kept = before.kept
        note = line_text(_pain_before(kept.until_s, said))
        end_broken(kept.path, n_whole_bytes=kept.whole.n_whole_bytes, line=note)


def _ask_before(store: Store, before: BrokenOff, run: Run, host: RespondingHost, words: Phrasebook) -> CheckIn | None:
    day, said = date.fromisoformat(local_day()), None
    if before.athlete is not None and is_athlete(store, before.athlete) and not run.origin:
        if host.can_answer:
            said = offer_check_in(store, host, before.athlete, Moment.BEFORE, run.journal.stem, day, words)
        host.tell(*check_asked(store, before.athlete, day, words, session=run.journal.stem))
        return said
    if not host.can_answer:
        return None
    asker = host.asker(words)
    host.tell(f"{words.checkin.asked_again} {asker.hint}")
    begun = CheckIn(at=wall_time_utc(), day=day, moment=Moment.BEFORE, session=run.journal.stem)
    said = ask_check_in(begun, OfferedAsker(asker), words)
    stop = no_run_words(said, words)
    if stop is not None:
        host.tell(stop)
    return said


def end_for_pain(kept: Kept, said: CheckIn) -> None:
    """Write into the journal what was said before it would have gone on, and end it for good.

    Raises:
        JournalError: it may not be written
    """
    at_s, gap = kept.until_s, line_of(kept.went_on())
    if stop_words(said) is None:
        note = NoteLine(at_s, about=SORENESS, text=f"soreness {said.soreness} of 10", level=said.soreness)
    else:
        note = _pain_before(at_s, said)
    assert gap is not None
    lines = (gap, note, EndLine(at_s, "stopped", is_added=True))
    end_broken(kept.path, n_whole_bytes=kept.whole.n_whole_bytes, line="\n".join(map(line_text, lines)))


def _pain_before(time_s: float, said: CheckIn) -> NoteLine:
    """A note of the pain, or the sign to stop, that somebody told before a session goes on."""
    flags = ", ".join(sorted(flag.value for flag in said.flags))
    return NoteLine(
        time_s,
        about=PAIN_BEFORE,
        text=flags or f"pain {said.pain} of 10",
        level=None if flags else said.pain,
        answer="unwell" if flags else None,
    )


def _note_run(store: Store, run: Run, outcome: Outcome, words: Phrasebook, hold: Hold) -> Outcome:
    """Bring it into the log, if it belongs there and there still is one."""
    if run.origin:
        told = fill(words.programme.not_counted, origin=words.of_log(run.origin), athlete=run.athlete)
        return with_notes(outcome, told)
    with store.lock_athletes():
        return outcome if hold.is_lost else _write_down(store, run, outcome, words)


def _write_down(store: Store, run: Run, outcome: Outcome, words: Phrasebook) -> Outcome:
    """What the log does not hold yet of the session as a whole."""
    session, at, every = run.journal.stem, wall_time_utc(), store.log_of(run.athlete).every
    pains = missing_pains(outcome.summary, session, run.day, at=at, every=every)
    entries: list[Entry] = [*pains]
    is_in_log = any(isinstance(entry, SessionRun) and entry.session == session for entry in every)
    if not is_in_log and counts_as_run(outcome):
        entries.insert(0, run.entry(session, item_of(store.journal_header(session)), at=at))
    if entries:
        store.add_entries(run.athlete, *entries)
    return with_notes(outcome, *dict.fromkeys(filter(None, (stop_words(pain, words) for pain in pains))))

"""A check-in taken: from the words of the command line, or by asking, into the log; and what follows at once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from cadencecoach.desk.athletes.doubts import day_doubts, settle_doubts
from cadencecoach.desk.athletes.missed import mend_log
from cadencecoach.desk.athletes.withdrawing import make_new
from cadencecoach.desk.checkin.asking import Respondent, ask_check_in
from cadencecoach.desk.checkin.exercises import items_done
from cadencecoach.desk.checkin.meaning import (
    ask_again_command,
    is_empty,
    moment_words,
    no_run_words,
    stop_words,
    what_follows,
)
from cadencecoach.desk.checkin.questions import FLAG_WORDS
from cadencecoach.devices.clock import wall_time_utc
from cadencecoach.errors import UsageError
from cadencecoach.plan.forms import fill, numeric_day
from cadencecoach.plan.phrasebook import ENGLISH, Phrasebook
from cadencecoach.programme.done import MORNING_REACHES_DAYS
from cadencecoach.programme.rules.deciding import NOT_A_DIAGNOSIS
from cadencecoach.record.entries import CheckIn, Entry, ItemDone, Moment, SessionRun, Site, Withdrawn, entries_by_day
from cadencecoach.record.entry_lines import entry_id, line_of_entry
from cadencecoach.store.athlete_log import day_asked, today_here
from cadencecoach.store.protocol import Store
from cadencecoach.store.roster import the_athlete
from cadencecoach.store.stored import reader_words
from cadencecoach.view.programme.standing import check_in_words, item_words

LONGEST_NOTE = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The options of `checkin`, as given.

    Attributes:
        moment: None where nobody says
        session: id; None where nobody says
        done: exercises to tick off
        part: of their sets, percent
        day_text: None is today
        force: odd values are right
        language: as asked for; None is the athlete's
    """

    moment: str | None = None
    pain: int | None = None
    site: str | None = None
    soreness: int | None = None
    soreness_h: float | None = None
    readiness: int | None = None
    effort: int | None = None
    mood: int | None = None
    flags: tuple[str, ...] = ()
    note: str = ""
    session: str | None = None
    done: tuple[str, ...] = ()
    part: float = 100.0
    day_text: str | None = None
    force: bool = False
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What was written down, and what follows.

    Attributes:
        athlete: pseudonym
        check_in: None where only exercises were ticked off
        items: those
        stop: why to stop now; None to go on
        follows: what the programme makes of it; None without one
        corrected: what was taken back, and the entry that says so; None where nothing was
        ended_stop: the programme was stopped by what was taken back, and is not any more
        phrases: of the athlete's language
    """

    athlete: str
    check_in: CheckIn | None
    items: tuple[ItemDone, ...]
    stop: str | None
    follows: str | None
    corrected: tuple[CheckIn | ItemDone, Withdrawn] | None = None
    ended_stop: bool = False
    phrases: Phrasebook = ENGLISH

    @property
    def no_run(self) -> str | None:
        """Why not to run now, after what was said: what stops, or soreness; None where it may be run."""
        return None if self.check_in is None else no_run_words(self.check_in, self.phrases)


def check_in(store: Store, named: str | None, words: Words, person: Respondent) -> Taken:
    """Take a check-in and write it down.

    Args:
        store: where athletes are kept
        named: the athlete; None is the only one there is
        words: the options
        person: who is asked what no option says
    Raises:
        UsageError: it is not clear who is meant, nothing was said, an answer from a pipe is none, or the day is odd
        JournalError: the log cannot be read or written
    """
    athlete = the_athlete(store, named)
    phrases = reader_words(store, athlete, words.language)
    day = day_asked(words.day_text)
    settle_doubts(day_doubts(day, today_here()), person, is_forced=words.force)
    at = wall_time_utc()
    person.tell(*mend_log(store, athlete, phrases.programme))  # so that it is known of which run is spoken
    log = store.log_of(athlete)
    items = items_done(store, athlete, words.done, part=words.part / 100, at=at, day=day)
    moment = Moment(words.moment) if words.moment else moment_for(log.entries, day)
    session = session_for(log.entries, moment, day) if words.session is None else words.session
    check_note(words)
    said = replace(CheckIn(at=at, day=day, moment=moment, session=session), **values_said(words))
    if is_empty(said) and not items:
        asker, texts = person.asker(phrases), phrases.checkin
        opening = fill(texts.opening, moment=moment_words(moment, texts), athlete=athlete)
        person.tell(opening, *filter(None, (asker.hint,)))
        with store.hold_athlete(athlete):  # who answers is still here when it is written
            said = ask_check_in(said, asker, phrases)
    entries: list[Entry] = [*([] if is_empty(said) else [said]), *items]
    if not entries:
        raise UsageError("no answers given, nothing recorded; --help lists the options that answer without questions")
    written = store.add_entries(athlete, *(make_new(entry, log) for entry in entries))
    taken = next((one for one in written if isinstance(one, CheckIn)), None)
    stop = None if taken is None else stop_words(taken, phrases)
    return Taken(
        athlete=athlete,
        check_in=taken,
        items=tuple(one for one in written if isinstance(one, ItemDone)),
        stop=stop,
        follows=what_follows(store, athlete, day, phrases),
        phrases=phrases,
    )


def result_lines(taken: Taken) -> Iterator[str]:
    """What was written down, and what follows, for a person."""
    words, texts = taken.phrases, taken.phrases.checkin
    if taken.corrected is not None:
        meant, gone = taken.corrected
        day, answers = numeric_day(meant.day, words.forms), entry_words(meant, words)
        yield fill(texts.withdrawn, day=day, answers=answers, reason=gone.because)
    if taken.ended_stop:
        yield texts.stop_is_over
    if taken.check_in is not None:
        yield check_in_words(taken.check_in, words)
    for one in taken.items:
        yield item_words(one, words)
    if taken.no_run:
        yield from (taken.no_run, fill(texts.slip, command=f"`{ask_again_command(taken.athlete)}`"))
    if taken.follows and not taken.stop:
        yield taken.follows
        if taken.check_in is not None:
            yield texts.no_diagnosis


def result_json(taken: Taken) -> dict[str, object]:
    """The same for a program."""
    entries: list[Entry] = [*([] if taken.check_in is None else [taken.check_in]), *taken.items]
    return {
        "athlete": taken.athlete,
        "entries": [line_of_entry(entry) for entry in entries],
        "ids": [entry_id(entry) for entry in entries],
        "withdrawn": None if taken.corrected is None else line_of_entry(taken.corrected[1]),
        "ended_stop": taken.ended_stop,
        "stop": taken.stop is not None,
        "advice": taken.no_run,
        "programme": taken.follows,
        "about": NOT_A_DIAGNOSIS,
    }


def entry_words(entry: CheckIn | ItemDone, words: Phrasebook = ENGLISH) -> str:
    """A check-in or a tick in a line."""
    return item_words(entry, words) if isinstance(entry, ItemDone) else check_in_words(entry, words)


def values_said(words: Words) -> dict[str, Any]:
    """What the options say of the body: fields of a check-in; what no option says is left out."""
    rated = {name: getattr(words, name) for name in ("pain", "soreness", "soreness_h", "readiness", "effort", "mood")}
    values = {name: value for name, value in rated.items() if value is not None}
    values |= {} if words.site is None else {"site": Site(words.site)}
    values |= {"flags": frozenset(FLAG_WORDS[flag] for flag in words.flags)} if words.flags else {}
    return values | ({"note": words.note.strip()} if words.note.strip() else {})


def check_note(words: Words) -> None:
    """Refuse a note that is too long.

    Raises:
        UsageError: it is
    """
    if len(words.note) > LONGEST_NOTE:
        raise UsageError(f"--note: at most {LONGEST_NOTE} characters")


def moment_for(entries: Sequence[Entry], today: date) -> Moment:
    """After a run of today, the morning after one of the last days, else before; each is asked for once."""
    last = _last_run(entries, today)
    if last is None:
        return Moment.BEFORE
    said = entries_by_day(entries, today)
    since = said.index(last)
    check_ins = [(index, entry) for index, entry in enumerate(said) if isinstance(entry, CheckIn)]
    asked = {entry.moment for index, entry in check_ins if index > since or entry.session == last.session}
    if last.day == today:
        return Moment.BEFORE if Moment.AFTER in asked else Moment.AFTER
    return Moment.BEFORE if Moment.MORNING in asked else Moment.MORNING


def due_moment(entries: Sequence[Entry], today: date) -> Moment | None:
    """The check-in that is due: as `moment_for`, and none where the one before a run was made today."""
    moment, last = moment_for(entries, today), _last_run(entries, today)
    if moment is not Moment.BEFORE:
        return moment
    said = entries_by_day(entries, today)
    since = said[0 if last is None else said.index(last) :]
    is_made = any(isinstance(one, CheckIn) and one.moment is Moment.BEFORE and one.day == today for one in since)
    return None if is_made else moment


def session_for(entries: Sequence[Entry], moment: Moment, today: date) -> str:
    """The id of the session it belongs to; empty where that is still to come."""
    last = _last_run(entries, today)
    is_of_today = last is not None and last.day == today
    if last is None or moment is Moment.BEFORE or (moment is Moment.MORNING and is_of_today):
        return ""
    return last.session if is_of_today or moment is Moment.MORNING else ""


def _last_run(entries: Sequence[Entry], today: date) -> SessionRun | None:
    """The last run of today or the days that a morning after speaks of."""
    runs = (entry for entry in reversed(entries_by_day(entries, today)) if isinstance(entry, SessionRun))
    last = next(runs, None)
    return last if last is not None and (today - last.day).days <= MORNING_REACHES_DAYS else None

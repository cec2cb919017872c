"""The caseload of a store on a day. What was worked out of an athlete is kept, and used while nothing has changed.

What is kept are lines of the caseload by their day, today's and those of the next days, with a mark of the log, the
profile, the programme and the journals they were worked out of, and of this version. A day beyond them, a new entry, a
new or a changed journal: it is worked out anew.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta

from cadencecoach import __version__
from cadencecoach.clinic.caseload import Known, Section, Standing, standing_of, standings_of, unreadable, worst_first
from cadencecoach.desk.athletes.missed import mend_log
from cadencecoach.desk.caseload.lines import FORM, line_of_text, text_of_days
from cadencecoach.desk.checkin.meaning import is_on_programme
from cadencecoach.errors import CadencecoachError
from cadencecoach.programme.facts import Aside
from cadencecoach.record.counting import runs_that_count, sessions_run
from cadencecoach.record.entries import is_practice
from cadencecoach.record.pain import sessions_answered
from cadencecoach.record.row import SessionRow
from cadencecoach.store.athlete_programme import UnderWay, under_way
from cadencecoach.store.log_file import Log
from cadencecoach.store.protocol import Rows, Store, TellProgress

DAY = timedelta(days=1)
DAYS_AHEAD = 7  # of whom nothing was heard, the line of today in a week is there
MANY = 20  # athletes that changed: then every row is read at once, not athlete by athlete


@dataclass(frozen=True, slots=True, kw_only=True)
class Caseload:
    """Everybody of a store on a day.

    Attributes:
        day: which
        patients: the worst first
        is_practice: they are practice athletes, and nobody real is among them
        n_practice: practice athletes that were left out
    """

    day: date
    patients: tuple[Standing, ...]
    is_practice: bool
    n_practice: int

    def in_section(self, section: Section) -> tuple[Standing, ...]:
        """Those of a section, the worst first."""
        return tuple(one for one in self.patients if one.section is section)


def look_at_caseload(
    store: Store, today: date, *, practice: bool = False, tell: TellProgress = lambda _done, _all: None
) -> Caseload:
    """Where everybody stands.

    Practice athletes never stand among real ones. They are shown where they are asked for, and where nobody else is.

    Args:
        store: where athletes are kept
        today: by the calendar of this machine
        practice: the practice athletes instead of the real ones
        tell: called with how many of how many were worked out anew
    """
    every = tuple(_standings(store, today, tell))
    real = tuple(one for one in every if not one.is_practice)
    made_up = tuple(one for one in every if one.is_practice)
    is_shown = practice or (not real and bool(made_up))
    return Caseload(
        day=today,
        patients=worst_first(made_up if is_shown else real),
        is_practice=is_shown,
        n_practice=0 if is_shown else len(made_up),
    )


def stand_of(store: Store, athlete: str, today: date) -> Standing:
    """Where one athlete stands.

    Raises:
        UsageError, JournalError, PlanError: log or programme cannot be read
    """
    found = store.rows_of(athlete)
    return standing_of(known_of(store, athlete, found, _mended_log(store, athlete, found.rows)), today)


def known_of(store: Store, athlete: str, found: Rows, log: Log, now: UnderWay | None = None) -> Known:
    """All that is known of an athlete.

    Args:
        store: where athletes are kept
        athlete: pseudonym, kept there
        found: the athlete's sessions
        log: the athlete's
        now: the programme, where it was looked up already
    Raises:
        UsageError, JournalError, PlanError: the programme cannot be read
    """
    made_up = is_practice(log.every)
    if is_on_programme(log.entries):
        now = now or under_way(store, athlete, found, log)
        return Known(
            athlete=athlete,
            entries=now.log,
            rows=now.rows,
            programme=now.programme,
            aside=now.aside,
            is_practice=made_up,
        )
    rows, aside = runs_that_count(found.rows, log.every), Aside(answered=sessions_answered(log.every))
    return Known(athlete=athlete, entries=log.entries, rows=rows, aside=aside, is_practice=made_up)


def _standings(store: Store, today: date, tell: TellProgress) -> Iterator[Standing]:
    marks = {name: f"{__version__} {FORM} {mark}" for name, mark in store.athlete_marks().items()}
    with store.folds() as folds:
        folds.drop_others(marks)
        kept = ((name, line_of_text(text, today)) for name, text in folds.read(marks).items())
        known = {name: line for name, line in kept if line is not None}
        changed = [name for name in marks if name not in known]
        found = _rows_of(store, changed)
        fresh: dict[str, tuple[str, str]] = {}
        for n_done, name in enumerate(changed):
            tell(n_done, len(changed))
            days = _work_out(store, name, found.get(name, ()), today)
            known[name] = days[today]
            fresh[name] = (marks[name], text_of_days(days))
        if fresh:
            folds.keep(fresh)
    yield from known.values()


def _work_out(store: Store, athlete: str, rows: Sequence[SessionRow], today: date) -> Mapping[date, Standing]:
    """Today's line, and those of the next days, should nothing change until then."""
    try:
        known = known_of(store, athlete, Rows(rows=tuple(rows)), _mended_log(store, athlete, rows))
    except CadencecoachError as error:
        why = str(error).partition("\n")[0]
        return {today: unreadable(athlete, why, is_practice=_is_made_up(store, athlete))}
    return standings_of(known, today, 1 + DAYS_AHEAD)


def _mended_log(store: Store, athlete: str, rows: Sequence[SessionRow]) -> Log:
    """The log, with what only journals know: a sign to stop of a session that was killed stands in no row.

    Raises:
        JournalError: the log cannot be read
    """
    log = store.log_of(athlete)
    ran = sessions_run(log.every)
    if not any(row.was_coached and row.id not in ran for row in rows):
        return log
    with suppress(CadencecoachError):  # what can be read is shown, though nothing can be written
        mend_log(store, athlete)
    return store.log_of(athlete)


def _is_made_up(store: Store, athlete: str) -> bool:
    try:
        return is_practice(store.log_of(athlete).every)
    except CadencecoachError:  # nobody knows: then it is somebody
        return False


def _rows_of(store: Store, athletes: Sequence[str]) -> Mapping[str, Sequence[SessionRow]]:
    """The sessions of some athletes; the marks have brought the table up to date."""
    found: dict[str, list[SessionRow]] = {}
    if not athletes:
        return found
    with store.sessions() as sessions:
        if len(athletes) < MANY:
            return {name: sessions.rows(athlete=name) for name in athletes}
        for row in sessions.rows():
            found.setdefault(row.athlete, []).append(row)
    return found

"""What is known of one athlete, and where that puts them today."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import date

from cadencecoach.clinic.caseload import Known, Standing, standing_of
from cadencecoach.desk.athletes.missed import mend_log
from cadencecoach.desk.checkin.meaning import is_on_programme
from cadencecoach.errors import CadencecoachError
from cadencecoach.programme.facts import Aside
from cadencecoach.record.counting import runs_that_count, sessions_run
from cadencecoach.record.entries import is_practice
from cadencecoach.record.pain import sessions_answered
from cadencecoach.record.row import SessionRow
from cadencecoach.store.athlete_programme import UnderWay, under_way
from cadencecoach.store.log_file import Log
from cadencecoach.store.protocol import Rows, Store


def stand_of(store: Store, athlete: str, today: date) -> Standing:
    """Where one athlete stands.

    Raises:
        UsageError, JournalError, PlanError: log or programme cannot be read
    """
    found = store.rows_of(athlete)
    return standing_of(known_of(store, athlete, found, mended_log(store, athlete, found.rows)), today)


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


def mended_log(store: Store, athlete: str, rows: Sequence[SessionRow]) -> Log:
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

"""An athlete's own log: read and added to by name."""

from datetime import date, timedelta

from cadencecoach.devices.clock import local_day
from cadencecoach.errors import UsageError
from cadencecoach.record.entries import Entry
from cadencecoach.record.entry_lines import entries_that_count
from cadencecoach.store.athlete_folder import LOG_NAME, athlete_folder, lock_athletes
from cadencecoach.store.log_file import Log, append_entries, read_log
from cadencecoach.store.roster import check_kept, is_kept


def log_of(athlete: str) -> Log:
    """The log of an athlete; an empty one where there is none.

    Raises:
        UsageError: the name is none
        JournalError: it cannot be read
    """
    return read_log(athlete_folder(athlete) / LOG_NAME)


def entries_of(name: str) -> tuple[Entry, ...]:
    """The entries that count of whoever a journal names; none where nobody of that name is kept here."""
    return entries_that_count(every_entry_of(name))


def every_entry_of(name: str) -> tuple[Entry, ...]:
    """The same with the entries that were taken back, and what took them back."""
    try:
        return log_of(name).every if name and is_kept(name) else ()
    except UsageError:  # a label that is no pseudonym
        return ()


def add_entries(athlete: str, *entries: Entry) -> None:
    """Put entries at the end of an athlete's log.

    Raises:
        UsageError: the name is none, or the athlete was forgotten meanwhile
        JournalError: they cannot be written
    """
    path = athlete_folder(athlete) / LOG_NAME
    with lock_athletes():
        check_kept(athlete)
        append_entries(path, athlete, entries)


def today_here() -> date:
    """Today by this machine's calendar."""
    return date.fromisoformat(local_day())


def day_asked(text: str | None) -> date:
    """The day of what is to be written down: as given by a person, else today.

    Raises:
        UsageError: it is not a day, or later than tomorrow
    """
    try:
        day = today_here() if text is None else date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"--day {text}: not a date; write it as 2026-03-01") from error
    check_day(day, f"--day {day}")
    return day


def check_day(day: date, what: str) -> None:
    """Refuse a day later than tomorrow; tomorrow is allowed, as elsewhere it has begun already.

    Raises:
        UsageError: it is later; names what
    """
    latest = today_here() + timedelta(days=1)
    if day > latest:
        raise UsageError(f"{what} is in the future; allowed up to {latest}")

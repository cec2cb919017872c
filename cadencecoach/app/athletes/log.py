"""An athlete's own log: read and added to by name."""

from datetime import date

from cadencecoach.app.athletes.folder import LOG_NAME, athlete_folder, lock_athletes
from cadencecoach.app.athletes.log_file import Log, append_entries, read_log
from cadencecoach.app.athletes.roster import check_kept, is_kept
from cadencecoach.devices.clock import local_day
from cadencecoach.errors import UsageError
from cadencecoach.record.entries import Entry


def log_of(athlete: str) -> Log:
    """The log of an athlete; an empty one where there is none.

    Raises:
        UsageError: the name is none
        JournalError: it cannot be read
    """
    return read_log(athlete_folder(athlete) / LOG_NAME)


def entries_of(name: str) -> tuple[Entry, ...]:
    """The entries of whoever a journal names; none where nobody of that name is kept here."""
    try:
        return log_of(name).entries if name and is_kept(name) else ()
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


def day_asked(text: str | None) -> date:
    """A day as given by a person, else today.

    Raises:
        UsageError: it is no day
    """
    try:
        return date.fromisoformat(text or local_day())
    except ValueError as error:
        raise UsageError(f"--day {text}: not a day; write for example 2026-03-01") from error

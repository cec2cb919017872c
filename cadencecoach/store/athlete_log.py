"""What an athlete's log says, and the days that may be written into it."""

from datetime import date, timedelta

from cadencecoach.devices.clock import local_day
from cadencecoach.errors import UsageError
from cadencecoach.record.counting import entries_that_count
from cadencecoach.record.entries import Entry
from cadencecoach.store.protocol import Store


def entries_of(store: Store, name: str) -> tuple[Entry, ...]:
    """The entries that count of whoever a journal names; none where nobody of that name is kept here."""
    return entries_that_count(every_entry_of(store, name))


def every_entry_of(store: Store, name: str) -> tuple[Entry, ...]:
    """The same with the entries that were taken back, and what took them back."""
    try:
        return store.log_of(name).every if name and store.is_kept(name) else ()
    except UsageError:  # a label that is no pseudonym
        return ()


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

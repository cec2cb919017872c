"""Which moment a check-in speaks of, and which session, where nobody says so."""

from collections.abc import Sequence
from datetime import date

from cadencecoach.programme.done import MORNING_REACHES_DAYS
from cadencecoach.record.entries import CheckIn, Entry, Moment, SessionRun, entries_by_day


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

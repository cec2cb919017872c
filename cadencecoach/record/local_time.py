"""The time of a session by the clocks of the place it was run at. Files keep UTC; people read this."""

from dataclasses import dataclass
from datetime import date, timedelta

from cadencecoach.errors import JournalError
from cadencecoach.record.moments import SECONDS_PER_DAY, start_of

MAX_OFFSET_S = 18 * 3600  # no place is further from UTC, nor was


@dataclass(frozen=True, slots=True)
class LocalTime:
    """A day and a minute of it.

    Attributes:
        day: by the calendar of the place
        minute: of that day
    """

    day: date
    minute: int

    @property
    def clock(self) -> str:
        """Hours and minutes, such as 07:05."""
        hours, minutes = divmod(self.minute, 60)
        return f"{hours:02}:{minutes:02}"


def offset_in(value: object) -> int | None:
    """How far the clocks of a place were ahead of UTC, as a header says it; None where that is no such thing."""
    return value if type(value) is int and abs(value) <= MAX_OFFSET_S else None


def local_time(label: str, utc_offset_s: int) -> LocalTime | None:
    """What the clocks showed.

    Args:
        label: wall time in UTC, such as 2026-03-29T00:59:00Z
        utc_offset_s: how far they were ahead of UTC then, the hour of summer included
    Returns:
        None where the label is no time
    """
    try:
        start = start_of(label)
        days, second = divmod(start.second + utc_offset_s, SECONDS_PER_DAY)
        return LocalTime(start.day + timedelta(days=days), second // 60)
    except (JournalError, OverflowError):
        return None

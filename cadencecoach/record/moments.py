"""The wall time of a session's seconds: the label in the header, plus session time. Pure arithmetic on the calendar."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from cadencecoach.errors import JournalError

SECONDS_PER_DAY = 86_400
FIT_EPOCH = date(1989, 12, 31)  # FIT profile, type date_time: seconds since then, UTC
_LABEL = re.compile(r"(\d{4}-\d\d-\d\d)T([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(?:\.\d+)?Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """When a session began.

    Attributes:
        day: in UTC
        second: of that day
        gaps: breaks after which the session went on: session time, and their length where it is known
    """

    day: date
    second: int
    gaps: tuple[tuple[float, float | None], ...] = ()

    def iso(self, time_s: int) -> str:
        """The moment that many seconds later, ISO 8601 in UTC."""
        days, second = divmod(self.second + self._passed_s(time_s), SECONDS_PER_DAY)
        minutes, seconds = divmod(second, 60)
        hours, minutes = divmod(minutes, 60)
        return f"{self.day + timedelta(days=days)}T{hours:02}:{minutes:02}:{seconds:02}Z"

    def fit_s(self, time_s: int) -> int:
        """The same moment in seconds of FIT's clock; below 0 before it began."""
        return (self.day - FIT_EPOCH).days * SECONDS_PER_DAY + self.second + self._passed_s(time_s)

    def _passed_s(self, time_s: int) -> int:
        """Seconds since the start with the breaks before a session time, which itself leaves them out."""
        return time_s + round(sum(gap_s or 0.0 for at_s, gap_s in self.gaps if at_s <= time_s))


def start_of(label: object, gaps: tuple[tuple[float, float | None], ...] = ()) -> Start:
    """The start that a header's label tells.

    Args:
        label: as written
        gaps: breaks of the session
    Raises:
        JournalError: it tells none
    """
    match = _LABEL.fullmatch(label) if isinstance(label, str) else None
    try:
        day = date.fromisoformat(match[1]) if match else None
    except ValueError:  # the 31st of February
        day = None
    if match is None or day is None:
        raise JournalError("the journal does not say when the session was started; this format needs it")
    hours, minutes, seconds = map(int, match.group(2, 3, 4))
    return Start(day=day, second=(hours * 60 + minutes) * 60 + seconds, gaps=gaps)

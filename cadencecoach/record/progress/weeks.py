"""Sessions by calendar weeks, and how much more there was than in the week before.

The flag asks for a look, it is no verdict: rises of more than 30 % in two weeks went with more injuries in one study of
novices, and staying below 10 % protected nobody in another (docs/metrics.md).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from cadencecoach.record.progress.measures import change_ratio
from cadencecoach.record.row import NO_DAY, SessionRow
from cadencecoach.units import SECONDS_PER_MINUTE

AMBER_RATIO, RED_RATIO = 0.10, 0.30
LONGEST_WEEKS = 53 * 20  # a wrong date must not make a list of centuries
WEEK = timedelta(days=7)


class Rise(Enum):
    """How much the way of a week rose."""

    NONE = "none"
    AMBER = "amber"  # 10 to 30 %
    RED = "red"  # more than 30 %


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """One calendar week.

    Attributes:
        monday: its first day
        n_sessions: with running in them
        running_min: running
        distance_m: None where the way of a session is not known
        change_ratio: of the distance against the week before; None where one of them is not known or zero
    """

    monday: date
    n_sessions: int
    running_min: float
    distance_m: float | None
    change_ratio: float | None = None

    @property
    def rise(self) -> Rise:
        """The flag."""
        if self.change_ratio is None or self.change_ratio < AMBER_RATIO:
            return Rise.NONE
        return Rise.AMBER if self.change_ratio <= RED_RATIO else Rise.RED


def weeks_of(rows: Iterable[SessionRow]) -> tuple[Week, ...]:
    """Every week from the first session to the last one, those without a session too; the latest 20 years at most."""
    by_monday: dict[date, list[SessionRow]] = {}
    for row in rows:
        if row.running_s > 0 and row.day != NO_DAY:
            by_monday.setdefault(row.day - timedelta(days=row.day.weekday()), []).append(row)
    if not by_monday:
        return ()
    last = max(by_monday)
    n_weeks = min((last - min(by_monday)) // WEEK + 1, LONGEST_WEEKS)
    mondays = [last - WEEK * n for n in reversed(range(n_weeks))]
    ways = [_distance(by_monday.get(monday, ())) for monday in mondays]
    before = [None, *ways]
    return tuple(
        _week(monday, by_monday.get(monday, ()), way_m, change_ratio(way_m, before_m))
        for monday, way_m, before_m in zip(mondays, ways, before, strict=False)
    )


def _week(monday: date, rows: Sequence[SessionRow], distance_m: float | None, change: float | None) -> Week:
    return Week(
        monday=monday,
        n_sessions=len(rows),
        running_min=sum(row.running_s for row in rows) / SECONDS_PER_MINUTE,
        distance_m=distance_m,
        change_ratio=change,
    )


def _distance(rows: Sequence[SessionRow]) -> float | None:
    """The way of all of them; None where one is not known."""
    known = [row.distance_m for row in rows if row.distance_m is not None]
    return sum(known) if len(known) == len(rows) else None

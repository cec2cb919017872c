"""From values to places in a picture, and the round numbers that stand at its axes."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

STEPS = (1.0, 2.0, 5.0, 10.0)
TICKS_MIN = (0.25, 0.5, 1, 2, 5, 10, 15, 20, 30, 60, 120, 240, 480)
SHORT_DAYS = 80  # up to here weeks are counted, from here on months
DAYS_A_MONTH = 30.44
MONTH_STEPS = (1, 2, 3, 4, 6, 12)
_EPSILON = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """A straight line from values to pixels.

    Attributes:
        low, high: values at the two ends, low below high
        start, end: their places, in pixels; they may run backwards, as heights do
    """

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """The place of a value, beyond the ends too."""
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)

    def within(self, value: float) -> float:
        """The place of a value, or the end it lies beyond."""
        return self(min(max(value, self.low), self.high))


def nice_step(span: float, n_most: int) -> float:
    """The least round step (1, 2 or 5 times a power of ten) that divides a span into at most `n_most` parts."""
    rough = max(span, _EPSILON) / max(n_most, 1)
    power = 10.0 ** math.floor(math.log10(rough))
    return next(step * power for step in STEPS if step * power >= rough * (1 - _EPSILON))


def ticks(low: float, high: float, n_most: int) -> tuple[float, ...]:
    """Round values from low to high, both included where they are round."""
    step = nice_step(high - low, n_most)
    first, last = math.ceil(low / step - _EPSILON), math.floor(high / step + _EPSILON)
    return tuple(n * step for n in range(first, last + 1))


def minute_ticks(end_s: float, n_most: int) -> tuple[float, ...]:
    """Minutes, as people count them, from 0 to the end."""
    longest = nice_step(end_s / 60, n_most)  # a clock gone wrong can make a session of years
    step = next((t for t in TICKS_MIN if end_s / 60 / t <= n_most), longest)
    return tuple(n * step for n in range(int(end_s / 60 / step) + 1))


def rounded_range(low: float, high: float, n_most: int) -> tuple[float, float]:
    """A range that holds another and ends on round numbers."""
    step = nice_step(max(high - low, _EPSILON), n_most)
    return math.floor(low / step + _EPSILON) * step, math.ceil(high / step - _EPSILON) * step


def calendar_ticks(first: date, last: date, n_most: int) -> tuple[date, ...]:
    """Days to write at an axis of time: Mondays of some weeks, firsts of months or of years; at most about `n_most`."""
    n_days = (last - first).days
    if n_days < SHORT_DAYS:
        every = timedelta(weeks=max(1, math.ceil(n_days / 7 / n_most)))
        return tuple(_every(first + timedelta(days=-first.weekday() % 7), last, every))
    rough = n_days / DAYS_A_MONTH / n_most
    months = next((n for n in MONTH_STEPS if n >= rough), 12 * math.ceil(rough / 12))
    firsts = (date(n // 12, n % 12 + 1, 1) for n in range(first.year * 12, last.year * 12 + 12) if n % months == 0)
    return tuple(day for day in firsts if first <= day <= last)


def _every(first: date, last: date, step: timedelta) -> Iterator[date]:
    while first <= last:
        yield first
        first += step

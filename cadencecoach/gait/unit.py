"""Strides or steps: what a source counts, as far as its format or a whole file tells.

The RSC service and the FIT and TCX formats count strides; some pods and many programs send steps in the same field, and
a few send twice the steps. A wrong guess is wrong by a factor of two, so nothing but this file and `vote.py`, which
decides for a live sensor, guesses.
"""

from collections.abc import Iterable
from enum import Enum

from cadencecoach.units import FASTEST_WALK_MPS, MAX_CADENCE_SPM, MIN_RUNNING_SPM

# Rules and error rates: synthetic gait of 40 000 points, walking 0.8-2.1 m/s and running 1.8-6 m/s. At running speed,
# or with the running bit set, "below 120 is strides" is wrong for 0.02 % of step pods and 0.03 % of stride pods;
# otherwise "below 86" for 1.2 % and, while speed is known to be low, 0.0 %.
STRIDES_BELOW_RUNNING_PER_MIN = 120.0

MIN_WITHOUT_SPEED_SPM = 95.0  # without speeds a whole file below is more likely strides of a run than a slow walk
VOTES_FROM_PER_MIN = 30.0  # below are starts, stops and watts: no evidence either way
WATTS_ABOVE_MPS = 1.5  # Stryd can send watts/10 in the cadence byte: 20-30 "per minute" at running speed


class Unit(Enum):
    """What a source counts; the value is the factor from what it sends to steps per minute, both feet."""

    STRIDES = 2.0
    STEPS = 1.0
    DOUBLED = 0.5

    @property
    def next(self) -> "Unit":
        """What the unit key asks for: the other reading of the same numbers."""
        return _NEXT[self]


_NEXT = {Unit.STRIDES: Unit.STEPS, Unit.STEPS: Unit.STRIDES, Unit.DOUBLED: Unit.STEPS}


def cadence_of(raw_per_min: float | None, speed_mps: float | None, unit: Unit) -> float | None:
    """Steps per minute of what a source sent; None where it sent nothing, or watts instead of a cadence."""
    if raw_per_min is None:
        return None
    if 0 < raw_per_min < VOTES_FROM_PER_MIN and speed_mps is not None and speed_mps > WATTS_ABOVE_MPS:
        return None
    return raw_per_min * unit.value


def unit_of_file(rows: Iterable[tuple[float, float | None, float | None, *tuple[object, ...]]], says: Unit) -> Unit:
    """What a recorded run counts: what its format says, unless the whole run would be impossible by it.

    Args:
        rows: time_s, raw_per_min, speed_mps, and whatever follows, of the whole file
        says: what the format counts by its definition
    """
    values, has_speed = _running_values(rows)
    if not values:
        return says
    typical = _median(values)
    lowest = MIN_RUNNING_SPM if has_speed else MIN_WITHOUT_SPEED_SPM
    if lowest <= typical * says.value <= MAX_CADENCE_SPM:
        return says
    fitting = [unit for unit in Unit if STRIDES_BELOW_RUNNING_PER_MIN <= typical * unit.value <= MAX_CADENCE_SPM]
    return fitting[0] if fitting else says


def _running_values(
    rows: Iterable[tuple[float, float | None, float | None, *tuple[object, ...]]],
) -> tuple[list[float], bool]:
    """Values at running speed, or, where no row has one, all values; with whether the speed was known."""
    every: list[float] = []
    running: list[float] = []
    for _, raw_per_min, speed_mps, *_ in rows:
        if raw_per_min is not None and raw_per_min > VOTES_FROM_PER_MIN:
            every.append(raw_per_min)
            if speed_mps is not None and speed_mps >= FASTEST_WALK_MPS:
                running.append(raw_per_min)
    return (running, True) if running else (every, False)


def _median(values: list[float]) -> float:
    """The upper median of at least one value."""
    return sorted(values)[len(values) // 2]

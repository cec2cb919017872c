"""`sensors test`: twenty steps counted by a person settle whether a sensor sends steps or strides.

A pod sends a rate, not a count; twenty steps in so many seconds are a rate too. Steps and strides lie a factor of two
apart, so neither a miscount by one or two nor a pod that averages over some seconds can blur the answer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from cadencecoach.gait.unit import Unit
from cadencecoach.units import SECONDS_PER_MINUTE

N_STEPS = 20
TOLERANCE = 0.25  # of the counted rate; the next unit is a factor of two away
FEWEST_RAW = 3
LEAST_S, MOST_S = 5.0, 40.0  # twenty steps at 240 and at 30 a minute


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """What came of twenty steps.

    Attributes:
        counted_spm: by the person
        raw_per_min: median of what the sensor sent while steps were taken, 0 where it sent nothing but zeros; None
            where it sent nothing
        unit: what the sensor counts; None where the two do not fit together
    """

    counted_spm: float
    raw_per_min: float | None
    unit: Unit | None


def count_from(seconds: float, raw_per_min: Sequence[float]) -> Count:
    """What a sensor counts, by the time twenty steps took and what it sent in that time."""
    counted_spm = N_STEPS / max(seconds, 1e-3) * SECONDS_PER_MINUTE
    moving = [raw for raw in raw_per_min if raw > 0]
    if len(moving) < FEWEST_RAW or not LEAST_S <= seconds <= MOST_S:
        return Count(
            counted_spm=counted_spm, raw_per_min=median(moving or raw_per_min) if raw_per_min else None, unit=None
        )
    raw = median(moving)
    fitting = [unit for unit in Unit if abs(raw * unit.value / counted_spm - 1.0) <= TOLERANCE]
    return Count(counted_spm=counted_spm, raw_per_min=raw, unit=fitting[0] if fitting else None)

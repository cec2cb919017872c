"""What a sensor said, and what we make of it: the two values every other file of this room passes around."""

from dataclasses import dataclass
from enum import Enum

from cadencecoach.gait.dynamics import Dynamics


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One value from a sensor, already in our units. Missing is None, and None is not zero.

    Attributes:
        time_s: session time of arrival
        cadence_spm: step rate, both feet; 0 means the sensor said "no steps"
        speed_mps: speed over ground or belt
        hr_bpm: heart rate
        is_running: the sensor's own walk/run bit, where it has one
        is_unread: the sensor spoke of steps, but in numbers that cannot be read, or cannot be read yet
        error_spm: how far off such a sensor's smoothed cadence may be (`sources`)
        is_by_hand: a person gives it, and stops when they want (`sources`)
        dynamics: what the same sensor tells beyond cadence; None where it tells nothing of that
        lag_s: how much older than its arrival what it says is, where that is known
    """

    time_s: float
    cadence_spm: float | None
    speed_mps: float | None = None
    hr_bpm: float | None = None
    is_running: bool | None = None
    is_unread: bool = False
    error_spm: float = 0.0
    is_by_hand: bool = False
    dynamics: Dynamics | None = None
    lag_s: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """Our smoothed, aged step rate.

    Attributes:
        time_s: session time this estimate is for
        cadence_spm: median step rate of the usable readings of the last few seconds, both feet
        age_s: how old the newest usable reading is at `time_s`
        quality: part of the last ten seconds covered by usable readings, 0 to 1
        n_readings: how many readings stand behind it, at least 1
    """

    time_s: float
    cadence_spm: float
    age_s: float
    quality: float
    n_readings: int


class Feet(Enum):
    """What the feet are known to do."""

    UNKNOWN = "unknown"  # nothing usable has come yet
    LIVE = "live"  # running, and the newest reading is fresh
    WALKING = "walking"
    STILL = "still"  # the sensor says no steps, and means it
    STALE = "stale"  # no usable reading for 3 s: not coached on
    LOST = "lost"  # and no word from the sensor for 5 s: it is gone

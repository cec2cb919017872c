"""Steps and strides, frames and seconds, decibels and gains: the only place where one becomes the other.

Also the two limits that more than one room must agree on.

Inside the house cadence and tempo are steps per minute, both feet (`_spm`). Sensors and FIT files count strides
per minute (`_per_min` on one foot); they are converted once, at the door.
"""

import math

SECONDS_PER_MINUTE = 60.0
MS_PER_S = 1000
STEPS_PER_STRIDE = 2

MIN_RUNNING_SPM = 100.0  # nobody runs below; a source that does sends half of what it says
MAX_CADENCE_SPM = 240.0  # distance runners do not reach it; a source that says more sends twice the steps
STALE_AFTER_S = 3.0  # no value of a sensor stands for longer: a pod that misses two notifications is not coached on


def strides_from_spm(cadence_spm: float) -> float:
    """Strides per minute (same foot to same foot) of a step rate, both feet."""
    return cadence_spm / STEPS_PER_STRIDE


def step_interval_s(tempo_spm: float) -> float:
    """Seconds from one step to the next at a step rate above zero."""
    return SECONDS_PER_MINUTE / tempo_spm


def frame_at(time_s: float, fs_hz: int) -> int:
    """The frame nearest to a time; halves go up, so that the rounding is the same everywhere."""
    return math.floor(time_s * fs_hz + 0.5)


def time_at(frame: int, fs_hz: int) -> float:
    """Seconds from frame 0 to the beginning of a frame."""
    return frame / fs_hz


def gain_from_db(level_db: float) -> float:
    """Amplitude factor of a level; 0 dB is 1."""
    return float(10.0 ** (level_db / 20.0))


def mps_from_kmh(speed_kmh: float) -> float:
    """Metres per second of kilometres per hour."""
    return speed_kmh / 3.6

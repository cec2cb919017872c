"""Steps and strides, frames and seconds, decibels and gains: the only place where one becomes the other.

Also the limits that more than one room must agree on.

Inside the house cadence and tempo are steps per minute, both feet (`_spm`). Sensors and FIT files count strides
per minute (`_per_min` on one foot); they are converted once, at the door.
"""

import math
import re
from dataclasses import dataclass

SECONDS_PER_MINUTE = 60.0
M_PER_MILE, M_PER_KM, S_PER_H = 1609.344, 1000.0, 3600.0
MS_PER_S = 1000
STEPS_PER_STRIDE = 2

MIN_RUNNING_SPM = 100.0  # nobody runs below; a source that does sends half of what it says
MAX_CADENCE_SPM = 240.0  # distance runners do not reach it; a source that says more sends twice the steps
SLOWEST_PACE_MPS = 0.5  # a pace of more than half an hour a kilometre says only that nobody moves
FASTEST_WALK_MPS = 2.1  # nobody walks so fast: adults change to running at about 2 m/s
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


_KM = re.compile(r"(\d+(?:[.,]\d+)?)[ \u00a0]km(?![/\w])")


@dataclass(frozen=True, slots=True)
class Measures:
    """How a person wants speeds and distances written. Files keep m and m/s.

    Attributes:
        is_imperial: miles, not kilometres
        is_pace: time for a kilometre or mile, not speed
        decimal: the mark before tenths, as the person's language has it
    """

    is_imperial: bool = False
    is_pace: bool = False
    decimal: str = "."

    @property
    def speed_unit(self) -> str:
        """What a speed is written in; a pace, in minutes."""
        if self.is_pace:
            return "min/mi" if self.is_imperial else "min/km"
        return "mph" if self.is_imperial else "km/h"

    @property
    def slope_unit(self) -> str:
        """What a speed that something grows with is written in: never a pace, which grows the other way."""
        return "mph" if self.is_imperial else "km/h"

    def slope(self, per_mps: float) -> str:
        """So much for each unit of speed: `1.8 spm/(km/h)` of 6.5 for each m/s."""
        unit = self.slope_unit if self.is_imperial else f"({self.slope_unit})"
        return f"{self._tenths(self.slope_number(per_mps))} spm/{unit}"

    def slope_number(self, per_mps: float) -> float:
        """The same without its unit."""
        return per_mps * self._m / S_PER_H

    @property
    def distance_unit(self) -> str:
        """What a distance is written in."""
        return "mi" if self.is_imperial else "km"

    def speed_number(self, speed_mps: float) -> str:
        """A speed without its unit: tenths, or minutes and seconds."""
        if not self.is_pace:
            return self._tenths(speed_mps * S_PER_H / self._m)
        if speed_mps < SLOWEST_PACE_MPS:
            return "-:--"
        minutes, seconds = divmod(round(self._m / speed_mps), 60)
        return f"{minutes}:{seconds:02}"

    def speed(self, speed_mps: float) -> str:
        """A speed with its unit: `10.8 km/h`, `6.7 mph`, `5:33 /km`, `8:56 /mi`."""
        unit = f"/{self.distance_unit}" if self.is_pace else self.speed_unit
        return f"{self.speed_number(speed_mps)} {unit}"

    def distance_number(self, distance_m: float) -> str:
        """A distance without its unit, in tenths."""
        return self._tenths(distance_m / self._m)

    def distance(self, distance_m: float) -> str:
        """A distance with its unit."""
        return f"{self.distance_number(distance_m)} {self.distance_unit}"

    def sentence(self, text: str) -> str:
        """A sentence that tells distances in kilometres, with this person's in their place."""
        if not self.is_imperial:
            return text
        return _KM.sub(lambda km: self.distance(float(km[1].replace(",", ".")) * M_PER_KM), text)

    def _tenths(self, value: float) -> str:
        return f"{value:.1f}".replace(".", self.decimal)

    @property
    def _m(self) -> float:
        return M_PER_MILE if self.is_imperial else M_PER_KM


METRIC = Measures()

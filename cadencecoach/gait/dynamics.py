"""How somebody runs beyond cadence: vertical oscillation, contact time, stride length, each with how far off it may be.

The errors stand in one table, `ERRORS`: what the method does on simulated bodies with a known truth
(`bench/dynamics.py`), or what was published of a device. None of them shrinks with time: they are mostly the same for
all steps of a run, as a strap sits where it sits. So a mean over a run has the error of a single value.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from cadencecoach.units import SECONDS_PER_MINUTE

SIGNAL, SPEED, BELT, WATCH, STRAP, POD = "signal", "speed", "belt", "watch", "strap", "pod"  # who told
STEPS_PER_STRIDE = 2

# What runners do; a value outside is another quantity, a walk, or damage. Zero is what devices write before they know.
OSCILLATION_MM = (20.0, 200.0)
CONTACT_MS = (80.0, 450.0)
STRIDE_M = (0.6, 5.5)


@dataclass(frozen=True, slots=True)
class Measured:
    """A number and how far off it may be, in the same unit."""

    value: float
    error: float


@dataclass(frozen=True, slots=True)
class Error:
    """How far off a quantity may be.

    Attributes:
        ratio: as a part of it
        least: at least so much, in its own unit
    """

    ratio: float
    least: float

    def of(self, value: float) -> Measured:
        """A value with its error."""
        return Measured(value, max(self.ratio * value, self.least))


@dataclass(frozen=True, slots=True, kw_only=True)
class Dynamics:
    """What was told of one moment; None is not known, and never zero.

    Attributes:
        oscillation_mm: how far the trunk goes up and down in a step
        contact_ms: how long a foot is on the ground
        stride_m: from one foot's landing to its next, two steps
        placement: where the sensor sits that told oscillation and contact, in words; empty where that is not known
        told_by: who told those two: `signal`, `watch`, `strap`, `pod`; empty where nobody did
        stride_by: who told the stride: `speed` and `belt` over cadence, `watch`, `strap`, `pod`; empty where nobody did
    """

    oscillation_mm: Measured | None = None
    contact_ms: Measured | None = None
    stride_m: Measured | None = None
    placement: str = ""
    told_by: str = ""
    stride_by: str = ""

    @property
    def is_known(self) -> bool:
        """Whether there is anything in it."""
        return not self.oscillation_mm is self.contact_ms is self.stride_m is None


# Sources, pinned by value in tests:
# signal: the worst of bench/dynamics.py (simulated bodies at hip, chest and foot, 25 to 200 Hz), rounded up; a trunk
#   that tilts and a strap that gives are in it, a body that is no simulation is not.
# watch: a strap's oscillation agreed with motion capture (Adams 2016, doi 10.2519/jospt.2016.6391), but devices differ
#   from each other by about a tenth (Smith 2022, doi 10.1371/journal.pone.0277810); its contact time agreed less well.
# pod: contact 5 % short of video at 1000 Hz in 49 runners, step length no different (Garcia-Pinillos 2019, doi
#   10.1371/journal.pone.0222872); 0.5 to 8 % short of light barriers (the same, 2018, J Strength Cond Res).
# speed: a foot sensor's strides are off by 1 % on average and by 8 % each (Zrenner 2018, doi 10.3390/s18124194); makers
#   promise 95 % before calibration. belt: a design value; belts slow down under a runner.
ERRORS: Mapping[tuple[str, str], Error] = {
    ("oscillation_mm", SIGNAL): Error(0.15, 10.0),
    ("oscillation_mm", WATCH): Error(0.10, 8.0),
    ("oscillation_mm", POD): Error(0.15, 10.0),
    ("contact_ms", SIGNAL): Error(0.0, 40.0),
    ("contact_ms", WATCH): Error(0.10, 25.0),
    ("contact_ms", POD): Error(0.08, 15.0),
    ("stride_m", SPEED): Error(0.05, 0.05),
    ("stride_m", BELT): Error(0.03, 0.05),
    ("stride_m", WATCH): Error(0.05, 0.05),
    ("stride_m", POD): Error(0.03, 0.05),
}
# A strap's numbers come through a watch; where they do, their place is known, and the rest is the same.
ERRORS_OF = {STRAP: WATCH}
LIMITS: Mapping[str, tuple[float, float]] = {
    "oscillation_mm": OSCILLATION_MM,
    "contact_ms": CONTACT_MS,
    "stride_m": STRIDE_M,
}


def with_error(quantity: str, value: float | None, by: str) -> Measured | None:
    """A value with the error of who told it; None where it is missing or no runner's."""
    low, high = LIMITS[quantity]
    if value is None or not low <= value <= high:
        return None
    return ERRORS[quantity, ERRORS_OF.get(by, by)].of(value)


def stride_m(speed_mps: float, cadence_spm: float) -> float:
    """The length of a stride at a speed and a step rate above zero."""
    return STEPS_PER_STRIDE * speed_mps * SECONDS_PER_MINUTE / cadence_spm

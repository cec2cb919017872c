"""A session over time, ready to be drawn: values. `record.fold.tracing` makes them of the lines of a journal.

A cadence of hours has more points than a picture has columns. Of each column the first, the lowest, the highest and
the last point are kept (the M4 rule: Jugel and others, 2014, doi 10.14778/2732951.2732953), so that the line drawn is
the line that all points would have drawn, and no peak is lost.
"""

from dataclasses import dataclass
from enum import Enum

from cadencecoach.record.pain import PainSaid
from cadencecoach.record.thinning import Point


class SpanKind(Enum):
    """What a stretch of time was that is no running."""

    NO_SENSOR = "no sensor"
    WALKING = "walking"
    STILL = "standing"
    PAUSED = "paused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of time in which something other than running went on, or nothing was known."""

    kind: SpanKind
    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpSpan:
    """A stretch with a target: help was on offer (beat or corrections), or the runner was alone with it."""

    is_helped: bool
    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class StageSpan:
    """A stretch of a stage with one target; a target that changes on the way begins another one of the same index.

    Attributes:
        index: of the stage, from 0
        name: of the stage, as in the plan
        start_s, end_s: session time
        target_spm, low_spm, high_spm: None without a target
        from_spm: where the ramp starts; None when there is none
        ramp_s: how long the target takes to get there; not counted as time in band
        is_probe: measured and not helped
    """

    index: int
    name: str
    start_s: float
    end_s: float
    target_spm: float | None
    low_spm: float | None
    high_spm: float | None
    from_spm: float | None
    ramp_s: float
    is_probe: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CueMark:
    """A cue: when it was heard, or asked for where nobody can say when it was heard."""

    time_s: float
    reason: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteMark:
    """Something the runner noted, such as pain; `level` where one was given. About `gap`: it broke off for `gap_s`."""

    time_s: float
    about: str
    text: str
    level: int | None
    gap_s: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """A session over time. All times are session time in seconds, pauses included.

    Attributes:
        end_s: the last line's time
        cadence: unbroken runs of the estimate, in spm, while the feet ran
        speed: unbroken runs of the speed in m/s, where the sensor told it
        stages: in order
        help: stretches with a target, helped and silent
        spans: what was no running
        cues: in order; countdowns are left out
        notes: in order
        pains: what was said of pain by key, in order; the notes hold each key
        unit: how the sensor's numbers were read, last said; empty when it was not
        n_slipped_frames: sound frames lost
    """

    end_s: float
    cadence: tuple[tuple[Point, ...], ...] = ()
    speed: tuple[tuple[Point, ...], ...] = ()
    stages: tuple[StageSpan, ...] = ()
    help: tuple[HelpSpan, ...] = ()
    spans: tuple[Span, ...] = ()
    cues: tuple[CueMark, ...] = ()
    notes: tuple[NoteMark, ...] = ()
    pains: tuple[PainSaid, ...] = ()
    unit: str = ""
    n_slipped_frames: int = 0

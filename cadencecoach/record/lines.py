"""The lines of a journal as records: one type for each kind, and one for the kinds that this version does not know.

A field has the name it has in the file. Fields without a default are always there; None is a number that is missing,
or a field that was not written. Fields of a later version stay among the attributes, where writing finds them. The
table of kinds is in `record.kinds`.
"""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Line:
    """A line of a journal.

    Attributes:
        t: session time in seconds
    """

    t: float


@dataclass(frozen=True)
class LinkLine(Line):
    """A sensor over the air has been connected or lost."""

    state: str
    source: str
    name: str


@dataclass(frozen=True)
class PayloadLine(Line):
    """Bytes of a sensor."""

    source: str
    hex: str
    sensor: str | None = None


@dataclass(frozen=True)
class LeadLine(Line):
    """The sensor that is coached on from now on."""

    source: str
    name: str


@dataclass(frozen=True)
class ReadingLine(Line):
    """One value of a sensor."""

    cadence_spm: float | None
    speed_mps: float | None = None
    hr_bpm: float | None = None
    is_running: bool | None = None
    came_s: float | None = None
    feet: str | None = None


@dataclass(frozen=True)
class EstimateLine(Line):
    """Our step rate."""

    cadence_spm: float | None
    age_s: float | None
    quality: float | None
    n_readings: int | None = None


@dataclass(frozen=True)
class DynamicsLine(Line):
    """How the runner moves beyond cadence, each number with how far off it may be."""

    oscillation_mm: float | None
    oscillation_error_mm: float | None
    contact_ms: float | None
    contact_error_ms: float | None
    stride_m: float | None
    stride_error_m: float | None
    speed_mps: float | None = None
    placement: str | None = None
    told_by: str | None = None
    stride_by: str | None = None
    sensor: str | None = None


@dataclass(frozen=True)
class FeetLine(Line):
    """What the feet do from now on."""

    state: str


@dataclass(frozen=True)
class UnitLine(Line):
    """How a sensor's numbers are read from now on."""

    unit: str
    sensor: str | None = None


@dataclass(frozen=True)
class PlacementLine(Line):
    """Where a sensor of acceleration sits."""

    placement: str
    sensor: str | None = None


@dataclass(frozen=True)
class StageLine(Line):
    """A stage begins, or its target has changed."""

    index: int
    name: str
    target_spm: float | None
    low_spm: float | None
    high_spm: float | None
    beat: str
    feedback: str
    ramp_s: float | None = None
    help_ratio: float | None = None
    is_probe: bool | None = None
    is_warm_up: bool | None = None


@dataclass(frozen=True)
class HelpLine(Line):
    """A helped or a silent stretch begins."""

    is_on: bool


@dataclass(frozen=True)
class SpeedLine(Line):
    """The runner has left the speeds of the baseline, or is back."""

    is_off: bool


@dataclass(frozen=True)
class GradeLine(Line):
    """The click takes a colour."""

    grade: int


@dataclass(frozen=True)
class BaselineLine(Line):
    """The baseline was measured."""

    cadence_spm: float | None
    n_readings: int
    running_s: Any = None


@dataclass(frozen=True)
class TempoLine(Line):
    """The beat takes a tempo, or stops."""

    spm: float | None
    ramp_s: float


@dataclass(frozen=True)
class BandLine(Line):
    """The runner came into the band, or left it."""

    state: str


@dataclass(frozen=True)
class CueLine(Line):
    """Something was said or sounded."""

    kind: str
    text: str
    reason: str
    requested_s: float | None
    actual_s: float | None


@dataclass(frozen=True)
class KeyLine(Line):
    """A key was pressed."""

    key: str


@dataclass(frozen=True)
class DigitLine(Line):
    """A digit was pressed: the key `digit`."""

    key: str
    level: int


@dataclass(frozen=True)
class PauseLine(Line):
    """The stages stand still."""


@dataclass(frozen=True)
class ResumeLine(Line):
    """The stages go on."""


@dataclass(frozen=True)
class MessageLine(Line):
    """A clinician's message was given to the voice by key; its words stand in the log alone."""

    id: str
    actual_s: float | None


@dataclass(frozen=True)
class MuteLine(Line):
    """The sound goes off or on."""

    is_muted: bool


@dataclass(frozen=True)
class VolumeLine(Line):
    """How loud beat and words are from now on."""

    beat_db: float
    words_db: float


@dataclass(frozen=True)
class VoiceLine(Line):
    """The words go off or on."""

    is_muted: bool


@dataclass(frozen=True)
class ClickLine(Line):
    """How the beat clicks from now on."""

    sound: str
    every: str
    accent: str
    pan: float
    silent_ratio: float
    seed: int


@dataclass(frozen=True)
class NoiseLine(Line):
    """How loud the noise is from now on."""

    level: int


@dataclass(frozen=True)
class GateLine(Line):
    """The clicks are heard, or not."""

    is_open: bool


@dataclass(frozen=True)
class NoteLine(Line):
    """Something for the record."""

    about: str
    text: str
    level: int | None = None
    answer: Any = None


@dataclass(frozen=True)
class SoundLine(Line):
    """How the sound card does."""

    state: str
    slip_frames: float | None
    latency_s: float | None


@dataclass(frozen=True)
class EntrainmentLine(Line):
    """How the steps of a stage kept to the beat."""

    index: int
    n_steps: int
    mean_ms: float
    sd_ms: float
    near_ratio: float


@dataclass(frozen=True)
class MusicLine(Line):
    """What of the runner's own music is heard."""

    state: str
    song: str


@dataclass(frozen=True)
class PlanLine(Line):
    """What is run, word for word and as it was resolved."""

    text: str
    resolved: Any
    boot: Any = None


@dataclass(frozen=True)
class AliveLine(Line):
    """The session runs, and there is nothing else to tell."""


@dataclass(frozen=True)
class GapLine(Line):
    """The session had broken off, and goes on."""

    gap_s: float | None
    reason: str
    boot: Any = None


@dataclass(frozen=True)
class EndLine(Line):
    """The session is over."""

    reason: str
    is_added: Any = None


@dataclass(frozen=True)
class UnknownLine(Line):
    """A line of a later version."""

    what: str

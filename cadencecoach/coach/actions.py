"""Everything the coach can ask for. The coach decides; the shell carries out."""

from dataclasses import dataclass
from enum import Enum

from cadencecoach.coach.clicks import Click
from cadencecoach.coach.pain import SHOWN_S
from cadencecoach.plan.model import Beat, CueStyle
from cadencecoach.plan.targets import Band
from cadencecoach.plan.timeline import Timeline


class CueKind(Enum):
    """How a cue is heard."""

    SPOKEN = "spoken"
    EARCON = "earcon"


class CueReason(Enum):
    """Why a cue is given; the words stand in the journal.

    BELOW and ABOVE are the corrections; they, and only they, are judgements about the runner's cadence now.
    """

    STAGE = "stage"  # a stage begins
    COUNTDOWN = "countdown"  # 3-2-1 before the next stage
    PLAN = "plan"  # words of the plan's author
    BELOW = "below"  # slower than the band for the dwell time
    ABOVE = "above"  # quicker than the band for the dwell time
    BACK = "back"  # back in the band after a correction
    SENSOR_LOST = "sensor lost"
    SENSOR_BACK = "sensor back"
    SENSOR_UNCLEAR = "sensor unclear"  # it speaks, and its numbers make no sense
    BASELINE = "baseline"  # the measured baseline, or that none could be measured
    SUMMARY = "summary"  # how the stage went
    SESSION = "session"  # its end
    TIME = "time"  # minutes run, where the runner wants to hear them
    RECALL = "recall"  # how to run where nothing helps: as at the end of the last stage
    TONE = "tone"  # what a tone means, in words, the first time it sounds in a session
    PAIN = "pain"  # what to do after pain above the limit, or that this was taken back
    SPEED = "speed"  # too fast or too slow for the baseline: nothing is corrected


class BandState(Enum):
    """Where the runner is against the band."""

    IN = "in"
    BELOW = "below"
    ABOVE = "above"


class EndReason(Enum):
    """Why a session ended."""

    FINISHED = "finished"
    STOPPED = "stopped"
    INTERRUPTED = "interrupted"


@dataclass(frozen=True, slots=True, kw_only=True)
class SetTempo:
    """The beat goes on as this Timeline from `time_s` on.

    Attributes:
        timeline: in session time, in phase with the beat before it; None stops the beat
    """

    time_s: float
    timeline: Timeline | None

    @property
    def tempo_spm(self) -> float | None:
        """The tempo the beat comes to; None: it stops."""
        return None if self.timeline is None else self.timeline.to_spm

    @property
    def ramp_s(self) -> float:
        """How long the tempo takes to get there."""
        return 0.0 if self.timeline is None else self.timeline.ramp_s


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveCue:
    """Something to be heard that is not the beat.

    Attributes:
        text: the words, or the name of the earcon
        expires_s: if it cannot begin to sound by then, it is dropped
    """

    time_s: float
    kind: CueKind
    text: str
    reason: CueReason
    expires_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SayMessage:
    """A clinician's message is spoken; its words are known to the voice alone, and stand in no journal and no screen.

    Attributes:
        id: of its entry in the log
        length_s: about how long it takes
        expires_s: if it cannot begin to sound by then, it is dropped
    """

    time_s: float
    id: str
    length_s: float
    expires_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterStage:
    """A stage begins, or (same index again) its target has become known or was changed by key.

    Attributes:
        ramp_s: how long the target takes from the tempo before to this one; not counted as time in band
        help_ratio: part of the time that is helped, 0 to 1
        is_probe: measured and not helped
        is_warm_up: of a session that goes on after a break: warm up before stage `index` goes on
    """

    time_s: float
    index: int
    name: str
    band: Band | None
    beat: Beat
    feedback: CueStyle
    ramp_s: float = 0.0
    help_ratio: float = 1.0
    is_probe: bool = False
    is_warm_up: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SetHelp:
    """A helped or a silent stretch begins, in a stage that is not helped all the time."""

    time_s: float
    is_on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SetOffSpeed:
    """The runner has left the speeds the baseline says something about, so nothing is judged; or is back among them."""

    time_s: float
    is_off: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SetBaseline:
    """The runner's own cadence is now known.

    Attributes:
        cadence_spm: mean of the running estimates it was taken from
        n_readings: how many those were
        running_s: how long was run; None where nobody counted
    """

    time_s: float
    cadence_spm: float
    n_readings: int
    running_s: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SetBand:
    """The runner came into, or left, the band."""

    time_s: float
    state: BandState


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """The session's clock stands still; nothing sounds."""

    time_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Resume:
    """The session goes on where it was."""

    time_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SetMuted:
    """Sound off or on again by key; everything else goes on."""

    time_s: float
    is_muted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SetVolume:
    """Beat, and words with the tones, become louder or softer by key.

    Attributes:
        beat_db, words_db: over the levels of the settings
    """

    time_s: float
    beat_db: float
    words_db: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SetVoice:
    """Spoken words off or on by key; the beat goes on."""

    time_s: float
    is_muted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SetClick:
    """How the beat clicks from the next beat on."""

    time_s: float
    click: Click


@dataclass(frozen=True, slots=True, kw_only=True)
class SetGrade:
    """The click takes a colour from the next beat on.

    Attributes:
        grade: -5 to 5; above zero asks for quicker steps, 0 is the plain click
    """

    time_s: float
    grade: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SetNoise:
    """Noise is heard beside the beat, or alone, from now on.

    Attributes:
        level: 0 to 5; 0 is none
    """

    time_s: float
    level: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SetGate:
    """The clicks fall silent, or are heard again; the beat keeps its phase in between."""

    time_s: float
    is_open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteNote:
    """Something for the record.

    Attributes:
        about: `pain`, or what else the note is of
        text: for a person to read
        level: pain from 0 to 10, where the runner gave it
        answer: of notes about pain: `unwell`, `corrected` (in place of the answer before) or `taken back`; else empty
    """

    time_s: float
    about: str
    text: str
    level: int | None = None
    answer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerKey:
    """What a key has come to, or why it does nothing: to be shown for a moment, and not written down.

    Attributes:
        shown_s: for so long
    """

    time_s: float
    text: str
    shown_s: float = SHOWN_S


@dataclass(frozen=True, slots=True, kw_only=True)
class EndSession:
    """It is over."""

    time_s: float
    reason: EndReason


Action = (
    SetTempo
    | GiveCue
    | SayMessage
    | EnterStage
    | SetHelp
    | SetOffSpeed
    | SetBaseline
    | SetBand
    | Pause
    | Resume
    | SetMuted
    | SetVolume
    | SetVoice
    | SetClick
    | SetGate
    | SetGrade
    | SetNoise
    | WriteNote
    | AnswerKey
    | EndSession
)

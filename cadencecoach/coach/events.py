"""Everything that can happen to the coach. Times are session time in seconds and never go back."""

import math
from dataclasses import dataclass
from enum import Enum

from cadencecoach.gait.reading import Estimate, Feet

NEVER = math.inf  # a time that does not come


class Key(Enum):
    """What the runner can ask for."""

    PAUSE = "pause"
    UP = "up"  # target 1 spm up
    DOWN = "down"
    NEXT = "next"
    MUTE = "mute"
    BEAT_SOFTER = "beat softer"
    BEAT_LOUDER = "beat louder"
    WORDS_SOFTER = "words softer"
    WORDS_LOUDER = "words louder"
    PAIN = "pain"
    UNWELL = "unwell"  # something is wrong: dizziness, chest pain, a fall, what belongs to no scale
    TAKE_BACK = "take back"  # the answer about pain that is shown
    UNIT = "unit"  # the sensor counts the other way: steps instead of strides, or strides instead of steps
    MESSAGE = "message"  # of the clinician, unread: to be spoken
    STOP = "stop"
    FASTER = "faster"  # from here on the metronome's own: 5 spm up
    SLOWER = "slower"
    TAP = "tap"  # one of the taps that give the tempo
    SOUND = "sound"  # the next click sound
    ACCENT = "accent"  # none, the left foot's, the right foot's


@dataclass(frozen=True, slots=True)
class ClockReached:
    """A moment the coach has asked for (`react.due_s`), or the start of the session."""

    time_s: float


@dataclass(frozen=True, slots=True)
class CadenceEstimated:
    """The feet have a new estimate.

    Attributes:
        speed_mps: of belt or pod, where it is known and fresh
        reading_spm: the reading behind it, where there is one: quicker and noisier than the estimate
        error_spm: how far off the source of the reading may be
        is_by_hand: the runner taps it
    """

    time_s: float
    estimate: Estimate
    speed_mps: float | None = None
    reading_spm: float | None = None
    error_spm: float = 0.0
    is_by_hand: bool = False


@dataclass(frozen=True, slots=True)
class FeetChanged:
    """The feet began to do something else, or fell silent."""

    time_s: float
    feet: Feet


@dataclass(frozen=True, slots=True)
class SensorSenseless:
    """The sensor speaks, and its numbers have made no sense for a while; the unit key may mend it."""

    time_s: float


@dataclass(frozen=True, slots=True)
class StepsHeard:
    """Feet came down: a sensor of acceleration has told new steps. A pod, which tells a rate, never has any.

    Attributes:
        footfalls_s: session times of the newest few, rising, the ones told before included
    """

    time_s: float
    footfalls_s: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class SoundDelayed:
    """How much later than its session time a beat reaches the ear has become known.

    Attributes:
        delay_s: of the card, and of headphones where that was measured; constant
    """

    time_s: float
    delay_s: float


@dataclass(frozen=True, slots=True)
class KeyPressed:
    """The runner pressed a key."""

    time_s: float
    key: Key


@dataclass(frozen=True, slots=True)
class PainRated:
    """The runner pressed a digit, which is an answer where a question is open.

    Attributes:
        level: 0 (none) to 10; a key stands for each
    """

    time_s: float
    level: int


@dataclass(frozen=True, slots=True)
class Interrupted:
    """The program was told to stop (Ctrl-C, terminal closed): end now, keep everything."""

    time_s: float


@dataclass(frozen=True, slots=True)
class WentOn:
    """The session had broken off, and goes on from here: in the stage and second where it was.

    Attributes:
        time_s: session time of the last moment before, which is also that of the first one after
        gap_s: how long the break was; None where nobody knows
        reason: why it broke off, in a word: `slept`, `stopped`, `interrupted`, `broke off`
        boot: what the journal says of the machine's own clock at this moment; decides nothing here
    """

    time_s: float
    gap_s: float | None
    reason: str
    boot: object = None


Event = (
    ClockReached
    | CadenceEstimated
    | FeetChanged
    | SensorSenseless
    | StepsHeard
    | SoundDelayed
    | KeyPressed
    | PainRated
    | Interrupted
    | WentOn
)

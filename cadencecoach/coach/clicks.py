"""How the beat clicks: as plain values, so that they can be ordered, written down and shown."""

from dataclasses import dataclass
from enum import Enum


class Every(Enum):
    """Which beats click. One beat is one step, whatever is heard of it."""

    STEP = "step"
    STRIDE = "stride"  # every other beat, the left foot's


class Accent(Enum):
    """Which foot's click stands out."""

    NONE = "none"
    LEFT = "left"
    RIGHT = "right"


@dataclass(frozen=True, slots=True, kw_only=True)
class Click:
    """How the beat clicks.

    Attributes:
        sound: name of a click sound
        every: which beats click
        accent: which foot's click is the higher one
        pan: how far the feet stand apart, 0 both in the middle, 1 each in its own ear; beat 0 is the left foot
        silent_ratio: so many clicks are left out by chance, 0 to 1
        seed: of that chance
    """

    sound: str = "click"
    every: Every = Every.STEP
    accent: Accent = Accent.NONE
    pan: float = 0.0
    silent_ratio: float = 0.0
    seed: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Graded:
    """The colour of the click, and what it is reckoned from.

    Attributes:
        heard: (session time, spm) of the readings of the last steps (`grade-over`)
        grade: -5 to 5; 0 is the plain click
        noise: 0 to 5; 0 is none
    """

    heard: tuple[tuple[float, float], ...] = ()
    grade: int = 0
    noise: int = 0


PLAIN = Click()

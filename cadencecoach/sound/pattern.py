"""Which click each beat gets: accents, feet, sides, and beats left out to train the inner rhythm.

A pattern is a function of the beat's number alone, so the same session gives the same clicks whoever asks and when.
"""

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

_MASK = (1 << 64) - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Strike:
    """One click.

    Attributes:
        clip: its name
        pan: -1 is the left ear alone, 0 both, 1 the right one
    """

    clip: str
    pan: float = 0.0

    def __post_init__(self) -> None:
        """Refuse what is no place."""
        if not -1 <= self.pan <= 1:
            raise ValueError(f"pan is -1 to 1, got {self.pan}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """Clicks in turn.

    Attributes:
        strikes: beat 0 takes the first; None is a beat without a click
        silent_ratio: so many beats of those that would click are left out by chance, 0 to 1
        seed: of that chance
    """

    strikes: tuple[Strike | None, ...]
    silent_ratio: float = 0.0
    seed: int = 0

    def __post_init__(self) -> None:
        """Refuse what means nothing."""
        if not self.strikes or not 0 <= self.silent_ratio <= 1:
            raise ValueError(f"a pattern has a strike, and leaves out 0 to 1 of its beats, got {self}")

    def strike(self, beat: int) -> Strike | None:
        """The click of a beat; None is silence. Real-time safe: yes."""
        if self.silent_ratio and _chance(self.seed, beat) < self.silent_ratio:
            return None
        return self.strikes[beat % len(self.strikes)]


@lru_cache(maxsize=64)
def channel_gains(pan: float, n_channels: int) -> NDArray[np.float32]:
    """Gain of each channel, shape (n_channels, 1): equal power, 1 in the middle; one channel has no sides."""
    if n_channels == 1:
        return np.ones((1, 1), np.float32)
    angle = (pan + 1) * math.pi / 4
    return np.array([[math.cos(angle)], [math.sin(angle)]], np.float32) * np.float32(math.sqrt(2))


def _chance(seed: int, beat: int) -> float:
    """A number in 0..1 that looks random and belongs to this beat: SplitMix64 (Steele, Lea, Flood 2014)."""
    word = (seed * 0x9E3779B97F4A7C15 + (beat + 1) * 0xD1B54A32D192ED03) & _MASK
    word = ((word ^ (word >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
    word = ((word ^ (word >> 27)) * 0x94D049BB133111EB) & _MASK
    return (word ^ (word >> 31)) / float(1 << 64)

"""Levels over time: straight fades on absolute frames, and the dip of click and music under a cue.

Every value is a function of the absolute frame alone, never of where a block begins, so that blocks of any size give
the same samples. A level that does not change over a stretch is one number and not an array: most stretches are so.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cadencecoach.units import frame_at, gain_from_db

Level = np.float32 | NDArray[np.float32]

FADE_S = 0.005  # the shortest fade that is not heard as a click of its own
DUCK_GAIN = gain_from_db(-12.0)  # the beat stays audible under speech, the words stay intelligible
DUCK_ATTACK_S = 0.010  # down before the first word; the ear's backward masking hides the dip
DUCK_RELEASE_S = 0.200  # back up slowly enough not to be heard as a beat by itself
UNITY = np.float32(1.0)


@dataclass(frozen=True, slots=True)
class Fade:
    """A gain that moves in a straight line and then stays.

    Attributes:
        start_frame: the last frame at `from_gain`
        n_frames: length of the line, at least 1
    """

    start_frame: int
    n_frames: int
    from_gain: float
    to_gain: float

    @property
    def end_frame(self) -> int:
        """The first frame at `to_gain`."""
        return self.start_frame + self.n_frames

    def at(self, frame: int) -> float:
        """The gain at one frame."""
        left = min(max(self.end_frame - frame, 0) / self.n_frames, 1.0)
        return self.to_gain + (self.from_gain - self.to_gain) * left

    def over(self, first: int, end: int) -> Level:
        """The gain at frames first..end-1: one number where it does not change."""
        if first >= self.end_frame or self.from_gain == self.to_gain:
            return np.float32(self.to_gain)
        left = np.clip((self.end_frame - np.arange(first, end)) / self.n_frames, 0.0, 1.0)
        gain = self.to_gain + (self.from_gain - self.to_gain) * left
        return gain.astype(np.float32)


@dataclass(frozen=True, slots=True)
class Duck:
    """What one cue does to the click: down before it begins, held, and up again after it ends.

    Attributes:
        down: the fade that ends when the cue begins, or soon after if the cue came at short notice
        up: the fade that begins when the cue ends
    """

    down: Fade
    up: Fade

    @classmethod
    def under(cls, *, start_frame: int, end_frame: int, known_frame: int, fs_hz: int) -> "Duck":
        """The dip for a cue of which nothing was known before `known_frame`."""
        n_attack = frame_at(DUCK_ATTACK_S, fs_hz)
        down = Fade(max(start_frame - n_attack, known_frame), n_attack, 1.0, DUCK_GAIN)
        return cls(down, Fade(end_frame, frame_at(DUCK_RELEASE_S, fs_hz), down.at(end_frame), 1.0))

    def end_at(self, frame: int) -> "Duck":
        """The same dip when its cue ends early: it rises from wherever it is."""
        if frame >= self.up.start_frame:
            return self
        return Duck(self.down, Fade(frame, self.up.n_frames, self.down.at(frame), 1.0))

    def touches(self, first: int, end: int) -> bool:
        """Whether any of the frames first..end-1 is lowered."""
        return first < self.up.end_frame and end > self.down.start_frame

    def over(self, first: int, end: int) -> NDArray[np.float32]:
        """The gain of the click at frames first..end-1."""
        gain = np.empty(end - first, np.float32)
        n_down = min(max(self.up.start_frame - first, 0), end - first)
        gain[:n_down] = self.down.over(first, first + n_down)
        gain[n_down:] = self.up.over(first + n_down, end)
        return gain

"""Speech and earcons that sound or wait, as facts on absolute frames.

What a cue will do is settled when it is told of: where it begins and ends, and how click and music make room for it. A
hush ends what sounds at its frame and forgets what was told before it and would begin later; what is told after a hush
stands, unless it would sound through it.
"""

from bisect import insort
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import takewhile

import numpy as np
from numpy.typing import NDArray

from cadencecoach.sound.commands import Bus
from cadencecoach.sound.ducking import FADE_S, Duck, Fade
from cadencecoach.units import frame_at

MAX_CUES = 15  # at once, with the click 16; far above what a coach says, a stop for a runaway caller


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """One clip on its way to the ear.

    Attributes:
        start_frame: the frame of its first sample
        end_frame: the frame after its last
        samples: the whole clip, mono
        duck: what it does to the click
        fade: how it ends, if it is cut short
    """

    start_frame: int
    end_frame: int
    samples: NDArray[np.float32]
    bus: Bus
    duck: Duck
    fade: Fade | None = None

    def cut_at(self, frame: int, *, n_fade: int) -> "Cue":
        """The same cue faded out from `frame` on; one that had not begun never sounds."""
        if frame >= self.end_frame or (self.fade is not None and frame >= self.fade.start_frame):
            return self
        duck = self.duck.end_at(frame)
        if frame <= self.start_frame:
            return replace(self, end_frame=self.start_frame, duck=duck)
        end = min(self.end_frame, frame + n_fade)
        return replace(self, end_frame=end, duck=duck, fade=Fade(frame, n_fade, 1.0, 0.0))

    def is_over(self, frame: int) -> bool:
        """Whether neither the cue nor its dip touches `frame` or anything later."""
        return self.duck.up.end_frame <= frame


class Cues:
    """All cues of one stream that are not over.

    Threads: one at a time. Real-time safe: no lock, no I/O; the list grows by one per cue told.
    """

    __slots__ = ("_book", "_fs_hz", "_hushes")

    def __init__(self, *, fs_hz: int) -> None:
        """Start empty."""
        self._fs_hz = fs_hz
        self._book: list[Cue] = []
        self._hushes: list[int] = []

    @property
    def is_empty(self) -> bool:
        """Whether nothing sounds, waits or is to be forgotten."""
        return not self._book and not self._hushes

    def play(self, samples: NDArray[np.float32], *, bus: Bus, start_frame: int, known_frame: int) -> None:
        """Take a clip that begins at `start_frame`; frames before `known_frame` are mixed already."""
        end = start_frame + len(samples)
        duck = Duck.under(start_frame=start_frame, end_frame=end, known_frame=known_frame, fs_hz=self._fs_hz)
        cue = Cue(start_frame=start_frame, end_frame=end, samples=samples, bus=bus, duck=duck)
        later = [frame for frame in self._hushes if frame > start_frame]
        self._make_room(start_frame)
        insort(self._book, self._cut(cue, min(later)) if later else cue, key=_start)

    def hush(self, frame: int) -> None:
        """End what sounds at `frame`, forget what waits."""
        self._hushes.append(frame)
        cut = [self._cut(cue, frame) for cue in self._book]
        self._book = [cue for cue in cut if cue.duck.up.start_frame > cue.duck.down.start_frame]

    def forget(self, frame: int) -> None:
        """Drop what is over before `frame`, from the earliest on: a long cue keeps those behind it a little longer."""
        while self._book and self._book[0].is_over(frame):
            self._book.pop(0)
        if self._hushes:
            self._hushes = [hush for hush in self._hushes if hush > frame]

    def sounding(self, first: int, end: int) -> Iterator[Cue]:
        """Cues heard in frames first..end-1, in order of their beginning."""
        for cue in self._book:
            if cue.start_frame >= end:
                return
            if cue.end_frame > max(first, cue.start_frame):
                yield cue

    def duck_gain(self, first: int, end: int) -> NDArray[np.float32] | None:
        """Gain of the click over frames first..end-1: the lowest of all dips, None where there is none."""
        if not self._book:
            return None
        dips = [cue.duck.over(first, end) for cue in self._dipping_before(end) if cue.duck.touches(first, end)]
        return np.minimum.reduce(dips) if dips else None

    def _dipping_before(self, end: int) -> Iterator[Cue]:
        """Cues whose dip begins before `end`; dips begin in the order of the cues."""
        return takewhile(lambda cue: cue.duck.down.start_frame < end, self._book)

    def _cut(self, cue: Cue, frame: int) -> Cue:
        return cue.cut_at(frame, n_fade=frame_at(FADE_S, self._fs_hz))

    def _make_room(self, frame: int) -> None:
        """Too many at once: the oldest earcon goes, or the oldest phrase; never the click."""
        crowd = [cue for cue in self._book if cue.start_frame <= frame < cue.end_frame and cue.fade is None]
        if len(crowd) >= MAX_CUES:
            oldest = next((cue for cue in crowd if cue.bus is Bus.EARCON), crowd[0])
            self._book = [self._cut(cue, frame) if cue is oldest else cue for cue in self._book]


def _start(cue: Cue) -> int:
    return cue.start_frame

"""One song as it is played: stretched, at one loudness, faded in and out on beats."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cadencecoach.music.song import Song
from cadencecoach.music.stretching import Stretch
from cadencecoach.plan.timeline import Timeline

FADE_BEATS = 2  # one song into the next
ATTACK_S = 0.010  # a song that begins out of silence is there before its beat
GRID_FRAMES = 128  # between them a fade runs straight


@dataclass(slots=True)
class Deck:
    """One song on the Timeline, from a beat to a beat.

    Attributes:
        song: what is played
        octave: beats played for each beat of the song
        index: of `song` among those there are
        first: the beat of the song that falls on `enters`
        stretch: its samples on the Timeline
        enters: the beat it begins on
        gain: what makes it as loud as all others
        is_sharp: it begins with its attack, out of silence; else it is faded in
        leaves: the beat at which it begins to be faded out; infinite: not known yet
    """

    song: Song
    octave: float
    index: int
    first: int
    stretch: Stretch
    enters: int
    gain: float
    is_sharp: bool
    leaves: float = math.inf

    @property
    def ends(self) -> float:
        """The beat from which nothing of it is heard."""
        return self.leaves + FADE_BEATS

    def song_beat(self, beat: int) -> int:
        """The beat of the song that falls on one of the Timeline."""
        return self.first + beat - self.enters

    def render(self, first: int, end: int, timeline: Timeline, fs_hz: int) -> NDArray[np.float32]:
        """Frames first..end-1, shape (frames, 2), as loud as they are heard."""
        gains = self._gains(first, end, timeline, fs_hz)
        return self.stretch.render(first, end) * gains[:, None]

    def _gains(self, first: int, end: int, timeline: Timeline, fs_hz: int) -> NDArray[np.float32]:
        """Gain of each frame: equal power from song to song, a function of the beat."""
        grid = np.arange(first - first % GRID_FRAMES, end + GRID_FRAMES, GRID_FRAMES)
        beats = np.array([timeline.beat_at(frame / fs_hz) for frame in grid.tolist()])
        gains = np.cos(np.clip((beats - self.leaves) / FADE_BEATS, 0.0, 1.0) * np.pi / 2)
        if not self.is_sharp:
            gains *= np.sin(np.clip((beats - self.enters) / FADE_BEATS, 0.0, 1.0) * np.pi / 2)
        heard = np.interp(np.arange(first, end), grid, gains)
        if self.is_sharp:
            begins = round(timeline.time_of(self.enters) * fs_hz)
            heard *= np.clip((np.arange(first, end) - begins) / (ATTACK_S * fs_hz) + 1, 0.0, 1.0)
        return (heard * self.gain).astype(np.float32)

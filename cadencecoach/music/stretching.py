"""A song stretched to a Timeline: its beats fall where the Timeline's do, and its pitch stays (a streaming WSOLA).

What is heard is the song itself, unchanged, but for splices: at each the reading jumps a few milliseconds ahead or
back, so that the next half beat is in its place. A splice is put where it is heard least: where the song is quiet,
before the next attack and not over it, and where what comes after the jump looks like what would have come without it.

All of it is a function of the song, the Timeline and the frame. A new Timeline from a frame on leaves what lies before
that frame exactly as it was.
"""

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from cadencecoach.plan.timeline import Timeline

PARTS = 2  # of a beat that are put in their place, so that what is played between two beats stays in the middle
FADE_S = 0.010  # of a splice
GUARD_S = 0.012  # between a splice and the next beat: an attack begins before its loudest moment, and stays whole
TOLERANCE_S = 0.003  # how far from its place a beat may be for a better splice: a period of 167 Hz
LEAST_JUMP_S = 0.0005  # less is not worth a splice
COARSE = 4  # frames at a time, while the best splice is looked for
N_PLACES = 12  # where in a part of a beat a splice is tried
QUIET_COST, MISPLACED_COST = 0.2, 0.3  # against a likeness of -1 to 1: per doubling of energy; at the tolerance
NO_ENERGY = 1e-7  # mean square of what nobody hears


class Samples(Protocol):
    """Sound of one file, asked for more or less in order."""

    def window(self, first: int, end: int) -> NDArray[np.float32]:
        """Frames first..end-1, shape (frames, 2); silence where the file has none."""


@dataclass(frozen=True, slots=True)
class Splice:
    """A jump in what is read.

    Attributes:
        frame: of the output, where it begins
        offset: what is added to a frame of the output for the frame of the song, from there on
    """

    frame: int
    offset: int


class Stretch:
    """One song on a Timeline. Ask for frames in order; after `retime` from its frame on again.

    Threads: one at a time.
    """

    def __init__(self, samples: Samples, beats_s: tuple[float, ...], *, fs_hz: int, first_beat: int) -> None:
        """Lay the beats of a song on a Timeline that comes with `retime`.

        Args:
            samples: of the song, at `fs_hz`
            beats_s: of the song, those that are played, in order, two at least
            fs_hz: frames a second
            first_beat: of the Timeline, on which the first of them falls
        """
        self._samples, self._fs_hz, self._first_beat = samples, fs_hz, first_beat
        halves = [beats_s[0]]
        for early_s, late_s in pairwise(beats_s):
            halves += [early_s + (late_s - early_s) * part / PARTS for part in range(1, PARTS + 1)]
        self._anchors = np.array(halves) * fs_hz
        self._splices: list[Splice] = []
        self._timeline: Timeline | None = None
        self._next_part = 0  # the next part of a beat that is to be put in its place
        self._planned_frame = 0  # up to here the splices are known

    @property
    def last_beat(self) -> int:
        """Of the Timeline, on which the song's last falls."""
        return self._first_beat + (len(self._anchors) - 1) // PARTS

    def retime(self, timeline: Timeline, *, from_frame: int) -> None:
        """Go on as another Timeline from a frame on; what lies before it stays as it is."""
        self._timeline = timeline
        self._splices = [one for one in self._splices if one.frame < from_frame]
        if not self._splices:
            frame = self._frame_of(0)
            self._splices = [Splice(min(frame, from_frame), round(self._anchors[0]) - frame)]
        beat = timeline.beat_at(from_frame / self._fs_hz) - self._first_beat
        self._next_part = max(1, math.floor(beat * PARTS) + 1)
        self._planned_frame = from_frame

    def render(self, first: int, end: int) -> NDArray[np.float32]:
        """Frames first..end-1 of the output, shape (frames, 2)."""
        n_fade = round(FADE_S * self._fs_hz)
        self._plan(end)
        out = np.empty((end - first, 2), np.float32)
        ends = [one.frame for one in self._splices[1:]] + [end]
        offset_before = self._splices[0].offset
        for splice, next_frame in zip(self._splices, ends, strict=True):
            begin = max(first, splice.frame) if splice is not self._splices[0] else first
            stop = min(next_frame, end)
            if begin < stop:
                out[begin - first : stop - first] = self._samples.window(begin + splice.offset, stop + splice.offset)
            n_left = min(splice.frame + n_fade, stop) - begin
            if n_left > 0 and offset_before != splice.offset:
                before = self._samples.window(begin + offset_before, begin + n_left + offset_before)
                rising = _rise(begin - splice.frame, n_left, n_fade)
                piece = out[begin - first : begin - first + n_left]
                piece[:] = before + (piece - before) * rising
            offset_before = splice.offset
        return out

    def forget(self, before_frame: int) -> None:
        """Do without what lies long before a frame."""
        n_old = sum(splice.frame < before_frame for splice in self._splices[2:])  # two more: one may be fading into one
        del self._splices[:n_old]

    def _plan(self, end: int) -> None:
        """Place all splices that begin before a frame."""
        while self._planned_frame < end and self._next_part < len(self._anchors):
            self._place(self._next_part)
            self._next_part += 1
            self._planned_frame = self._frame_of(self._next_part - 1)

    def _place(self, part: int) -> None:
        """The splice that brings a part of a beat to its place, where one is needed and there is room for it."""
        offset = self._splices[-1].offset
        due = self._frame_of(part)
        jump = round(self._anchors[part]) - due - offset
        n_fade, n_guard = round(FADE_S * self._fs_hz), round(GUARD_S * self._fs_hz)
        before = self._frame_of(part - 1)
        first = max(self._planned_frame, self._splices[-1].frame + n_fade, before + (due - before) // 5)
        last = due - n_guard - n_fade
        if abs(jump) <= LEAST_JUMP_S * self._fs_hz or first > last:
            return
        frame, jump = self._best(first, last, offset, jump)
        self._splices.append(Splice(frame, offset + jump))

    def _best(self, first: int, last: int, offset: int, wanted: int) -> tuple[int, int]:
        """Where a splice is heard least, and the jump it makes there."""
        n_fade = round(FADE_S * self._fs_hz) // COARSE
        n_off = round(TOLERANCE_S * self._fs_hz) // COARSE
        places = np.unique(np.linspace(first, last, N_PLACES).astype(int))
        n_jump = abs(wanted) + COARSE * (n_off + 1)
        begin = int(places[0]) + offset - n_jump
        stop = int(places[-1]) + offset + n_jump + COARSE * (n_fade + 1)
        heard = self._samples.window(begin, stop).mean(axis=1)
        coarse = heard[: len(heard) // COARSE * COARSE].reshape(-1, COARSE).mean(axis=1)
        windows = np.lib.stride_tricks.sliding_window_view(coarse, n_fade)
        at = (places + offset - begin) // COARSE
        jumps = np.arange(-n_off, n_off + 1) + round(wanted / COARSE)
        old = windows[at]
        new = windows[np.clip(at[:, None] + jumps, 0, len(windows) - 1)]
        likeness = _likeness(old, new)
        energy = np.concatenate(([0.0], np.cumsum(coarse.astype(float) ** 2)))
        reach = abs(round(wanted / COARSE))
        low, high = np.clip(at - reach, 0, len(coarse)), np.clip(at + reach + n_fade, 0, len(coarse))
        around = (energy[high] - energy[low]) / np.maximum(high - low, 1) + NO_ENERGY
        loud = np.clip(np.log2(around / (energy[-1] / len(coarse) + NO_ENERGY)), -3, 3)
        misplaced = (np.arange(-n_off, n_off + 1) / max(n_off, 1)) ** 2
        score = likeness - QUIET_COST * loud[:, None] - MISPLACED_COST * misplaced
        place, jump = np.unravel_index(int(np.argmax(score)), score.shape)
        frame = int(places[place])
        return frame, self._refine(frame + offset, int(jumps[jump]) * COARSE if n_off else wanted)

    def _refine(self, at: int, jump: int) -> int:
        """The jump to the frame, of one that is known more coarsely."""
        n_fade = round(FADE_S * self._fs_hz)
        old = self._samples.window(at, at + n_fade).mean(axis=1)
        heard = self._samples.window(at + jump - COARSE, at + jump + COARSE + n_fade).mean(axis=1)
        new = np.lib.stride_tricks.sliding_window_view(heard, n_fade)
        return jump - COARSE + int(np.argmax(_likeness(old[None], new[None])[0]))

    def _frame_of(self, part: int) -> int:
        """Of the output, where a part of a beat is to fall."""
        assert self._timeline is not None
        return round(self._timeline.time_of(self._first_beat + part / PARTS) * self._fs_hz)


def _likeness(old: NDArray[np.float32], new: NDArray[np.float32]) -> NDArray[np.float64]:
    """How alike stretches are, -1 to 1, of shape (places, jumps); nothing is as alike as silence."""
    energy = (old**2).mean(axis=-1)[:, None] * (new**2).mean(axis=-1)
    product = np.einsum("pw,pjw->pj", old, new) / old.shape[-1]
    is_silent = energy < NO_ENERGY**2
    return np.where(is_silent, 1.0, product / np.sqrt(np.where(is_silent, 1.0, energy)))


def _rise(done: int, n_frames: int, n_fade: int) -> NDArray[np.float32]:
    """From 0 to 1 without an edge, of shape (n_frames, 1), from `done` frames after its beginning on."""
    return (0.5 - 0.5 * np.cos(np.pi * (np.arange(done, done + n_frames) + 0.5) / n_fade)).astype(np.float32)[:, None]

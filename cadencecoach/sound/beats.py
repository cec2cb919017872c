"""Where the clicks fall: the tempo map of the stream, asked for the beats in a stretch of frames.

Each click stands at the frame nearest to its exact time on the Timeline, rounded once and never added up, so the error
is at most half a frame after any number of hours. What rounding leaves over is told too (`Onset.fraction`).
"""

import math
from collections.abc import Iterator
from typing import NamedTuple

from cadencecoach.plan.timeline import Timeline
from cadencecoach.units import frame_at, time_at

LATE_S = 0.01  # a beat that comes later than this would be heard as a stumble; it is left out
START_LATE_S = 0.001  # out of silence nobody misses the first beat, but a short first interval is heard


class Onset(NamedTuple):
    """Where one beat begins.

    Attributes:
        beat: its number
        frame: the frame nearest to its exact time
        fraction: exact time minus that frame, in frames, -0.5 to 0.5
    """

    beat: int
    frame: int
    fraction: float


class Beats:
    """The beat of one stream, asked in order.

    Beats are counted, not searched: a change of tempo at the very moment of a beat can neither lose nor repeat it.
    Threads: one at a time. Real-time safe: yes.
    """

    __slots__ = ("_fs_hz", "_next_beat", "_of", "_pending", "timeline")

    def __init__(self, *, fs_hz: int) -> None:
        """Start in silence."""
        self._fs_hz = fs_hz
        self._next_beat = 0
        self.timeline: Timeline | None = None
        self._of: Timeline | None = None
        self._pending = Onset(0, 0, 0.0)

    def set_beat(self, timeline: Timeline | None, *, reached_frame: int) -> None:
        """Go on as another Timeline, or fall silent; out of silence with the first beat that can be played in time."""
        is_begun = self.timeline is None and timeline is not None
        self.timeline = timeline
        if is_begun:
            self._next_beat = self._first_beat(reached_frame)

    def next_frame(self, never: int) -> int:
        """Where the next click begins, as things stand; `never` in silence."""
        return never if self.timeline is None else self._onset(self._next_beat, self.timeline).frame

    def onsets(self, first: int, end: int) -> Iterator[Onset]:
        """Beats whose clicks begin in frames first..end-1; stretches must follow each other."""
        if self.timeline is None:
            return
        while (onset := self._onset(self._next_beat, self.timeline)).frame < end:
            self._next_beat += 1
            # A change of tempo may round a beat to the frame before the change; a late one may leave some behind.
            if onset.frame >= first:
                yield onset
            elif onset.frame >= first - LATE_S * self._fs_hz:
                yield onset._replace(frame=first, fraction=0.0)

    def _onset(self, beat: int, timeline: Timeline) -> Onset:
        """Where a beat falls; remembered, because it is asked for in every block until it is there."""
        if timeline is not self._of or beat != self._pending.beat:
            time_s = timeline.time_of(beat)
            frame = frame_at(time_s, self._fs_hz)
            self._of, self._pending = timeline, Onset(beat, frame, time_s * self._fs_hz - frame)
        return self._pending

    def _first_beat(self, frame: int) -> int:
        """The first beat that can still be played in time from `frame` on."""
        assert self.timeline is not None
        return max(0, math.ceil(self.timeline.beat_at(time_at(frame, self._fs_hz) - START_LATE_S)))

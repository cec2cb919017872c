"""Where the clicks fall: the tempo map of the stream, asked for the beats in a stretch of frames.

Each click stands at the frame nearest to its exact time on the Timeline, rounded once and never added up, so the error
is at most half a frame after any number of hours.
"""

from collections.abc import Iterator

from cadencecoach.plan.timeline import Timeline
from cadencecoach.sound.commands import Retime
from cadencecoach.units import frame_at


class Beats:
    """The beat of one stream, asked in order.

    Beats are counted, not searched: a change of tempo at the very moment of a beat can neither lose nor repeat it.
    Threads: one at a time. Real-time safe: yes.
    """

    __slots__ = ("_fs_hz", "_next_beat", "timeline")

    def __init__(self, *, fs_hz: int) -> None:
        """Start in silence."""
        self._fs_hz = fs_hz
        self._next_beat = 0
        self.timeline: Timeline | None = None

    def retime(self, command: Retime, *, at_s: float) -> None:
        """Take a tempo at `at_s`. From silence there is no tempo to ramp from: beat 0 falls there at the new tempo."""
        if self.timeline is None:
            self._next_beat = 0
            self.timeline = Timeline.steady(start_s=at_s, tempo_spm=command.tempo_spm)
        else:
            self.timeline = self.timeline.retimed(at_s=at_s, tempo_spm=command.tempo_spm, ramp_s=command.ramp_s)

    def stop(self) -> None:
        """Fall silent."""
        self.timeline = None

    def onsets(self, first: int, end: int) -> Iterator[tuple[int, int]]:
        """Beat and onset frame of the clicks that begin in frames first..end-1; stretches must follow each other."""
        if self.timeline is None:
            return
        while (frame := frame_at(self.timeline.time_of(self._next_beat), self._fs_hz)) < end:
            # `max`: a change of tempo may round a beat to the frame before the change, which is gone.
            yield self._next_beat, max(frame, first)
            self._next_beat += 1

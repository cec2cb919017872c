"""The beat that comes next, moved when the runner asks for another tempo: the change is heard at once, and in phase.

A new tempo that simply begins leaves the pending beat where old and new tempo meet by chance, and only the interval
after it is the new one. Asked for by key, the new tempo is reckoned from the beat heard last instead: the pending beat
falls one new interval after it. Position never jumps, so the record needs no new words: one tempo that carries the
beat to its new place, and from there on the one that was asked for.
"""

import math
from dataclasses import dataclass, replace

from cadencecoach.coach.actions import SetTempo
from cadencecoach.coach.state import NEVER
from cadencecoach.plan.timeline import Timeline
from cadencecoach.units import SECONDS_PER_MINUTE, step_interval_s

# The tempo on the way may be so many times the new one, or its inverse. Beyond, the change came at the very end of an
# interval; the pending beat is then milliseconds away and stays.
MAX_STRETCH = 10.0
EDGE_BEATS = 1e-6  # a beat that begins at this very moment has begun


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingBeat:
    """The beat as it was ordered, in session time, and the order that waits for the next one.

    Attributes:
        timeline: None in silence
        heard_s: when the latest beat at or before the timeline's start began
        waiting: the tempo that begins with the pending beat; None where nothing waits
    """

    timeline: Timeline | None = None
    heard_s: float = 0.0
    waiting: SetTempo | None = None

    @property
    def due_s(self) -> float:
        """When the order that waits is to be given; infinite where none waits."""
        return NEVER if self.waiting is None else self.waiting.time_s

    @property
    def beat(self) -> Timeline | None:
        """The beat with the order that waits; None in silence."""
        order, timeline = self.waiting, self.timeline
        if order is None or order.tempo_spm is None or timeline is None:
            return timeline
        return timeline.retimed(at_s=order.time_s, tempo_spm=order.tempo_spm, ramp_s=order.ramp_s)

    def ordered(self, order: SetTempo) -> "PendingBeat":
        """After an order was given: it counts from now on, and what waited is out of date."""
        if order.tempo_spm is None:
            return PendingBeat()
        if self.timeline is None:
            timeline = Timeline.steady(start_s=order.time_s, tempo_spm=order.tempo_spm)
            return PendingBeat(timeline=timeline, heard_s=order.time_s)
        timeline = self.timeline.retimed(at_s=order.time_s, tempo_spm=order.tempo_spm, ramp_s=order.ramp_s)
        return PendingBeat(timeline=timeline, heard_s=self._latest(self.timeline, order.time_s)[1])

    def moved(self, order: SetTempo) -> tuple[SetTempo, SetTempo] | None:
        """A step of tempo as two orders: on the way to the pending beat's new place, and from there on.

        None where the order stands as it is: a ramp, silence, or a pending beat too near to be moved.
        """
        if self.timeline is None or order.tempo_spm is None or order.ramp_s > 0:
            return None
        last, last_s = self._latest(self.timeline, order.time_s)
        next_s = last_s + step_interval_s(order.tempo_spm)
        left_s = next_s - order.time_s
        if left_s <= 0:
            return None
        way_spm = (last + 1 - self.timeline.beat_at(order.time_s)) * SECONDS_PER_MINUTE / left_s
        if not 1 / MAX_STRETCH < way_spm / order.tempo_spm < MAX_STRETCH:
            return None
        return replace(order, tempo_spm=way_spm), replace(order, time_s=next_s)

    def _latest(self, timeline: Timeline, time_s: float) -> tuple[int, float]:
        """The latest beat at or before a time, and when it began."""
        last = math.floor(timeline.beat_at(time_s) + EDGE_BEATS)
        is_older = last < timeline.start_beat - EDGE_BEATS  # from before this tempo: its own line does not go there
        return last, self.heard_s if is_older else timeline.time_of(last)

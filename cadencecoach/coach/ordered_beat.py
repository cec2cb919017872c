"""The beat as it was ordered, over session time: the one place where an order becomes a Timeline.

A tempo the runner asks for by key is heard with the next beat. A new tempo that simply begins leaves the pending beat
where old and new tempo meet by chance, and only the interval after it is the new one. Asked for by key, the new tempo
is reckoned from the beat heard last instead: the pending beat falls one new interval after it. Position never jumps,
so the record needs no new words: one tempo that carries the beat to its new place, and from there on the one that was
asked for.
"""

import math
from dataclasses import dataclass

from cadencecoach.coach.actions import SetTempo
from cadencecoach.coach.events import NEVER
from cadencecoach.plan.timeline import Timeline
from cadencecoach.units import SECONDS_PER_MINUTE, step_interval_s

# The tempo on the way may be so many times the new one, or its inverse. Beyond, the change came at the very end of an
# interval; the pending beat is then milliseconds away and stays.
MAX_STRETCH = 10.0
EDGE_BEATS = 1e-6  # a beat that begins at this very moment has begun


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderedBeat:
    """The beat after the newest order, and the order that waits for the next beat.

    Attributes:
        timeline: in session time; None in silence
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
    def to_come(self) -> Timeline | None:
        """The beat with the order that waits; None in silence."""
        return self.timeline if self.waiting is None else self.waiting.timeline

    def order(self, time_s: float, tempo_spm: float | None, ramp_s: float = 0.0) -> SetTempo:
        """The order for a tempo: in phase with the beat before, or out of silence with beat 0 at `time_s`.

        A ramp begins at the tempo that sounds; out of silence there is none, so the tempo is there at once. No tempo is
        silence.
        """
        if tempo_spm is None:
            return SetTempo(time_s=time_s, timeline=None)
        if self.timeline is None:
            return SetTempo(time_s=time_s, timeline=Timeline.steady(start_s=time_s, tempo_spm=tempo_spm))
        timeline = self.timeline.retime(at_s=time_s, tempo_spm=tempo_spm, ramp_s=ramp_s)
        return SetTempo(time_s=time_s, timeline=timeline)

    def after(self, order: SetTempo) -> "OrderedBeat":
        """The beat after an order: it counts from now on, and what waited is out of date."""
        if order.timeline is None:
            return OrderedBeat()
        heard_s = order.time_s if self.timeline is None else self._latest(self.timeline, order.time_s)[1]
        return OrderedBeat(timeline=order.timeline, heard_s=heard_s)

    def move(self, order: SetTempo) -> tuple[SetTempo, SetTempo] | None:
        """A step of tempo as two orders: on the way to the pending beat's new place, and from there on.

        None where the order stands as it is: a ramp, silence, or a pending beat too near to be moved.
        """
        if self.timeline is None or order.timeline is None or order.timeline.ramp_s > 0:
            return None
        tempo_spm = order.timeline.to_spm
        last, last_s = self._latest(self.timeline, order.time_s)
        next_s = last_s + step_interval_s(tempo_spm)
        left_s = next_s - order.time_s
        if left_s <= 0:
            return None
        way_spm = (last + 1 - self.timeline.beat_at(order.time_s)) * SECONDS_PER_MINUTE / left_s
        if not 1 / MAX_STRETCH < way_spm / tempo_spm < MAX_STRETCH:
            return None
        way = self.order(order.time_s, way_spm)
        return way, self.after(way).order(next_s, tempo_spm)

    def _latest(self, timeline: Timeline, time_s: float) -> tuple[int, float]:
        """The latest beat at or before a time, and when it began."""
        last = math.floor(timeline.beat_at(time_s) + EDGE_BEATS)
        is_older = last < timeline.start_beat - EDGE_BEATS  # from before this tempo: its own line does not go there
        return last, self.heard_s if is_older else timeline.time_of(last)

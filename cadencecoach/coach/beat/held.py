"""What is remembered of a beat that is held in step: the tempo it has taken for that, and how the feet met it.

Asynchronies are taken footfall by footfall, against the beat as it was ordered.
"""

import math
from dataclasses import dataclass, replace

from cadencecoach.plan.timeline import Timeline

N_BEATS_KEPT = 6  # orders; a footfall is told two seconds late, and the beat it met may have been another one


@dataclass(frozen=True, slots=True, kw_only=True)
class Met:
    """The asynchronies of one beat that is held.

    Attributes:
        beats: the beat as it was ordered, newest last, in session time
        upto_s: footfalls up to this session time are counted
        n: of them
        sum_s: of the asynchronies
        sum_of_squares: of the same
    """

    beats: tuple[Timeline, ...] = ()
    upto_s: float = -math.inf
    n: int = 0
    sum_s: float = 0.0
    sum_of_squares: float = 0.0

    @property
    def mean_s(self) -> float:
        """Mean asynchrony; only where there is one."""
        return self.sum_s / self.n

    @property
    def sd_s(self) -> float:
        """Their standard deviation."""
        return math.sqrt(max(0.0, self.sum_of_squares / self.n - self.mean_s**2))

    def ordered(self, beat: Timeline) -> "Met":
        """The beat as it is now."""
        if self.beats and self.beats[-1] == beat:
            return self
        return replace(self, beats=(*self.beats, beat)[-N_BEATS_KEPT:])

    def footfalls(self, heard_s: tuple[float, ...], delay_s: float) -> "Met":
        """With the footfalls that are new.

        Args:
            heard_s: session times, rising
            delay_s: how much later than its session time a beat reaches the ear
        """
        new_s = [time_s for time_s in heard_s if time_s > self.upto_s]
        off_s = [off for time_s in new_s if (off := self._asynchrony_s(time_s - delay_s)) is not None]
        return replace(
            self,
            upto_s=new_s[-1] if new_s else self.upto_s,
            n=self.n + len(off_s),
            sum_s=self.sum_s + sum(off_s),
            sum_of_squares=self.sum_of_squares + sum(off * off for off in off_s),
        )

    def _asynchrony_s(self, time_s: float) -> float | None:
        """Footfall minus the nearest beat, both in session time; None before the first beat that is known."""
        beat = next((one for one in reversed(self.beats) if one.start_s <= time_s), None)
        return None if beat is None else time_s - beat.time_of(round(beat.beat_at(time_s)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A beat that keeps a phase to the feet.

    Attributes:
        tempo_spm: what it plays instead of the plan's tempo; None while it plays that
        until_r: running time at which the plan's tempo is back, if no newer steps put that off
        aimed_r: when it was last aimed at a footfall
        met: how the feet met it
    """

    tempo_spm: float | None = None
    until_r: float = math.inf
    aimed_r: float = -math.inf
    met: Met = Met()  # frozen, so one for all does no harm

"""What is known of footfalls: the one that comes next, told from those that were heard, and how they met the beat.

A sensor of acceleration tells a step one to two seconds late, so the next footfall is reckoned: a straight line
through the newest ones, carried on. That holds while steps come evenly. A pod tells no footfall, so none is reckoned.

Asynchronies of a beat that is held in step are taken footfall by footfall, against the beat as it was ordered.
"""

import math
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

from cadencecoach.coach.events import NEVER
from cadencecoach.plan.feedback import Feedback, Start
from cadencecoach.plan.timeline import Timeline

N_LEAST = 6  # two seconds of running: a line through fewer is led by the noise of one
N_IN_ROW = 8  # and one through more lags behind a runner whose cadence changes
N_BEATS_KEPT = 6  # orders; a footfall is told two seconds late, and the beat it met may have been another one


class Row(NamedTuple):
    """Footfalls as an even row.

    Attributes:
        last_s: the newest one's place in it, session time
        interval_s: from each to the next
    """

    last_s: float
    interval_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Footfalls:
    """What is known of footfalls, in session time, and of the beat that is to begin on one.

    Attributes:
        heard_s: the newest few, rising; empty where no sensor tells any
        delay_s: how much later than its session time a beat reaches the ear
        begins_r: running time at which a beat that waits for a footfall begins; infinite while none waits
        begun_s: when a beat begun on a footfall reached the ear; None once it is known how far off it was
    """

    heard_s: tuple[float, ...] = ()
    delay_s: float = 0.0
    begins_r: float = NEVER
    begun_s: float | None = None

    def first_beat_s(self, now_s: float, feedback: Feedback) -> float | None:
        """Session time for a first beat that is heard on a footfall: the first from `now_s` on, so within one step.

        None where it is not wanted or cannot be told: no steps, too few, too old, or uneven.
        """
        if feedback.start is not Start.IN_STEP:
            return None
        row = self.row(now_s, feedback)
        if row is None:
            return None
        first_s = row.last_s + feedback.phase_s - self.delay_s
        return first_s + -((first_s - now_s) // row.interval_s) * row.interval_s

    def beat_due(self, now_s: float, row: Row, feedback: Feedback) -> float:
        """Where a beat that keeps its phase to the feet is at a session time, in beats from the row's last footfall."""
        return (now_s + self.delay_s - feedback.phase_s - row.last_s) / row.interval_s

    def asynchrony_s(self) -> float | None:
        """Footfall minus beat of a beat begun in step, once a footfall after it is known; negative is early."""
        if self.begun_s is None or not self.heard_s or self.heard_s[-1] < self.begun_s:
            return None
        begun_s = self.begun_s
        return min((footfall_s - begun_s for footfall_s in self.heard_s), key=abs)

    def wait_until(self, begins_r: float) -> "Footfalls":
        """A beat waits for its footfall."""
        return replace(self, begins_r=begins_r)

    def begin(self, time_s: float) -> "Footfalls":
        """The beat that waited has begun at a session time."""
        return replace(self, begins_r=NEVER, begun_s=time_s + self.delay_s)

    def row(self, now_s: float, feedback: Feedback) -> Row | None:
        """The newest footfalls as an even row; None where there is no such row, or it is too old."""
        times_s = self.heard_s[-N_IN_ROW:]
        if len(times_s) < N_LEAST or now_s - times_s[-1] > feedback.steps_age_s:
            return None
        numbers, n_steps = _numbers(times_s), len(times_s)
        mean_n, mean_s = sum(numbers) / n_steps, sum(times_s) / n_steps
        weight = sum([(n - mean_n) ** 2 for n in numbers])
        pairs = list(zip(numbers, times_s, strict=True))
        interval_s = sum([(n - mean_n) * (t - mean_s) for n, t in pairs]) / weight
        off_s = [t - mean_s - interval_s * (n - mean_n) for n, t in pairs]
        spread_s = (sum([off * off for off in off_s]) / n_steps) ** 0.5
        if spread_s > feedback.steps_spread_ratio * interval_s:
            return None
        return Row(mean_s + interval_s * (numbers[-1] - mean_n), interval_s)

    def long_row(self, now_s: float, feedback: Feedback) -> Row | None:
        """The same with the mean interval of all footfalls that are remembered: a steadier pace to follow."""
        row = self.row(now_s, feedback)
        if row is None:
            return None
        return Row(row.last_s, (self.heard_s[-1] - self.heard_s[0]) / _numbers(self.heard_s)[-1])


def _numbers(times_s: tuple[float, ...]) -> list[int]:
    """Which footfall of a row each is, from 0: where one was not seen its number is left out."""
    intervals_s = [later - sooner for sooner, later in pairwise(times_s)]
    usual_s = sorted(intervals_s)[len(intervals_s) // 2]
    numbers = [0]
    for interval_s in intervals_s:
        numbers.append(numbers[-1] + max(1, round(interval_s / usual_s)))
    return numbers


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

    def with_beat(self, beat: Timeline) -> "Met":
        """The beat as it is now."""
        if self.beats and self.beats[-1] == beat:
            return self
        return replace(self, beats=(*self.beats, beat)[-N_BEATS_KEPT:])

    def with_footfalls(self, heard_s: tuple[float, ...], delay_s: float) -> "Met":
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
class PhaseHold:
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

"""What is remembered of the stage now. Frozen; `_r` is running time, which stands still in a pause."""

from dataclasses import dataclass, replace
from statistics import median

from cadencecoach.coach.events import NEVER
from cadencecoach.gait.taps import TAPPED_S
from cadencecoach.plan.model import Stage
from cadencecoach.plan.targets import Band
from cadencecoach.plan.timeline import Timeline
from cadencecoach.units import STALE_AFTER_S

STANDS_S = STALE_AFTER_S  # so long at most an estimate stands for the running between it and the next


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What is counted of a stage, for the word at its end.

    Attributes:
        judged_s: running seconds with a band, the ramp left out
        inside_s: those of them in the band
        upto_r: running time up to which has been counted
    """

    judged_s: float = 0.0
    inside_s: float = 0.0
    upto_r: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """The baseline as far as it has been measured: running estimates, one an event, and the speed where it is known.

    Attributes:
        speeds_mps: what was told of the speed beside them
        running_s: how long was run, as far as the estimates tell
        wanted_s: how long has to be run for a baseline: a third of the stage that measures it
        newest_r: running time of the newest estimate; None before the first
        is_by_hand: the runner taps it
    """

    sum_spm: float = 0.0
    n_readings: int = 0
    speeds_mps: tuple[float, ...] = ()
    running_s: float = 0.0
    wanted_s: float = 0.0
    newest_r: float | None = None
    is_by_hand: bool = False

    @property
    def needed_s(self) -> float:
        """How long has to be run: what is wanted, or as long as taps last that make a baseline."""
        return min(self.wanted_s, TAPPED_S) if self.is_by_hand else self.wanted_s

    @property
    def mean_spm(self) -> float:
        """Mean cadence; only when there is a reading."""
        return self.sum_spm / self.n_readings

    @property
    def known_mps(self) -> tuple[float, float] | None:
        """The speed it was taken at, as a range; None where that was not known most of the time.

        It is the median: a stop in between, and a speed that comes after it late, are no part of the pace.
        """
        if len(self.speeds_mps) * 2 < self.n_readings or not self.speeds_mps:
            return None
        usual_mps = median(self.speeds_mps)
        return usual_mps, usual_mps

    def is_enough(self, n_readings: int) -> bool:
        """Whether it makes a baseline, where so many readings are asked for."""
        return self.n_readings >= n_readings and self.running_s >= self.needed_s

    def with_estimate(
        self, cadence_spm: float, speed_mps: float | None, now_r: float, *, is_by_hand: bool = False
    ) -> "Measured":
        """With one more running estimate."""
        passed_s = 0.0 if self.newest_r is None else min(STANDS_S, now_r - self.newest_r)
        return replace(
            self,
            sum_spm=self.sum_spm + cadence_spm,
            n_readings=self.n_readings + 1,
            speeds_mps=self.speeds_mps if speed_mps is None else (*self.speeds_mps, speed_mps),
            running_s=self.running_s + passed_s,
            newest_r=now_r,
            is_by_hand=is_by_hand,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class InStage:
    """The stage now.

    Attributes:
        index: from 0
        start_r: when it began
        band: None when nothing is asked for
        tempo: what the beat plays when it plays, over running time; None without a band
        settled_r: no judging before this
        n_counted: how many of 3-2-1 have sounded
        n_reminded: how many of the reminders on the way have been given
        help_edge_r: when help next begins or ends; infinite when it never does
        gate_edge_r: when a beat that comes and goes next does; infinite when it does not
        cues_upto_s: the plan author's cues up to this time since the start have been said
    """

    index: int
    start_r: float
    band: Band | None = None
    tempo: Timeline | None = None
    settled_r: float = 0.0
    n_counted: int = 0
    n_reminded: int = 0
    help_edge_r: float = NEVER
    gate_edge_r: float = NEVER
    cues_upto_s: float = -1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class WarmUp:
    """The warm-up of a session that goes on after a break, and the stage that goes on after it.

    Attributes:
        stages: those of it that are still to be run, the one now first
        back: the stage that goes on afterwards
        left_r: running time at which it was left
        tally, measured: of that stage
    """

    stages: tuple[Stage, ...]
    back: InStage
    left_r: float
    tally: Tally
    measured: Measured | None = None

"""The sums of one stage as they grow. docs/metrics.md defines what they lead to."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from statistics import median

from cadencecoach.record.figures import Part
from cadencecoach.record.fold.sums import Mean, Settled, SplitTally
from cadencecoach.record.fold.trend import Spread, join, pool, slope_after_speed, slope_per_10min
from cadencecoach.record.lines import StageLine
from cadencecoach.units import SECONDS_PER_MINUTE

SPEED_KNOWN_RATIO = 0.5  # of the seconds a slope is made of; below it the slope is that of time alone


@dataclass(slots=True)
class Tally:
    """Everything counted of a stage.

    Attributes:
        spread: of all running seconds
        settled: of those after a ramp, apart for each target the stage had
    """

    name: str
    start_s: float = 0.0
    is_probe: bool = False
    is_before_help: bool = False
    target_spm: float | None = None
    low_spm: float | None = None
    high_spm: float | None = None
    ramp_left_s: float = 0.0
    duration_s: float = 0.0
    running_s: float = 0.0
    cadence_sum: float = 0.0  # spm times seconds
    off_speed_s: float = 0.0
    asked: Mean = field(
        default_factory=Mean
    )  # cadence over running seconds with a target, off the known speeds none ...
    target: Mean = field(default_factory=Mean)  # ... and that target ...
    own: Mean = field(default_factory=Mean)  # ... and the runner's own cadence over the same
    band_s: float | None = None
    in_band_s: float = 0.0
    above: Mean = field(default_factory=Mean)  # cadence over judged seconds above the band
    helped: SplitTally = field(default_factory=SplitTally)
    silent: SplitTally = field(default_factory=SplitTally)
    streak_s: float = 0.0
    longest_streak_s: float = 0.0
    steps: float = 0.0
    covered_s: float = 0.0
    moving_s: float = 0.0
    speed_s: float = 0.0
    speed_sum: float = 0.0  # m/s times running seconds
    speeds_mps: list[float] = field(default_factory=list)
    distance_m: float | None = None
    spread: Spread = field(default_factory=Spread)
    settled: list[Settled] = field(default_factory=lambda: [Settled()])
    n_cues: dict[str, int] = field(default_factory=dict)

    def set_band(self, stage: StageLine) -> None:
        """A target, or another one."""
        before_spm = self.target_spm
        self.target_spm, self.low_spm, self.high_spm = stage.target_spm, stage.low_spm, stage.high_spm
        if self.target_spm != before_spm:
            self.settled.append(Settled())
        self.ramp_left_s = stage.ramp_s or 0.0
        if self.low_spm is not None and self.band_s is None:
            self.band_s = 0.0

    def count_time(self, span_s: float) -> None:
        """Time that is no pause."""
        self.duration_s += span_s
        self.ramp_left_s = max(0.0, self.ramp_left_s - span_s)

    def count_steps(self, cadence_spm: float, span_s: float) -> None:
        """Time in which a usable reading stands."""
        self.covered_s += span_s
        self.moving_s += span_s if cadence_spm > 0 else 0.0
        self.steps += cadence_spm * span_s / SECONDS_PER_MINUTE

    def count_way(self, speed_mps: float, span_s: float) -> None:
        """Time in which a speed stands."""
        self.distance_m = (self.distance_m or 0.0) + speed_mps * span_s

    def count_running(self, cadence_spm: float, span_s: float, *, speed_mps: float | None) -> None:
        """Time in which the feet run, the estimate is fresh and nothing changes; before it is counted as time.

        Args:
            cadence_spm: the estimate
            span_s: length
            speed_mps: None where it is not known
        """
        judged_s = max(0.0, span_s - self.ramp_left_s)
        self.spread.add(cadence_spm, span_s)
        from_s = self.running_s + span_s - judged_s
        self.settled[-1].count(cadence_spm, judged_s, from_s=from_s, speed_mps=speed_mps)
        self._add_running(cadence_spm, span_s, speed_mps)

    def count_past_running(self, cadence_spm: float, span_s: float, *, speed_mps: float | None) -> None:
        """Running time that became known later; a slope over time cannot take it in any more.

        Args:
            cadence_spm: a reading
            span_s: how long it stood
            speed_mps: None where it is not known
        """
        self.spread.add(cadence_spm, span_s)
        self._add_running(cadence_spm, span_s, speed_mps)

    def _add_running(self, cadence_spm: float, span_s: float, speed_mps: float | None) -> None:
        self.running_s += span_s
        self.cadence_sum += cadence_spm * span_s
        if speed_mps is not None:
            self.speed_s += span_s
            self.speed_sum += speed_mps * span_s
            self.speeds_mps.append(speed_mps)

    def count_asked(self, cadence_spm: float, span_s: float, *, own_spm: float | None, is_helped: bool) -> None:
        """The same time against what was asked for.

        Args:
            cadence_spm: the estimate
            span_s: length
            own_spm: the runner's own cadence at the speed then; None where it is not known
            is_helped: beat or corrections are on offer
        """
        judged_s = max(0.0, span_s - self.ramp_left_s)
        if self.target_spm is not None:
            self.asked.add(cadence_spm, span_s)
            self.target.add(self.target_spm, span_s)
            self.own.add(own_spm, span_s)
        if self.low_spm is not None and self.high_spm is not None:
            in_band_s = judged_s if self.low_spm <= cadence_spm <= self.high_spm else 0.0
            self.band_s = (self.band_s or 0.0) + judged_s
            self.in_band_s += in_band_s
            self.above.add(cadence_spm if cadence_spm > self.high_spm else None, judged_s)
            split = self.helped if is_helped else self.silent
            split.count(cadence_spm, judged_s, in_band_s, target_spm=self.target_spm, own_spm=own_spm)
            self._count_streak(in_band_s, span_s)

    def count_off_speed(self, span_s: float) -> None:
        """The same time at a speed of which the own cadence is not known: nothing was judged."""
        self.off_speed_s += span_s
        self.end_streak()

    def end_streak(self) -> None:
        """The runner is out of the band, or nobody can say."""
        self.streak_s = 0.0

    def is_empty(self) -> bool:
        """Nothing happened before the first stage: the usual case."""
        return self.duration_s == 0 and not self.n_cues

    def part(self) -> Part:
        """The numbers so far."""
        drift_spm, is_after_speed = drift((self,))
        return Part(
            name=self.name,
            target_spm=self.target_spm,
            duration_s=self.duration_s,
            running_s=self.running_s,
            mean_cadence_spm=self.cadence_sum / self.running_s if self.running_s else None,
            band_s=self.band_s,
            in_band_s=None if self.band_s is None else self.in_band_s,
            above_band_s=None if self.band_s is None else self.above.weight_s,
            mean_above_spm=self.above.spm,
            steps=self.steps,
            covered_s=self.covered_s,
            n_cues=dict(self.n_cues),
            start_s=self.start_s,
            is_probe=self.is_probe,
            is_before_help=self.is_before_help,
            low_spm=self.low_spm,
            high_spm=self.high_spm,
            mean_asked_cadence_spm=self.asked.spm,
            mean_target_spm=self.target.spm,
            mean_own_spm=self.own.spm,
            off_speed_s=self.off_speed_s,
            sd_spm=self.spread.sd_spm,
            helped=self.helped.split(),
            silent=self.silent.split(),
            longest_streak_s=self.longest_streak_s,
            drift_spm_per_10min=drift_spm,
            is_drift_after_speed=is_after_speed,
            mean_speed_mps=self.mean_speed_mps,
            distance_m=self.distance_m,
            moving_s=self.moving_s,
        )

    @property
    def mean_speed_mps(self) -> float | None:
        """Over the running seconds with a known speed; None when there are none."""
        return self.speed_sum / self.speed_s if self.speed_s else None

    @property
    def usual_speed_mps(self) -> float | None:
        """The middle one of them, which a stop does not move; None when there are none."""
        return median(self.speeds_mps) if self.speeds_mps else None

    def _count_streak(self, in_band_s: float, span_s: float) -> None:
        """What is in the band is the end of a stretch: before it lies the ramp."""
        self.streak_s = self.streak_s + in_band_s if in_band_s == span_s else in_band_s
        self.longest_streak_s = max(self.longest_streak_s, self.streak_s)


def drift(tallies: Iterable[Tally]) -> tuple[float | None, bool]:
    """The common slope of stages in spm per 10 min, and whether it is after speed.

    Each target has a mean of its own, so that a cadence that was asked for is no drift.
    """
    under_targets = [settled for tally in tallies for settled in tally.settled]
    at_speed = pool(settled.at_speed for settled in under_targets)
    elsewhere_s = sum(settled.elsewhere.weight_s for settled in under_targets)
    if at_speed.weight_s and at_speed.weight_s >= SPEED_KNOWN_RATIO * (at_speed.weight_s + elsewhere_s):
        slope_spm = slope_after_speed(at_speed)
        return slope_spm, slope_spm is not None
    return slope_per_10min(pool(join(settled.at_speed, settled.elsewhere) for settled in under_targets)), False

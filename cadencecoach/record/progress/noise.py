"""How much of a change is noise: what cadence does from run to run when nothing is asked of it.

A change that is smaller than the minimal detectable change (MDC95) may be chance, and is not called progress. The
coefficient of variation (CV) it is made of is the runner's own where enough runs are known, else one from treadmill
runs at fixed speed (Craib et al. 1994, doi:10.1055/s-2007-1021024: 2.2 to 2.5 % from day to day).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from cadencecoach.gait.taps import MARKED_SPM

USUAL_CV_RATIO = 0.023
TWO_SIDED_95 = 1.96  # MDC95 = 1.96 * sqrt(2) * CV / sqrt(n) = 2.77 * CV / sqrt(n), for n runs on each side
ENOUGH_PAIRS = 4  # fewer differences say too little about their spread
LEAST_CV_RATIO = 0.01  # a handful of runs may agree by chance
SAME_TARGET_SPM = 0.5
ROUNDING = 1e-9  # 168 against 165 is 3, and not more


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What is compared from run to run.

    Attributes:
        cadence_spm: mean of the run, at one speed where that is known
        target_spm: what was asked for; None for nothing
        source: what told it; empty where that is not known
        error_spm: how far off that source may be
    """

    cadence_spm: float
    target_spm: float | None = None
    source: str = ""
    error_spm: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Noise:
    """The spread from run to run.

    Attributes:
        cv_ratio: standard deviation over mean
        n_pairs: neighbouring runs it comes from; 0 where it is the usual one of other runners
    """

    cv_ratio: float = USUAL_CV_RATIO
    n_pairs: int = 0

    @property
    def is_own(self) -> bool:
        """Whether it is the runner's own."""
        return self.n_pairs > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """From some runs to later ones.

    Attributes:
        before_spm, after_spm: means of the runs on each side
        n_before, n_after: how many those are
        noise: what the change has to exceed
        error_spm: what it has to exceed besides: how far off the two sides were measured
    """

    before_spm: float
    after_spm: float
    n_before: int
    n_after: int
    noise: Noise
    error_spm: float = 0.0

    @property
    def change_spm(self) -> float:
        """After minus before."""
        return self.after_spm - self.before_spm

    @property
    def change_ratio(self) -> float:
        """The same over before."""
        return self.change_spm / self.before_spm

    @property
    def mdc_ratio(self) -> float:
        """The smallest change that is neither chance, 19 times out of 20, nor within the error, over before."""
        chance = mdc95_ratio(self.noise.cv_ratio, n_before=self.n_before, n_after=self.n_after)
        return max(chance, self.error_spm / self.before_spm)

    @property
    def mdc_spm(self) -> float:
        """The same in steps a minute."""
        return self.mdc_ratio * self.before_spm

    @property
    def is_beyond_noise(self) -> bool:
        """Whether the change may be called one."""
        return abs(self.change_spm) > self.mdc_spm + ROUNDING


def mdc95_ratio(cv_ratio: float, *, n_before: int, n_after: int) -> float:
    """Minimal detectable change between means of runs, over the mean: 1.96 CV sqrt(1/n + 1/m)."""
    return TWO_SIDED_95 * cv_ratio * float((1 / n_before + 1 / n_after) ** 0.5)


def own_noise(runs: Sequence[Run]) -> Noise:
    """The spread from run to run, from differences of neighbours with the same target; the usual one if they are few.

    Differences leave out what changes slowly, which may be progress (von Neumann 1941, doi:10.1214/aoms/1177731677):
    the variance is half the mean of their squares.

    Args:
        runs: oldest first
    """
    pairs = [(one, other) for one, other in pairwise(runs) if _is_asked_the_same(one, other)]
    if len(pairs) < ENOUGH_PAIRS:
        return Noise()
    variance = sum((other.cadence_spm - one.cadence_spm) ** 2 for one, other in pairs) / (2 * len(pairs))
    mean_spm = sum(one.cadence_spm + other.cadence_spm for one, other in pairs) / (2 * len(pairs))
    return Noise(cv_ratio=max(LEAST_CV_RATIO, variance**0.5 / mean_spm), n_pairs=len(pairs))


def change_between(before: Iterable[Run], after: Iterable[Run], noise: Noise) -> Change | None:
    """From the mean of some runs to that of others; None when there are none on a side."""
    earlier, later = tuple(before), tuple(after)
    first, second = [run.cadence_spm for run in earlier], [run.cadence_spm for run in later]
    if not first or not second:
        return None
    return Change(
        before_spm=sum(first) / len(first),
        after_spm=sum(second) / len(second),
        n_before=len(first),
        n_after=len(second),
        noise=noise,
        error_spm=error_between(earlier, later),
    )


def error_between(before: Sequence[Run], after: Sequence[Run]) -> float:
    """What a change has to exceed, whatever chance does: the error of the coarsest source on each side.

    One source that measures errs alike on both sides; a coarse one does not.
    """
    errors_spm = [max((run.error_spm for run in side), default=0.0) for side in (before, after)]
    is_one_source = len({run.source for run in (*before, *after)}) == 1 and max(errors_spm) < MARKED_SPM
    return 0.0 if is_one_source else sum(errors_spm)


def _is_asked_the_same(one: Run, other: Run) -> bool:
    """Whether two runs can be compared for chance: the same target, and no other source."""
    if one.source and other.source and one.source != other.source:
        return False
    if one.target_spm is None or other.target_spm is None:
        return one.target_spm is other.target_spm
    return abs(one.target_spm - other.target_spm) <= SAME_TARGET_SPM

"""Stretches in which an athlete's cadence did not change by more than chance: a plateau, said with its limits."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from cadencecoach.record.progress.measures import LAYOFF_DAYS
from cadencecoach.record.progress.noise import TWO_SIDED_95, Noise, mdc95_ratio

N_RUNS = 4  # of which a moving mean is made; single runs say too little
LEAST_RISE_SPM = 0.5  # less over a whole stretch is nothing to anybody
LEAST_DAYS = timedelta(weeks=10)  # a slow rise may look level for two months (docs/report.md)


@dataclass(frozen=True, slots=True, kw_only=True)
class Flat:
    """A stretch without a change that could be told from chance.

    Attributes:
        first, last: days of its first and last run
        n_runs: in it
        low_spm, high_spm: between them lay every moving mean of four runs
    """

    first: date
    last: date
    n_runs: int
    low_spm: float
    high_spm: float


def moving_means(values: Sequence[float], n_runs: int = N_RUNS) -> tuple[float | None, ...]:
    """The mean of each value and those just before it; None where there are not enough of them."""
    return tuple(None if n + 1 < n_runs else sum(values[n + 1 - n_runs : n + 1]) / n_runs for n in range(len(values)))


def flat_stretches(days: Sequence[date], cadences_spm: Sequence[float], noise: Noise) -> tuple[Flat, ...]:
    """The longest stretches first found and taken out, then in order of time; none across a layoff.

    Args:
        days: of the runs, oldest first
        cadences_spm: of the same runs, at one speed where that is known
        noise: from run to run
    """
    return tuple(sorted(_flats(days, cadences_spm, noise), key=lambda flat: flat.first))


def _flats(days: Sequence[date], cadences_spm: Sequence[float], noise: Noise) -> Iterator[Flat]:
    todo = list(_runs_of_days(days))
    while todo:
        start, end = todo.pop()
        found = _longest(days[start:end], cadences_spm[start:end], noise)
        if found is None:
            continue
        first, last = start + found[0], start + found[1]
        means = _means(cadences_spm[first : last + 1])
        yield Flat(first=days[first], last=days[last], n_runs=last + 1 - first, low_spm=min(means), high_spm=max(means))
        todo += [(start, first), (last + 1, end)]


def _runs_of_days(days: Sequence[date]) -> Iterator[tuple[int, int]]:
    """Runs without a layoff between them, as first and one after the last."""
    breaks = [n for n, (one, other) in enumerate(pairwise(days), 1) if (other - one).days > LAYOFF_DAYS]
    yield from pairwise([0, *breaks, len(days)])


def _longest(days: Sequence[date], cadences_spm: Sequence[float], noise: Noise) -> tuple[int, int] | None:
    """First and last run of the longest level stretch, in days; None when none is long enough."""
    best, longest = None, LEAST_DAYS
    first = 0
    for last in range(len(days)):
        while days[last] - days[first] >= longest and not _is_level(
            days[first : last + 1], cadences_spm[first : last + 1], noise
        ):
            first += 1
        if days[last] - days[first] >= longest:
            best, longest = (first, last), days[last] - days[first]
    return best


def _is_level(days: Sequence[date], cadences_spm: Sequence[float], noise: Noise) -> bool:
    """Means of four runs lie within chance of them, and the line through all runs neither rises nor falls.

    The second is needed because a slow rise can be cut into pieces of which each would be level by the first.
    """
    means = _means(cadences_spm)
    if not means or max(means) / min(means) - 1 > mdc95_ratio(noise.cv_ratio, n_before=N_RUNS, n_after=N_RUNS):
        return False
    return _rise_spm(days, cadences_spm) <= LEAST_RISE_SPM


def _rise_spm(days: Sequence[date], cadences_spm: Sequence[float]) -> float:
    """By how much the least-squares line through the runs rises or falls, less what their scatter about it explains."""
    n_runs = len(days)
    times = [float((day - days[0]).days) for day in days]
    middle, mean_spm = sum(times) / n_runs, sum(cadences_spm) / n_runs
    offsets = [(time - middle, spm - mean_spm) for time, spm in zip(times, cadences_spm, strict=True)]
    spread = sum(time * time for time, _ in offsets)
    slope = sum(time * spm for time, spm in offsets) / spread
    scatter = sum((spm - slope * time) ** 2 for time, spm in offsets) / (n_runs - 2)
    return (abs(slope) - TWO_SIDED_95 * math.sqrt(scatter / spread)) * times[-1]


def _means(cadences_spm: Sequence[float]) -> list[float]:
    return [mean for mean in moving_means(cadences_spm) if mean is not None]

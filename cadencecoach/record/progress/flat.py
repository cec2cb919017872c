"""Stretches in which an athlete's cadence did not change by more than chance: a plateau, said with its limits."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from cadencecoach.record.progress.measures import LAYOFF_DAYS
from cadencecoach.record.progress.noise import Noise, mdc95_ratio

N_RUNS = 4  # of which a moving mean is made; single runs say too little
LEAST_DAYS = timedelta(weeks=8)  # shorter is a pause for breath, no plateau


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
    mdc = mdc95_ratio(noise.cv_ratio, n_before=N_RUNS, n_after=N_RUNS)
    todo = list(_unbroken(days))
    while todo:
        start, end = todo.pop()
        flat = _longest(days, cadences_spm, range(start, end), mdc)
        if flat is None:
            continue
        first, last = flat
        means = _means(cadences_spm[first : last + 1])
        yield Flat(
            first=days[first],
            last=days[last],
            n_runs=last + 1 - first,
            low_spm=min(means),
            high_spm=max(means),
        )
        todo += [(start, first), (last + 1, end)]


def _unbroken(days: Sequence[date]) -> Iterator[tuple[int, int]]:
    """Runs without a layoff between them, as first and one after the last."""
    breaks = [n for n, (one, other) in enumerate(pairwise(days), 1) if (other - one).days > LAYOFF_DAYS]
    yield from pairwise([0, *breaks, len(days)])


def _means(cadences_spm: Sequence[float]) -> list[float]:
    return [mean for mean in moving_means(cadences_spm) if mean is not None]


def _longest(days: Sequence[date], cadences_spm: Sequence[float], runs: range, mdc: float) -> tuple[int, int] | None:
    """First and last run of the longest stretch (in days) whose moving means lie within one MDC of each other."""
    means = moving_means(cadences_spm[runs.start : runs.stop])
    best: tuple[int, int] | None = None
    first = N_RUNS - 1
    for last in range(N_RUNS - 1, len(means)):
        while _spread(means[first : last + 1]) > mdc:
            first += 1
        reach = (runs.start + first - N_RUNS + 1, runs.start + last)
        if best is None or days[reach[1]] - days[reach[0]] > days[best[1]] - days[best[0]]:
            best = reach
    return best if best is not None and days[best[1]] - days[best[0]] >= LEAST_DAYS else None


def _spread(means: Sequence[float | None]) -> float:
    """Highest minus lowest, over the lowest."""
    known = [mean for mean in means if mean is not None]
    return (max(known) - min(known)) / min(known)

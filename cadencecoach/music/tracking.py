"""Beats among onsets: found by dynamic programming (Ellis 2007), placed on what begins there, and smoothed."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cadencecoach.music.onsets import FINE_HZ

TIGHTNESS = 400.0  # what an interval other than the period costs, by the square of the logarithm of their ratio
NARROW, WIDE = 0.2, 0.36  # of an interval about a beat: where what begins is taken for the beat; for a swung one
CLEAR = 0.33  # contrast from which something begins there
SMOOTH_BEATS = 32.0  # changes of tempo that take longer are followed
OUTLIER_S = 0.02
USUAL_PERCENT, USUAL_PART = 60, 0.5  # a beat half as strong as most counts in full
FEWEST_SMOOTH = 4  # beats: less have no change of tempo
TINY = 1e-9
LEAST_WEIGHT = 1e-6  # of a beat at which nothing begins: with fewer than two others it lies on a straight line
RISE_S = 0.004  # levels about a moment count less the farther they are


@dataclass(frozen=True, slots=True)
class Placed:
    """Where something begins near each of some times.

    Attributes:
        times_s: when; the time itself where nothing does
        is_clear: something does
        weights: 0 where nothing does, 1 where it is as strong as usual
    """

    times_s: NDArray[np.float64]
    is_clear: NDArray[np.bool_]
    weights: NDArray[np.float64]


def track(rises: NDArray[np.float32], periods: NDArray[np.float64]) -> NDArray[np.int64]:
    """The numbers of the rises that are beats: as strong as can be, at intervals as even as can be."""
    n_rises = len(rises)
    score, back = rises.astype(np.float64), np.full(n_rises, -1, np.int64)
    shortest, longest = max(2, int(periods.min() * 0.8)), int(periods.max() * 1.25) + 1
    lags = np.arange(longest, shortest - 1, -1)
    costs = {period: TIGHTNESS * np.log(lags / period) ** 2 for period in np.unique(np.round(periods, 1))}
    rounded = np.round(periods, 1)
    for at in range(longest, n_rises):
        ways = score[at - longest : at - shortest + 1] - costs[rounded[at]]
        best = int(ways.argmax())
        score[at] += max(ways[best], 0.0)
        back[at] = at - longest + best if ways[best] > 0 else -1
    if n_rises <= longest:
        return np.zeros(0, np.int64)
    beats = [n_rises - longest + int(score[-longest:].argmax())]
    while back[beats[-1]] >= 0:
        beats.append(int(back[beats[-1]]))
    return np.array(beats[::-1])


class Placer:
    """Finds where something begins, near a time."""

    def __init__(self, levels: NDArray[np.float32]) -> None:
        """Look at all moments at once: how much louder is it after each than before."""
        reach = round(4 * RISE_S * FINE_HZ)
        weights = np.exp(-np.arange(reach) / (RISE_S * FINE_HZ))
        padded = np.pad(levels.astype(np.float64), reach)
        after = np.convolve(padded, weights[::-1], "full")[reach - 1 :][reach : reach + len(levels)]
        before = np.convolve(padded, weights, "full")[reach - 1 : reach - 1 + len(levels)]
        quiet = np.percentile(after, 95) * 0.01 + TINY if len(after) else 1.0
        self._contrasts = np.maximum(after - before, 0) / (after + before + quiet)
        self._strengths = self._contrasts * np.sqrt(after)

    def place(self, times_s: NDArray[np.float64], within_s: float) -> Placed:
        """When something begins near each time, and how clearly; a time near which nothing does stays."""
        n_reach = max(1, round(within_s * FINE_HZ))
        offsets = np.arange(-n_reach, n_reach + 1)
        middle = np.round(times_s * FINE_HZ).astype(int)
        around = np.clip(middle[:, None] + offsets, 1, max(1, len(self._contrasts) - 2))
        nearness = 1 - np.abs(offsets) / (n_reach * 1.8)
        best = (self._strengths[around] * nearness).argmax(axis=1)
        at = around[np.arange(len(around)), best]
        left, peak, right = (self._strengths[np.clip(at + o, 0, len(self._strengths) - 1)] for o in (-1, 0, 1))
        bend = np.minimum(left - 2 * peak + right, -TINY)
        shift = np.clip(0.5 * (left - right) / bend, -0.5, 0.5)
        contrasts = self._contrasts[at]
        is_clear = contrasts >= CLEAR
        usual = float(np.percentile(peak[is_clear], USUAL_PERCENT)) if is_clear.any() else 1.0
        return Placed(
            times_s=np.where(is_clear, (at + shift + 0.5) / FINE_HZ, times_s),
            is_clear=is_clear,
            weights=np.where(is_clear, np.minimum(peak / (USUAL_PART * usual + TINY), 1) ** 2, 0.0),
        )


def smooth(placed_s: NDArray[np.float64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """The times of beats whose tempo changes slowly, near those placed; outliers count little.

    Minimises the weighted squares of the distances and, by `SMOOTH_BEATS`, those of the changes of the interval.
    """
    stiffness = (SMOOTH_BEATS / (2 * np.pi)) ** 4
    times_s = _stiff(placed_s, weights + LEAST_WEIGHT, stiffness)
    for _ in range(3):
        far = np.abs(placed_s - times_s) / OUTLIER_S
        times_s = _stiff(
            placed_s, weights * np.where(far < 1, (1 - np.minimum(far, 1) ** 2) ** 2, 0) + LEAST_WEIGHT, stiffness
        )
    return times_s


def _stiff(placed_s: NDArray[np.float64], weights: NDArray[np.float64], stiffness: float) -> NDArray[np.float64]:
    """Solve (W + stiffness D'D) x = W placed, D the second difference: five diagonals, by L D L'."""
    n = len(placed_s)
    if n < FEWEST_SMOOTH:
        return placed_s
    base = np.linspace(placed_s[0], placed_s[-1], n)  # a straight line is not bent: numbers stay small
    bends = np.full(n, 6.0)
    bends[[0, -1]], bends[[1, -2]] = 1.0, 5.0
    main = (stiffness * bends + weights).tolist()
    beside = [-4.0 * stiffness] * (n - 1)
    beside[0] = beside[-1] = -2.0 * stiffness
    right = (weights * (placed_s - base)).tolist()
    # The last two of `low2` and the last of `low1` stay 0: so index -1 and -2 are what stands before the first.
    diag, low1, low2 = [0.0] * n, [0.0] * n, [0.0] * n
    for i in range(n):
        diag[i] = main[i] - low1[i - 1] ** 2 * diag[i - 1] - low2[i - 2] ** 2 * diag[i - 2]
        if i + 1 < n:
            low1[i] = (beside[i] - low2[i - 1] * low1[i - 1] * diag[i - 1]) / diag[i]
        low2[i] = stiffness / diag[i] if i < n - 2 else 0.0
        right[i] -= low1[i - 1] * right[i - 1] + low2[i - 2] * right[i - 2]
    bent = [r / d for r, d in zip(right, diag, strict=True)] + [0.0, 0.0]
    for i in range(n - 2, -1, -1):
        bent[i] -= low1[i] * bent[i + 1] + low2[i] * bent[i + 2]
    return np.asarray(base + np.array(bent[:n]))

"""Any rate, any frames, onto one grid: 50 values a second, each the mean of the signal over its 20 ms.

Samples are joined by straight lines and the lines are averaged exactly, so that 12.5 Hz are filled in, 400 Hz are
smoothed, and uneven times do no harm. What comes out depends on the samples, not on the frames they came in.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

GRID_HZ = 50.0
GAP_S = 0.3  # three samples missing at 12.5 Hz; a longer silence is not filled with a straight line
CLOCK_WENT_BACK_S = 1.0  # less is a late or repeated sample, which is left out; more is another clock
N_COLUMNS = 4  # x, y, z, and the length of the vector


@dataclass(frozen=True, slots=True)
class Stretch:
    """Values on the grid without a gap between them.

    Attributes:
        first: number of the first; value k stands for the time k / GRID_HZ
        values: shape (n, 4): x, y, z and their length, g
        is_after_gap: nothing is known of the time just before
    """

    first: int
    values: Floats
    is_after_gap: bool


class Resampler:
    """Takes samples as they come and gives values on the grid as soon as they are complete."""

    def __init__(self) -> None:
        self._times_s: Floats = np.empty(0)
        self._values: Floats = np.empty((0, N_COLUMNS))
        self._next: int | None = None

    def feed(self, times_s: Floats, accel_g: Floats) -> list[Stretch]:
        """Take samples; the stretches of the grid that are complete now.

        Args:
            times_s: shape (n,), seconds; samples that are not later than the one before are left out
            accel_g: shape (n, 3); samples that are not finite are left out
        """
        stretches = []
        for begin, end in _pieces(*self._usable(times_s, accel_g)):
            stretches += self._continue(begin, end)
        return stretches

    def _usable(self, times_s: Floats, accel_g: Floats) -> tuple[Floats, Floats]:
        """Samples of finite values and rising times; after a clock that went back, only those of the new clock."""
        finite = np.isfinite(times_s) & np.isfinite(accel_g).all(axis=1)
        times_s, accel_g = times_s[finite], accel_g[finite]
        newest_s = self._times_s[-1] if len(self._times_s) else -math.inf
        back = np.flatnonzero(np.diff(times_s, prepend=newest_s) < -CLOCK_WENT_BACK_S)
        if len(back):
            times_s, accel_g, newest_s = times_s[back[-1] :], accel_g[back[-1] :], -math.inf
            self._restart()
        before_s = np.maximum.accumulate(np.concatenate([[newest_s], times_s]))[:-1]
        return times_s[times_s > before_s], accel_g[times_s > before_s]

    def _continue(self, times_s: Floats, accel_g: Floats) -> list[Stretch]:
        """Go on with samples without a gap between them."""
        if len(self._times_s) and times_s[0] - self._times_s[-1] > GAP_S:
            self._restart()
        is_after_gap = self._next is None
        lengths = np.linalg.norm(accel_g, axis=1, keepdims=True)
        self._times_s = np.concatenate([self._times_s, times_s])
        self._values = np.concatenate([self._values, np.hstack([accel_g, lengths])])
        first = math.ceil(self._times_s[0] * GRID_HZ + 0.5) if self._next is None else self._next
        end = math.floor(self._times_s[-1] * GRID_HZ - 0.5) + 1
        if end <= first:
            return []
        values = _means(self._times_s, self._values, first, end)
        self._next = end
        keep = max(int(np.searchsorted(self._times_s, (end - 0.5) / GRID_HZ, side="right")) - 1, 0)
        self._times_s, self._values = self._times_s[keep:], self._values[keep:]
        return [Stretch(first, values, is_after_gap)]

    def _restart(self) -> None:
        """Forget what came: nothing joins it to what comes."""
        self._times_s, self._values, self._next = self._times_s[:0], self._values[:0], None


def _pieces(times_s: Floats, accel_g: Floats) -> list[tuple[Floats, Floats]]:
    """Samples cut at gaps."""
    cuts = np.flatnonzero(np.diff(times_s) > GAP_S) + 1
    pieces = zip(np.split(times_s, cuts), np.split(accel_g, cuts), strict=True)
    return [(times, accel) for times, accel in pieces if len(times)]


def _means(times_s: Floats, values: Floats, first: int, end: int) -> Floats:
    """Means of the joined samples over the cells of the grid from `first` up to, but not with, `end`."""
    edges_s = (np.arange(first, end + 1) - 0.5) / GRID_HZ
    widths_s = np.diff(times_s)[:, np.newaxis]
    areas = np.zeros_like(values)
    np.cumsum((values[1:] + values[:-1]) / 2 * widths_s, axis=0, out=areas[1:])
    left = np.clip(np.searchsorted(times_s, edges_s, side="right") - 1, 0, len(times_s) - 2)
    into_s = (edges_s - times_s[left])[:, np.newaxis]
    slopes = (values[left + 1] - values[left]) / widths_s[left]
    return np.diff(areas[left] + values[left] * into_s + slopes / 2 * into_s**2, axis=0) * GRID_HZ

"""A brick wall that is never heard as one: gains set one quantum ahead, no sample above the threshold.

Gains stand at the boundaries of quanta of `QUANTUM` frames on the absolute grid and run straight in between. A gain at
a boundary is at most threshold / peak of BOTH quanta it touches, so the line over a loud quantum is below what that
quantum can bear at both ends, and thus everywhere. After a peak the gain comes back slowly. The price is that the next
quantum must be known: the engine mixes that far ahead of what it gives out, so nothing is delayed.
"""

import numpy as np
from numpy.typing import NDArray

QUANTUM = 128  # frames; 2.7 ms at 48 kHz: a rise of gain this short is not heard as a step
THRESHOLD = 0.89  # -1 dBFS: room for what a DAC or a lossy encoder adds between samples
MARGIN = 1.0 - 2.0**-20  # gains are rounded to float32; this keeps the rounded product below the threshold
RELEASE_QUANTA = 75  # from silence back to full gain in 0.2 s at 48 kHz
_WITHIN = np.arange(QUANTUM) / QUANTUM


class Limiter:
    """Keeps a mix at or below a threshold. Feed it quanta in order.

    Threads: one at a time. Real-time safe: no lock, no I/O; scratch arrays of the block's size.
    """

    __slots__ = ("_gain", "_threshold")

    def __init__(self, *, threshold: float = THRESHOLD) -> None:
        """Start at full gain."""
        self._threshold = threshold
        self._gain = 1.0

    @property
    def is_at_rest(self) -> bool:
        """Whether it stands at full gain, with nothing left to come back from."""
        return self._gain == 1.0

    def limit(self, mix: NDArray[np.float32]) -> None:
        """Lower all quanta of `mix` but the last, in place; the last is only looked at and comes first next time.

        Args:
            mix: n + 1 quanta of `QUANTUM` frames, shape (frames,) or (channels, frames); channels are lowered alike
        """
        if self._gain == 1.0 and peak_of(mix) <= self._threshold:
            return
        rows = mix.reshape(mix.size // mix.shape[-1], -1, QUANTUM)
        gains = self._boundary_gains(np.abs(rows).max(axis=(0, 2)))
        self._gain = float(gains[-1])
        acting = np.flatnonzero((gains[:-1] < 1.0) | (gains[1:] < 1.0))
        before, after = gains[acting, None], gains[acting + 1, None]
        rows[:, acting] *= (before + (after - before) * _WITHIN).astype(np.float32)

    def _boundary_gains(self, peaks: NDArray[np.float32]) -> NDArray[np.float64]:
        """Gain at the beginning of each quantum: as it was left, or, before the first of all, as low as need be."""
        bearable = np.minimum(1.0, self._threshold * MARGIN / np.maximum(peaks, np.float32(1e-9)))
        ceilings = np.minimum(bearable[:-1], bearable[1:]).tolist()
        gains = [min(self._gain, float(bearable[0]))]
        for ceiling in ceilings:
            gains.append(min(ceiling, gains[-1] + 1.0 / RELEASE_QUANTA))
        return np.array(gains)


def peak_of(samples: NDArray[np.float32]) -> float:
    """The largest absolute value: by where it is, which numpy finds in a quarter of the time of `max`."""
    return max(samples.item(samples.argmax()), -samples.item(samples.argmin()))

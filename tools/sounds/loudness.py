"""How loud a sound is heard: ITU-R BS.1770-5, K-weighting, for sounds that come again and again.

The weighting is the standard's two filters (Annex 1, Tables 1 and 2, 48 kHz), taken by their magnitudes: over a whole
sound the mean square after filtering is the sum of its spectrum times the filters' (Parseval). Gating (Annex 1, 5.1)
changes nothing for a steady train: every 400 ms block of it is alike to within a click.
"""

import math

import numpy as np
from numpy.typing import NDArray

FS_HZ = 48_000
OFFSET_LU = -0.691  # so that a 997 Hz sine at full scale in one channel is -3.01 LKFS
# (b0, b1, b2), (a0, a1, a2): the shelf of the head, then the high-pass ("RLB")
SHELF = (
    (1.53512485958697, -2.69169618940638, 1.19839281085285),
    (1.0, -1.69065929318241, 0.73248077421585),
)
HIGH_PASS = ((1.0, -2.0, 1.0), (1.0, -1.99004745483398, 0.99007225036621))
N_PADDED = 1 << 17  # long enough that the filters' tails do not come round again


def loudness_lkfs(samples: NDArray[np.float32], *, every_s: float) -> float:
    """Loudness of a mono sound played each `every_s` seconds.

    Args:
        samples: shape (n,), 48 kHz, 1 is full scale, shorter than 2 s
        every_s: from one onset to the next
    """
    return OFFSET_LU + 10 * math.log10(weighted_energy(samples) / (every_s * FS_HZ))


def weighted_energy(samples: NDArray[np.float32]) -> float:
    """Sum of the squares of the K-weighted sound, in samples."""
    spectrum = np.abs(np.fft.rfft(samples.astype(np.float64), N_PADDED)) ** 2
    turn = np.exp(-2j * np.pi * np.fft.rfftfreq(N_PADDED))
    weighted = spectrum * _power(SHELF, turn) * _power(HIGH_PASS, turn)
    return float(2 * weighted.sum() - weighted[0] - weighted[-1]) / N_PADDED


def _power(filter_: tuple[tuple[float, ...], tuple[float, ...]], turn: NDArray[np.complex128]) -> NDArray[np.float64]:
    above, below = (np.polynomial.polynomial.polyval(turn, np.array(part)) for part in filter_)
    return np.asarray(np.abs(above / below) ** 2, np.float64)

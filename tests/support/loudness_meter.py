"""A meter of loudness after ITU-R BS.1770-4, to hold ours against: filters by their response, nothing shared."""

import numpy as np
from numpy.typing import NDArray

FS_HZ = 48_000  # the rate of the coefficients in the standard
SHELF = ((1.53512485958697, -2.69169618940638, 1.19839281085285), (1.0, -1.69065929318241, 0.73248077421585))
HIGH_PASS = ((1.0, -2.0, 1.0), (1.0, -1.99004745483398, 0.99007225036621))
BLOCK_S, HOP_S = 0.4, 0.1
ABSOLUTE_LUFS, RELATIVE_LU, OFFSET_LU = -70.0, -10.0, -0.691


def integrated_lufs(sound: NDArray[np.floating], fs_hz: int) -> float:
    """Integrated loudness of a sound, shape (frames, channels), gated twice."""
    assert fs_hz == FS_HZ
    padded = len(sound) + fs_hz
    z = np.exp(-2j * np.pi * np.fft.rfftfreq(padded))
    response = np.ones_like(z)
    for above, below in (SHELF, HIGH_PASS):
        response *= np.polyval(above[::-1], z) / np.polyval(below[::-1], z)
    weighted = np.fft.irfft(np.fft.rfft(sound, padded, axis=0) * response[:, None], padded, axis=0)[: len(sound)]
    n_block, n_hop = round(BLOCK_S * fs_hz), round(HOP_S * fs_hz)
    energies = np.array(
        [(weighted[at : at + n_block] ** 2).mean(axis=0).sum() for at in range(0, len(sound) - n_block + 1, n_hop)]
    )
    gated = energies[_lufs(energies) > ABSOLUTE_LUFS]
    gated = gated[_lufs(gated) > _lufs(gated.mean()) + RELATIVE_LU]
    return float(_lufs(gated.mean()))


def _lufs(energy: NDArray[np.floating] | np.floating) -> NDArray[np.floating]:
    return np.asarray(OFFSET_LU + 10 * np.log10(np.maximum(energy, 1e-12)))

"""Where sound begins: how much it rises, in bands, and how loud it is from moment to moment, block by block."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

FS_HZ = 16_000  # of the sound that is looked at: beats are below 8 kHz
RATE_HZ = 100  # of the rises: one is as exact as a beat is looked for
FINE_HZ = 800  # of the levels: one is as exact as a beat is placed
LAG = 2  # looks make one rise: it is told from the level 10 ms before
HOP = FS_HZ // RATE_HZ // LAG  # frames from one look at the bands to the next
WINDOW = 256  # 16 ms
FINE = FS_HZ // FINE_HZ
EDGES_HZ = (30.0, 100.0, 200.0, 400.0, 700.0, 1200.0, 2000.0, 3500.0, 7900.0)
LOW_WEIGHT = 3.0  # of the lowest band: a bass drum marks the beat, a hat often what is between two beats
FLOOR = 1e-7  # energy of a band that is silence, -70 dB
LOUDNESS = 0.15  # power of an energy that it is heard as: a loud beat counts for more than a soft one, but not by much
PRE_EMPHASIS = 0.9  # levels tell where a drum begins, and bass swells


@dataclass(frozen=True, slots=True)
class Onsets:
    """What of a song's sound its beats are found in.

    Attributes:
        rises: how much the bands rise, all in all, `RATE_HZ` a second
        levels: amplitude, `FINE_HZ` a second
    """

    rises: NDArray[np.float32]
    levels: NDArray[np.float32]


class OnsetMeter:
    """Takes a song's sound block by block; its memory grows by 4 KB for each second of sound."""

    def __init__(self) -> None:
        """Begin before the first frame."""
        edges = np.fft.rfftfreq(WINDOW, 1 / FS_HZ)
        self._bands = np.array([(edges >= low) & (edges < high) for low, high in pairwise(EDGES_HZ)], np.float32).T
        self._window = np.hanning(WINDOW + 2)[1:-1].astype(np.float32) / np.float32(np.sqrt(WINDOW))
        self._weights = np.array([LOW_WEIGHT] + [1.0] * (len(EDGES_HZ) - 2), np.float32)
        # Silence before the first frame: a window's middle is its time.
        self._sound = np.zeros(WINDOW // 2, np.float32)
        self._before = np.full((LAG, len(EDGES_HZ) - 1), FLOOR**LOUDNESS, np.float32)
        self._rises = list[NDArray[np.float32]]()
        self._levels = list[NDArray[np.float32]]()
        self._fine_sound = np.zeros(0, np.float32)
        self._last = np.float32(0.0)

    def add(self, mono: NDArray[np.float32]) -> None:
        """Take the next frames, at `FS_HZ`."""
        self._add_levels(mono)
        self._sound = np.concatenate((self._sound, mono))
        n_looks = max(0, (len(self._sound) - WINDOW) // HOP + 1) // LAG * LAG
        if not n_looks:
            return
        frames = sliding_window_view(self._sound, WINDOW)[: n_looks * HOP : HOP][:n_looks]
        spectra = np.fft.rfft(frames * self._window, axis=1)
        energy = (spectra.real**2 + spectra.imag**2).astype(np.float32) @ self._bands
        loud = np.concatenate((self._before, (energy + np.float32(FLOOR)) ** np.float32(LOUDNESS)))
        rises = np.maximum(loud[LAG:] - loud[:-LAG], 0) @ self._weights
        self._rises.append(rises.reshape(-1, LAG).mean(axis=1))
        self._before = loud[-LAG:]
        self._sound = self._sound[n_looks * HOP :]

    def onsets(self) -> Onsets:
        """All that was found."""
        empty = [np.zeros(0, np.float32)]
        return Onsets(np.concatenate(self._rises or empty), np.concatenate(self._levels or empty))

    def _add_levels(self, mono: NDArray[np.float32]) -> None:
        sharp = np.empty_like(mono)
        if not len(mono):
            return
        sharp[0] = mono[0] - PRE_EMPHASIS * self._last
        sharp[1:] = mono[1:] - np.float32(PRE_EMPHASIS) * mono[:-1]
        self._last = mono[-1]
        sound = np.concatenate((self._fine_sound, sharp))
        n_levels = len(sound) // FINE
        pieces = sound[: n_levels * FINE].reshape(-1, FINE)
        self._levels.append(np.sqrt((pieces**2).mean(axis=1)))
        self._fine_sound = sound[n_levels * FINE :]

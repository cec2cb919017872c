"""How much of a sound is held notes: voices and music have them, feet and machines have not.

A note is a narrow peak that stands over its neighbours and over what is usual in its place, for a tenth of a second and
longer. A motor's hum is usual in its place; a footfall is over before.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

WINDOW = 1024  # 64 ms
HOP = 512
TONE_FRAMES_HZ = 16_000 / HOP
BANDS = slice(8, 160)  # of 16 Hz each: 125 to 2500 Hz
FLOOR_FRAMES = 240  # 7.7 s
FLOOR_PERCENT = 30.0
OVER_FLOOR = 8.0  # as a factor of power
OVER_NEIGHBOURS = 3.0
NEIGHBOURS = (-5, -4, -3, 3, 4, 5)
SILENCE = 1e-7  # power of a sound of -100 dB in such a window
HELD_FRAMES = 4  # in a row, one band up or down


class ToneCounter:
    """Counts the notes that are held, one value for each 32 ms."""

    def __init__(self) -> None:
        self._rest: Floats = np.empty(0)
        self._powers: Floats = np.empty((0, BANDS.stop - BANDS.start))
        self._window = np.hanning(WINDOW)

    def feed(self, samples: Floats) -> Floats:
        """How many notes were held in each frame that further samples complete."""
        joined = np.concatenate((self._rest, samples))
        n = max(0, (len(joined) - WINDOW) // HOP + 1)
        self._rest = joined[n * HOP :]
        if not n:
            return np.empty(0)
        at = np.arange(WINDOW) + HOP * np.arange(n)[:, None]
        spectra = np.fft.rfft(joined[at] * self._window, axis=1)[:, BANDS]
        self._powers = np.concatenate((self._powers, spectra.real**2 + spectra.imag**2))[-FLOOR_FRAMES - n :]
        floor = np.percentile(self._powers, FLOOR_PERCENT, axis=0) * OVER_FLOOR + SILENCE
        newest = self._powers[-n - HELD_FRAMES + 1 :]
        around = np.mean([np.roll(newest, by, axis=1) for by in NEIGHBOURS], axis=0)
        peaks = (newest > floor) & (newest > OVER_NEIGHBOURS * around)
        near = peaks | np.roll(peaks, 1, axis=1) | np.roll(peaks, -1, axis=1)
        held = peaks[HELD_FRAMES - 1 :].copy()
        for back in range(1, HELD_FRAMES):
            held &= near[HELD_FRAMES - 1 - back : len(near) - back]
        counts: Floats = held.sum(axis=1).astype(float)
        return np.concatenate((np.zeros(n - len(counts)), counts))

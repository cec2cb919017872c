"""How much of a sound is held notes: voices and music have them, feet and machines have not.

A note is a narrow peak that stands over its neighbours and over what is usual in its place, for a tenth of a second and
longer. A motor's hum is usual in its place; a footfall is over before.
"""

import numpy as np

from cadencecoach.gait.hearing.powers import BandPowers, Floats

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
        self._powers = BandPowers(window=WINDOW, hop=HOP, n_fft=WINDOW, bands=BANDS, n_kept=FLOOR_FRAMES)

    def feed(self, samples: Floats) -> Floats:
        """How many notes were held in each frame that further samples complete."""
        n = self._powers.feed(samples)
        if not n:
            return np.empty(0)
        floor = self._powers.usual(FLOOR_PERCENT) * OVER_FLOOR + SILENCE
        newest = self._powers.kept[-n - HELD_FRAMES + 1 :]
        around = np.mean([np.roll(newest, by, axis=1) for by in NEIGHBOURS], axis=0)
        peaks = (newest > floor) & (newest > OVER_NEIGHBOURS * around)
        near = peaks | np.roll(peaks, 1, axis=1) | np.roll(peaks, -1, axis=1)
        held = peaks[HELD_FRAMES - 1 :].copy()
        for back in range(1, HELD_FRAMES):
            held &= near[HELD_FRAMES - 1 - back : len(near) - back]
        counts: Floats = held.sum(axis=1).astype(float)
        return np.concatenate((np.zeros(n - len(counts)), counts))

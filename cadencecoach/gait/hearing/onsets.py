"""How strongly something begins to sound, 200 times a second, in the low band where feet thump.

Each narrow band is held against its own floor, so that a motor's hum counts in the bands it fills and in no other; the
strength is the mean rise of their logarithms, so that a computer's slow gain control changes nothing.
"""

import numpy as np

from cadencecoach.gait.hearing.powers import BandPowers, Floats

FS_HZ = 16_000
HOP = 80  # 5 ms
FRAMES_HZ = FS_HZ / HOP
WINDOW = 384  # 24 ms
N_FFT = 512
BANDS = slice(2, 20)  # of 31 Hz each: 60 to 600 Hz, where clicks have little
FLOOR_FRAMES = 600  # 3 s
FLOOR_PERCENT = 30.0
FLOOR_TIMES = 1.5  # so much of the floor counts as silence: the ripple of noise is no onset
RISE_FRAMES = 3
SILENCE = 1e-8  # power of a sound of -100 dB in such a window: gaps of zeros are no floor to measure by


class OnsetStrength:
    """Turns samples into onset strength, one value for each 5 ms."""

    def __init__(self) -> None:
        self._powers = BandPowers(window=WINDOW, hop=HOP, n_fft=N_FFT, bands=BANDS, n_kept=FLOOR_FRAMES)

    def feed(self, samples: Floats) -> Floats:
        """The strengths that further samples complete; a value's time is the middle of its window."""
        n = self._powers.feed(samples)
        if not n:
            return np.empty(0)
        floor = self._powers.usual(FLOOR_PERCENT) * FLOOR_TIMES + SILENCE
        levels = np.log1p(self._powers.kept[-n - RISE_FRAMES :] / floor)
        rises = np.maximum(0.0, levels[RISE_FRAMES:] - levels[:-RISE_FRAMES]).mean(axis=1)
        return np.concatenate((np.zeros(n - len(rises)), rises))

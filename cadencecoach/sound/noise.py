"""Pink noise that tells how far off somebody is: five levels, each louder than the one before by the same factor.

One stretch of it, made with the engine and played round and round: the same samples in every session.
"""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

LOOP_S = 4.0
LOWEST_HZ, HIGHEST_HZ = 60.0, 12_000.0  # no rumble, no hiss
RMS = 0.25  # of the loudest level, before the gain of the tones
LEVELS = 5
STEP_DB = 5.0  # from level to level; the first is 20 dB below the last
SEED = 7
FADE_S = 0.3  # from level to level: it swells, and is no sound of its own


@lru_cache(maxsize=2)
def pink_noise(fs_hz: int) -> NDArray[np.float32]:
    """A loop of noise whose energy is the same in each octave; its end goes over into its beginning."""
    n_frames = round(LOOP_S * fs_hz)
    pitches_hz = np.fft.rfftfreq(n_frames, 1 / fs_hz)
    phases = np.random.default_rng(SEED).uniform(0, 2 * np.pi, len(pitches_hz))
    is_heard = (pitches_hz >= LOWEST_HZ) & (pitches_hz <= HIGHEST_HZ)
    sizes = np.where(is_heard, 1 / np.sqrt(np.maximum(pitches_hz, LOWEST_HZ)), 0.0)
    noise = np.fft.irfft(sizes * np.exp(1j * phases), n_frames)
    loop: NDArray[np.float32] = (noise * RMS / np.sqrt((noise**2).mean())).astype(np.float32)
    return loop


def gain_of_level(level: int) -> float:
    """Amplitude factor of a level, 0 to 5; 0 is silence."""
    return 0.0 if level <= 0 else float(10 ** ((min(level, LEVELS) - LEVELS) * STEP_DB / 20))

"""The noise that wakes headphones: loud enough for their electronics, too quiet to mind."""

import numpy as np
from numpy.typing import NDArray

from cadencecoach.sound.rate import FS_HZ
from cadencecoach.units import frame_at, gain_from_db

LEVEL = gain_from_db(-50.0)  # RMS; headphones take what is below some -70 dB for silence
SEED = 1  # the same session gives the same file


def lead_in_clip(length_s: float) -> NDArray[np.float32]:
    """Noise of a length, at our own rate, that begins from nothing."""
    n_frames = max(1, frame_at(length_s, FS_HZ))
    noise = np.random.default_rng(SEED).standard_normal(n_frames) * LEVEL
    rise = np.minimum(1.0, np.arange(n_frames) / (n_frames / 4))
    return (noise * rise).astype(np.float32)

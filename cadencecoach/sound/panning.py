"""Where between the ears a sound stands."""

import math
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray


@lru_cache(maxsize=64)
def channel_gains(pan: float, n_channels: int) -> NDArray[np.float32]:
    """Gain of each channel, shape (n_channels, 1): equal power, 1 in the middle; one channel has no sides."""
    if n_channels == 1 or pan == 0:  # exactly 1, so that two channels say the very same as one
        return np.ones((n_channels, 1), np.float32)
    angle = (pan + 1) * math.pi / 4
    return np.array([[math.cos(angle)], [math.sin(angle)]], np.float32) * np.float32(math.sqrt(2))

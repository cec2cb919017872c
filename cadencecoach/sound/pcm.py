"""Samples as 16-bit numbers, as sound files hold them."""

import numpy as np
from numpy.typing import NDArray

from cadencecoach.sound.rate import FULL_SCALE


def to_pcm16(samples: NDArray[np.float32]) -> NDArray[np.int16]:
    """16-bit samples of floats in -1..1, same shape; beyond is clipped, halves go to even, no dither.

    Undithered on purpose: the same session must give the same file, and the silence between clicks stays silent.
    """
    scaled = np.clip(samples, -1.0, 1.0) * np.float32(FULL_SCALE)
    np.rint(scaled, out=scaled)
    return scaled.astype(np.int16)


def from_pcm16(samples: NDArray[np.int16]) -> NDArray[np.float32]:
    """The inverse of `to_pcm16`, exact to the 16 bits."""
    return samples.astype(np.float32) / np.float32(FULL_SCALE)

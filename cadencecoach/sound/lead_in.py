"""The noise that wakes headphones: loud enough for their electronics, too quiet to mind.

Made without numpy: it is all of the sound that a program whose card is played by another process has to make itself.
"""

from array import array
from functools import lru_cache
from random import Random

from cadencecoach.sound.rate import FS_HZ, FULL_SCALE
from cadencecoach.units import frame_at, gain_from_db

LEVEL = gain_from_db(-50.0)  # RMS; headphones take what is below some -70 dB for silence
SEED = 1  # the same session gives the same file


@lru_cache(maxsize=1)  # the same for all sessions that a process begins
def lead_in_clip(length_s: float) -> "array[int]":
    """Noise of a length, 16 bit at our own rate, that begins from nothing; it is nobody's to change."""
    n_frames = max(1, frame_at(length_s, FS_HZ))
    noise, level = Random(SEED).gauss, LEVEL * FULL_SCALE  # noqa: S311  # nobody is kept from guessing it
    rise = n_frames / 4
    return array("h", (round(noise(0.0, level) * min(1.0, frame / rise)) for frame in range(n_frames)))

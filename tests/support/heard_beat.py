"""Clicks in what a sound server has recorded, told from the words that are spoken between and after them."""

import itertools

import numpy as np
from numpy.typing import NDArray
from sound_servers import FS_HZ

LOUD, QUIET_FRAMES = 0.05, 4000
RISE_FRAMES, LENGTH_FRAMES = FS_HZ // 200, FS_HZ // 10


def click_frames(heard: NDArray[np.float32]) -> list[int]:
    """The first loud frame of each click. A click is loudest as it begins, also one that is cut off; a word swells."""
    loud = np.flatnonzero(np.abs(heard) > LOUD)
    begins = loud[np.flatnonzero(np.diff(loud, prepend=-FS_HZ) > QUIET_FRAMES)]
    return [int(at) for at in begins if np.abs(heard[at : at + LENGTH_FRAMES]).argmax() < RISE_FRAMES]


def click_intervals(heard: NDArray[np.float32]) -> list[int]:
    """Frames from each click to the next."""
    return [after - before for before, after in itertools.pairwise(click_frames(heard))]

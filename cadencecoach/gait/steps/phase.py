"""Where in the step the body is: the phase of the step rhythm in the length of the acceleration vector.

A wave of four steps' length under a bell (Hann) is laid over the signal. Of that length it is blind to anything at one
half, one and a half, two, ... times the step rate: to the stride, the arm and the other harmonics. What is left turns
once a step, and its phase runs through missing peaks and double peaks alike.
"""

import math

import numpy as np
from numpy.typing import NDArray

from cadencecoach.gait.steps.resampled import GRID_HZ
from cadencecoach.units import SECONDS_PER_MINUTE

Floats = NDArray[np.float64]
Complexes = NDArray[np.complex128]

HALF_LENGTH_STEPS = 2.0


def half_length(cadence_spm: float) -> int:
    """How many values of the grid the wave needs on each side of the moment it asks about."""
    return math.ceil(HALF_LENGTH_STEPS * SECONDS_PER_MINUTE / cadence_spm * GRID_HZ)


def turning(lengths_g: Floats, cadence_spm: float, turns_per_step: float = 1.0) -> Complexes:
    """The rhythm of a signal: its angle is the phase, 0 at the most push; its size the amplitude in g.

    Args:
        lengths_g: shape (n,): lengths of the acceleration vector on the grid
        cadence_spm: about how often somebody steps
        turns_per_step: 1 follows the step; 0.5 the stride, and is blind to the step
    Returns:
        shape (n - 2 half_length,): one for each value that has `half_length` values on each side
    """
    half = half_length(cadence_spm)
    steps = np.arange(-half, half + 1) * cadence_spm / SECONDS_PER_MINUTE / GRID_HZ
    bell = np.cos(np.pi * steps / (2 * HALF_LENGTH_STEPS)) ** 2
    wave = bell * np.exp(2j * np.pi * turns_per_step * steps)
    wave -= bell * (wave.sum() / bell.sum())  # blind to gravity, exactly
    return np.asarray(np.convolve(lengths_g, wave, "valid") * 2 / bell.sum())

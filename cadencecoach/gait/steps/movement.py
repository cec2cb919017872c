"""What else the signal says, where the place allows it: vertical oscillation at the trunk, contact time at the foot.

Each number comes with its error, and where it cannot be had there is none. Both errors are what the method does on
simulated motion plus what no simulation holds (a strap that moves on the skin, a trunk that tilts); no recording with
measured oscillation or contact was at hand, so they are guesses on the large side.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cadencecoach.gait.steps.placement import Placement
from cadencecoach.gait.steps.resampled import GRID_HZ
from cadencecoach.units import SECONDS_PER_MINUTE

Floats = NDArray[np.float64]

GRAVITY_MPS2 = 9.80665
TRUNK = (Placement.HIP, Placement.CHEST, Placement.TRUNK)

N_FITTED = int(3.0 * GRID_HZ)  # at least; some strides, so that left and right even out
HARMONICS = (0.5, 1.0, 1.5, 2.0, 3.0, 4.0)  # of the step rate; the halves are the difference of left and right
OSCILLATION_ERROR = 0.2  # as a part
MIN_OSCILLATION_ERROR_M = 0.01

CONTACT_ERROR_S = 0.04  # besides a sample's time on both ends
MIN_CONTACT_RATE_HZ = 90.0  # at fewer the push is no longer seen
CONTACT_S = (0.08, 0.45)  # of a runner
N_STRIDES = 3  # at least, to take the middle one of
PEAK_SHARE = 0.25  # of the impact; a push is smaller


@dataclass(frozen=True, slots=True)
class Measured:
    """A number and how far off it may be, in the same unit."""

    value: float
    error: float


def vertical_oscillation_m(recent: Floats, cadence_spm: float | None, placement: Placement | None) -> Measured | None:
    """How far the trunk goes up and down in a step; None where the place or the signal does not say.

    The step rhythm and its harmonics are fitted to the acceleration along gravity and each is integrated twice, which
    for a harmonic is a division: no drift, no filter.

    Args:
        recent: shape (n, 4) on the grid, the newest seconds
        cadence_spm: step rate meanwhile
        placement: where the sensor sits
    """
    if placement not in TRUNK or not cadence_spm or len(recent) < N_FITTED:
        return None
    vector = recent[-N_FITTED:, :3]
    gravity = vector.mean(axis=0)
    up_mps2 = (vector @ gravity / np.linalg.norm(gravity) - np.linalg.norm(gravity)) * GRAVITY_MPS2
    omega = 2 * np.pi * cadence_spm / SECONDS_PER_MINUTE * np.array(HARMONICS)
    waves = _waves(np.arange(N_FITTED) / GRID_HZ, omega)
    sizes, *_ = np.linalg.lstsq(waves, up_mps2, rcond=None)
    lifts = -sizes / np.repeat(omega**2, 2) * np.repeat([harmonic % 1 == 0 for harmonic in HARMONICS], 2)
    path_m = _waves(np.linspace(0, SECONDS_PER_MINUTE / cadence_spm, 100), omega) @ lifts
    value = float(np.ptp(path_m))
    return Measured(value, max(OSCILLATION_ERROR * value, MIN_OSCILLATION_ERROR_M))


def _waves(times_s: Floats, omega: Floats) -> Floats:
    """Cosine and sine of each frequency, side by side: shape (n, 2 k)."""
    turns = np.outer(times_s, omega)
    return np.stack([np.cos(turns), np.sin(turns)], axis=2).reshape(len(times_s), -1)


def contact_time_s(
    times_s: Floats, accel_g: Floats, cadence_spm: float | None, placement: Placement | None
) -> Measured | None:
    """How long the foot is down in running; None where the place, the rate or the signal does not say.

    A foot is struck when it lands and pushes when it leaves: the largest change of a stride, and the last large value
    within the time a contact can take.

    Args:
        times_s: shape (n,): the newest seconds of samples as they came
        accel_g: shape (n, 3)
        cadence_spm: step rate meanwhile
        placement: where the sensor sits
    """
    if placement is not Placement.FOOT or not cadence_spm or len(times_s) < 2:  # noqa: PLR2004  # two make a rate
        return None
    period_s = float(np.median(np.diff(times_s)))
    if 1 / period_s < MIN_CONTACT_RATE_HZ:
        return None
    lengths_g = np.abs(np.linalg.norm(accel_g, axis=1) - 1.0)
    strikes = _strikes(lengths_g, round(2 * SECONDS_PER_MINUTE / cadence_spm / period_s))
    contacts_s = [found for strike in strikes if (found := _contact_s(lengths_g[strike:], period_s)) is not None]
    if len(contacts_s) < N_STRIDES:
        return None
    return Measured(float(np.median(contacts_s)), CONTACT_ERROR_S + 2 * period_s)


def _strikes(lengths_g: Floats, stride: int) -> list[int]:
    """The strongest sample of each stride, one a stride."""
    first = int(np.argmax(lengths_g[:stride]))
    strikes = [first]
    while (begin := strikes[-1] + round(0.8 * stride)) + round(0.4 * stride) <= len(lengths_g):
        strikes.append(begin + int(np.argmax(lengths_g[begin : begin + round(0.4 * stride)])))
    return strikes


def _contact_s(lengths_g: Floats, period_s: float) -> float | None:
    """Time from a strike to the push after it; None if none is seen."""
    low, high = (round(limit_s / period_s) for limit_s in CONTACT_S)
    after = lengths_g[low : high + 1]
    if len(after) <= high - low:
        return None
    peaks = np.flatnonzero((after[1:-1] >= after[:-2]) & (after[1:-1] > after[2:])) + 1
    strong = [int(peak) for peak in peaks if after[peak] >= PEAK_SHARE * lengths_g[0]]
    return (low + max(strong, key=lambda peak: after[peak])) * period_s if strong else None

"""What else the signal says, where the place allows it: vertical oscillation at the trunk, contact time at the foot.

Each number comes with its error (`gait.dynamics`), and where it cannot be had there is none.
"""

import numpy as np
from numpy.typing import NDArray

from cadencecoach.gait.dynamics import SIGNAL, Measured, with_error
from cadencecoach.gait.steps.placement import Placement
from cadencecoach.gait.steps.resampled import GRID_HZ
from cadencecoach.units import SECONDS_PER_MINUTE

Floats = NDArray[np.float64]

GRAVITY_MPS2 = 9.80665
GRAVITY_G = (0.8, 1.25)  # of the mean: where it is less, gravity was taken off, and nothing says which way is up
TRUNK = (Placement.HIP, Placement.CHEST, Placement.TRUNK)
MM_PER_M, MS_PER_S = 1000.0, 1000.0

N_FITTED = int(3.0 * GRID_HZ)  # at least; some strides, so that left and right even out
HARMONICS = (0.5, 1.0, 1.5, 2.0, 3.0, 4.0)  # of the step rate; the halves are the difference of left and right

MIN_CONTACT_RATE_HZ = 90.0  # at fewer the push is no longer seen
LARGEST_GAP = 1.5  # of a sample's time; after more a sample is missing, and a stride is cut
QUIET_G, QUIET_S = 0.4, 0.04  # off 1 g, and for how long: a foot that is flat on the ground
LANDS_WITHIN_S = 0.1  # before it is quiet
LEAVES_WITHIN_S = 0.2  # after it was quiet
VALLEY, AS_STRONG = 0.6, 0.75  # of the first peak after that
HEEL_TO_TOES_S = 0.11
MIN_PUSH_G = 1.5
LOOKED_AT_S = 0.01  # samples that come more often are joined: a ripple on the way up is no peak
CLIPPED_G = (
    7.0  # at most what a sensor tells, all axes together, that is cut off at 4 g; a running foot is struck harder
)
N_STRIDES = 3  # at least, to take the middle one of
SPREAD_S = 0.03  # of the middle half of them; more, and something else was seen


def vertical_oscillation_mm(recent: Floats, cadence_spm: float | None, placement: Placement | None) -> Measured | None:
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
    length_g = float(np.linalg.norm(gravity))
    if not GRAVITY_G[0] <= length_g <= GRAVITY_G[1]:
        return None
    up_mps2 = (vector @ gravity / length_g - length_g) * GRAVITY_MPS2
    omega = 2 * np.pi * cadence_spm / SECONDS_PER_MINUTE * np.array(HARMONICS)
    waves = _waves(np.arange(N_FITTED) / GRID_HZ, omega)
    sizes, *_ = np.linalg.lstsq(waves, up_mps2, rcond=None)
    lifts = -sizes / np.repeat(omega**2, 2) * np.repeat([harmonic % 1 == 0 for harmonic in HARMONICS], 2)
    path_m = _waves(np.linspace(0, SECONDS_PER_MINUTE / cadence_spm, 100), omega) @ lifts
    return with_error("oscillation_mm", float(np.ptp(path_m)) * MM_PER_M, SIGNAL)


def _waves(times_s: Floats, omega: Floats) -> Floats:
    """Cosine and sine of each frequency, side by side: shape (n, 2 k)."""
    turns = np.outer(times_s, omega)
    return np.stack([np.cos(turns), np.sin(turns)], axis=2).reshape(len(times_s), -1)


def contact_time_ms(
    times_s: Floats, accel_g: Floats, cadence_spm: float | None, placement: Placement | None
) -> Measured | None:
    """How long the foot is down in running; None where the place, the rate or the signal does not say, and in a gap.

    Only a foot on the ground is still, so each contact is sought around such a time: the foot was struck hardest
    shortly before it, and pushes hardest shortly after it, when the toes leave. A foot that never lies flat tells none.

    Args:
        times_s: shape (n,): the newest seconds of samples as they came
        accel_g: shape (n, 3)
        cadence_spm: step rate meanwhile
        placement: where the sensor sits
    """
    if placement is not Placement.FOOT or not cadence_spm or len(times_s) < 2:  # noqa: PLR2004  # two make a rate
        return None
    steps_s = np.diff(times_s)
    period_s = float(np.median(steps_s))
    if period_s <= 0 or 1 / period_s < MIN_CONTACT_RATE_HZ or float(steps_s.max()) > LARGEST_GAP * period_s:
        return None
    if float(np.linalg.norm(accel_g, axis=1).max()) < CLIPPED_G:
        return None
    n_joined = max(1, round(LOOKED_AT_S / period_s))
    joined_g = accel_g[len(accel_g) % n_joined :].reshape(-1, n_joined, 3).mean(axis=1)
    off_g, period_s = np.abs(np.linalg.norm(joined_g, axis=1) - 1.0), period_s * n_joined
    around = (_contact_s(off_g, quiet, period_s) for quiet in _quiet(off_g, period_s))
    contacts_s = [contact_s for contact_s in around if contact_s is not None]
    if len(contacts_s) < N_STRIDES:
        return None
    low_s, middle_s, high_s = np.quantile(contacts_s, (0.25, 0.5, 0.75))
    if high_s - low_s > SPREAD_S:
        return None
    found = with_error("contact_ms", float(middle_s) * MS_PER_S, SIGNAL)
    return None if found is None else Measured(found.value, found.error + 2 * period_s * MS_PER_S)  # a sample each end


def _quiet(off_g: Floats, period_s: float) -> list[tuple[int, int]]:
    """First and last sample of each time the foot lies flat."""
    is_quiet = np.concatenate([[False], off_g < QUIET_G, [False]])
    edges = np.flatnonzero(np.diff(is_quiet.astype(int)))
    pairs = zip(edges[::2], edges[1::2], strict=True)
    return [(int(first), int(end) - 1) for first, end in pairs if (end - first) * period_s >= QUIET_S]


def _contact_s(off_g: Floats, quiet: tuple[int, int], period_s: float) -> float | None:
    """From the strike before a quiet time to the push after it; None where one of them is not seen."""
    first, last = quiet
    begin, end = first - round(LANDS_WITHIN_S / period_s), last + 1 + round(LEAVES_WITHIN_S / period_s)
    if begin < 0 or end > len(off_g):
        return None
    strike = begin + int(np.argmax(off_g[begin:first]))
    push = _push(off_g[last + 1 : end], period_s)
    return None if push is None else (last + 1 + push - strike) * period_s


def _push(after_g: Floats, period_s: float) -> int | None:
    """Where the toes leave, among the samples after a foot lay flat: the first peak, or one as strong after a valley.

    Before the toes leave the heel rises, which may be a peak of its own; after them comes the swing, which is weaker.
    """
    peaks = np.flatnonzero((after_g[1:-1] >= after_g[:-2]) & (after_g[1:-1] > after_g[2:])) + 1
    strong = [int(peak) for peak in peaks if after_g[peak] >= MIN_PUSH_G]
    if not strong:
        return None
    first, *others = strong
    valleys = [
        other
        for other in others
        if after_g[first:other].min() < VALLEY * after_g[first]
        and after_g[other] >= AS_STRONG * after_g[first]
        and (other - first) * period_s <= HEEL_TO_TOES_S
    ]
    return max(valleys, key=lambda peak: after_g[peak]) if valleys else first

"""What a simulation is made of: a style of moving, the times of the steps, and the recording that comes of it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cadencecoach.units import SECONDS_PER_MINUTE

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """How somebody moves.

    Attributes:
        contact_ratio: part of a step's time the foot is on the ground; above 1 both are at times: walking
        impact_g: size of the impact at the trunk
        jitter: SD of a step's time, as a part of it
        asymmetry: the left step is stronger and the right one weaker by this part
        arm_deg: swing of the arm to each side
        noise_g: SD of the sensor's noise
    """

    contact_ratio: float = 0.7
    impact_g: float = 0.5
    jitter: float = 0.02
    asymmetry: float = 0.06
    arm_deg: float = 30.0
    noise_g: float = 0.02

    @property
    def is_running(self) -> bool:
        """Whether there is a time without a foot on the ground."""
        return self.contact_ratio < 1


RUN = Style()
WALK = Style(contact_ratio=1.2, impact_g=0.15, jitter=0.025, arm_deg=22.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Motion:
    """A simulated recording with what is true of it.

    Attributes:
        times_s: shape (n,), rising
        accel_g: shape (n, 3), in an orientation of the sensor's own
        steps_s: shape (k,), when a foot came down, both feet
    """

    times_s: Floats
    accel_g: Floats
    steps_s: Floats


def step_times(pieces: list[tuple[float, float]], *, jitter: float, seed: int, from_s: float = 1.0) -> Floats:
    """When feet come down.

    Args:
        pieces: (seconds, spm) one after the other; 0 spm is standing
        jitter: SD of a step's time, as a part of it
        seed: the same seed gives the same steps
        from_s: when the first piece begins
    """
    random = np.random.default_rng(seed)
    steps, now_s, end_s = [], from_s, from_s
    for length_s, cadence_spm in pieces:
        end_s += length_s
        while cadence_spm > 0 and now_s < end_s:
            steps.append(now_s)
            now_s += SECONDS_PER_MINUTE / cadence_spm * (1 + jitter * random.standard_normal())
        now_s = max(now_s, end_s)
    return np.array(steps)


def any_orientation(random: np.random.Generator) -> Floats:
    """A rotation drawn at random."""
    rotation, _ = np.linalg.qr(random.standard_normal((3, 3)))
    return np.asarray(rotation)

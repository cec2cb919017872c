"""Where in the step and in the stride each sample stands."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Cycle:
    """Where in the cycle each sample stands.

    Attributes:
        step: part of the step that has passed, 0 to 1
        side: 1 for the left foot's steps, -1 for the right foot's
        lasts_s: how long the step takes; where nobody steps, 1
        moves: 1 where somebody steps, else 0
    """

    step: Floats
    side: Floats
    lasts_s: Floats
    moves: Floats

    @classmethod
    def at(cls, times_s: Floats, steps_s: Floats) -> "Cycle":
        """The place of each time in the cycle of these steps."""
        index = np.searchsorted(steps_s, times_s, side="right") - 1
        lasts = np.append(np.diff(steps_s), math.inf)
        within = index >= 0
        safe = np.where(within, index, 0)
        walks = within & (lasts[safe] < 1.5)  # as documented
        lasts_s = np.where(walks, lasts[safe], 1.0)
        step = np.where(walks, (times_s - steps_s[safe]) / lasts_s, 0.0)
        return cls(step, np.where(safe % 2, -1.0, 1.0), lasts_s, walks.astype(float))

    @property
    def stride(self) -> Floats:
        """Part of the stride that has passed, 0 to 1."""
        return (self.step + np.where(self.side > 0, 0.0, 1.0)) / 2

    @property
    def since_s(self) -> Floats:
        """Seconds since the foot came down."""
        return self.step * self.lasts_s


def ring(since_s: Floats, *, hz: float, decay_s: float) -> Floats:
    """What an impact leaves behind."""
    return np.sin(2 * math.pi * hz * since_s) * np.exp(-since_s / decay_s)

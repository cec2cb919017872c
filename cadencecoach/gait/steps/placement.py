"""Where on the body a sensor sits."""

from dataclasses import dataclass
from enum import Enum

import numpy as np

from cadencecoach.gait.steps.rhythm import Rhythm, hardest_step_g


class Placement(Enum):
    """Where a sensor is worn; the value is for the screen."""

    FOOT = "foot"
    HIP = "hip"
    CHEST = "chest"
    TRUNK = "hip or chest"  # what can be told from the signal alone; pockets and bags count as this too
    WRIST = "wrist"


MIN_VOTES = 10  # two seconds of steps
FOOT_QUIET = 0.2  # part of the time; nothing but a foot on the ground is still in the middle of a stride
FOOT_HARDER_BY = 3.0  # than the least of an arm or a foot: feet move by 3 to 9 times as much, arms by 1 to 2
FOOT_LEVEL_G = 2.2  # arms of runners move by 1 to 2 g
ALIKE_ABOVE = 0.4  # likeness of two steps: a trunk does the same at each
SWINGS_BELOW = -0.2  # likeness of two steps: an arm or a foot goes the other way


@dataclass(frozen=True, slots=True)
class Votes:
    """What the rhythm of each moment says about the place, counted.

    Attributes:
        counts: votes for each place
    """

    counts: tuple[tuple[Placement, int], ...] = ()

    @property
    def placement(self) -> Placement | None:
        """The place with most votes; None while there are few."""
        if sum(n for _, n in self.counts) < MIN_VOTES:
            return None
        return max(self.counts, key=lambda count: count[1])[0]

    def with_rhythm(self, rhythm: Rhythm) -> "Votes":
        """The votes after one more moment."""
        place = place_of(rhythm)
        counts = dict(self.counts)
        counts[place] = counts.get(place, 0) + 1
        return Votes(tuple(counts.items()))


def place_of(rhythm: Rhythm) -> Placement:
    """What one moment says: a foot is still while it is down, an arm swings, a trunk does the same at each step."""
    if rhythm.quiet >= FOOT_QUIET:
        return Placement.FOOT
    least_g = float(hardest_step_g(np.array(rhythm.cadence_spm / 2)))
    if rhythm.vector_likeness < ALIKE_ABOVE and rhythm.level_g > min(FOOT_HARDER_BY * least_g, FOOT_LEVEL_G):
        return Placement.FOOT
    return Placement.WRIST if rhythm.vector_likeness < SWINGS_BELOW else Placement.TRUNK

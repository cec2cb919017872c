"""A simulation of acceleration at hip, chest, wrist and foot, of a phone held in a hand, and of a ride in a car.

It is there to try the detection where no recording is at hand. It is a simulation: forces are drawn from a few curves
with plausible sizes, and nothing here says anything about a real body. `shoe` draws a foot in another way, from the
path it takes, so that no rule is fitted to one drawing; `bouncing` draws a trunk whose oscillation is given.
"""

from simulated_bodies.body import moving
from simulated_bodies.bouncing import Bounce, bouncing, harder
from simulated_bodies.motion import RUN, WALK, Motion, Style, step_times
from simulated_bodies.others import car_ride, lying_still
from simulated_bodies.shoe import Shoe, shod

__all__ = [
    "RUN",
    "WALK",
    "Bounce",
    "Motion",
    "Shoe",
    "Style",
    "bouncing",
    "car_ride",
    "harder",
    "lying_still",
    "moving",
    "shod",
    "step_times",
]

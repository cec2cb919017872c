"""Which step rates people walk and run with at a speed: the limits of what is possible, not of what is usual.

A step rate and a speed give a step length, and a reading taken for strides instead of steps has twice the rate and
half the length. What people do lies far enough apart for that: a walk's ratio of step length to step rate changes by
a factor of four, and nobody runs on steps of 30 cm.
"""

from cadencecoach.units import FASTEST_WALK_MPS, MAX_CADENCE_SPM, SECONDS_PER_MINUTE

# Walking: step length over step rate is nearly the same at all speeds, 0.0065 m per step/min in adults (Sekiya and
# Nagasaki 1998, Gait & Posture 7:225), 0.005 to 0.008 from short to tall; our limits stand well outside.
WALK_RATIO = (0.0040, 0.0105)

# Running: 155-203 steps a minute at 2.2 to 4.6 m/s, 6 to 8 more for each m/s; slow jogs of 40 cm steps are
# taught at 180 a minute; sprinters take steps up to 2.6 m at 240 to 280 a minute.
RUN_FROM_SPM = 125.0
RUN_UP_TO_AT_REST_SPM, RUN_UP_TO_PER_MPS = 175.0, 20.0  # a slow jog of more steps than this is a walk read doubled
RUN_STEP_M = (0.38, 2.7)

# A speed is late: a pod smooths it over some seconds, a belt takes some to start, satellites lag by as many. Steps are
# told sooner, so that beside the first steps after a stop stands the speed of somebody who stands. Of a sensor that
# takes 20 s to the full speed it then is near enough.
SPEED_LATE_S = 15.0


def can_walk(cadence_spm: float, speed_mps: float) -> bool:
    """Whether somebody can walk with a step rate at a speed, both above zero."""
    shortest, longest = WALK_RATIO
    ratio = step_length_m(cadence_spm, speed_mps) / cadence_spm
    return speed_mps < FASTEST_WALK_MPS and shortest <= ratio <= longest


def can_run(cadence_spm: float, speed_mps: float) -> bool:
    """Whether somebody can run with a step rate at a speed, both above zero."""
    most_spm = min(MAX_CADENCE_SPM, RUN_UP_TO_AT_REST_SPM + RUN_UP_TO_PER_MPS * speed_mps)
    shortest_m, longest_m = RUN_STEP_M
    length_m = step_length_m(cadence_spm, speed_mps)
    return RUN_FROM_SPM <= cadence_spm <= most_spm and shortest_m <= length_m <= longest_m


def is_of_run(speed_mps: float, cadence_spm: float) -> bool:
    """Whether somebody who runs with a step rate above zero can be so slow; a speed below that is another moment's."""
    shortest_m, _ = RUN_STEP_M
    return step_length_m(cadence_spm, speed_mps) >= shortest_m


def step_length_m(cadence_spm: float, speed_mps: float) -> float:
    """Length of a step at a step rate above zero."""
    return speed_mps * SECONDS_PER_MINUTE / cadence_spm

"""Steps that are held back until it is sure that somebody steps."""

import numpy as np
import pytest
from each_row import each_row
from simulated_bodies import WALK, moving

from cadencecoach.gait.steps import Footstep, Placement, StepDetector
from cadencecoach.gait.steps.following import Burst


def burst(n: int, every_s: float, from_s: float = 10.0) -> list[Footstep]:
    """So many steps in a row."""
    return [Footstep(from_s + index * every_s, is_inferred=False) for index in range(n)]


@each_row(("n", "every_s", "n_told"), [(4, 0.5, 0), (5, 0.5, 5), (5, 60 / 66.1, 5), (50, 60 / 65.9, 0)])
def test_fewer_than_five_steps_or_slower_ones_than_a_slow_walk_are_none(n: int, every_s: float, n_told: int) -> None:
    """A little above 66 a minute they are steps, a little below none, however many; they come one by one."""
    steps = Burst()
    assert sum(len(steps.tell([step])) for step in burst(n, every_s)) == n_told
    assert sum(len(steps.tell([step])) for step in burst(n, every_s, 100.0)) == n_told


def test_a_step_not_seen_costs_none_of_the_others() -> None:
    """A walk at 70 a minute whose every sixth step is missing: what was seen is told in order, up to the end."""
    seen = [step for index, step in enumerate(burst(60, 60 / 70)) if index % 6 != 3]
    steps = Burst()
    told = [step for one in seen for step in steps.tell([one])]
    assert told == seen[: len(told)]
    assert len(seen) - len(told) < 5


@each_row(("silent_s", "n_told"), [(3.6, 9), (3.7, 5)])
def test_a_silence_ends_a_burst(silent_s: float, n_told: int) -> None:
    """Four steps, a silence, five more: as long as five of the slowest take, and the four were none."""
    steps, first = Burst(), burst(4, 0.5)
    told = [step for one in (*first, *burst(5, 0.5, first[-1].time_s + silent_s)) for step in steps.tell([one])]
    assert len(told) == n_told


def test_a_clock_that_begins_anew_ends_a_burst() -> None:
    """Four steps, and four on another clock, are no eight."""
    steps = Burst()
    assert steps.tell(burst(4, 0.5, 100.0)) == []
    assert steps.tell(burst(4, 0.5, 0.0)) == []


@pytest.mark.slow
@pytest.mark.parametrize(("n", "n_told"), [(3, 0), (12, 44)])
def test_a_detector_tells_no_gesture(n: int, n_told: int) -> None:
    """Four times some steps, and stillness in between: three are none, of twelve most are told."""
    steps_s = [1.0 + 12.0 * time + 0.55 * index for time in range(4) for index in range(n)]
    motion = moving(Placement.HIP, np.array(steps_s), WALK, rate_hz=50.0, seed=1)
    detector = StepDetector()
    told = detector.feed(motion.times_s, motion.accel_g) + detector.finish()
    assert len(told) == detector.n_steps == n_told

"""The runner's speed at, below and above each edge."""

from dataclasses import replace

from coach_rig import STAGE
from each_row import each_row
from own_feedback import FEEDBACK

from cadencecoach.coach.speeds import (
    Speeds,
    at_stage,
    go_off,
    has_slowed,
    in_walk,
    is_outside,
    is_sprinting,
    is_too_old,
    with_speed,
)
from cadencecoach.plan.model import Between, Fixed, Free, Relative, Stage, Target

NEVER = float("inf")
HELD = Speeds(held_mps=4.0, mean_mps=4.0, known_mps=(3.0, 4.0))
QUARTER = replace(FEEDBACK, slowed_ratio=0.25, sprint_ratio=0.25)  # so that an edge is a round number


def stage_of(target: Target) -> Stage:
    """A stage that asks for it."""
    return replace(STAGE, target=target)


@each_row(("mean_mps", "is_so"), [(2.99, True), (3.0, False), (3.01, False)])
def test_slowed_is_below_a_part_of_the_held_speed(mean_mps: float, *, is_so: bool) -> None:
    """At the edge itself the speed is kept."""
    assert has_slowed(replace(HELD, mean_mps=mean_mps), QUARTER) is is_so
    assert not has_slowed(replace(HELD, mean_mps=mean_mps, held_mps=None), QUARTER)


@each_row(("mean_mps", "is_so"), [(4.99, False), (5.0, False), (5.01, True)])
def test_a_sprint_is_above_a_part_of_the_held_speed(mean_mps: float, *, is_so: bool) -> None:
    """At the edge itself it is none."""
    assert is_sprinting(replace(HELD, mean_mps=mean_mps), QUARTER) is is_so
    assert not is_sprinting(replace(HELD, mean_mps=mean_mps, held_mps=None), QUARTER)


@each_row(("mean_mps", "is_so"), [(2.49, True), (2.5, False), (2.51, False), (4.49, False), (4.5, False), (4.51, True)])
def test_outside_is_half_a_metre_a_second_from_the_known_speeds(mean_mps: float, *, is_so: bool) -> None:
    """The edges are known; without a baseline's speeds nothing is outside."""
    assert is_outside(replace(HELD, mean_mps=mean_mps), FEEDBACK) is is_so
    assert not is_outside(replace(HELD, mean_mps=mean_mps, known_mps=None), FEEDBACK)


@each_row(("mean_mps", "is_so"), [(1.99, True), (2.0, False), (2.01, False)])
def test_far_slower_is_twice_the_range(mean_mps: float, *, is_so: bool) -> None:
    """1 m/s below the slowest known speed is the edge, and not yet far."""
    after = go_off(replace(HELD, mean_mps=mean_mps), FEEDBACK)
    assert (after.is_off, after.is_far_slower) == (True, is_so)


def test_a_speed_counts_for_less_than_its_window() -> None:
    """Heard 10 s ago exactly is over; a moment less is not."""
    speeds = replace(HELD, heard=((9.9, 1.0), (10.0, 2.0), (10.1, 3.0)))
    after = with_speed(speeds, FEEDBACK, 20.0, 5.0)
    assert after.heard == ((10.1, 3.0), (20.0, 5.0))
    assert after.mean_mps == 4.0


@each_row(("now_r", "is_so"), [(29.9, False), (30.0, False), (30.1, True)])
def test_a_speed_is_unheard_after_its_window(now_r: float, *, is_so: bool) -> None:
    """Counted from the newest that was heard."""
    speeds = replace(HELD, heard=((5.0, 3.0), (12.0, 3.0), (20.0, 3.0)))
    assert is_too_old(speeds, FEEDBACK, now_r) is is_so


def test_a_speed_never_heard_is_unheard_only_where_it_mutes() -> None:
    """Off, or far slower: else there is nothing to undo."""
    assert not is_too_old(Speeds(), FEEDBACK, 100.0)
    assert is_too_old(Speeds(is_off=True), FEEDBACK, 100.0)
    assert is_too_old(Speeds(is_far_slower=True), FEEDBACK, 100.0)


@each_row("is_running", [True, False])
@each_row("target", [Free(), Relative(0.05)])
def test_a_stage_begins_off_the_known_speeds_only_where_it_asks_for_a_change_and_somebody_runs(
    target: Target, *, is_running: bool
) -> None:
    """Far too fast for the baseline as the stage begins."""
    fast = replace(HELD, mean_mps=6.0)
    begun = at_stage(fast, stage_of(target), 50.0, is_running=is_running)
    is_off = is_running and isinstance(target, Relative)
    assert (begun.is_off, begun.off_r) == (is_off, 50.0 if is_off else NEVER)
    assert (begun.held_mps, begun.moved_r) == (6.0 if is_running else None, 50.0)


@each_row("target", [Fixed(170.0), Between(165.0, 175.0)])
def test_a_target_in_steps_a_minute_forgets_what_was_off(target: Target) -> None:
    """It asks nothing of a speed."""
    begun = at_stage(replace(HELD, is_off=True, is_far_slower=True, off_r=3.0), stage_of(target), 50.0, is_running=True)
    assert (begun.is_off, begun.is_far_slower, begun.off_r) == (False, False, NEVER)


def test_a_walk_keeps_only_that_the_runner_was_far_slower() -> None:
    """Not what was heard, held, or off; and the next speeds are late."""
    walked = in_walk(replace(HELD, heard=((1.0, 3.0),), is_off=True, is_far_slower=True, off_r=3.0))
    assert walked == Speeds(known_mps=(3.0, 4.0), is_far_slower=True, late_until_r=NEVER)

from functools import cache

import numpy as np
from each_row import each_row
from simulated_bodies import RUN, WALK, Bounce, Motion, Shoe, Style, bouncing, moving, shod, step_times

from cadencecoach.gait.movement import contact_time_ms, vertical_oscillation_mm
from cadencecoach.gait.steps import Placement, StepDetector

OTHERS_THAN_TRUNK = [Placement.FOOT, Placement.WRIST, None]
OTHERS_THAN_FOOT = [Placement.HIP, Placement.CHEST, Placement.TRUNK, Placement.WRIST, None]


def motion_at(place: Placement, style: Style, spm: float, rate_hz: float = 100.0) -> Motion:
    """Twelve seconds of even steps."""
    return moving(place, step_times([(12.0, spm)], jitter=0.01, seed=1), style, rate_hz=rate_hz, seed=1)


def heard(motion: Motion, place: Placement, to_s: float = 8.0) -> StepDetector:
    """A detector in the middle of it."""
    detector = StepDetector(place)
    now = motion.times_s < to_s
    detector.feed(motion.times_s[now], motion.accel_g[now])
    return detector


@cache
def chest_of_a_runner() -> StepDetector:
    """One that has heard a run at the chest; several claims look at it, and none feeds it."""
    return heard(motion_at(Placement.CHEST, RUN, 165.0), Placement.CHEST)


@each_row("place", [Placement.CHEST, Placement.HIP])
@each_row(
    ("style", "spm", "true_mm"),
    # by double integration of the simulated force over a step, at 1000 values a step
    [(RUN, 150.0, 96), (RUN, 165.0, 79), (RUN, 185.0, 63), (WALK, 100.0, 51), (WALK, 120.0, 35)],
)
def test_the_trunk_s_rise_and_fall_is_within_its_error(
    place: Placement, style: Style, spm: float, true_mm: float
) -> None:
    """Simulated runs and walks at trunk: the error beside the number holds, and is not larger than the number."""
    detector = heard(motion_at(place, style, spm), place)
    found = vertical_oscillation_mm(detector.recent, detector.cadence_spm, detector.placement)
    assert found is not None
    assert abs(found.value - true_mm) <= found.error < found.value


@each_row("place", OTHERS_THAN_TRUNK)
def test_no_oscillation_elsewhere(place: Placement | None) -> None:
    """A foot or a wrist goes up and down for other reasons."""
    detector = chest_of_a_runner()
    assert vertical_oscillation_mm(detector.recent, detector.cadence_spm, place) is None


def test_no_oscillation_without_steps_or_signal() -> None:
    """Who stands has none, and a second of signal is not enough."""
    detector = chest_of_a_runner()
    assert vertical_oscillation_mm(detector.recent, 0.0, Placement.CHEST) is None
    assert vertical_oscillation_mm(detector.recent, None, Placement.CHEST) is None
    assert vertical_oscillation_mm(detector.recent[-50:], 165.0, Placement.CHEST) is None


@each_row(("gravity_g", "is_told"), [(0.0, False), (0.75, False), (0.85, True), (1.0, True), (1.3, False)])
def test_no_oscillation_where_gravity_was_taken_off(gravity_g: float, is_told: bool) -> None:  # noqa: FBT001
    """Nothing says then which way is up."""
    detector = chest_of_a_runner()
    recent = detector.recent.copy()
    mean = recent[-150:, :3].mean(axis=0)
    recent[:, :3] += mean / np.linalg.norm(mean) * gravity_g - mean
    found = vertical_oscillation_mm(recent, detector.cadence_spm, Placement.CHEST)
    assert (found is not None) is is_told


@each_row("rate_hz", [100.0, 200.0, 400.0])
@each_row("contact_ratio", [0.55, 0.7, 0.85])
def test_the_foot_s_contact_is_within_its_error(contact_ratio: float, rate_hz: float) -> None:
    """Simulated runners who are down for 0.20 to 0.31 s: the error beside the number holds."""
    motion = motion_at(Placement.FOOT, Style(contact_ratio=contact_ratio), 165.0, rate_hz)
    now = (motion.times_s > 5.0) & (motion.times_s < 9.0)
    found = contact_time_ms(motion.times_s[now], motion.accel_g[now], 165.0, Placement.FOOT)
    assert found is not None
    assert abs(found.value - contact_ratio * 60_000 / 165.0) <= found.error
    assert found.error <= 60.01


@each_row("place", OTHERS_THAN_FOOT)
def test_no_contact_time_elsewhere(place: Placement | None) -> None:
    """Only a foot feels when it is down."""
    motion = motion_at(Placement.FOOT, RUN, 165.0)
    assert contact_time_ms(motion.times_s[500:900], motion.accel_g[500:900], 165.0, place) is None


def test_no_contact_time_of_too_few_samples() -> None:
    """At 50 Hz the push cannot be seen; two strides are not enough to take the middle one of."""
    slow, short = motion_at(Placement.FOOT, RUN, 165.0, 50.0), motion_at(Placement.FOOT, RUN, 165.0)
    assert contact_time_ms(slow.times_s[250:450], slow.accel_g[250:450], 165.0, Placement.FOOT) is None
    assert contact_time_ms(short.times_s[500:620], short.accel_g[500:620], 165.0, Placement.FOOT) is None
    assert contact_time_ms(np.empty(0), np.empty((0, 3)), 165.0, Placement.FOOT) is None


@each_row("rate_hz", [25.0, 52.0, 100.0, 200.0])
@each_row("oscillation_mm", [50.0, 80.0, 120.0])
@each_row("place", [Placement.HIP, Placement.CHEST])
def test_a_given_oscillation_is_told_within_its_error(place: Placement, oscillation_mm: float, rate_hz: float) -> None:
    """A body whose rise is known exactly, in a strap that tilts, gives and is wrongly scaled."""
    runner = Bounce.any(place.value, oscillation_mm, 240.0, 170.0, seed=2)
    detector = heard(bouncing(runner, seconds=8.0, rate_hz=rate_hz, seed=2), place, to_s=7.5)
    found = vertical_oscillation_mm(detector.recent, detector.cadence_spm, place)
    assert found is not None
    assert abs(found.value - oscillation_mm) <= found.error


@each_row("seed", range(1, 9))
def test_a_shoe_that_is_drawn_by_its_path_is_told_within_its_error_or_not_at_all(seed: int) -> None:
    """Another drawing of a foot than the one above; a sensor that is cut off at 4 g tells nothing."""
    shoe = Shoe.any(RUN, 170.0, seed)
    motion = shod(step_times([(12.0, 170.0)], jitter=0.01, seed=seed), shoe, rate_hz=100.0, seed=seed)
    now = (motion.times_s > 5.0) & (motion.times_s < 9.0)
    found = contact_time_ms(motion.times_s[now], motion.accel_g[now], 170.0, Placement.FOOT)
    assert (found is None) == (shoe.range_g == 4.0)
    if found is not None:
        assert abs(found.value - shoe.down_ratio * 120_000 / 170.0) <= found.error


def test_no_contact_time_across_a_gap() -> None:
    """A missing frame cuts a stride; what would be read across it is no contact."""
    motion = motion_at(Placement.FOOT, RUN, 165.0)
    now = (motion.times_s > 5.0) & (motion.times_s < 9.0) & ~((motion.times_s > 6.0) & (motion.times_s < 6.3))
    assert contact_time_ms(motion.times_s[now], motion.accel_g[now], 165.0, Placement.FOOT) is None

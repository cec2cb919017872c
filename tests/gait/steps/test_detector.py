import gzip
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from each_row import each_row
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from shared_runs import recorded_acceleration
from simulated_bodies import (
    RUN,
    WALK,
    Motion,
    Shoe,
    Style,
    car_ride,
    lying_still,
    moving,
    shod,
    step_times,
)

from cadencecoach.gait.steps import Footstep, Placement, StepDetector

Floats = NDArray[np.float64]

PLACES = (Placement.HIP, Placement.CHEST, Placement.WRIST, Placement.FOOT)
SHOWN = {Placement.HIP: Placement.TRUNK, Placement.CHEST: Placement.TRUNK}
GAITS = [(WALK, 112.0), (RUN, 155.0), (RUN, 185.0)]  # bench/steps.py tries many more


def fed(
    detector: StepDetector, times_s: Floats, accel_g: Floats, n_per_frame: int = 36
) -> Iterator[tuple[float, float | None, list[Footstep]]]:
    """Time, cadence and new steps after each frame."""
    for first in range(0, len(times_s), n_per_frame):
        part = slice(first, first + n_per_frame)
        steps = detector.feed(times_s[part], accel_g[part])
        yield float(times_s[part][-1]), detector.cadence_spm, steps


def run_through(times_s: Floats, accel_g: Floats, n_per_frame: int = 36) -> tuple[StepDetector, list[Footstep]]:
    """A detector that has heard it all, and the steps it told."""
    detector = StepDetector()
    steps = [step for _, _, new in fed(detector, times_s, accel_g, n_per_frame) for step in new]
    return detector, steps + detector.finish()


def cadences(motion: Motion, from_s: float, to_s: float) -> list[float]:
    """What is told between two times."""
    return heard(motion, from_s, to_s)[0]


def heard(motion: Motion, from_s: float, to_s: float, n_per_frame: int = 36) -> tuple[list[float], list[Footstep]]:
    """Cadences that are told between two times, and all steps."""
    detector = StepDetector()
    told = list(fed(detector, motion.times_s, motion.accel_g, n_per_frame))
    between = [cadence for time_s, cadence, _ in told if cadence is not None and from_s <= time_s < to_s]
    steps = [step for _, _, new in told for step in new] + detector.finish()
    assert detector.n_steps == len(steps)
    return between, steps


def simulated(place: Placement, style: Style, *pieces: tuple[float, float], rate_hz: float, seed: int = 1) -> Motion:
    """Somebody who steps in pieces of (seconds, spm)."""
    steps_s = step_times(list(pieces), jitter=style.jitter, seed=seed)
    return moving(place, steps_s, style, rate_hz=rate_hz, seed=seed)


@pytest.mark.parametrize(("style", "spm"), GAITS)
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.slow
def test_simulated_steps_are_counted_anywhere(place: Placement, style: Style, spm: float) -> None:
    """Walking and running at hip, chest, wrist and foot: count within 5 %, cadence within 3 spm."""
    motion = simulated(place, style, (16.0, spm), rate_hz=50.0)
    told, steps = heard(motion, 6.0, 16.0)
    true_spm = 60 * (len(motion.steps_s) - 1) / (motion.steps_s[-1] - motion.steps_s[0])
    assert len(steps) == pytest.approx(len(motion.steps_s), rel=0.05)
    assert np.median(told) == pytest.approx(true_spm, abs=3.0)


SHOES = [
    (rate_hz, style, spm)
    for rate_hz in (12.5, 26.0, 200.0)
    for style, spm in ((WALK, 82.0), (WALK, 138.0), (RUN, 150.0), (RUN, 205.0))
]


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.slow
def test_a_shoe_s_steps_are_counted(seed: int, pytestconfig: pytest.Config) -> None:
    """A foot drawn from its path, another one for each seed: count within 5 %, cadence within 3 spm.

    In short each gait at each rate with one of two feet, for 18 s; with `--long` with both of them, for 30 s.
    """
    is_long = pytestconfig.getoption("long")
    seconds = 30.0 if is_long else 18.0
    for number, (rate_hz, style, spm) in enumerate(SHOES):
        if not is_long and number % 2 != seed:
            continue
        steps_s = step_times([(seconds, spm)], jitter=style.jitter, seed=seed)
        motion = shod(steps_s, Shoe.any(style, spm, seed), rate_hz=rate_hz, seed=seed)
        told, steps = heard(motion, 6.0, seconds, round(0.36 * rate_hz))
        true_spm = 60 * (len(steps_s) - 1) / (steps_s[-1] - steps_s[0])
        assert len(steps) == pytest.approx(len(steps_s), rel=0.05), (rate_hz, spm)
        assert np.mean(told) == pytest.approx(true_spm, abs=3.0), (rate_hz, spm)


@pytest.mark.parametrize("rate_hz", [12.5, 400.0])
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.slow
def test_the_ends_of_the_range_of_rates(place: Placement, rate_hz: float) -> None:
    """12.5 Hz and 400 Hz are enough, and not too much."""
    motion = simulated(place, RUN, (14.0, 165.0), rate_hz=rate_hz)
    _, steps = run_through(motion.times_s, motion.accel_g, round(0.36 * rate_hz))
    assert len(steps) == pytest.approx(len(motion.steps_s), rel=0.05)


@pytest.mark.slow
@pytest.mark.parametrize("arm_deg", [10.0, 40.0])
def test_the_swing_of_an_arm_is_not_taken_for_the_steps(arm_deg: float) -> None:
    """An arm swings 58.5 times a minute while the steps are 117, however hard it swings."""
    motion = simulated(Placement.WRIST, replace(WALK, arm_deg=arm_deg), (14.0, 117.0), rate_hz=50.0)
    assert np.median(cadences(motion, 6.0, 14.0)) == pytest.approx(117.0, abs=3.0)


@pytest.mark.slow
def test_a_phone_held_in_a_hand_counts() -> None:
    """A hand that holds a phone still while its owner walks does not swing, but goes up and down with the trunk."""
    motion = simulated(Placement.WRIST, replace(WALK, arm_deg=2.0), (20.0, 108.0), rate_hz=50.0)
    _, steps = run_through(motion.times_s, motion.accel_g)
    assert len(steps) == pytest.approx(len(motion.steps_s), rel=0.05)


@each_row("place", PLACES)
def test_where_it_sits_is_told(place: Placement) -> None:
    """A foot, a swinging arm and a trunk are told apart; hip and chest are one answer, because they are alike."""
    motion = simulated(place, RUN, (8.0, 165.0), rate_hz=50.0)
    detector, _ = run_through(motion.times_s, motion.accel_g)
    assert detector.placement is SHOWN.get(place, place)


def test_where_it_sits_can_be_given() -> None:
    """What somebody said stands, whatever the signal says."""
    motion = simulated(Placement.WRIST, WALK, (10.0, 110.0), rate_hz=50.0)
    detector = StepDetector(Placement.HIP)
    detector.feed(motion.times_s, motion.accel_g)
    assert detector.placement is Placement.HIP


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.slow
def test_a_car_makes_no_steps(seed: int) -> None:
    """A minute on simulated springs: no step, and the cadence is 0 once there is enough to tell."""
    motion = car_ride(seconds=60.0, rate_hz=50.0, seed=seed)
    told, steps = heard(motion, 5.0, 60.0)
    assert steps == []
    assert set(told) == {0.0}


def test_a_sensor_that_lies_still_makes_no_steps() -> None:
    """Noise is no rhythm; before there is enough to tell the cadence is unknown, not 0."""
    motion = lying_still(seconds=10.0, rate_hz=50.0, seed=1)
    _, steps = run_through(motion.times_s, motion.accel_g)
    assert steps == []
    told = [cadence for _, cadence, _ in fed(StepDetector(), motion.times_s, motion.accel_g)]
    assert told[0] is None
    assert told[-1] == 0.0


@each_row("place", PLACES)
@each_row(("before_spm", "after_spm"), [(160.0, 176.0), (172.0, 165.0)])
def test_a_new_cadence_is_known_within_three_seconds(place: Placement, before_spm: float, after_spm: float) -> None:
    """From the first step at the new rate until the cadence told is within 3 spm of it, with frames of 0.36 s."""
    motion = simulated(place, RUN, (7.0, before_spm), (5.0, after_spm), rate_hz=100.0)
    change_s = float(motion.steps_s[np.searchsorted(motion.steps_s, 8.0)])
    told = fed(StepDetector(), motion.times_s, motion.accel_g)
    known_s = next(t for t, cadence, _ in told if t > change_s and cadence and abs(cadence - after_spm) <= 3.0)
    assert known_s - change_s <= 3.0


def test_a_stop_ends_the_cadence_and_the_steps() -> None:
    """Two seconds after the last step the cadence is 0, and no step is told that was not made."""
    motion = simulated(Placement.CHEST, RUN, (8.0, 165.0), rate_hz=100.0)
    last_s = float(motion.steps_s[-1])
    motion = replace(
        motion,
        times_s=np.concatenate([motion.times_s, motion.times_s[-1] + 0.01 + np.arange(500) / 100]),
        accel_g=np.concatenate([motion.accel_g, np.tile(motion.accel_g[-50:], (10, 1))]),
    )
    assert set(cadences(motion, last_s + 2.0, last_s + 8.0)) == {0.0}
    _, steps = run_through(motion.times_s, motion.accel_g)
    assert steps[-1].time_s < last_s + 0.4


@pytest.mark.slow
@pytest.mark.parametrize(("gap_s", "every_s"), [(0.3, 2.0), (0.6, 5.0), (1.5, 12.0)])
def test_gaps_are_stepped_through(gap_s: float, every_s: float) -> None:
    """Up to two seconds without a sample are filled in, and the steps in them are marked."""
    motion = simulated(Placement.HIP, RUN, (25.0, 165.0), rate_hz=50.0)
    kept = motion.times_s % every_s > gap_s
    _, steps = run_through(motion.times_s[kept], motion.accel_g[kept])
    assert len(steps) == pytest.approx(len(motion.steps_s), rel=0.05)
    assert any(step.is_inferred for step in steps)
    assert not all(step.is_inferred for step in steps)


@pytest.mark.slow
def test_a_long_gap_is_not_filled() -> None:
    """Ten seconds without a sample are ten seconds without a step; afterwards it goes on."""
    motion = simulated(Placement.HIP, RUN, (40.0, 165.0), rate_hz=50.0)
    kept = (motion.times_s < 15.0) | (motion.times_s > 25.0)
    _, steps = run_through(motion.times_s[kept], motion.accel_g[kept])
    assert not any(15.5 < step.time_s < 24.5 for step in steps)
    assert sum(step.time_s > 25.0 for step in steps) == pytest.approx((motion.steps_s > 25.0).sum(), rel=0.1)


@pytest.mark.slow
def test_uneven_times_do_no_harm() -> None:
    """Each sample is up to half a period early or late, some come twice and some out of order."""
    motion = simulated(Placement.HIP, RUN, (25.0, 165.0), rate_hz=50.0)
    random = np.random.default_rng(1)
    times_s = motion.times_s + random.uniform(-0.01, 0.01, len(motion.times_s))
    times_s[::40] = times_s[1::40][: len(times_s[::40])]
    _, steps = run_through(times_s, motion.accel_g)
    assert len(steps) == pytest.approx(len(motion.steps_s), rel=0.05)


@pytest.mark.slow
def test_a_foot_feels_its_own_steps_only() -> None:
    """Of a foot's steps every second is put in between two strides, and says so."""
    motion = simulated(Placement.FOOT, RUN, (20.0, 165.0), rate_hz=100.0)
    _, steps = run_through(motion.times_s, motion.accel_g)
    seen = [not step.is_inferred for step in steps if 5.0 < step.time_s < 18.0]
    assert sum(seen) == pytest.approx(len(seen) / 2, abs=1)


@pytest.mark.slow
def test_steps_rise_and_come_once() -> None:
    """Whatever the changes of pace, no step is told twice and none comes before the last."""
    motion = simulated(
        Placement.CHEST,
        RUN,
        (8.0, 165.0),
        (4.0, 0.0),
        (8.0, 180.0),
        (6.0, 150.0),
        (3.0, 0.0),
        (9.0, 170.0),
        rate_hz=50.0,
    )
    _, steps = run_through(motion.times_s, motion.accel_g)
    times_s = np.array([step.time_s for step in steps])
    assert np.diff(times_s).min() > 0.15
    assert len(steps) == pytest.approx(len(motion.steps_s), rel=0.07)


@cache
def a_walk() -> tuple[Motion, list[Footstep]]:
    """Twelve seconds of it at the wrist, and the steps that are told in usual frames."""
    motion = simulated(Placement.WRIST, WALK, (12.0, 112.0), rate_hz=50.0)
    return motion, run_through(motion.times_s, motion.accel_g)[1]


@settings(max_examples=5)
@given(st.integers(1, 400))
@pytest.mark.slow
def test_frames_of_any_size_give_the_same_steps(n_per_frame: int) -> None:
    """The steps depend on the samples, not on how they are packed."""
    motion, want = a_walk()
    _, got = run_through(motion.times_s, motion.accel_g, n_per_frame)
    assert [step.time_s for step in got] == pytest.approx([step.time_s for step in want], abs=1e-6)


@cache
def a_run() -> Motion:
    """Six seconds of it at the chest."""
    return simulated(Placement.CHEST, RUN, (6.0, 165.0), rate_hz=25.0)


@given(
    st.lists(
        st.tuples(
            st.floats(-10, 1e6) | st.just(float("inf")),
            st.floats(-50, 50) | st.just(float("nan")),
        ),
        max_size=30,
    )
)
@pytest.mark.slow
def test_any_samples_are_survived(samples: list[tuple[float, float]]) -> None:
    """Times that jump, values that are no numbers: steps or none, never an error."""
    detector = StepDetector()
    motion = a_run()
    detector.feed(motion.times_s, motion.accel_g)
    for time_s, value in samples:
        detector.feed([time_s], [[value, 0.0, 1.0]])
    detector.feed(motion.times_s + 2e6, motion.accel_g)
    assert all(np.isfinite(step.time_s) for step in detector.finish())


@pytest.mark.slow
def test_a_clock_that_went_back_begins_anew() -> None:
    """A sensor that was switched off and on counts from 0 again; its steps are heard again."""
    motion = simulated(Placement.CHEST, RUN, (10.0, 165.0), rate_hz=50.0)
    detector = StepDetector()
    first = detector.feed(motion.times_s + 1000.0, motion.accel_g)
    second = detector.feed(motion.times_s, motion.accel_g) + detector.finish()
    assert len(second) == pytest.approx(len(first), abs=3)


def recording(name: str) -> tuple[Floats, Floats]:
    """Times and acceleration of a recording."""
    with gzip.open(recorded_acceleration(f"{name}.csv.gz"), "rt") as file:
        rows = np.loadtxt(file, delimiter=",", skiprows=1)
    return rows[:, 0], rows[:, 1:]


@pytest.mark.parametrize("name", ["oxval_user1_neckpouch", "oxval_user1_frontpocket"])
@pytest.mark.slow
def test_recorded_walks_are_counted(name: str, pytestconfig: pytest.Config) -> None:
    """Against every step marked in the recording: count within 5 %, cadence within 3 spm.

    In short the first 90 s, more than a hundred steps; with `--long` all of it.
    """
    times_s, accel_g = recording(name)
    true_s = np.loadtxt(recorded_acceleration(f"{name}.steps.txt"))
    to_s = 170.0
    if not pytestconfig.getoption("long"):
        to_s, kept = 80.0, times_s < 90.0
        times_s, accel_g, true_s = times_s[kept], accel_g[kept], true_s[true_s < 90.0]
    assert len(true_s) > 100
    detector = StepDetector()
    told = list(fed(detector, times_s, accel_g, 100))
    steady = [cadence for time_s, cadence, _ in told if cadence and 20.0 < time_s < to_s]
    detector.finish()
    true_spm = 60 * ((true_s > 20.0) & (true_s < to_s)).sum() / (to_s - 20.0)
    assert detector.n_steps == pytest.approx(len(true_s), rel=0.05)
    assert np.mean(steady) == pytest.approx(true_spm, abs=3.0)


@pytest.mark.slow
def test_a_recorded_run_is_heard(pytestconfig: pytest.Config) -> None:
    """157 spm by the spectrum of two sensors; standing for the first 13 s, in which no step is told.

    In short two minutes of it, with `--long` all.
    """
    times_s, accel_g = recording("run_left_hip")
    if not pytestconfig.getoption("long"):
        kept = times_s < 120.0
        times_s, accel_g = times_s[kept], accel_g[kept]
    detector = StepDetector()
    told = list(fed(detector, times_s, accel_g, 100))
    assert np.median([cadence for time_s, cadence, _ in told if cadence and 60.0 < time_s < 260.0]) == pytest.approx(
        157.0, abs=3.0
    )
    assert not [step for _, _, steps in told for step in steps if step.time_s < 13.0]
    assert detector.placement is Placement.TRUNK

"""What one unit is in another."""

import pytest
from each_row import each_row
from hypothesis import given
from hypothesis import strategies as st

from cadencecoach.units import (
    FASTEST_WALK_MPS,
    MAX_CADENCE_SPM,
    MIN_RUNNING_SPM,
    STALE_AFTER_S,
    Measures,
    frame_at,
    gain_from_db,
    step_interval_s,
    strides_from_spm,
    time_at,
)


def test_the_limits_that_rooms_agree_on() -> None:
    """Nobody runs below 100 or above 240 steps a minute, and no value of a sensor stands for longer than 3 s."""
    assert (MIN_RUNNING_SPM, MAX_CADENCE_SPM, STALE_AFTER_S) == (100.0, 240.0, 3.0)
    assert FASTEST_WALK_MPS == 2.1


def test_a_stride_is_two_steps() -> None:
    """164 steps a minute are 82 strides a minute, and a step every 0.366 s."""
    assert strides_from_spm(164.0) == 82.0
    assert step_interval_s(164.0) == pytest.approx(0.3659, abs=1e-4)


@each_row(("level_db", "gain"), [(0.0, 1.0), (-20.0, 0.1), (20.0, 10.0), (-6.0, 0.501)])
def test_decibels_are_of_amplitude(level_db: float, gain: float) -> None:
    """Twenty of them are ten times the amplitude, not the power."""
    assert gain_from_db(level_db) == pytest.approx(gain, abs=5e-4)


@each_row(
    ("time_s", "frame"),
    [(0.0, 0), (0.5, 4), (0.0624, 0), (0.0625, 1), (0.1875, 2), (-0.0625, 0), (-0.07, -1), (3600.0, 28_800)],
)
def test_a_time_falls_on_the_nearest_frame_and_halves_go_up(time_s: float, frame: int) -> None:
    """At 8 Hz a frame is 0.125 s; before 0 the same rule holds, so that nothing depends on where 0 is."""
    assert frame_at(time_s, 8) == frame


@given(st.integers(-(2**40), 2**40), st.sampled_from([8_000, 44_100, 48_000, 96_000]))
def test_a_frame_is_found_again_by_its_time(frame: int, fs_hz: int) -> None:
    """Also after days of sound."""
    assert frame_at(time_at(frame, fs_hz), fs_hz) == frame


KM, KM_PACE = Measures(), Measures(is_pace=True)
MILES, MILE_PACE = Measures(is_imperial=True), Measures(is_imperial=True, is_pace=True)


@each_row(
    ("measures", "speed_mps", "text"),
    [
        (KM, 3.0, "10.8 km/h"),
        (MILES, 3.0, "6.7 mph"),
        (KM_PACE, 3.0, "5:33 /km"),
        (MILE_PACE, 3.0, "8:56 /mi"),
        (KM, 0.0, "0.0 km/h"),
        (KM_PACE, 0.0, "-:-- /km"),
        (KM_PACE, 0.499, "-:-- /km"),
        (KM_PACE, 0.5, "33:20 /km"),
        (KM_PACE, 1000 / 359.6, "6:00 /km"),  # rounded before it is parted, so never 5:60
        (KM_PACE, 1000 / 359.4, "5:59 /km"),
        (MILE_PACE, 1609.344 / 480, "8:00 /mi"),
        (MILE_PACE, 15.0, "1:47 /mi"),
    ],
)
def test_a_speed_is_written_as_the_person_wants_it(measures: Measures, speed_mps: float, text: str) -> None:
    """Metric or imperial, speed or pace; whoever hardly moves has no pace."""
    assert measures.speed(speed_mps) == text


def test_a_distance_is_written_in_tenths() -> None:
    """A marathon, and nothing."""
    assert [one.distance(42_195.0) for one in (KM, KM_PACE, MILES, MILE_PACE)] == ["42.2 km"] * 2 + ["26.2 mi"] * 2
    assert KM.distance(0.0) == "0.0 km"


def test_what_grows_with_speed_is_told_for_a_unit_of_speed() -> None:
    """6.5 for each m/s; also where a pace is wanted, which falls while the speed grows."""
    assert {one.slope(6.5) for one in (KM, KM_PACE)} == {"1.8 spm/(km/h)"}
    assert {one.slope(6.5) for one in (MILES, MILE_PACE)} == {"2.9 spm/mph"}

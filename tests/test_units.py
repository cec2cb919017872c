"""What one unit is in another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cadencecoach.units import (
    MAX_CADENCE_SPM,
    MIN_RUNNING_SPM,
    STALE_AFTER_S,
    frame_at,
    gain_from_db,
    step_interval_s,
    strides_from_spm,
    time_at,
)


def test_the_limits_that_rooms_agree_on() -> None:
    """Nobody runs below 100 or above 240 steps a minute, and no value of a sensor stands for longer than 3 s."""
    assert (MIN_RUNNING_SPM, MAX_CADENCE_SPM, STALE_AFTER_S) == (100.0, 240.0, 3.0)


def test_a_stride_is_two_steps() -> None:
    """164 steps a minute are 82 strides a minute, and a step every 0.366 s."""
    assert strides_from_spm(164.0) == 82.0
    assert step_interval_s(164.0) == pytest.approx(0.3659, abs=1e-4)


@pytest.mark.parametrize(("level_db", "gain"), [(0.0, 1.0), (-20.0, 0.1), (20.0, 10.0), (-6.0, 0.501)])
def test_decibels_are_of_amplitude(level_db: float, gain: float) -> None:
    """Twenty of them are ten times the amplitude, not the power."""
    assert gain_from_db(level_db) == pytest.approx(gain, abs=5e-4)


@pytest.mark.parametrize(
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

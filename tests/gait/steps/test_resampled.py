import numpy as np
import pytest
from each_row import each_row
from hypothesis import given
from hypothesis import strategies as st

from cadencecoach.gait.steps.resampled import GRID_HZ, Resampler, Stretch


def whole(stretches: list[Stretch]) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """All values of stretches that follow each other."""
    return np.concatenate([stretch.values for stretch in stretches])


@each_row("rate_hz", [12.5, 25.0, 52.0, 100.0, 208.0, 400.0])
def test_a_slow_wave_comes_through_at_any_rate(rate_hz: float) -> None:
    """A wave of 1 Hz sampled at any rate is the same wave on the grid, within 3 %."""
    times_s = np.arange(0, 5, 1 / rate_hz)
    wave = np.sin(2 * np.pi * times_s)
    (stretch,) = Resampler().feed(times_s, np.stack([wave, wave, wave], axis=1))
    grid_s = (stretch.first + np.arange(len(stretch.values))) / GRID_HZ
    assert np.abs(stretch.values[:, 0] - np.sin(2 * np.pi * grid_s)).max() < 0.04


def test_a_value_is_the_mean_over_its_cell() -> None:
    """Two samples of 0 and 4 a hundredth apart are a line; the cell in the middle of a slope has the slope's middle."""
    times_s = np.arange(0, 1.001, 0.01)
    (stretch,) = Resampler().feed(times_s, np.stack([times_s * 100] * 3, axis=1))
    assert stretch.values[:, 0] == pytest.approx((stretch.first + np.arange(len(stretch.values))) * 2.0)


@pytest.mark.slow
@given(st.integers(1, 50))
def test_frames_make_no_difference(n_per_frame: int) -> None:
    """Any packing of the same samples gives the same values."""
    times_s = np.arange(0, 2, 1 / 64)
    accel_g = np.random.default_rng(1).standard_normal((len(times_s), 3))
    want = whole(Resampler().feed(times_s, accel_g))
    resampler = Resampler()
    got = [
        stretch
        for first in range(0, len(times_s), n_per_frame)
        for stretch in resampler.feed(times_s[first : first + n_per_frame], accel_g[first : first + n_per_frame])
    ]
    assert whole(got) == pytest.approx(want, abs=1e-9)
    assert [stretch.is_after_gap for stretch in got] == [True] + [False] * (len(got) - 1)


def test_a_gap_begins_a_new_stretch() -> None:
    """Nothing is drawn through a silence longer than 0.3 s."""
    times_s = np.concatenate([np.arange(0, 1, 0.02), np.arange(2, 3, 0.02)])
    one, other = Resampler().feed(times_s, np.ones((len(times_s), 3)))
    assert (one.first + len(one.values)) / GRID_HZ < 1.0
    assert other.first / GRID_HZ > 2.0
    assert other.is_after_gap


def test_bad_samples_are_left_out() -> None:
    """Numbers that are none, repeated times and late samples leave no trace."""
    times_s = np.array([0.0, 0.02, 0.02, 0.01, 0.04, 0.06, 0.08, np.nan, 0.10])
    values = np.array([1.0, 1.0, 9.0, 9.0, 1.0, np.inf, 1.0, 9.0, 1.0])
    (stretch,) = Resampler().feed(times_s, np.stack([values] * 3, axis=1))
    assert stretch.values[:, :3] == pytest.approx(np.ones((len(stretch.values), 3)))

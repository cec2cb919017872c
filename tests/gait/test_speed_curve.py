"""Cadence over speed, by examples reckoned by hand."""

import pytest
from each_row import each_row
from hypothesis import given
from hypothesis import strategies as st

from cadencecoach.gait.speed_curve import SpeedCurve


def test_of_one_speed_the_slope_is_that_of_the_literature() -> None:
    """160 spm at 2.5 m/s: 1 m/s faster is 6.5 spm more."""
    curve = SpeedCurve.fit([(2.5, 160.0)], surface="treadmill")
    assert (curve.c0_spm, curve.v0_mps, curve.slope_spm_per_mps) == (160.0, 2.5, 6.5)
    assert (curve.range_mps, curve.surface) == ((2.5, 2.5), "treadmill")
    assert curve.cadence_spm(3.5) == 166.5


@each_row(
    ("faster_spm", "slope"),
    [(166.0, 6.0), (160.0, 5.0), (150.0, 5.0), (168.0, 8.0), (180.0, 8.0)],
)
def test_of_two_speeds_the_slope_stays_near_the_literature(faster_spm: float, slope: float) -> None:
    """From 160 spm at 2 m/s to so much at 3 m/s: what they say, but no farther than 1.5 from 6.5."""
    assert SpeedCurve.fit([(2.0, 160.0), (3.0, faster_spm)]).slope_spm_per_mps == pytest.approx(slope)


def test_three_speeds_speak_for_themselves() -> None:
    """158, 160, 168 spm at 2, 3, 4 m/s: mean 162 at 3 m/s; slope (4 + 0 + 6) / 2 = 5; at 2.5 m/s 159.5 spm."""
    curve = SpeedCurve.fit([(2.0, 158.0), (3.0, 160.0), (4.0, 168.0)])
    assert curve.v0_mps == pytest.approx(3.0)
    assert curve.c0_spm == pytest.approx(162.0)
    assert curve.slope_spm_per_mps == pytest.approx(5.0)
    assert curve.cadence_spm(2.5) == pytest.approx(159.5)
    assert curve.range_mps == (2.0, 4.0)


def test_a_slope_of_three_may_lie_outside_the_literature() -> None:
    """10 spm for each m/s is what this runner does, and three speeds are enough to believe it."""
    assert SpeedCurve.fit([(2.0, 150.0), (3.0, 160.0), (4.0, 170.0)]).slope_spm_per_mps == pytest.approx(10.0)


def test_the_same_speed_run_three_times_is_one_speed() -> None:
    """Three baselines at 2.8 m/s say much about the cadence there, and nothing about the slope."""
    curve = SpeedCurve.fit([(2.8, 160.0), (2.8, 164.0), (2.8, 162.0)])
    assert curve.c0_spm == pytest.approx(162.0)
    assert curve.slope_spm_per_mps == 6.5
    nearly = SpeedCurve.fit([(2.80, 160.0), (2.84, 164.0), (2.88, 162.0)])
    assert nearly.slope_spm_per_mps == 6.5  # within 0.1 m/s they are one speed, whatever the points say


def test_outside_the_range_the_nearest_edge_counts() -> None:
    """Fitted from 2 to 3 m/s, with a margin of 0.5: 1 m/s is read as 1.5, 4 as 3.5, 2.2 as itself."""
    curve = SpeedCurve.fit([(2.0, 160.0), (3.0, 166.0)])
    assert [curve.nearest_mps(v, 0.5) for v in (1.0, 4.0, 2.2)] == [1.5, 3.5, 2.2]


def test_no_point_is_no_curve() -> None:
    """There is nothing to fit."""
    with pytest.raises(ValueError, match="at least one point"):
        SpeedCurve.fit([])


@given(st.lists(st.tuples(st.floats(1.5, 5.0), st.floats(140.0, 200.0)), min_size=1, max_size=8))
def test_the_curve_goes_through_the_middle_of_its_points(points: list[tuple[float, float]]) -> None:
    """At the mean speed it is the mean cadence, whatever the slope; of fewer than three speeds that is 5 to 8."""
    curve = SpeedCurve.fit(points)
    mean_spm = sum(c for _, c in points) / len(points)
    assert curve.cadence_spm(curve.v0_mps) == pytest.approx(mean_spm)
    if len(points) < 3:
        assert 5.0 <= curve.slope_spm_per_mps <= 8.0

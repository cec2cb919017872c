"""Mean, spread and slope, against numpy over a dense grid of time."""

import numpy as np
import pytest
from each_row import each_row
from hypothesis import assume, given
from hypothesis import strategies as st

from cadencecoach.record.fold.trend import Spread, Trend, join, pool, slope_after_speed, slope_per_10min

Piece = tuple[float, float, float]  # cadence, speed, seconds
pieces = st.lists(
    st.tuples(st.floats(120, 220), st.floats(2, 6), st.floats(0.25, 40).map(lambda s: round(s * 4) / 4)),
    min_size=20,
    max_size=60,
)
GRID_S = 0.05


def trend_of(run: list[Piece]) -> Trend:
    """The sums of some pieces, one after the other."""
    trend = Trend()
    at_s = 0.0
    for cadence_spm, speed_mps, span_s in run:
        trend.add(cadence_spm, span_s, from_s=at_s, speed_mps=speed_mps)
        at_s += span_s
    return trend


def grid(run: list[Piece]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The same as times, cadences and speeds, twenty a second."""
    counts = [round(span_s / GRID_S) for _, _, span_s in run]
    cadence = np.repeat([piece[0] for piece in run], counts)
    speed = np.repeat([piece[1] for piece in run], counts)
    return (np.arange(len(cadence)) + 0.5) * GRID_S, cadence, speed


@given(pieces)
def test_mean_and_spread_are_those_of_a_dense_grid(run: list[Piece]) -> None:
    """One pass over pieces gives what numpy gives over every twentieth of a second."""
    _, cadence, _ = grid(run)
    spread = Spread()
    for cadence_spm, _, span_s in run:
        spread.add(cadence_spm, span_s)
    trend = trend_of(run)
    assert spread.cadence == trend.cadence == pytest.approx(cadence.mean(), rel=1e-9)
    assert spread.sd_spm == pytest.approx(cadence.std(), rel=1e-6, abs=1e-6)


@given(pieces)
def test_the_slope_is_that_of_least_squares(run: list[Piece]) -> None:
    """Over time alone: numpy's polyfit of first degree, in spm per 600 s."""
    assume(sum(span_s for _, _, span_s in run) >= 300)
    times, cadence, _ = grid(run)
    assert slope_per_10min(trend_of(run)) == pytest.approx(np.polyfit(times, cadence, 1)[0] * 600, rel=1e-3, abs=1e-3)


@given(pieces)
def test_the_slope_after_speed_is_that_of_a_regression_on_both(run: list[Piece]) -> None:
    """Over time and speed: the coefficient of time in numpy's least squares."""
    assume(sum(span_s for _, _, span_s in run) >= 300)
    times, cadence, speed = grid(run)
    assume(speed.std() > 0.1)
    assume(np.corrcoef(times, speed)[0, 1] ** 2 < 0.85)
    columns = np.column_stack([np.ones_like(times), times, speed])
    (_, per_second, _), *_ = np.linalg.lstsq(columns, cadence, rcond=None)
    assert slope_after_speed(trend_of(run)) == pytest.approx(per_second * 600, rel=1e-3, abs=1e-3)


def test_a_slope_by_hand() -> None:
    """Ten minutes at 160, ten at 164: the least-squares line over a step of 4 rises by 1.5 * 4 / 20 a minute."""
    assert slope_per_10min(trend_of([(160.0, 3.0, 600.0), (164.0, 3.0, 600.0)])) == pytest.approx(3.0)


def test_faster_is_not_drift() -> None:
    """Cadence that rises with speed by 6.5 spm per m/s, up and down again, and by 1 spm in 10 min beside: 1 is left."""
    run = [(160 + 6.5 * (n % 4) / 4 + n / 10, 3 + (n % 4) / 4, 60.0) for n in range(24)]
    assert slope_after_speed(trend_of(run)) == pytest.approx(1.0, abs=0.01)


def test_time_and_speed_that_go_together_cannot_be_told_apart() -> None:
    """A run that grows faster all the time says nothing about drift."""
    run = [(160 + n / 10, 3 + n / 50, 60.0) for n in range(24)]
    assert slope_after_speed(trend_of(run)) is None


def test_a_belt_has_no_part_in_the_slope() -> None:
    """At one speed the slope is that of time."""
    run = [(160 + n / 10, 3 + 0.01 * (n % 2), 60.0) for n in range(24)]
    assert slope_after_speed(trend_of(run)) == slope_per_10min(trend_of(run))


@each_row("slope", [slope_per_10min, slope_after_speed])
def test_less_than_five_minutes_have_no_slope(slope: object) -> None:
    """It would be that of noise."""
    assert callable(slope)
    assert slope(trend_of([(160.0, 3.0, 150.0), (164.0, 4.0, 149.0)])) is None
    assert slope(Trend()) is None


@given(pieces, pieces)
def test_two_sets_joined_are_one(one: list[Piece], other: list[Piece]) -> None:
    """Spread and slope of the whole follow from the sums of its halves."""
    whole, first, second = Trend(), Trend(), Trend()
    at_s = 0.0
    for n, (cadence_spm, _, span_s) in enumerate([*one, *other]):
        for trend in (whole, first if n < len(one) else second):
            trend.add(cadence_spm, span_s, from_s=at_s)
        at_s += span_s
    both = join(first, second)
    assert (both.cc, both.ca, both.aa) == pytest.approx((whole.cc, whole.ca, whole.aa), rel=1e-6, abs=1e-3)


def test_pooled_stages_share_a_slope_and_not_a_mean() -> None:
    """Two level stages of 160 and 170 have no drift, though the session went up by ten."""
    level = [trend_of([(spm, 3.0, 300.0), (spm, 3.0, 300.0)]) for spm in (160.0, 170.0)]
    assert slope_per_10min(pool(level)) == pytest.approx(0.0)
    assert slope_per_10min(join(Trend(), Trend())) is None

"""Stretches without a change beyond chance."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cadencecoach.record.progress.flat import flat_stretches, moving_means
from cadencecoach.record.progress.noise import Noise, mdc95_ratio

FIRST = date(2026, 1, 5)
NOISE = Noise(cv_ratio=0.01, n_pairs=20)  # means of four differ by up to 1.4 % by chance: 2.3 spm at 165


def every_third_day(n_runs: int, *, pause: int = 0, after: int = 0) -> list[date]:
    """Days of runs, with a pause after some of them."""
    return [FIRST + timedelta(days=3 * n + (pause if n >= after > 0 else 0)) for n in range(n_runs)]


def test_moving_means_begin_with_the_fourth() -> None:
    """Fewer than four values make no mean."""
    assert moving_means([1.0, 2.0, 3.0, 4.0, 9.0]) == (None, None, None, 2.5, 4.5)


def test_a_rise_and_then_a_level_stretch() -> None:
    """The stretch found is the level one; the rise before it is none."""
    rise, level = [150.0 + n for n in range(16)], [166.0] * 30
    flats = flat_stretches(every_third_day(46), rise + level, NOISE)
    assert len(flats) == 1
    assert FIRST + timedelta(days=3 * 10) <= flats[0].first <= FIRST + timedelta(days=3 * 16)
    assert flats[0].last == FIRST + timedelta(days=3 * 45)
    assert 166.0 - 2.4 <= flats[0].low_spm <= flats[0].high_spm == pytest.approx(166.0)


def test_a_slow_rise_is_not_two_level_stretches() -> None:
    """Half a step a week is within chance for some weeks at any time, and is no plateau at any time."""
    assert flat_stretches(every_third_day(60), [160.0 + 0.2 * n for n in range(60)], NOISE) == ()


def test_nine_weeks_are_not_enough() -> None:
    """A stretch shorter than ten weeks is not called one."""
    assert flat_stretches(every_third_day(23), [165.0] * 23, NOISE) == ()


def test_a_layoff_ends_a_stretch() -> None:
    """The same cadence before and after weeks without a run is two stretches."""
    days = every_third_day(60, pause=30, after=30)
    flats = flat_stretches(days, [165.0] * 60, NOISE)
    assert [(flat.first, flat.last) for flat in flats] == [(days[0], days[29]), (days[30], days[59])]


@given(st.lists(st.floats(150, 180), max_size=60))
def test_stretches_are_apart_in_order_and_within_chance(cadences_spm: list[float]) -> None:
    """Whatever the runs: no two stretches overlap, and in none do the means differ by more than chance."""
    flats = flat_stretches(every_third_day(len(cadences_spm)), cadences_spm, NOISE)
    for one, other in pairwise(flats):
        assert one.last < other.first
    for flat in flats:
        assert flat.high_spm <= flat.low_spm * (1 + mdc95_ratio(NOISE.cv_ratio, n_before=4, n_after=4)) + 1e-9
        assert flat.last - flat.first >= timedelta(weeks=10)

"""Sessions by calendar weeks."""

from datetime import date, timedelta

import pytest
from each_row import each_row

from cadencecoach.record.progress.weeks import LONGEST_WEEKS, Rise, weeks_of
from cadencecoach.record.row import NO_DAY, SessionRow

MONDAY = date(2026, 3, 2)


def row(day: date, distance_m: float | None, running_s: float = 600.0) -> SessionRow:
    """A session of ten minutes."""
    return SessionRow(id="x", started="", day=day, distance_m=distance_m, running_s=running_s)


def test_weeks_by_hand() -> None:
    """Monday to Sunday; the rise against the week before; a week without sessions is there and has no rise after it."""
    days = {0: 5000.0, 6: 5000.0, 7: 11500.0, 27: 20000.0, 28: 27000.0}
    weeks = weeks_of([row(MONDAY + timedelta(days=n), way_m) for n, way_m in days.items()])
    assert [(week.monday, week.n_sessions) for week in weeks] == [
        (MONDAY + timedelta(days=7 * n), count) for n, count in enumerate((2, 1, 0, 1, 1))
    ]
    assert [week.distance_m for week in weeks] == [10000, 11500, 0, 20000, 27000]
    assert [week.change_ratio for week in weeks] == [None, pytest.approx(0.15), -1.0, None, pytest.approx(0.35)]
    assert [week.rise for week in weeks] == [Rise.NONE, Rise.AMBER, Rise.NONE, Rise.NONE, Rise.RED]
    assert weeks[0].running_min == 20


@each_row(
    ("way_m", "want"), [(10_900.0, Rise.NONE), (11_000.1, Rise.AMBER), (12_999.0, Rise.AMBER), (13_100.0, Rise.RED)]
)
def test_where_a_rise_begins(way_m: float, want: Rise) -> None:
    """Amber from 10 %, red above 30 %."""
    weeks = weeks_of([row(MONDAY, 10_000.0), row(MONDAY + timedelta(days=7), way_m)])
    assert weeks[1].rise is want


def test_a_way_that_is_not_known_is_no_zero() -> None:
    """One session without speed, and nothing is said of that week's distance, nor of its rise."""
    weeks = weeks_of([row(MONDAY, 10_000.0), row(MONDAY, None), row(MONDAY + timedelta(days=7), 20_000.0)])
    assert [(week.distance_m, week.rise) for week in weeks] == [(None, Rise.NONE), (20_000.0, Rise.NONE)]


def test_wrong_dates_make_no_list_of_centuries() -> None:
    """A clock that stood at 1970: the latest twenty years are shown. Sessions without a day or running are left out."""
    weeks = weeks_of([row(date(1970, 1, 1), 1.0), row(MONDAY, 1.0), row(NO_DAY, 1.0), row(MONDAY, 1.0, running_s=0.0)])
    assert (len(weeks), weeks[-1].monday, weeks[-1].n_sessions) == (LONGEST_WEEKS, MONDAY, 1)
    assert weeks_of([]) == ()

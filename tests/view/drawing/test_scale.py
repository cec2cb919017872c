"""Round numbers at axes."""

from datetime import date, timedelta

from each_row import each_row
from hypothesis import given
from hypothesis import strategies as st

from cadencecoach.view.drawing.scale import Scale, calendar_ticks, minute_ticks, rounded_range, ticks


@given(st.floats(50, 250), st.floats(0.5, 300), st.integers(2, 12))
def test_ticks_lie_inside_and_are_few(low: float, span: float, n_most: int) -> None:
    """Never more than one above what was asked for, all between the ends, rising."""
    found = ticks(low, low + span, n_most)
    assert len(found) <= n_most + 1
    assert all(low - 1e-6 <= tick <= low + span + 1e-6 for tick in found)
    assert list(found) == sorted(set(found))


@given(st.floats(50, 250), st.floats(0.5, 300), st.integers(2, 12))
def test_a_rounded_range_holds_the_range(low: float, span: float, n_most: int) -> None:
    """Nothing of it is cut off, and its ends are ticks."""
    start, end = rounded_range(low, low + span, n_most)
    assert start <= low + 1e-6
    assert end >= low + span - 1e-6


@each_row(
    ("end_s", "n_most", "expected"),
    [
        (90, 12, (0, 0.25, 0.5, 0.75, 1, 1.25, 1.5)),
        (3600, 12, tuple(range(0, 61, 5))),
        (10800, 6, tuple(range(0, 181, 30))),
    ],
)
def test_minutes_are_counted_as_people_do(end_s: float, n_most: int, expected: tuple[float, ...]) -> None:
    """Quarters, fives, half hours."""
    assert minute_ticks(end_s, n_most) == expected


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(0, 9000), st.integers(3, 12))
def test_days_at_the_axis_are_few_and_inside(first: date, n_days: int, n_most: int) -> None:
    """Weeks, months or years, whatever fits; two more than asked for at most."""
    found = calendar_ticks(first, first + timedelta(days=n_days), n_most)
    assert len(found) <= n_most + 2
    assert all(first <= day <= first + timedelta(days=n_days) for day in found)


def test_a_year_is_told_in_months() -> None:
    """Firsts of months, from one year into the next."""
    found = calendar_ticks(date(2025, 11, 20), date(2026, 3, 10), 12)
    assert found == (date(2025, 12, 1), date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1))


def test_a_scale_runs_backwards_for_heights() -> None:
    """Heights on a screen grow downwards; what lies beyond can be held at the end."""
    scale = Scale(low=150, high=180, start=300, end=0)
    assert (scale(150), scale(180), scale(165)) == (300, 0, 150)
    assert (scale.within(140), scale.within(200)) == (300, 0)


@each_row("end_s", [1e7, 1e9, 1e14])
def test_a_session_of_years_has_few_minutes_at_its_axis(end_s: float) -> None:
    """A journal whose clock went wrong is drawn at once, and does not fill the memory with marks."""
    assert len(minute_ticks(end_s, 8)) <= 9

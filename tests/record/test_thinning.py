"""Thinning keeps what a picture shows."""

from hypothesis import given
from hypothesis import strategies as st

from cadencecoach.record.thinning import Point, thin

SERIES = st.lists(st.floats(100, 220), max_size=300).map(lambda values: [(0.5 * n, v) for n, v in enumerate(values)])


def columns(points: tuple[Point, ...] | list[Point], column_s: float) -> dict[float, list[Point]]:
    """The points by column."""
    found: dict[float, list[Point]] = {}
    for point in points:
        found.setdefault(point[0] // column_s, []).append(point)
    return found


@given(SERIES, st.floats(0.4, 60))
def test_each_column_keeps_its_ends_and_its_extremes(points: list[Point], column_s: float) -> None:
    """No column has more than four points, and first, last, lowest and highest are among them."""
    before, after = columns(points, column_s), columns(thin(points, column_s), column_s)
    assert before.keys() == after.keys()
    for key, kept in after.items():
        values = [value for _, value in kept]
        assert len(kept) <= 4
        assert (kept[0], kept[-1]) == (before[key][0], before[key][-1])
        assert (min(values), max(values)) == (min(v for _, v in before[key]), max(v for _, v in before[key]))


@given(SERIES, st.floats(0.4, 60))
def test_points_stay_in_order_and_are_points_of_the_series(points: list[Point], column_s: float) -> None:
    """Nothing is made up and nothing changes places."""
    kept = thin(points, column_s)
    assert list(kept) == sorted(kept)
    assert set(kept) <= set(points)


def test_without_a_column_everything_is_kept() -> None:
    """A session of no length is not thinned."""
    assert thin([(0.0, 1.0), (0.0, 2.0)], 0.0) == ((0.0, 1.0), (0.0, 2.0))

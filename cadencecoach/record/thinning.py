"""Fewer points, the same picture: of each column the first, the lowest, the highest and the last point stay."""

from collections.abc import Iterable, Iterator
from itertools import groupby

Point = tuple[float, float]  # seconds, value


def thin(points: Iterable[Point], column_s: float) -> tuple[Point, ...]:
    """A series with at most four points a column, in the order of time.

    Args:
        points: rising in time
        column_s: how much time one column of the picture stands for; 0 keeps all
    """
    if column_s <= 0:
        return tuple(points)
    return tuple(
        kept for _, column in groupby(points, lambda point: point[0] // column_s) for kept in _pick_points(column)
    )


def _pick_points(column: Iterable[Point]) -> Iterator[Point]:
    """What of one column is drawn."""
    points = list(column)
    low = min(range(len(points)), key=lambda n: points[n][1])
    high = max(range(len(points)), key=lambda n: points[n][1])
    yield from (points[n] for n in sorted({0, low, high, len(points) - 1}))

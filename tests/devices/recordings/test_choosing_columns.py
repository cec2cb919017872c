"""Which column of several is the cadence."""

from collections.abc import Sequence
from typing import NamedTuple

from each_row import each_row

from cadencecoach.devices.recordings.choosing_columns import Run, run_of
from cadencecoach.devices.recordings.columns import MOST_OF_ONE, Column, Quantity, Table
from cadencecoach.devices.recordings.model import Counts
from cadencecoach.devices.recordings.sports import sport_of

RUN = sport_of("run")
SPEED = Column(Quantity.SPEED, 0, "speed")
N = 40
Values = Sequence[float | None]


class Case(NamedTuple):
    """Two columns, and what is read."""

    first: Values
    second: Values
    want: Values
    speed_mps: float | None = 2.9


def varied(around: float) -> Values:
    """Values as of feet."""
    return [around + second % 3 for second in range(N)]


def same(value: float | None) -> Values:
    """One value for ever."""
    return [value] * N


def read(*columns: Values, speed_mps: float | None = 2.9, counts: tuple[Counts, ...] = ()) -> Run:
    """The run of some columns of cadence, in their order."""
    table = Table()
    named = [
        Column(Quantity.CADENCE, place, f"c{place}", counts[place] if counts else "strides")
        for place in range(len(columns))
    ]
    for second, values in enumerate(zip(*columns, strict=True)):
        table.add(float(second), RUN, [(SPEED, speed_mps), *zip(named, values, strict=True)])
    return run_of(table)


CASES = {
    "the first one, if both speak": Case(varied(84), varied(86), varied(84)),
    "zeros before it": Case(same(0), varied(84), varied(84)),
    "zeros after it": Case(varied(84), same(0), varied(84)),
    "nothing before it": Case(same(None), varied(84), varied(84)),
    "one number for ever before it": Case(same(60), varied(84), varied(84)),
    "a number of no feet before it": Case(same(1), same(85), same(85)),
    "no value of one byte before it": Case(same(255), same(85), same(85)),
    "no value of two bytes before it": Case(same(65535), same(85), same(85)),
    "two constant ones": Case(same(85), same(86), same(85)),
    "less than half of it before it": Case([*[84.0] * 19, *same(None)[19:]], same(85), same(85)),
    "half of it before it, and filled": Case([*[84.0] * 20, *same(None)[20:]], same(85), [84.0] * 20 + [85.0] * 20),
    "zeros while running are filled": Case([84.0] * 30 + [0.0] * 10, same(85), [84.0] * 30 + [85.0] * 10),
    "zeros while standing are not": Case([84.0] * 30 + [0.0] * 10, same(85), [84.0] * 30 + [0.0] * 10, speed_mps=1.0),
    "zeros of a file without speeds are filled": Case(
        [84.0] * 30 + [0.0] * 10, same(85), [84.0] * 30 + [85.0] * 10, speed_mps=None
    ),
    "steps fill strides": Case([84.0] * 30 + [0.0] * 10, same(170), [84.0] * 30 + [85.0] * 10),
    "what is no cadence fills nothing": Case([84.0] * 30 + [0.0] * 10, same(30), [84.0] * 30 + [0.0] * 10),
    "standing is said too": Case(same(None), same(0), same(0)),
    "all zeros": Case(same(0), same(0), same(0)),
}


@each_row("name", CASES)
def test_what_is_read_of_two_columns(name: str) -> None:
    """A column that says nothing does not win because it stands first."""
    case = CASES[name]
    run = read(case.first, case.second, speed_mps=case.speed_mps)
    assert [row.raw_per_min for row in run.rows] == list(case.want)


def test_another_column_than_the_first_is_told_and_what_it_counts_goes_with_it() -> None:
    """Also how many rows another one filled."""
    run = read(same(0), varied(170), counts=("strides", "steps"))
    assert (run.counts, run.notes) == ("steps", ["cadence is read from c1 because c0 has no usable values"])
    assert read([84.0] * 30 + [0.0] * 10, same(85)).notes == ["in 10 rows where c0 has no cadence, that of c1 is read"]
    assert read(varied(84), same(0)).notes == []


def test_a_speed_of_zero_beside_another_one_says_nothing_either() -> None:
    """The same for a heart rate; a hole in it is filled."""
    table = Table()
    for second in range(10):
        values = [(Column(Quantity.SPEED, 0, "a"), 0.0), (Column(Quantity.SPEED, 1, "b"), 2.9)]
        hearts = [
            (Column(Quantity.HEART, 0, "c"), None if second == 3 else 140.0),
            (Column(Quantity.HEART, 1, "d"), 150.0),
        ]
        table.add(float(second), RUN, values + hearts)
    rows = run_of(table).rows
    assert {row.speed_mps for row in rows} == {2.9}
    assert [row.hr_bpm for row in rows] == [140.0] * 3 + [150.0] + [140.0] * 6


def test_a_file_with_a_name_for_every_row_does_not_fill_the_memory() -> None:
    """Columns beyond the eighth are not looked at."""
    table = Table()
    for second in range(100):
        table.add(float(second), RUN, [(Column(Quantity.CADENCE, 0, f"c{second}"), 85.0)])
    assert len(table.columns) == MOST_OF_ONE


@each_row(
    ("stops", "distances_m", "n_held"),
    [
        ((), (0.0, 29.0), 1),  # as far as its speed would have come in 20 s, by half
        ((), (0.0, 28.9), 0),
        ((), (None, None), 1),
        ((100.0,), (None, None), 0),
    ],
)
def test_a_stop_in_a_sparse_run_is_a_row_of_nothing(
    stops: tuple[float, ...], distances_m: tuple[float | None, float | None], n_held: int
) -> None:
    """Told by the watch, or by the way that was not made."""
    table = Table(stops=set(stops))
    distance = Column(Quantity.DISTANCE, 0, "distance")
    for time_s in (*range(0, 101, 5), *range(120, 200, 5)):
        far = distances_m[time_s > 100] if time_s in {100, 120} else None
        table.add(float(time_s), RUN, [(Column(Quantity.CADENCE, 0, "c"), 85.0), (SPEED, 2.9), (distance, far)])
    rows = run_of(table).rows
    assert [row for row in rows if row.raw_per_min is None] == [(101.0, None, None, None, None)] * (1 - n_held)


@each_row(
    ("way_m", "speed_mps", "n_held"),
    [(29.0, None, 1), (28.9, None, 0), (28.9, 2.8, 1), (0.0, 2.9, 0), (0.0, 0.0, 0)],
)
def test_where_no_speed_is_known_the_usual_one_tells_a_stop(way_m: float, speed_mps: float | None, n_held: int) -> None:
    """Half the way of 20 s at 2.9 m/s, as the rows before and after made; a speed that is known goes before."""
    table = Table()
    distance = Column(Quantity.DISTANCE, 0, "distance")
    for time_s in (*range(0, 101, 5), *range(120, 200, 5)):
        far_m = 2.9 * time_s if time_s <= 100 else 290.0 + way_m + 2.9 * (time_s - 120)
        table.add(float(time_s), RUN, [(Column(Quantity.CADENCE, 0, "c"), 85.0), (SPEED, speed_mps), (distance, far_m)])
    rows = run_of(table).rows
    assert [row for row in rows if row.raw_per_min is None] == [(101.0, None, None, None, None)] * (1 - n_held)


def test_where_no_way_was_made_at_all_distances_tell_no_stop() -> None:
    """A treadmill has a speed, and stays where it is."""
    table = Table()
    distance = Column(Quantity.DISTANCE, 0, "distance")
    for time_s in (*range(0, 101, 5), *range(120, 200, 5)):
        table.add(float(time_s), RUN, [(Column(Quantity.CADENCE, 0, "c"), 85.0), (SPEED, 2.9), (distance, 0.0)])
    assert None not in [row.raw_per_min for row in run_of(table).rows]

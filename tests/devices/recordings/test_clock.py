from itertools import pairwise

from each_row import each_row
from hypothesis import given
from hypothesis import strategies as st

from cadencecoach.devices.recordings.clock import repair_times
from cadencecoach.devices.recordings.model import RecordedRow

BACK = "backward jumps of the clock; the run continues 1 s later: 1"
FORWARD = "forward jumps of the clock by more than an hour; the run continues 1 s later: 1"
STRAY = "rows with a stray time left out: 1"


def rows(*times_s: float) -> list[RecordedRow]:
    """Rows that carry their place in the file as cadence."""
    return [RecordedRow(time_s, float(place), None, None) for place, time_s in enumerate(times_s)]


@each_row(
    ("times_s", "want_s", "notes"),
    [
        ((5, 6, 7), [0, 1, 2], []),
        ((5.5, 5.75, 6), [0, 0.25, 0.5], []),
        ((0, 1, 50, 51), [0, 1, 50, 51], []),  # a drop-out
        ((0, 1, 301, 302), [0, 1, 301, 302], ["gaps over 60 s, the longest 300 s: 1"]),  # a pause
        ((0, 1, 1, 2), [0, 1, 2], ["rows repeated a time; the later one is kept: 1"]),
        ((100, 101, 40, 41, 42), [0, 1, 2, 3, 4], [BACK]),
        ((0, 1, 3700, 3701), [0, 1, 2, 3], [FORWARD]),
        ((0, 1, 3601, 3602), [0, 1, 3601, 3602], ["gaps over 60 s, the longest 3600 s: 1"]),
        ((0, 1, 900, 3, 4), [0, 1, 3, 4], [STRAY]),  # one row from the future
        ((0, 1, -900, 3, 4), [0, 1, 3, 4], [STRAY]),  # one from the past
        ((0, 1, 0, 2, 3), [0, 1, 2, 3], [STRAY]),  # one out of order
        ((0, 1, 2, 3700), [0, 1, 2, 3], [FORWARD]),
        ((0, 1e300, 2e300), [0, 1, 2], [FORWARD.replace(": 1", ": 2")]),
        ((), [], []),
    ],
)
def test_the_clock_is_repaired_and_the_repair_noted(
    times_s: tuple[float, ...], want_s: list[float], notes: list[str]
) -> None:
    """Gaps stay, jumps are closed, strays go; each kind is said once with its count."""
    kept, said = repair_times(rows(*times_s))
    assert [row.time_s for row in kept] == want_s
    assert said == notes


def test_a_stray_row_takes_no_other_row_with_it() -> None:
    """The row left out is the one with the wrong time."""
    kept, _ = repair_times(rows(0, 1, 900, 3, 4))
    assert [row.raw_per_min for row in kept] == [0, 1, 3, 4]


def test_of_two_rows_of_one_time_the_later_stands_where_it_says_something() -> None:
    """A missing value does not erase one that came."""
    kept, _ = repair_times([RecordedRow(0.0, 82.0, 2.9, None), RecordedRow(0.0, None, 3.0, 140.0)])
    assert kept == [RecordedRow(0.0, 82.0, 3.0, 140.0)]


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False) | st.integers(0, 30).map(float), max_size=60))
def test_repaired_times_begin_at_0_and_rise(times_s: list[float]) -> None:
    """Whatever a clock did, the result can be played, and no step is longer than an hour."""
    kept, _ = repair_times(rows(*times_s))
    done_s = [row.time_s for row in kept]
    assert done_s[:1] == [0.0] * bool(times_s)
    steps_s = [after - before for before, after in pairwise(done_s)]
    assert all(0 < step_s <= 3600.001 for step_s in steps_s)

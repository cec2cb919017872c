from itertools import pairwise

from each_row import each_row
from hypothesis import example, given
from hypothesis import strategies as st

from cadencecoach.devices.recordings.model import RecordedRow
from cadencecoach.devices.recordings.spacing import LONGEST_RUN_S, hold_sparse


def rows(*times_s: float) -> list[RecordedRow]:
    """Rows that carry their place in the file as cadence, with 1000 more in every second one: no two agree."""
    return [RecordedRow(time_s, float(place + 1000 * (place % 2)), 2.9, None) for place, time_s in enumerate(times_s)]


def test_a_sparse_run_is_held_from_row_to_row() -> None:
    """Every second says what the row before said, all of it, and the rows themselves stay where they are."""
    done, notes = hold_sparse(rows(0, 4, 8.5, 12))
    assert [(row.time_s, row.raw_per_min) for row in done] == [
        *((0, 0), (1, 0), (2, 0), (3, 0)),
        *((4, 1001), (5, 1001), (6, 1001), (7, 1001), (8, 1001)),
        *((8.5, 2), (9.5, 2), (10.5, 2), (11.5, 2)),
        (12, 1003),
    ]
    assert {row.speed_mps for row in done} == {2.9}
    assert notes == ["rows are 4 s apart: each value is held until the next, over 10 s at most, 30 s if they agree"]


def test_nothing_is_held_into_a_gap_of_a_sparse_run() -> None:
    """Ten seconds are the way it was written; eleven are a hole, from their first second on."""
    done, _ = hold_sparse(rows(0, 5, 15, 26, 31))
    assert [row.time_s for row in done] == [*range(16), *range(26, 32)]


def test_a_missing_value_is_held_as_missing() -> None:
    """The watch said that it knew nothing."""
    done, _ = hold_sparse([RecordedRow(0.0, 164.0, None, None), RecordedRow(5.0, None, None, None), rows(9)[0]])
    assert [row.raw_per_min for row in done] == [164] * 5 + [None] * 4 + [0]


@each_row(
    ("apart_s", "later_per_min", "speed_mps", "is_held"),
    [
        (10, 40, 2.9, True),  # whatever follows
        (11, 85, 2.9, True),
        (30, 85, 2.9, True),
        (31, 85, 2.9, False),
        (20, 89, 2.9, True),
        (20, 90, 2.9, False),
        (20, 85, None, True),
        (20, 85, 0.5, False),
        (20, 0, 2.9, False),
        (20, None, 2.9, False),
    ],
)
def test_over_more_than_ten_seconds_a_value_is_held_where_both_ends_agree(
    apart_s: float, later_per_min: float | None, speed_mps: float | None, *, is_held: bool
) -> None:
    """A watch that had something to write would have written it; after half a minute it was stopped."""
    before = [RecordedRow(float(5 * place), 85.0, 2.9, None) for place in range(5)]
    run = [*before, RecordedRow(20 + apart_s, later_per_min, speed_mps, None)]
    done, _ = hold_sparse(run)
    assert ([row.time_s for row in done][-2] > 21) == is_held


def test_a_watch_that_writes_now_often_and_now_seldom_is_sparse() -> None:
    """More than one step in five is long; one in five is a sensor that drops out."""
    often, seldom = rows(0, 1, 2, 3, 8), rows(0, 1, 2, 3, 4, 9)
    assert [row.time_s for row in hold_sparse(often)[0]] == list(range(9))
    assert hold_sparse(seldom) == (seldom, [])


@each_row(
    "times_s",
    [
        (0, 1, 2, 3, 8, 9, 10),  # a hole of five seconds
        (0, 2, 4, 6, 8, 15, 17),  # every other second missing, and a hole
        (0, 1, 2, 300, 301, 302),  # a pause
        (0,),
        (),
    ],
)
def test_a_gap_in_a_run_of_every_second_stays_a_gap(times_s: tuple[float, ...]) -> None:
    """Nothing was known there, and nothing is said about it here."""
    run = rows(*times_s)
    assert hold_sparse(run) == (run, [])


def test_a_run_too_sparse_to_coach_on_says_so() -> None:
    """Rows a minute apart are left as they are."""
    run = rows(0, 60, 120, 180)
    done, notes = hold_sparse(run)
    assert done == run
    assert notes[0].startswith("cadence values are 60 s apart: one older than 3 s is not coached on")


def test_values_too_sparse_among_rows_of_every_second_are_told_and_not_held() -> None:
    """The file says of each second that nothing was known."""
    run = [RecordedRow(float(i), 164.0 if i % 5 == 0 else None, 2.9, None) for i in range(60)]
    done, notes = hold_sparse(run)
    assert done == run
    assert notes[0].startswith("cadence values are 5 s apart")


def test_what_is_longer_than_any_run_is_not_held() -> None:
    """A small file must not become a large one in memory."""
    run = rows(*(10.0 * i for i in range(20_000)))
    done, notes = hold_sparse(run)
    assert run[-1].time_s > LONGEST_RUN_S
    assert done == run
    assert notes[0].startswith("cadence values are 10 s apart")


@given(st.lists(st.floats(0.01, 12), max_size=60))
@example([1.788773411662278, 5.4329522185048695, 9.0])
def test_holding_keeps_the_rows_and_their_order(steps_s: list[float]) -> None:
    """Times rise, no row is lost, and what is held came from the row before and is no older than ten seconds."""
    times_s = [0.0]
    for step_s in steps_s:
        times_s.append(times_s[-1] + step_s)
    run = rows(*times_s)
    done, _ = hold_sparse(run)
    assert all(before.time_s < after.time_s for before, after in pairwise(done))
    assert set(run) <= set(done)
    for row in done:
        assert row.raw_per_min is not None
        assert 0 <= row.time_s - times_s[int(row.raw_per_min % 1000)] < 10

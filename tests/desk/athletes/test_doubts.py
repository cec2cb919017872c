"""Odd values are asked about, at each edge."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from each_row import each_row

from cadencecoach.desk.athletes.doubts import baseline_doubts, day_doubts, settle_doubts
from cadencecoach.errors import UsageError
from cadencecoach.record.entries import BaselineTaken
from cadencecoach.record.row import SessionRow
from cadencecoach.session.host import NOBODY

DAY = date(2026, 3, 2)


def taken(spm: float, *, days: int = 0, mps: float | None = None, surface: str = "") -> BaselineTaken:
    """A baseline run."""
    return BaselineTaken(at="", day=DAY + timedelta(days=days), cadence_spm=spm, speed_mps=mps, surface=surface)


def row(spm: float | None, name: str = "s1") -> SessionRow:
    """A session in numbers."""
    return SessionRow(id=name, started="", day=DAY, mean_cadence_spm=spm)


def n_doubts(entry: BaselineTaken, *others: BaselineTaken, rows: tuple[SessionRow, ...] = ()) -> int:
    """How much is odd about it."""
    return len(list(baseline_doubts(entry, others, rows)))


@each_row(("spm", "n"), [(129.9, 1), (130, 0), (165, 0), (200, 0), (200.1, 1)])
def test_a_cadence_is_odd_outside_what_people_run_at(spm: float, n: int) -> None:
    """105 typed for 165 is asked about, even as the first."""
    assert n_doubts(taken(spm)) == n


@each_row(("spm", "n"), [(143.9, 1), (144, 0), (160, 0), (176, 0), (176.1, 1)])
def test_a_cadence_is_odd_more_than_a_tenth_from_the_baseline_before(spm: float, n: int) -> None:
    """Ten percent are as much as training asks for."""
    assert n_doubts(taken(spm, days=30), taken(160)) == n


@each_row(("spm", "n"), [(143.9, 1), (144, 0), (176, 0), (176.1, 1)])
def test_what_sensors_told_counts_where_there_is_no_baseline(spm: float, n: int) -> None:
    """The median of the last runs, whatever one of them says."""
    rows = (row(None, "a"), row(160, "b"), row(90, "c"), row(161, "d"), row(160, "e"))
    assert n_doubts(taken(spm), rows=rows) == n


def test_what_was_tapped_is_nothing_that_sensors_told() -> None:
    """Taps bear out no baseline, and make none odd."""
    tapped = replace(row(190), steps_from="taps")
    assert n_doubts(taken(160), rows=(tapped,)) == 0
    assert n_doubts(taken(190, days=30), taken(160), rows=(tapped,)) == 1


def test_one_that_is_near_anything_known_is_not_odd() -> None:
    """A runner who learned 178 in training is not asked about it for the sake of an old baseline."""
    assert n_doubts(taken(178, days=30), taken(160)) == 1
    assert n_doubts(taken(178, days=30), taken(160), rows=(row(177),)) == 0


def test_a_session_is_not_compared_with_itself() -> None:
    """Else whatever a sensor told would bear itself out."""
    entry = replace(taken(195), session="s1")
    assert n_doubts(entry, replace(taken(195), session="s1"), rows=(row(195),)) == 0
    assert n_doubts(entry, taken(160), rows=(row(195),)) == 1


def test_speed_and_surface_are_taken_into_account() -> None:
    """Brought to one speed by 6.5 spm for each m/s; the same surface first."""
    slow = taken(160, mps=2.5)
    assert n_doubts(taken(178, mps=3.5), slow) == 0  # 166.5 at 3.5 m/s
    assert n_doubts(taken(178, mps=2.5), slow) == 1
    assert n_doubts(taken(178, surface="road"), taken(160), taken(175, days=-90, surface="Road")) == 0


@each_row(("mps", "n"), [(1.49, 1), (1.5, 0), (6.0, 0), (6.01, 1), (None, 0)])
def test_a_speed_is_odd_for_a_baseline(mps: float | None, n: int) -> None:
    """A walk, or a sprint."""
    assert n_doubts(taken(165, mps=mps)) == n


@each_row(("seconds", "n"), [(59.9, 1), (60, 0), (7200, 0), (7200.1, 1), (None, 0)])
def test_a_length_is_odd_for_a_baseline(seconds: float | None, n: int) -> None:
    """Hours typed for minutes."""
    assert n_doubts(replace(taken(165), duration_s=seconds)) == n


@each_row(("days", "n"), [(366, 1), (365, 0), (0, 0), (-1, 0)])
def test_a_day_more_than_a_year_ago_is_odd(days: int, n: int) -> None:
    """1999 is a slip more often than a memory."""
    assert len(list(day_doubts(DAY - timedelta(days=days), DAY))) == n


def test_where_nobody_can_be_asked_all_doubts_are_told_in_one_line() -> None:
    """With the option that says yes; forced, nothing is asked."""
    with pytest.raises(UsageError, match=r"^this; that: nothing was written\. If it is right, add --force$"):
        settle_doubts(["this", "that"], NOBODY, is_forced=False)
    settle_doubts(["this"], NOBODY, is_forced=True)
    settle_doubts([], NOBODY, is_forced=False)

"""What the coach remembers of having spoken, and how long it waits, at each edge."""

from dataclasses import replace

from each_row import each_row
from own_feedback import FEEDBACK

from cadencecoach.coach.actions import BandState
from cadencecoach.coach.ladder import Corrections, is_spent, n_before_beat, rest_s, rung_of, spacing_s
from cadencecoach.plan.feedback import Rung
from cadencecoach.plan.model import Beat, Fixed, Free, Walk

BUSY = Corrections(
    at_r=90.0, n_in_row=2, n_recent=3, rung=Rung.WORDS, calm_from_r=100.0, rescue_r=120.0, is_slow_said=True
)


def test_nothing_has_been_told_at_first() -> None:
    """Nor is anything waiting: each by its value."""
    never = float("inf")
    assert Corrections() == Corrections(
        at_r=-never,
        n_in_row=0,
        n_recent=0,
        n_words=0,
        rung=None,
        calm_from_r=-never,
        left_r=0.0,
        praised_r=-never,
        rescue_r=never,
        is_slow_said=False,
        explained=frozenset[BandState](),
        target=Free(),
    )


@each_row(("now_r", "is_anew"), [(399.0, False), (400.0, False), (401.0, True)])
def test_the_ladder_begins_anew_after_a_calm(now_r: float, *, is_anew: bool) -> None:
    """More than 300 s since the last correction; at 300 s not yet."""
    corrections = BUSY.leave_band(now_r, FEEDBACK)
    assert (corrections == replace(BUSY.begin_anew(), n_recent=0)) is is_anew
    assert (corrections == BUSY) is not is_anew


def test_what_is_not_judged_is_no_calm() -> None:
    """Away from 110 to 150 s: the calm counts from 40 s later."""
    assert BUSY.stop_judging(110.0).judge_again(150.0).calm_from_r == 140.0


def test_another_target_is_another_chance() -> None:
    """The same one, a walk or a free stage is not."""
    corrections = replace(BUSY, target=Fixed(170.0))
    assert (
        corrections.with_target(Fixed(170.0))
        == corrections.with_target(Walk())
        == corrections.with_target(Free())
        == corrections
    )
    assert corrections.with_target(Fixed(171.0)) == replace(corrections.begin_anew(), target=Fixed(171.0))


@each_row(("n_before", "rung"), [(0, Rung.TONE), (1, Rung.WORDS), (2, Rung.WORDS), (9, Rung.WORDS)])
def test_the_last_rung_is_kept(n_before: int, rung: Rung) -> None:
    """A tone, then words for good."""
    assert rung_of(FEEDBACK, n_before) is rung


def test_the_beat_is_the_ladders_second() -> None:
    """After one correction, where the stage has a rescue beat."""
    assert n_before_beat(Beat.RESCUE, FEEDBACK) == 1
    assert n_before_beat(Beat.ON, FEEDBACK) is None


@each_row(("n_in_row", "is_so"), [(1, False), (2, True), (3, True)])
def test_patience_is_two(n_in_row: int, *, is_so: bool) -> None:
    """One below it, at it, and one above."""
    assert is_spent(FEEDBACK, replace(BUSY, n_in_row=n_in_row)) is is_so


@each_row(("n_in_row", "rest"), [(1, 0.0), (2, 60.0), (3, 120.0), (4, 240.0), (5, 240.0)])
def test_a_rest_doubles_up_to_its_limit(n_in_row: int, rest: float) -> None:
    """None while the patience lasts; from a minute to four."""
    assert rest_s(FEEDBACK, n_in_row) == rest


@each_row(("n_recent", "spacing"), [(0, 30.0), (1, 30.0), (2, 45.0), (3, 67.5), (4, 101.25), (5, 120.0), (50, 120.0)])
def test_spacing_grows_by_half_up_to_its_limit(n_recent: int, spacing: float) -> None:
    """From 30 s to two minutes."""
    assert spacing_s(FEEDBACK, Corrections(n_recent=n_recent)) == spacing


def test_a_long_rest_stands_above_the_spacing() -> None:
    """And a long spacing above a rest that is over."""
    assert spacing_s(FEEDBACK, Corrections(n_recent=1, n_in_row=3)) == 120.0
    assert spacing_s(FEEDBACK, Corrections(n_recent=3, n_in_row=1)) == 67.5


@each_row(
    ("side", "n_in_row", "wait_s"),
    [(BandState.BELOW, 1, 30.0), (BandState.ABOVE, 1, 45.0), (BandState.BELOW, 2, 60.0), (BandState.ABOVE, 2, 120.0)],
)
def test_after_a_correction_to_the_other_side_the_wait_is_longer(side: BandState, n_in_row: int, wait_s: float) -> None:
    """The last correction was for being below: by a step of growth, or of rest once the patience is spent."""
    told = Corrections(side=BandState.BELOW, n_recent=1, n_in_row=n_in_row)
    assert spacing_s(FEEDBACK, told, side) == wait_s


def test_the_limits_of_spacing_and_rest_hold_on_the_other_side_too() -> None:
    """120 s, and 240 s."""
    assert spacing_s(FEEDBACK, Corrections(side=BandState.BELOW, n_recent=20), BandState.ABOVE) == 120.0
    told = Corrections(side=BandState.BELOW, n_recent=20, n_in_row=20)
    assert spacing_s(FEEDBACK, told, BandState.ABOVE) == 240.0


def test_which_side_was_corrected_is_forgotten_with_the_target_and_after_a_calm() -> None:
    """Who is asked for something else has not swung."""
    told = Corrections(side=BandState.BELOW, target=Fixed(170.0), calm_from_r=0.0)
    assert told.with_target(Fixed(160.0)).side is None
    assert told.leave_band(301.0, FEEDBACK).side is None
    assert told.leave_band(300.0, FEEDBACK).side is BandState.BELOW

import pytest
from each_row import each_row
from hypothesis import given
from hypothesis import strategies as st

from cadencecoach.gait.evidence import Evidence


def heard(*marks: tuple[float, float]) -> Evidence:
    """The evidence after some step rates, each with its time."""
    evidence = Evidence(window_s=5.0)
    for time_s, cadence_spm in marks:
        evidence = evidence.with_mark(time_s, cadence_spm)
    return evidence


def each_second(*values: float) -> Evidence:
    """The evidence after one step rate a second from 0 s."""
    return heard(*((float(i), value) for i, value in enumerate(values)))


def test_the_estimate_is_the_median_of_five_seconds() -> None:
    """Five readings of a 1 Hz pod stand behind it; older ones do not."""
    evidence = each_second(150, 152, 160, 162, 164, 166, 168)
    assert evidence.cadence_spm == 164
    assert len(evidence.window) == 5


def test_an_even_number_of_readings_meets_in_the_middle() -> None:
    """The median of two is their mean."""
    assert each_second(160, 164).cadence_spm == 162


@each_row("outlier", [185.0, 82.0, 220.0, 110.0])
@each_row("before", [(164.0,), (164.0, 166.0, 164.0, 162.0, 164.0)])
def test_a_lone_outlier_never_moves_the_estimate(outlier: float, before: tuple[float, ...]) -> None:
    """Not when it comes, not afterwards, and it is counted."""
    during = each_second(*before, outlier)
    after = each_second(*before, outlier, 164.0)
    assert during.cadence_spm == each_second(*before).cadence_spm
    assert after.cadence_spm == 164
    assert (after.n_rejected, after.suspects) == (1, ())


def test_two_readings_that_agree_are_a_change() -> None:
    """A runner who begins to walk is followed after one second, without the running values before."""
    evidence = each_second(164, 164, 164, 102, 100)
    assert evidence.cadence_spm == 101
    assert evidence.n_rejected == 0


def test_an_outlier_repeated_by_a_quick_pod_is_still_one_outlier() -> None:
    """A 4 Hz pod sends an error three times within a second; that confirms nothing."""
    steady = [(0.25 * i, 164.0) for i in range(12)]
    evidence = heard(*steady, (3.0, 220.0), (3.25, 220.0), (3.5, 220.0), (3.75, 164.0))
    assert evidence.cadence_spm == 164
    assert evidence.n_rejected == 3


def test_two_outliers_far_apart_in_time_do_not_confirm_each_other() -> None:
    """A second opinion after more than three seconds is about something else."""
    evidence = heard((0.0, 164.0), (1.0, 220.0), (4.5, 220.0))
    assert evidence.cadence_spm == 164


def test_two_outliers_that_disagree_do_not_confirm_each_other() -> None:
    """110 and then 220 are two errors, not a change."""
    evidence = each_second(164, 110, 220, 164)
    assert evidence.cadence_spm == 164
    assert evidence.n_rejected == 2


def test_a_steep_but_steady_rise_is_followed() -> None:
    """Setting off from a walk to a run at 15 spm a second ends at the run's cadence, not with suspects."""
    evidence = each_second(100, 115, 130, 145, 160, 164, 164, 164, 164)
    assert evidence.cadence_spm == 164
    assert evidence.n_rejected == 0


def test_the_later_reading_of_one_instant_stands() -> None:
    """One notification delivered twice counts once; a corrected value replaces the first."""
    evidence = heard((0.0, 164.0), (1.0, 160.0), (1.0, 166.0), (1.02, 168.0))
    assert [cadence_spm for _, cadence_spm in evidence.window] == [164, 168]
    assert evidence.n_used == 2


def test_one_outlier_delivered_twice_does_not_confirm_itself() -> None:
    """The same instant is one opinion."""
    evidence = heard((0.0, 164.0), (1.0, 220.0), (1.01, 220.0), (2.0, 164.0))
    assert evidence.cadence_spm == 164
    assert evidence.n_rejected == 2


def test_a_wild_second_value_of_one_instant_is_dropped() -> None:
    """A repeated timestamp does not let an outlier in."""
    assert heard((0.0, 164.0), (1.0, 164.0), (1.0, 220.0)).cadence_spm == 164


def test_after_a_stop_one_reading_is_not_enough() -> None:
    """With an empty window and a past, the first value must be confirmed by the next second."""
    stopped = each_second(164, 164).empty()
    assert stopped.with_mark(10.0, 165.0).cadence_spm is None
    assert stopped.with_mark(10.0, 165.0).with_mark(11.0, 164.0).cadence_spm == 164.5


@each_row("every_s", [0.25, 1.0, 2.9, 3.1, 4.0, 5.0, 9.0])
def test_after_a_loss_slow_readings_confirm_each_other_too(every_s: float) -> None:
    """Whatever the pace of a sensor up to ten seconds, it is believed again; a lone value still is not."""
    back = each_second(164, 164).empty().with_mark(60.0, 160.0)
    assert back.cadence_spm is None
    for number in range(1, 5):
        back = back.with_mark(60.0 + number * every_s, 160.0)
    assert back.cadence_spm == 160


def test_a_value_that_confirms_from_afar_does_not_stand_in_the_window() -> None:
    """The estimate is of the last five seconds, also just after a loss."""
    back = each_second(164, 164).empty().with_mark(60.0, 150.0).with_mark(69.0, 170.0)
    assert (back.cadence_spm, back.window, back.n_used) == (170, ((69.0, 170.0),), 4)


@each_row(("later_s", "cadence_spm"), [(10.5, 160.0), (9.0, 220.0), (9.0, 82.0)])
def test_after_a_loss_a_late_or_different_value_confirms_nothing(later_s: float, cadence_spm: float) -> None:
    """Two values more than ten seconds or 45 spm apart are two errors as well as a runner."""
    back = each_second(164, 164).empty().with_mark(60.0, 160.0).with_mark(60.0 + later_s, cadence_spm)
    assert back.cadence_spm is None
    assert back.n_rejected == 1


@each_row(
    ("every_s", "quality"),
    [(0.25, 1.0), (0.9, 1.0), (1.0, 1.0), (1.05, 1.0), (2.0, 0.5), (2.5, 0.4)],
)
def test_quality_is_the_part_of_ten_seconds_with_readings(every_s: float, quality: float) -> None:
    """A steady 1 Hz pod, early or late by a little, is 1; every other second is a half."""
    evidence = heard(*((every_s * i, 164.0) for i in range(200)))
    newest_s = evidence.newest_s
    assert newest_s is not None
    assert evidence.quality_at(newest_s) == pytest.approx(quality, abs=0.11)
    assert evidence.quality_at(newest_s + 30.0) == 0.0


@given(st.lists(st.tuples(st.floats(0, 3), st.floats(1, 240)), min_size=1, max_size=60))
def test_the_estimate_always_comes_from_readings_that_were_heard(steps: list[tuple[float, float]]) -> None:
    """Whatever comes, the estimate is within the values of the window, and every reading is in one place or counted."""
    time_s = 0.0
    evidence = Evidence(window_s=5.0)
    for step_s, cadence_spm in steps:
        time_s += step_s
        evidence = evidence.with_mark(time_s, cadence_spm)
        values = [value for _, value in evidence.window]
        times = [at_s for at_s, _ in evidence.window]
        assert times == sorted(times)
        assert 0.0 <= evidence.quality_at(time_s) <= 1.0
        if evidence.cadence_spm is not None:
            assert min(values) <= evidence.cadence_spm <= max(values)
    assert evidence.n_used + evidence.n_rejected + len(evidence.suspects) <= len(steps)

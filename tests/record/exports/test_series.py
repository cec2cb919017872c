import pytest
from each_row import each_row
from hand_lines import records
from hypothesis import given
from hypothesis import strategies as st
from made_sessions import A_SESSION, Line, cue, end, only, reading, running, stage

from cadencecoach.record.exports.series import series_of
from cadencecoach.record.fold.summary import summarise


def cadences(lines: list[Line]) -> list[float | None]:
    """The cadence of each second."""
    return [second.cadence_spm for second in series_of(records(lines)).seconds]


def test_each_second_has_the_newest_value_before_its_end() -> None:
    """Whenever in it the sensor spoke; the end is no second of its own."""
    assert cadences([reading(0.2, 160), reading(0.9, 162), reading(1.0, 164), end(2.0)]) == [162, 164]


def test_a_value_is_held_as_in_the_summary_and_no_longer() -> None:
    """Three seconds; then it is missing, which is not zero."""
    assert cadences([reading(0.0, 160), end(6.0)]) == [160, 160, 160, None, None, None]
    assert cadences([reading(0.0, 160), reading(1.0, None), reading(2.0, 0.0), end(4.0)]) == [160, 160, 0, 0]


@each_row("odd", [-5.0, 241.0])
def test_what_no_runner_does_is_no_cadence(odd: float) -> None:
    """The one before stands, as in the summary."""
    assert cadences([reading(0.0, 160), reading(1.0, odd), end(2.0)]) == [160, 160]


def test_a_reading_of_the_past_fills_its_own_second_and_no_other() -> None:
    """What was known of a second stands; the seconds to come are not touched by it."""
    kept = [{**reading(3.0, spm), "came_s": came_s} for came_s, spm in ((0.5, 164.0), (1.5, 166.0))]
    lines = [reading(0.9, None), reading(1.2, 150.0), reading(2.1, None), *kept, end(5.0)]
    assert cadences(lines) == [164.0, 150.0, 150.0, 150.0, None]


def test_stages_targets_cues_and_pauses_have_their_seconds() -> None:
    """What is in force as a second begins is its own; a cue belongs to the second it was given in."""
    seconds = series_of(records(A_SESSION)).seconds
    assert len(seconds) == 55
    assert [(second.stage, second.target_spm) for second in (seconds[19], seconds[20])] == [(1, None), (2, 172.0)]
    assert [one.text for one in seconds[20].cues] == ["Go.", "Quicker \N{WHITE HEAVY CHECK MARK}"]
    assert [second.time_s for second in seconds if second.is_paused] == list(range(30, 40))
    assert series_of(records(A_SESSION)).pauses[0].to_s == 40.0


def test_the_way_grows_by_the_speed_that_is_held_and_not_in_a_pause() -> None:
    """Ten seconds at 3 m/s, a pause, five more of which three are known."""
    lines = [*running(0, 10, 170), only(10.0, "pause"), only(20.0, "resume"), reading(20.0, 170, 3.0), end(25.0)]
    seconds = series_of(records(lines)).seconds
    assert [seconds[k].distance_m for k in (0, 5, 10, 19, 21, 23, 24)] == [0, 15, 30, 30, 33, 39, 39]
    assert series_of(records([reading(0.0, 170), end(2.0)])).seconds[1].distance_m is None


def test_a_session_that_broke_off_in_a_pause_has_that_pause() -> None:
    """Up to its last line."""
    series = series_of(
        records([stage(0.0, 0, "Run"), *running(0, 5, 170), only(5.0, "pause"), cue(8.5, "session", "")])
    )
    assert [(pause.from_s, pause.to_s) for pause in series.pauses] == [(5.0, 8.5)]
    assert len(series.seconds) == 9


readings = st.lists(st.tuples(st.floats(0, 300), st.none() | st.floats(0, 240)), max_size=60)


@given(readings, st.floats(0, 400))
def test_seconds_have_no_hole_and_nearly_the_steps_of_the_summary(
    told: list[tuple[float, float | None]], to_s: float
) -> None:
    """Whatever a sensor says and when: k seconds for k seconds, and each change costs at most a second's steps."""
    lines = [reading(t, spm) for t, spm in sorted(told, key=lambda one: one[0])]
    last_s = max([to_s, *(t for t, _ in told)])
    series = series_of(records([stage(0.0, 0, "Run"), *lines, end(last_s)]))
    assert [second.time_s for second in series.seconds] == list(range(len(series.seconds)))
    assert len(series.seconds) - 1 <= last_s <= max(1, len(series.seconds))
    steps = sum(second.cadence_spm or 0 for second in series.seconds) / 60
    want = summarise(records([stage(0.0, 0, "Run"), *lines, end(last_s)])).session.steps
    assert steps == pytest.approx(want, abs=4.0 * (1 + len(told)))

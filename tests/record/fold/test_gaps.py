"""Breaks and stages that are gone back to, in hand-made lines: what each follower makes of them."""

from collections.abc import Iterator

import pytest
from each_row import each_row

from cadencecoach.record.exports.series import series_of
from cadencecoach.record.fold.summary import summarise
from cadencecoach.record.fold.tracing import trace_of
from cadencecoach.record.lines import EndLine, EstimateLine, FeetLine, GapLine, Line, PauseLine, ReadingLine, StageLine


def stage(t: float, index: int, name: str, *, is_warm_up: bool | None = None) -> StageLine:
    """A stage at 170 spm; a warm-up at none."""
    spm, low_spm, high_spm = (None, None, None) if is_warm_up else (170.0, 165.0, 175.0)
    return StageLine(t, index, name, spm, low_spm, high_spm, "on", "words", is_warm_up=is_warm_up)


def run(from_s: int, to_s: int, spm: float = 170.0) -> Iterator[Line]:
    """A reading and an estimate each second."""
    yield FeetLine(float(from_s), "live")
    for second in range(from_s, to_s):
        yield ReadingLine(float(second), spm)
        yield EstimateLine(float(second), spm, 0.0, 1.0)


GAP = GapLine(10.0, 900.0, "broke off")


def test_a_value_of_before_a_break_does_not_stand_after_it() -> None:
    """Nobody ran between the break and the first reading after it; held for 3 s, the last one would say so."""
    lines = [stage(0.0, 0, "Run"), *run(0, 10), GAP, stage(10.0, 0, "Run"), *run(15, 20), EndLine(20.0, "finished")]
    part = summarise(lines).stages[0]
    assert part.duration_s == 20.0
    assert part.running_s == pytest.approx(15.0)
    assert part.longest_streak_s == pytest.approx(10.0)
    assert summarise(lines).gaps == ((10.0, 900.0),)


@each_row("end", [[], [EndLine(10.0, "stopped")], [EndLine(10.0, "stopped"), EndLine(10.0, "stopped", is_added=True)]])
def test_a_gap_takes_an_end_back(end: list[Line]) -> None:
    """What comes after it counts; without another end the session has none."""
    lines = [stage(0.0, 0, "Run"), *run(0, 10), *end, GAP, stage(10.0, 0, "Run"), *run(10, 20)]
    assert not summarise(lines).is_ended
    finished = summarise([*lines, EndLine(20.0, "finished")])
    assert (finished.is_ended, finished.end_reason.value, finished.session.duration_s) == (True, "finished", 20.0)


def test_without_a_gap_nothing_after_an_end_counts() -> None:
    """As ever."""
    lines = [stage(0.0, 0, "Run"), *run(0, 10), EndLine(10.0, "stopped"), *run(10, 20), EndLine(20.0, "finished")]
    assert (summarise(lines).session.duration_s, summarise(lines).end_reason.value) == (10.0, "stopped")


def test_a_pause_ends_at_a_break() -> None:
    """It broke off in one; going on is going on."""
    lines = [
        stage(0.0, 0, "Run"),
        *run(0, 6),
        PauseLine(6.0),
        GAP,
        stage(10.0, 0, "Run"),
        *run(10, 20),
        EndLine(20.0, "finished"),
    ]
    assert (summarise(lines).paused_s, summarise(lines).session.duration_s) == (4.0, 16.0)
    assert [(one.from_s, one.to_s) for one in series_of(lines).pauses] == [(6.0, 10.0)]


def test_a_stage_that_is_gone_back_to_is_one_part() -> None:
    """After an undone skip, and after a warm-up; each stretch of it is one of the series."""
    lines = [
        *(stage(0.0, 0, "One"), *run(0, 5), stage(5.0, 1, "Two"), *run(5, 8), stage(8.0, 0, "One"), *run(8, 10)),
        *(GAP, stage(10.0, 0, "Warm-up", is_warm_up=True), *run(10, 14), stage(14.0, 0, "One"), *run(14, 16)),
        *(stage(16.0, 1, "Two"), *run(16, 20), EndLine(20.0, "finished")),
    ]
    parts = summarise(lines).stages
    assert [(part.name, part.duration_s) for part in parts] == [("One", 9.0), ("Two", 7.0), ("Warm-up", 4.0)]
    assert sum(part.steps for part in parts) == pytest.approx(170.0 / 60 * 20)
    assert [stretch.name for stretch in series_of(lines).stretches] == [
        "",
        "One",
        "Two",
        "One",
        "Warm-up",
        "One",
        "Two",
    ]
    assert len(summarise(lines, is_joined=False).stages) == 6


def test_the_picture_has_a_mark_and_no_line_across() -> None:
    """One run of the cadence ends at the break, another begins after it."""
    lines = [stage(0.0, 0, "Run"), *run(0, 10), GAP, stage(10.0, 0, "Run"), *run(10, 20), EndLine(20.0, "finished")]
    trace = trace_of(lines)
    assert [(points[0][0], points[-1][0]) for points in trace.cadence] == [(0.0, 9.0), (10.0, 19.0)]
    assert [(one.about, one.time_s, one.gap_s) for one in trace.notes] == [("gap", 10.0, 900.0)]

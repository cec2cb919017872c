"""What is in force after a line, and who goes along."""

from collections.abc import Mapping
from typing import ClassVar

from cadencecoach.record.fold.course import MAX_BPM, MAX_MPS, MAX_SPM, Act, Course, Fold, follow
from cadencecoach.record.lines import (
    EndLine,
    FeetLine,
    Line,
    PauseLine,
    PayloadLine,
    ReadingLine,
    ResumeLine,
    StageLine,
)

STAGE = StageLine(0.0, 0, "Rung", 170.0, 165.0, 175.0, beat="on", feedback="words")


class Witness:
    """Writes down when it was asked for what, and whether the session stood still then."""

    counts_up_to: ClassVar[frozenset[type[Line]] | None] = frozenset({PauseLine, ResumeLine})

    def __init__(self) -> None:
        self.seen: list[tuple[str, float, bool]] = []

    def count(self, course: Course, line: Line) -> None:
        """Before a line is in force."""
        self.seen.append(("count", line.t, course.is_paused))

    def takes(self) -> Mapping[type[Line], Act]:
        """Pauses only."""
        return {PauseLine: lambda course, line: self.seen.append(("take", line.t, course.is_paused))}


def test_time_is_counted_before_a_line_is_in_force_and_taken_after() -> None:
    """Only at the kinds of lines that a follower names."""
    witness = Witness()
    follow([PayloadLine(1.0, "rsc", "00"), PauseLine(2.0), ResumeLine(3.0)], witness)
    assert witness.seen == [("count", 2.0, False), ("take", 2.0, True), ("count", 3.0, True)]


def test_what_comes_after_the_end_does_not_count() -> None:
    """Neither in the course nor with its followers."""
    witness = Witness()
    course = follow([EndLine(1.0, "finished"), PauseLine(2.0)], witness)
    assert (course.now_s, course.is_ended, course.is_paused, witness.seen) == (1.0, True, False, [])


def test_time_does_not_go_back() -> None:
    """The newest time holds; the first line's is kept."""
    fold = Fold()
    for line in (FeetLine(5.0, "live"), FeetLine(3.0, "walking")):
        fold.add(line)
    assert (fold.course.start_s, fold.course.now_s, fold.course.is_running) == (5.0, 5.0, False)


def test_a_stage_whose_target_changes_is_the_same_stage() -> None:
    """Another index is another one."""
    again = StageLine(9.0, 0, "Rung", 171.0, 166.0, 176.0, beat="on", feedback="words")
    other = StageLine(20.0, 1, "Next", None, None, None, beat="off", feedback="none")
    course = follow([STAGE, again, other])
    assert (course.n_stages, course.stage) == (2, other)


def test_what_no_sensor_can_mean_is_not_held() -> None:
    """Up to 240 spm, 15 m/s and 254 beats a minute; and a reading of the past holds nothing."""
    assert (MAX_SPM, MAX_MPS, MAX_BPM) == (240.0, 15.0, 254.0)
    course = follow([ReadingLine(1.0, 240.5, 15.5, 255.0), ReadingLine(1.0, 168.0, 3.0, came_s=0.5, feet="live")])
    assert not any(one.is_known for one in (course.reading, course.speed, course.heart))
    course = follow([ReadingLine(1.0, 240.0, 15.0, 254.0)])
    assert [one.value for one in (course.reading, course.speed, course.heart)] == [240.0, 15.0, 254.0]
    assert [one.span_s(1.0, 9.0) for one in (course.reading, course.speed, course.heart)] == [3.0] * 3

"""A session second by second, as other programs record, gathered along its lines.

Second k stands for session time from k to k + 1. What was in force at its beginning (stage, target, pause) is its own;
of what a sensor said, the newest value that came before its end. A value is held as the summary holds it: until the
next one, 3 s at most; what is told every 5 s only, 6 s.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import ClassVar

from cadencecoach.record.exports.seconds import Cue, Second, Series, Stretch
from cadencecoach.record.fold.course import MAX_SPM, Act, Course, follow
from cadencecoach.record.fold.latest import LatestValue
from cadencecoach.record.lines import (
    CueLine,
    DynamicsLine,
    GapLine,
    Line,
    PauseLine,
    ReadingLine,
    ResumeLine,
    StageLine,
)

DYNAMICS_HOLD_S = 6.0  # they are told every 5 s, give or take a reading
MOSTLY_S = 0.5  # a value that is too old for more of a second than this is missing in it


def series_of(lines: Iterable[Line]) -> Series:
    """The seconds of a journal's lines, up to its end or to where it breaks off."""
    table = SecondBySecond()
    return table.series(follow(lines, table))


@dataclass(slots=True)
class _Beginning:
    """What is in force as a second begins."""

    stage: int = 0
    is_paused: bool = False
    target_spm: float | None = None
    low_spm: float | None = None
    high_spm: float | None = None
    distance_m: float | None = None


@dataclass(slots=True)
class SecondBySecond:
    """The seconds so far, and the one being filled."""

    counts_up_to: ClassVar[frozenset[type[Line]] | None] = None

    counted_s: float = 0.0
    second: int = 0
    beginning: _Beginning = field(default_factory=_Beginning)
    distance_m: float | None = None
    cues: list[Cue] = field(default_factory=list)
    seconds: list[Second] = field(default_factory=list)
    begun: list[tuple[str, float]] = field(default_factory=lambda: [("", 0.0)])  # stages: name, and when
    part: int = -1  # of the stage that runs
    pauses: list[Stretch] = field(default_factory=list)
    paused_since_s: float | None = None

    def count(self, course: Course, line: Line) -> None:
        """Let the seconds pass up to a line; time that goes back counts as none."""
        while self.second + 1 <= line.t:
            self._cover(course, self.second + 1)
            self._close(course)
            self.second += 1
            self._begin(course)
        self._cover(course, line.t)

    def takes(self) -> Mapping[type[Line], Act]:
        """What begins a stretch, cues, and what is known of seconds that have been closed."""
        return {
            ReadingLine: self._on_reading,
            CueLine: self._on_cue,
            StageLine: self._on_stage,
            PauseLine: self._on_pause,
            ResumeLine: self._on_resume,
            GapLine: self._on_resume,
        }

    def series(self, course: Course) -> Series:
        """All of it."""
        if self.counted_s > self.second or not self.seconds:
            self._close(course)
        self._end_pause()
        marks = [*self.begun, ("", self.counted_s)]
        stretches = (Stretch(name=name, from_s=from_s, to_s=to_s) for (name, from_s), (_, to_s) in pairwise(marks))
        return Series(
            seconds=tuple(self.seconds),
            stretches=tuple(stretches),
            pauses=tuple(self.pauses),
            end_s=self.counted_s,
        )

    def _cover(self, course: Course, time_s: float) -> None:
        """Credit the way up to a time to the speed that is held."""
        if time_s <= self.counted_s:
            return
        if self.distance_m is not None and not course.is_paused:
            self.distance_m += course.speed.value * course.speed.span_s(self.counted_s, time_s)
        self.counted_s = time_s

    def _begin(self, course: Course) -> None:
        stage = course.stage
        self.beginning = _Beginning(
            stage=len(self.begun) - 1,
            is_paused=course.is_paused,
            target_spm=None if stage is None else stage.target_spm,
            low_spm=None if stage is None else stage.low_spm,
            high_spm=None if stage is None else stage.high_spm,
            distance_m=self.distance_m,
        )

    def _close(self, course: Course) -> None:
        began = self.beginning
        self.seconds.append(
            Second(
                time_s=self.second,
                stage=began.stage,
                is_paused=began.is_paused,
                feet=course.feet,
                cadence_spm=self._value(course.reading),
                estimate_spm=self._value(course.estimate),
                speed_mps=self._value(course.speed),
                hr_bpm=self._value(course.heart),
                distance_m=began.distance_m,
                target_spm=began.target_spm,
                low_spm=began.low_spm,
                high_spm=began.high_spm,
                cues=tuple(self.cues),
                dynamics=self._dynamics(course),
            )
        )
        self.cues.clear()

    def _value(self, latest: LatestValue) -> float | None:
        """The value in the second that is closed; None where it is too old."""
        return latest.value if latest.until_s >= self.second + MOSTLY_S else None

    def _dynamics(self, course: Course) -> DynamicsLine | None:
        """What was told of the run beyond cadence, in the second that is closed; None in a pause."""
        line = course.dynamics
        is_fresh = line is not None and line.t + DYNAMICS_HOLD_S >= self.second + MOSTLY_S
        return line if is_fresh and not course.is_paused else None

    def _note_change(self, course: Course) -> None:
        """Something has changed; at the beginning of a second it belongs to that second."""
        if self.counted_s == self.second:
            self._begin(course)

    def _on_reading(self, course: Course, line: ReadingLine) -> None:
        if line.came_s is not None:
            self._on_late_reading(line.came_s, line.cadence_spm)
        elif self.distance_m is None and course.speed.is_known:
            self.distance_m = 0.0
            self._note_change(course)

    def _on_cue(self, _: Course, line: CueLine) -> None:
        self.cues.append(Cue(self.counted_s, line.kind, line.reason, line.text))

    def _on_stage(self, course: Course, line: StageLine) -> None:
        if course.part != self.part:
            self.part = course.part
            self.begun.append((line.name, self.counted_s))
        self._note_change(course)

    def _on_pause(self, course: Course, _: PauseLine) -> None:
        if self.paused_since_s is None:
            self.paused_since_s = self.counted_s
        self._note_change(course)

    def _on_resume(self, course: Course, _: ResumeLine | GapLine) -> None:
        self._end_pause()
        self._note_change(course)

    def _on_late_reading(self, came_s: float, cadence_spm: float | None) -> None:
        """A reading of a second that has been closed, as far as nothing was known of it."""
        second = int(came_s)
        if cadence_spm is None or not 0 <= cadence_spm <= MAX_SPM:
            return
        if second < len(self.seconds) and self.seconds[second].cadence_spm is None:
            self.seconds[second] = self.seconds[second]._replace(cadence_spm=cadence_spm)

    def _end_pause(self) -> None:
        if self.paused_since_s is not None:
            self.pauses.append(Stretch(name="", from_s=self.paused_since_s, to_s=self.counted_s))
            self.paused_since_s = None

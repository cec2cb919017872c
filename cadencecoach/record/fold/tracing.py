"""A session as a picture wants it, gathered along its lines: what holds now, and what has been closed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import ClassVar, Generic, TypeVar

from cadencecoach.coach.actions import CueReason
from cadencecoach.gait.reading import Feet
from cadencecoach.record.fold.course import Act, Course, follow
from cadencecoach.record.fold.latest import HOLD_S
from cadencecoach.record.lines import (
    BaselineLine,
    CueLine,
    EstimateLine,
    FeetLine,
    GapLine,
    HelpLine,
    Line,
    MuteLine,
    NoteLine,
    PauseLine,
    ReadingLine,
    ResumeLine,
    SoundLine,
    StageLine,
    UnitLine,
)
from cadencecoach.record.pain import pains_of
from cadencecoach.record.thinning import Point, thin
from cadencecoach.record.trace import CueMark, HelpSpan, NoteMark, Span, SpanKind, StageSpan, Trace

N_COLUMNS = 800  # no picture of ours is wider


def trace_of(lines: Iterable[Line], *, n_columns: int = N_COLUMNS) -> Trace:
    """The trace of a journal's lines; what comes after the end does not count.

    Args:
        lines: in order
        n_columns: at how many columns the series are thinned
    """
    tracer = Tracer()
    return tracer.trace(follow(lines, tracer), n_columns)


@dataclass(slots=True)
class _Series:
    """Values over time in unbroken runs."""

    runs: list[list[Point]] = field(default_factory=list)
    is_open: bool = False

    def take(self, time_s: float, value: float) -> None:
        if not self.is_open or time_s - self.runs[-1][-1][0] > HOLD_S:
            self.runs.append([])
        self.runs[-1].append((time_s, value))
        self.is_open = True

    def stop(self) -> None:
        self.is_open = False


T = TypeVar("T")


@dataclass(slots=True)
class _Stretches(Generic[T]):
    """What held from when to when; None is nothing to tell."""

    closed: list[tuple[T, float, float]] = field(default_factory=list)
    value: T | None = None
    since_s: float = 0.0

    def turn(self, value: T | None, time_s: float) -> None:
        if value == self.value:
            return
        if self.value is not None and time_s > self.since_s:
            self.closed.append((self.value, self.since_s, time_s))
        self.value, self.since_s = value, time_s


_KIND_OF_FEET = {
    "": SpanKind.NO_SENSOR,
    Feet.UNKNOWN.value: SpanKind.NO_SENSOR,
    Feet.STALE.value: SpanKind.NO_SENSOR,
    Feet.LOST.value: SpanKind.NO_SENSOR,
    Feet.WALKING.value: SpanKind.WALKING,
    Feet.STILL.value: SpanKind.STILL,
}


@dataclass(slots=True)
class Tracer:
    """What has been closed of a session, and what is open."""

    counts_up_to: ClassVar[frozenset[type[Line]] | None] = frozenset()

    baseline_spm: float | None = None
    unit: str = ""
    n_slipped_frames: int = 0
    cadence: _Series = field(default_factory=_Series)
    speed: _Series = field(default_factory=_Series)
    stages: _Stretches[StageSpan] = field(default_factory=_Stretches)
    help: _Stretches[bool] = field(default_factory=_Stretches)
    spans: _Stretches[SpanKind] = field(default_factory=lambda: _Stretches(value=SpanKind.NO_SENSOR))
    cues: list[CueMark] = field(default_factory=list)
    notes: list[NoteMark] = field(default_factory=list)
    pain_notes: list[NoteLine] = field(default_factory=list)

    def count(self, course: Course, line: Line) -> None:
        """Time alone draws nothing."""

    def takes(self) -> Mapping[type[Line], Act]:
        """What is drawn."""
        return {
            EstimateLine: self._on_estimate,
            ReadingLine: self._on_reading,
            FeetLine: self._on_feet,
            GapLine: self._on_gap,
            StageLine: self._on_stage,
            HelpLine: self._note_change,
            MuteLine: self._note_change,
            BaselineLine: self._on_baseline,
            CueLine: self._on_cue,
            NoteLine: self._on_note,
            PauseLine: self._on_pause,
            ResumeLine: self._note_change,
            UnitLine: self._on_unit,
            SoundLine: self._on_sound,
        }

    def trace(self, course: Course, n_columns: int) -> Trace:
        """Close what is open, once."""
        column_s = course.now_s / n_columns
        for stretches in (self.stages, self.help, self.spans):
            stretches.turn(None, course.now_s)
        return Trace(
            end_s=course.now_s,
            cadence=tuple(thin(run, column_s) for run in self.cadence.runs),
            speed=tuple(thin(run, column_s) for run in self.speed.runs),
            stages=tuple(replace(stage, start_s=since_s, end_s=end_s) for stage, since_s, end_s in self.stages.closed),
            help=tuple(HelpSpan(is_helped=on, start_s=since_s, end_s=end_s) for on, since_s, end_s in self.help.closed),
            spans=tuple(Span(kind=kind, start_s=since_s, end_s=end_s) for kind, since_s, end_s in self.spans.closed),
            cues=tuple(self.cues),
            notes=tuple(self.notes),
            pains=pains_of(self.pain_notes),
            unit=self.unit,
            n_slipped_frames=self.n_slipped_frames,
        )

    def _on_estimate(self, course: Course, line: EstimateLine) -> None:
        is_fresh = line.age_s is not None and line.age_s <= HOLD_S
        if line.cadence_spm is None or not is_fresh or not course.is_running or course.is_paused:
            self.cadence.stop()
        else:
            self.cadence.take(course.now_s, line.cadence_spm)

    def _on_reading(self, course: Course, line: ReadingLine) -> None:
        if line.speed_mps is not None and line.speed_mps >= 0 and not course.is_paused and line.came_s is None:
            self.speed.take(course.now_s, line.speed_mps)

    def _on_feet(self, course: Course, _: FeetLine) -> None:
        if not course.is_running:
            self.cadence.stop()
        self._note_change(course)

    def _on_gap(self, course: Course, line: GapLine) -> None:
        self.notes.append(NoteMark(time_s=course.now_s, about="gap", text=line.reason, level=None, gap_s=line.gap_s))
        self._on_pause(course, line)

    def _on_stage(self, course: Course, line: StageLine) -> None:
        before = self.stages.value
        stage = StageSpan(
            index=line.index,
            name=line.name,
            start_s=course.now_s,
            end_s=course.now_s,
            target_spm=line.target_spm,
            low_spm=line.low_spm,
            high_spm=line.high_spm,
            from_spm=before.target_spm if before is not None and before.target_spm else self.baseline_spm,
            ramp_s=line.ramp_s or 0.0,
            is_probe=course.helping.is_in_probe,
        )
        self.stages.turn(stage, course.now_s)
        self._note_change(course)

    def _on_pause(self, course: Course, _: PauseLine | GapLine) -> None:
        self.cadence.stop()
        self.speed.stop()
        self._note_change(course)

    def _note_change(self, course: Course, _: Line | None = None) -> None:
        """Something changed that decides which stretch this is."""
        is_asked = self.stages.value is not None and self.stages.value.target_spm is not None
        is_helped = course.helping.is_on if is_asked and not course.is_paused else None
        self.help.turn(is_helped, course.now_s)
        self.spans.turn(SpanKind.PAUSED if course.is_paused else _KIND_OF_FEET.get(course.feet), course.now_s)

    def _on_baseline(self, _: Course, line: BaselineLine) -> None:
        self.baseline_spm = line.cadence_spm

    def _on_cue(self, _: Course, line: CueLine) -> None:
        if line.reason != CueReason.COUNTDOWN.value:
            time_s = line.t if line.actual_s is None else line.actual_s
            self.cues.append(CueMark(time_s=time_s, reason=line.reason, text=line.text))

    def _on_note(self, course: Course, line: NoteLine) -> None:
        if line.about == "pain":
            self.pain_notes.append(line)
        self.notes.append(NoteMark(time_s=course.now_s, about=line.about, text=line.text, level=line.level))

    def _on_unit(self, _: Course, line: UnitLine) -> None:
        self.unit = line.unit

    def _on_sound(self, _: Course, line: SoundLine) -> None:
        self.n_slipped_frames = int(line.slip_frames or self.n_slipped_frames)

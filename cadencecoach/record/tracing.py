"""From the lines of a journal to a session over time: a fold that knows what holds now and what has been closed."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Generic, TypeVar

from cadencecoach.coach.actions import CueReason
from cadencecoach.gait.reading import Feet
from cadencecoach.record.counting.held import HOLD_S
from cadencecoach.record.counting.helping import Helping
from cadencecoach.record.pain import pains_of
from cadencecoach.record.thinning import Point, thinned
from cadencecoach.record.trace import CueMark, HelpSpan, NoteMark, Span, SpanKind, StageSpan, Trace

Line = Mapping[str, Any]

N_COLUMNS = 800  # no picture of ours is wider


def trace_of(lines: Iterable[Line], *, n_columns: int = N_COLUMNS) -> Trace:
    """The trace of a journal's lines; what comes after the end does not count.

    Args:
        lines: in order
        n_columns: at how many columns the series are thinned
    """
    tracer = _Tracer()
    for line in lines:
        tracer.add(line)
        if line["what"] == "end":
            break
    return tracer.trace(n_columns)


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
    Feet.UNKNOWN.value: SpanKind.NO_SENSOR,
    Feet.STALE.value: SpanKind.NO_SENSOR,
    Feet.LOST.value: SpanKind.NO_SENSOR,
    Feet.WALKING.value: SpanKind.WALKING,
    Feet.STILL.value: SpanKind.STILL,
}


@dataclass(slots=True)
class _Tracer:
    """The fold: what holds now, and what has been closed."""

    now_s: float = 0.0
    feet: str = Feet.UNKNOWN.value
    is_paused: bool = False
    helping: Helping = field(default_factory=Helping)
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
    pain_notes: list[Line] = field(default_factory=list)

    def add(self, line: Line) -> None:
        self.now_s = max(self.now_s, line["t"])
        take = _ON.get(line["what"])
        if take is not None:
            take(self, line)

    def trace(self, n_columns: int) -> Trace:
        """Close what is open, once."""
        column_s = self.now_s / n_columns
        for stretches in (self.stages, self.help, self.spans):
            stretches.turn(None, self.now_s)
        return Trace(
            end_s=self.now_s,
            cadence=tuple(thinned(run, column_s) for run in self.cadence.runs),
            speed=tuple(thinned(run, column_s) for run in self.speed.runs),
            stages=tuple(replace(stage, start_s=since_s, end_s=end_s) for stage, since_s, end_s in self.stages.closed),
            help=tuple(HelpSpan(is_helped=on, start_s=since_s, end_s=end_s) for on, since_s, end_s in self.help.closed),
            spans=tuple(Span(kind=kind, start_s=since_s, end_s=end_s) for kind, since_s, end_s in self.spans.closed),
            cues=tuple(self.cues),
            notes=tuple(self.notes),
            pains=pains_of(self.pain_notes),
            unit=self.unit,
            n_slipped_frames=self.n_slipped_frames,
        )

    def on_estimate(self, line: Line) -> None:
        spm = line.get("cadence_spm")
        is_running = self.feet == Feet.LIVE.value and not self.is_paused
        age_s = line.get("age_s")
        if spm is None or age_s is None or not is_running or age_s > HOLD_S:
            self.cadence.stop()
        else:
            self.cadence.take(self.now_s, spm)

    def on_reading(self, line: Line) -> None:
        speed_mps = line.get("speed_mps")
        if speed_mps is not None and speed_mps >= 0 and not self.is_paused and "came_s" not in line:
            self.speed.take(self.now_s, speed_mps)

    def on_feet(self, line: Line) -> None:
        self.feet = str(line.get("state"))
        if self.feet != Feet.LIVE.value:
            self.cadence.stop()
        self._turned()

    def on_stage(self, line: Line) -> None:
        target_spm = line.get("target_spm")
        before = self.stages.value
        self.helping.enter(line)
        stage = StageSpan(
            index=line.get("index", 0),
            name=str(line.get("name", "")),
            start_s=self.now_s,
            end_s=self.now_s,
            target_spm=target_spm,
            low_spm=line.get("low_spm"),
            high_spm=line.get("high_spm"),
            from_spm=before.target_spm if before is not None and before.target_spm else self.baseline_spm,
            ramp_s=line.get("ramp_s") or 0.0,
            is_probe=self.helping.is_in_probe,
        )
        self.stages.turn(stage, self.now_s)
        self._turned()

    def on_help(self, line: Line) -> None:
        self.helping.switch(line)
        self._turned()

    def on_mute(self, line: Line) -> None:
        self.helping.mute(line)
        self._turned()

    def _turned(self) -> None:
        """Something changed that decides which stretch this is."""
        is_asked = self.stages.value is not None and self.stages.value.target_spm is not None
        is_helped = self.helping.is_on if is_asked and not self.is_paused else None
        self.help.turn(is_helped, self.now_s)
        self.spans.turn(SpanKind.PAUSED if self.is_paused else _KIND_OF_FEET.get(self.feet), self.now_s)

    def on_baseline(self, line: Line) -> None:
        self.baseline_spm = line.get("cadence_spm")

    def on_cue(self, line: Line) -> None:
        reason = str(line.get("reason", ""))
        if reason != CueReason.COUNTDOWN.value:
            heard_s = line.get("actual_s")
            time_s = line["t"] if heard_s is None else heard_s
            self.cues.append(CueMark(time_s=time_s, reason=reason, text=str(line.get("text", ""))))

    def on_note(self, line: Line) -> None:
        text, about = (str(line.get(name, "")) for name in ("text", "about"))
        if about == "pain":
            self.pain_notes.append(line)
        self.notes.append(NoteMark(time_s=self.now_s, about=about, text=text, level=line.get("level")))

    def on_pause(self, _: Line) -> None:
        self.is_paused = True
        self.cadence.stop()
        self.speed.stop()
        self._turned()

    def on_resume(self, _: Line) -> None:
        self.is_paused = False
        self._turned()

    def on_unit(self, line: Line) -> None:
        self.unit = str(line.get("unit", ""))

    def on_sound(self, line: Line) -> None:
        self.n_slipped_frames = int(line.get("slip_frames") or self.n_slipped_frames)


_ON: Mapping[str, Callable[[_Tracer, Line], None]] = {
    "estimate": _Tracer.on_estimate,
    "reading": _Tracer.on_reading,
    "feet": _Tracer.on_feet,
    "stage": _Tracer.on_stage,
    "help": _Tracer.on_help,
    "mute": _Tracer.on_mute,
    "baseline": _Tracer.on_baseline,
    "cue": _Tracer.on_cue,
    "note": _Tracer.on_note,
    "pause": _Tracer.on_pause,
    "resume": _Tracer.on_resume,
    "unit": _Tracer.on_unit,
    "sound": _Tracer.on_sound,
}

"""What a session came to: a fold over the lines of its journal. docs/metrics.md defines every number.

Every sum grows between one line and the next, under what held between them: the stage, the pause, the feet, the
newest estimate and reading. So a journal that breaks off gives the summary of what it holds, and a live session can
hand over its lines as they come.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from cadencecoach.coach.actions import EndReason
from cadencecoach.gait.reading import Feet
from cadencecoach.record.figures import Part, Summary, whole
from cadencecoach.units import SECONDS_PER_MINUTE

HOLD_S = 3.0  # a value stands until the next one, but no longer than it takes to count as stale
MAX_SPM = 240.0  # nobody runs quicker; a doubled or broken reading is no steps

Line = Mapping[str, Any]


def summarise(lines: Iterable[Line], *, name: str = "", baseline_spm: float | None = None) -> Summary:
    """The summary of a journal's lines; `name` is that of the plan, the baseline the one given before the start."""
    summariser = Summariser(baseline_spm=baseline_spm)
    for line in lines:
        summariser.add(line)
    return summariser.summary(name=name)


class Summariser:
    """The fold itself: takes the lines in order and can be asked at any time. A few microseconds a line."""

    def __init__(self, *, baseline_spm: float | None = None) -> None:
        """Begin with no line; a baseline from the plan or the athlete is not in the lines and is given here."""
        self._tallies = [_Tally("before the first stage")]
        self._stage: object = None
        self._time_s: float | None = None
        self._is_paused = False
        self._is_running = False
        self._estimate = _Held()
        self._reading = _Held()
        self._baseline_spm = baseline_spm
        self._paused_s = 0.0
        self._end: EndReason | None = None
        self._on: dict[str, Callable[[Line], None]] = {
            "reading": self._on_reading,
            "estimate": self._on_estimate,
            "feet": self._on_feet,
            "stage": self._on_stage,
            "baseline": self._on_baseline,
            "cue": self._on_cue,
            "pause": self._on_pause,
            "resume": self._on_resume,
            "end": self._on_end,
        }

    def add(self, line: Line) -> None:
        """Take the next line. What comes after the end does not count."""
        if self._end is not None:
            return
        self._pass_until(line["t"])
        take = self._on.get(line["what"])
        if take is not None:
            take(line)

    def summary(self, *, name: str = "") -> Summary:
        """The numbers up to the last line taken."""
        first, *stages = self._tallies
        parts = tuple(tally.part() for tally in ([] if first.is_empty() else [first]) + stages)
        return Summary(
            session=whole(name, parts),
            stages=parts,
            baseline_spm=self._baseline_spm,
            paused_s=self._paused_s,
            end_reason=self._end or EndReason.INTERRUPTED,
        )

    def _pass_until(self, time_s: float) -> None:
        """Credit the time since the line before to what held during it. Time that goes back counts as none."""
        before_s = time_s if self._time_s is None else self._time_s
        if time_s < before_s:
            return
        self._time_s = time_s
        if self._is_paused:
            self._paused_s += time_s - before_s
            return
        tally = self._tallies[-1]
        tally.count_steps(self._reading.spm, self._reading.span_s(before_s, time_s))
        if self._is_running:
            tally.count_running(self._estimate.spm, self._estimate.span_s(before_s, time_s))
        tally.count_time(time_s - before_s)

    def _on_reading(self, line: Line) -> None:
        cadence_spm = line.get("cadence_spm")
        if cadence_spm is not None and 0 <= cadence_spm <= MAX_SPM:
            self._reading.take(cadence_spm, since_s=line["t"])

    def _on_estimate(self, line: Line) -> None:
        cadence_spm = line.get("cadence_spm")
        if cadence_spm is not None:
            self._estimate.take(cadence_spm, since_s=line["t"] - (line.get("age_s") or 0.0))

    def _on_feet(self, line: Line) -> None:
        self._is_running = line.get("state") == Feet.LIVE.value

    def _on_stage(self, line: Line) -> None:
        if self._stage is None or line.get("index") != self._stage:
            self._stage = line.get("index")
            self._tallies.append(_Tally(str(line.get("name", ""))))
        self._tallies[-1].set_band(line)

    def _on_baseline(self, line: Line) -> None:
        self._baseline_spm = line.get("cadence_spm")

    def _on_cue(self, line: Line) -> None:
        n_cues = self._tallies[-1].n_cues
        reason = str(line.get("reason", ""))
        n_cues[reason] = n_cues.get(reason, 0) + 1

    def _on_pause(self, _: Line) -> None:
        self._is_paused = True

    def _on_resume(self, _: Line) -> None:
        self._is_paused = False

    def _on_end(self, line: Line) -> None:
        known = {reason.value: reason for reason in EndReason}
        self._end = known.get(line.get("reason", ""), EndReason.INTERRUPTED)


@dataclass(slots=True)
class _Held:
    """A value that stands from when it was true until it is too old."""

    spm: float = 0.0
    until_s: float = float("-inf")

    def take(self, spm: float, *, since_s: float) -> None:
        self.spm = spm
        self.until_s = since_s + HOLD_S

    def span_s(self, from_s: float, to_s: float) -> float:
        """How much of a stretch of time the value stands for."""
        return max(0.0, min(to_s, self.until_s) - from_s)


@dataclass(slots=True)
class _Tally:
    """The sums of one stage as they grow."""

    name: str
    target_spm: float | None = None
    low_spm: float | None = None
    high_spm: float | None = None
    ramp_left_s: float = 0.0
    duration_s: float = 0.0
    running_s: float = 0.0
    cadence_sum: float = 0.0  # spm times seconds
    band_s: float | None = None
    in_band_s: float = 0.0
    steps: float = 0.0
    covered_s: float = 0.0
    n_cues: dict[str, int] = field(default_factory=dict)

    def set_band(self, line: Line) -> None:
        self.target_spm, self.low_spm, self.high_spm = (line.get(f"{edge}_spm") for edge in ("target", "low", "high"))
        self.ramp_left_s = line.get("ramp_s", 0.0)
        if self.low_spm is not None and self.band_s is None:
            self.band_s = 0.0

    def count_time(self, span_s: float) -> None:
        self.duration_s += span_s
        self.ramp_left_s = max(0.0, self.ramp_left_s - span_s)

    def count_steps(self, cadence_spm: float, span_s: float) -> None:
        self.covered_s += span_s
        self.steps += cadence_spm * span_s / SECONDS_PER_MINUTE

    def count_running(self, cadence_spm: float, span_s: float) -> None:
        self.running_s += span_s
        self.cadence_sum += cadence_spm * span_s
        if self.low_spm is None or self.high_spm is None:
            return
        judged_s = max(0.0, span_s - self.ramp_left_s)
        self.band_s = (self.band_s or 0.0) + judged_s
        if self.low_spm <= cadence_spm <= self.high_spm:
            self.in_band_s += judged_s

    def is_empty(self) -> bool:
        """Nothing happened before the first stage: the usual case."""
        return self.duration_s == 0 and not self.n_cues

    def part(self) -> Part:
        return Part(
            name=self.name,
            target_spm=self.target_spm,
            duration_s=self.duration_s,
            running_s=self.running_s,
            mean_cadence_spm=self.cadence_sum / self.running_s if self.running_s else None,
            band_s=self.band_s,
            in_band_s=None if self.band_s is None else self.in_band_s,
            steps=self.steps,
            covered_s=self.covered_s,
            n_cues=dict(self.n_cues),
        )

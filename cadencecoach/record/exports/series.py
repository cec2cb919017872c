"""A session second by second, as other programs record: a fold over the lines of its journal.

Second k stands for session time from k to k + 1. What was in force at its beginning (stage, target, pause) is its own;
of what a sensor said, the newest value that came before its end. A value is held as the summary holds it: until the
next one, 3 s at most.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from cadencecoach.record.counting.held import HOLD_S
from cadencecoach.record.counting.past import MAX_MPS, MAX_SPM
from cadencecoach.record.exports.seconds import Cue, Second, Series, Stretch

Line = Mapping[str, Any]

MOSTLY_S = 0.5  # a value that is too old for more of a second than this is missing in it


def series_of(lines: Iterable[Line]) -> Series:
    """The seconds of a journal's lines, up to its end or to where it breaks off."""
    fold = _Fold()
    for line in lines:
        fold.take(line)
        if line["what"] == "end":
            break
    return fold.series()


@dataclass(slots=True)
class _Held:
    """A value and when it was true."""

    value: float | None = None
    since_s: float = float("-inf")

    def take(self, value: float | None, since_s: float) -> None:
        if value is not None:
            self.value, self.since_s = value, since_s

    def at(self, second: int) -> float | None:
        """The value in that second; None where it is too old."""
        return self.value if self.since_s + HOLD_S >= second + MOSTLY_S else None

    def held_s(self, from_s: float, to_s: float) -> float:
        return max(0.0, min(to_s, self.since_s + HOLD_S) - from_s)


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
class _Fold:
    """The seconds so far, and the one being filled."""

    now_s: float = 0.0
    second: int = 0
    beginning: _Beginning = field(default_factory=_Beginning)
    is_paused: bool = False
    feet: str = ""
    stage: Line = field(default_factory=dict)
    index: object = None
    distance_m: float | None = None
    cues: list[Cue] = field(default_factory=list)
    cadence: _Held = field(default_factory=_Held)
    estimate: _Held = field(default_factory=_Held)
    speed: _Held = field(default_factory=_Held)
    heart: _Held = field(default_factory=_Held)
    seconds: list[Second] = field(default_factory=list)
    begun: list[tuple[str, float]] = field(default_factory=lambda: [("", 0.0)])  # stages: name, and when
    pauses: list[Stretch] = field(default_factory=list)
    paused_since_s: float = 0.0

    def take(self, line: Line) -> None:
        """The next line; time that goes back counts as none."""
        self._pass_until(line["t"])
        take = _TAKE.get(line["what"])
        if take is not None:
            take(self, line)
        if self.now_s == self.second:  # it belongs to the beginning of this second
            self._begin()

    def series(self) -> Series:
        """All of it."""
        if self.now_s > self.second or not self.seconds:
            self._close()
        if self.is_paused:
            self._end_pause()
        marks = [*self.begun, ("", self.now_s)]
        stretches = (Stretch(name=name, from_s=from_s, to_s=to_s) for (name, from_s), (_, to_s) in pairwise(marks))
        return Series(
            seconds=tuple(self.seconds),
            stretches=tuple(stretches),
            pauses=tuple(self.pauses),
            end_s=self.now_s,
        )

    def _pass_until(self, time_s: float) -> None:
        while self.second + 1 <= time_s:
            self._cover(self.second + 1)
            self._close()
            self.second += 1
            self._begin()
        self._cover(time_s)

    def _cover(self, time_s: float) -> None:
        """Credit the way from now on to the speed that is held."""
        if time_s <= self.now_s:
            return
        if self.speed.value is not None and not self.is_paused:
            self.distance_m = (self.distance_m or 0.0) + self.speed.value * self.speed.held_s(self.now_s, time_s)
        self.now_s = time_s

    def _begin(self) -> None:
        self.beginning = _Beginning(
            stage=len(self.begun) - 1,
            is_paused=self.is_paused,
            target_spm=self.stage.get("target_spm"),
            low_spm=self.stage.get("low_spm"),
            high_spm=self.stage.get("high_spm"),
            distance_m=self.distance_m,
        )

    def _close(self) -> None:
        began = self.beginning
        self.seconds.append(
            Second(
                time_s=self.second,
                stage=began.stage,
                is_paused=began.is_paused,
                feet=self.feet,
                cadence_spm=self.cadence.at(self.second),
                estimate_spm=self.estimate.at(self.second),
                speed_mps=self.speed.at(self.second),
                hr_bpm=self.heart.at(self.second),
                distance_m=began.distance_m,
                target_spm=began.target_spm,
                low_spm=began.low_spm,
                high_spm=began.high_spm,
                cues=tuple(self.cues),
            )
        )
        self.cues.clear()

    def on_reading(self, line: Line) -> None:
        if "came_s" in line:
            self._on_past(line["came_s"], _within(line["cadence_spm"], MAX_SPM))
            return
        cadence_spm, speed_mps, hr_bpm = (line.get(name) for name in ("cadence_spm", "speed_mps", "hr_bpm"))
        self.cadence.take(_within(cadence_spm, MAX_SPM), self.now_s)
        self.speed.take(_within(speed_mps, MAX_MPS), self.now_s)
        self.heart.take(_within(hr_bpm, MAX_BPM), self.now_s)
        if self.distance_m is None and self.speed.value is not None:
            self.distance_m = 0.0

    def _on_past(self, came_s: float, cadence_spm: float | None) -> None:
        """A reading of a second that has been closed, as far as nothing was known of it."""
        second = int(came_s)
        if second < len(self.seconds) and self.seconds[second].cadence_spm is None:
            self.seconds[second] = self.seconds[second]._replace(cadence_spm=cadence_spm)

    def on_estimate(self, line: Line) -> None:
        age_s = line.get("age_s")
        if age_s is not None:  # one of unknown age may be of long ago
            self.estimate.take(line.get("cadence_spm"), self.now_s - age_s)

    def on_feet(self, line: Line) -> None:
        self.feet = line["state"]

    def on_stage(self, line: Line) -> None:
        if len(self.begun) == 1 or line["index"] != self.index:
            self.begun.append((line["name"], self.now_s))
        self.index, self.stage = line["index"], line

    def on_cue(self, line: Line) -> None:
        self.cues.append(Cue(self.now_s, line["kind"], line["reason"], line["text"]))

    def on_pause(self, _: Line) -> None:
        if not self.is_paused:
            self.is_paused, self.paused_since_s = True, self.now_s

    def on_resume(self, _: Line) -> None:
        if self.is_paused:
            self._end_pause()

    def _end_pause(self) -> None:
        self.pauses.append(Stretch(name="", from_s=self.paused_since_s, to_s=self.now_s))
        self.is_paused = False


MAX_BPM = 254.0  # a byte of FIT

_TAKE: dict[str, Callable[[_Fold, Line], None]] = {
    "reading": _Fold.on_reading,
    "estimate": _Fold.on_estimate,
    "feet": _Fold.on_feet,
    "stage": _Fold.on_stage,
    "cue": _Fold.on_cue,
    "pause": _Fold.on_pause,
    "resume": _Fold.on_resume,
}


def _within(value: float | None, most: float) -> float | None:
    """A value that a sensor can mean."""
    return value if value is not None and 0 <= value <= most else None

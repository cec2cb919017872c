"""Readings that could be read only later, when it was known what the sensor counts: counted where they belong.

Steps and running time of theirs are added to the stage they came in; how they lay to its band is not, for nothing could
be said then. Seconds that were counted already, by a reading that was held, or in a pause, are not counted again.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cadencecoach.gait.gaits import is_of_run
from cadencecoach.gait.reading import Feet
from cadencecoach.record.fold.course import MAX_MPS, MAX_SPM
from cadencecoach.record.fold.latest import HOLD_S, LatestValue
from cadencecoach.record.lines import ReadingLine

Stretch = tuple[float, float]


class LateStretch(NamedTuple):
    """A stretch of time of which a reading became known later.

    Attributes:
        from_s, to_s: session time
        part: index of the part of the session it lies in
        cadence_spm: as read
        speed_mps: of running; None where it is not known
        is_running: it is running time; else it is time in which steps were made or not
    """

    from_s: float
    to_s: float
    part: int
    cadence_spm: float
    speed_mps: float | None
    is_running: bool


class LateReadings:
    """Readings with `came_s`, until the next reading says how long the last of them stood."""

    def __init__(self) -> None:
        """None have come."""
        self._waiting: list[tuple[float, float, ReadingLine]] = []  # when it came, its cadence, all of it
        self._pauses: list[Stretch] = []
        self._steps_to_s = self._run_to_s = float("-inf")

    @property
    def is_waiting(self) -> bool:
        """Whether there are any to be counted."""
        return bool(self._waiting)

    def count_time(
        self, from_s: float, to_s: float, *, is_paused: bool, steps: LatestValue, running: LatestValue
    ) -> None:
        """Time has been counted: by a reading as far as it stood, and by an estimate of running."""
        if is_paused:
            began_s = self._pauses.pop()[0] if self._pauses and self._pauses[-1][1] == from_s else from_s
            self._pauses.append((began_s, to_s))
            return
        if steps.span_s(from_s, to_s):
            self._steps_to_s = min(to_s, steps.until_s)
        if running.span_s(from_s, to_s):
            self._run_to_s = min(to_s, running.until_s)

    def take(self, line: ReadingLine) -> None:
        """One more reading of the past."""
        if line.came_s is not None and line.cadence_spm is not None and 0 <= line.cadence_spm <= MAX_SPM:
            self._waiting.append((line.came_s, line.cadence_spm, line))

    def stretches(self, time_s: float, begun_s: Sequence[float]) -> Iterator[LateStretch]:
        """What has been taken, up to a time, to be counted once; `begun_s` says when each part of the session began."""
        if not self._waiting:
            return
        ends = [*(came_s for came_s, _, _ in self._waiting[1:]), time_s]
        for (came_s, cadence_spm, line), next_s in zip(self._waiting, ends, strict=True):
            to_s = min(next_s, came_s + HOLD_S)
            part = next((n for n in reversed(range(len(begun_s))) if begun_s[n] <= came_s), 0)
            for from_s, until_s in self._running_parts(max(came_s, self._steps_to_s), to_s):
                yield LateStretch(from_s, until_s, part, cadence_spm, None, is_running=False)
            if line.feet == Feet.LIVE.value:
                for from_s, until_s in self._running_parts(max(came_s, self._run_to_s), to_s):
                    yield LateStretch(from_s, until_s, part, cadence_spm, _speed_of(line), is_running=True)
        self._waiting.clear()

    def _running_parts(self, from_s: float, to_s: float) -> Iterator[Stretch]:
        """The parts of a stretch of time that lie in no pause."""
        for pause_s, resume_s in self._pauses:
            if from_s < resume_s and pause_s < to_s:
                if from_s < pause_s:
                    yield from_s, pause_s
                from_s = resume_s
        if from_s < to_s:
            yield from_s, to_s


def _speed_of(line: ReadingLine) -> float | None:
    speed_mps, cadence_spm = line.speed_mps, line.cadence_spm
    is_believed = speed_mps is not None and 0 <= speed_mps <= MAX_MPS and bool(cadence_spm)
    return speed_mps if is_believed and is_of_run(speed_mps or 0.0, cadence_spm or 0.0) else None

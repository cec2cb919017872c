"""The part of a run that tells the runner's own cadence: after the warm-up, and before any help was on offer."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import median
from typing import ClassVar

from cadencecoach.gait.sources import coarser
from cadencecoach.record.figures import CORRECTIONS
from cadencecoach.record.fold.course import Act, Course, Fold
from cadencecoach.record.fold.latest import HOLD_S
from cadencecoach.record.lines import (
    BaselineLine,
    CueLine,
    EstimateLine,
    GapLine,
    LeadLine,
    Line,
    PauseLine,
    ReadingLine,
    ResumeLine,
    StageLine,
    TempoLine,
)

WARM_UP_S = 5 * 60.0  # of running; it is left out


@dataclass(frozen=True, slots=True, kw_only=True)
class Steady:
    """What the steady part came to.

    Attributes:
        cadence_spm: mean over it
        duration_s: how long it was
        length_s: how long the part of the session is that it was taken from, pauses left out, running or not
        speed_mps: the middle one of it; None where no sensor told the speed
        source: what told the steps, of several the coarsest; empty where that is not known
    """

    cadence_spm: float
    duration_s: float
    length_s: float
    speed_mps: float | None = None
    source: str = ""


def steady_part(lines: Iterable[Line]) -> Steady | None:
    """The steady part of a session.

    Counted are seconds of running with a fresh estimate, the first five minutes of them left out, up to the first
    stage with a target that is helped, the first beat or the first correction, or to the end of a stage that measured a
    baseline: what follows it is no even pace any more. None where nothing is left.

    Args:
        lines: of a journal, in the order of the file
    """
    part = _Part()
    fold = Fold(part)
    for line in lines:
        if _is_help(line) or (isinstance(line, BaselineLine) and part.duration_s):
            break
        fold.add(line)
    if not part.duration_s:
        return None
    return Steady(
        cadence_spm=part.cadence_sum / part.duration_s,
        duration_s=part.duration_s,
        length_s=part.length_s,
        speed_mps=median(part.speeds_mps) if part.speeds_mps else None,
        source=part.source,
    )


class _Part:
    """Sums, while the lines go by."""

    counts_up_to: ClassVar[frozenset[type[Line]] | None] = None

    def __init__(self) -> None:
        self.duration_s = self.length_s = self.cadence_sum = self.running_s = 0.0
        self.speeds_mps: list[float] = []
        self._since_s: float | None = None
        self._newest_s: float | None = None
        self._leads = self.source = ""

    def count(self, course: Course, line: Line) -> None:
        """Time after the warm-up that is no pause."""
        if self._newest_s is not None and not course.is_paused and self.running_s >= WARM_UP_S:
            self.length_s += max(0.0, line.t - self._newest_s)
        self._newest_s = line.t if self._newest_s is None else max(line.t, self._newest_s)

    def takes(self) -> Mapping[type[Line], Act]:
        """Cadence and speed, and where they break off."""
        return {
            GapLine: self._break_off,
            PauseLine: self._break_off,
            ResumeLine: self._break_off,
            EstimateLine: self._on_estimate,
            ReadingLine: self._on_reading,
            LeadLine: self._on_lead,
        }

    def _on_lead(self, _: Course, line: LeadLine) -> None:
        self._leads = line.source

    def _break_off(self, _: Course, __: Line) -> None:
        self._since_s = None

    def _on_reading(self, course: Course, line: ReadingLine) -> None:
        if line.speed_mps is None or line.came_s is not None:
            return
        if not course.believes(line.speed_mps, course.estimate.value):
            return
        if course.is_running and not course.is_paused and self.running_s >= WARM_UP_S:
            self.speeds_mps.append(line.speed_mps)

    def _on_estimate(self, course: Course, line: EstimateLine) -> None:
        if line.cadence_spm is None or line.age_s is None:
            return
        passed_s = 0.0 if self._since_s is None else min(HOLD_S, line.t - self._since_s)
        self._since_s = line.t
        if not course.is_running or course.is_paused or line.age_s > HOLD_S:
            return
        if self.running_s >= WARM_UP_S:
            self.duration_s += passed_s
            self.source = coarser(self.source, self._leads)
            self.cadence_sum += line.cadence_spm * passed_s
        self.running_s += passed_s


def _is_help(line: Line) -> bool:
    match line:
        case StageLine():
            return line.target_spm is not None and not (line.beat == "off" and line.feedback == "none")
        case TempoLine():
            return line.spm is not None
        case CueLine():
            return line.reason in CORRECTIONS
        case _:
            return False

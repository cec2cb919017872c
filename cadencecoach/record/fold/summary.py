"""What a session came to, counted along its lines. docs/metrics.md defines every number.

Every sum grows between one line and the next, under what held between them: the stage, the pause, the feet, the
newest estimate and reading. So a journal that breaks off gives the summary of what it holds, and a live session can
hand over its lines as they come.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, ClassVar

from cadencecoach.coach.actions import CueReason, EndReason
from cadencecoach.gait.sources import coarser
from cadencecoach.gait.speed_curve import SpeedCurve
from cadencecoach.record.entrainment import join
from cadencecoach.record.figures import Part, Summary, whole
from cadencecoach.record.fold.course import Act, Course, follow
from cadencecoach.record.fold.gathered import DynamicsGathered
from cadencecoach.record.fold.late import LateReadings, LateStretch
from cadencecoach.record.fold.latest import LatestValue
from cadencecoach.record.fold.own import OwnCadence
from cadencecoach.record.fold.sums import Mean
from cadencecoach.record.fold.tally import Tally, drift
from cadencecoach.record.lines import (
    BaselineLine,
    CueLine,
    DynamicsLine,
    EndLine,
    EntrainmentLine,
    EstimateLine,
    FeetLine,
    GapLine,
    HelpLine,
    LeadLine,
    Line,
    MuteLine,
    NoteLine,
    PauseLine,
    ReadingLine,
    ResumeLine,
    SpeedLine,
    StageLine,
)
from cadencecoach.record.pain import highest_pain, pains_of
from cadencecoach.record.row import SessionRow
from cadencecoach.record.rows import baseline_of, curve_of, plan_name_of, row_from


def row_of(header: Mapping[str, Any], lines: Iterable[Line], *, id: str) -> SessionRow:  # noqa: A002  # the row's word
    """A session's row, in one pass over its lines.

    Args:
        header: first line of the journal
        lines: those after it
        id: name of the journal without the ending
    """
    return row_from(header, summary_of(header, lines), id=id)


def summary_of(header: Mapping[str, Any], lines: Iterable[Line]) -> Summary:
    """What a journal adds up to, under the name of its plan and with what its header says of the baseline."""
    name, baseline_spm, curve = plan_name_of(header), baseline_of(header), curve_of(header)
    return summarise(lines, name=name, baseline_spm=baseline_spm, curve=curve)


def summarise(
    lines: Iterable[Line],
    *,
    name: str = "",
    baseline_spm: float | None = None,
    curve: SpeedCurve | None = None,
    is_joined: bool = True,
) -> Summary:
    """The summary of a journal's lines.

    Args:
        lines: without the header
        name: of the plan
        baseline_spm: what the session went by at its start, as the header says
        curve: the same over speed, where the header has it
        is_joined: a stage that was gone back to is one part; else each stretch of it is one
    """
    summariser = Summariser(baseline_spm=baseline_spm, curve=curve, is_joined=is_joined)
    return summariser.summary(follow(lines, summariser), name=name)


class Summariser:
    """Counts along a session, and can be asked at any time. A few microseconds a line."""

    # Up to any other kind, half of all lines, time need not be counted: they change nothing that is.
    counts_up_to: ClassVar[frozenset[type[Line]] | None] = frozenset(
        (
            *(ReadingLine, EstimateLine, FeetLine, StageLine, BaselineLine, CueLine, HelpLine, MuteLine),
            *(SpeedLine, NoteLine, PauseLine, ResumeLine, EndLine, GapLine),
        )
    )

    def __init__(
        self, *, baseline_spm: float | None = None, curve: SpeedCurve | None = None, is_joined: bool = True
    ) -> None:
        """Begin with no line; a baseline from the plan or the athlete is not in the lines and is given here."""
        self._tallies = [Tally("before the first stage")]
        self._is_joined = is_joined
        self._part = -1  # that of the stage that runs, and which tally counts its time
        self._now = 0
        self._counted_s: float | None = None
        self._late = LateReadings()
        self._own = OwnCadence(baseline_spm, curve)
        self._was_helped = False  # something was on offer, with a target to reach, at some time of the session
        self._baseline_speed_mps: float | None = None
        self._pain_notes: list[NoteLine] = []
        self._stops_s: set[float] = set()
        self._paused_s = 0.0
        self._gaps: list[tuple[float, float | None]] = []
        self._end: EndReason | None = None
        self._steps_from = ""
        self._dynamics = DynamicsGathered()
        self._entrained: list[EntrainmentLine] = []

    def summary(self, course: Course, *, name: str = "") -> Summary:
        """The numbers up to the last line taken."""
        self.count(course)
        self._credit_late(self._counted_s or 0.0)
        first, *stages = self._tallies
        tallies = ([] if first.is_empty() else [first]) + stages
        parts = tuple(tally.part() for tally in tallies)
        pains = pains_of(self._pain_notes)
        return Summary(
            session=_whole(name, parts, tallies),
            stages=parts,
            baseline_spm=self._own.baseline_spm,
            is_own_by_speed=self._own.curve is not None,
            paused_s=self._paused_s,
            gaps=tuple(self._gaps),
            steps_from=self._steps_from,
            dynamics=self._dynamics.figures(),
            dynamics_compared=self._dynamics.compare(),
            entrainment=join(self._entrained),
            end_reason=self._end or EndReason.INTERRUPTED,
            is_ended=self._end is not None,
            baseline_speed_mps=self._baseline_speed_mps,
            highest_pain=highest_pain(pains),
            pains=pains,
            stopped_s=next((one.time_s for one in pains if one.is_stop and one.time_s in self._stops_s), None),
        )

    def count(self, course: Course, line: Line | None = None) -> None:  # noqa: ARG002  # of a follower
        """Credit the time not yet counted to what held during it. Time that goes back counts as none."""
        if self._counted_s is None and course.start_s is not None:
            self._tallies[self._now].start_s = self._counted_s = course.start_s
        before_s, time_s = self._counted_s, course.now_s
        if before_s is None or time_s <= before_s:
            return
        self._counted_s = time_s
        reading, running = course.reading, course.estimate if course.is_running else LatestValue()
        self._late.count_time(before_s, time_s, is_paused=course.is_paused, steps=reading, running=running)
        tally = self._tallies[self._now]
        if course.is_paused:
            self._paused_s += time_s - before_s
            tally.end_streak()
            return
        tally.count_steps(reading.value, reading.span_s(before_s, time_s))
        if speed_s := course.speed.span_s(before_s, time_s):
            tally.count_way(course.speed.value, speed_s)
        if not course.is_running:
            tally.end_streak()
        run_s = self._run(course, before_s, time_s, speed_s) if course.is_running else 0.0
        tally.count_time(time_s - before_s - run_s)

    def takes(self) -> Mapping[type[Line], Act]:
        """What changes more than what is in force."""
        return {
            ReadingLine: self._on_reading,
            StageLine: self._on_stage,
            BaselineLine: self._on_baseline,
            DynamicsLine: self._on_dynamics,
            EntrainmentLine: self._on_entrainment,
            NoteLine: self._on_note,
            CueLine: self._on_cue,
            EndLine: self._on_end,
            GapLine: self._on_gap,
            LeadLine: self._on_lead,
        }

    def _run(self, course: Course, from_s: float, to_s: float, speed_s: float) -> float:
        """Count running time, in two pieces where the speed grows too old in between; so much was counted."""
        tally, cadence_spm = self._tallies[self._now], course.estimate.value
        fresh_s = course.estimate.span_s(from_s, to_s)
        known_s = min(speed_s, fresh_s) if course.believes(course.speed.value, cadence_spm) else 0.0
        is_helped, own_spm = course.helping.is_on, self._own.spm
        self._was_helped |= is_helped and tally.low_spm is not None and fresh_s > 0
        for span_s, speed_mps in ((known_s, course.speed.value), (fresh_s - known_s, None)):
            if span_s > 0:
                tally.count_running(cadence_spm, span_s, speed_mps=speed_mps)
                if course.is_off_speed:
                    tally.count_off_speed(span_s)
                else:
                    tally.count_asked(cadence_spm, span_s, own_spm=own_spm, is_helped=is_helped)
                tally.count_time(span_s)
        if fresh_s < to_s - from_s:
            tally.end_streak()
        return fresh_s

    def _credit_late(self, time_s: float) -> None:
        if self._late.is_waiting:
            for stretch in self._late.stretches(time_s, [tally.start_s for tally in self._tallies]):
                self._count_late(stretch)

    def _count_late(self, one: LateStretch) -> None:
        """Count where it belongs what became known later."""
        tally, span_s = self._tallies[one.part], one.to_s - one.from_s
        if one.is_running:
            tally.count_past_running(one.cadence_spm, span_s, speed_mps=one.speed_mps)
        else:
            tally.count_steps(one.cadence_spm, span_s)

    def _on_reading(self, course: Course, line: ReadingLine) -> None:
        if line.came_s is not None:
            self._late.take(line)
            return
        self._credit_late(line.t)
        is_runners = course.is_running and course.believes(course.speed.value, course.estimate.value)
        if line.speed_mps is not None and course.speed.is_known and is_runners:
            self._own.speed_mps = course.speed.value

    def _on_stage(self, course: Course, line: StageLine) -> None:
        if course.part != self._part:
            self._part = course.part
            self._tallies[self._now].end_streak()
            self._now = course.part + 1 if self._is_joined else len(self._tallies)
        if self._now == len(self._tallies):
            self._tallies.append(Tally(line.name, start_s=line.t, is_before_help=not self._was_helped))
        tally = self._tallies[self._now]
        tally.is_probe = course.helping.is_in_probe
        tally.set_band(line)

    def _on_baseline(self, _: Course, line: BaselineLine) -> None:
        self._own.take_measured(line.cadence_spm)
        self._dynamics.set_baseline(self._now)
        self._baseline_speed_mps = self._tallies[self._now].usual_speed_mps

    def _on_dynamics(self, course: Course, _: DynamicsLine) -> None:
        told = course.dynamics
        if told is not None and not course.is_paused:
            self._dynamics.take(told, part=self._now, has_target=self._tallies[self._now].target_spm is not None)

    def _on_entrainment(self, _: Course, line: EntrainmentLine) -> None:
        self._entrained.append(line)

    def _on_note(self, _: Course, line: NoteLine) -> None:
        if line.about == "pain":
            self._pain_notes.append(line)

    def _on_cue(self, _: Course, line: CueLine) -> None:
        n_cues = self._tallies[self._now].n_cues
        n_cues[line.reason] = n_cues.get(line.reason, 0) + 1
        if line.reason == CueReason.PAIN.value:
            self._stops_s.add(line.t)

    def _on_end(self, _: Course, line: EndLine) -> None:
        known = {reason.value: reason for reason in EndReason}
        self._end = known.get(line.reason, EndReason.INTERRUPTED)

    def _on_lead(self, _: Course, line: LeadLine) -> None:
        self._steps_from = coarser(self._steps_from, line.source)

    def _on_gap(self, _: Course, line: GapLine) -> None:
        self._end = None
        self._gaps.append((line.t, line.gap_s))
        self._tallies[self._now].end_streak()


def _whole(name: str, parts: tuple[Part, ...], tallies: list[Tally]) -> Part:
    """The sum of the parts, and what is no sum of theirs."""
    drift_spm, is_after_speed = drift(tallies)
    speed_s = sum(tally.speed_s for tally in tallies)
    return replace(
        whole(name, parts),
        mean_target_spm=_mean_of(tally.target for tally in tallies),
        mean_asked_cadence_spm=_mean_of(tally.asked for tally in tallies),
        mean_own_spm=_mean_of(tally.own for tally in tallies),
        mean_speed_mps=sum(tally.speed_sum for tally in tallies) / speed_s if speed_s else None,
        drift_spm_per_10min=drift_spm,
        is_drift_after_speed=is_after_speed,
    )


def _mean_of(means: Iterable[Mean]) -> float | None:
    """One mean over the seconds of several."""
    known = tuple(means)
    return Mean(sum(mean.weight_s for mean in known), sum(mean.total for mean in known)).spm

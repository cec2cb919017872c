"""What a session came to: a fold over the lines of its journal. docs/metrics.md defines every number.

Every sum grows between one line and the next, under what held between them: the stage, the pause, the feet, the
newest estimate and reading. So a journal that breaks off gives the summary of what it holds, and a live session can
hand over its lines as they come.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from cadencecoach.coach.actions import CueReason, EndReason
from cadencecoach.gait.reading import Feet
from cadencecoach.gait.speed_curve import SpeedCurve
from cadencecoach.record.counting.held import Held
from cadencecoach.record.counting.helping import Helping
from cadencecoach.record.counting.own import OwnCadence
from cadencecoach.record.counting.past import MAX_MPS, MAX_SPM, Past
from cadencecoach.record.counting.sums import Mean
from cadencecoach.record.counting.tally import Tally, drift
from cadencecoach.record.figures import Part, Summary, whole
from cadencecoach.record.pain import highest_pain, pains_of

Line = Mapping[str, Any]


def summarise(
    lines: Iterable[Line], *, name: str = "", baseline_spm: float | None = None, curve: SpeedCurve | None = None
) -> Summary:
    """The summary of a journal's lines.

    Args:
        lines: without the header
        name: of the plan
        baseline_spm: what the session went by at its start, as the header says
        curve: the same over speed, where the header has it
    """
    summariser = Summariser(baseline_spm=baseline_spm, curve=curve)
    for line in lines:
        summariser.add(line)
    return summariser.summary(name=name)


class Summariser:
    """The fold itself: takes the lines in order and can be asked at any time. A few microseconds a line."""

    def __init__(self, *, baseline_spm: float | None = None, curve: SpeedCurve | None = None) -> None:
        """Begin with no line; a baseline from the plan or the athlete is not in the lines and is given here."""
        self._tallies = [Tally("before the first stage")]
        self._now_s: float | None = None
        self._counted_s = 0.0
        self._is_paused = False
        self._is_running = False
        self._estimate = Held()
        self._reading = Held()
        self._speed = Held()
        self._past = Past()
        self._helping = Helping()
        self._is_off_speed = False
        self._baseline_speed_mps: float | None = None
        self._pain_notes: list[Line] = []
        self._stops_s: set[float] = set()
        self._own = OwnCadence(baseline_spm, curve)
        self._paused_s = 0.0
        self._end: EndReason | None = None
        self._on: dict[str, Callable[[Line], None]] = {
            "reading": self._on_reading,
            "estimate": self._on_estimate,
            "feet": self._on_feet,
            "stage": self._on_stage,
            "baseline": self._on_baseline,
            "cue": self._on_cue,
            "help": self._helping.switch,
            "mute": self._helping.mute,
            "speed": self._on_speed,
            "note": self._on_note,
            "pause": self._on_pause,
            "resume": self._on_resume,
            "end": self._on_end,
        }

    def add(self, line: Line) -> None:
        """Take the next line. What comes after the end does not count."""
        if self._end is not None:
            return
        time_s = line["t"]
        if self._now_s is None:
            self._tallies[-1].start_s = self._now_s = self._counted_s = time_s
        elif time_s > self._now_s:
            self._now_s = time_s
        take = self._on.get(line["what"])
        if take is not None:  # what changes nothing need not be counted up to: half of all lines
            self._count()
            take(line)

    def summary(self, *, name: str = "") -> Summary:
        """The numbers up to the last line taken."""
        self._count()
        self._past.credit(self._counted_s, self._tallies)
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
            end_reason=self._end or EndReason.INTERRUPTED,
            is_ended=self._end is not None,
            baseline_speed_mps=self._baseline_speed_mps,
            highest_pain=highest_pain(pains),
            pains=pains,
            stopped_s=next((one.time_s for one in pains if one.is_stop and one.time_s in self._stops_s), None),
        )

    def _count(self) -> None:
        """Credit the time not yet counted to what held during it. Time that goes back counts as none."""
        before_s, time_s = self._counted_s, self._now_s
        if time_s is None or time_s <= before_s:
            return
        self._counted_s = time_s
        self._past.passed(before_s, time_s, is_paused=self._is_paused, steps=self._reading, running=self._running)
        tally = self._tallies[-1]
        if self._is_paused:
            self._paused_s += time_s - before_s
            tally.end_streak()
            return
        tally.count_steps(self._reading.value, self._reading.span_s(before_s, time_s))
        if speed_s := self._speed.span_s(before_s, time_s):
            tally.count_way(self._speed.value, speed_s)
        if not self._is_running:
            tally.end_streak()
        run_s = self._run(tally, before_s, time_s, speed_s) if self._is_running else 0.0
        tally.count_time(time_s - before_s - run_s)

    def _run(self, tally: Tally, from_s: float, to_s: float, speed_s: float) -> float:
        """Count running time, in two pieces where the speed grows too old in between; so much was counted."""
        fresh_s = self._estimate.span_s(from_s, to_s)
        known_s = min(speed_s, fresh_s)
        is_helped, own_spm = self._helping.is_on, self._own.spm
        self._helping.was_given |= is_helped and tally.low_spm is not None and fresh_s > 0
        for span_s, speed_mps in ((known_s, self._speed.value), (fresh_s - known_s, None)):
            if span_s > 0:
                tally.count_running(self._estimate.value, span_s, speed_mps=speed_mps)
                if self._is_off_speed:
                    tally.count_off_speed(span_s)
                else:
                    tally.count_asked(self._estimate.value, span_s, own_spm=own_spm, is_helped=is_helped)
                tally.count_time(span_s)
        if fresh_s < to_s - from_s:
            tally.end_streak()
        return fresh_s

    @property
    def _running(self) -> Held:
        """The estimate that running time is counted by; none while the feet do not run."""
        return self._estimate if self._is_running else Held()

    def _on_reading(self, line: Line) -> None:
        if "came_s" in line:
            self._past.take(line)
            return
        self._past.credit(line["t"], self._tallies)
        cadence_spm, speed_mps = line.get("cadence_spm"), line.get("speed_mps")
        if cadence_spm is not None and 0 <= cadence_spm <= MAX_SPM:
            self._reading.take(cadence_spm, since_s=line["t"])
        if speed_mps is not None and 0 <= speed_mps <= MAX_MPS:
            self._speed.take(speed_mps, since_s=line["t"])
            self._own.speed_mps = speed_mps

    def _on_estimate(self, line: Line) -> None:
        cadence_spm = line.get("cadence_spm")
        if cadence_spm is not None and line.get("age_s") is not None:  # one of unknown age may be of long ago
            self._estimate.take(cadence_spm, since_s=line["t"] - line["age_s"])

    def _on_feet(self, line: Line) -> None:
        self._is_running = line.get("state") == Feet.LIVE.value

    def _on_stage(self, line: Line) -> None:
        is_new = self._helping.is_new(line)
        self._helping.enter(line)
        if is_new:
            begun = Tally(str(line.get("name", "")), start_s=line["t"], is_before_help=not self._helping.was_given)
            self._tallies.append(begun)
        tally = self._tallies[-1]
        tally.is_probe = self._helping.is_in_probe
        tally.set_band(line)

    def _on_speed(self, line: Line) -> None:
        self._is_off_speed = bool(line.get("is_off"))

    def _on_baseline(self, line: Line) -> None:
        self._own.measured(line.get("cadence_spm"))
        self._baseline_speed_mps = self._tallies[-1].mean_speed_mps

    def _on_note(self, line: Line) -> None:
        if line.get("about") == "pain":
            self._pain_notes.append(line)

    def _on_cue(self, line: Line) -> None:
        n_cues = self._tallies[-1].n_cues
        reason = str(line.get("reason", ""))
        n_cues[reason] = n_cues.get(reason, 0) + 1
        if reason == CueReason.PAIN.value:
            self._stops_s.add(line["t"])

    def _on_pause(self, _: Line) -> None:
        self._is_paused = True

    def _on_resume(self, _: Line) -> None:
        self._is_paused = False

    def _on_end(self, line: Line) -> None:
        known = {reason.value: reason for reason in EndReason}
        self._end = known.get(line.get("reason", ""), EndReason.INTERRUPTED)


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

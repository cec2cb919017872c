"""A coach on a bench: plans in two lines, minutes of running in one, and lists of what came of it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from beats import asked_for
from own_feedback import FEEDBACK

from cadencecoach.coach.actions import Action, CueReason, GiveCue, SetTempo
from cadencecoach.coach.events import (
    CadenceEstimated,
    ClockReached,
    Event,
    FeetChanged,
    Key,
    KeyPressed,
)
from cadencecoach.coach.react import due_s, react
from cadencecoach.coach.state import State, begin
from cadencecoach.gait.reading import Estimate, Feet
from cadencecoach.gait.speed_curve import SpeedCurve
from cadencecoach.plan.defaults import TOLERANCE
from cadencecoach.plan.model import Baseline, Beat, Fixed, FixedBaseline, Free, Plan, Stage

STAGE = Stage(
    name="Run",
    duration_s=600.0,
    target=Free(),
    tolerance=TOLERANCE,
    ramp_s=0.0,
    beat=Beat.ON,
    feedback=FEEDBACK,
    help_ratio=1.0,
    cues=(),
    measures_baseline=False,
    drill=None,
)
AT_170 = replace(STAGE, target=Fixed(170.0))
CORRECTIONS = (CueReason.BELOW, CueReason.ABOVE)


def plan_of(*stages: Stage, baseline: Baseline | None = None) -> Plan:
    """A plan of these stages."""
    return Plan(name="Test", about="", sha256="", baseline=baseline or FixedBaseline(160.0), stages=stages)


class CoachRig:
    """Feeds one coach, in order of time, firing its timers as a session does, and keeps every action."""

    def __init__(self, *stages: Stage, baseline: Baseline | None = None, curve: SpeedCurve | None = None) -> None:
        """A coach before its first event."""
        self.state: State = begin(plan_of(*stages, baseline=baseline), curve=curve)
        self.actions: list[Action] = []
        self.asked: list[SetTempo] = []  # a tempo that waits for its beat in place of the way to it

    def until(self, time_s: float) -> "CoachRig":
        """Let time pass: what is due up to and with `time_s` happens at its own moment."""
        while due_s(self.state) <= time_s:
            self._react(ClockReached(due_s(self.state)))
        return self

    def take(self, event: Event) -> "CoachRig":
        """One event; what was due before it comes first."""
        while due_s(self.state) < event.time_s:
            self._react(ClockReached(due_s(self.state)))
        self._react(event)
        return self

    def feet(self, time_s: float, feet: Feet) -> "CoachRig":
        """The feet change."""
        return self.take(FeetChanged(time_s, feet))

    def press(self, time_s: float, key: Key) -> "CoachRig":
        """A key is pressed."""
        return self.take(KeyPressed(time_s, key))

    def run(self, from_s: int, to_s: int, cadence_spm: float, error_spm: float = 0.0) -> "CoachRig":
        """A fresh estimate each second from `from_s` up to, but not with, `to_s`."""
        for second in range(from_s, to_s):
            estimate = Estimate(time_s=float(second), cadence_spm=cadence_spm, age_s=0.0, quality=1.0, n_readings=5)
            self.take(CadenceEstimated(float(second), estimate, error_spm=error_spm))
        return self

    def read(self, second: float, cadence_spm: float, reading_spm: float) -> "CoachRig":
        """One estimate, and the reading behind it."""
        time_s = float(second)
        estimate = Estimate(time_s=time_s, cadence_spm=cadence_spm, age_s=0.0, quality=1.0, n_readings=5)
        return self.take(CadenceEstimated(time_s, estimate, None, reading_spm))

    def run_at(self, from_s: int, to_s: int, cadence_spm: float, speed_mps: float) -> "CoachRig":
        """The same with a speed."""
        for second in range(from_s, to_s):
            time_s = float(second)
            estimate = Estimate(time_s=time_s, cadence_spm=cadence_spm, age_s=0.0, quality=1.0, n_readings=5)
            self.take(CadenceEstimated(time_s, estimate, speed_mps, cadence_spm))
        return self

    def runs(self, *pieces: tuple[int, int, float]) -> "CoachRig":
        """Running from the first piece on: (from_s, to_s, spm) each."""
        self.until(0.0).feet(0.0, Feet.LIVE)
        for from_s, to_s, cadence_spm in pieces:
            self.run(from_s, to_s, cadence_spm)
        return self

    def cues(self, *reasons: CueReason) -> list[GiveCue]:
        """Cues given so far, of these reasons if any are named."""
        cues = [action for action in self.actions if isinstance(action, GiveCue)]
        return [cue for cue in cues if not reasons or cue.reason in reasons]

    def said(self, *reasons: CueReason) -> list[tuple[float, str]]:
        """When and what."""
        return [(cue.time_s, cue.text) for cue in self.cues(*reasons)]

    def times(self, *reasons: CueReason) -> list[float]:
        """When."""
        return [cue.time_s for cue in self.cues(*reasons)]

    def tempos(self) -> list[tuple[float, float | None, float]]:
        """(time_s, tempo_spm, ramp_s) of every order to the beat."""
        return [(a.time_s, a.tempo_spm, a.ramp_s) for a in self.actions if isinstance(a, SetTempo)]

    def all_of(self, kind: type[Any]) -> list[Any]:
        """Actions of one type."""
        return [action for action in self.actions if isinstance(action, kind)]

    def _react(self, event: Event) -> None:
        before = self.state.beat
        self.state, actions = react(self.state, event)
        self.actions.extend(actions)
        self.asked.extend(asked_for(before, self.state.beat, actions))


def played(events: Iterable[Event], stages: Sequence[Stage]) -> CoachRig:
    """A coach that has been handed all events."""
    rig = CoachRig(*stages)
    for event in events:
        rig.take(event)
    return rig

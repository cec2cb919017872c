"""One session: folds what happens into tracker and coach, hands out the actions, writes all of it down.

Whoever runs a session (live, a rehearsal) brings events in order of time and calls `advance` in between. Order within
one instant is fixed: a reading or key first, then what was due at that instant; so a journal played again leads to
the same actions.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from cadencecoach.coach.actions import Action, EnterStage, GiveCue
from cadencecoach.coach.coaching import Coaching, guided
from cadencecoach.coach.events import (
    CadenceEstimated,
    ClockReached,
    Event,
    FeetChanged,
    Interrupted,
    Key,
    KeyPressed,
    PainRated,
)
from cadencecoach.coach.state import NEVER, State
from cadencecoach.errors import PayloadError
from cadencecoach.gait.reading import Feet, Reading
from cadencecoach.gait.rsc import decode_heart_rate, decode_rsc
from cadencecoach.gait.tracker import Tracker, TrackerSettings, observe, passed
from cadencecoach.gait.unit import Unit, Vote, cadence_of
from cadencecoach.plan.model import Plan
from cadencecoach.record.lines import cue_line, line_of, payload_line, unit_line

Perform = Callable[[Action], float | None]
Write = Callable[[Mapping[str, object]], None]
Watch = Callable[[Action | FeetChanged], None]


class Session:
    """A coached session of one runner.

    Args:
        plan: what was prescribed
        baseline_spm: given by the runner; None leaves it to the plan
        vote: how a pod's numbers are read, as far as it is known before the first of them
        perform: carries out an action; for a cue it answers when the cue begins to sound, or None
        write: takes a line of the journal
        watch: is told of every action, and of every change of the feet, after it has come about
        coaching: who decides; None is the guided coach
    """

    def __init__(
        self,
        plan: Plan,
        *,
        baseline_spm: float | None,
        vote: Vote,
        perform: Perform,
        write: Write,
        watch: Watch = lambda _: None,
        coaching: Coaching | None = None,
    ) -> None:
        """Nothing happens before the first call of `advance` or of an event."""
        self._coaching = coaching or guided(plan, baseline_spm)
        self._state = self._coaching.begun
        self._tracker = Tracker.with_settings(_settings(self._state))
        self._vote = vote
        self._perform = perform
        self._write = write
        self._watch = watch
        self._hr_bpm: float | None = None
        self._speed_mps: float | None = None
        self._last_cue = ""
        self._unit_noted: Unit | None = None
        self._n_bad_payloads = 0
        self.now_s = 0.0

    @property
    def state(self) -> State:
        """The coach's memory."""
        return self._state

    @property
    def tracker(self) -> Tracker:
        """The feet, as far as they are known."""
        return self._tracker

    @property
    def unit(self) -> Unit | None:
        """How the pod's numbers are read; None until decided, or where the question does not arise."""
        return self._vote.unit

    @property
    def last_cue(self) -> str:
        """The words last given."""
        return self._last_cue

    @property
    def hr_bpm(self) -> float | None:
        """Heart rate last heard of."""
        return self._hr_bpm

    @property
    def speed_mps(self) -> float | None:
        """Speed last heard of."""
        return self._speed_mps

    @property
    def n_bad_payloads(self) -> int:
        """Payloads that could not be decoded."""
        return self._n_bad_payloads

    @property
    def is_over(self) -> bool:
        """Nothing more will happen."""
        return self._state.is_over

    def due_s(self) -> float:
        """When something happens next by itself."""
        tracker_due_s = self._tracker.due_s
        return min(self._coaching.due_s(self._state), NEVER if tracker_due_s is None else tracker_due_s)

    def advance(self, time_s: float) -> None:
        """Let time pass: all that is due before `time_s` happens, each at its own moment."""
        while not self.is_over and self.due_s() < time_s:
            self.step()
        self.now_s = max(self.now_s, time_s)

    def step(self) -> None:
        """Let the next thing happen that is due by itself, whenever that is."""
        at_s = self.due_s()
        tracker_due_s = self._tracker.due_s
        self.now_s = max(self.now_s, at_s)
        if tracker_due_s is not None and tracker_due_s <= at_s:
            self._track(passed(self._tracker, at_s))
        else:
            self._react(ClockReached(at_s))

    def take_payload(self, time_s: float, source: str, payload: bytes) -> None:
        """Bytes from a sensor; bad ones are counted, written down and survived."""
        time_s = self._arrived(time_s)
        if self.is_over:
            return
        self._write(payload_line(time_s, source, payload))
        try:
            if source == "rsc":
                self._take_rsc(time_s, payload)
            elif source == "hr":
                self._hr_bpm = decode_heart_rate(payload)
        except PayloadError:
            self._n_bad_payloads += 1

    def take_reading(self, reading: Reading) -> None:
        """A value whose unit is known: from a file, or from a payload."""
        time_s = self._arrived(reading.time_s)
        if time_s != reading.time_s:
            reading = replace(reading, time_s=time_s)
        if self.is_over:
            return
        self._write_thing(reading)
        self._hr_bpm = reading.hr_bpm if reading.hr_bpm is not None else self._hr_bpm
        self._speed_mps = reading.speed_mps if reading.speed_mps is not None else self._speed_mps
        before_s = self._tracker.evidence.newest_s
        self._track(observe(self._tracker, reading))
        estimate = self._tracker.estimate_at(reading.time_s)
        if estimate is None:
            return
        self._write_thing(estimate)
        if self._tracker.evidence.newest_s != before_s:
            self._react(CadenceEstimated(reading.time_s, estimate))

    def press(self, time_s: float, key: Key) -> None:
        """The runner pressed a key."""
        event = KeyPressed(self._arrived(time_s), key)
        if self.is_over:
            return
        self._write_thing(event)
        if key is Key.UNIT:
            self._flip_unit(event.time_s)
        self._react(event)

    def rate_pain(self, time_s: float, level: int) -> None:
        """The runner pressed a digit."""
        event = PainRated(self._arrived(time_s), level)
        if self.is_over:
            return
        self._write_thing(event)
        self._react(event)

    def interrupt(self, time_s: float) -> None:
        """End now and keep everything."""
        self._react(Interrupted(self._arrived(time_s)))

    def _arrived(self, time_s: float) -> float:
        """The event's time, never before what has happened already; what was due before it happens."""
        time_s = max(time_s, self.now_s)
        self.advance(time_s)
        return time_s

    def _take_rsc(self, time_s: float, payload: bytes) -> None:
        measurement = decode_rsc(payload)
        is_running = measurement.is_running
        self._vote = self._vote.with_reading(measurement.raw_per_min, measurement.speed_mps, is_running)
        unit = self._vote.unit
        if unit is None:
            return
        self._note_unit(time_s, unit)
        cadence_spm = cadence_of(measurement.raw_per_min, measurement.speed_mps, unit)
        self.take_reading(
            Reading(time_s=time_s, cadence_spm=cadence_spm, speed_mps=measurement.speed_mps, is_running=is_running)
        )

    def _note_unit(self, time_s: float, unit: Unit) -> None:
        """Write down how the pod is read, once for each decision."""
        if self._unit_noted is not unit:
            self._unit_noted = unit
            self._write(unit_line(time_s, unit.name.lower()))

    def _flip_unit(self, time_s: float) -> None:
        """Read the pod's numbers the other way from now on; what was read so far is forgotten."""
        if self._vote.unit is None:
            return
        unit = self._vote.unit.next
        self._vote = replace(self._vote, unit=unit)
        self._note_unit(time_s, unit)
        self._tracker = Tracker.with_settings(self._tracker.settings)
        self._feet_are(Feet.STALE, time_s)

    def _track(self, tracker: Tracker) -> None:
        feet = self._tracker.feet
        self._tracker = tracker
        if tracker.feet is not feet:
            self._feet_are(tracker.feet, tracker.clock_s)

    def _feet_are(self, feet: Feet, time_s: float) -> None:
        event = FeetChanged(time_s, feet)
        self._write_thing(event)
        self._react(event)
        self._watch(event)

    def _react(self, event: Event) -> None:
        self._state, actions = self._coaching.react(self._state, event)
        for action in actions:
            self._carry_out(action)

    def _carry_out(self, action: Action) -> None:
        actual_s = self._perform(action)
        match action:
            case GiveCue():
                self._last_cue = action.text
                self._write(cue_line(action, actual_s=actual_s))
            case EnterStage():
                self._tracker = replace(self._tracker, settings=_settings(self._state))
                self._write_thing(action)
            case _:
                self._write_thing(action)
        self._watch(action)

    def _write_thing(self, thing: object) -> None:
        line = line_of(thing)
        if line is not None:
            self._write(line)


def _settings(state: State) -> TrackerSettings:
    """The feet's thresholds as the stage now wants them."""
    stage = state.plan.stages[state.stage.index if state.stage is not None else 0]
    return TrackerSettings(walk_below_spm=stage.feedback.walk_below_spm)

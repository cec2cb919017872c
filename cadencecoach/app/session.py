"""One session: folds what happens into tracker and coach, hands out the actions, writes all of it down.

Whoever runs a session (live, a rehearsal) brings events in order of time and calls `advance` in between. Order within
one instant is fixed: a reading or key first, then what was due at that instant; so a journal played again leads to
the same actions.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from cadencecoach.app.intake import BELT_SPEAKS_FOR_S, STRAP_RANK, Intake
from cadencecoach.app.straps import Straps
from cadencecoach.coach.actions import Action, CueKind, EnterStage, GiveCue, SetTempo
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
    SoundDelayed,
    StepsHeard,
)
from cadencecoach.coach.metronome.pending import PendingBeat
from cadencecoach.coach.state import NEVER, State
from cadencecoach.errors import PayloadError
from cadencecoach.gait.reading import Feet, Reading
from cadencecoach.gait.tracker import Tracker, TrackerSettings, observe, passed
from cadencecoach.gait.unit import Unit, Vote
from cadencecoach.plan.model import Plan
from cadencecoach.record.lines import cue_line, lead_line, line_of, link_line, payload_line, placement_line, unit_line

Perform = Callable[[Action], float | None]
Write = Callable[[Mapping[str, object]], None]
Watch = Callable[[Action | FeetChanged], None]


class Session:
    """A coached session of one runner.

    Args:
        plan: what was prescribed
        baseline_spm: given by the runner; None leaves it to the plan
        vote: how a pod's numbers are read, as far as it is known before the first of them
        votes: the same for single sensors by name, where more is known of them
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
        votes: Mapping[str, Vote] | None = None,
    ) -> None:
        """Nothing happens before the first call of `advance` or of an event."""
        self._coaching = coaching or guided(plan, baseline_spm)
        self._state = self._coaching.begun
        self._tracker = Tracker.with_settings(_settings(self._state))
        self._intake = Intake(vote=vote, votes=votes or {})
        self._straps = Straps()
        self._placements_noted: dict[str, str] = {}
        self._perform = perform
        self._write = write
        self._watch = watch
        self._pending = PendingBeat()
        self._last_cue = ""
        self._units_noted: dict[str, Unit] = {}
        self._n_bad_payloads = 0
        self._speed_s = -NEVER
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
        return self._intake.unit

    @property
    def units(self) -> dict[str, Unit]:
        """How each sensor that has a name is read, as far as that is decided."""
        return {name: vote.unit for name, vote in self._intake.votes.items() if name and vote.unit is not None}

    @property
    def leader(self) -> str:
        """Name of the sensor that is listened to; empty where there is none with a name."""
        return self._intake.lead.leader or ""

    @property
    def placement(self) -> str:
        """Where the leader sits, if it is a sensor of acceleration and that is known; else empty."""
        return self._straps.placement_of(self.leader)

    @property
    def last_cue(self) -> str:
        """The words last given."""
        return self._last_cue

    @property
    def hr_bpm(self) -> float | None:
        """Heart rate last heard of."""
        return self._intake.hr_bpm

    @property
    def speed_mps(self) -> float | None:
        """Speed last heard of."""
        return self._intake.speed_mps

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
        own_due_s = min(self._coaching.due_s(self._state), self._pending.due_s)
        return min(own_due_s, NEVER if tracker_due_s is None else tracker_due_s)

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
        elif self._pending.waiting is not None and self._pending.due_s <= at_s:
            self._carry_out(self._pending.waiting)
        else:
            self._react(ClockReached(at_s))

    def take_payload(self, time_s: float, source: str, payload: bytes, sensor: str = "") -> None:
        """Bytes from a sensor; bad ones are counted, written down and survived."""
        time_s = self._arrived(time_s)
        if self.is_over:
            return
        self._write(payload_line(time_s, source, payload, sensor))
        leader = self.leader
        try:
            self._intake, reading = self._taken_in(time_s, source, sensor, payload)
        except PayloadError:
            self._n_bad_payloads += 1
            return
        self._note_unit(time_s, sensor)
        self._note_placement(time_s, sensor)
        if self.leader != leader:
            self._write(lead_line(time_s, source=source, name=self.leader))
        if reading is not None:
            self.take_reading(reading)
        if source == "accel" and self._intake.lead.leader == sensor:
            self._tell_steps(time_s, sensor)

    def take_sound(self, time_s: float, delay_s: float) -> None:
        """How much later than its session time a beat reaches the ear; the ear's own line in the journal says it."""
        time_s = self._arrived(time_s)
        self._react(SoundDelayed(time_s, delay_s))

    def take_link(self, time_s: float, *, state: str, source: str, name: str) -> None:
        """A sensor has been `connected` or `lost`: written down; what the feet make of it, the readings say."""
        time_s = self._arrived(time_s)
        if not self.is_over:
            self._write(link_line(time_s, state=state, source=source, name=name))

    def take_reading(self, reading: Reading) -> None:
        """A value whose unit is known: from a file, or from a payload."""
        time_s = self._arrived(reading.time_s)
        if time_s != reading.time_s:
            reading = replace(reading, time_s=time_s)
        if self.is_over:
            return
        self._write_thing(reading)
        self._intake = self._intake.beside(reading)
        if reading.speed_mps is not None:
            self._speed_s = reading.time_s
        before_s = self._tracker.evidence.newest_s
        self._track(observe(self._tracker, reading))
        estimate = self._tracker.estimate_at(reading.time_s)
        if estimate is None:
            return
        self._write_thing(estimate)
        if self._tracker.evidence.newest_s != before_s:
            speed_mps = self._fresh_speed_mps(reading)
            self._react(CadenceEstimated(reading.time_s, estimate, speed_mps, reading.cadence_spm))

    def _fresh_speed_mps(self, reading: Reading) -> float | None:
        """The speed that goes with a reading: its own, or that of a belt that speaks beside it."""
        if reading.speed_mps is not None:
            return reading.speed_mps
        return self._intake.speed_mps if reading.time_s - self._speed_s < BELT_SPEAKS_FOR_S else None

    def press(self, time_s: float, key: Key) -> None:
        """The runner pressed a key."""
        event = KeyPressed(self._arrived(time_s), key)
        if self.is_over:
            return
        self._write_thing(event)
        if key is Key.UNIT:
            self._flip_unit(event.time_s)
        self._answer(event)

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

    def _taken_in(self, time_s: float, source: str, sensor: str, payload: bytes) -> tuple[Intake, Reading | None]:
        """The intake after a payload, and the reading to go by, if there is one."""
        if source != "accel":
            return self._intake.after(time_s, source, sensor, payload)
        reading = self._straps.take(time_s, sensor, payload)
        return (self._intake, None) if reading is None else self._intake.led(sensor, STRAP_RANK, reading)

    def _tell_steps(self, time_s: float, sensor: str) -> None:
        """The coach hears of the leader's footfalls when there are new ones."""
        footfalls_s = self._straps.new_footfalls_s(sensor)
        if footfalls_s and not self.is_over:
            self._react(StepsHeard(time_s, footfalls_s, self._pending.timeline))

    def _note_placement(self, time_s: float, sensor: str) -> None:
        """Write down where a sensor of acceleration sits, whenever that is another place than before."""
        placement = self._straps.placement_of(sensor)
        if placement != self._placements_noted.get(sensor, ""):
            self._placements_noted[sensor] = placement
            self._write(placement_line(time_s, placement, sensor))

    def _note_unit(self, time_s: float, sensor: str) -> None:
        """Write down how a sensor is read, once for each decision."""
        unit = self._intake.vote_of(sensor).unit if sensor in self._intake.votes else None
        if unit is not None and self._units_noted.get(sensor) is not unit:
            self._units_noted[sensor] = unit
            self._write(unit_line(time_s, unit.name.lower(), sensor))

    def _flip_unit(self, time_s: float) -> None:
        """Read the leader's numbers the other way from now on; what was read so far is forgotten."""
        flipped = self._intake.flipped()
        if flipped is self._intake:
            return
        self._intake = flipped
        self._note_unit(time_s, self.leader)
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

    def _answer(self, event: KeyPressed) -> None:
        """As `_react`, but a tempo the runner asks for is heard with the next beat."""
        self._state, actions = self._coaching.react(self._state, event)
        for action in actions:
            orders = self._pending.moved(action) if isinstance(action, SetTempo) else None
            self._carry_out(action if orders is None else orders[0])
            if orders is not None:
                self._pending = replace(self._pending, waiting=orders[1])

    def _carry_out(self, action: Action) -> None:
        actual_s = self._perform(action)
        if isinstance(action, SetTempo):
            self._pending = self._pending.ordered(action)
        match action:
            case GiveCue():
                self._last_cue = action.text if action.kind is CueKind.SPOKEN else self._last_cue
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

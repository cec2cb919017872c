"""One session: folds what happens into sensors, feet and coach, in order of time, and has all of it written down.

Whoever runs a session (live, a rehearsal) brings events in order of time and calls `advance` in between. Order within
one instant is fixed: a reading or key first, then what was due at that instant; so a journal played again leads to
the same actions.
"""

from collections.abc import Mapping
from dataclasses import replace

from cadencecoach.coach.actions import Action, AnswerKey, EnterStage
from cadencecoach.coach.coaching import Coaching, guided
from cadencecoach.coach.events import (
    NEVER,
    CadenceEstimated,
    ClockReached,
    Event,
    FeetChanged,
    Interrupted,
    Key,
    KeyPressed,
    PainRated,
    SensorSenseless,
    SoundDelayed,
    StepsHeard,
    WentOn,
)
from cadencecoach.coach.pain import SHOWN_S
from cadencecoach.coach.state import State
from cadencecoach.gait.reading import Estimate, Feet, Reading
from cadencecoach.gait.sources import TAPPING
from cadencecoach.gait.taps import TAP
from cadencecoach.gait.thresholds import TrackerSettings
from cadencecoach.gait.tracker import Tracker, observe, pass_time
from cadencecoach.gait.unit import Unit
from cadencecoach.gait.vote import Vote
from cadencecoach.plan.forms import fill
from cadencecoach.plan.model import Plan
from cadencecoach.record.kinds import late_reading_line
from cadencecoach.record.lines import LinkLine, NoteLine
from cadencecoach.session.decisions import Decisions, Perform, Watch, Write, write_thing
from cadencecoach.session.dynamics import DynamicsTold
from cadencecoach.session.entraining import Entraining
from cadencecoach.session.sensor_messages import SensorMessages
from cadencecoach.session.sensor_words import unit_words
from cadencecoach.session.sensors import SensorNews, Sensors
from cadencecoach.session.taps_heard import TapsHeard

NOT_HEARD = frozenset({Feet.UNKNOWN, Feet.STALE, Feet.LOST})


class Session:
    """A coached session of one runner.

    Args:
        plan: what was prescribed
        baseline_spm: given by the runner; None leaves it to the plan
        vote: how a pod's numbers are read, as far as it is known before the first of them; None is nothing
        votes: the same for single sensors by name, where more is known of them
        has_sensor: whether steps can be heard at all; without, what is shown does not wait for them
        takes_taps: whether the runner may tap the steps by key
        perform: carries out an action; for a cue it answers when the cue begins to sound, or None
        write: takes a line of the journal
        watch: is told of every action, and of every change of the feet, after it has come about
        coaching: who decides; None is the guided coach
    """

    def __init__(  # noqa: PLR0913  # one for each thing a session is made of
        self,
        plan: Plan,
        *,
        baseline_spm: float | None = None,
        vote: Vote | None = None,
        perform: Perform,
        write: Write = lambda _: None,
        watch: Watch = lambda _: None,
        coaching: Coaching | None = None,
        votes: Mapping[str, Vote] | None = None,
        has_sensor: bool = True,
        takes_taps: bool = False,
    ) -> None:
        """Nothing happens before the first call of `advance` or of an event."""
        decided_by = coaching or guided(plan, baseline_spm)
        self._entraining = Entraining()

        def perform_counted(action: Action) -> float | None:
            line = self._entraining.note(action)
            if line is not None:
                write(line)
            return perform(action)

        self._decisions = Decisions(decided_by, perform=perform_counted, write=write, watch=watch)
        self._sensors = Sensors(vote=vote or Vote(), votes=votes or {}, texts=self.state.words.screen)
        self._sensor_messages = SensorMessages(self.state.words.screen)
        self._tracker = Tracker.with_settings(_settings(self.state))
        self._dynamics = DynamicsTold()
        self._write = write
        self._watch = watch
        self._has_sensor = has_sensor
        self._taps = TapsHeard(is_wanted=takes_taps)
        self._is_by_hand = False
        self.now_s = 0.0

    @property
    def state(self) -> State:
        """The coach's memory."""
        return self._decisions.state

    @property
    def tracker(self) -> Tracker:
        """The feet, as far as they are known."""
        return self._tracker

    @property
    def unit(self) -> Unit | None:
        """How the pod's numbers are read; None until decided, or where the question does not arise."""
        return self._sensors.unit

    @property
    def votes(self) -> dict[str, Vote]:
        """How each sensor that has a name is read."""
        return self._sensors.votes

    @property
    def sensor_message(self) -> str:
        """What the runner should know of a sensor that speaks; mostly empty."""
        return self._sensor_messages.message_at(self.now_s, self._tracker)

    @property
    def leader(self) -> str:
        """Name of the sensor that is listened to; empty where there is none with a name."""
        return self._sensors.leader

    @property
    def placement(self) -> str:
        """Where the leader sits, if it is a sensor of acceleration and that is known; else empty."""
        return self._sensors.placement

    @property
    def has_sensor(self) -> bool:
        """Whether steps are heard or waited for; nobody waits for taps."""
        return (self._has_sensor or self._taps.is_wanted) and not self._waits_for_taps

    @property
    def tap_hint(self) -> str:
        """What a runner who taps should know; empty while the taps are read, and where there are none."""
        return self._taps.hint_at(self.now_s, self.state.words.screen) if self._waits_for_taps else ""

    @property
    def _waits_for_taps(self) -> bool:
        return (self._taps.is_wanted or self._is_by_hand) and self._tracker.feet in NOT_HEARD

    @property
    def last_cue(self) -> str:
        """The words last given."""
        return self._decisions.last_cue

    @property
    def hr_bpm(self) -> float | None:
        """Heart rate of now; None where none has been heard for some seconds."""
        return self._sensors.hr_bpm_at(self.now_s)

    @property
    def speed_mps(self) -> float | None:
        """Speed of now; None likewise."""
        return self._sensors.speed_mps_at(self.now_s)

    @property
    def rates_age_s(self) -> float:
        """How old the older of the two is; 0 where neither is known."""
        return self._sensors.rates_age_s(self.now_s)

    @property
    def n_bad_payloads(self) -> int:
        """Payloads that could not be decoded."""
        return self._sensors.n_bad_payloads

    @property
    def is_over(self) -> bool:
        """Nothing more will happen."""
        return self.state.is_over

    def due_s(self) -> float:
        """When something happens next by itself."""
        tracker_due_s = self._tracker.due_s
        return min(self._decisions.due_s(), NEVER if tracker_due_s is None else tracker_due_s)

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
            self._track(pass_time(self._tracker, at_s))
        else:
            self._react(ClockReached(at_s))

    def take_payload(self, time_s: float, source: str, payload: bytes, sensor: str = "") -> None:
        """Bytes from a sensor; bad ones are counted, written down and survived."""
        time_s = self._advance_to(time_s)
        if self.is_over:
            return
        if source == TAPPING.name:
            self._taps.note(time_s)
        news = self._sensors.take(time_s, source=source, sensor=sensor, payload=payload)
        for line in news.lines:
            self._write(line)
            if isinstance(line, NoteLine):
                self._sensor_messages.show_news(line.text, time_s)
        self._reread(time_s, news)
        if news.reading is not None:
            self.take_reading(news.reading)
        if news.footfalls_s and not self.is_over:
            self._entraining.take_steps(news.footfalls_s)
            self._react(StepsHeard(time_s, news.footfalls_s))

    def take_sound(self, time_s: float, delay_s: float) -> None:
        """How much later than its session time a beat reaches the ear; the output's own line in the journal says it."""
        time_s = self._advance_to(time_s)
        self._entraining.set_delay(delay_s)
        self._react(SoundDelayed(time_s, delay_s))

    def take_link(self, time_s: float, *, state: str, source: str, name: str) -> None:
        """A sensor has been `connected` or `lost`: written down; what the feet make of it, the readings say."""
        time_s = self._advance_to(time_s)
        if not self.is_over:
            self._write(LinkLine(time_s, state=state, source=source, name=name))
            self._sensor_messages.note_link(time_s, state=state, source=source, name=name)

    def take_reading(self, reading: Reading) -> None:
        """A value whose unit is known: from a file, or from a payload."""
        time_s = self._advance_to(reading.time_s)
        if time_s != reading.time_s:
            reading = replace(reading, time_s=time_s)
        if self.is_over:
            return
        write_thing(self._write, reading)
        self._is_by_hand = reading.is_by_hand if reading.cadence_spm else self._is_by_hand
        speed_mps = self._sensors.keep_rates(reading)
        before_s = self._tracker.evidence.newest_s
        self._track(observe(self._tracker, reading))
        self._look_for_trouble(reading)
        estimate = self._tracker.estimate_at(reading.time_s)
        if estimate is None:
            return
        write_thing(self._write, estimate)
        self._tell_dynamics(reading, estimate, speed_mps)
        if self._tracker.evidence.newest_s != before_s:
            self._react(
                CadenceEstimated(
                    reading.time_s,
                    estimate,
                    speed_mps,
                    reading.cadence_spm,
                    reading.error_spm,
                    is_by_hand=reading.is_by_hand,
                )
            )

    def press(self, time_s: float, key: Key) -> None:
        """The runner pressed a key; a tap of a step is a payload like any other, and written down as one."""
        if key is Key.TAP and self._taps.is_wanted and self.state.metronome is None:
            self.take_payload(time_s, TAPPING.name, TAP, TAPPING.name)
            return
        event = KeyPressed(self._advance_to(time_s), key)
        if self.is_over:
            return
        write_thing(self._write, event)
        if key is Key.UNIT:
            self._flip_unit(event.time_s)
        self._react(event)

    def rate_pain(self, time_s: float, level: int) -> None:
        """The runner pressed a digit, or the key for ten."""
        event = PainRated(self._advance_to(time_s), level)
        if self.is_over:
            return
        write_thing(self._write, event)
        self._react(event)

    def refuse_key(self, time_s: float, name: str) -> None:
        """Say of a key that it is none of the session's; nothing else comes of it."""
        self.answer_key(time_s, fill(self.state.words.screen.no_such_key, key=name))

    def answer_key(self, time_s: float, text: str, shown_s: float = SHOWN_S) -> None:
        """Say what a key came to that is none of the coach's."""
        if not self.is_over:
            self._watch(AnswerKey(time_s=time_s, text=text, shown_s=shown_s))

    def go_on(self, gap: WentOn) -> None:
        """Go on after a break, where it broke off or ended: the sensors and the feet are new, the rest is as it was."""
        self.now_s = max(self.now_s, gap.time_s)
        vote = Vote() if self.unit is None else Vote(unit=self.unit, is_sure=True)
        self._sensors = Sensors(vote=vote, votes=self._sensors.votes, texts=self.state.words.screen)
        self._sensor_messages = SensorMessages(self.state.words.screen)
        self._tracker = Tracker.with_settings(_settings(self.state))
        self._dynamics = DynamicsTold()
        self._taps = TapsHeard(is_wanted=self._taps.is_wanted)
        self._is_by_hand = False
        write_thing(self._write, gap)
        self._react(gap)

    def interrupt(self, time_s: float) -> None:
        """End now and keep everything."""
        self._react(Interrupted(self._advance_to(time_s)))

    def _advance_to(self, time_s: float) -> float:
        """The event's time, never before what has happened already; what was due before it happens."""
        time_s = max(time_s, self.now_s)
        self.advance(time_s)
        return time_s

    def _tell_dynamics(self, reading: Reading, estimate: Estimate, speed_mps: float | None) -> None:
        """Write down how the runner moves beyond cadence, where that is known and due."""
        line = self._dynamics.line_of(reading, estimate, speed_mps, self._sensors.leader)
        if line is not None:
            self._write(line)

    def _flip_unit(self, time_s: float) -> None:
        """Read the sensor's numbers the other way from now on."""
        news = self._sensors.flip_unit(time_s)
        if not news.lines:
            self._watch(AnswerKey(time_s=time_s, text=self.state.words.screen.no_unit))
            return
        for line in news.lines:
            self._write(line)
        texts = self.state.words.screen
        self._watch(AnswerKey(time_s=time_s, text=fill(texts.unit_switched, unit=unit_words(self.unit, texts))))
        self._reread(time_s, news)

    def _reread(self, time_s: float, news: SensorNews) -> None:
        """What was read the wrong way is forgotten, and what could not be read when it came is taken in now."""
        if news.is_read_anew:
            self._tracker = Tracker.silent_since(time_s, self._tracker.settings)
            self._feet_are(Feet.STALE, time_s)
        heard_s = self._tracker.heard_s
        kept = [one for one in news.kept if news.is_read_anew or heard_s is None or one.time_s > heard_s]
        if not kept or self.is_over:
            return
        tracker = Tracker.with_settings(self._tracker.settings)
        for reading in kept:
            tracker = observe(tracker, reading)
            self._write(late_reading_line(time_s, reading, tracker.feet))
        self._track(pass_time(tracker, time_s))

    def _look_for_trouble(self, reading: Reading) -> None:
        """Tell of a sensor that speaks and cannot be understood."""
        zeros = self._sensor_messages.look_at_zeros(reading, self._sensors)
        senseless = self._sensor_messages.look(self._tracker, self._sensors) or zeros
        if senseless is None or self.is_over:
            return
        self._write(NoteLine(reading.time_s, about="sensor", text=senseless.text))
        if senseless.is_mended_by_key:
            self._react(SensorSenseless(reading.time_s))

    def _track(self, tracker: Tracker) -> None:
        feet = self._tracker.feet
        if tracker.feet is Feet.LOST and self._is_by_hand:  # who stops tapping has lost nothing
            tracker = replace(Tracker.with_settings(tracker.settings), clock_s=tracker.clock_s)
        self._tracker = tracker
        if tracker.feet is not feet:
            self._feet_are(tracker.feet, tracker.clock_s)

    def _feet_are(self, feet: Feet, time_s: float) -> None:
        self._dynamics.note_feet(time_s, is_running=feet is Feet.LIVE)
        event = FeetChanged(time_s, feet)
        write_thing(self._write, event)
        self._react(event)
        self._watch(event)

    def _react(self, event: Event) -> None:
        self._apply_stage_settings(self._decisions.react(event))

    def _apply_stage_settings(self, actions: tuple[Action, ...]) -> None:
        """The feet are measured by the stage that has just begun, where one has."""
        if actions and any(isinstance(action, EnterStage) for action in actions):
            self._tracker = self._tracker.resettle(_settings(self.state))


def _settings(state: State) -> TrackerSettings:
    """The feet's thresholds as the stage now wants them."""
    stage = state.plan.stages[0] if state.stage is None else state.prescribed
    return TrackerSettings(walk_below_spm=stage.feedback.walk_below_spm)

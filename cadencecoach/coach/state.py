"""Everything the coach remembers. Frozen: `react` answers with a new one.

Two clocks: session time (`_s`) runs through pauses and stands in every event and action; running time (`_r`) stands
still while the session is paused, and all stages, dwells and spacings are counted in it.
"""

from dataclasses import dataclass

from cadencecoach.coach.actions import BandState
from cadencecoach.coach.attention import Attention
from cadencecoach.coach.clicks import Graded
from cadencecoach.coach.events import NEVER
from cadencecoach.coach.footfalls import Footfalls, PhaseHold
from cadencecoach.coach.ladder import Corrections
from cadencecoach.coach.metronome import Metronome
from cadencecoach.coach.ordered_beat import OrderedBeat
from cadencecoach.coach.pain import Pain
from cadencecoach.coach.speeds import Speeds
from cadencecoach.coach.stage import InStage, Measured, Tally, WarmUp
from cadencecoach.coach.volume import Volume
from cadencecoach.gait.reading import Feet
from cadencecoach.gait.speed_curve import SpeedCurve
from cadencecoach.plan.model import Feedback, FixedBaseline, Plan, SpeedsBaseline, Stage, Target
from cadencecoach.plan.phrasebook import ENGLISH, Phrasebook
from cadencecoach.plan.timeline import Timeline

WALKS = (Feet.WALKING, Feet.STILL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Skip:
    """A stage that was left by key.

    Attributes:
        at_s: session time of the key
        before: the memory before it
    """

    at_s: float
    before: "State"


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageToSay:
    """A message that was unread when the session began, without its words.

    Attributes:
        id: of its entry in the log
        length_s: about how long it is spoken
    """

    id: str
    length_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """One coach, at one moment.

    Attributes:
        plan: what was prescribed
        words: what is said, in the runner's language
        now_s: session time of the newest event
        paused_s: length of the pauses that are over
        pause_began_s: None unless paused
        is_over: the session has ended
        stage: None before the start
        warm_up: after a break: what is run before the stage goes on; None otherwise
        skip: the last stage that was left by key; None before one, and where that was undone
        n_skipped: how many timed stages were left by key before their end
        tally: of the stage
        summed_r: when the word at the end of a stage was last said
        summed_target: and about what
        baseline_spm: None until known
        measured: None unless the baseline is being measured
        feet: as last reported
        cadence_spm: the newest estimate, whatever its age; `feet` says whether it counts
        reading_spm: the reading behind it, where there is one: quicker to show a runner who slows to a walk
        error_spm: how far off the source of the newest estimate may be; what it could explain is not corrected
        attention: what the coach makes of the cadence
        band_state: where the runner is; None while not judged
        due_r: when the attention's timer (SETTLED or DUE) runs out
        corrections: what the runner has been told about the cadence
        speeds: how fast the runner is, as far as that is known
        graded: the colour of the click
        footfalls: when the feet came down, as far as a sensor tells, and the beat that waits for one
        phase_hold: the beat that keeps a phase to them, where the plan wants that
        curve: the runner's own cadence over speed; None: one baseline for all
        busy_r: until then words sound, as far as can be said from their number
        playing: the prescription that sounds, over running time; None when the beat is silent
        beat: as it was ordered for that, over session time; after a stop for pain as it would sound without the stop
        is_resting: the beat waits because the runner walks or stands
        rest_due_r: when it will begin to wait, if the runner goes on walking
        rescue_until_r: the rescue beat sounds until then; minus infinity when it is not wanted
        offset_spm: what the runner added to the targets by key
        sensor_due_r: when the loss of the sensor is to be said, if it is not back by then, or its return
        lost_said_s: session time at which it was last said
        n_losses_said: how often
        is_loss_open: a loss was said and the return was not
        messages: of the clinician, unread when the session began, the newest first
        n_messages_said: how often one was asked for by key, and given to the voice
        is_muted: by key
        volume: of beat and words
        pain: what was asked and answered about pain, and what that has stopped
        metronome: what the metronome alone remembers; None in a guided session
    """

    plan: Plan
    words: Phrasebook = ENGLISH
    now_s: float = 0.0
    paused_s: float = 0.0
    pause_began_s: float | None = None
    is_over: bool = False
    stage: InStage | None = None
    warm_up: WarmUp | None = None
    skip: Skip | None = None
    n_skipped: int = 0
    tally: Tally = Tally()  # noqa: RUF009  # frozen, so one for all does no harm
    summed_r: float = -NEVER
    summed_target: Target | None = None
    baseline_spm: float | None = None
    measured: Measured | None = None
    feet: Feet = Feet.UNKNOWN
    cadence_spm: float | None = None
    reading_spm: float | None = None
    error_spm: float = 0.0
    attention: Attention = Attention.IDLE
    band_state: BandState | None = None
    due_r: float = NEVER
    corrections: Corrections = Corrections()  # noqa: RUF009  # frozen, as is the tally
    speeds: Speeds = Speeds()  # noqa: RUF009
    graded: Graded = Graded()  # noqa: RUF009
    footfalls: Footfalls = Footfalls()  # noqa: RUF009
    phase_hold: PhaseHold = PhaseHold()  # noqa: RUF009
    curve: SpeedCurve | None = None
    busy_r: float = -NEVER
    playing: Timeline | None = None
    beat: OrderedBeat = OrderedBeat()  # noqa: RUF009
    is_resting: bool = False
    rest_due_r: float = NEVER
    rescue_until_r: float = -NEVER
    offset_spm: float = 0.0
    sensor_due_r: float = NEVER
    lost_said_s: float = -NEVER
    n_losses_said: int = 0
    is_loss_open: bool = False
    messages: tuple[MessageToSay, ...] = ()
    n_messages_said: int = 0
    is_muted: bool = False
    volume: Volume = Volume()  # noqa: RUF009
    pain: Pain = Pain()  # noqa: RUF009
    metronome: Metronome | None = None

    @property
    def now_r(self) -> float:
        """Running time: session time without the pauses."""
        return (self.now_s if self.pause_began_s is None else self.pause_began_s) - self.paused_s

    @property
    def newest_spm(self) -> float | None:
        """The newest reading, or the estimate where there is none: quicker and noisier than the estimate."""
        return self.cadence_spm if self.reading_spm is None else self.reading_spm

    def session_s(self, time_r: float) -> float:
        """Session time of a running time, if no further pause comes."""
        return time_r + self.paused_s

    @property
    def current(self) -> InStage:
        """The stage now; only after the start."""
        assert self.stage is not None
        return self.stage

    @property
    def prescribed(self) -> Stage:
        """The plan's text for the stage now; only after the start."""
        return self.plan.stages[self.current.index] if self.warm_up is None else self.warm_up.stages[0]

    @property
    def feedback(self) -> Feedback:
        """The numbers of the stage now; before the start those of the first."""
        return self.plan.stages[0].feedback if self.stage is None else self.prescribed.feedback

    @property
    def stage_end_r(self) -> float:
        """When the stage ends; infinite when it waits for a key."""
        if self.stage is None or self.prescribed.duration_s is None:
            return NEVER
        return self.stage.start_r + self.prescribed.duration_s


def begin(
    plan: Plan, baseline_spm: float | None = None, words: Phrasebook = ENGLISH, curve: SpeedCurve | None = None
) -> State:
    """A coach before the first event.

    Args:
        plan: what was prescribed
        baseline_spm: given by the runner or stored for the athlete; it wins over the plan and over measuring
        words: what is said, in the runner's language
        curve: the runner's cadence over speed, stored for the athlete; a baseline that is given alone wins over it
    """
    if baseline_spm is not None:
        return State(plan=plan, baseline_spm=baseline_spm, words=words)
    if isinstance(plan.baseline, FixedBaseline):
        return State(plan=plan, baseline_spm=plan.baseline.spm, words=words)
    if isinstance(plan.baseline, SpeedsBaseline):
        curve = SpeedCurve.fit(plan.baseline.points, surface=plan.baseline.surface)
    if curve is None:
        return State(plan=plan, words=words)
    known = Speeds(known_mps=curve.range_mps)
    return State(plan=plan, baseline_spm=curve.c0_spm, words=words, curve=curve, speeds=known)

"""Everything the coach remembers. Frozen: `react` answers with a new one.

Two clocks: session time (`_s`) runs through pauses and stands in every event and action; running time (`_r`) stands
still while the session is paused, and all stages, dwells and spacings are counted in it.
"""

import math
from dataclasses import dataclass

from cadencecoach.coach.actions import BandState
from cadencecoach.coach.metronome.memory import Metronome
from cadencecoach.coach.policy.attention import Attention
from cadencecoach.gait.reading import Feet
from cadencecoach.plan.model import FixedBaseline, Plan, Stage
from cadencecoach.plan.phrasebook import ENGLISH, Phrasebook
from cadencecoach.plan.targets import Band
from cadencecoach.plan.timeline import Timeline

NEVER = math.inf


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What is counted of a stage, for the word at its end.

    Attributes:
        judged_s: running seconds with a band, the ramp left out
        inside_s: those of them in the band
        upto_r: running time up to which has been counted
    """

    judged_s: float = 0.0
    inside_s: float = 0.0
    upto_r: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """The baseline as far as it has been measured: running estimates, one an event."""

    sum_spm: float = 0.0
    n_readings: int = 0

    @property
    def mean_spm(self) -> float:
        """Mean cadence; only when there is a reading."""
        return self.sum_spm / self.n_readings


@dataclass(frozen=True, slots=True, kw_only=True)
class InStage:
    """The stage now.

    Attributes:
        index: from 0
        start_r: when it began
        band: None when nothing is asked for
        tempo: what the beat plays when it plays, over running time; None without a band
        settled_r: no judging before this
        n_counted: how many of 3-2-1 have sounded
        help_edge_r: when help next begins or ends; infinite when it never does
        cues_upto_s: the plan author's cues up to this time since the start have been said
    """

    index: int
    start_r: float
    band: Band | None = None
    tempo: Timeline | None = None
    settled_r: float = 0.0
    n_counted: int = 0
    help_edge_r: float = NEVER
    cues_upto_s: float = -1.0


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
        tally: of the stage
        baseline_spm: None until known
        measured: None unless the baseline is being measured
        feet: as last reported
        cadence_spm: the newest estimate, whatever its age; `feet` says whether it counts
        attention: what the coach makes of the cadence
        band_state: where the runner is; None while not judged
        due_r: when the attention's timer (SETTLED or DUE) runs out
        corrected_r: when the last correction was given
        n_corrections: in a row, without a confirmed return to the band
        playing: the tempo last ordered, over running time; None when the beat is silent
        is_resting: the beat waits because the runner walks or stands
        rest_due_r: when it will begin to wait, if the runner goes on walking
        rescue_until_r: the rescue beat sounds until then; minus infinity when it is not wanted
        offset_spm: what the runner added to the targets by key
        lost_said_r: when the loss of the sensor was last said
        n_losses_said: how often
        is_loss_open: a loss was said and the return was not
        is_muted: by key
        pain_key_r: when the pain key was last pressed
        metronome: what the metronome alone remembers; None in a guided session
    """

    plan: Plan
    words: Phrasebook = ENGLISH
    now_s: float = 0.0
    paused_s: float = 0.0
    pause_began_s: float | None = None
    is_over: bool = False
    stage: InStage | None = None
    tally: Tally = Tally()  # frozen, so one for all does no harm
    baseline_spm: float | None = None
    measured: Measured | None = None
    feet: Feet = Feet.UNKNOWN
    cadence_spm: float | None = None
    attention: Attention = Attention.IDLE
    band_state: BandState | None = None
    due_r: float = NEVER
    corrected_r: float = -NEVER
    n_corrections: int = 0
    playing: Timeline | None = None
    is_resting: bool = False
    rest_due_r: float = NEVER
    rescue_until_r: float = -NEVER
    offset_spm: float = 0.0
    lost_said_r: float = -NEVER
    n_losses_said: int = 0
    is_loss_open: bool = False
    is_muted: bool = False
    pain_key_r: float = -NEVER
    metronome: Metronome | None = None

    @property
    def now_r(self) -> float:
        """Running time: session time without the pauses."""
        return (self.now_s if self.pause_began_s is None else self.pause_began_s) - self.paused_s

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
        return self.plan.stages[self.current.index]

    @property
    def stage_end_r(self) -> float:
        """When the stage ends; infinite when it waits for a key."""
        if self.stage is None or self.prescribed.duration_s is None:
            return NEVER
        return self.stage.start_r + self.prescribed.duration_s


def begin(plan: Plan, baseline_spm: float | None = None, words: Phrasebook = ENGLISH) -> State:
    """A coach before the first event.

    Args:
        plan: what was prescribed
        baseline_spm: given by the runner or stored for the athlete; it wins over the plan and over measuring
        words: what is said, in the runner's language
    """
    if baseline_spm is None and isinstance(plan.baseline, FixedBaseline):
        baseline_spm = plan.baseline.spm
    return State(plan=plan, baseline_spm=baseline_spm, words=words)

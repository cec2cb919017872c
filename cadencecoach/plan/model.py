"""What was prescribed: the plan after reading, checked and frozen. No text, no YAML, no positions in here."""

from dataclasses import dataclass, field
from enum import Enum

from cadencecoach.plan.feedback import CueStyle as CueStyle  # noqa: PLC0414  # a plan's values have one door
from cadencecoach.plan.feedback import Feedback as Feedback  # noqa: PLC0414


class Beat(Enum):
    """When the metronome sounds in a stage."""

    ON = "on"
    OFF = "off"
    RESCUE = "rescue"  # only after the runner has left the band for a while, until the return
    GATED = "gated"  # comes and goes by the clock, to be held in the silence


@dataclass(frozen=True, slots=True)
class Free:
    """Nothing is played and nothing is corrected."""


@dataclass(frozen=True, slots=True)
class Walk:
    """The runner walks; nothing is played and nothing is corrected."""


@dataclass(frozen=True, slots=True)
class Relative:
    """A step rate relative to the baseline; +0.05 is 5 % quicker, 0 is the baseline itself."""

    ratio: float


@dataclass(frozen=True, slots=True)
class Fixed:
    """A step rate in spm."""

    spm: float


@dataclass(frozen=True, slots=True)
class Between:
    """A range of step rates in spm; the beat plays its middle."""

    low_spm: float
    high_spm: float


Target = Free | Walk | Relative | Fixed | Between


@dataclass(frozen=True, slots=True)
class RatioTolerance:
    """Half-width of the band as a part of the target; 0.03 is 3 %."""

    ratio: float


@dataclass(frozen=True, slots=True)
class SpmTolerance:
    """Half-width of the band in spm."""

    spm: float


Tolerance = RatioTolerance | SpmTolerance


@dataclass(frozen=True, slots=True)
class MeasuredBaseline:
    """The baseline is measured in a stage of the session."""


@dataclass(frozen=True, slots=True)
class AthleteBaseline:
    """The baseline is the one stored for the athlete, or given on the command line."""


@dataclass(frozen=True, slots=True)
class FixedBaseline:
    """The baseline is written in the plan."""

    spm: float


@dataclass(frozen=True, slots=True)
class SpeedsBaseline:
    """The baseline is written in the plan, at several speeds.

    Attributes:
        points: (speed in m/s, cadence in spm) of each
        surface: where they were run; may be empty
    """

    points: tuple[tuple[float, float], ...]
    surface: str = ""


Baseline = MeasuredBaseline | AthleteBaseline | FixedBaseline | SpeedsBaseline


@dataclass(frozen=True, slots=True)
class CueAt:
    """Words spoken once, `at_s` after the start of the stage."""

    at_s: float
    say: str


@dataclass(frozen=True, slots=True)
class CueEvery:
    """Words spoken again and again: `every_s`, twice `every_s`, ... after the start of the stage."""

    every_s: float
    say: str


StageCue = CueAt | CueEvery


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One part of the session, repeats already written out.

    Attributes:
        name: as shown and spoken
        duration_s: None lasts until the runner presses the key for the next stage
        target: what step rate, if any
        tolerance: half-width of the band around the target
        ramp_s: how long the beat takes from the tempo before to this one
        beat: when the metronome sounds
        feedback: when and how the coach corrects
        help_ratio: part of the time beat and corrections are offered, 0 to 1; where it fades, at the start
        help_to_ratio: the same at the end of a stage through which it fades; None where it does not
        gate_on_s, gate_off_s: a gated beat sounds for so long and is silent for so long, in turn
        has_recall: a probe begins with words that bring back how the runner ran before
        music: what sounds instead of the click: empty is the click, `on` the songs that were added, else a folder
        may_step_tempo: the plan gives a reason why the beat may step by more than `follow_step` without a ramp
        of_plan: the plan's title, from which the order of helped and silent stretches is drawn
        cues: words of the plan's author, times from the start of the stage
        measures_baseline: the runner's own cadence is taken here
        drill: the exercise to do, spoken and shown; such a stage is not coached by cadence
        takes: which values a programme may fill in here: `minutes`, `target`, `help`, `cue`
    """

    name: str
    duration_s: float | None
    target: Target
    tolerance: Tolerance
    ramp_s: float
    beat: Beat
    feedback: Feedback
    help_ratio: float
    cues: tuple[StageCue, ...]
    measures_baseline: bool
    drill: str | None
    takes: tuple[str, ...] = ()
    help_to_ratio: float | None = None
    of_plan: str = ""
    gate_on_s: float = 0.0
    gate_off_s: float = 0.0
    has_recall: bool = False
    may_step_tempo: bool = False
    music: str = ""

    @property
    def mean_help_ratio(self) -> float:
        """Part of the time that is helped, over the whole stage."""
        end_ratio = self.help_ratio if self.help_to_ratio is None else self.help_to_ratio
        return (self.help_ratio + end_ratio) / 2

    @property
    def is_asked(self) -> bool:
        """Whether a cadence is asked for: there is a target, and no drill."""
        return self.drill is None and not isinstance(self.target, Free | Walk)

    @property
    def is_silent(self) -> bool:
        """Whether there is neither beat nor feedback, so nothing that could help."""
        return self.beat is Beat.OFF and self.feedback.style is CueStyle.NONE

    @property
    def is_corrected(self) -> bool:
        """Whether anything comes of it when the runner leaves the band, while there is help."""
        return bool(self.feedback.cue_rungs) or self.beat is Beat.RESCUE

    @property
    def is_probe(self) -> bool:
        """Measured and not helped: there is a target, and neither beat nor feedback, or no help at all."""
        return self.is_asked and (self.is_silent or self.mean_help_ratio <= 0)

    def is_recalling(self, before: "Stage | None") -> bool:
        """Whether it begins with the words of recall: a probe right after a stage that helped."""
        is_helped_before = before is not None and before.is_asked and not before.is_probe
        return is_helped_before and self.has_recall and self.is_probe


MOST_OVER_OWN_RATIO = 0.10  # no protocol goes over 10 % above the self-selected rate


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a clinician allows at most; it holds against the text of a plan, the runner's keys and every flag.

    Attributes:
        target_ratio: the highest target as a part above the baseline; None is no limit
        baseline_spm: the baseline it counts from; None is the one in force in the session
        most_spm: the highest target in steps a minute, whatever the baseline; None is no such limit
    """

    target_ratio: float | None = None
    baseline_spm: float | None = None
    most_spm: float | None = None

    def ceiling_spm(self, baseline_spm: float | None) -> float | None:
        """The highest target in spm; None where there is no limit, or no baseline to count from."""
        known_spm = baseline_spm if self.baseline_spm is None else self.baseline_spm
        if self.target_ratio is None or known_spm is None:
            return self.most_spm
        counted_spm = known_spm * (1 + self.target_ratio)
        return counted_spm if self.most_spm is None else min(counted_spm, self.most_spm)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A session as prescribed.

    Attributes:
        name: title
        about: what it is for, may be empty
        sha256: of the file's bytes, so that a record says which text was run
        baseline: where the runner's own cadence comes from
        stages: in order, at least one
        limits: what may not be passed, whatever is asked for
        text: of the file, word for word, which is the programme for a plan written in one; empty for one of no file
    """

    name: str
    about: str
    sha256: str
    baseline: Baseline
    stages: tuple[Stage, ...]
    limits: Limits = Limits()  # frozen, so one for all does no harm
    text: str = field(default="", compare=False, repr=False)

    @property
    def duration_s(self) -> float | None:
        """Length of the session; None when a stage is open-ended."""
        durations = [stage.duration_s for stage in self.stages]
        return None if None in durations else float(sum(d for d in durations if d is not None))

"""What a metronome is asked to do, the plan that stands for it, and what it remembers."""

import hashlib
import math
from dataclasses import dataclass, field, replace

from cadencecoach.coach.clicks import PLAIN, Click
from cadencecoach.plan.defaults import FULL_FEEDBACK, TOLERANCE
from cadencecoach.plan.model import AthleteBaseline, Beat, CueStyle, Fixed, Limits, Plan, Stage

DEFAULT_SPM = 170.0  # an example in the middle of what people run at, not a goal
LOW_SPM, HIGH_SPM = 60.0, 260.0  # nobody runs outside; also what the voice can say


@dataclass(frozen=True, slots=True, kw_only=True)
class BeatLimits:
    """What a clinician allows of a beat that follows no plan.

    Attributes:
        targets: what its tempo may not pass
        most_s: how long it may last; None is no limit
    """

    targets: Limits = field(default_factory=Limits)
    most_s: float | None = None

    @property
    def highest_spm(self) -> float | None:
        """The highest tempo; None where there is no limit, or no baseline to count from."""
        return self.targets.ceiling_spm(None)


NO_LIMITS = BeatLimits()


@dataclass(frozen=True, slots=True, kw_only=True)
class MetronomeSettings:
    """What was asked for.

    Attributes:
        from_spm: tempo at the start
        to_spm: tempo at the end of the ramp
        over_s: length of the ramp; 0 where there is none
        for_s: length of the whole; None lasts until a key
        on_s: clicks are heard for so long ...
        off_s: ... and then silent for so long, in turn; 0 is never silent
        marks_s: the time run is said so often; None is never
        click: how the beat clicks at first
        sounds: the click sounds there are, for the key that takes the next one
        each_s: a new sound by itself so often, to choose by ear; None is never
        limits: what the tempo may not pass, whatever a key or a tap asks for; no part of what was asked for
    """

    from_spm: float
    to_spm: float
    over_s: float = 0.0
    for_s: float | None = None
    on_s: float = math.inf
    off_s: float = 0.0
    marks_s: float | None = None
    click: Click = PLAIN
    sounds: tuple[str, ...] = ("click",)
    each_s: float | None = None
    limits: Limits = field(default=Limits(), repr=False)

    @property
    def highest_spm(self) -> float:
        """The highest tempo that may sound."""
        ceiling_spm = self.limits.ceiling_spm(None)
        return HIGH_SPM if ceiling_spm is None else min(HIGH_SPM, ceiling_spm)


@dataclass(frozen=True, slots=True, kw_only=True)
class Metronome:
    """What it remembers.

    Attributes:
        settings: what was asked for
        click: how the beat clicks now
        taps_s: session times of the taps that belong together
        is_open: clicks are heard
        gate_r: when that changes next, in running time; infinite when it never does
        n_marks: how often the time was said
        n_turns: how often the sound has changed by itself
        is_voice_muted: by key
    """

    settings: MetronomeSettings
    click: Click
    taps_s: tuple[float, ...] = ()
    is_open: bool = True
    gate_r: float = math.inf
    n_marks: int = 0
    n_turns: int = 0
    is_voice_muted: bool = False


def metronome_plan(settings: MetronomeSettings) -> Plan:
    """The plan a metronome stands for, so that it is shown and written down like any session."""
    stage = Stage(
        name="Metronome",
        duration_s=settings.for_s,
        target=Fixed(settings.to_spm),
        tolerance=TOLERANCE,
        ramp_s=settings.over_s,
        beat=Beat.ON,
        feedback=replace(FULL_FEEDBACK, style=CueStyle.NONE),
        help_ratio=1.0,
        cues=(),
        measures_baseline=False,
        drill=None,
    )
    sha256 = hashlib.sha256(repr(settings).encode()).hexdigest()
    return Plan(
        name="Metronome", about="", sha256=sha256, baseline=AthleteBaseline(), stages=(stage,), limits=settings.limits
    )

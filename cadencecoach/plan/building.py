"""Keys as read to the plan as prescribed: defaults filled in, repeats written out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from cadencecoach.plan.defaults import FULL_FEEDBACK, TOLERANCE
from cadencecoach.plan.feedback_keys import FeedbackText
from cadencecoach.plan.language import GateText, PlanText, SpeedsText, StageText
from cadencecoach.plan.model import (
    Baseline,
    Beat,
    Between,
    CueAt,
    CueEvery,
    CueStyle,
    Feedback,
    Fixed,
    Free,
    MeasuredBaseline,
    Plan,
    Relative,
    SpeedsBaseline,
    Stage,
    StageCue,
)
from cadencecoach.plan.music import NO_MUSIC, OFF
from cadencecoach.plan.parts import StagePart, WrittenPlan
from cadencecoach.plan.repeats import Repeated, in_order

ALWAYS = (1.0, 1.0)
NEVER = (0.0, 0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One time a written stage is done.

    Attributes:
        part: the stage as written
        number: from 1; which time it is
        n_turns: how many times in all; 1 outside repeats
        stage: what it comes to, without a number in its name
    """

    part: StagePart
    number: int
    n_turns: int
    stage: Stage


def n_stages(parts: Sequence[StagePart | Repeated[StagePart]]) -> int:
    """How many stages there are when every repeat is written out; counted, not written."""
    return sum(part.times * n_stages(part.parts) if isinstance(part, Repeated) else 1 for part in parts)


def once(parts: Sequence[StagePart | Repeated[StagePart]]) -> tuple[StagePart, ...]:
    """Every written stage one time."""
    return tuple(stage for part in parts for stage in (once(part.parts) if isinstance(part, Repeated) else (part,)))


def turns_of(written: WrittenPlan) -> tuple[Turn, ...]:
    """Every stage in the order it is done."""
    stages: dict[int, Stage] = {}
    counts: dict[int, int] = {}
    turns = []
    for part, n_turns in in_order(written.parts):
        place = id(part)
        if place not in stages:
            stages[place] = stage_of(part.keys, written.head.keys)
        counts[place] = counts.get(place, 0) + 1
        turns.append(Turn(part=part, number=counts[place], n_turns=n_turns, stage=stages[place]))
    return _spread_fade(turns, written.head.keys)


def plan_of(head: PlanText, turns: Sequence[Turn], sha256: str) -> Plan:
    """The plan; call it only when nothing was found wrong."""
    return Plan(
        name=head.plan or "",
        about=head.about or "",
        sha256=sha256,
        baseline=baseline_of(head),
        stages=tuple(_number_repeat(turn) for turn in turns),
    )


def baseline_of(head: PlanText) -> Baseline:
    """Where the baseline comes from. A plan that asks for nothing relative can do without; measuring asks for least."""
    given = head.baseline
    if isinstance(given, SpeedsText):
        return SpeedsBaseline(points=tuple((given.speeds or {}).items()), surface=given.surface or "")
    return given or MeasuredBaseline()


def _number_repeat(turn: Turn) -> Stage:
    """The stage under a name that tells repeats apart, short enough to be spoken."""
    if turn.n_turns == 1:
        return turn.stage
    return replace(turn.stage, name=f"{turn.stage.name} {turn.number} of {turn.n_turns}")


def stage_of(keys: StageText, plan: PlanText) -> Stage:
    """A stage with everything filled in: its own word first, then the plan's, then the default."""
    target = keys.target or Free()
    has_tempo = isinstance(target, Relative | Fixed | Between)
    default_beat = (plan.beat or "on") if has_tempo and keys.drill is None else "off"
    beat = keys.beat or default_beat
    stage = Stage(
        name=keys.name or "",
        duration_s=keys.duration,
        target=target,
        tolerance=keys.tolerance or plan.tolerance or TOLERANCE,
        ramp_s=_first(keys.ramp, plan.ramp, 0.0) if has_tempo else 0.0,
        beat=Beat.GATED if isinstance(beat, GateText) else Beat(beat),
        **_gate(beat),
        has_recall=(keys.recall or plan.recall) == "on",
        may_step_tempo=any(allow is not None and allow.tempo_step for allow in (keys.allow, plan.allow)),
        feedback=_feedback(keys.feedback, _feedback(plan.feedback, FULL_FEEDBACK)),
        cues=_cues(keys),
        measures_baseline=keys.measure is not None,
        drill=keys.drill,
        takes=keys.takes or (),
        music=_music(keys.music or plan.music),
        of_plan=plan.plan or "",
        help_ratio=1.0,
    )
    return with_help(stage, keys.help or plan.help or ALWAYS)


def _music(told: str | None) -> str:
    """What sounds instead of the click; empty is the click."""
    return NO_MUSIC if told in {None, OFF} else told or NO_MUSIC


def _gate(beat: str | GateText) -> dict[str, Any]:
    """How long a gated beat sounds and is silent; nothing for other beats."""
    return {"gate_on_s": beat.on or 0.0, "gate_off_s": beat.off or 0.0} if isinstance(beat, GateText) else {}


def with_help(stage: Stage, span: tuple[float, float]) -> Stage:
    """The stage with help from its start to its end.

    Whatever is written, a stage in which nothing could help has none, and where nothing is asked for help is no
    question: it is always the same there.
    """
    if not stage.is_asked:
        span = ALWAYS
    elif stage.is_silent:
        span = NEVER
    first, last = span
    return replace(stage, help_ratio=first, help_to_ratio=None if first == last else last)


def _spread_fade(turns: Sequence[Turn], head: PlanText) -> tuple[Turn, ...]:
    """A plan's fading help: from stage to stage, over those with a target and no word of their own about help."""
    span = head.help or ALWAYS
    places = [i for i, turn in enumerate(turns) if turn.part.keys.help is None and _takes_help(turn.stage)]
    if span[0] == span[1] or len(places) < 2:  # noqa: PLR2004  # of one stage, it fades within
        return tuple(turns)
    faded = list(turns)
    for n, place in enumerate(places):
        ratio = span[0] + (span[1] - span[0]) * n / (len(places) - 1)
        faded[place] = replace(turns[place], stage=with_help(turns[place].stage, (ratio, ratio)))
    return tuple(faded)


def _takes_help(stage: Stage) -> bool:
    """Whether there is anything to fade: a target, and a beat or feedback."""
    return stage.is_asked and not stage.is_silent


def _first(own: float | None, plan: float | None, default: float) -> float:
    return next(value for value in (own, plan, default) if value is not None)


def _cues(keys: StageText) -> tuple[StageCue, ...]:
    said: list[StageCue] = [CueAt(0.0, keys.say)] if keys.say else []
    for cue in keys.cues or ():
        if cue.say and cue.at is not None:
            said.append(CueAt(cue.at, cue.say))
        elif cue.say and cue.every is not None:
            said.append(CueEvery(cue.every, cue.say))
    return tuple(said)


def _feedback(said: str | FeedbackText | None, base: Feedback) -> Feedback:
    """Feedback with what was said laid over it; settings and `full` wake it if the plan had put it to sleep."""
    awake = replace(base, style=CueStyle.WORDS) if base.style is CueStyle.NONE else base
    match said:
        case None:
            return base
        case FeedbackText():
            return replace(awake, **{field: value for field, value in said if value is not None})
        case "none":
            return replace(base, style=CueStyle.NONE)
        case _:
            return awake

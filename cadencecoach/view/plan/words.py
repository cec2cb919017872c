"""A plan minute by minute, in plain words: what is asked for, what is played, said and corrected, and when."""

from collections.abc import Iterator
from dataclasses import dataclass

from rich.console import Group
from rich.text import Text

from cadencecoach.coach.ladder import n_before_beat
from cadencecoach.plan.feedback import CueStyle, Rung
from cadencecoach.plan.lengths import duration_words
from cadencecoach.plan.model import Beat, CueAt, CueEvery, Free, Plan, Stage, Walk
from cadencecoach.plan.targets import Band, band_of, target_words
from cadencecoach.view.paragraph import Paragraph
from cadencecoach.view.plan.table import known_baseline_spm

INDENT = 9  # of hours, minutes and seconds; under the first word after the time
RUNGS = {Rung.TONE: "a tone", Rung.BEAT: "the beat", Rung.WORDS: "words"}


@dataclass(frozen=True, slots=True, kw_only=True)
class InWords:
    """A stage in words.

    Attributes:
        start: the time it begins at, or `then` behind an open end
        name: of the stage
        length: how long it lasts
        text: what happens in it, in sentences
    """

    start: str
    name: str
    length: str
    text: str


def plan_in_words(plan: Plan, baseline_spm: float | None) -> Group:
    """The stages in order, a paragraph each, beginning with the minute they begin at."""
    lines: list[Text | Paragraph] = [Text(f"\n{headline(plan)}")]
    for one in minutes_of(plan, baseline_spm):
        lines.append(Text.assemble(f"{one.start:<{INDENT}}", (one.name, "bold"), f", {one.length}", no_wrap=False))
        lines.append(Paragraph(one.text, INDENT))
    return Group(*lines)


def minutes_of(plan: Plan, baseline_spm: float | None) -> Iterator[InWords]:
    """The stages in order.

    Args:
        plan: what is told
        baseline_spm: the runner's own cadence; None where it is not known, and the plan does not say it
    """
    known_spm = known_baseline_spm(plan, baseline_spm)
    for start, stage in _starts(plan):
        text = " ".join(sentences(stage, known_spm))
        yield InWords(start=start, name=stage.name, length=_length(stage), text=text)


def headline(plan: Plan) -> str:
    """What stands above the paragraphs."""
    return "Minute by minute:" if plan.duration_s is not None else "Minute by minute, as far as that is known:"


def sentences(stage: Stage, baseline_spm: float | None) -> Iterator[str]:
    """What happens in a stage.

    Args:
        stage: which one
        baseline_spm: the runner's own cadence; None where it is not known yet
    """
    yield _target_sentence(stage, baseline_spm)
    if stage.is_asked:
        yield from _help_sentences(stage)
    said = ", ".join(_cue(cue) for cue in stage.cues)
    if said:
        yield f"Said: {said}."


def _starts(plan: Plan) -> Iterator[tuple[str, Stage]]:
    """Each stage with the time it begins at; behind an open end that is no longer known."""
    start_s: float | None = 0.0
    for stage in plan.stages:
        yield ("then" if start_s is None else _clock(start_s)), stage
        start_s = None if start_s is None or stage.duration_s is None else start_s + stage.duration_s


def _length(stage: Stage) -> str:
    return "until the key for the next stage" if stage.duration_s is None else duration_words(stage.duration_s)


def _target_sentence(stage: Stage, baseline_spm: float | None) -> str:
    if stage.drill is not None:
        return f"An exercise, not coached by cadence: {_as_sentence(stage.drill)}"
    if stage.measures_baseline:
        return "The runner's own cadence is measured. Nothing is played and nothing is corrected."
    match stage.target:
        case Walk():
            return "Walking. Nothing is played and nothing is corrected."
        case Free():
            return "Free running. Nothing is played and nothing is corrected."
        case _:
            band = band_of(stage.target, stage.tolerance, baseline_spm)
            return f"Target: {target_words(stage.target)}{_spm(stage, band)}{_ramp(stage)}."


def _spm(stage: Stage, band: Band | None) -> str:
    """The target in steps a minute where that is known and not said yet."""
    if band is None:
        return " of the runner's own cadence" if target_words(stage.target) != "baseline" else ""
    edges = f"{band.low_spm:.0f} to {band.high_spm:.0f} count as on target"
    return f", {band.target_spm:.0f} steps a minute ({edges})"


def _ramp(stage: Stage) -> str:
    has_beat = stage.beat in {Beat.ON, Beat.GATED}
    return f"; the beat takes {duration_words(stage.ramp_s)} to get there" if stage.ramp_s and has_beat else ""


def _help_sentences(stage: Stage) -> Iterator[str]:
    """Beat and corrections, and how much of the time they are there."""
    if stage.is_probe:
        recall = " It begins with a reminder of how the runner ran before." if stage.has_recall else ""
        yield f"No beat, no correction: this shows what stays without help.{recall}"
        return
    yield _beat(stage)
    most = stage.feedback.hold_phase_ratio
    if stage.beat is not Beat.OFF and most:
        yield f"It adapts to the feet by up to {most * 100:.3g} %, where a strap detects footfalls."
    yield _correction_sentence(stage)
    if stage.mean_help_ratio < 1:
        cycle = duration_words(stage.feedback.cycle_s)
        yield f"This help is on for {_share(stage)}, in cycles of {cycle}; the rest is silent."


def _beat(stage: Stage) -> str:
    match stage.beat:
        case Beat.OFF:
            return "No beat."
        case Beat.RESCUE if n_before_beat(stage.beat, stage.feedback) is None:
            return "No beat: the ladder leaves it out."
        case Beat.RESCUE:
            return "The beat plays only when the runner drifts off target, until they are back."
        case Beat.GATED:
            on, off = duration_words(stage.gate_on_s), duration_words(stage.gate_off_s)
            return f"A beat on every step, {on} on and {off} off, alternating."
        case Beat.ON:
            return "A beat on every step."


def _correction_sentence(stage: Stage) -> str:
    feedback = stage.feedback
    if feedback.style is CueStyle.NONE:
        return "No correction."
    if feedback.style is CueStyle.GRADED:
        if stage.beat is Beat.OFF:
            return "No correction: a graded click needs a beat."
        return "No words: the click itself tells how far off the target is."
    if feedback.style is CueStyle.NOISE:
        return "No words: noise gets louder the farther off target, and is gone on target."
    rungs = feedback.cue_rungs
    if not rungs:
        is_rescued = stage.beat is Beat.RESCUE
        return "No tones and no words." if is_rescued else "No correction: the ladder has only a rescue beat."
    ways = ", then ".join(RUNGS[rung] for rung in dict.fromkeys(rungs))
    dwell, spacing = duration_words(feedback.dwell_s), duration_words(feedback.spacing_s)
    return f"Corrected by {ways} after {dwell} off target, at most once in {spacing}."


def _share(stage: Stage) -> str:
    if stage.help_to_ratio is None:
        return f"{stage.help_ratio * 100:.3g} % of the time"
    return f"{stage.help_ratio * 100:.3g} % of the time at the start and {stage.help_to_ratio * 100:.3g} % at the end"


def _cue(cue: CueAt | CueEvery) -> str:
    match cue:
        case CueAt(at_s=at_s, say=say):
            return f'"{say}" {"at the start" if at_s == 0 else f"after {duration_words(at_s)}"}'
        case CueEvery(every_s=every_s, say=say):
            return f'"{say}" every {duration_words(every_s)}'


def _as_sentence(words: str) -> str:
    return words if words.endswith((".", "!", "?")) else f"{words}."


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"

"""What a coach would think twice about in a plan: advice, with its source and how to set it aside.

Nothing here keeps a plan from running. Each check sees the stages in the order they are done and gives at most one
finding, at the text it concerns. A plan that leads nowhere near another cadence (a beat for an easy run) gets none but
that on numbers that nag.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from cadencecoach.plan.building import Turn
from cadencecoach.plan.checks.written import Words
from cadencecoach.plan.faults import Report
from cadencecoach.plan.feedback import Feedback
from cadencecoach.plan.language import AllowText, PlanText
from cadencecoach.plan.model import Beat, CueStyle, Free, Relative, Stage, Walk
from cadencecoach.plan.part import Part
from cadencecoach.plan.syntax.findings import Severity
from cadencecoach.plan.syntax.nodes import Node

WARM_UP_S = 300.0  # cadence is steady after a 5 min warm-up: preprints.org 202601.2214
SHORT_RUN_S = 60.0  # locking on to a beat and smoothing take about 30 s (design)
LONG_DOSE_S = 45 * 60.0  # the last sessions of courses that worked had 30 to 45 min (Davis 2020)
MIN_S = 60.0
FIRST_S = 60.0
MANY = 6  # corrections in the first minute: one in 10 s; a phrase takes 2 s, a change of cadence some more (design)

Head = Part[PlanText]


@dataclass(frozen=True, slots=True)
class _Advice:
    """A thing to think about, where, and the key of `allow` that sets it aside."""

    place: Node
    message: str


def check_advice(head: Head, turns: Sequence[Turn], report: Report) -> None:
    """Add the advice to what was found; for plans without an error, since broken text leads to wrong advice."""
    for advice in _nagging(head, turns):
        report.add(advice.place, advice.message, Severity.ADVICE)
    if not any(_is_led(turn.stage) for turn in turns):
        return
    for check, reason in _CHECKS:
        given = [turn.part.keys.allow for turn in turns] + [head.keys.allow]
        if not any(allow and reason(allow) for allow in given):
            for advice in check(head, turns):
                report.add(advice.place, advice.message, Severity.ADVICE)


def _is_led(stage: Stage) -> bool:
    """Whether the stage leads the runner to another cadence than the own."""
    return isinstance(stage.target, Relative) and stage.target.ratio != 0


def _is_coached(stage: Stage) -> bool:
    return not isinstance(stage.target, Free | Walk)


def _is_probe(stage: Stage) -> bool:
    is_silent = stage.beat is Beat.OFF and stage.feedback.style is CueStyle.NONE
    return _is_led(stage) and (is_silent or stage.help_ratio == 0)


def _warm_up(_: Head, turns: Sequence[Turn]) -> Iterator[_Advice]:
    """Time before the first target."""
    first = next(i for i, turn in enumerate(turns) if _is_coached(turn.stage))
    durations = [turn.stage.duration_s for turn in turns[:first]]
    before_s = sum(duration_s for duration_s in durations if duration_s is not None)
    if None in durations or before_s >= WARM_UP_S:
        return
    yield _Advice(
        turns[first].part.at("target"),
        f"{_length(before_s)} before the first target; 5 min of warm-up are usual, and cadence is steadier "
        "after them (preprints.org 202601.2214); 'allow: {warm-up: the reason}' says why not",
    )


def _length(seconds: float) -> str:
    return f"{seconds / MIN_S:.3g} min" if seconds >= MIN_S else f"{seconds:g} s"


def _probe(head: Head, turns: Sequence[Turn]) -> Iterator[_Advice]:
    """A stage that shows what stayed."""
    if any(_is_probe(turn.stage) for turn in turns):
        return
    yield _Advice(
        head.at_key("stages"),
        "no stage shows what stays without help; add one with 'beat: off, feedback: none' (constant feedback does not "
        "stick: Davis 2020, PMC7083994); 'allow: {probe: the reason}' says why not",
    )


def _dose(head: Head, turns: Sequence[Turn]) -> Iterator[_Advice]:
    """Minutes with help towards another cadence."""
    cued_s = sum(_cued_s(turn.stage) for turn in turns)
    if cued_s <= LONG_DOSE_S:
        return
    yield _Advice(
        head.at_key("stages"),
        f"{cued_s / MIN_S:.0f} min are cued; courses that worked ended at 30 to 45 min a session, about 180 min in all "
        "(Davis 2020, PMC7083994); 'allow: {dose: the reason}' says why more",
    )


def _cued_s(stage: Stage) -> float:
    return (stage.duration_s or 0.0) * stage.help_ratio if _is_led(stage) and not _is_probe(stage) else 0.0


def _short_runs(_: Head, turns: Sequence[Turn]) -> Iterator[_Advice]:
    """Runs too short to find a cadence in."""
    for turn in turns:
        stage = turn.stage
        if _is_led(stage) and stage.duration_s is not None and stage.duration_s < SHORT_RUN_S:
            yield _Advice(
                turn.part.at("duration"),
                f"stage '{stage.name}' has a target for {stage.duration_s:g} s; finding a cadence takes about 30 s, so "
                "1 min is the least (design); 'allow: {short: the reason}' says why less",
            )
            return


def _nagging(head: Head, turns: Sequence[Turn]) -> Iterator[_Advice]:
    """Numbers by which a runner may be told something every few seconds."""
    for words in (Words(head, turn) for turn in turns if turn.stage.is_asked):
        place = words.first_of("spacing", "patience", "rest") or words.at("feedback")
        n = n_in_first_minute(words.feedback)
        if place is not None and words.feedback.cue_rungs and n > MANY and words.stage.mean_help_ratio > 0:
            yield _Advice(
                place,
                f"up to {n} corrections in a minute on a runner who stays off target; more than one in 10 s is nagging "
                "(design), so write a longer 'spacing', or less 'patience' and a longer 'rest'",
            )
            return


_Check = Callable[[Head, Sequence[Turn]], Iterator[_Advice]]
_CHECKS: tuple[tuple[_Check, Callable[[AllowText], str | None]], ...] = (
    (_warm_up, lambda allow: allow.warm_up),
    (_probe, lambda allow: allow.probe),
    (_dose, lambda allow: allow.dose),
    (_short_runs, lambda allow: allow.short),
)


def n_in_first_minute(feedback: Feedback) -> int:
    """Corrections in a minute on a runner who stays out of the band and heeds none."""
    at_s, n = 0.0, 0
    for gap_s in _gaps_s(feedback):
        if at_s >= FIRST_S:
            break
        n += 1
        at_s += gap_s
    return n


def _gaps_s(feedback: Feedback) -> Iterator[float]:
    """The time from each correction to the next, as the coach has it: spaced, and with rests once patience is over."""
    n_given = 1
    while True:
        grown_s = feedback.spacing_s * feedback.growth_times ** min(n_given - 1, MANY)
        spaced_s = max(feedback.spacing_s, min(grown_s, feedback.spacing_limit_s))
        yield spaced_s if n_given < feedback.patience_cues else max(spaced_s, feedback.rest_s)
        n_given += 1

"""What a clinician should think about before prescribing a programme: warnings, each with its `allow`."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from cadencecoach.plan.faults import Report
from cadencecoach.plan.model import MOST_OVER_OWN_RATIO, Beat, CueStyle, MeasuredBaseline
from cadencecoach.plan.syntax.findings import Severity
from cadencecoach.plan.syntax.nodes import Node
from cadencecoach.programme.calendar import DAYS_A_WEEK, planned_days
from cadencecoach.programme.load import is_targeted, raised_loads
from cadencecoach.programme.model import ClinicLimits, Kind, Rules
from cadencecoach.programme.text.building import Placed
from cadencecoach.programme.text.language import WaiveText

MOST_STEP_RATIO = 0.025  # one rung a week or two: the ladder +5, +7.5, +10 %
LEAST_DOSE_S = 150 * 60.0  # 177 to 196 min in the studies with lasting results; below this it is another treatment
MANY_SESSIONS = 4  # from so many sessions on, help that never fades is worth a word
MOST_A_WEEK = 4
EPSILON = 1e-9
REVIEW = "Davis 2020, PMC7083994"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """A programme without errors, before it is one.

    Attributes:
        placed: its sessions and where they are written
        limits, rules: as they will hold
        title: where the programme's title stands
    """

    placed: tuple[Placed, ...]
    limits: ClinicLimits
    rules: Rules
    title: Node


def lint(ready: Ready, waived: WaiveText | None, report: Report) -> None:
    """Report what is worth a thought and not set aside."""
    runs = [one for one in ready.placed if one.session.kind is Kind.SESSION]
    has_targets = any((one.session.target_ratio or 0) > 0 for one in runs)
    found = [*_too_many(ready), *_high_limit(ready), *_own_baselines(runs)]
    if has_targets:
        found += [*_weeks(ready), *_dose(ready, runs), *_never_fades(ready, runs), *_no_probe(ready, runs)]
    for name, place, message in found:
        if waived is None or getattr(waived, name) is None:
            report.add(place, f"{message}; 'allow: {{{name}: the reason}}' at the top says why", Severity.WARNING)


Worry = tuple[str, Node, str]


def _weeks(ready: Ready) -> Iterator[Worry]:
    """Cadence and volume raised within a week; a target that climbs too fast."""
    days = planned_days([one.session for one in ready.placed], ready.limits.sessions_a_week)
    runs = [(day, one) for day, one in zip(days, ready.placed, strict=True) if one.session.kind is Kind.SESSION]
    raises: list[tuple[int, str]] = []
    for (_, before), (day, after) in pairwise(runs):
        place = after.part.at_key("session")
        for word in raised_loads(before.session, after.session):
            others = [other for on, other in raises if day - on < DAYS_A_WEEK and other != word]
            if others:
                yield (
                    "week",
                    place,
                    f"'{after.session.name}' raises {word} within a week of {others[-1]} going up; one thing a week",
                )
            raises.append((day, word))
    for day, one in runs[1:]:
        since = [
            was.session for on, was in runs if 0 < day - on <= DAYS_A_WEEK and was.session.target_ratio is not None
        ]
        ratio = one.session.target_ratio
        lowest = min((was.target_ratio or 0.0 for was in since), default=None)
        if ratio is not None and lowest is not None and ratio - lowest > MOST_STEP_RATIO + EPSILON:
            step = f"{(ratio - lowest) * 100:+.3g} %"
            yield (
                "step",
                one.part.at_key("session"),
                f"'{one.session.name}' is {step} above the week before; a rung of 2.5 % takes one to two weeks",
            )


def _dose(ready: Ready, runs: Sequence[Placed]) -> Iterator[Worry]:
    dose_s = sum(stage.duration_s or 0.0 for one in runs for stage in one.session.plan.stages if is_targeted(stage))
    if dose_s < LEAST_DOSE_S:
        message = f"{dose_s / 60:.0f} min at a target in all; where results lasted it was 177 to 196 min ({REVIEW})"
        yield "dose", ready.title, message


def _never_fades(ready: Ready, runs: Sequence[Placed]) -> Iterator[Worry]:
    stages = [stage for one in runs for stage in one.session.plan.stages if is_targeted(stage)]
    fades = any(
        stage.help_ratio < 1 or stage.beat is not Beat.ON or stage.feedback.style is CueStyle.NONE for stage in stages
    )
    if len(runs) >= MANY_SESSIONS and not fades:
        yield (
            "fade",
            ready.title,
            f"the help never fades; what lasted was faded ({REVIEW}): write 'help: 50 %' later on",
        )


def _no_probe(ready: Ready, runs: Sequence[Placed]) -> Iterator[Worry]:
    if not any(one.session.has_probe for one in ready.placed):
        message = (
            "nothing is measured without help, so nothing shows what stays; add a stage 'beat: off, feedback: none'"
        )
        yield "probe", ready.title, message
        return
    if ready.rules.probe_ratio is None:
        return
    n_probes = 0
    for before, after in pairwise(runs):
        n_probes += before.session.has_probe
        if n_probes == 0 and "the target" in raised_loads(before.session, after.session):
            name = after.session.name
            message = f"'{name}' raises the target and no session before has a probe, so it will be held back for ever"
            yield "probe", after.part.at_key("session"), f"{message}; add one, or write 'rules: {{probe: off}}'"


def _too_many(ready: Ready) -> Iterator[Worry]:
    if ready.limits.sessions_a_week > MOST_A_WEEK:
        message = f"{ready.limits.sessions_a_week} runs a week; courses had three to four ({REVIEW})"
        yield "sessions", ready.title, message


def _high_limit(ready: Ready) -> Iterator[Worry]:
    ratio = ready.limits.target_ratio
    if ratio is not None and ratio > MOST_OVER_OWN_RATIO + EPSILON:
        limit = f"{ratio * 100:+.4g} %"
        yield "sum", ready.title, f"the limit on targets is {limit}: the runner's keys may go so far; +10 % is usual"


def _own_baselines(runs: Sequence[Placed]) -> Iterator[Worry]:
    for one in runs:
        if isinstance(one.session.plan.baseline, MeasuredBaseline) and one.session.target_ratio is not None:
            message = f"'{one.session.name}' measures its own baseline, so what was learned moves the target up"
            yield "baseline", one.part.at("plan"), f"{message}; write 'baseline: athlete' in the plan"

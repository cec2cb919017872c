"""Days as read to the sessions of a programme: plans filled, rest and exercises added, limits held."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from cadencecoach.plan.faults import Report
from cadencecoach.plan.model import FixedBaseline, Limits, Plan, Relative, Stage, Walk
from cadencecoach.plan.targets import band_of
from cadencecoach.programme.load import is_probe, is_targeted, raised_loads
from cadencecoach.programme.model import ClinicLimits, Exercise, Kind, Rules, Session
from cadencecoach.programme.text.language import ExerciseText, LimitsText, RulesText
from cadencecoach.programme.text.parts import DayPart, RunPart, WrittenDay
from cadencecoach.programme.text.plans import Plans

EPSILON = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A session, and where it is written."""

    session: Session
    part: DayPart


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """The days as they will be done.

    Attributes:
        placed: the sessions, in order
        lead_days: days of exercises before the first
        lead_exercises: what is done on them
    """

    placed: tuple[Placed, ...]
    lead_days: int
    lead_exercises: tuple[Exercise, ...]


def ladder_of(days: Sequence[WrittenDay], plans: Plans, limits: ClinicLimits, report: Report) -> Ladder:
    """The sessions whose plans could be built, each with the rest that follows it; the rest is reported."""
    placed: list[Placed] = []
    lead_days = 0
    lead_exercises: tuple[Exercise, ...] = ()
    is_first = True
    for day in days:
        exercises = tuple(_exercise(text) for text in day.part.keys.exercises or () if text.name)
        if "rest" not in day.part.written:
            is_first = False
            session = _session(day, plans, limits, report)
            if session is not None:
                placed.append(Placed(session=replace(session, exercises=exercises), part=day.part))
        elif is_first:
            lead_days, lead_exercises = lead_days + (day.part.keys.rest or 0), (*lead_exercises, *exercises)
        elif placed:
            placed[-1] = replace(placed[-1], session=_rest_session(placed[-1].session, day.part, exercises))
    _check_one_at_a_time(placed, report)
    return Ladder(placed=tuple(placed), lead_days=lead_days, lead_exercises=lead_exercises)


def refresher_of(part: RunPart, plans: Plans, limits: ClinicLimits, report: Report) -> Session | None:
    """The refresher a programme names."""
    plan = plans.plan_for(part)
    if plan is None:
        return None
    _check_limits(part, plan, "the refresher", limits, report)
    return session_of(plan, "Refresher", Kind.REFRESHER, limits)


def session_of(plan: Plan, name: str, kind: Kind, limits: ClinicLimits) -> Session:
    """A session out of its plan, the clinician's limit in it."""
    limited = replace(plan, limits=Limits(target_ratio=limits.target_ratio))
    return Session(
        name=name,
        kind=kind,
        plan=limited,
        target_ratio=max((ratio for ratio in _ratios(plan) if ratio is not None), default=None),
        run_s=sum(stage.duration_s or 0.0 for stage in plan.stages if _is_run(stage)),
        has_probe=any(is_probe(stage) for stage in plan.stages),
    )


def limits_of(text: LimitsText | None) -> ClinicLimits:
    """The clinician's limits with what holds where they say nothing."""
    if text is None:
        return ClinicLimits()
    return ClinicLimits(
        target_ratio=None if text.target is None else text.target.ratio,
        session_s=text.minutes,
        sessions_a_week=text.sessions_a_week or ClinicLimits().sessions_a_week,
    )


def rules_of(text: RulesText | None) -> Rules:
    """The numbers of the rules with the usual ones where the text says nothing."""
    text, usual = text or RulesText.model_validate({}), Rules()
    probe = text.probe if text.probe is not None else usual.probe_ratio
    return Rules(
        clean_pain=text.clean_pain,
        sore_from=text.sore_from or usual.sore_from,
        clean_sessions=text.clean_sessions or usual.clean_sessions,
        probe_ratio=None if isinstance(probe, str) else probe,
        probe_sessions=text.probe_sessions or usual.probe_sessions,
        adherence_ratio=usual.adherence_ratio if text.adherence is None else text.adherence,
        level_ups_a_week=text.level_ups or usual.level_ups_a_week,
        missed_days=text.missed or usual.missed_days,
        layoff_days=text.layoff or usual.layoff_days,
        distance_jump_ratio=text.distance_jump or usual.distance_jump_ratio,
        refresher_days=text.refresher_after or usual.refresher_days,
    )


def _session(day: WrittenDay, plans: Plans, limits: ClinicLimits, report: Report) -> Session | None:
    keys = day.part.keys
    plan = plans.plan_for(day.part)
    if plan is None:
        return None
    kind = Kind.REASSESSMENT if "reassessment" in day.part.written else Kind.SESSION
    name = keys.session or keys.reassessment or ""
    numbered = name if day.n_times == 1 else f"{name} {day.number} of {day.n_times}"
    _check_limits(day.part, plan, f"'{name}'", limits, report)
    return replace(session_of(plan, numbered, kind, limits), help_ratio=keys.help)


def _rest_session(session: Session, part: DayPart, exercises: tuple[Exercise, ...]) -> Session:
    rest_days = session.rest_days + (part.keys.rest or 0)
    return replace(session, rest_days=rest_days, exercises=(*session.exercises, *exercises))


def _exercise(text: ExerciseText) -> Exercise:
    return Exercise(
        name=text.name or "",
        kind=text.kind or "strength",
        part=text.part or "",
        sets=text.sets or 1,
        repetitions=text.repetitions,
        hold_s=text.hold,
        rest_s=text.rest,
        say=text.say or "",
    )


def _check_limits(part: RunPart, plan: Plan, who: str, limits: ClinicLimits, report: Report) -> None:
    """Nothing a programme prescribes passes what its clinician allows."""
    most = limits.target_ratio
    place = part.at("target") if "target" in part.written else part.at("plan")
    for ratio in dict.fromkeys(_ratios(plan)):
        if most is None:
            break
        if ratio is None:
            report.add(place, f"{who} asks for steps a minute; a limit in percent needs '+5 %', or a baseline in spm")
        elif ratio > most + EPSILON:
            report.add(place, f"{who} asks for {ratio * 100:+.4g} %; the limit is {most * 100:+.4g} %")
    if limits.session_s is None:
        return
    place = part.at("minutes") if "minutes" in part.written else part.at("plan")
    most_minutes = f"{limits.session_s / 60:.4g} min"
    if plan.duration_s is None:
        report.add(place, f"{who} waits for a key, so it has no length; the limit is {most_minutes}: write durations")
    elif plan.duration_s > limits.session_s + EPSILON:
        report.add(place, f"{who} lasts {plan.duration_s / 60:.4g} min, warm-up and all; the limit is {most_minutes}")


def _check_one_at_a_time(placed: Sequence[Placed], report: Report) -> None:
    """Cadence or minutes, never both from one session to the next: an error, with no way to allow it."""
    runs = [one for one in placed if one.session.kind is Kind.SESSION]
    for before, after in pairwise(runs):
        more = raised_loads(before.session, after.session)
        if len(more) > 1:
            both = " and ".join(more)
            message = f"'{after.session.name}' raises {both} at once; raise one, and the other in a later session"
            report.add(after.part.at_key("session"), message)


def _ratios(plan: Plan) -> tuple[float | None, ...]:
    """What each stage with a target asks for above the baseline; None where it cannot be known."""
    return tuple(_ratio(stage, plan) for stage in plan.stages if is_targeted(stage))


def _ratio(stage: Stage, plan: Plan) -> float | None:
    if isinstance(stage.target, Relative):
        return stage.target.ratio
    band = band_of(stage.target, stage.tolerance, None)
    known = plan.baseline.spm if isinstance(plan.baseline, FixedBaseline) else None
    return None if band is None or known is None else band.target_spm / known - 1


def _is_run(stage: Stage) -> bool:
    return not isinstance(stage.target, Walk) and stage.drill is None

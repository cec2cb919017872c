"""Tomorrow from what happened today: a pure function of (programme, history, log, today).

The level a runner stands on is the session last run, moved by what the rules make of it; nothing else is remembered.
So the same entries give the same decision, whoever asks and however often, and an answer that comes late still counts.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from cadencecoach.plan.checkin_texts import ENGLISH_CHECKIN
from cadencecoach.plan.model import Plan
from cadencecoach.programme.facts import NOTHING_ASIDE, Aside, Facts, facts_of
from cadencecoach.programme.load import passes
from cadencecoach.programme.model import Kind, Programme, Session
from cadencecoach.programme.refreshing import refresher_at
from cadencecoach.programme.rules.table import RULES
from cadencecoach.programme.rules.verdict import Rule, Say, Verdict
from cadencecoach.record.entries import Decided, Entry
from cadencecoach.record.row import SessionRow

WEEK = timedelta(days=7)
DAY = timedelta(days=1)
NOT_A_DIAGNOSIS = ENGLISH_CHECKIN.no_diagnosis


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """What one rule had to say.

    Attributes:
        rule: its name in the table
        verdict: what it asks for
        text: the values that decided, in one sentence
    """

    rule: str
    verdict: Verdict
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What is to be done next, and why.

    Attributes:
        verdict: of today; `rest` where the next run may not be today yet
        move: what became of the level: the verdict without the wait
        level: where the runner stands after it, an index into the programme's sessions; their number when it is over
        item: the session to run next; None when there is none, or the next run is the refresher
        session: what to run next; None after a stop and at the end
        not_before: first day it may be run; None without a session
        reasons: of every rule that had a say; the first decided
    """

    verdict: Verdict
    move: Verdict
    level: int
    item: int | None
    session: Session | None
    not_before: date | None
    reasons: tuple[Reason, ...]


def decide(
    programme: Programme,
    history: Sequence[SessionRow],
    log: Sequence[Entry],
    today: date,
    aside: Aside = NOTHING_ASIDE,
) -> Decision:
    """What the programme asks for on a day.

    Args:
        programme: in force
        history: the athlete's sessions in numbers, in any order
        log: the athlete's entries, in the order they were made
        today: by the runner's calendar; entries of later days do not count
        aside: shoes in use before, and whose journals' pain does not count
    """
    return decide_by(facts_of(programme, history, log, today, aside))


def decide_by(facts: Facts) -> Decision:
    """The same for facts that were sorted already."""
    said = [(rule, say) for rule in RULES if (say := rule.check(facts)) is not None]
    reasons = tuple(Reason(rule=rule.name, verdict=rule.verdict, text=say.text) for rule, say in said)
    move = said[0][0].verdict if said else Verdict.HOLD
    level = _level(facts, move, said)
    if move is Verdict.STOP:
        return Decision(verdict=move, move=move, level=level, item=None, session=None, not_before=None, reasons=reasons)
    if level >= len(facts.programme.sessions) and move is not Verdict.REFRESHER:
        over = Verdict.FINISHED
        return Decision(verdict=over, move=over, level=level, item=None, session=None, not_before=None, reasons=reasons)
    return _to_run(facts, said, move, level, reasons)


def entry_of(decision: Decision, *, at: str, day: date) -> Decided:
    """A decision as an entry of the log."""
    reasons = tuple(f"{reason.rule}: {reason.text}" for reason in decision.reasons)
    return Decided(at=at, day=day, verdict=decision.verdict.value, level=decision.level, reasons=reasons)


def _to_run(
    facts: Facts, said: Sequence[tuple[Rule, Say]], move: Verdict, level: int, reasons: tuple[Reason, ...]
) -> Decision:
    is_refresher = move is Verdict.REFRESHER
    session = refresher_at(facts.programme, level) if is_refresher else facts.programme.sessions[level]
    if session is not None and passes(session, facts.programme.limits):  # a text that was checked has none such
        session = None
    day = _not_before(facts, said)
    return Decision(
        verdict=Verdict.REST if facts.today < day else move,
        move=move,
        level=level,
        item=None if is_refresher or session is None else level,
        session=session,
        not_before=day,
        reasons=(*reasons, *_waits(facts, day)),
    )


def plan_to_run(session: Session, baseline_spm: float | None, most_spm: float | None = None) -> Plan:
    """What a session runs: its plan, the clinician's limit counted from the athlete's own baseline where it is known.

    So a baseline given by flag moves the targets, and never the limit.

    Args:
        session: of a programme
        baseline_spm: what the programme counts from; None where nothing is known
        most_spm: the highest target whatever it counts from; None is no such limit
    """
    limits = replace(session.plan.limits, baseline_spm=baseline_spm, most_spm=most_spm)
    return replace(session.plan, limits=limits)


def _level(facts: Facts, move: Verdict, said: Sequence[tuple[Rule, Say]]) -> int:
    """Where the runner stands after it."""
    at = facts.base_level if facts.last is None else facts.last.item
    backs = [say.levels for rule, say in said if rule.verdict is Verdict.STEP_BACK]
    match move:
        case Verdict.ADVANCE:
            return at + 1
        case Verdict.STEP_BACK:
            return _lower(facts, at, max(backs))
        case Verdict.REFRESHER:
            is_over = facts.last is not None and facts.next_up is None and not backs
            return len(facts.programme.sessions) if is_over else _lower(facts, at, max(backs, default=0))
        case _:
            return at


def _lower(facts: Facts, level: int, n_levels: int) -> int:
    """So many steps of the ladder down; a look at what came of it is no step."""
    rungs = [index for index, session in enumerate(facts.programme.sessions[:level]) if session.kind is Kind.SESSION]
    if not n_levels or not rungs:
        return level if not n_levels else min(level, _first_rung(facts))
    return rungs[max(0, len(rungs) - n_levels)]


def _first_rung(facts: Facts) -> int:
    return next((i for i, one in enumerate(facts.programme.sessions) if one.kind is Kind.SESSION), 0)


def _not_before(facts: Facts, said: Sequence[tuple[Rule, Say]]) -> date:
    """The first day of the next run: rest, days off, and the week's limit."""
    days = [facts.today] if facts.last is None and facts.started is None else []
    if facts.last is None and facts.started is not None:
        days.append(facts.started + facts.programme.lead_days * DAY)
    if facts.last is not None and facts.last_session is not None:
        days.append(facts.last.day + (1 + facts.last_session.rest_days) * DAY)
    if facts.loads:  # it needs the rest that the session last run needs
        rest_days = 0 if facts.last_session is None else facts.last_session.rest_days
        days.append(facts.loads[-1] + (1 + rest_days) * DAY)
    if facts.refreshed is not None and facts.runs:
        days.append(facts.runs[-1] + DAY)
    for rule, say in said:
        since = say.since or (None if facts.last is None else facts.last.day)
        if since is not None and (say.days_off or say.since) and rule.verdict in {Verdict.STEP_BACK, Verdict.HOLD}:
            days.append(since + (1 + say.days_off) * DAY)
    most = facts.programme.limits.sessions_a_week
    if len(facts.runs) >= most:
        days.append(facts.runs[-most] + WEEK)
    return max(days)


def _waits(facts: Facts, day: date) -> tuple[Reason, ...]:
    """Why it is not today yet."""
    if facts.today >= day:
        return ()
    most = facts.programme.limits.sessions_a_week
    if len(facts.runs) >= most and day == facts.runs[-most] + WEEK:
        text = f"{most} sessions a week are allowed, the last {most} since {facts.runs[-most]}: not before {day}"
    else:
        text = f"rest until {day}"
    return (Reason(rule="rest", verdict=Verdict.REST, text=text),)

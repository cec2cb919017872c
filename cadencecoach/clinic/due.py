"""What is due of an athlete, and how much of what was asked for was done."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from cadencecoach.programme.done import MORNING_REACHES_DAYS
from cadencecoach.programme.facts import Facts
from cadencecoach.programme.model import Kind, Programme
from cadencecoach.programme.rules.deciding import Decision
from cadencecoach.programme.rules.verdict import Verdict
from cadencecoach.record.baselines import Assessment, baseline_in_force
from cadencecoach.record.entries import CheckIn, Entry, Moment, SessionRun, To
from cadencecoach.record.messages import unread_messages

DAY = timedelta(days=1)
ADHERENCE_DAYS = 28  # sessions of so many days are counted
EPSILON = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What decides over what is due, whatever day it is.

    Attributes:
        is_unread: a message for the clinician waits
        baseline: in force; None where there is none
        last_run: the last run of the log; None before any
        said: the check-ins
    """

    is_unread: bool
    baseline: Assessment | None
    last_run: SessionRun | None
    said: Sequence[CheckIn]


def asked_of(entries: Sequence[Entry], today: date) -> Asked:
    """What decides over what is due, by the entries that count up to a day; it holds until the next entry's."""
    runs = (one for one in entries if isinstance(one, SessionRun))
    return Asked(
        is_unread=bool(unread_messages(entries, To.CLINICIAN)),
        baseline=baseline_in_force(entries, today=today),
        last_run=max(runs, key=lambda one: one.day, default=None),
        said=tuple(one for one in entries if isinstance(one, CheckIn)),
    )


def find_due(asked: Asked, decision: Decision | None, today: date) -> Iterator[str]:
    """What is due today, in words; nothing but to read a message after a stop.

    Args:
        asked: from `asked_of`
        decision: of the programme; None without one
        today: the day it is asked for
    """
    if asked.is_unread:
        yield "a message to read"
    if decision is None:
        yield "a programme"
        return
    if decision.verdict is Verdict.STOP:
        return
    is_today = decision.not_before is None or decision.not_before <= today
    if decision.move is Verdict.REFRESHER and is_today:
        yield "refresher"
    elif decision.session is not None and decision.session.kind is Kind.REASSESSMENT and is_today:
        yield "reassessment"
    baseline = asked.baseline
    if baseline is not None and baseline.is_old(today) and decision.verdict is not Verdict.FINISHED:
        yield "baseline (old)"
    if (check_in := _check_in_due(asked, today)) is not None:
        yield check_in


def _check_in_due(asked: Asked, today: date) -> str | None:
    """The check-in that was not answered: after today's run, or the morning after one of the last days."""
    last = asked.last_run
    if last is None or (today - last.day).days > MORNING_REACHES_DAYS:
        return None
    wanted = Moment.AFTER if last.day == today else Moment.MORNING
    said = (one for one in asked.said if one.moment is wanted)
    first = last.day if wanted is Moment.AFTER else last.day + DAY
    if any(one.session == last.session or (not one.session and first <= one.day <= today) for one in said):
        return None
    return "check-in after the run" if wanted is Moment.AFTER else "morning check-in"


def week_of(programme: Programme, level: int) -> tuple[int, int]:
    """The week of the programme in which a level stands by its own days, from 1, and how many there are."""
    begins = [programme.lead_days]
    for session in programme.sessions:
        begins.append(begins[-1] + 1 + session.rest_days)
    trained = [day for day, one in zip(begins, programme.sessions, strict=False) if one.kind is Kind.SESSION]
    n_weeks = max(trained or begins[:1]) // 7 + 1  # the look at what stayed is after the last of them
    return min(begins[level] // 7 + 1, n_weeks), n_weeks


def count_done(facts: Facts, *, is_stopped: bool) -> tuple[int, int]:
    """How many sessions of the last four weeks were done, and for how many the programme's own days had room.

    Today counts once its session was run, and no day after a stop's last run does.
    """
    if facts.started is None:
        return 0, 0
    begins = max(facts.started + facts.programme.lead_days * DAY, facts.today - (ADHERENCE_DAYS - 1) * DAY)
    done = [one.day for one in facts.counted if begins <= one.day <= facts.today]
    has_run_today = bool(done) and done[-1] == facts.today
    ends = facts.today if has_run_today else facts.today - DAY
    if is_stopped or facts.next_up is None:  # nothing is asked for any more
        ends = max(done, default=begins - DAY)
    n_days = (ends - begins).days + 1
    sessions = facts.programme.sessions
    per_day = len(sessions) / (sum(1 + one.rest_days for one in sessions))
    per_day = min(per_day, facts.programme.limits.sessions_a_week / 7)
    return len(done), max(0, math.ceil(n_days * per_day - EPSILON))

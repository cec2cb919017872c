"""What is due of an athlete, and how much of what was asked for was done."""

import math
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from cadencecoach.programme.done import MORNING_REACHES_DAYS
from cadencecoach.programme.facts import Facts
from cadencecoach.programme.model import Kind, Programme
from cadencecoach.programme.rules.deciding import Decision
from cadencecoach.programme.rules.verdict import Verdict
from cadencecoach.record.baselines import baseline_in_force
from cadencecoach.record.entries import CheckIn, Entry, Moment, SessionRun, To
from cadencecoach.record.messages import unread_messages

DAY = timedelta(days=1)
ADHERENCE_DAYS = 28  # sessions of so many days are counted
EPSILON = 1e-9


def find_due(entries: Sequence[Entry], decision: Decision | None, today: date) -> Iterator[str]:
    """What is due today, in words; nothing but to read a message after a stop.

    Args:
        entries: of the log, those that count and are not of a later day
        decision: of the programme; None without one
        today: the day it is asked for
    """
    if unread_messages(entries, To.CLINICIAN):
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
    baseline = baseline_in_force(entries, today=today)
    if baseline is not None and baseline.is_old(today) and decision.verdict is not Verdict.FINISHED:
        yield "baseline (old)"
    if (asked := _check_in_due(entries, today)) is not None:
        yield asked


def _check_in_due(entries: Sequence[Entry], today: date) -> str | None:
    """The check-in that was not answered: after today's run, or the morning after one of the last days."""
    runs = [one for one in entries if isinstance(one, SessionRun)]
    last = max(runs, key=lambda one: one.day, default=None)
    if last is None or (today - last.day).days > MORNING_REACHES_DAYS:
        return None
    wanted = Moment.AFTER if last.day == today else Moment.MORNING
    said = (one for one in entries if isinstance(one, CheckIn) and one.moment is wanted)
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

"""How much of what a programme planned was run: sessions done against those due by a day."""

from dataclasses import dataclass
from datetime import date

from cadencecoach.programme.calendar import planned_days
from cadencecoach.programme.facts import Facts, days


@dataclass(frozen=True, slots=True, kw_only=True)
class Adherence:
    """Sessions since the programme was last set.

    Attributes:
        n_done: enough of them was run to count, repeated ones too
        n_planned: would have been run before today had none been missed, repeated ones too; today's too, once one was
            run today; never fewer than were done
        since: the day it was set
    """

    n_done: int
    n_planned: int
    since: date


def adherence_of(facts: Facts, level: int, until: date | None = None) -> Adherence | None:
    """Sessions done over those planned; None where no programme was set.

    Args:
        facts: of today
        level: where the runner stands after today's decision: the session that is asked for next
        until: the day of a stop, from which on nothing was due; None where nothing stopped it
    """
    if facts.started is None:
        return None
    done = [one for one in facts.counted if one.day >= facts.started]
    earlier = facts.counted[: len(facts.counted) - len(done)]
    first = earlier[-1].item + 1 if earlier else facts.base_level
    programme = facts.programme
    lead_days = 0 if first else programme.lead_days
    to_come = level if done else first
    asked_for = (*(programme.sessions[one.item] for one in done), *programme.sessions[to_come:])
    planned = planned_days(asked_for, programme.limits.sessions_a_week, lead_days)
    ran_today = any(one.day == facts.today for one in done)
    today = facts.today + days(1) if ran_today else facts.today  # until then there is time to run it
    due = today if until is None else min(until + days(1), today)
    n_planned = sum(facts.started + days(number) < due for number in planned)
    return Adherence(n_done=len(done), n_planned=max(n_planned, len(done)), since=facts.started)

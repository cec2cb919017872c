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
        n_planned: would have been run before today if all had gone well; today's too, once one was run today
        since: the day it was set
    """

    n_done: int
    n_planned: int
    since: date


def adherence_of(facts: Facts, until: date | None = None) -> Adherence | None:
    """Sessions done over those planned; None where no programme was set.

    Args:
        facts: of today
        until: the day of a stop, from which on nothing was due; None where nothing stopped it
    """
    if facts.started is None:
        return None
    earlier = [one for one in facts.counted if one.day < facts.started]
    level = earlier[-1].item + 1 if earlier else facts.base_level
    programme = facts.programme
    lead_days = 0 if level else programme.lead_days
    planned = planned_days(programme.sessions[level:], programme.limits.sessions_a_week, lead_days)
    ran_today = any(one.day == facts.today for one in facts.counted)
    today = facts.today + days(1) if ran_today else facts.today  # until then there is time to run it
    due = today if until is None else min(until + days(1), today)
    n_planned = sum(facts.started + days(number) < due for number in planned)
    n_done = sum(one.day >= facts.started for one in facts.counted)
    return Adherence(n_done=n_done, n_planned=n_planned, since=facts.started)

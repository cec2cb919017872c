"""What time does: a week missed, a layoff, new shoes, a week much longer than the one before, weeks after the end."""

from datetime import date, timedelta

from cadencecoach.programme.facts import Facts
from cadencecoach.programme.refreshing import refresher_at
from cadencecoach.programme.rules.verdict import Say
from cadencecoach.record.row import SessionRow

WEEK = timedelta(days=7)
USUAL_WEEKS = 3  # the longest of them is what the runner is used to: a week missed makes the next one no jump


def out_of_date(facts: Facts) -> Say | None:
    """Others may have written what is not known here, a stop among it."""
    if not facts.seen:
        return None
    return Say(text=f"the clinic's database does not answer; what is known here is of {facts.seen}")


def layoff(facts: Facts) -> Say | None:
    """So long without any run that the body has to be asked again."""
    last, most = facts.last_run, facts.programme.rules.layoff_days
    if facts.last is None or last is None or (facts.today - last).days < most or _is_over(facts):
        return None
    if not _has_refresher(facts):
        return None
    return Say(text=f"{(facts.today - last).days} days without a run; {most} or more is a layoff", levels=0)


def new_shoes(facts: Facts) -> Say | None:
    """Shoes that were neither named in a run before nor in use before the first, and no refresher in them."""
    if not facts.shoes or _is_over(facts):
        return None
    day, shoes = facts.shoes[-1]
    first = min(on for on, worn in facts.shoes if worn == shoes)
    others = [worn for worn in facts.shoes_before if worn != shoes] + [w for on, w in facts.shoes if on < first]
    is_new = shoes not in facts.shoes_before and bool(others)  # the first shoes ever named are new to nobody
    if not is_new or (facts.today - first) > WEEK or (facts.refreshed is not None and facts.refreshed >= first):
        return None
    if not _has_refresher(facts):
        return None
    return Say(text=f"new shoes since {first}: {shoes}", since=day)


def distance_jump(facts: Facts) -> Say | None:
    """A week much longer than those before it."""
    begun = facts.today - WEEK
    known_since = begun - USUAL_WEEKS * WEEK + timedelta(days=1)
    if not facts.rows or facts.rows[0].day > known_since or _is_over(facts):
        return None
    if facts.refreshed is not None and facts.refreshed > begun:
        return None
    weeks_before_m = [_distance_m(facts, facts.today - n * WEEK) for n in range(1, 1 + USUAL_WEEKS)]
    known_m = [way_m for way_m in weeks_before_m if way_m is not None]
    if len(known_m) < USUAL_WEEKS:
        return None
    this_m, before_m = _known_m(facts, facts.today), max(known_m)
    most = facts.programme.rules.distance_jump_ratio
    if before_m <= 0 or this_m <= before_m * (1 + most) or not _has_refresher(facts):
        return None
    change = f"{(this_m / before_m - 1) * 100:+.0f} %"
    usual = f"at most {before_m / 1000:.1f} km in any of the {USUAL_WEEKS} weeks before"
    return Say(text=f"{this_m / 1000:.1f} km in seven days, {usual}: {change}, above {most * 100:+.0f} %")


def _in_week(facts: Facts, day: date) -> list[SessionRow]:
    """The runs of the seven days that end with a day."""
    return [row for row in facts.rows if day - WEEK < row.day <= day]


def _distance_m(facts: Facts, day: date) -> float | None:
    """Distance of the seven days that end with a day; None where that of a run is not known."""
    is_known = all(row.distance_m is not None for row in _in_week(facts, day))
    return _known_m(facts, day) if is_known else None


def _known_m(facts: Facts, day: date) -> float:
    """The same of the runs whose distance is known: the whole is not less."""
    return sum(row.distance_m for row in _in_week(facts, day) if row.distance_m is not None)


def after_the_end(facts: Facts) -> Say | None:
    """Some weeks after the last session of a programme that is done."""
    last, after = facts.last_run, facts.programme.rules.refresher_days
    if not _is_over(facts) or last is None or (facts.today - last).days < after or not _has_refresher(facts):
        return None
    return Say(text=f"{(facts.today - last).days} days since the last run after the end, a refresher from {after} on")


def missed_week(facts: Facts) -> Say | None:
    """A week, or several, without a session that was due."""
    if facts.last is None or facts.last_session is None or facts.next_up is None:
        return None
    gap = (facts.today - facts.last.day).days
    rest, missed_days = facts.last_session.rest_days, facts.programme.rules.missed_days
    n_missed = (gap - rest - 1) // missed_days
    if n_missed < 1:
        return None
    missed = "a week was missed" if n_missed == 1 else f"{n_missed} weeks were missed"
    return Say(text=f"{gap} days since {facts.last_session.name!r}, {rest} of them rest: {missed}", levels=n_missed)


def _has_refresher(facts: Facts) -> bool:
    """Whether there is a refresher that fits, at any level from the first on up to here."""
    here = 0 if facts.last is None else facts.last.item
    return all(refresher_at(facts.programme, level) is not None for level in range(here + 1))


def _is_over(facts: Facts) -> bool:
    """Whether there is no session above the last one."""
    return facts.last is not None and facts.next_up is None

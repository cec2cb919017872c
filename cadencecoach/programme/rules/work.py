"""What was done: enough of it, in the band without help, often enough, and one thing at a time."""

from datetime import timedelta
from itertools import pairwise

from cadencecoach.programme.done import Done
from cadencecoach.programme.facts import Facts, exercises_asked
from cadencecoach.programme.load import passes, raised
from cadencecoach.programme.model import Kind, Session
from cadencecoach.programme.rules.body import bone, flagged, is_clean, severe
from cadencecoach.programme.rules.verdict import Say

WEEK = timedelta(days=7)
EPSILON = 1e-9
REDS = (flagged, severe, bone)


def not_begun(facts: Facts) -> Say | None:
    """No session of it was run yet."""
    if facts.last is not None:
        return None
    at = "it begins" if facts.base_level == 0 else f"it goes on at level {facts.base_level + 1}, set by hand"
    return Say(text=f"no session of the programme was run yet: {at}")


def no_record(facts: Facts) -> Say | None:
    """What came of the last session is not known."""
    if facts.last is None or facts.last.row is not None:
        return None
    return Say(text=f"the record of {_name(facts)} is missing, so nobody knows how much of it was done")


def cut_short(facts: Facts) -> Say | None:
    """Too little of the last session was run."""
    part, least = part_done(facts), facts.programme.rules.adherence_ratio
    if part is None or part >= least:
        return None
    return Say(text=f"{part * 100:.0f} % of {_name(facts)} was run, at least {least * 100:.0f} % are asked for")


def exercises_left(facts: Facts) -> Say | None:
    """Too few of the exercises of the last week were done."""
    part, least = exercises_done(facts), facts.programme.rules.adherence_ratio
    if part is None or part >= least:
        return None
    return Say(text=f"{part * 100:.0f} % of the week's exercises were done, at least {least * 100:.0f} % are asked for")


def not_held_alone(facts: Facts) -> Say | None:
    """A target is raised only when the one before is held without help."""
    rules, session, above = facts.programme.rules, facts.rung, _rung_above(facts)
    if rules.probe_ratio is None or session is None or above is None or "the target" not in raised(session, above):
        return None
    shares = [_probe_share(one) for one in _at_this_target(facts, session)][-rules.probe_sessions :]
    held = [share for share in shares if share is not None and share > rules.probe_ratio]
    if len(held) == len(shares) == rules.probe_sessions:
        return None
    told = ", ".join("no probe" if share is None else f"{share * 100:.0f} %" for share in shares)
    wanted = f"above {rules.probe_ratio * 100:.0f} % in {rules.probe_sessions} sessions running"
    return Say(text=f"in band without help: {told}; {wanted} before the target goes up")


def too_few_clean(facts: Facts) -> Say | None:
    """Fewer clean sessions at this level than it takes."""
    wanted = facts.programme.rules.clean_sessions
    n_clean = _n_clean(facts)
    if facts.last is None or n_clean == 0 or n_clean >= wanted:
        return None
    return Say(text=f"{n_clean} of {wanted} clean sessions at this level")


def too_often(facts: Facts) -> Say | None:
    """Target or minutes went up often enough for seven days."""
    session, above = facts.rung, _rung_above(facts)
    if session is None or above is None or not raised(session, above):
        return None
    most = facts.programme.rules.level_ups_a_week
    of = facts.programme.sessions
    rungs = [(one.day, of[one.item]) for one in facts.done if of[one.item].kind is Kind.SESSION]
    ups = [day for (_, before), (day, after) in pairwise(rungs) if facts.today - day < WEEK and raised(before, after)]
    if len(ups) < most:
        return None
    what = " and ".join(raised(session, above))
    return Say(text=f"{len(ups)} level-ups in seven days, {most} are allowed; {above.name!r} would raise {what}")


def past_a_limit(facts: Facts) -> Say | None:
    """What comes next would pass a limit, or raise two things at once."""
    session, above = facts.rung, facts.next_up
    if above is None:
        return None
    if passed := passes(above, facts.programme.limits):
        return Say(text=f"{above.name!r} would pass the clinician's limit: {passed}")
    more = () if session is None or above.kind is not Kind.SESSION else raised(session, above)
    if len(more) > 1:
        return Say(text=f"{above.name!r} would raise {' and '.join(more)} at once; one thing at a time")
    return None


def clean(facts: Facts) -> Say | None:
    """Nothing speaks against going on."""
    last = facts.last
    if last is None or not is_clean(facts, last) or any(red(facts) for red in REDS):
        return None
    part, share = part_done(facts), _probe_share(last)
    said = [
        "no pain told of the run itself" if last.pain.pain is None else f"pain at most {last.pain.pain} of 10",
        f"{part * 100:.0f} % of the session was run" if part is not None else "",
        f"{share * 100:.0f} % in band without help" if share is not None else "",
    ]
    return Say(text=f"{_name(facts)} was clean: {', '.join(filter(None, said))}")


def part_done(facts: Facts) -> float | None:
    """Part of the last session that was run, 0 to 1; by the time that passed where no sensor knew."""
    if facts.last is None or facts.last.row is None or facts.last_session is None:
        return None
    row, session = facts.last.row, facts.last_session
    if row.coverage_ratio and session.run_s:
        return min(1.0, row.running_s / session.run_s)
    planned_s = session.plan.duration_s or session.run_s
    return min(1.0, row.duration_s / planned_s) if planned_s else None


def exercises_done(facts: Facts) -> float | None:
    """Part of the exercises of the last seven days that were done; None where none were asked for."""
    asked = 0
    done = 0.0
    for one, session in exercises_asked(facts):
        until = min((later.day for later in facts.done if later.day > one.day), default=facts.today)
        for exercise in session.exercises:
            parts = [t.part for t in facts.ticked if t.item == exercise.name and one.day <= t.day <= until]
            asked += 1
            done += max(parts, default=0.0)
    return done / asked if asked else None


def _rung_above(facts: Facts) -> Session | None:
    """The session one level up, where that is a step of the ladder."""
    above = facts.next_up
    return above if above is not None and above.kind is Kind.SESSION else None


def _at_this_target(facts: Facts, session: Session) -> list[Done]:
    """The sessions at the present target, the last ones running."""
    found: list[Done] = []
    for one in reversed(facts.done):
        ratio = facts.programme.sessions[one.item].target_ratio
        if ratio is None or ratio < (session.target_ratio or 0.0) - EPSILON:
            break
        found.insert(0, one)
    return found


def _probe_share(done: Done) -> float | None:
    row = done.row
    return row.probe_in_band_s / row.probe_s if row is not None and row.probe_s > 0 else None


def _n_clean(facts: Facts) -> int:
    """How many of the last sessions at this level were clean, one after the other."""
    n_clean = 0
    for one in reversed(facts.done):
        if facts.last is None or one.item != facts.last.item or not is_clean(facts, one):
            break
        n_clean += 1
    return n_clean


def _name(facts: Facts) -> str:
    return f"'{facts.last_session.name}'" if facts.last_session is not None else "the last session"

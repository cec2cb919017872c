"""What was done: enough of it, in the band without help, often enough, and one thing at a time."""

from datetime import timedelta
from itertools import pairwise

from cadencecoach.programme.done import Done
from cadencecoach.programme.facts import Facts, exercises_asked
from cadencecoach.programme.load import passes, raised_loads
from cadencecoach.programme.model import Kind, Session
from cadencecoach.programme.rules.answers import fresh_last, is_clean
from cadencecoach.programme.rules.body import bone, severe, weigh_red_flag
from cadencecoach.programme.rules.probes import Unaided, unaided_of
from cadencecoach.programme.rules.verdict import Say
from cadencecoach.record.entries import Moment

WEEK = timedelta(days=7)
EPSILON = 1e-9
REDS = (weigh_red_flag, severe, bone)


def not_begun(facts: Facts) -> Say | None:
    """No session of it was run yet."""
    if facts.last is not None:
        return None
    begins = "" if facts.base_level == 0 else f": it begins at level {facts.base_level + 1}, set by hand"
    return Say(text=f"no session of the programme has been run yet{begins}")


def no_record(facts: Facts) -> Say | None:
    """What came of the last session is not known."""
    if facts.last is None or facts.last.row is not None:
        return None
    return Say(text=f"the record of {_name(facts)} is missing, so it is not known how much of it was done")


def hardly_run(facts: Facts) -> Say | None:
    """So little of the last session was run that it does not count as done."""
    last = facts.last
    if last is None or last.part is None or last.counts:
        return None
    part = f"{last.part.most * 100:.0f} % of {_name(facts)} was run, less than a third"
    return Say(text=f"{part}: it does not count as done and comes next again")


def cut_short(facts: Facts) -> Say | None:
    """Too little of the last session was run."""
    last, least = facts.last, facts.programme.rules.adherence_ratio
    if last is None or last.part is None or not last.counts or last.part.least >= least:
        return None
    is_silent = last.part.most >= least
    known = "is known to have been run, as the sensor was silent in the rest" if is_silent else "was run"
    part = f"{last.part.least * 100:.0f} % of {_name(facts)} {known}"
    return Say(text=f"{part}, at least {least * 100:.0f} % is needed")


def exercises_left(facts: Facts) -> Say | None:
    """Too few of the exercises of the last week were done."""
    part, least = exercises_done(facts), facts.programme.rules.adherence_ratio
    if part is None or part >= least:
        return None
    return Say(text=f"{part * 100:.0f} % of the week's exercises were done, at least {least * 100:.0f} % is needed")


def not_held_alone(facts: Facts) -> Say | None:
    """A target is raised only when the one before is held without help."""
    rules, session, above = facts.programme.rules, facts.rung, _rung_above(facts)
    if (
        rules.probe_ratio is None
        or session is None
        or above is None
        or "the target" not in raised_loads(session, above)
    ):
        return None
    probes = [unaided_of(one, facts) for one in _at_this_target(facts, session)][-rules.probe_sessions :]
    held = [one for one in probes if one is not None and one.learned_ratio > rules.probe_ratio]
    if len(held) == len(probes) == rules.probe_sessions:
        return None
    words = ["no probe" if one is None else one.words for one in probes]
    told = ("; " if any("," in one for one in words) else ", ").join(words)
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
    if session is None or above is None or not raised_loads(session, above):
        return None
    most = facts.programme.rules.level_ups_a_week
    of = facts.programme.sessions
    rungs = [(one.day, of[one.item]) for one in facts.counted if of[one.item].kind is Kind.SESSION]
    ups = [
        day for (_, before), (day, after) in pairwise(rungs) if facts.today - day < WEEK and raised_loads(before, after)
    ]
    if len(ups) < most:
        return None
    what = " and ".join(raised_loads(session, above))
    return Say(text=f"{len(ups)} level-ups in seven days, {most} are allowed; {above.name!r} would raise {what}")


def past_a_limit(facts: Facts) -> Say | None:
    """What comes next would pass a limit, or raise two things at once."""
    session, above = facts.rung, facts.next_up
    if above is None or not _last_counts(facts):
        return None
    if passed := passes(above, facts.programme.limits):
        return Say(text=f"{above.name!r} would pass the clinician's limit: {passed}")
    more = () if session is None or above.kind is not Kind.SESSION else raised_loads(session, above)
    if len(more) > 1:
        return Say(text=f"{above.name!r} would raise {' and '.join(more)} at once; one thing at a time")
    return None


def clean(facts: Facts) -> Say | None:
    """Nothing speaks against going on."""
    last = facts.last
    is_old = fresh_last(facts) is None and facts.next_up is not None
    if last is None or is_old or not last.counts or not is_clean(facts, last) or any(red(facts) for red in REDS):
        return None
    part, probe = part_done(facts), unaided_of(last, facts)
    said = [
        _pain_words(last),
        f"{part * 100:.0f} % of the session was run" if part is not None else "",
        "" if probe is None else f"{probe.in_band_ratio * 100:.0f} % in band without help{probe.outside_words}",
        _more_than_asked(facts, probe),
    ]
    return Say(text=f"{_name(facts)} was clean: {', '.join(filter(None, said))}")


def part_done(facts: Facts) -> float | None:
    """Part of the last session that is known to have been run, 0 to 1; None where that is not known."""
    return None if facts.last is None or facts.last.part is None else facts.last.part.least


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
    """The session one level up, where that is a step of the ladder; None where the last one is not done yet."""
    above = facts.next_up
    return above if above is not None and above.kind is Kind.SESSION and _last_counts(facts) else None


def _last_counts(facts: Facts) -> bool:
    return facts.last is None or facts.last.counts


def _pain_words(last: Done) -> str:
    """The worst pain in and after the session; where only the next morning is known, that."""
    if last.pain.pain is not None:
        return f"pain at most {last.pain.pain} of 10"
    return f"pain {last.at(Moment.MORNING).pain} of 10 the next morning, nothing said right after it"


def _more_than_asked(facts: Facts, probe: Unaided | None) -> str:
    """That more was learned than the band asks for, where that is why it goes on."""
    least = facts.programme.rules.probe_ratio
    is_more = probe is not None and least is not None and probe.in_band_ratio <= least < probe.learned_ratio
    return "more was learned than was asked" if is_more and facts.next_up is not None else ""


def _at_this_target(facts: Facts, session: Session) -> list[Done]:
    """The sessions at the present target, the last ones running."""
    found: list[Done] = []
    for one in reversed(facts.counted):
        ratio = facts.programme.sessions[one.item].target_ratio
        if ratio is None or session.target_ratio is None or ratio < session.target_ratio - EPSILON:
            break
        found.insert(0, one)
    return found


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

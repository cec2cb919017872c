"""What the runner says of the body: flags, pain, soreness. Each function is a row of the table in `table`."""

from datetime import date
from itertools import pairwise

from cadencecoach.programme.done import Done, Said
from cadencecoach.programme.facts import Facts
from cadencecoach.programme.gates import MOST_PAIN, TENDON, Gate, gate_of
from cadencecoach.programme.model import Treats
from cadencecoach.programme.rules.verdict import Say
from cadencecoach.record.entries import Moment, Site

RISES = 3  # so many sessions, each worse than the one before ...
RISES_WITHIN_DAYS = 7  # ... in so many days
SORE_HOLD_H, SORE_BACK_H, SORE_LONG_H = 24, 48, 72
STANDS_DAYS = 14  # a body is asked again after that; by then a week without a session has its own rule (design)
ASK = "stop and ask the clinician"


def flagged(facts: Facts) -> Say | None:
    """A red flag since the programme was last set."""
    if not facts.flags:
        return None
    said = ", ".join(f"{red.flag.value} ({red.day})" for red in facts.flags if red.flag is not None)
    return Say(text=f"{said} was flagged: {ASK}")


def severe(facts: Facts) -> Say | None:
    """Pain above what any place bears."""
    worst = max((red for red in facts.pains), key=lambda red: red.pain or 0, default=None)
    if worst is None or (worst.pain or 0) <= MOST_PAIN:
        return None
    return Say(text=f"{_place(worst.site)} {worst.pain} of 10 on {worst.day}, above {MOST_PAIN}: {ASK}")


def bone(facts: Facts) -> Say | None:
    """Any pain at all where a bone is treated."""
    hurt = [red for red in facts.pains if red.pain]
    if facts.programme.treats is not Treats.BONE or not hurt:
        return None
    last = hurt[-1]
    return Say(text=f"{_place(last.site)} {last.pain} of 10 on {last.day}, and a bone is treated: {ASK}")


def worse_in_the_morning(facts: Facts) -> Say | None:
    """Pain the next morning above that before the run."""
    last = facts.last
    if last is None or last.at(Moment.MORNING).pain is None or not _is_fresh(facts, last.day):
        return None
    morning = last.at(Moment.MORNING)
    before = last.at(Moment.BEFORE).pain
    usual = _clean(facts, morning) if before is None else before
    if (morning.pain or 0) <= usual:
        return None
    than = f"up to {usual} is usual" if before is None else f"{usual} before the run"
    return Say(text=f"{_place(morning.site)} {morning.pain} of 10 the morning after {_name(facts)}, {than}", days_off=1)


def sore_in_the_run(facts: Facts) -> Say | None:
    """Sore while running."""
    soreness = None if facts.last is None else facts.last.at(Moment.DURING).soreness
    if soreness is None or soreness < facts.programme.rules.sore_from:
        return None
    if facts.last is None or not _is_fresh(facts, facts.last.day):
        return None
    return Say(text=f"soreness {soreness} of 10 while running {_name(facts)}", days_off=1)


def sore_before(facts: Facts) -> Say | None:
    """Sore before a run, or in its warm-up: the newest answer decides, and only while it is fresh."""
    answers = [(day, said.soreness) for day, said in facts.pending if said.soreness is not None]
    place = "a run"
    if not answers and facts.last is not None and (soreness := facts.last.at(Moment.BEFORE).soreness) is not None:
        answers, place = [(facts.last.day, soreness)], _name(facts)
    if not answers:
        return None
    newest = max(day for day, _ in answers)
    soreness = max(told for day, told in answers if day == newest)  # of one day the worst
    if soreness < facts.programme.rules.sore_from or not _is_fresh(facts, newest):
        return None
    return Say(text=f"soreness {soreness} of 10 before {place} on {newest}", days_off=2, since=newest)


def rising(facts: Facts) -> Say | None:
    """Pain that was worse from session to session for a week."""
    worst = [(one.day, one.pain.pain) for one in facts.done[-RISES:]]
    pains = [pain for _, pain in worst if pain is not None]
    if len(pains) < RISES or (worst[-1][0] - worst[0][0]).days > RISES_WITHIN_DAYS:
        return None
    if not _is_fresh(facts, worst[-1][0]):
        return None
    if not all(one < other for one, other in pairwise(pains)):
        return None
    return Say(text=f"pain rises from session to session: {', '.join(map(str, pains))} of 10", days_off=2)


def long_sore(facts: Facts) -> Say | None:
    """Soreness that stays for days."""
    stayed_h = _stayed_h(facts)
    if stayed_h is None or stayed_h <= SORE_BACK_H:
        return None
    days_off = 2 if stayed_h > SORE_LONG_H else 1
    return Say(text=f"soreness stayed {stayed_h:g} h, above {SORE_BACK_H} h", days_off=days_off)


def in_between(facts: Facts) -> Say | None:
    """Pain that is neither clean nor too much."""
    if facts.last is None:
        return None
    said = max((facts.last.pain, facts.last.at(Moment.BEFORE)), key=lambda one: -1 if one.pain is None else one.pain)
    gate, clean = _gate(facts, said), _clean(facts, said)
    if (said.pain or 0) <= clean:
        return None
    return Say(
        text=f"{_place(said.site)} {said.pain} of 10 in {_name(facts)}: up to {clean} is clean, up to {gate.most} holds"
    )


def not_settled(facts: Facts) -> Say | None:
    """Pain that is not back within the hour, where the gate asks for that.

    Back to what it was before the run; where nobody asked, to what is clean: not known is not none.
    """
    if facts.last is None:
        return None
    after, before = facts.last.at(Moment.AFTER), facts.last.at(Moment.BEFORE).pain
    usual = _clean(facts, after) if before is None else before
    if after.pain is None or _gate(facts, after).settles != "60 min" or after.pain <= usual:
        return None
    than = f"not known before it, up to {usual} is clean" if before is None else f"{usual} before it"
    return Say(text=f"{_place(after.site)} {after.pain} of 10 an hour after {_name(facts)}, {than}")


def morning_unknown(facts: Facts) -> Say | None:
    """A tendon that hurt is judged by the next morning."""
    if facts.last is None or facts.last.at(Moment.MORNING).pain is not None:
        return None
    said = facts.last.pain
    if not said.pain or _gate(facts, said) is not TENDON:
        return None
    return Say(text=f"{_place(said.site)} {said.pain} of 10 in {_name(facts)}, and nothing said of the next morning")


def sore_after(facts: Facts) -> Say | None:
    """Sore after the run only, or for a day."""
    if facts.last is None:
        return None
    told = (facts.last.at(Moment.AFTER).soreness, facts.last.at(Moment.MORNING).soreness)
    soreness = max((one for one in told if one is not None), default=None)
    stayed_h = _stayed_h(facts)
    if soreness is not None and soreness >= facts.programme.rules.sore_from:
        return Say(text=f"soreness {soreness} of 10 after {_name(facts)}")
    if stayed_h is not None and stayed_h > SORE_HOLD_H:
        return Say(text=f"soreness stayed {stayed_h:g} h, above {SORE_HOLD_H} h")
    return None


def hurts_before(facts: Facts) -> Say | None:
    """Pain before today's run: not today."""
    for day, said in reversed(facts.pending):
        if day == facts.today and said.pain is not None and said.pain > _clean(facts, said):
            clean = _clean(facts, said)
            return Say(text=f"{_place(said.site)} {said.pain} of 10 before the run, up to {clean} is clean", since=day)
    return None


def not_asked(facts: Facts) -> Say | None:
    """Nothing is known of pain after the session: that is not the same as none."""
    if facts.last is None or is_asked(facts.last):
        return None
    return Say(text=f"pain after {_name(facts)} is not known: no check-in after it")


def is_asked(done: Done) -> bool:
    """Whether anything was said of pain after a session."""
    return done.at(Moment.AFTER).pain is not None or done.at(Moment.MORNING).pain is not None


def is_clean(facts: Facts, done: Done) -> bool:
    """Whether a session left the body as it was."""
    rules = facts.programme.rules
    told = [done.at(moment) for moment in Moment]
    is_sore = any(said.soreness is not None and said.soreness >= rules.sore_from for said in told)
    pains = [*told, done.pain]
    hurts = any(said.pain is not None and said.pain > _clean(facts, said) for said in pains)
    return is_asked(done) and not is_sore and not hurts


def _stayed_h(facts: Facts) -> float | None:
    """How long the soreness after the last session stayed, by the newest answers that are still fresh."""
    if facts.last is None or not _is_fresh(facts, facts.last.day):
        return None
    pending = [(day, said.soreness_h) for day, said in facts.pending if said.soreness_h is not None]
    if pending:
        newest = max(day for day, _ in pending)
        return max(stayed_h for day, stayed_h in pending if day == newest)
    told = [facts.last.at(moment).soreness_h for moment in (Moment.MORNING, Moment.AFTER)]
    return max((stayed_h for stayed_h in told if stayed_h is not None), default=None)


def _is_fresh(facts: Facts, day: date) -> bool:
    """Whether an answer of a day still says something about the body today."""
    return (facts.today - day).days <= STANDS_DAYS


def _gate(facts: Facts, said: Said) -> Gate:
    return gate_of(said.site, facts.programme.treats)


def _clean(facts: Facts, said: Said) -> int:
    """Pain up to which it is clean: the gate's, or the programme's own; with a bone never more than none."""
    gate, own = _gate(facts, said), facts.programme.rules.clean_pain
    return gate.clean if own is None else min(own, gate.most)


def _name(facts: Facts) -> str:
    """The last session by its name."""
    return f"'{facts.last_session.name}'" if facts.last_session is not None else "the last session"


def _place(site: Site | None) -> str:
    return "pain" if site is None or site is Site.OTHER else f"{site.value} pain"

"""What the runner says of the body: flags, pain, soreness. Each function is a row of the table in `table`.

What was said expires (`rules/answers.py`). What stops does not: the clinician ends it.
"""

from itertools import pairwise

from cadencecoach.programme.facts import Facts
from cadencecoach.programme.gates import MOST_PAIN, TENDON
from cadencecoach.programme.model import Treats
from cadencecoach.programme.rules.answers import (
    SORE_DAYS_OFF,
    answers_today,
    clean_level,
    fresh_last,
    gate_for,
    is_asked,
    is_clean,
    pending_soreness,
    soreness_stayed_h,
)
from cadencecoach.programme.rules.verdict import Say
from cadencecoach.record.entries import Moment, Site

RISES = 3  # so many sessions, each worse than the one before ...
RISES_WITHIN_DAYS = 7  # ... in so many days
SORE_HOLD_H, SORE_BACK_H, SORE_LONG_H = 24, 48, 72
READY_FROM = 3  # of 10; whoever says less before a run does not run that day (design)
ASK = "stop and ask the clinician"


def weigh_red_flag(facts: Facts) -> Say | None:
    """A red flag since the programme was last set."""
    if not facts.flags:
        return None
    said = ", ".join(f"{red.flag.value} ({red.day})" for red in facts.flags if red.flag is not None)
    return Say(text=f"{said} was flagged: {ASK}")


def severe(facts: Facts) -> Say | None:
    """Pain above what any place bears."""
    known = [(red.pain, red) for red in facts.pains if red.pain is not None]
    pain, worst = max(known, key=lambda one: one[0], default=(None, None))
    if pain is None or worst is None or pain <= MOST_PAIN:
        return None
    return Say(text=f"{_place(worst.site)} {pain} of 10 on {worst.day}, above {MOST_PAIN}: {ASK}")


def bone(facts: Facts) -> Say | None:
    """Any pain at all where a bone is treated."""
    hurt = [red for red in facts.pains if red.pain]
    if facts.programme.treats is not Treats.BONE or not hurt:
        return None
    last = hurt[-1]
    return Say(text=f"{_place(last.site)} {last.pain} of 10 on {last.day}, and a bone is treated: {ASK}")


def worse_in_the_morning(facts: Facts) -> Say | None:
    """Pain the next morning above that before the run."""
    last = fresh_last(facts)
    if last is None:
        return None
    morning = last.at(Moment.MORNING)
    before = last.at(Moment.BEFORE).pain
    usual = clean_level(facts, morning) if before is None else before
    if morning.pain is None or morning.pain <= usual:
        return None
    than = f"up to {usual} is usual" if before is None else f"{usual} before the run"
    return Say(text=f"{_place(morning.site)} {morning.pain} of 10 the morning after {_name(facts)}, {than}", days_off=1)


def sore_in_the_run(facts: Facts) -> Say | None:
    """Sore while running."""
    last = fresh_last(facts)
    soreness = None if last is None else last.at(Moment.DURING).soreness
    if soreness is None or soreness < facts.programme.rules.sore_from:
        return None
    return Say(text=f"soreness {soreness} of 10 while running {_name(facts)}", days_off=1)


def sore_before(facts: Facts) -> Say | None:
    """Sore before a run, or in its warm-up."""
    from_on = facts.programme.rules.sore_from
    told = pending_soreness(facts)
    if told is not None:
        day, soreness = told
        if soreness < from_on:
            return None
        return Say(text=f"soreness {soreness} of 10 before a run on {day}", days_off=SORE_DAYS_OFF, since=day)
    last = fresh_last(facts)
    said = None if last is None else last.at(Moment.BEFORE).soreness
    if said is None or said < from_on:
        return None
    return Say(text=f"soreness {said} of 10 before {_name(facts)}", days_off=SORE_DAYS_OFF)


def rising(facts: Facts) -> Say | None:
    """Pain that was worse from session to session for a week."""
    if fresh_last(facts) is None:
        return None
    worst = [(one.day, one.pain.pain) for one in facts.done[-RISES:]]
    pains = [pain for _, pain in worst if pain is not None]
    if len(pains) < RISES or (worst[-1][0] - worst[0][0]).days > RISES_WITHIN_DAYS:
        return None
    if not all(one < other for one, other in pairwise(pains)):
        return None
    return Say(text=f"pain rises from session to session: {', '.join(map(str, pains))} of 10", days_off=2)


def long_sore(facts: Facts) -> Say | None:
    """Soreness that stays for days."""
    stayed_h = soreness_stayed_h(facts)
    if stayed_h is None or stayed_h <= SORE_BACK_H:
        return None
    days_off = 2 if stayed_h > SORE_LONG_H else 1
    return Say(text=f"soreness stayed {stayed_h:g} h, above {SORE_BACK_H} h", days_off=days_off)


def in_between(facts: Facts) -> Say | None:
    """Pain that is neither clean nor too much."""
    last = fresh_last(facts)
    if last is None:
        return None
    said = max((last.pain, last.at(Moment.BEFORE)), key=lambda one: -1 if one.pain is None else one.pain)
    gate, clean = gate_for(facts, said), clean_level(facts, said)
    if said.pain is None or said.pain <= clean:
        return None
    felt = f"{_place(said.site)} {said.pain} of 10 in {_name(facts)}"
    return Say(text=f"{felt}: up to {clean} counts as clean, up to {gate.most} holds")


def not_settled(facts: Facts) -> Say | None:
    """Pain that is not back within the hour, where the gate asks for that."""
    last = fresh_last(facts)
    if last is None:
        return None
    after, before = last.at(Moment.AFTER), last.at(Moment.BEFORE).pain
    usual = clean_level(facts, after) if before is None else before
    if after.pain is None or gate_for(facts, after).settles != "60 min" or after.pain <= usual:
        return None
    than = f"up to {usual} is usual, and pain before it is not known" if before is None else f"{usual} before it"
    return Say(text=f"{_place(after.site)} {after.pain} of 10 an hour after {_name(facts)}, {than}")


def morning_unknown(facts: Facts) -> Say | None:
    """A tendon that hurt is judged by the next morning."""
    last = fresh_last(facts)
    if last is None or last.at(Moment.MORNING).pain is not None:
        return None
    said = last.pain
    if not said.pain or gate_for(facts, said) is not TENDON:
        return None
    return Say(text=f"{_place(said.site)} {said.pain} of 10 in {_name(facts)}, and the next morning is not known")


def sore_after(facts: Facts) -> Say | None:
    """Sore after the run only, or for a day."""
    last = fresh_last(facts)
    told = () if last is None else (last.at(Moment.AFTER).soreness, last.at(Moment.MORNING).soreness)
    soreness = max((one for one in told if one is not None), default=None)
    stayed_h = soreness_stayed_h(facts)
    if soreness is not None and soreness >= facts.programme.rules.sore_from:
        return Say(text=f"soreness {soreness} of 10 after {_name(facts)}")
    if stayed_h is not None and stayed_h > SORE_HOLD_H:
        return Say(text=f"soreness stayed {stayed_h:g} h, above {SORE_HOLD_H} h")
    return None


def hurts_before(facts: Facts) -> Say | None:
    """Pain before today's run: not today."""
    for said in answers_today(facts):
        clean = clean_level(facts, said)
        if said.pain is not None and said.pain > clean:
            text = f"{_place(said.site)} {said.pain} of 10 before the run; up to {clean} counts as clean"
            return Say(text=text, since=facts.today)
    return None


def not_ready(facts: Facts) -> Say | None:
    """Not ready to run today."""
    told = [said.readiness for said in answers_today(facts) if said.readiness is not None]
    if not told or told[-1] >= READY_FROM:
        return None
    text = f"readiness {told[-1]} of 10 before the run, at least {READY_FROM} is needed"
    return Say(text=text, since=facts.today)


def weigh_old_answers(facts: Facts) -> Say | None:
    """The last session was too long ago for what was said of it to decide: the level is tried again."""
    last = facts.last
    if last is None or fresh_last(facts) is not None or (facts.next_up is None and is_clean(facts, last)):
        return None
    ago = (facts.today - last.day).days
    return Say(text=f"{_name(facts)} was {ago} days ago; what was reported about it is too old to build on")


def not_asked(facts: Facts) -> Say | None:
    """Nothing is known of pain after the session: that is not the same as none."""
    last = fresh_last(facts)
    if last is None or is_asked(last):
        return None
    return Say(text=f"pain after {_name(facts)} is not known: no check-in after it")


def _name(facts: Facts) -> str:
    """The last session by its name."""
    return f"'{facts.last_session.name}'" if facts.last_session is not None else "the last session"


def _place(site: Site | None) -> str:
    return "pain" if site is None or site is Site.OTHER else f"{site.value} pain"

"""How long an answer stands, and what counts as clean: what the rules on the body and on the work share.

What was said around a session decides until the next one is run, and no longer than it takes to a layoff: from then on
the layoff or the weeks missed decide. What was said before a run that did not take place decides until a newer answer
of its kind, and for a week at most.
"""

from datetime import date

from cadencecoach.programme.done import Done, Said
from cadencecoach.programme.facts import Facts
from cadencecoach.programme.gates import Gate, gate_of
from cadencecoach.record.entries import Moment

SORE_DAYS_OFF = 2  # after soreness before a run; a newer answer does not shorten them
PENDING_DAYS = 7  # what was said before a run that did not take place decides for so long at most (design)


def is_asked(done: Done) -> bool:
    """Whether anything was said of pain after a session."""
    return done.at(Moment.AFTER).pain is not None or done.at(Moment.MORNING).pain is not None


def is_clean(facts: Facts, done: Done) -> bool:
    """Whether a session left the body as it was."""
    rules = facts.programme.rules
    told = [done.at(moment) for moment in Moment]
    is_sore = any(said.soreness is not None and said.soreness >= rules.sore_from for said in told)
    pains = [*told, done.pain]
    hurts = any(said.pain is not None and said.pain > clean_level(facts, said) for said in pains)
    return is_asked(done) and not is_sore and not hurts


def fresh_last(facts: Facts) -> Done | None:
    """The session last run or begun, as long as what was said around it decides."""
    last = facts.last
    if last is None or (facts.today - last.day).days >= facts.programme.rules.layoff_days:
        return None
    return last


def answers_today(facts: Facts) -> list[Said]:
    """What was said today before a run that has not taken place yet, oldest first."""
    return [said for day, said in facts.pending if day == facts.today]


def pending_answers(facts: Facts) -> list[tuple[date, Said]]:
    """What was said before runs that did not take place, as far as it still decides, oldest first."""
    return [(day, said) for day, said in facts.pending if (facts.today - day).days <= PENDING_DAYS]


def pending_soreness(facts: Facts) -> tuple[date, int] | None:
    """The soreness before a run that did not take place: of the newest day, or of one whose days off are not over."""
    told: dict[date, int] = {}
    for day, said in pending_answers(facts):
        if said.soreness is not None:
            told[day] = max(said.soreness, told.get(day, said.soreness))
    from_on = facts.programme.rules.sore_from
    off = [day for day, sore in told.items() if sore >= from_on and (facts.today - day).days <= SORE_DAYS_OFF]
    newest = max(off or told, default=None)
    return None if newest is None else (newest, told[newest])


def soreness_stayed_h(facts: Facts) -> float | None:
    """How long the soreness after the last session stayed, by the newest answer."""
    last = fresh_last(facts)
    around = [] if last is None else [last.at(Moment.AFTER), last.at(Moment.MORNING)]
    told = [said.soreness_h for said in (*around, *(said for _, said in pending_answers(facts)))]
    known = [hours for hours in told if hours is not None]
    return known[-1] if known else None


def gate_for(facts: Facts, said: Said) -> Gate:
    """The gate of a pain in this programme."""
    return gate_of(said.site, facts.programme.treats)


def clean_level(facts: Facts, said: Said) -> int:
    """Pain up to which it is clean: the gate's, or the programme's own; with a bone never more than none."""
    gate, own = gate_for(facts, said), facts.programme.rules.clean_pain
    return gate.clean if own is None else min(own, gate.most)

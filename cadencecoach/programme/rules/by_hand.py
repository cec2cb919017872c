"""What a person decided in place of the rules. It only holds back: no rule that holds back is set aside by it."""

from cadencecoach.programme.facts import Facts
from cadencecoach.programme.rules.verdict import Say


def hold_by_hand(facts: Facts) -> Say | None:
    """Somebody holds the level."""
    if not facts.held:
        return None
    one = facts.held[-1]
    return Say(text=f"held by hand on {one.day}, because: {'; '.join(one.reasons)}")


def step_back_by_hand(facts: Facts) -> Say | None:
    """Somebody steps back, by one level each time it was said."""
    if not facts.stepped_back:
        return None
    one = facts.stepped_back[-1]
    text = f"stepped back by hand on {one.day}, because: {'; '.join(one.reasons)}"
    return Say(text=text, levels=len(facts.stepped_back))

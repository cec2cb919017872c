"""The page of the rules, made of the table: `python -m cadencecoach.programme.rules.page` writes it."""

import sys

from cadencecoach.programme.gates import GATES
from cadencecoach.programme.rules.table import RULES
from cadencecoach.programme.text.language import RulesText

HEAD = """# The rules of a programme

Made of the code: `python -m cadencecoach.programme.rules.page > docs/programme-rules.md`. A test holds it current.

After each session, and whenever somebody asks, the programme decides what comes next: **stop**, **step back**, a
**refresher**, **hold** (the same session again), **advance** or, on the first day, **begin**; and **rest** where that
may not be today yet. It is a pure function of the programme, the sessions so far, what was said, and the day: the
same entries give the same answer.

This is a rule of thumb for when to go on, when to wait and when to ask. It is **not a diagnosis**, and no device for
making one. The clinician sets the numbers, and the clinician decides.

What was said does not decide for ever. A newer answer of the same kind, on a later day, takes the place of an older
one; an answer that was not given replaces nothing. When the clinician sets the level by hand, what was said before that
day decides nothing more. Soreness and the pain of a morning stand for 14 days; after that the rules about time
look at the break. Only a **stop** does not expire: it ends when the clinician sets the programme again.

## The table
The order is the rank: the first rule that has something to say decides. The others that have something to say are told
beside it. Numbers are the usual ones; `rules:` in the programme changes those that may be changed.

| rule | when | then | source |
|---|---|---|---|
"""
GATES_HEAD = """
Where no rule has anything to say the level is held. An advance is one level, and from level to level a programme may
raise the target or the minutes, never both: that is an error in the text, with no way to allow it.

## How much pain
| place | clean up to | held up to | back to the level before by | source |
|---|---|---|---|---|
"""
GATES_FOOT = """
The place is the one named in the check-in; where none is named, what the programme treats. While a bone is treated,
every pain counts as the bone's.

A refresher is proposed where the programme has one that fits: no quicker than the level, within the limits, and for a
programme without targets no longer than the level. Where none fits those rules have nothing to say.

## The numbers that may be changed
Each is a key of `rules:` in the programme.

| key | what it says |
|---|---|
"""


def page() -> str:
    """The whole page, in Markdown."""
    rules = "".join(
        f"| {rule.name} | {rule.when} | **{rule.verdict.value}**: {rule.then} | {rule.source} |\n" for rule in RULES
    )
    gates = "".join(
        f"| {gate.name} | {gate.clean} | {gate.most} | {gate.settles} | {gate.source} |\n" for gate in GATES
    )
    return HEAD + rules + GATES_HEAD + gates + GATES_FOOT + _numbers()


def _numbers() -> str:
    known = RulesText.model_fields.items()
    return "".join(f"| `{info.alias or name}` | {info.description} |\n" for name, info in known)


if __name__ == "__main__":
    sys.stdout.write(page())

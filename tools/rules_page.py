"""The page of the rules, made of the table: `python -m tools.rules_page` writes it."""

import sys

from cadencecoach.programme.gates import GATES
from cadencecoach.programme.rules.table import RULES
from cadencecoach.programme.text.language import RulesText

HEAD = """# The rules of a programme

Made of the code: `python -m tools.rules_page > docs/programme-rules.md`. A test holds it current.

After each session, and whenever somebody asks, the programme decides what comes next: **stop**, **step back**, a
**refresher**, **hold** (the same session again) or **advance**, **begin** before the first session, and **rest** where
that may not be today yet. It is a pure function of the programme, the sessions so far, what was said, and the day: the
same entries give the same answer.

This is a rule of thumb for when to go on, when to wait and when to ask. It is **not a diagnosis**, and no device for
making one. The clinician sets the numbers, and the clinician decides.

## The table
The order is the rank: the first rule that has something to say decides. The others that have something to say are told
beside it. Numbers are the usual ones; `rules:` in the programme changes those that may be changed.

What was said once expires: the fourth column says when. A level that the clinician sets by hand counts from its day on:
nothing that was said before decides any more. Only a stop is ended by nothing but the clinician setting the programme
again, and a sign that stops and is written down after that, for a day before it, stops all the same.

| rule | when | then | stands | source |
|---|---|---|---|---|
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
        f"| {rule.name} | {rule.when} | **{rule.verdict.value}**: {rule.then} | {rule.stands_for} | {rule.source} |\n"
        for rule in RULES
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

"""The page of the rules, made of the table: `python -m tools.rules_page` writes it."""

import sys

from cadencecoach.programme.gates import GATES
from cadencecoach.programme.rules.table import RULES
from cadencecoach.programme.text.language import RulesText

HEAD = """# The rules of a programme

Made from the code: `python -m tools.rules_page > docs/programme-rules.md`. A test checks that it is current.

After each session, and whenever somebody asks, the programme decides what comes next: **stop**, **step back**, a
**refresher**, **hold** (the same session again) or **advance**; **begin** before the first session; and **rest** if
it is too early for the next run. The decision is a pure function of the programme, the sessions so far, what the
runner reported, and the day: the same entries give the same answer.

These are rules of thumb for when to go on, when to wait and when to ask. They are **not a diagnosis**, and not meant
for making one. The clinician sets the numbers, and the clinician decides.

## The table
The rules are in order of priority: the first one that applies decides. Others that apply are listed with it. The
numbers are the defaults; `rules:` in a programme changes those that can be changed.

What a runner reports expires; the fourth column says when. If the clinician sets a level by hand, nothing reported
before that day decides any more. A stop does not expire: only the clinician ends it (`programme end-stop`), or sets the
programme again.
A sign to stop that is entered after that, for an earlier day, still stops the programme.

| rule | when | then | stands | source |
|---|---|---|---|---|
"""
GATES_HEAD = """
If no rule applies, the level is held. An advance is one level. From one level to the next a programme may raise the
target or the minutes, never both: that is an error in the programme, and there is no way to allow it.

## How much pain
| place | clean up to | held up to | back to the level before by | source |
|---|---|---|---|---|
"""
GATES_FOOT = """
The place is the one named in the check-in; if none is named, it is what the programme treats. While a bone is treated,
any pain counts as pain of the bone.

A refresher is proposed if the programme has one that fits: no quicker than the level, within the limits, and, in a
programme without targets, no longer than the level. If none fits, those rules do not apply.

## The numbers that may be changed
Each is a key of `rules:` in a programme.

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

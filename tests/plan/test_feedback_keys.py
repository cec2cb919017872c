"""Every coaching number is a key of the plan: with its default, its unit and its source, in code, schema and docs."""

import re
from dataclasses import fields
from enum import Enum
from pathlib import Path
from typing import Any

import pytest

from cadencecoach.plan.defaults import FULL_FEEDBACK
from cadencecoach.plan.feedback import Feedback, Rung, key_of
from cadencecoach.plan.feedback_keys import FeedbackText
from cadencecoach.plan.keys import allowed_of
from cadencecoach.plan.reading import load_plan
from cadencecoach.plan.schema import plan_schema

DOCS = (Path(__file__).parents[2] / "docs" / "plan-file.md").read_text(encoding="utf-8")
SCHEMA: Any = plan_schema()
NAMES = [field.name for field in fields(Feedback)]
DEFAULT = re.compile(r"Default (?P<value>[^.(]+(?:\.\d[^.(]*)?)[ .]")
# What a plan may say that is not the default, one for each field.
OTHER: dict[str, tuple[str, object]] = {
    "style": ("tones", "TONES"),
    "dwell_s": ("5 s", 5.0),
    "spacing_s": ("1 min", 60.0),
    "ladder": ("words", (Rung.WORDS,)),
    "growth_times": ("2 times", 2.0),
    "spacing_limit_s": ("3 min", 180.0),
    "calm_s": ("10 min", 600.0),
    "patience_cues": ("3 cues", 3),
    "rest_s": ("90 s", 90.0),
    "back_off_times": ("3x", 3.0),
    "rest_limit_s": ("10 min", 600.0),
    "rescue_after_s": ("0 s", 0.0),
    "rescue_hold_s": ("2 min", 120.0),
    "settle_s": ("20 s", 20.0),
    "clear_ratio": ("1 %", 0.01),
    "edge_ratio": ("50 %", 0.5),
    "back_ratio": ("50 %", 0.5),
    "praise_s": ("0 s", 0.0),
    "after_praise_s": ("16 s", 16.0),
    "closing_s": ("10 s", 10.0),
    "doubt_s": ("2 s", 2.0),
    "slowing_ratio": ("10 %", 0.1),
    "walk_below_spm": ("130 spm", 130.0),
    "set_off_s": ("0 s", 0.0),
    "cycle_s": ("1 min", 60.0),
    "pattern": ("regular", "regular"),
    "expiry_s": ("2 s", 2.0),
    "word_expiry_s": ("5 s", 5.0),
    "lost_after_s": ("20 s", 20.0),
    "lost_spacing_s": ("2 min", 120.0),
    "lost_limit_s": ("1 h", 3600.0),
    "enough_readings": ("60 readings", 60),
    "summary_after_s": ("1 min", 60.0),
    "summary_part_ratio": ("50 %", 0.5),
    "summary_from_ratio": ("0 %", 0.0),
    "countdown_from_s": ("30 s", 30.0),
    "key_limit_spm": ("5 spm", 5.0),
    "ramp_reach_ratio": ("20 %", 0.2),
    "slowed_ratio": ("5 %", 0.05),
    "sprint_ratio": ("40 %", 0.4),
    "speed_window_s": ("20 s", 20.0),
    "speed_range_mps": ("1 m/s", 1.0),
    "rest_slower_times": ("3 times", 3.0),
    "follow_ratio": ("2 %", 0.02),
    "follow_step_ratio": ("2 %", 0.02),
    "follow_every_s": ("30 s", 30.0),
    "grade_ratio": ("2 %", 0.02),
    "grade_over_steps": ("10 steps", 10),
    "start": ("at once", "AT_ONCE"),
    "phase_s": ("-20 ms", -0.02),
    "hold_phase_ratio": ("1 %", 0.01),
    "hold_reach_times": ("2 times", 2.0),
    "hold_over_s": ("10 s", 10.0),
    "hold_every_s": ("5 s", 5.0),
    "steps_age_s": ("2 s", 2.0),
    "steps_spread_ratio": ("5 %", 0.05),
}


def with_feedback(text: str) -> Feedback:
    """The feedback of a plan's only stage; the words stand at the top of the plan."""
    raw = f"plan: A\nfeedback: {{{text}}}\nstages:\n  - {{name: A, duration: 5 min, target: 170 spm}}\n"
    return load_plan(raw.encode(), "a.yaml").stages[0].feedback


def test_the_list_of_this_test_is_whole() -> None:
    """A number added to the coach and not to the language is found here."""
    assert list(OTHER) == NAMES
    assert {key_of(name).replace("-", "_") for name in NAMES} == FeedbackText.model_fields.keys()


@pytest.mark.parametrize("name", NAMES)
def test_a_plan_can_set_it_and_nothing_else_changes(name: str) -> None:
    """Written at the top of a plan it reaches the stage, in the coach's unit."""
    text, value = OTHER[name]
    changed = with_feedback(f"{key_of(name)}: '{text}'")
    got = getattr(changed, name)
    assert (got.name if isinstance(got, Enum) else got) == value
    assert got != getattr(FULL_FEEDBACK, name)
    rest = [other for other in NAMES if getattr(changed, other) != getattr(FULL_FEEDBACK, other)]
    assert rest == [name]


@pytest.mark.parametrize("name", NAMES)
def test_the_schema_tells_its_default_and_the_docs_list_it(name: str) -> None:
    """The default in the description, as a plan would write it, is that of the code; docs/plan-file.md has a row."""
    key = key_of(name)
    description = FeedbackText.model_fields[key.replace("-", "_")].description or ""
    found = DEFAULT.search(description + " ")
    assert found is not None
    if name != "pattern":  # the plan's title
        told = getattr(with_feedback(f"{key}: '{found['value'].strip()}'"), name)
        assert told == pytest.approx(getattr(FULL_FEEDBACK, name), rel=0.01) if isinstance(told, float) else (
            told == getattr(FULL_FEEDBACK, name)
        )  # fmt: skip
    assert f"| `{key}` |" in DOCS


@pytest.mark.parametrize("name", [name for name in NAMES if name != "style"])
def test_the_schema_tells_where_it_comes_from(name: str) -> None:
    """In brackets: our own choice, arithmetic, or a source that can be looked up."""
    description = FeedbackText.model_fields[key_of(name).replace("-", "_")].description or ""
    assert re.search(r"\((design|arithmetic|PMC|Van Dyck|healthhp)[^)]*\)", description)


@pytest.mark.parametrize("name", [name for name in NAMES if name not in {"style", "ladder", "pattern", "start"}])
def test_schema_and_docs_tell_what_is_allowed(name: str) -> None:
    """The same limits in the description that editors show and in the last column of docs/plan-file.md."""
    key = key_of(name)
    allowed = allowed_of(FeedbackText.model_fields[key.replace("-", "_")])
    assert SCHEMA["$defs"]["FeedbackText"]["properties"][key]["description"].endswith(f" Allowed {allowed}.")
    (row,) = re.findall(rf"^\| `{key}` \|.*\| (.*?) \|$", DOCS, re.MULTILINE)
    assert row == allowed


@pytest.mark.parametrize("name", [name for name in NAMES if name != "pattern"])
def test_the_schema_gives_the_default_as_a_value(name: str) -> None:
    """An editor can put it in, and it changes nothing. The default of the pattern is the plan's title."""
    key = key_of(name)
    default = SCHEMA["$defs"]["FeedbackText"]["properties"][key]["default"]
    told, own = getattr(with_feedback(f"{key}: '{default}'"), name), getattr(FULL_FEEDBACK, name)
    assert told == (pytest.approx(own, rel=0.01) if isinstance(own, float) else own)


@pytest.mark.parametrize(
    ("owner", "key", "told"),
    [
        ("StageText", "tolerance", "Allowed more than 0, up to 10 % or 20 spm."),
        ("StageText", "help", "Allowed 0 % to 100 %."),
        ("StageText", "target", "Allowed -20 % to +20 %, or 100 to 240 spm."),
        ("GateText", "off", "Allowed 5 s to 1 h."),
        ("CueText", "every", "Allowed 10 s to 1 h."),
    ],
)
def test_the_other_keys_with_limits_tell_them_too(owner: str, key: str, told: str) -> None:
    """In the description."""
    assert SCHEMA["$defs"][owner]["properties"][key]["description"].endswith(told)

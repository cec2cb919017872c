"""Every row of the table of coaching numbers is a key of the plan, in parser, schema and docs."""

from operator import attrgetter
from typing import Any

import pytest
from each_row import each_row

from cadencecoach.errors import PlanError
from cadencecoach.plan.checks.reading import load_plan
from cadencecoach.plan.feedback import SETTINGS, CueStyle, Feedback, HowMuch, Rung, Start
from cadencecoach.plan.feedback_keys import UNITS, allowed_text
from cadencecoach.plan.schema import plan_schema
from cadencecoach.plan.setting import Setting
from tools.make_settings import PAGE, with_table

SCHEMA: Any = plan_schema()
SHOWN = SCHEMA["$defs"]["FeedbackText"]["properties"]
# So much below or above its limits a value of each unit is refused.
BEYOND = {
    "s": 60,
    "ms": 0.001,
    "ratio": 0.001,
    "spm": 1,
    "mps": 0.1,
    "times": 0.1,
    "cues": 1,
    "steps": 1,
    "readings": 1,
}
key = attrgetter("key")
# What a plan may say that is not the default, one for each field.
OTHER: dict[str, tuple[str, object]] = {
    "style": ("tones", CueStyle.TONES),
    "words": ("few", HowMuch.FEW),
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
    "least_beat_s": ("4 s", 4.0),
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
    "noise_ratio": ("2 %", 0.02),
    "grade_over_steps": ("10 steps", 10),
    "start": ("at once", Start.AT_ONCE),
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
    """A number added to the coach is found here."""
    assert OTHER.keys() == {row.field for row in SETTINGS}


@each_row("row", SETTINGS, ids=key)
def test_a_plan_can_set_it_and_nothing_else_changes(row: Setting) -> None:
    """Written at the top of a plan it reaches the stage, in the coach's unit."""
    text, value = OTHER[row.field]
    changed = with_feedback(f"{row.key}: '{text}'")
    assert getattr(changed, row.field) == value
    assert value != row.default
    assert [other.field for other in SETTINGS if getattr(changed, other.field) != other.default] == [row.field]


@each_row("row", [row for row in SETTINGS if row.key != "pattern"], ids=key)
def test_the_default_an_editor_puts_in_is_the_default(row: Setting) -> None:
    """It is also told in words. The default of the pattern is the plan's title."""
    shown = SHOWN[row.key]
    assert f". Default {shown['default']} ({row.about.source})." in shown["description"]
    read = getattr(with_feedback(f"{row.key}: '{shown['default']}'"), row.field)
    assert read == (pytest.approx(row.default, rel=0.001) if isinstance(row.default, float) else row.default)


@each_row("row", [row for row in SETTINGS if row.about.limits], ids=key)
def test_the_limits_are_told_and_held(row: Setting) -> None:
    """Both ends can be written; a little less or more is refused."""
    assert SHOWN[row.key]["description"].endswith(f" Allowed {allowed_text(row)}.")
    low, high = row.about.limits or (0, 0)
    assert low <= float(str(row.default)) <= high
    write, beyond = UNITS[row.unit].written, BEYOND[row.unit]
    assert getattr(with_feedback(f"{row.key}: '{write(low)}'"), row.field) == low
    assert getattr(with_feedback(f"{row.key}: '{write(high)}'"), row.field) == high
    for outside in (low - beyond, high + beyond):
        with pytest.raises(PlanError):
            with_feedback(f"{row.key}: '{write(outside)}'")


def test_the_table_in_the_docs_is_current() -> None:
    """docs/plan-file.md holds what tools/make_settings.py writes there today, every key with its source."""
    page = PAGE.read_text(encoding="utf-8")
    assert page == with_table(page)
    assert all(f"| `{row.key}` | {row.about.meaning} |" in page for row in SETTINGS)
    assert all(row.about.source for row in SETTINGS)


@each_row(
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

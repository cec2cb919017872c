"""Helped and silent stretches: as much as the plan says, in an order that is drawn and yet the same every time."""

from dataclasses import replace
from itertools import pairwise

import pytest
from coach_rig import AT_170, CoachRig
from each_row import each_row
from hypothesis import given, settings
from hypothesis import strategies as st
from own_feedback import FEEDBACK

from cadencecoach.coach.actions import EnterStage, SetHelp
from cadencecoach.coach.fading import (
    help_start_s,
    is_gate_open,
    is_helped,
    next_edge_s,
    next_gate_s,
    next_helped_s,
)
from cadencecoach.plan.model import Beat, CueStyle, Stage

HALF = replace(AT_170, help_ratio=0.5, duration_s=1200.0, of_plan="Week 4")
STAGES = st.builds(
    lambda first, last, title: replace(AT_170, help_ratio=first, help_to_ratio=last, of_plan=title, duration_s=1800.0),
    st.floats(0.0, 1.0),
    st.none() | st.floats(0.0, 1.0),
    st.text(max_size=5),
)


def stretches(stage: Stage) -> list[tuple[float, bool]]:
    """When help begins or ends in a stage, and whether it is there from then on."""
    edges, at_s = [(0.0, is_helped(stage, 0.0))], 0.0
    while (at_s := next_edge_s(stage, at_s)) < (stage.duration_s or 0.0):
        edges.append((at_s, is_helped(stage, at_s)))
    return edges


@given(STAGES)
def test_stretches_alternate(stage: Stage) -> None:
    """An edge is where help begins or ends; two of one kind never follow each other, and none is missed between."""
    edges = stretches(stage)
    assert all(a[1] is not b[1] for a, b in pairwise(edges))
    for (from_s, is_on), (to_s, _) in pairwise(edges):
        assert is_helped(stage, (from_s + to_s) / 2) is is_on


@given(st.floats(0.05, 0.95), st.text(max_size=5))
@settings(max_examples=8)  # each looks at 12 000 moments
def test_every_cycle_has_its_share(ratio: float, title: str) -> None:
    """Whatever the order, each cycle of 2 min is helped for as much as the plan says."""
    stage = replace(AT_170, help_ratio=ratio, of_plan=title, duration_s=1200.0)
    for cycle in range(10):
        helped = sum(is_helped(stage, 120 * cycle + 0.05 + 0.1 * n) for n in range(1200))
        assert helped == pytest.approx(1200 * ratio, abs=2)


def test_the_first_cycle_begins_with_help_and_the_others_as_drawn() -> None:
    """One plan always gives one order, another plan or another stage another."""
    assert is_helped(HALF, 0.0)
    orders = {title: tuple(stretches(replace(HALF, of_plan=title))) for title in ("Week 4", "Week 5", "Week 6")}
    assert len(set(orders.values())) == 3
    assert orders["Week 4"] == tuple(stretches(HALF))
    assert stretches(replace(HALF, name="Another")) != stretches(HALF)


def test_a_pattern_of_the_plans_own_stands_before_its_title() -> None:
    """Two plans with one pattern word have one order; `regular` begins each cycle with help."""
    worded = replace(HALF, feedback=replace(FEEDBACK, pattern="A"))
    assert stretches(worded) == stretches(replace(worded, of_plan="Other"))
    regular = replace(HALF, feedback=replace(FEEDBACK, pattern="regular"))
    assert [at_s for at_s, is_on in stretches(regular) if is_on] == [120.0 * n for n in range(10)]


def test_help_that_fades_gets_less_from_cycle_to_cycle() -> None:
    """100 % to 0 % over 20 min: 95 % of the first cycle of 2 min, 5 % of the last, evenly in between."""
    stage = replace(HALF, help_ratio=1.0, help_to_ratio=0.0)
    helped = [sum(is_helped(stage, 120.0 * n + second + 0.5) for second in range(120)) for n in range(10)]
    assert helped == [pytest.approx(120 * (0.95 - 0.1 * n), abs=1.01) for n in range(10)]


def test_the_next_help_is_now_or_at_an_edge() -> None:
    """In a helped stretch now; in a silent one where the next begins; with no help never."""
    assert next_helped_s(HALF, 10.0) == 10.0
    silent_s = next_edge_s(HALF, 0.0)
    assert next_helped_s(HALF, silent_s + 1.0) == next_edge_s(HALF, silent_s + 1.0)
    assert next_helped_s(replace(HALF, help_ratio=0.0), 0.0) == float("inf")


def test_the_journal_is_told_of_every_stretch() -> None:
    """A line at the start of the stage and at each edge; none where help is always there."""
    rig = CoachRig(HALF).until(1199.0)
    assert [(a.time_s, a.is_on) for a in rig.all_of(SetHelp)] == stretches(HALF)
    assert CoachRig(AT_170).until(500.0).all_of(SetHelp) == []
    assert [a.is_on for a in CoachRig(replace(AT_170, help_ratio=0.0)).until(500.0).all_of(SetHelp)] == [False]


@each_row(
    ("stage", "is_probe"),
    [
        (AT_170, False),
        (replace(AT_170, beat=Beat.OFF), False),
        (replace(AT_170, beat=Beat.OFF, feedback=replace(FEEDBACK, style=CueStyle.NONE)), True),
        (replace(AT_170, feedback=replace(FEEDBACK, style=CueStyle.NONE)), False),
        (replace(AT_170, help_ratio=0.0), True),
        (replace(AT_170, help_ratio=0.0, help_to_ratio=0.5), False),
        (replace(AT_170, help_ratio=0.0, drill="Skips"), False),
    ],
)
def test_a_probe_is_a_target_without_any_help(stage: Stage, *, is_probe: bool) -> None:
    """No beat and no feedback, or no help; the stage's line says so."""
    (entered,) = CoachRig(stage).until(0.0).all_of(EnterStage)
    assert entered.is_probe is is_probe
    assert entered.help_ratio == stage.mean_help_ratio


def test_a_gated_beat_comes_and_goes_by_the_clock() -> None:
    """A minute on, half a minute off, whatever the runner does; it begins with sound."""
    gated = replace(AT_170, beat=Beat.GATED, gate_on_s=60.0, gate_off_s=30.0, duration_s=200.0)
    rig = CoachRig(gated).until(199.0)
    assert [(time_s, spm) for time_s, spm, _ in rig.tempos()] == [
        (0, 170),
        (60, None),
        (90, 170),
        (150, None),
        (180, 170),
    ]
    assert is_gate_open(gated, 59.9)
    assert next_gate_s(gated, 60.0) == 90.0
    assert next_gate_s(AT_170, 60.0) == float("inf")


def test_help_that_begins_to_fade_late_has_an_edge_late() -> None:
    """Cycles of 10 s from 100 % to 80 % in an hour: silences of up to 1 s are none, so the first is after 1800 s."""
    late = replace(AT_170, duration_s=3600.0, help_ratio=1.0, help_to_ratio=0.8)
    late = replace(late, feedback=replace(FEEDBACK, cycle_s=10.0, pattern="regular"))
    first_s = next_edge_s(late, 0.0)
    assert first_s == pytest.approx(1809.0, abs=10.0)
    assert not is_helped(late, first_s)


def test_help_that_never_changes_has_no_edge_in_a_stage_without_an_end() -> None:
    """95 % of 10 s leaves a silence too short to be one."""
    short = replace(AT_170, duration_s=None, help_ratio=0.95, feedback=replace(FEEDBACK, cycle_s=10.0))
    assert next_edge_s(short, 5.0) == float("inf")


@each_row(("help_ratio", "helped_s"), [(0.09, 0), (0.1, 1), (0.11, 1.1), (0.89, 8.9), (0.9, 9), (0.91, 10)])
def test_a_stretch_of_a_second_is_one(help_ratio: float, helped_s: float) -> None:
    """In cycles of 10 s: less than 1 s of help is none, and less than 1 s of silence is none."""
    stage = replace(AT_170, help_ratio=help_ratio, feedback=replace(FEEDBACK, cycle_s=10.0, pattern="regular"))
    helped = [is_helped(stage, 0.05 + 0.1 * tenth) for tenth in range(100)]
    assert sum(helped) / 10 == pytest.approx(helped_s)


def test_two_helped_stretches_without_a_silence_are_one() -> None:
    """Whole cycles of help follow each other: it began with the stage; after a silence it began with the cycle."""
    whole = replace(AT_170, duration_s=None, help_ratio=0.95, feedback=replace(FEEDBACK, cycle_s=10.0))
    assert [help_start_s(whole, since_s) for since_s in (5.0, 15.0, 35.0)] == [0.0, 0.0, 0.0]
    half = replace(whole, help_ratio=0.5, feedback=replace(whole.feedback, pattern="regular"))
    assert [help_start_s(half, since_s) for since_s in (4.0, 14.0, 34.0)] == [0.0, 10.0, 30.0]


def test_a_last_cycle_beyond_the_end_gets_the_help_of_the_end() -> None:
    """75 s in cycles of 60 s, from 0 to 50 %: the middle of the second cycle lies after the end."""
    stage = replace(AT_170, duration_s=75.0, help_ratio=0.0, help_to_ratio=0.5)
    stage = replace(stage, feedback=replace(FEEDBACK, cycle_s=60.0, pattern="regular"))
    assert next_edge_s(stage, 61.0) == pytest.approx(60.0 + 0.5 * 60.0)

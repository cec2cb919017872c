"""What a correction waits for where help comes and goes."""

from dataclasses import replace

import pytest
from coach_rig import AT_170, CORRECTIONS, CoachRig
from hypothesis import given, settings
from hypothesis import strategies as st
from own_feedback import FEEDBACK

from cadencecoach.coach.actions import SetHelp
from cadencecoach.plan.model import Beat

LOW = 160.0
FADED = replace(AT_170, duration_s=900.0, of_plan="Week 4", feedback=replace(FEEDBACK, cycle_s=60.0))
EAGER = replace(FADED.feedback, spacing_s=3.0, growth_times=1.0, patience_cues=20, settle_s=1.0)


def since_help_s(rig: CoachRig) -> list[float]:
    """Of each correction: how long help had been there."""
    begins_s = [action.time_s for action in rig.all_of(SetHelp) if action.is_on]
    return [time_s - max(s for s in begins_s if s <= time_s) for time_s in rig.times(*CORRECTIONS)]


@pytest.mark.slow
@given(st.sampled_from(["A", "B", "C", "D", "E", "F"]), st.floats(0.15, 0.9))
@settings(max_examples=12)
def test_the_beat_gets_a_dwell_to_work_before_a_correction(title: str, help_ratio: float) -> None:
    """Whenever help comes back, in whatever order the stretches were drawn, and however short they are."""
    stage = replace(FADED, of_plan=title, help_ratio=help_ratio, feedback=EAGER)
    rig = CoachRig(stage).runs((1, 900, LOW))
    assert rig.times(*CORRECTIONS)
    assert all(wait_s >= EAGER.dwell_s - 1e-6 for wait_s in since_help_s(rig))


def test_where_no_beat_comes_back_nothing_is_waited_for() -> None:
    """Words alone, 10 % of the time: a stretch of six seconds is shorter than a dwell, and has its correction."""
    stage = replace(FADED, beat=Beat.OFF, help_ratio=0.1)
    rig = CoachRig(stage).runs((1, 900, LOW))
    assert rig.times(*CORRECTIONS)
    assert min(since_help_s(rig)) == pytest.approx(0.0)


def test_a_stretch_shorter_than_a_dwell_has_no_correction() -> None:
    """With a beat, 6 % of a minute, twice that where two meet: the beat alone is the help."""
    assert CoachRig(replace(FADED, help_ratio=0.06)).runs((1, 900, LOW)).times(*CORRECTIONS) == []


def test_a_stage_without_an_end_is_corrected_in_its_helped_stretches() -> None:
    """Half of each minute: as in a stage that ends."""
    endless = replace(FADED, duration_s=None, help_ratio=0.5)
    rig = CoachRig(endless).runs((1, 300, LOW))
    assert rig.times(*CORRECTIONS) == CoachRig(replace(endless, duration_s=900.0)).runs((1, 300, LOW)).times(
        *CORRECTIONS
    )
    assert rig.times(*CORRECTIONS)

"""Which tempo sounds, and how it gets from one to the next."""

from dataclasses import replace

import pytest
from coach_rig import AT_170, CoachRig
from own_feedback import FEEDBACK

from cadencecoach.plan.model import Beat, Fixed, Relative

SHORT = replace(AT_170, duration_s=60.0)


def test_a_small_step_is_a_step() -> None:
    """From 170 to 175 spm is 2.9 %: at once, as the plan has it."""
    assert CoachRig(SHORT, replace(AT_170, target=Fixed(175.0))).until(60.0).tempos()[-1] == (60.0, 175.0, 0.0)


def test_a_large_step_without_a_ramp_takes_one() -> None:
    """From 170 to 187 spm is 10 %: 10 s for each 3 %."""
    rig = CoachRig(SHORT, replace(AT_170, target=Fixed(187.0))).until(60.0)
    time_s, spm, ramp_s = rig.tempos()[-1]
    assert (time_s, spm) == (60.0, 187.0)
    assert ramp_s == pytest.approx(100 / 3)


def test_a_reason_in_the_plan_sets_it_aside() -> None:
    """`allow: {tempo-step: ...}`: the beat steps."""
    rig = CoachRig(SHORT, replace(AT_170, target=Fixed(187.0), may_step_tempo=True)).until(60.0)
    assert rig.tempos()[-1] == (60.0, 187.0, 0.0)


def test_out_of_silence_there_is_nothing_to_step_from() -> None:
    """A stage without a beat before: the tempo begins where it is to be."""
    rig = CoachRig(replace(SHORT, beat=Beat.OFF), replace(AT_170, target=Fixed(187.0))).until(60.0)
    assert rig.tempos() == [(60.0, 187.0, 0.0)]


def test_a_ramp_from_far_away_is_left_out_in_silence_and_kept_in_sound() -> None:
    """From 130 to 170 spm with 30 s: a beat not heard yet begins at 170; one that sounds goes all the way."""
    slow, quick = replace(SHORT, target=Fixed(130.0)), replace(AT_170, ramp_s=30.0)
    assert CoachRig(replace(slow, beat=Beat.OFF), quick).until(60.0).tempos() == [(60.0, 170.0, 0.0)]
    time_s, spm, ramp_s = CoachRig(slow, quick).until(60.0).tempos()[-1]
    assert (time_s, spm) == (60.0, 170.0)
    assert ramp_s == pytest.approx(10.0 * (40 / 130) / 0.03)  # longer than the plan's: 10 s for each 3 %


def test_how_far_is_far_is_the_plans() -> None:
    """`ramp-reach: 30 %`: the ramp from a baseline of 160 to +20 % is made."""
    stage = replace(AT_170, target=Relative(0.2), ramp_s=30.0)
    assert len(CoachRig(stage).until(0.0).tempos()) == 1
    wide = replace(stage, feedback=replace(FEEDBACK, ramp_reach_ratio=0.3))
    assert CoachRig(wide).until(0.0).tempos() == [(0.0, 160.0, 0.0), (0.0, 192.0, 30.0)]

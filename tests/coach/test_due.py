"""What is due about the cadence, and what puts it off."""

from dataclasses import replace

import pytest
from coach_rig import AT_170, CORRECTIONS, CoachRig
from each_row import each_row
from own_feedback import FEEDBACK

from cadencecoach.coach.actions import CueReason
from cadencecoach.coach.events import Key
from cadencecoach.gait.reading import Feet
from cadencecoach.plan.model import Beat, CueAt, Stage

LOW, IN, HIGH = 160.0, 170.0, 180.0
JUDGED_S = 31  # the estimate of second 30 comes before the timer of second 30: the next one is the first judged
TOLD_S = JUDGED_S + 8
HALF = replace(AT_170, help_ratio=0.5, feedback=replace(FEEDBACK, settle_s=20.0))  # helped until 60 s


def with_numbers(**changes: float) -> Stage:
    """An hour at 170 spm with some of the plan's numbers changed."""
    return replace(AT_170, duration_s=3600.0, feedback=replace(FEEDBACK, **changes))  # type: ignore[arg-type]


@each_row(("doubt_s", "told_s"), [(1.0, 46.0), (8.0, 47.0)])
def test_how_long_a_correction_waits_in_doubt_is_the_plans(doubt_s: float, told_s: float) -> None:
    """A cadence of a walk for 6 s at the moment of a correction: looked at again after `doubt`."""
    rig = CoachRig(with_numbers(doubt_s=doubt_s)).runs((1, 38, LOW), (38, 46, 120.0), (46, 60, LOW))
    assert rig.times(CueReason.BELOW)[0] == told_s


def test_a_cadence_of_a_walk_is_not_corrected_while_the_feet_room_makes_up_its_mind() -> None:
    """LIVE with 120 spm is a walk that has just begun: no word, however long it stays so."""
    rig = CoachRig(AT_170).runs((1, 37, LOW), (37, 120, 120.0))
    assert rig.cues(*CORRECTIONS) == []


@each_row("newest_spm", [120.0, 168.0, 0.0])
def test_a_correction_waits_for_a_newest_reading_that_bears_it_out(newest_spm: float) -> None:
    """The estimate is seconds late: who slows to a walk, or is back this very second, is not told to hurry."""
    rig = CoachRig(AT_170).runs((1, TOLD_S, LOW))
    for second in range(TOLD_S, TOLD_S + 4):
        rig.read(second, LOW, newest_spm)
    assert rig.cues(*CORRECTIONS) == []
    rig.run(TOLD_S + 4, TOLD_S + 10, LOW)
    assert rig.times(*CORRECTIONS) == [TOLD_S + 4]


def test_the_word_for_being_back_waits_for_a_newest_reading_in_the_band() -> None:
    """Nobody is praised in the second in which the cadence falls again."""
    rig = CoachRig(AT_170).runs((1, 40, LOW), (40, 44, IN))
    for second in range(44, 50):
        rig.read(second, IN, LOW)
    assert rig.cues(CueReason.BACK) == []


def test_the_rescue_beat_is_not_taken_from_a_runner_who_is_out_of_the_band() -> None:
    """Back at 58 s and out again at 110 s, seconds before it would end: it goes on until after the next return."""
    rescue = replace(AT_170, beat=Beat.RESCUE)
    rig = CoachRig(rescue).runs((1, 50, LOW), (50, 110, IN), (110, 160, LOW), (160, 300, IN))
    assert [tempo for _, tempo, _ in rig.tempos()] == [170.0, None]
    assert rig.tempos()[-1][0] >= 160 + 8


def test_nothing_is_said_into_a_silent_stretch() -> None:
    """A correction that had to wait for the author's words, until after help ended, waits for help again."""
    late = replace(HALF, cues=(CueAt(58.5, "Shoulders low, hands relaxed, eyes up."),))
    rig = CoachRig(late).runs((1, 50, IN), (50, 110, LOW))
    assert rig.cues(*CORRECTIONS) == []
    assert CoachRig(HALF).runs((1, 50, IN), (50, 110, LOW)).times(*CORRECTIONS) == [58]


def test_nobody_is_praised_in_a_silent_stretch() -> None:
    """Told at 58 s, back at 60 s: the word for it would fall into the silence."""
    rig = CoachRig(HALF).runs((1, 50, IN), (50, 60, LOW), (60, 110, IN))
    assert rig.times(*CORRECTIONS) == [58]
    assert rig.cues(CueReason.BACK) == []


def test_one_cue_at_a_time() -> None:
    """Words of the author at the moment of a correction: the correction comes when they are over."""
    talking = replace(AT_170, cues=(CueAt(37.0, "Stand tall, look ahead, and breathe out well."),))
    rig = CoachRig(talking).runs((1, 60, LOW))
    (said_s,) = rig.times(CueReason.PLAN)
    assert said_s == 37.0
    assert 40.0 < rig.times(CueReason.BELOW)[0] < 43.0


def test_words_that_come_soon_go_first() -> None:
    """The author speaks 2 s after a correction is due: it lets the author speak, and comes then."""
    talking = replace(AT_170, cues=(CueAt(41.0, "Relax."),))
    assert CoachRig(talking).runs((1, 60, LOW)).times(CueReason.BELOW)[0] > 41.5


def slowed_into_a_walk(**changes: float) -> list[float]:
    """A runner at 160 who falls into a walk from second 36 on, told of by estimates that come late; when corrected."""
    rig = CoachRig(with_numbers(**changes)).runs((1, 36, LOW))
    for second, (estimate_spm, reading_spm) in enumerate(
        [(160.0, 158.0), (160.0, 155.0), (158.0, 150.0), (155.0, 146.0), (153.0, 142.0), (150.0, 136.0)], start=36
    ):
        rig.read(second, estimate_spm, reading_spm)
    return rig.feet(42.0, Feet.WALKING).times(*CORRECTIONS)


def test_a_runner_who_slows_into_a_walk_is_not_told_to_hurry() -> None:
    """The newest reading is 5 % below the estimate: the correction due at 39 s waits, and then it is a walk."""
    assert slowed_into_a_walk() == []


def test_how_far_below_is_a_walk_beginning_is_the_plans() -> None:
    """`slowing: 15 %`."""
    assert slowed_into_a_walk(slowing_ratio=0.15) == [39]


@each_row(("speed_mps", "n_corrections"), [(3.0, 1), (3.6, 1), (4.5, 0)])
def test_a_sprint_is_not_told_to_ease(speed_mps: float, n_corrections: int) -> None:
    """Strides of 20 s at 185 spm: `above` where the speed is much as it was, nothing where it is half as much again."""
    rig = CoachRig(replace(AT_170, duration_s=300.0)).until(0.0).feet(0.0, Feet.LIVE)
    rig.run_at(1, 100, IN, 3.0).run_at(100, 120, 185.0, speed_mps).run_at(120, 200, IN, 3.0)
    assert len(rig.cues(CueReason.ABOVE)) == n_corrections


@each_row("paused_s", [60.2, 60.7, 61.2])
def test_a_moment_that_rounding_puts_off_is_now(paused_s: float) -> None:
    """68 s, less the pause added to it, is a hair before 68: put off until 68 it would be due again for ever."""
    assert (68.0 + paused_s) - paused_s < 68.0
    numbers = replace(FEEDBACK, settle_s=1.0, cycle_s=60.0, pattern="regular", closing_s=0.0)
    rig = CoachRig(replace(AT_170, help_ratio=0.5, feedback=numbers)).runs((1, 45, LOW))
    rig.press(45.0, Key.PAUSE).press(45.0 + paused_s, Key.PAUSE)
    for second in range(46, 70):
        rig.read(second + paused_s, LOW, LOW)
    assert rig.times(CueReason.BELOW)[-1] == pytest.approx(68.0 + paused_s)

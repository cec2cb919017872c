from dataclasses import replace

from coach_rig import AT_170, STAGE, CoachRig
from each_row import each_row

from cadencecoach.coach.actions import AnswerKey, EndReason, EndSession, EnterStage, SetBaseline
from cadencecoach.coach.events import Key, PainRated
from cadencecoach.plan.model import Beat, Fixed, MeasuredBaseline
from cadencecoach.plan.screen_texts import ENGLISH_SCREEN

FIRST = replace(AT_170, name="First", duration_s=300.0)
SECOND = replace(AT_170, name="Second", target=Fixed(175.0), duration_s=300.0)
LAST = replace(STAGE, name="Last", duration_s=60.0, beat=Beat.OFF)


def skipped_at(*times_s: float) -> CoachRig:
    """Three stages, the key for the next one at these times."""
    rig = CoachRig(FIRST, SECOND, LAST).until(0.0)
    for time_s in times_s:
        rig.press(time_s, Key.NEXT)
    return rig


def entered(rig: CoachRig) -> list[tuple[float, int]]:
    """When which stage was entered."""
    return [(one.time_s, one.index) for one in rig.all_of(EnterStage)]


@each_row(("after_s", "is_undone"), [(0.0, True), (4.9, True), (5.0, True), (5.1, False)])
def test_the_next_stage_can_be_undone_for_five_seconds(after_s: float, is_undone: bool) -> None:  # noqa: FBT001
    """As if the key had not been pressed: the stage ends when it would have ended; later nothing is undone."""
    rig = skipped_at(100.0).press(100.0 + after_s, Key.TAKE_BACK)
    rig.until(2000.0)
    if is_undone:
        assert entered(rig) == [(0.0, 0), (100.0, 1), (100.0 + after_s, 0), (300.0, 1), (600.0, 2)]
        assert rig.all_of(EndSession) == [EndSession(time_s=660.0, reason=EndReason.FINISHED)]
    else:
        assert entered(rig) == [(0.0, 0), (100.0, 1), (400.0, 2)]
        assert rig.all_of(AnswerKey)[-1].text == ENGLISH_SCREEN.nothing_to_take_back


def test_the_beat_is_that_of_the_stage_again() -> None:
    """170 again, and the words say which stage it is."""
    rig = skipped_at(100.0).press(102.0, Key.TAKE_BACK).until(103.0)
    assert [spm for _, spm, _ in rig.tempos()][-1] == 170.0
    assert rig.said()[-1][1].startswith("First.")


def test_two_keys_are_undone_one_by_one() -> None:
    """Each of them for its own five seconds."""
    rig = skipped_at(100.0, 102.0).press(104.0, Key.TAKE_BACK).press(104.5, Key.TAKE_BACK)
    assert [index for _, index in entered(rig)] == [0, 1, 2, 1, 0]
    late = skipped_at(100.0, 104.0).press(105.0, Key.TAKE_BACK).press(106.0, Key.TAKE_BACK)
    assert [index for _, index in entered(late)] == [0, 1, 2, 1]


def test_skipped_is_not_finished() -> None:
    """A timed stage that was left before its end makes a session that was stopped; one that was undone does not."""
    assert skipped_at(100.0).until(2000.0).all_of(EndSession)[-1].reason is EndReason.STOPPED
    open_ended = CoachRig(replace(FIRST, duration_s=None), LAST).until(0.0).press(50.0, Key.NEXT).until(2000.0)
    assert open_ended.all_of(EndSession)[-1].reason is EndReason.FINISHED


def test_pain_is_taken_back_first() -> None:
    """An answer that is shown stands before the stage: Backspace takes that back, and then the stage."""
    rig = skipped_at(100.0).press(101.0, Key.PAIN).take(PainRated(101.5, 3)).press(102.0, Key.TAKE_BACK)
    assert [index for _, index in entered(rig)] == [0, 1]
    assert [index for _, index in entered(rig.press(102.5, Key.TAKE_BACK))] == [0, 1, 0]


def test_nothing_is_undone_in_a_stop_for_pain_or_a_pause() -> None:
    """As with the other keys that change the stage."""
    stopped = skipped_at(100.0).press(100.1, Key.PAIN).take(PainRated(100.2, 7)).press(103.5, Key.TAKE_BACK)
    assert stopped.all_of(AnswerKey)[-1].text == ENGLISH_SCREEN.stopped_key
    paused = skipped_at(100.0).press(101.0, Key.PAUSE).press(102.0, Key.TAKE_BACK)
    assert paused.all_of(AnswerKey)[-1].text == ENGLISH_SCREEN.paused_key
    assert [index for _, index in entered(paused)] == [0, 1]


def test_a_baseline_is_measured_on_where_the_stage_that_measures_was_left_by_mistake() -> None:
    """What was taken of too little of it counts no more; the one at the end of the whole stage does."""
    measuring = replace(STAGE, name="Baseline", duration_s=60.0, measures_baseline=True, beat=Beat.OFF)
    rig = CoachRig(measuring, LAST, baseline=MeasuredBaseline()).runs((1, 30, 160.0)).press(30.0, Key.NEXT)
    rig.press(31.0, Key.TAKE_BACK).run(32, 60, 164.0).until(200.0)
    assert [round(one.cadence_spm) for one in rig.all_of(SetBaseline)] == [160, 162]

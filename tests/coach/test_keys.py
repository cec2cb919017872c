from dataclasses import replace

import pytest
from coach_rig import AT_170, STAGE, CoachRig
from each_row import each_row
from own_feedback import FEEDBACK

from cadencecoach.coach.actions import (
    AnswerKey,
    CueReason,
    EndReason,
    EndSession,
    EnterStage,
    Pause,
    Resume,
    SetMuted,
    WriteNote,
)
from cadencecoach.coach.events import Key, PainRated
from cadencecoach.gait.reading import Feet
from cadencecoach.plan.model import MeasuredBaseline, Relative, Stage

LOW = 160.0


def with_numbers(**changes: float) -> Stage:
    """An hour at 170 spm with some of the plan's numbers changed."""
    return replace(AT_170, duration_s=3600.0, feedback=replace(FEEDBACK, **changes))  # type: ignore[arg-type]


def test_pause_stops_the_stage_clock_and_everything_that_sounds() -> None:
    """A pause of 100 s moves the end of the stage by 100 s; the beat is silent meanwhile."""
    rig = CoachRig(AT_170).until(0.0).press(100.0, Key.PAUSE).until(200.0).press(200.0, Key.PAUSE).until(1000.0)
    assert rig.tempos() == [(0, 170, 0), (100, None, 0), (200, 170, 0), (700, None, 0)]
    assert [a.time_s for a in rig.actions if isinstance(a, (Pause, Resume))] == [100, 200]
    assert rig.all_of(EndSession) == [EndSession(time_s=700.0, reason=EndReason.FINISHED)]


def test_nothing_is_said_in_a_pause() -> None:
    """Sensor lost, out of the band, keys for the next stage: a paused session is silent."""
    rig = CoachRig(AT_170, AT_170).runs((1, 50, LOW)).press(50.0, Key.PAUSE)
    n_cues = len(rig.cues())
    rig.feet(60.0, Feet.LOST).feet(70.0, Feet.LIVE).run(70, 200, LOW).press(200.0, Key.NEXT).press(201.0, Key.UP)
    assert len(rig.cues()) == n_cues


def test_after_a_pause_there_is_time_to_settle() -> None:
    """The first correction after a resume comes after settling and dwell, as after a new target."""
    rig = CoachRig(AT_170).runs((1, 100, 170.0)).press(100.0, Key.PAUSE).press(150.0, Key.PAUSE).run(151, 250, LOW)
    assert rig.times(CueReason.BELOW)[0] == 150 + 30 + 1 + 8


@each_row(("key", "target_spm"), [(Key.UP, 171.0), (Key.DOWN, 169.0)])
def test_up_and_down_move_the_target_by_one(key: Key, target_spm: float) -> None:
    """The band and the beat move together, now and in the stages to come."""
    rig = CoachRig(replace(AT_170, duration_s=60.0), AT_170).until(0.0).press(20.0, key).until(60.0)
    assert [a.band.target_spm for a in rig.all_of(EnterStage)] == [170.0, target_spm, target_spm]
    assert [(one.time_s, one.tempo_spm, one.ramp_s) for one in rig.asked] == [
        (0.0, 170.0, 0.0),
        (pytest.approx(20.0, abs=0.4), target_spm, 0.0),  # with the next beat
        (60.0, target_spm, 0.0),
    ]


def test_the_target_cannot_be_moved_without_end() -> None:
    """Ten steps a minute either way, of which none goes over +10 % of own cadence, here 176."""
    rig = CoachRig(AT_170).until(0.0)
    for second in range(1, 30):
        rig.press(float(second), Key.UP)
    assert rig.all_of(EnterStage)[-1].band.target_spm == 176.0
    for second in range(30, 60):
        rig.press(float(second), Key.DOWN)
    assert rig.all_of(EnterStage)[-1].band.target_spm == 160.0


def test_up_means_nothing_where_nothing_is_asked_for() -> None:
    """A free stage has no target to move."""
    rig = CoachRig(STAGE).until(0.0).press(5.0, Key.UP)
    assert len(rig.all_of(EnterStage)) == 1


def test_up_before_own_cadence_is_known_says_what_is_missing() -> None:
    """A stage at +5 % has a target, which waits for the runner's own cadence; a free one has none."""
    waiting = CoachRig(replace(STAGE, target=Relative(0.05)), baseline=MeasuredBaseline()).until(0.0).press(5.0, Key.UP)
    free = CoachRig(STAGE).until(0.0).press(5.0, Key.UP)
    assert [one.text for rig in (waiting, free) for one in rig.all_of(AnswerKey)] == [
        "no target before your own cadence is measured: keep running",
        "this stage has no target to move",
    ]


def test_mute_goes_to_and_fro() -> None:
    """Once is off, twice is on."""
    rig = CoachRig(AT_170).until(0.0).press(5.0, Key.MUTE).press(9.0, Key.MUTE)
    assert rig.all_of(SetMuted) == [SetMuted(time_s=5.0, is_muted=True), SetMuted(time_s=9.0, is_muted=False)]


def test_pain_is_noted_and_rated_by_the_digit_that_follows() -> None:
    """The key notes it at once; a digit within 10 s rates it, a later one is no answer."""
    rig = CoachRig(AT_170).until(0.0).press(5.0, Key.PAIN).take(PainRated(8.0, 4)).press(100.0, Key.PAIN)
    rig.take(PainRated(111.0, 7))
    assert [(n.time_s, n.about, n.level) for n in rig.all_of(WriteNote)] == [
        (5.0, "pain", None),
        (8.0, "pain", 4),
        (100.0, "pain", None),
    ]


def test_how_far_a_key_moves_the_target_is_the_plans() -> None:
    """`key-limit: 3 spm`."""
    rig = CoachRig(with_numbers(key_limit_spm=3.0)).until(0.0)
    for second in range(5, 15):
        rig.press(float(second), Key.UP)
    assert rig.all_of(EnterStage)[-1].band.target_spm == 173.0


def test_who_begins_to_run_in_a_pause_keeps_the_beat() -> None:
    """A walker at the beginning of the stage, whom the beat would leave after 20 s, paused, and runs on."""
    rig = CoachRig(AT_170).until(0.0).feet(0.0, Feet.WALKING).press(5.0, Key.PAUSE).feet(8.0, Feet.LIVE)
    rig.press(10.0, Key.PAUSE).run(10, 100, 170.0)
    assert rig.tempos()[-1][1] == 170.0


def test_who_stands_with_a_lost_sensor_is_not_called_by_the_beat_after_a_pause() -> None:
    """Nothing is known of running."""
    rig = CoachRig(AT_170).runs((1, 60, 170.0)).feet(60.0, Feet.STILL).feet(65.0, Feet.LOST)
    rig.press(70.0, Key.PAUSE).press(80.0, Key.PAUSE).until(200.0)
    assert rig.tempos()[-1][1] is None


def test_a_sensor_that_was_back_in_the_pause_is_not_told_as_lost() -> None:
    """Lost a second before the pause, live in it: nothing to say."""
    rig = CoachRig(AT_170).runs((1, 57, 170.0)).feet(57.0, Feet.LOST).press(58.0, Key.PAUSE).feet(70.0, Feet.LIVE)
    rig.press(80.0, Key.PAUSE).run(80, 120, 170.0)
    assert rig.cues(CueReason.SENSOR_LOST, CueReason.SENSOR_BACK) == []


def test_a_sensor_lost_in_the_pause_is_told_after_it_and_one_back_in_it_too() -> None:
    """As the session goes on, the runner learns what has become of the sensor."""
    lost = CoachRig(AT_170).runs((1, 57, 170.0)).press(58.0, Key.PAUSE).feet(63.0, Feet.LOST).press(80.0, Key.PAUSE)
    assert lost.until(100.0).times(CueReason.SENSOR_LOST) == [85.0]
    back = CoachRig(AT_170).runs((1, 57, 170.0)).feet(57.0, Feet.LOST).until(63.0).press(64.0, Key.PAUSE)
    back.feet(70.0, Feet.LIVE).press(80.0, Key.PAUSE)
    assert back.times(CueReason.SENSOR_BACK) == [80.0]

from dataclasses import replace

import pytest
from coach_rig import AT_170, STAGE, CoachRig
from each_row import each_row
from own_feedback import FEEDBACK

from cadencecoach.coach.actions import CueReason
from cadencecoach.coach.events import NEVER, Key, SensorSenseless
from cadencecoach.coach.feet import tell_sensor
from cadencecoach.gait.reading import Feet
from cadencecoach.plan.model import Beat, Relative, Stage, Walk

LOW = 160.0


def with_numbers(**changes: float) -> Stage:
    """An hour at 170 spm with some of the plan's numbers changed."""
    return replace(AT_170, duration_s=3600.0, feedback=replace(FEEDBACK, **changes))  # type: ignore[arg-type]


def test_sensor_loss_is_said_once_and_so_is_its_return() -> None:
    """A pod that falls silent is announced, and not again until it is back."""
    rig = CoachRig(AT_170).runs((1, 100, 170.0)).feet(103.0, Feet.STALE).feet(105.0, Feet.LOST).until(200.0)
    rig.feet(200.0, Feet.LIVE).run(200, 300, 170.0)
    assert rig.said(CueReason.SENSOR_LOST) == [(110, "Sensor lost. The beat goes on.")]
    assert rig.times(CueReason.SENSOR_BACK) == [200]


def test_the_beat_goes_on_when_the_sensor_dies() -> None:
    """Stale and lost change nothing about the tempo."""
    rig = CoachRig(AT_170).runs((1, 100, 170.0)).feet(103.0, Feet.STALE).feet(105.0, Feet.LOST).until(599.0)
    assert rig.tempos() == [(0.0, 170.0, 0.0)]


def test_a_sensor_that_comes_and_goes_is_not_announced_every_time() -> None:
    """Six losses in a minute are one announcement, and one when it is back."""
    rig = CoachRig(AT_170).runs((1, 100, 170.0))
    for second in range(100, 160, 10):
        rig.feet(float(second), Feet.LOST).feet(float(second) + 6, Feet.LIVE)
    assert len(rig.cues(CueReason.SENSOR_LOST)) == 1
    assert len(rig.cues(CueReason.SENSOR_BACK)) == 1


def test_losses_are_announced_less_and_less_often() -> None:
    """A sensor that is gone every 20 s for an hour: announced after 1, 2, 4, 8 and 16 minutes more, not sixty times."""
    rig = CoachRig(replace(AT_170, duration_s=3600.0)).runs((1, 10, 170.0))
    for second in range(20, 3600, 20):
        rig.feet(float(second), Feet.LOST).feet(float(second) + 6, Feet.LIVE)
    assert rig.times(CueReason.SENSOR_LOST) == [25, 85, 205, 445, 925, 1885, 2845]


def test_a_short_loss_is_no_news() -> None:
    """Four seconds lost, again and again: nothing is said, of the return neither."""
    rig = CoachRig(AT_170).runs((1, 100, 170.0))
    for second in range(100, 160, 10):
        rig.feet(float(second), Feet.LOST).feet(float(second) + 4, Feet.LIVE)
    assert rig.cues(CueReason.SENSOR_LOST, CueReason.SENSOR_BACK) == []


@each_row("rest", [Feet.WALKING, Feet.STILL])
def test_a_sensor_that_falls_silent_in_a_walk_is_not_missed(rest: Feet) -> None:
    """At a light, or in a walk: pods sleep when they are not moved. Said when the next run begins without it."""
    rig = CoachRig(replace(AT_170, duration_s=300.0), AT_170).runs((1, 100, 170.0)).feet(100.0, rest)
    rig.feet(103.0, Feet.STALE).feet(105.0, Feet.LOST).until(299.0)
    assert rig.cues(CueReason.SENSOR_LOST) == []
    assert rig.until(400.0).said(CueReason.SENSOR_LOST) == [(305.0, "Sensor lost. The beat goes on.")]


def test_how_long_a_sensor_is_lost_before_it_is_said_is_the_plans() -> None:
    """`lost-after: 20 s`."""
    rig = CoachRig(with_numbers(lost_after_s=20.0)).runs((1, 100, 170.0)).feet(105.0, Feet.LOST).until(200.0)
    assert rig.times(CueReason.SENSOR_LOST) == [125]


def test_the_beat_rests_while_the_runner_walks_or_stands() -> None:
    """A walk break stops it, running brings it back."""
    rig = CoachRig(AT_170).runs((1, 100, 170.0)).feet(100.0, Feet.WALKING).feet(110.0, Feet.STILL)
    rig.feet(130.0, Feet.LIVE)
    assert rig.tempos() == [(0, 170, 0), (100, None, 0), (130, 170, 0)]


def test_a_sensor_that_falls_silent_while_walking_does_not_bring_the_beat_back() -> None:
    """Silence is no evidence of running: the beat rests on, until running is seen or the next stage begins."""
    rig = CoachRig(replace(AT_170, duration_s=300.0), AT_170).runs((1, 100, 170.0)).feet(100.0, Feet.STILL)
    rig.feet(105.0, Feet.LOST).until(310.0)
    assert [(time_s, spm) for time_s, spm, _ in rig.tempos()] == [(0, 170), (100, None), (300, 170)]


def test_a_walker_hears_the_beat_of_a_new_running_stage_for_a_while() -> None:
    """After a walk stage the beat calls for 20 s; a runner who goes on walking is then left in peace."""
    walk = replace(STAGE, target=Walk(), duration_s=60.0)
    rig = CoachRig(walk, AT_170).until(0.0).feet(1.0, Feet.WALKING).until(300.0)
    assert rig.tempos() == [(60.0, 170.0, 0.0), (80.0, None, 0.0)]


def test_a_ramp_goes_on_after_a_walk_break_where_time_has_brought_it() -> None:
    """A minute's ramp from 160 to 168; a break from 15 s to 30 s; the beat comes back at 164 and ramps on."""
    rung = replace(STAGE, target=Relative(0.05), ramp_s=60.0)
    rig = CoachRig(rung).runs((1, 10, 160.0)).feet(15.0, Feet.WALKING).feet(30.0, Feet.LIVE)
    assert rig.tempos() == [(0, 160, 0), (0, 168, 60), (15, None, 0), (30, 164, 0), (30, 168, 30)]


def test_the_rescue_beat_ends_with_a_walk() -> None:
    """Who walks has left the exercise; running again begins with silence."""
    rescue = replace(AT_170, beat=Beat.RESCUE)
    rig = CoachRig(rescue).runs((1, 50, LOW)).feet(50.0, Feet.WALKING).feet(70.0, Feet.LIVE)
    assert [(time_s, spm) for time_s, spm, _ in rig.tempos()] == [(47, 170), (50, None)]


def test_how_often_a_loss_is_announced_is_the_plans() -> None:
    """`lost-spacing: 2 min`, `lost-limit: 4 min`: after 2, 4, 4, 4 ... min more."""
    rig = CoachRig(with_numbers(lost_spacing_s=120.0, lost_limit_s=240.0)).runs((1, 10, 170.0))
    for second in range(20, 1200, 20):
        rig.feet(float(second), Feet.LOST).feet(float(second) + 6, Feet.LIVE)
    assert rig.times(CueReason.SENSOR_LOST) == [25, 145, 385, 625, 865, 1105]


def test_how_long_a_walker_hears_the_beat_of_a_running_stage_is_the_plans() -> None:
    """`set-off: 5 s`."""
    walk = replace(STAGE, target=Walk(), duration_s=30.0)
    rig = CoachRig(walk, with_numbers(set_off_s=5.0)).until(0.0).feet(1.0, Feet.WALKING).until(60.0)
    assert rig.tempos() == [(30.0, 170.0, 0.0), (35.0, None, 0.0)]


def test_a_sensor_that_makes_no_sense_is_told_as_that_with_the_key() -> None:
    """Not as lost; when its numbers can be used again it is back."""
    rig = CoachRig(AT_170).runs((1, 100, 170.0)).feet(103.0, Feet.STALE).take(SensorSenseless(105.0)).until(200.0)
    rig.feet(200.0, Feet.LIVE).run(200, 300, 170.0)
    assert rig.said(CueReason.SENSOR_UNCLEAR) == [(105.0, "Sensor unclear. Press U.")]
    assert rig.times(CueReason.SENSOR_LOST) == []
    assert rig.times(CueReason.SENSOR_BACK) == [200]


@each_row(("again_s", "n_said"), [(164.9, 1), (165.0, 2)])
def test_a_sensor_that_comes_and_goes_out_of_sense_is_told_of_once_a_minute(again_s: float, n_said: int) -> None:
    """The spacing is that of losses."""
    rig = CoachRig(AT_170).runs((1, 100, 170.0)).take(SensorSenseless(105.0)).feet(120.0, Feet.LIVE)
    rig.take(SensorSenseless(again_s)).until(200.0)
    assert len(rig.cues(CueReason.SENSOR_UNCLEAR)) == n_said


def test_a_sensor_without_sense_is_not_told_of_in_a_pause() -> None:
    """Nobody runs then."""
    rig = CoachRig(AT_170).runs((1, 100, 170.0)).press(101.0, Key.PAUSE).take(SensorSenseless(105.0)).until(110.0)
    assert rig.cues(CueReason.SENSOR_UNCLEAR) == []


WALK_THEN_RUN = (replace(STAGE, target=Walk(), duration_s=60.0), replace(AT_170, duration_s=300.0))


@each_row("dies_s", [62.0, 66.0, 72.0, 78.0])
def test_a_beat_that_is_said_to_go_on_does(dies_s: float) -> None:
    """A walker's pod dies in the 20 s of beat to set off in: of one who is not heard nobody knows that they walk."""
    rig = CoachRig(*WALK_THEN_RUN).until(0.0).feet(1.0, Feet.WALKING)
    rig.feet(dies_s, Feet.STALE).feet(dies_s + 2, Feet.LOST).until(299.0)
    assert rig.said(CueReason.SENSOR_LOST) == [(dies_s + 7, "Sensor lost. The beat goes on.")]
    assert rig.tempos() == [(60.0, 170.0, 0.0)]


@each_row("back_s", [75.0, 90.0])
def test_a_walker_who_is_heard_again_after_the_time_to_set_off_has_no_beat(back_s: float) -> None:
    """Silent from 70 s on, and still walking later: the beat waits from 80 s, or from when that is known."""
    rig = CoachRig(*WALK_THEN_RUN).until(0.0).feet(1.0, Feet.WALKING).feet(70.0, Feet.STALE)
    rig.feet(back_s, Feet.WALKING).until(200.0)
    assert rig.tempos()[-1] == (max(80.0, back_s), None, 0.0)


@each_row(
    ("stage", "words"),
    [
        (replace(AT_170, beat=Beat.GATED, gate_on_s=30.0, gate_off_s=30.0), "Sensor lost."),
        (replace(AT_170, help_ratio=0.5), "Sensor lost."),
        (replace(AT_170, beat=Beat.OFF), "Sensor lost."),
        (replace(AT_170, duration_s=119.0), "Sensor lost."),
        (replace(AT_170, duration_s=120.0), "Sensor lost. The beat goes on."),
    ],
)
def test_that_the_beat_goes_on_is_said_only_where_it_does(stage: Stage, words: str) -> None:
    """Not where a gate, a silent stretch, or the end of the last stage stops it."""
    rig = CoachRig(stage).runs((1, 100, 170.0)).feet(105.0, Feet.LOST).until(111.0)
    assert rig.said(CueReason.SENSOR_LOST) == [(110, words)]


def test_the_beat_goes_on_into_a_stage_that_has_one() -> None:
    """Ten seconds before the end of a stage whose successor has a beat from its start."""
    stage = replace(AT_170, duration_s=120.0)
    rig = CoachRig(stage, stage).runs((1, 100, 170.0)).feet(105.0, Feet.LOST).until(239.0)
    assert rig.said(CueReason.SENSOR_LOST) == [(110, "Sensor lost. The beat goes on.")]
    assert all(spm is not None for _, spm, _ in rig.tempos())


@each_row(("back_s", "said_s"), [(110.0, 115.0), (114.9, 119.9), (115.0, 115.0)])
def test_lost_and_back_are_not_said_in_one_breath(back_s: float, said_s: float) -> None:
    """Lost is said at 110 s: a return within 5 s of that is said when it has lasted 5 s."""
    rig = CoachRig(AT_170).runs((1, 100, 170.0)).feet(105.0, Feet.LOST).until(110.0).feet(back_s, Feet.LIVE)
    rig.run(int(back_s) + 1, 200, 170.0)
    assert rig.times(CueReason.SENSOR_LOST) == [110.0]
    assert rig.times(CueReason.SENSOR_BACK) == pytest.approx([said_s])


def test_a_return_that_does_not_last_is_not_said_nor_the_loss_again() -> None:
    """Back for three seconds of a minute's loss: one sentence for all of it, and one when it is back to stay."""
    rig = CoachRig(AT_170).runs((1, 100, 170.0)).feet(105.0, Feet.LOST).feet(110.5, Feet.LIVE).feet(113.5, Feet.STALE)
    rig.feet(115.5, Feet.LOST).until(170.0).feet(170.0, Feet.LIVE).run(171, 200, 170.0)
    assert rig.times(CueReason.SENSOR_LOST, CueReason.SENSOR_BACK) == [110.0, 170.0]


def test_a_loss_waits_for_the_words_that_sound() -> None:
    """Due in the middle of a stage's announcement: said after it, and not at all where the sensor is back by then."""
    first = replace(AT_170, duration_s=109.0)
    rig = CoachRig(first, replace(AT_170, name="Second rung with many words")).runs((1, 100, 170.0))
    lost = rig.feet(105.0, Feet.LOST).until(110.5)
    assert lost.cues(CueReason.SENSOR_LOST) == []
    assert 110.0 < lost.state.busy_r < 114.0
    assert lost.until(115.0).times(CueReason.SENSOR_LOST) == [lost.state.lost_said_s]


def test_a_beat_that_would_last_only_seconds_waits() -> None:
    """Who begins to run 9 s before the end of the last stage has no beat any more; 10 s before it there is one."""
    stage = replace(AT_170, duration_s=100.0)
    for since_s, tempos in ((91.0, []), (90.0, [(90.0, 170.0, 0.0)])):
        rig = CoachRig(stage).until(0.0).feet(1.0, Feet.WALKING).until(50.0)
        n_before = len(rig.tempos())
        assert rig.feet(since_s, Feet.LIVE).until(99.0).tempos()[n_before:] == tempos


def test_a_beat_that_waits_comes_with_its_next_gate() -> None:
    """A beat of 30 s in every 60: back to a run 5 s before it falls silent, the runner hears the next one whole."""
    gated = replace(AT_170, beat=Beat.GATED, gate_on_s=30.0, gate_off_s=30.0)
    rig = CoachRig(gated).until(0.0).feet(1.0, Feet.WALKING).until(70.0)
    n_before = len(rig.tempos())
    rig.feet(85.0, Feet.LIVE).until(155.0)
    assert rig.tempos()[n_before:] == [(120.0, 170.0, 0.0), (150.0, None, 0.0)]


@each_row("on_s", [3.0, 8.0])
def test_a_beat_that_is_prescribed_for_seconds_sounds(on_s: float) -> None:
    """What the plan wants short is whole."""
    gated = replace(AT_170, beat=Beat.GATED, gate_on_s=on_s, gate_off_s=10.0)
    assert CoachRig(gated).runs((1, 30, 170.0)).tempos()[:2] == [(0.0, 170.0, 0.0), (on_s, None, 0.0)]


def test_the_rescue_beat_does_not_begin_just_before_the_end() -> None:
    """Due 8 s before a stage's end, and not said to be followed."""
    stage = replace(AT_170, beat=Beat.RESCUE, duration_s=55.0)
    rig = CoachRig(stage).runs((1, 55, LOW))
    assert rig.times(CueReason.BELOW) == [39.0]
    assert rig.tempos() == []


def test_how_short_a_beat_may_be_is_the_plans() -> None:
    """`least-beat: 0 s`."""
    stage = replace(with_numbers(least_beat_s=0.0), duration_s=100.0)
    rig = CoachRig(stage).until(0.0).feet(1.0, Feet.WALKING).until(50.0).feet(97.0, Feet.LIVE).until(99.0)
    assert rig.tempos()[-1] == (97.0, 170.0, 0.0)


@each_row(("late_s", "waits"), [(-1e-3, False), (0.0, False), (9e-7, False), (2e-6, True)])
def test_words_that_end_within_the_edge_of_now_are_waited_for_no_more(late_s: float, *, waits: bool) -> None:
    """A timer within a millionth of a second is due; to wait for it once more would be to wait for ever."""
    begun = CoachRig(AT_170).until(1.0).state
    state = replace(begun, now_s=10.0, busy_r=10.0 + late_s, feet=Feet.LIVE, is_loss_open=True)
    after, actions = tell_sensor(state)
    assert after.sensor_due_r == (state.busy_r if waits else NEVER)
    assert bool(actions) is not waits

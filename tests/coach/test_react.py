from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import pytest
from coach_rig import AT_170, CORRECTIONS, STAGE, CoachRig, played
from hypothesis import given, settings
from hypothesis import strategies as st

from cadencecoach.coach.actions import (
    CueReason,
    EndReason,
    EndSession,
    EnterStage,
    Pause,
    Resume,
    SetMuted,
    SetTempo,
    WriteNote,
)
from cadencecoach.coach.events import (
    CadenceEstimated,
    Event,
    FeetChanged,
    Interrupted,
    Key,
    KeyPressed,
    PainRated,
)
from cadencecoach.coach.react import due_s
from cadencecoach.gait.reading import Estimate, Feet
from cadencecoach.plan.defaults import FULL_FEEDBACK
from cadencecoach.plan.model import Beat, Relative, Stage, Walk

LOW = 160.0


def test_sensor_loss_is_said_once_and_so_is_its_return() -> None:
    """A pod that falls silent is announced, and not again until it is back."""
    rig = CoachRig(AT_170).runs((1, 100, 170.0)).feet(103.0, Feet.STALE).feet(105.0, Feet.LOST).until(200.0)
    rig.feet(200.0, Feet.LIVE).run(200, 300, 170.0)
    assert rig.said(CueReason.SENSOR_LOST) == [(105, "Sensor lost. The beat goes on.")]
    assert rig.times(CueReason.SENSOR_BACK) == [200]


def test_the_beat_goes_on_when_the_sensor_dies() -> None:
    """Stale and lost change nothing about the tempo."""
    rig = CoachRig(AT_170).runs((1, 100, 170.0)).feet(103.0, Feet.STALE).feet(105.0, Feet.LOST).until(599.0)
    assert rig.tempos() == [(0.0, 170.0, 0.0)]


def test_a_sensor_that_comes_and_goes_is_not_announced_every_time() -> None:
    """Six losses in a minute are one announcement, and one when it is back."""
    rig = CoachRig(AT_170).runs((1, 100, 170.0))
    for second in range(100, 160, 10):
        rig.feet(float(second), Feet.LOST).feet(float(second) + 5, Feet.LIVE)
    assert len(rig.cues(CueReason.SENSOR_LOST)) == 1
    assert len(rig.cues(CueReason.SENSOR_BACK)) == 1


def test_losses_are_announced_less_and_less_often() -> None:
    """A sensor that is gone every 20 s for an hour: announced after 1, 2, 4, 8 and 16 minutes more, not sixty times."""
    rig = CoachRig(replace(AT_170, duration_s=3600.0)).runs((1, 10, 170.0))
    for second in range(20, 3600, 20):
        rig.feet(float(second), Feet.LOST).feet(float(second) + 5, Feet.LIVE)
    assert rig.times(CueReason.SENSOR_LOST) == [20, 80, 200, 440, 920, 1880, 2840]


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


@pytest.mark.parametrize(("key", "target_spm"), [(Key.UP, 171.0), (Key.DOWN, 169.0)])
def test_up_and_down_move_the_target_by_one(key: Key, target_spm: float) -> None:
    """The band and the beat move together, now and in the stages to come."""
    rig = CoachRig(replace(AT_170, duration_s=60.0), AT_170).until(0.0).press(20.0, key).until(60.0)
    assert [a.band.target_spm for a in rig.all_of(EnterStage)] == [170.0, target_spm, target_spm]
    assert rig.tempos() == [(0.0, 170.0, 0.0), (20.0, target_spm, 0.0), (60.0, target_spm, 0.0)]


def test_the_target_cannot_be_moved_without_end() -> None:
    """Ten steps a minute either way."""
    rig = CoachRig(AT_170).until(0.0)
    for second in range(1, 30):
        rig.press(float(second), Key.UP)
    assert rig.all_of(EnterStage)[-1].band.target_spm == 180.0


def test_up_means_nothing_where_nothing_is_asked_for() -> None:
    """A free stage has no target to move."""
    rig = CoachRig(STAGE).until(0.0).press(5.0, Key.UP)
    assert len(rig.all_of(EnterStage)) == 1


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


@pytest.mark.parametrize(
    ("event", "reason"),
    [(KeyPressed(50.0, Key.STOP), EndReason.STOPPED), (Interrupted(50.0), EndReason.INTERRUPTED)],
)
def test_stop_and_interruption_end_the_session_at_once(event: Event, reason: EndReason) -> None:
    """The beat stops, the reason is kept, nothing is due any more."""
    rig = CoachRig(AT_170).until(0.0).take(event)
    assert rig.tempos()[-1] == (50.0, None, 0.0)
    assert rig.all_of(EndSession) == [EndSession(time_s=50.0, reason=reason)]
    assert due_s(rig.state) == float("inf")


def test_the_rescue_beat_ends_with_a_walk() -> None:
    """Who walks has left the exercise; running again begins with silence."""
    rescue = replace(AT_170, beat=Beat.RESCUE)
    rig = CoachRig(rescue).runs((1, 50, LOW)).feet(50.0, Feet.WALKING).feet(70.0, Feet.LIVE)
    assert [(time_s, spm) for time_s, spm, _ in rig.tempos()] == [(47, 170), (50, None)]


FEET = st.sampled_from([feet for feet in Feet if feet is not Feet.UNKNOWN])
KEYS = st.sampled_from([Key.PAUSE, Key.UP, Key.DOWN, Key.NEXT, Key.MUTE, Key.PAIN])
HAPPENINGS = st.one_of(st.floats(60.0, 230.0), st.floats(155.0, 185.0), FEET, KEYS)
STAGES = (
    replace(AT_170, duration_s=120.0),
    replace(AT_170, duration_s=90.0, beat=Beat.RESCUE),
    replace(STAGE, target=Walk(), duration_s=30.0),
    replace(AT_170, help_ratio=0.5, duration_s=300.0),
    replace(STAGE, target=Relative(0.1), ramp_s=30.0, duration_s=200.0),
)


def events_of(happenings: Sequence[tuple[float, float | Feet | Key]]) -> list[Event]:
    """Gaps and values as events in order of time."""
    events: list[Event] = []
    time_s = 0.0
    for gap_s, what in happenings:
        time_s += gap_s
        if isinstance(what, float):
            estimate = Estimate(time_s=time_s, cadence_spm=what, age_s=0.0, quality=1.0, n_readings=3)
            events.append(CadenceEstimated(time_s, estimate))
        elif isinstance(what, Feet):
            events.append(FeetChanged(time_s, what))
        else:
            events.append(KeyPressed(time_s, what))
    return events


HISTORIES = st.lists(st.tuples(st.floats(0.0, 20.0), HAPPENINGS), min_size=5, max_size=80).map(events_of)


@given(HISTORIES)
@settings(max_examples=150, deadline=None)
def test_whatever_happens_the_promises_hold(events: list[Event]) -> None:
    """Time never goes back; corrections are spaced, and given only to a runner seen to run, not in a pause."""
    rig = played(events, STAGES)
    times = [action.time_s for action in rig.actions]
    assert times == sorted(times)
    corrections = rig.times(*CORRECTIONS)
    assert all(later - earlier >= 30.0 - 1e-6 for earlier, later in pairwise(corrections))
    for time_s in corrections:
        before = [e.feet for e in events if isinstance(e, FeetChanged) and e.time_s <= time_s]
        assert before[-1:] == [Feet.LIVE]
        pauses = [a for a in rig.actions if isinstance(a, (Pause, Resume)) and a.time_s <= time_s]
        assert not pauses or isinstance(pauses[-1], Resume)


@given(HISTORIES)
@settings(max_examples=100, deadline=None)
def test_the_same_events_give_the_same_actions(events: list[Event]) -> None:
    """The coach has no clock, no chance and no memory outside its state."""
    assert played(events, STAGES).actions == played(events, STAGES).actions


@given(HISTORIES)
@settings(max_examples=100, deadline=None)
def test_orders_to_the_beat_are_never_given_twice(events: list[Event]) -> None:
    """No stop while silent, no start without a tempo above zero, and silence at the end."""
    rig = played([*events, Interrupted(1e6)], STAGES)
    is_playing = False
    for tempo in rig.all_of(SetTempo):
        assert tempo.tempo_spm is None or 100.0 < tempo.tempo_spm < 200.0
        assert is_playing or tempo.tempo_spm is not None
        is_playing = tempo.tempo_spm is not None
    assert not is_playing


def with_numbers(**changes: float) -> Stage:
    """An hour at 170 spm with some of the plan's numbers changed."""
    return replace(AT_170, duration_s=3600.0, feedback=replace(FULL_FEEDBACK, **changes))  # type: ignore[arg-type]


def test_how_often_a_loss_is_announced_is_the_plans() -> None:
    """`lost-spacing: 2 min`, `lost-limit: 4 min`: after 2, 4, 4, 4 ... min more."""
    rig = CoachRig(with_numbers(lost_spacing_s=120.0, lost_limit_s=240.0)).runs((1, 10, 170.0))
    for second in range(20, 1200, 20):
        rig.feet(float(second), Feet.LOST).feet(float(second) + 5, Feet.LIVE)
    assert rig.times(CueReason.SENSOR_LOST) == [20, 140, 380, 620, 860, 1100]


def test_how_far_a_key_moves_the_target_is_the_plans() -> None:
    """`key-limit: 3 spm`."""
    rig = CoachRig(with_numbers(key_limit_spm=3.0)).until(0.0)
    for second in range(5, 15):
        rig.press(float(second), Key.UP)
    assert rig.all_of(EnterStage)[-1].band.target_spm == 173.0


def test_how_long_a_walker_hears_the_beat_of_a_running_stage_is_the_plans() -> None:
    """`set-off: 5 s`."""
    walk = replace(STAGE, target=Walk(), duration_s=30.0)
    rig = CoachRig(walk, with_numbers(set_off_s=5.0)).until(0.0).feet(1.0, Feet.WALKING).until(60.0)
    assert rig.tempos() == [(30.0, 170.0, 0.0), (35.0, None, 0.0)]


@pytest.mark.parametrize(("doubt_s", "told_s"), [(1.0, 46.0), (8.0, 47.0)])
def test_how_long_a_correction_waits_in_doubt_is_the_plans(doubt_s: float, told_s: float) -> None:
    """A cadence of a walk for 6 s at the moment of a correction: looked at again after `doubt`."""
    rig = CoachRig(with_numbers(doubt_s=doubt_s)).runs((1, 38, LOW), (38, 46, 120.0), (46, 60, LOW))
    assert rig.times(CueReason.BELOW)[0] == told_s

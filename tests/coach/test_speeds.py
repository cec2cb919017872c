"""Speed: what mutes the coach, what it says of a runner who slows down, and a target that follows."""

from dataclasses import replace
from itertools import pairwise

import pytest
from coach_rig import CORRECTIONS, STAGE, CoachRig
from each_row import each_row
from own_feedback import FEEDBACK

from cadencecoach.coach.actions import BandState, CueKind, CueReason, EnterStage, SetBand, SetOffSpeed
from cadencecoach.gait.reading import Feet
from cadencecoach.gait.speed_curve import SpeedCurve
from cadencecoach.plan.model import Baseline, Fixed, MeasuredBaseline, Relative, SpeedsBaseline, Stage, Walk

MEASURE = replace(STAGE, name="Baseline", duration_s=60.0, measures_baseline=True)
FIXED = replace(STAGE, target=Fixed(170.0), duration_s=400.0)
PLUS_5 = replace(STAGE, target=Relative(0.05), duration_s=1200.0)
SPEEDS = SpeedsBaseline(points=((2.5, 160.0), (3.5, 166.0)))  # slope 6, 163 at 3 m/s


def measured_then(stage: Stage, speed_mps: float = 3.0) -> CoachRig:
    """A runner whose baseline of 160 spm was measured at a speed, at the start of a stage."""
    rig = CoachRig(MEASURE, stage, baseline=MeasuredBaseline()).until(0.0).feet(0.0, Feet.LIVE)
    return rig.run_at(0, 60, 160.0, speed_mps)


@each_row("speed_mps", [2.4, 3.6])
def test_off_the_baselines_speed_nothing_is_corrected_and_that_is_said_once(speed_mps: float) -> None:
    """Half a metre a second slower or faster than when the baseline was taken: silence, with one sentence for it."""
    rig = measured_then(PLUS_5).run_at(60, 300, 160.0, speed_mps)
    assert rig.cues(*CORRECTIONS) == []
    assert len(rig.cues(CueReason.SPEED)) == 1
    rig.run_at(300, 400, 168.0, 3.0).run_at(400, 600, 160.0, speed_mps)
    assert len(rig.cues(CueReason.SPEED)) == 1


def test_back_at_the_baselines_speed_the_runner_gets_time_to_settle() -> None:
    """From 3.6 to 3 m/s at 200 s: the mean is near again at 201 s; 30 s to settle, then the dwell."""
    rig = measured_then(PLUS_5).run_at(60, 200, 160.0, 3.6).run_at(200, 300, 160.0, 3.0)
    first_s = rig.times(*CORRECTIONS)[0]
    assert 235 <= first_s <= 245


def test_a_speed_a_little_off_changes_nothing() -> None:
    """0.4 m/s faster is still the runner the baseline speaks of."""
    assert measured_then(PLUS_5).run_at(60, 200, 160.0, 3.4).cues(CueReason.BELOW)


def test_a_target_in_steps_a_minute_holds_at_any_speed() -> None:
    """172 spm is 172 spm: no baseline is asked, none can be off."""
    rig = measured_then(replace(PLUS_5, target=Fixed(172.0))).run_at(60, 200, 160.0, 4.5)
    assert rig.cues(CueReason.BELOW)
    assert rig.cues(CueReason.SPEED) == []


def test_the_range_is_the_plans() -> None:
    """`speed-range: 1 m/s` corrects at 0.8 m/s faster."""
    wide = replace(PLUS_5, feedback=replace(FEEDBACK, speed_range_mps=1.0))
    assert measured_then(wide).run_at(60, 200, 160.0, 3.8).cues(CueReason.BELOW)


@each_row("baseline", [MeasuredBaseline(), SPEEDS])
def test_who_is_off_the_known_speeds_as_the_stage_begins_is_told_so_too(baseline: Baseline) -> None:
    """Fast through the whole stage: no correction, and half a minute into it the one sentence that says why."""
    rig = CoachRig(MEASURE, PLUS_5, baseline=baseline).until(0.0).feet(0.0, Feet.LIVE)
    rig.run_at(0, 45, 160.0, 3.0).run_at(45, 300, 170.0, 4.6)
    assert [round(time_s) for time_s in rig.times(CueReason.SPEED)] == [90]
    assert rig.cues(*CORRECTIONS) == []


def test_a_speed_that_hovers_at_the_edge_does_not_mute_for_long() -> None:
    """By turns 6 s outside and 6 s inside the range: never outside for a dwell, so the runner is judged in between."""
    rig = measured_then(replace(PLUS_5, feedback=replace(FEEDBACK, speed_window_s=1.0)))
    for second in range(60, 400, 12):
        rig.run_at(second, second + 6, 160.0, 3.6).run_at(second + 6, second + 12, 160.0, 3.4)
    assert rig.cues(*CORRECTIONS)
    assert rig.cues(CueReason.SPEED) == []


def test_nothing_is_corrected_while_the_speed_is_outside() -> None:
    """Also in the seconds before it has lasted for a dwell."""
    rig = measured_then(replace(PLUS_5, feedback=replace(FEEDBACK, speed_window_s=1.0)))
    rig.run_at(60, 93, 160.0, 3.0).run_at(93, 103, 160.0, 3.6)
    assert rig.cues(*CORRECTIONS) == []


def test_after_a_short_time_off_the_runner_is_judged_after_a_dwell() -> None:
    """Twelve seconds too fast cost no whole settling time."""
    rig = measured_then(replace(PLUS_5, feedback=replace(FEEDBACK, speed_window_s=1.0)))
    rig.run_at(60, 95, 168.0, 3.0).run_at(95, 107, 168.0, 3.6).run_at(107, 140, 160.0, 3.0)
    assert [107 + 16 <= time_s <= 107 + 18 for time_s in rig.times(*CORRECTIONS)] == [True]


@each_row(("back_s", "wait_s"), [(124, 8), (125, 30), (126, 30)])
def test_off_for_a_settling_time_is_not_short(back_s: int, wait_s: int) -> None:
    """Too fast from 95 s on: 29 s cost a dwell, 30 s a whole settling time, and then the dwell of a correction."""
    rig = measured_then(replace(PLUS_5, feedback=replace(FEEDBACK, speed_window_s=1.0)))
    rig.run_at(60, 95, 168.0, 3.0).run_at(95, back_s, 168.0, 3.6).run_at(back_s, 200, 160.0, 3.0)
    assert back_s + wait_s + 8 <= rig.times(*CORRECTIONS)[0] <= back_s + wait_s + 10


def test_standing_is_no_unusual_speed() -> None:
    """A pod that holds an old step rate at 0 m/s: nothing is judged, and nothing said about speed."""
    rig = measured_then(PLUS_5).run_at(60, 100, 168.0, 3.0).run_at(100, 200, 168.0, 0.0)
    assert rig.cues(*CORRECTIONS, CueReason.SPEED) == []


@each_row(("speed_mps", "tempos"), [(1.9, [168, None, 168]), (2.3, [168]), (4.0, [168])])
def test_the_beat_waits_for_who_jogs_far_slower_than_the_baseline(speed_mps: float, tempos: list[int | None]) -> None:
    """A beat for 3 m/s is no help at 1.9: with it +5 % is nearly +10. At 2.3 it is a brisk one, at 4 a calm one."""
    rig = measured_then(PLUS_5).run_at(60, 150, 168.0, 3.0).run_at(150, 250, 150.0, speed_mps)
    rig.run_at(250, 350, 168.0, 3.0)
    assert [None if spm is None else round(spm) for _, spm, _ in rig.tempos()] == tempos


def test_a_jog_far_slower_has_no_beat_after_a_walk_either() -> None:
    """A walk between two jogs: the beat does not begin with the second one; with a run at the known speed it does."""
    rig = measured_then(PLUS_5).run_at(60, 100, 150.0, 1.9).feet(100.0, Feet.WALKING).run_at(100, 120, 110.0, 1.4)
    n_before = len(rig.tempos())
    rig.feet(120.0, Feet.LIVE).run_at(120, 200, 150.0, 1.9)
    assert len(rig.tempos()) == n_before
    rig.run_at(200, 300, 168.0, 3.0)
    assert [round(spm or 0) for _, spm, _ in rig.tempos()[n_before:]] == [168]


def test_the_speed_of_a_walk_says_nothing_of_the_run_after_it() -> None:
    """A walk at 1.5 m/s through the stage's beginning, then a run at the baseline's speed: no sentence about speed."""
    rig = measured_then(PLUS_5).feet(60.0, Feet.WALKING).run_at(60, 100, 110.0, 1.5).feet(100.0, Feet.LIVE)
    rig.run_at(100, 200, 160.0, 3.0)
    assert rig.cues(CueReason.SPEED) == []
    assert rig.cues(CueReason.BELOW)


@each_row(("speed_mps", "own_spm"), [(2.5, 160.0), (3.0, 163.0), (3.5, 166.0), (9.0, 169.0)])
def test_a_stage_begins_at_the_runners_own_speed(speed_mps: float, own_spm: float) -> None:
    """+5 % of the own cadence at the speed now, not in the middle of the curve; beyond it, of its edge and range."""
    free = replace(STAGE, duration_s=60.0)
    rig = CoachRig(free, replace(PLUS_5, ramp_s=60.0), baseline=SPEEDS).until(0.0).feet(0.0, Feet.LIVE)
    rig.run_at(0, 60, own_spm, speed_mps).until(60.0)
    ((at_s, target_spm),) = targets(rig)
    assert at_s == 60.0
    assert target_spm == pytest.approx(own_spm * 1.05, abs=0.05)


def test_a_target_follows_while_it_still_ramps() -> None:
    """Slower half way up: the tempo ends its ramp at the new target, when it would have ended."""
    free = replace(STAGE, duration_s=30.0)
    rig = CoachRig(free, replace(PLUS_5, ramp_s=120.0), baseline=SPEEDS).until(0.0).feet(0.0, Feet.LIVE)
    rig.run_at(0, 60, 166.0, 3.5).run_at(60, 160, 162.0, 2.8)
    last_s, spm, ramp_s = [one for one in rig.tempos() if one[2] > 0][-1]
    assert last_s + ramp_s == pytest.approx(150.0, abs=0.01)
    assert spm == pytest.approx((163.0 - 1.2) * 1.05, rel=0.011)


def test_a_runner_who_slows_down_instead_is_told_to_keep_the_speed() -> None:
    """3 m/s when the target was set, 2.6 now, and still too slow a cadence: words at once, since no tone can say it."""
    rig = measured_then(PLUS_5).run_at(60, 90, 160.0, 3.0).run_at(90, 150, 160.0, 2.6)
    first = rig.cues(CueReason.BELOW)[0]
    assert (first.kind, first.text) == (CueKind.SPOKEN, "Keep the speed, quicker feet.")


def test_it_is_told_once_in_an_excursion() -> None:
    """The next words are the usual ones."""
    rig = measured_then(PLUS_5).run_at(60, 90, 160.0, 3.0).run_at(90, 400, 160.0, 2.6)
    texts = [cue.text for cue in rig.cues(CueReason.BELOW)]
    assert texts.count("Keep the speed, quicker feet.") == 1
    assert len(texts) > 1


def test_a_runner_who_slows_down_a_little_or_is_in_the_band_hears_nothing_of_it() -> None:
    """5 % slower is nothing; 13 % slower with the cadence asked for is the runner's own affair."""
    assert measured_then(PLUS_5).run_at(60, 90, 160.0, 3.0).run_at(90, 150, 160.0, 2.85).said(CueReason.BELOW)[0][
        1
    ] == ("quicker")
    assert measured_then(PLUS_5).run_at(60, 90, 168.0, 3.0).run_at(90, 300, 168.0, 2.6).cues(*CORRECTIONS) == []


def targets(rig: CoachRig) -> list[tuple[float, float]]:
    """When the target was set, and to what."""
    return [(a.time_s, round(a.band.target_spm, 2)) for a in rig.all_of(EnterStage) if a.band is not None]


def test_a_target_follows_the_speed_where_the_curve_is_known() -> None:
    """160 spm at 2.5 m/s, 166 at 3.5: +5 % is 168 at 2.5 m/s and 174.3 at 3.5."""
    rig = CoachRig(PLUS_5, baseline=SPEEDS).until(0.0).feet(0.0, Feet.LIVE)
    assert targets(rig) == [(0.0, 171.15)]
    rig.run_at(1, 100, 168.0, 2.5)
    assert targets(rig)[-1][1] == pytest.approx(168.0, abs=1.0)
    rig.run_at(100, 200, 168.0, 3.5)
    assert targets(rig)[-1][1] == pytest.approx(174.3, abs=1.75)


def test_a_target_that_follows_moves_in_small_steps() -> None:
    """From 2.5 to 3.9 m/s at once: no step above 3 %, none within 10 s of another, and none for a wobble."""
    rig = CoachRig(PLUS_5, baseline=SPEEDS).until(0.0).feet(0.0, Feet.LIVE).run_at(1, 100, 168.0, 2.5)
    n_before = len(targets(rig))
    rig.run_at(100, 200, 168.0, 3.9)
    moves = targets(rig)[n_before - 1 :]
    for (a_s, a_spm), (b_s, b_spm) in pairwise(moves):
        assert abs(b_spm / a_spm - 1) <= 0.03 + 1e-4  # they are rounded here
        assert b_s - a_s >= 10.0 or a_s == moves[0][0]
    n_now = len(targets(rig))
    for second in range(200, 400, 2):
        rig.run_at(second, second + 1, 168.0, 3.95).run_at(second + 1, second + 2, 168.0, 3.85)
    assert len(targets(rig)) == n_now


def test_a_target_that_moved_is_not_judged_before_it_could_be_found() -> None:
    """After the move there is time to settle, as after any new target."""
    rig = CoachRig(PLUS_5, baseline=SPEEDS).until(0.0).feet(0.0, Feet.LIVE).run_at(1, 100, 168.0, 2.5)
    rig.run_at(100, 200, 166.0, 3.5)
    last_s = targets(rig)[-1][0]
    judged = [a.time_s for a in rig.all_of(SetBand) if a.state is BandState.BELOW and a.time_s > 100]
    assert all(time_s >= last_s + 30 or time_s < 105 for time_s in judged)


def test_outside_the_fitted_range_the_curve_is_silent() -> None:
    """Fitted from 2.5 to 3.5 m/s: at 4.2 nothing is corrected, and that is said."""
    rig = CoachRig(PLUS_5, baseline=SPEEDS).until(0.0).feet(0.0, Feet.LIVE).run_at(1, 300, 150.0, 4.2)
    assert rig.cues(*CORRECTIONS) == []
    assert rig.said(CueReason.SPEED)[0][1] == "Not your usual speed. No corrections."


def test_a_stored_curve_is_as_good_as_one_in_the_plan() -> None:
    """`begin(..., curve=)`: the same targets; a baseline given alone wins over it."""
    curve = SpeedCurve.fit(SPEEDS.points)
    given = CoachRig(PLUS_5, baseline=MeasuredBaseline(), curve=curve).until(0.0).feet(0.0, Feet.LIVE)
    written = CoachRig(PLUS_5, baseline=SPEEDS).until(0.0).feet(0.0, Feet.LIVE)
    assert targets(given.run_at(1, 200, 168.0, 3.4)) == targets(written.run_at(1, 200, 168.0, 3.4))


def test_without_a_speed_the_middle_of_the_curve_is_the_baseline() -> None:
    """No pod speaks of speed: +5 % of 163 spm, and corrections as ever."""
    rig = CoachRig(PLUS_5, baseline=SPEEDS).runs((1, 200, 150.0))
    assert targets(rig) == [(0.0, 171.15)]
    assert rig.cues(CueReason.BELOW)


def test_after_a_walk_another_speed_is_held() -> None:
    """Restarted slower than before the walk, and held there: that is no slowing down."""
    rig = measured_then(PLUS_5).run_at(60, 100, 168.0, 3.0).feet(100.0, Feet.WALKING)
    rig.feet(130.0, Feet.LIVE).run_at(130, 220, 160.0, 2.6)
    assert rig.cues(CueReason.BELOW)[0].kind is CueKind.EARCON


def test_when_nothing_is_judged_is_told() -> None:
    """Once when it begins, a dwell after the speed was left, and once when it is over; a target in spm is never off."""
    rig = CoachRig(PLUS_5, baseline=SPEEDS).until(0.0).feet(0.0, Feet.LIVE).run_at(1, 100, 168.0, 3.0)
    rig.run_at(100, 200, 168.0, 4.5).run_at(200, 300, 168.0, 3.0)
    (off_s, is_off), (back_s, is_still_off) = [(a.time_s, a.is_off) for a in rig.all_of(SetOffSpeed)]
    assert (is_off, is_still_off) == (True, False)
    assert 108 <= off_s <= 120
    assert 200 < back_s <= 210
    fixed = CoachRig(replace(PLUS_5, target=Fixed(172.0)), baseline=SPEEDS).until(0.0).feet(0.0, Feet.LIVE)
    assert fixed.run_at(1, 200, 168.0, 4.5).all_of(SetOffSpeed) == []


def test_a_target_in_steps_a_minute_is_judged_right_after_a_stage_that_was_off() -> None:
    """Too fast for the baseline in one stage; the next asks for 170 spm, whatever the speed."""
    rig = measured_then(replace(PLUS_5, duration_s=100.0))
    rig.state = replace(rig.state, plan=replace(rig.state.plan, stages=(*rig.state.plan.stages, FIXED)))
    rig.run_at(60, 300, 155.0, 4.4)
    assert [time_s >= 190 for time_s in rig.times(CueReason.BELOW)][:1] == [True]


def test_walks_that_are_stages_do_not_bring_the_beat_to_a_slow_jog_either() -> None:
    """Run and walk by turns, each a stage of its own, at 1.9 m/s: the beat of the second run does not begin."""
    run, walk = replace(PLUS_5, duration_s=60.0), replace(STAGE, target=Walk(), duration_s=30.0)
    rig = CoachRig(MEASURE, run, walk, run, walk, run, baseline=MeasuredBaseline()).until(0.0).feet(0.0, Feet.LIVE)
    rig.run_at(0, 60, 160.0, 3.0).run_at(60, 120, 150.0, 1.9)
    n_before = len(rig.tempos())
    for from_s in (120, 210):
        rig.feet(from_s, Feet.WALKING).run_at(from_s, from_s + 30, 110.0, 1.4).feet(from_s + 30.0, Feet.LIVE)
        rig.run_at(from_s + 30, from_s + 90, 150.0, 1.9)
    assert [spm for _, spm, _ in rig.tempos()[n_before:] if spm is not None] == []


@each_row("off_for_s", [5, 60])
def test_a_speed_that_nobody_tells_any_more_mutes_nobody(off_for_s: int) -> None:
    """Off the known speeds, and then only a cadence: a while later the runner is judged again."""
    rig = measured_then(PLUS_5).run_at(60, 100, 168.0, 3.0).run_at(100, 110 + off_for_s, 168.0, 4.4)
    rig.run(110 + off_for_s, 400, 160.0)
    assert rig.times(CueReason.BELOW)


def test_a_latch_of_a_jog_goes_with_its_speed() -> None:
    """A jog far slower, a walk, and then a sensor that tells no speed: the beat is back."""
    rig = measured_then(PLUS_5).run_at(60, 100, 150.0, 1.9).feet(100.0, Feet.WALKING).feet(120.0, Feet.LIVE)
    rig.run(120, 130, 165.0)
    assert rig.tempos()[-1][1] is not None

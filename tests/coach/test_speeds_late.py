"""Speeds that are told late: what a stop leaves behind in them is not taken for the runner's."""

from dataclasses import replace

from coach_rig import CORRECTIONS, STAGE, CoachRig
from each_row import each_row

from cadencecoach.coach.actions import CueReason, EnterStage, SetOffSpeed
from cadencecoach.coach.events import Key
from cadencecoach.coach.speeds import Speeds, believed_mps, in_run, in_walk, unheard
from cadencecoach.coach.stage import Measured
from cadencecoach.gait.reading import Feet
from cadencecoach.plan.model import MeasuredBaseline, Relative, SpeedsBaseline

MEASURE = replace(STAGE, name="Baseline", duration_s=180.0, measures_baseline=True)
PLUS_5 = replace(STAGE, target=Relative(0.05), duration_s=600.0)
SPEEDS = SpeedsBaseline(points=((2.5, 160.0), (3.5, 166.0)))


def stopped(rig: CoachRig, from_s: int, to_s: int, *, held_s: int = 4, late_s: int = 5) -> CoachRig:
    """A belt stops: the steps are held for a while, and after it the speed comes late."""
    rig.run_at(from_s, from_s + held_s, 160.0, 0.0).feet(from_s + held_s, Feet.STILL)
    return rig.feet(float(to_s), Feet.LIVE).run_at(to_s, to_s + late_s, 160.0, 0.0)


def begun(*stages: object, baseline: object = None) -> CoachRig:
    """A runner at the start of a session."""
    rig = CoachRig(*stages, baseline=baseline or MeasuredBaseline())  # type: ignore[arg-type]
    return rig.until(0.0).feet(0.0, Feet.LIVE)


@each_row(
    ("stops", "held_s", "late_s"),
    [
        (((20, 60),), 4, 5),
        (((20, 40), (70, 90)), 4, 5),
        (((1, 20),), 1, 9),
        (((20, 60),), 12, 20),
        (((165, 175),), 4, 5),
    ],
)
def test_a_stop_in_the_baseline_is_no_part_of_its_speed(
    stops: tuple[tuple[int, int], ...], held_s: int, late_s: int
) -> None:
    """Wherever in it, once or twice, and however late the speed: 3 m/s, and the next stage is judged as without it."""
    rig, at_s = begun(MEASURE, PLUS_5), 0
    for from_s, to_s in stops:
        rig.run_at(at_s, from_s, 160.0, 3.0)
        stopped(rig, from_s, to_s, held_s=held_s, late_s=late_s)
        at_s = to_s + late_s
    rig.run_at(at_s, 400, 160.0, 3.0)
    assert rig.state.speeds.known_mps == (3.0, 3.0)
    plain = begun(MEASURE, PLUS_5).run_at(0, 400, 160.0, 3.0)
    assert rig.times(*CORRECTIONS) == plain.times(*CORRECTIONS) != []
    assert rig.cues(CueReason.SPEED) == []


def test_a_speed_that_rises_slowly_does_not_move_the_baseline() -> None:
    """From 1.2 to 3 m/s in 30 s after a stop: most of the stage is run at 3, and that is its speed."""
    rig = stopped(begun(MEASURE, PLUS_5).run_at(0, 20, 160.0, 3.0), 20, 40)
    for second in range(45, 75):
        rig.run_at(second, second + 1, 160.0, 1.2 + 0.06 * (second - 45))
    assert rig.run_at(75, 200, 160.0, 3.0).state.speeds.known_mps == (3.0, 3.0)


def test_after_a_stop_nobody_is_off_the_known_speeds_by_a_speed_of_the_stop() -> None:
    """Two stops of the belt in a stage: the beat comes back with the run, and nothing is muted."""
    rig = begun(MEASURE, PLUS_5).run_at(0, 250, 160.0, 3.0)
    stopped(rig, 250, 270, late_s=9).run_at(279, 400, 160.0, 3.0)
    stopped(rig, 400, 440, late_s=9).run_at(449, 600, 160.0, 3.0)
    assert rig.all_of(SetOffSpeed) == []
    assert [at_s for at_s, spm, _ in rig.tempos() if spm is None] == [254.0, 404.0]
    assert [at_s for at_s in rig.times(CueReason.BELOW) if at_s > 440]


def test_a_pause_is_a_stop_too() -> None:
    """The belt stood while the session was paused, and tells so for some seconds after it."""
    rig = begun(MEASURE, PLUS_5).run_at(0, 250, 160.0, 3.0).press(250.0, Key.PAUSE)
    rig.feet(253.0, Feet.STILL).feet(280.0, Feet.LIVE).press(281.0, Key.PAUSE)
    rig.run_at(282, 290, 160.0, 1.2).run_at(291, 400, 160.0, 3.0)
    assert rig.all_of(SetOffSpeed) == []


def test_a_target_that_follows_speed_does_not_follow_a_stop() -> None:
    """The runner's curve says 163 at 3 m/s, before the stop and after it: the target never moves."""
    rig = begun(replace(STAGE, duration_s=60.0), PLUS_5, baseline=SPEEDS).run_at(0, 200, 163.0, 3.0)
    n_before = len(rig.all_of(EnterStage))
    stopped(rig, 200, 220, late_s=9).run_at(229, 400, 163.0, 3.0)
    assert len(rig.all_of(EnterStage)) == n_before


def test_a_stage_that_begins_after_a_stop_holds_the_runners_speed() -> None:
    """Ten seconds before the stage the belt stood: who is too quick is told to ease, and has not sprinted."""
    rig = stopped(begun(MEASURE, PLUS_5, replace(PLUS_5, target=Relative(0.0))).run_at(0, 750, 160.0, 3.0), 750, 772)
    rig.run_at(777, 830, 166.0, 3.0)
    assert rig.state.speeds.held_mps == 3.0
    assert rig.run_at(830, 900, 172.0, 3.0).cues(CueReason.ABOVE)


@each_row(("speed_mps", "is_believed"), [(1.01, False), (1.02, True), (3.0, True), (0.0, False)])
def test_a_speed_at_which_nobody_runs_is_not_a_runners(speed_mps: float, *, is_believed: bool) -> None:
    """At 160 steps a minute 38 cm a step are 1.013 m/s."""
    told = believed_mps(Speeds(), 50.0, speed_mps=speed_mps, cadence_spm=160.0)
    assert told == (speed_mps if is_believed else None)


@each_row(("now_r", "is_believed"), [(64.9, False), (65.0, True)])
def test_fifteen_seconds_after_a_walk_a_speed_counts_again(now_r: float, *, is_believed: bool) -> None:
    """Running since 50 s; while the walk lasts, and until then, none is the runner's."""
    walking = in_walk(Speeds())
    assert believed_mps(walking, 1e6, speed_mps=3.0, cadence_spm=160.0) is None
    running = in_run(walking, 50.0)
    assert in_run(running, 55.0) == running
    assert (believed_mps(running, now_r, speed_mps=3.0, cadence_spm=160.0) == 3.0) is is_believed


def test_how_long_somebody_was_off_the_speeds_is_not_counted_through_a_gap() -> None:
    """Two seconds off the known speeds, a minute without the sensor, and off them again: the dwell begins anew."""
    assert unheard(Speeds(off_r=50.0)).off_r == float("inf")
    assert unheard(Speeds(off_r=50.0, is_off=True)).off_r == 50.0
    rig = begun(MEASURE, PLUS_5).run_at(0, 250, 160.0, 3.0).run_at(250, 262, 160.0, 3.8)
    off_r = rig.state.speeds.off_r
    assert off_r < 262.0
    rig.feet(265.0, Feet.STALE).feet(267.0, Feet.LOST).feet(300.0, Feet.LIVE).run_at(300, 320, 160.0, 3.8)
    assert [action.time_s for action in rig.all_of(SetOffSpeed)] == [308.0]


@each_row(("n_told", "known_mps"), [(9, None), (10, (3.0, 3.0))])
def test_half_of_the_baseline_needs_a_speed(n_told: int, known_mps: tuple[float, float] | None) -> None:
    """Of twenty estimates; the speed is the middle one."""
    measured = Measured()
    for n in range(20):
        measured = measured.with_estimate(160.0, 3.0 if n < n_told else None, float(n))
    assert measured.known_mps == known_mps


def test_a_runner_whose_sensor_never_knows_a_speed_is_coached() -> None:
    """A pod that says 0 m/s beside 160 steps a minute, all the time: no speed is known, and nothing is off it."""
    rig = begun(MEASURE, PLUS_5).run_at(0, 400, 160.0, 0.0)
    assert rig.state.speeds.known_mps is None
    assert rig.cues(CueReason.BELOW)

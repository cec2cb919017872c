from dataclasses import replace

import pytest
from coach_rig import STAGE, CoachRig
from each_row import each_row
from own_feedback import FEEDBACK

from cadencecoach.coach.actions import CueReason, EnterStage, SetBaseline, WriteNote
from cadencecoach.coach.events import Key
from cadencecoach.gait.reading import Feet
from cadencecoach.plan.model import MeasuredBaseline, Relative

MEASURE = replace(STAGE, name="Baseline", duration_s=60.0, measures_baseline=True)

PLUS_5 = replace(STAGE, name="Rung", target=Relative(0.05), ramp_s=60.0)


def test_the_measured_baseline_is_the_mean_of_running_estimates() -> None:
    """Sixty estimates, half at 160 and half at 164, give 162; then the target is 5 % above it."""
    rig = CoachRig(MEASURE, PLUS_5, baseline=MeasuredBaseline()).runs((0, 30, 160.0), (30, 60, 164.0)).until(60.0)
    assert [(a.time_s, a.cadence_spm, a.n_readings) for a in rig.all_of(SetBaseline)] == [(60.0, 162.0, 60)]
    band = rig.all_of(EnterStage)[-1].band
    assert band.target_spm == pytest.approx(162.0 * 1.05)


def test_too_little_running_leaves_the_baseline_for_later() -> None:
    """Ten estimates are not enough: it is said, the next stage is free, and starts its target once there are 20."""
    rig = CoachRig(MEASURE, PLUS_5, baseline=MeasuredBaseline()).runs((0, 10, 160.0))
    rig.feet(10.0, Feet.LOST).until(61.0)
    assert rig.said(CueReason.BASELINE) == [(60.0, "No baseline yet. Keep running.")]
    assert rig.all_of(EnterStage)[-1].band is None
    rig.feet(100.0, Feet.LIVE).run(100, 120, 162.0)
    assert [(a.time_s, a.n_readings) for a in rig.all_of(SetBaseline)] == [(109.0, 20)]
    assert rig.all_of(EnterStage)[-1].band is not None
    assert [spm for _, spm, _ in rig.tempos()] == [161.0, pytest.approx(161.0 * 1.05)]


def test_walking_does_not_count_for_the_baseline() -> None:
    """Estimates while the feet walk are left out."""
    rig = CoachRig(MEASURE, PLUS_5, baseline=MeasuredBaseline()).runs((0, 30, 160.0))
    rig.feet(30.0, Feet.WALKING).run(30, 40, 110.0).feet(40.0, Feet.LIVE).run(40, 60, 160.0).until(60.0)
    assert [(a.cadence_spm, a.n_readings) for a in rig.all_of(SetBaseline)] == [(160.0, 50)]


def test_a_baseline_that_was_given_is_not_measured_again() -> None:
    """The measuring stage runs, and the given baseline stays."""
    rig = CoachRig(MEASURE, PLUS_5).runs((0, 60, 150.0)).until(60.0)
    assert rig.all_of(SetBaseline) == []
    assert rig.all_of(EnterStage)[-1].band.target_spm == pytest.approx(160.0 * 1.05)


def test_how_many_readings_make_a_baseline_is_the_plans() -> None:
    """`enough: 5 readings`: ten readings do, once a third of the stage was run."""
    few = replace(MEASURE, duration_s=27.0, feedback=replace(FEEDBACK, enough_readings=5))
    rig = CoachRig(few, PLUS_5, baseline=MeasuredBaseline()).runs((0, 10, 160.0))
    rig.feet(10.0, Feet.LOST).until(61.0)
    assert [a.n_readings for a in rig.all_of(SetBaseline)] == [10]


def test_the_first_seconds_of_a_walk_are_not_in_the_baseline() -> None:
    """The feet still count as running while the estimate falls: 114 and the readings before it say nothing of a run."""
    rig = CoachRig(MEASURE, PLUS_5, baseline=MeasuredBaseline()).runs((0, 30, 160.0))
    for second, (estimate_spm, reading_spm) in enumerate([(160.0, 116.0), (138.0, 114.0), (114.0, 112.0)], start=30):
        rig.read(second, estimate_spm, reading_spm)
    rig.feet(33.0, Feet.WALKING).run(33, 40, 112.0).feet(40.0, Feet.LIVE).run(40, 60, 160.0).until(61.0)
    assert [(a.cadence_spm, a.n_readings) for a in rig.all_of(SetBaseline)] == [(160.0, 50)]


@each_row(("upto_s", "is_taken"), [(40, False), (41, True), (42, True)])
def test_a_third_of_the_stage_has_to_be_run(upto_s: int, is_taken: bool) -> None:  # noqa: FBT001  # the outcome
    """Of two minutes forty seconds; with less it is said and written down, and the targets stay free."""
    long = replace(MEASURE, duration_s=120.0)
    rig = CoachRig(long, PLUS_5, baseline=MeasuredBaseline()).runs((0, upto_s, 160.0))
    rig.feet(float(upto_s), Feet.LOST).until(121.0)
    assert [a.running_s for a in rig.all_of(SetBaseline)] == ([upto_s - 1] if is_taken else [])
    assert (rig.all_of(EnterStage)[-1].band is not None) is is_taken
    notes = [note.text for note in rig.all_of(WriteNote)]
    few = ["no baseline taken: 39 s of running, 40 readings; 40 s and 20 readings are needed"]
    assert notes == ([] if is_taken else few)


def test_a_last_stage_that_measured_too_little_is_written_down_too() -> None:
    """No target waits for it, so nothing is said; the journal holds why there is no baseline."""
    rig = CoachRig(MEASURE, baseline=MeasuredBaseline()).runs((0, 15, 160.0))
    rig.feet(15.0, Feet.LOST).until(61.0)
    assert rig.said(CueReason.BASELINE) == []
    assert [note.about for note in rig.all_of(WriteNote)] == ["baseline"]


def test_of_a_stage_that_waits_for_a_key_a_third_of_what_it_lasted_counts() -> None:
    """Thirty seconds of running in two minutes are too few."""
    rig = CoachRig(replace(MEASURE, duration_s=None), PLUS_5, baseline=MeasuredBaseline()).runs((0, 30, 160.0))
    rig.feet(30.0, Feet.LOST).until(119.0).press(120.0, Key.NEXT)
    assert rig.all_of(SetBaseline) == []
    assert [note.about for note in rig.all_of(WriteNote)] == ["baseline"]

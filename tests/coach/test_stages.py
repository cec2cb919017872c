from dataclasses import replace

import pytest
from coach_rig import AT_170, STAGE, CoachRig

from cadencecoach.coach.actions import CueKind, CueReason, EndReason, EndSession, EnterStage, SetBaseline
from cadencecoach.coach.events import Key
from cadencecoach.gait.reading import Feet
from cadencecoach.plan.defaults import FULL_FEEDBACK
from cadencecoach.plan.model import (
    Beat,
    Between,
    CueAt,
    CueEvery,
    CueStyle,
    Fixed,
    MeasuredBaseline,
    Relative,
    Stage,
    Walk,
)

WARM_UP = replace(STAGE, name="Warm-up", duration_s=60.0)
MEASURE = replace(STAGE, name="Baseline", duration_s=60.0, measures_baseline=True)
PLUS_5 = replace(STAGE, name="Rung", target=Relative(0.05), ramp_s=60.0)


@pytest.mark.parametrize(
    ("stage", "words"),
    [
        (WARM_UP, "Warm-up."),
        (MEASURE, "Baseline. Run as you like."),
        (replace(AT_170, name="Main"), "Main. 170."),
        (replace(STAGE, name="Easy", target=Walk()), "Easy. Walk."),
        (replace(STAGE, name="Walk", target=Walk()), "Walk."),
        (replace(STAGE, name="Range", target=Between(168.0, 176.0)), "Range. 172."),
        (replace(STAGE, name="A-skips!", drill="2 x 20 m"), "A-skips! 2 x 20 m."),
        (
            replace(AT_170, beat=Beat.OFF, feedback=replace(FULL_FEEDBACK, style=CueStyle.NONE)),
            "Run. 170. Without help.",
        ),
    ],
)
def test_a_stage_is_announced_with_its_name_and_what_it_asks_for(stage: Stage, words: str) -> None:
    """One announcement at the start of the stage, and the stage itself for screen and record."""
    rig = CoachRig(stage).until(0.0)
    assert rig.said(CueReason.STAGE) == [(0.0, words)]
    assert [(a.index, a.name) for a in rig.all_of(EnterStage)] == [(0, stage.name)]


def test_three_two_one_comes_before_the_next_stage() -> None:
    """Three tones, a second apart, the last one second before the change."""
    rig = CoachRig(WARM_UP, WARM_UP).until(61.0)
    cues = rig.cues(CueReason.COUNTDOWN)
    assert [(c.time_s, c.kind) for c in cues] == [
        (57.0, CueKind.EARCON),
        (58.0, CueKind.EARCON),
        (59.0, CueKind.EARCON),
    ]


def test_a_very_short_stage_has_no_countdown() -> None:
    """Ten seconds would be half countdown."""
    rig = CoachRig(replace(WARM_UP, duration_s=10.0), WARM_UP).until(11.0)
    assert rig.cues(CueReason.COUNTDOWN) == []


def test_the_authors_cues_come_at_their_times() -> None:
    """Once at 20 s, and every 15 s, and nothing at the very end of the stage."""
    stage = replace(WARM_UP, cues=(CueAt(0.0, "Tall."), CueAt(20.0, "Relax."), CueEvery(15.0, "Light.")))
    rig = CoachRig(stage, WARM_UP).until(100.0)
    assert rig.said(CueReason.PLAN) == [(0, "Tall."), (15, "Light."), (20, "Relax."), (30, "Light."), (45, "Light.")]


def test_an_open_ended_stage_waits_for_the_key() -> None:
    """No duration: nothing happens by itself, the key leads on."""
    rig = CoachRig(replace(WARM_UP, duration_s=None), WARM_UP).until(5000.0).press(5000.5, Key.NEXT)
    assert [a.time_s for a in rig.all_of(EnterStage)] == [0.0, 5000.5]


def test_the_session_ends_after_the_last_stage() -> None:
    """The end is said, the beat stops, and nothing follows."""
    rig = CoachRig(replace(AT_170, duration_s=60.0)).until(60.0)
    assert rig.said(CueReason.SESSION) == [(60.0, "Session over.")]
    assert rig.tempos()[-1] == (60.0, None, 0.0)
    assert rig.actions[-1] == EndSession(time_s=60.0, reason=EndReason.FINISHED)
    n_actions = len(rig.actions)
    assert len(rig.press(61.0, Key.NEXT).actions) == n_actions


def test_the_measured_baseline_is_the_mean_of_running_estimates() -> None:
    """Sixty estimates, half at 160 and half at 164, give 162; then the target is 5 % above it."""
    rig = CoachRig(MEASURE, PLUS_5, baseline=MeasuredBaseline()).runs((0, 30, 160.0), (30, 60, 164.0)).until(60.0)
    assert [(a.time_s, a.cadence_spm, a.n_readings) for a in rig.all_of(SetBaseline)] == [(60.0, 162.0, 60)]
    band = rig.all_of(EnterStage)[-1].band
    assert band.target_spm == pytest.approx(162.0 * 1.05)


def test_the_tempo_ramps_up_from_the_runners_own_cadence() -> None:
    """Out of silence the beat starts at the baseline and takes the stage's ramp to the target."""
    rig = CoachRig(MEASURE, PLUS_5, baseline=MeasuredBaseline()).runs((0, 60, 160.0)).until(60.0)
    assert rig.tempos() == [(60.0, 160.0, 0.0), (60.0, 168.0, 60.0)]


def test_a_beat_that_sounds_ramps_on_from_its_tempo() -> None:
    """From 170 to 175 in the next stage: one order, with the ramp."""
    faster = replace(AT_170, target=Between(173.0, 177.0), ramp_s=45.0)
    rig = CoachRig(replace(AT_170, duration_s=60.0), faster).until(60.0)
    assert rig.tempos() == [(0.0, 170.0, 0.0), (60.0, 175.0, 45.0)]


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


def test_help_at_a_quarter_plays_a_quarter_of_each_cycle() -> None:
    """25 % of two minutes: 30 s with the beat, 90 s without, again and again."""
    rig = CoachRig(replace(AT_170, help_ratio=0.25, duration_s=300.0)).until(299.0)
    times = [(time_s, spm) for time_s, spm, _ in rig.tempos()]
    assert times == [(0, 170), (30, None), (120, 170), (150, None), (240, 170), (270, None)]


def test_corrections_wait_for_a_helped_stretch() -> None:
    """Out of the band from the start at 25 % help: a dwell after help, and with it the beat, has come again."""
    rig = CoachRig(replace(AT_170, help_ratio=0.25, duration_s=300.0)).runs((1, 200, 150.0))
    assert rig.times(CueReason.BELOW) == [128.0]


def test_help_nothing_is_silent() -> None:
    """No beat, no correction, for the whole stage."""
    rig = CoachRig(replace(AT_170, help_ratio=0.0)).runs((1, 500, 150.0))
    assert rig.tempos() == []
    assert rig.cues(CueReason.BELOW, CueReason.ABOVE, CueReason.BACK) == []


PROBE = replace(AT_170, beat=Beat.OFF, feedback=replace(FULL_FEEDBACK, style=CueStyle.NONE))


def test_a_probe_may_begin_with_words_of_recall() -> None:
    """Where the plan wants it, after the stage has been named; a stage with help never does."""
    rig = CoachRig(replace(PROBE, has_recall=True)).until(0.0)
    assert rig.said(CueReason.RECALL) == [(0.0, "Run as you did at the end of the last stage.")]
    assert [cue.reason for cue in rig.cues()] == [CueReason.STAGE, CueReason.RECALL]
    assert CoachRig(PROBE).until(0.0).cues(CueReason.RECALL) == []
    assert CoachRig(replace(AT_170, has_recall=True)).until(0.0).cues(CueReason.RECALL) == []


@pytest.mark.parametrize(
    ("changes", "reasons"),
    [
        ({}, [CueReason.COUNTDOWN] * 3),
        ({"countdown_from_s": 61.0}, []),
    ],
)
def test_whether_a_stage_is_counted_down_is_the_plans(changes: dict[str, float], reasons: list[CueReason]) -> None:
    """`countdown-from`: a shorter stage has no 3-2-1."""
    stage = replace(WARM_UP, feedback=replace(FULL_FEEDBACK, **changes))  # type: ignore[arg-type]
    assert [c.reason for c in CoachRig(stage, WARM_UP).until(59.5).cues(CueReason.COUNTDOWN)] == reasons


def test_how_many_readings_make_a_baseline_is_the_plans() -> None:
    """`enough: 5 readings`: ten seconds of running do."""
    few = replace(MEASURE, feedback=replace(FULL_FEEDBACK, enough_readings=5))
    rig = CoachRig(few, PLUS_5, baseline=MeasuredBaseline()).runs((0, 10, 160.0))
    rig.feet(10.0, Feet.LOST).until(61.0)
    assert [a.n_readings for a in rig.all_of(SetBaseline)] == [10]


def test_how_much_lies_behind_the_word_at_the_end_is_the_plans() -> None:
    """`summary-after: 2 min`: a minute of running is too little for a verdict."""
    stage = replace(AT_170, duration_s=60.0)
    late = replace(stage, feedback=replace(FULL_FEEDBACK, summary_after_s=120.0))
    assert CoachRig(stage, WARM_UP).runs((0, 60, 170.0)).until(61.0).cues(CueReason.SUMMARY)
    assert CoachRig(late, WARM_UP).runs((0, 60, 170.0)).until(61.0).cues(CueReason.SUMMARY) == []


def test_short_runs_at_one_target_do_not_each_get_a_verdict() -> None:
    """A minute of running, a minute free, by turns: how they go is said every three minutes at most."""
    run = replace(AT_170, duration_s=60.0, feedback=replace(FULL_FEEDBACK, settle_s=0.0))
    rest = replace(STAGE, duration_s=60.0)
    rig = CoachRig(*[run, rest] * 6).runs((0, 720, 170.0))
    times = rig.times(CueReason.SUMMARY)
    assert times == [60.0, 300.0, 540.0]


def test_another_target_gets_its_own_verdict() -> None:
    """Two rungs of a minute each: both are summed up."""
    rungs = [replace(AT_170, duration_s=60.0), replace(AT_170, target=Fixed(172.0), duration_s=60.0), STAGE]
    assert CoachRig(*rungs).runs((0, 130, 170.0)).times(CueReason.SUMMARY) == [60.0, 120.0]

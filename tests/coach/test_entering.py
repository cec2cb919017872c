from dataclasses import replace

from coach_rig import AT_170, STAGE, CoachRig
from each_row import each_row
from own_feedback import FEEDBACK

from cadencecoach.coach.actions import CueReason, EnterStage
from cadencecoach.plan.model import Beat, Between, CueStyle, MeasuredBaseline, Relative, Stage, Walk

WARM_UP = replace(STAGE, name="Warm-up", duration_s=60.0)

MEASURE = replace(STAGE, name="Baseline", duration_s=60.0, measures_baseline=True)

PLUS_5 = replace(STAGE, name="Rung", target=Relative(0.05), ramp_s=60.0)

PROBE = replace(AT_170, beat=Beat.OFF, feedback=replace(FEEDBACK, style=CueStyle.NONE))
SHORT_PROBE = replace(PROBE, duration_s=20.0)
HELPED = replace(AT_170, duration_s=20.0)


@each_row(
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
            replace(AT_170, beat=Beat.OFF, feedback=replace(FEEDBACK, style=CueStyle.NONE)),
            "Run. 170. Without help.",
        ),
        (replace(AT_170, help_ratio=0.0), "Run. 170. Without help."),
    ],
)
def test_a_stage_is_announced_with_its_name_and_what_it_asks_for(stage: Stage, words: str) -> None:
    """One announcement at the start of the stage, and the stage itself for screen and record."""
    rig = CoachRig(stage).until(0.0)
    assert rig.said(CueReason.STAGE) == [(0.0, words)]
    assert [(a.index, a.name) for a in rig.all_of(EnterStage)] == [(0, stage.name)]


def test_the_tempo_ramps_up_from_the_runners_own_cadence() -> None:
    """Out of silence the beat starts at the baseline and takes the stage's ramp to the target."""
    rig = CoachRig(MEASURE, PLUS_5, baseline=MeasuredBaseline()).runs((0, 60, 160.0)).until(60.0)
    assert rig.tempos() == [(60.0, 160.0, 0.0), (60.0, 168.0, 60.0)]


def test_a_beat_that_sounds_ramps_on_from_its_tempo() -> None:
    """From 170 to 175 in the next stage: one order, with the ramp."""
    faster = replace(AT_170, target=Between(173.0, 177.0), ramp_s=45.0)
    rig = CoachRig(replace(AT_170, duration_s=60.0), faster).until(60.0)
    assert rig.tempos() == [(0.0, 170.0, 0.0), (60.0, 175.0, 45.0)]


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


def test_a_probe_may_begin_with_words_of_recall() -> None:
    """Where the plan wants it, after the stage has been named; a stage with help never does."""
    rig = CoachRig(HELPED, replace(PROBE, has_recall=True)).until(20.0)
    assert rig.said(CueReason.RECALL) == [(20.0, "Run as you did at the end of the last stage.")]
    assert [cue.reason for cue in rig.cues() if cue.time_s >= 20.0] == [CueReason.STAGE, CueReason.RECALL]
    assert CoachRig(HELPED, PROBE).until(20.0).cues(CueReason.RECALL) == []
    assert CoachRig(HELPED, replace(HELPED, has_recall=True)).until(20.0).cues(CueReason.RECALL) == []


@each_row(
    "before",
    [(), (replace(STAGE, target=Walk(), duration_s=20.0),), (replace(STAGE, duration_s=20.0),), (SHORT_PROBE,)],
)
def test_there_is_nothing_to_recall_where_no_help_went_before(before: tuple[Stage, ...]) -> None:
    """At the start of a session, after a walk, after a free stage, after another probe."""
    rig = CoachRig(*before, replace(PROBE, has_recall=True)).until(20.0)
    assert rig.cues(CueReason.RECALL) == []

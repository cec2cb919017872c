from dataclasses import replace

from coach_rig import AT_170, STAGE, CoachRig
from each_row import each_row
from own_feedback import FEEDBACK

from cadencecoach.coach.actions import CueReason, EndReason, EndSession, EnterStage
from cadencecoach.coach.events import Key
from cadencecoach.gait.reading import Feet
from cadencecoach.plan.model import Fixed

WARM_UP = replace(STAGE, name="Warm-up", duration_s=60.0)


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


def test_how_much_lies_behind_the_word_at_the_end_is_the_plans() -> None:
    """`summary-after: 2 min`: a minute of running is too little for a verdict."""
    stage = replace(AT_170, duration_s=60.0)
    late = replace(stage, feedback=replace(FEEDBACK, summary_after_s=120.0))
    assert CoachRig(stage, WARM_UP).runs((0, 60, 170.0)).until(61.0).cues(CueReason.SUMMARY)
    assert CoachRig(late, WARM_UP).runs((0, 60, 170.0)).until(61.0).cues(CueReason.SUMMARY) == []


def test_short_runs_at_one_target_do_not_each_get_a_verdict() -> None:
    """A minute of running, a minute free, by turns: how they go is said every three minutes at most."""
    run = replace(AT_170, duration_s=60.0, feedback=replace(FEEDBACK, settle_s=0.0))
    rest = replace(STAGE, duration_s=60.0)
    rig = CoachRig(*[run, rest] * 6).runs((0, 720, 170.0))
    times = rig.times(CueReason.SUMMARY)
    assert times == [60.0, 300.0, 540.0]


def test_another_target_gets_its_own_verdict() -> None:
    """Two rungs of a minute each: both are summed up."""
    rungs = [replace(AT_170, duration_s=60.0), replace(AT_170, target=Fixed(172.0), duration_s=60.0), STAGE]
    assert CoachRig(*rungs).runs((0, 130, 170.0)).times(CueReason.SUMMARY) == [60.0, 120.0]


LOW = 160.0


@each_row(("inside_s", "n_words"), [(60, 0), (170, 0), (190, 1)])
def test_a_low_figure_is_not_said(inside_s: int, n_words: int) -> None:
    """Under 30 % in the band: the corrections have told it, and nobody is cheered by it."""
    stage = replace(AT_170, duration_s=600.0)
    rig = CoachRig(stage, WARM_UP).runs((0, inside_s, 170.0), (inside_s, 602, LOW))
    assert len(rig.cues(CueReason.SUMMARY)) == n_words


def test_from_which_figure_on_it_is_said_is_the_plans() -> None:
    """`summary-from: 0 %`."""
    stage = replace(AT_170, duration_s=600.0, feedback=replace(FEEDBACK, summary_from_ratio=0.0))
    assert CoachRig(stage, WARM_UP).runs((0, 602, LOW)).said(CueReason.SUMMARY) == [(600.0, "0 percent on target.")]


@each_row(("part", "n_words"), [(0.33, 0), (0.1, 1)])
def test_a_stage_mostly_walked_has_no_verdict(part: float, n_words: int) -> None:
    """Two of ten minutes run; `summary-part: 10 %` has one all the same."""
    stage = replace(AT_170, duration_s=600.0, feedback=replace(FEEDBACK, summary_part_ratio=part))
    rig = CoachRig(stage, WARM_UP).runs((0, 120, 170.0)).feet(120.0, Feet.WALKING).until(601.0)
    assert len(rig.cues(CueReason.SUMMARY)) == n_words

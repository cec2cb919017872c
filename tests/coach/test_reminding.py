"""How much is said: few, usual or many words beside corrections and safety."""

from dataclasses import replace

from coach_rig import AT_170, STAGE, CoachRig, plan_of
from each_row import each_row
from own_feedback import FEEDBACK

from cadencecoach.coach.actions import CueReason, GiveCue
from cadencecoach.coach.events import Key, PainRated
from cadencecoach.gait.reading import Feet
from cadencecoach.plan.feedback import Feedback, HowMuch
from cadencecoach.plan.how_much import say_as_chosen
from cadencecoach.plan.model import Beat, CueAt, CueStyle, Stage

ASIDE = {CueReason.COUNTDOWN, CueReason.SUMMARY, CueReason.BACK, CueReason.RECALL, CueReason.TIME}


def stage_with(words: HowMuch, stage: Stage = AT_170, **changes: float) -> Stage:
    """A stage that says so much."""
    return replace(stage, feedback=replace(FEEDBACK, words=words, **changes))  # type: ignore[arg-type]


def course(words: HowMuch) -> CoachRig:
    """Ten minutes at 170: too slow for a minute, then in the band; a probe after it."""
    probe = replace(stage_with(words), beat=Beat.OFF, has_recall=True)
    probe = replace(probe, feedback=replace(probe.feedback, style=CueStyle.NONE))
    rig = CoachRig(stage_with(words), probe).until(0.0).feet(1.0, Feet.LIVE)
    return rig.run(1, 90, 160.0).run(90, 700, 170.0).until(1201.0)


def reasons(rig: CoachRig) -> set[CueReason]:
    """Why anything was said."""
    return {action.reason for action in rig.actions if isinstance(action, GiveCue)}


def test_few_words_are_what_to_do() -> None:
    """No countdown, no word on how it went, no praise, no reminder; what a stage asks for, corrections and the end."""
    told = reasons(course(HowMuch.FEW))
    assert told & ASIDE == set()
    assert {CueReason.STAGE, CueReason.BELOW, CueReason.SESSION} <= told


def test_usual_words_are_as_without_a_word_about_it() -> None:
    """A plan and a runner who say nothing hear what is usual, and no reminders."""
    usual, unsaid = course(HowMuch.USUAL), course(HowMuch.AS_CHOSEN)
    assert [a for a in usual.actions if isinstance(a, GiveCue)] == [a for a in unsaid.actions if isinstance(a, GiveCue)]
    assert reasons(usual) & ASIDE == ASIDE - {CueReason.TIME}


def test_many_words_say_how_it_goes_half_way_and_the_last_minute() -> None:
    """In a stage with help, and never in a probe, which measures what a runner does alone."""
    told = course(HowMuch.MANY).said(CueReason.TIME)
    assert [time_s for time_s, _ in told] == [300, 540]
    assert told[0][1].startswith("Half way. ")
    assert told[0][1].endswith(" percent on target.")
    assert told[1][1] == "One minute left."


@each_row(("duration_s", "n_reminders"), [(239.0, 0), (240.0, 2), (241.0, 2)])
def test_a_short_stage_has_no_reminders(duration_s: float, n_reminders: int) -> None:
    """Half of three minutes and its last minute are nearly one."""
    rig = CoachRig(replace(stage_with(HowMuch.MANY, STAGE), duration_s=duration_s)).until(duration_s + 1)
    assert len(rig.said(CueReason.TIME)) == n_reminders


@each_row(("words", "n_praises"), [(HowMuch.FEW, 0), (HowMuch.USUAL, 1), (HowMuch.MANY, 2)])
def test_praise_comes_more_often_with_more_words(words: HowMuch, n_praises: int) -> None:
    """Back in the band twice within three minutes."""
    rig = CoachRig(stage_with(words)).until(0.0).feet(1.0, Feet.LIVE)
    rig.run(1, 60, 160.0).run(60, 120, 170.0).run(120, 170, 160.0).run(170, 230, 170.0)
    assert len(rig.cues(CueReason.BACK)) == n_praises


@each_row("words", list(HowMuch))
def test_safety_is_said_whatever_was_chosen(words: HowMuch) -> None:
    """Pain, a lost sensor, the author's words, the end: never less."""
    spoken = replace(stage_with(words), cues=(CueAt(20.0, "Relax."),))
    rig = CoachRig(spoken).until(0.0).feet(1.0, Feet.LIVE).run(1, 30, 170.0).feet(35.0, Feet.LOST).until(60.0)
    rig.press(61.0, Key.PAIN).take(PainRated(62.0, 9)).until(80.0)
    assert {CueReason.STAGE, CueReason.PLAN, CueReason.SENSOR_LOST, CueReason.PAIN} <= reasons(rig)


def test_a_plan_says_otherwise_than_the_runner() -> None:
    """The runner's choice holds where the plan says nothing, stage by stage."""
    plan = plan_of(replace(STAGE, feedback=Feedback()), stage_with(HowMuch.MANY))
    assert [one.feedback.words for one in say_as_chosen(plan, HowMuch.FEW).stages] == [HowMuch.FEW, HowMuch.MANY]
    assert plan.stages[0].feedback.words is HowMuch.AS_CHOSEN

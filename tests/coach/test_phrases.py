from dataclasses import replace

from coach_rig import AT_170, CORRECTIONS, STAGE, CoachRig, plan_of

from cadencecoach.coach.phrases import sentences, vocabulary
from cadencecoach.gait.reading import Feet
from cadencecoach.plan.model import CueAt, MeasuredBaseline, Relative, Walk
from cadencecoach.plan.phrasebook import ENGLISH


def test_a_text_is_spoken_sentence_by_sentence() -> None:
    """Full stops, question and exclamation marks end a sentence; a decimal point does not."""
    assert sentences("First rung. 172. Ready? Go! Plus 2.5 %.") == (
        "First rung.",
        "172.",
        "Ready?",
        "Go!",
        "Plus 2.5 %.",
    )


def test_what_a_runner_must_act_on_has_at_most_seven_words() -> None:
    """Longer sentences are not heard while running."""
    phrases = [*ENGLISH.below, *ENGLISH.above, ENGLISH.follow_the_beat]
    assert all(len(phrase.split()) <= 7 for phrase in phrases)


def test_everything_that_is_said_was_in_the_vocabulary_before_the_start() -> None:
    """A session with all kinds of stages says no sentence that a voice could not have prepared."""
    stages = (
        replace(STAGE, name="Own pace", measures_baseline=True, duration_s=60.0, cues=(CueAt(3.0, "Relax! Breathe."),)),
        replace(AT_170, duration_s=300.0),
        replace(STAGE, name="Up", target=Relative(0.05), duration_s=200.0),
        replace(STAGE, name="Easy", target=Walk(), duration_s=60.0),
        replace(STAGE, name="Skips", drill="Two times 20 m", duration_s=60.0),
    )
    rig = CoachRig(*stages, baseline=MeasuredBaseline()).runs((1, 100, 160.0), (100, 200, 190.0), (200, 300, 170.0))
    rig.feet(305.0, Feet.LOST).feet(330.0, Feet.LIVE).run(330, 700, 168.0).until(700.0)
    known = set(vocabulary(plan_of(*stages, baseline=MeasuredBaseline())))
    said = {sentence for cue in rig.cues() if cue.kind.value == "spoken" for sentence in sentences(cue.text)}
    assert said <= known
    assert rig.cues(*CORRECTIONS)

import statistics
from dataclasses import replace

import pytest
from each_row import each_row

from cadencecoach.cohort.population.learner import Learner, Lived
from cadencecoach.cohort.population.traits import Answers, Traits, runner
from cadencecoach.plan.timeline import Timeline

OWN_SPM = 164.0
TARGET_SPM = 1.05 * OWN_SPM
CALM = replace(
    runner(0, seed=1),
    answers=Answers.BOTH,
    own_spm=OWN_SPM,
    day_ratio=0.0,
    wander_ratio=0.0,
    noise_ratio=0.0,
    speed_wander_mps=0.0,
    slow_share=0.0,
    stops_per_hour=0.0,
    lapse_s=1e9,
    awkward_share=0.0,
    find_s=5.0,
    lose_s=1e9,
)


def ramp(from_s: float, ramp_s: float) -> Timeline:
    """From the own cadence to the target."""
    return Timeline(start_s=from_s, start_beat=0.0, from_spm=OWN_SPM, to_spm=TARGET_SPM, ramp_s=ramp_s)


def live(learner: Learner, from_s: int, to_s: int) -> list[Lived]:
    """The seconds after one time, up to and with another."""
    return [learner.live(float(time_s)) for time_s in range(from_s + 1, to_s + 1)]


def cadence(seconds: list[Lived]) -> float:
    """Their mean cadence."""
    return statistics.fmean(second.cadence_spm for second in seconds)


def calm(**changed: object) -> Traits:
    """A runner without chance in the legs."""
    return replace(CALM, **changed)  # type: ignore[arg-type]


def test_the_same_calls_give_the_same_seconds() -> None:
    """Nothing but seed, traits and what was heard decides."""
    runs = []
    for _ in range(2):
        learner = Learner(runner(3, seed=1), seed="a")
        learner.hear_beat(20.0, ramp(20.0, 30.0))
        learner.hear_words(200.0, 1)
        runs.append(live(learner, 0, 400))
    assert runs[0] == runs[1]


def test_whatever_is_heard_the_day_is_the_same() -> None:
    """Two policies meet the same wander, the same stops and the same own cadence."""
    traits = replace(runner(3, seed=1), answers=Answers.NEITHER, stops_per_hour=60.0, guidance_share=0.0)
    silent, told = Learner(traits, seed="a"), Learner(traits, seed="a")
    for time_s in range(0, 600, 20):
        told.hear_words(float(time_s), 1)
    seconds = live(silent, 0, 600)
    assert seconds == live(told, 0, 600)
    assert any(second.cadence_spm == 0.0 for second in seconds)


def test_a_follower_comes_to_the_beat_and_stays() -> None:
    """Found within the time to find it, held while it sounds."""
    learner = Learner(CALM, seed="a")
    learner.hear_beat(0.0, Timeline.steady(start_s=0.0, tempo_spm=TARGET_SPM))
    live(learner, 0, 60)
    assert cadence(live(learner, 60, 300)) == pytest.approx(TARGET_SPM, rel=0.002)


def test_a_ramp_is_followed_as_a_ramp() -> None:
    """Half way through the minute about half way."""
    learner = Learner(CALM, seed="a")
    learner.hear_beat(0.0, Timeline.steady(start_s=0.0, tempo_spm=OWN_SPM))
    live(learner, 0, 40)
    learner.hear_beat(40.0, ramp(40.0, 60.0))
    live(learner, 40, 69)
    assert cadence(live(learner, 69, 71)) == pytest.approx((OWN_SPM + TARGET_SPM) / 2, abs=1.5)


@each_row("answers", [Answers.WORDS, Answers.NEITHER])
def test_who_cannot_step_with_a_beat_is_only_pulled(answers: Answers) -> None:
    """Spontaneous entrainment saturates at about 2 %."""
    learner = Learner(calm(answers=answers, pull_ratio=0.02), seed="a")
    learner.hear_beat(0.0, Timeline.steady(start_s=0.0, tempo_spm=1.08 * OWN_SPM))
    live(learner, 0, 60)
    seconds = live(learner, 60, 120)
    assert not any(second.is_with_beat for second in seconds)
    assert 1.0 < cadence(seconds) / OWN_SPM <= 1.023


def test_words_move_the_mind_and_are_given_up() -> None:
    """A correction raises the cadence by its size, and after some minutes little of it is left."""
    learner = Learner(calm(words_ratio=0.03, hold_s=120.0, learn_min=1e9), seed="a")
    learner.hear_words(0.0, 1)
    assert max(second.cadence_spm for second in live(learner, 0, 30)) == pytest.approx(1.03 * OWN_SPM, rel=0.006)
    live(learner, 30, 600)
    assert cadence(live(learner, 600, 660)) == pytest.approx(OWN_SPM, rel=0.002)


def test_words_mean_nothing_to_who_does_not_answer_to_them() -> None:
    """Non-responders do not respond."""
    learner = Learner(calm(answers=Answers.BEAT), seed="a")
    learner.hear_words(0.0, 1)
    assert cadence(live(learner, 0, 60)) == OWN_SPM


def test_many_cues_lose_their_effect() -> None:
    """The tenth of ten cues in a row does less than the first."""
    learner = Learner(calm(words_ratio=0.01, dulls_share=0.3, hold_s=1e9), seed="a")
    gains, before = [], OWN_SPM
    for number in range(10):
        learner.hear_words(number * 20.0, 1)
        after = live(learner, number * 20, number * 20 + 20)[-1].cadence_spm
        gains.append(after - before)
        before = after
    assert gains[-1] < gains[0] / 3


def test_a_tone_does_its_share() -> None:
    """A tone half as strong as words moves half as far."""
    traits = calm(tones_share=0.5, words_ratio=0.04, hold_s=1e9, learn_min=1e9)
    told, toned = Learner(traits, seed="a"), Learner(traits, seed="a")
    told.hear_words(0.0, 1)
    toned.hear_tone(0.0, 1)
    words_spm = live(told, 0, 60)[-1].cadence_spm - OWN_SPM
    tone_spm = live(toned, 0, 60)[-1].cadence_spm - OWN_SPM
    assert tone_spm == pytest.approx(words_spm / 2, rel=0.05)


def test_the_rhythm_of_a_beat_outlasts_it_for_a_while() -> None:
    """Soon after the beat most of the change is there, much later it is given up."""
    learner = Learner(calm(intake_s=60.0, hold_s=240.0, learn_min=1e9), seed="a")
    learner.hear_beat(0.0, Timeline.steady(start_s=0.0, tempo_spm=TARGET_SPM))
    live(learner, 0, 600)
    learner.hear_beat(600.0, None)
    live(learner, 600, 620)
    assert cadence(live(learner, 620, 650)) > 1.035 * OWN_SPM
    live(learner, 650, 2400)
    assert cadence(live(learner, 2400, 2460)) == pytest.approx(OWN_SPM, rel=0.005)


def habit_after(traits: Traits, beat: bool) -> float:  # noqa: FBT001
    """Habit after twenty minutes at the target: with the beat, or by a mind that never lets go."""
    learner = Learner(traits, seed="a")
    if beat:
        learner.hear_beat(0.0, Timeline.steady(start_s=0.0, tempo_spm=TARGET_SPM))
    else:
        learner.hear_words(0.0, 1)
    live(learner, 0, 1200)
    return learner.habit_ratio


@each_row(("guidance", "least", "most"), [(0.5, 0.4, 0.75), (0.0, 0.9, 1.1)])
def test_help_slows_learning_down_by_the_guidance_share(guidance: float, least: float, most: float) -> None:
    """The same practice leaves less under a beat; with the effect turned off it leaves the same."""
    traits = calm(guidance_share=guidance, words_ratio=0.05, hold_s=1e9, beat_delay_s=0.0, find_s=1.0)
    assert least < habit_after(traits, beat=True) / habit_after(traits, beat=False) < most


def test_a_habit_is_there_the_next_day_and_fades_over_weeks() -> None:
    """What was learned begins the next session, less after a long break."""
    learner = Learner(calm(forget_days=100.0), seed="a")
    learner.hear_beat(0.0, Timeline.steady(start_s=0.0, tempo_spm=TARGET_SPM))
    live(learner, 0, 3600)
    learned = learner.habit_ratio
    learner.begin_session(1, after_days=0.0)
    assert learned > 0.01
    assert live(learner, 0, 1)[0].cadence_spm == pytest.approx(OWN_SPM * (1.0 + learned), rel=0.001)
    learner.begin_session(2, after_days=100.0)
    assert learner.habit_ratio == pytest.approx(learned / 2.718, rel=0.01)


def test_nobody_changes_by_more_than_the_limit() -> None:
    """Neither a wild beat nor many words move anybody further."""
    learner = Learner(calm(most_ratio=0.1, dulls_share=0.0), seed="a")
    learner.hear_beat(0.0, Timeline.steady(start_s=0.0, tempo_spm=240.0))
    for time_s in range(0, 300, 10):
        learner.hear_words(float(time_s), 1)
    seconds = live(learner, 0, 600)
    assert max(second.cadence_spm for second in seconds) <= 1.1 * OWN_SPM + 0.01


def test_the_pod_rounds_to_whole_strides() -> None:
    """What is shown comes in steps of two."""
    shown = {second.shown_spm for second in live(Learner(runner(1, seed=1), seed="a"), 0, 300)}
    assert len(shown) > 3
    assert all(value % 2 == 0 for value in shown)


def test_pace_falls_by_the_share_of_a_change() -> None:
    """A runner told to match a beat slows down."""
    learner = Learner(calm(slow_share=0.5, speed_mps=3.0), seed="a")
    learner.hear_beat(0.0, Timeline.steady(start_s=0.0, tempo_spm=TARGET_SPM))
    assert live(learner, 0, 120)[-1].speed_mps == pytest.approx(3.0 * (1.0 - 0.5 * 0.05), rel=0.003)

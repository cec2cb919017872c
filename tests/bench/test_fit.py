"""What the simulated learning is fitted to: courses at +7.5 %, of which the studies report what was kept."""

import statistics

import pytest

from bench.population.drawing import runner
from bench.population.learner import Learner
from bench.population.loop import DAYS_BETWEEN, run
from cadencecoach.plan.checks.reading import load_plan

MINUTES = (15, 17, 19, 21, 24, 26, 28, 30)
FADED = (100, 100, 100, 100, 75, 50, 25, 10)
MUSIC = (100,) * 8
FOLLOWERS = (0, 1, 3, 5, 6, 9)
PLAN = """\
plan: Course
baseline: athlete
stages:
  - {{name: Run, duration: {minutes} min, target: +7.5 %, ramp: 60 s, beat: on, feedback: full, help: {percent} %}}
"""


def kept(number: int, percents: tuple[int, ...]) -> float:
    """The part of the change that is habit after eight sessions."""
    traits = runner(number, seed=1)
    learner = Learner(traits, seed=f"fit/{number}")
    for session, (minutes, percent) in enumerate(zip(MINUTES, percents, strict=True)):
        learner.begin_session(session, after_days=DAYS_BETWEEN)
        run(load_plan(PLAN.format(minutes=minutes, percent=percent).encode(), "course"), learner, traits.own_spm)
    return learner.habit_ratio / 0.075


@pytest.mark.slow
@pytest.mark.parametrize("percents", [FADED, MUSIC], ids=["faded", "constant"])
def test_followers_keep_most_of_a_course(percents: tuple[int, ...]) -> None:
    """93 % and more in the studies (sms.12413 faded, 17461391.2022.2042398 constant); the model keeps a little less."""
    assert 0.75 <= statistics.fmean(kept(number, percents) for number in FOLLOWERS) <= 1.05

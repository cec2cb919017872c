"""What a course leaves in simulated runners, beside what the studies report: `python -m bench.fit [runners]`.

The simulated learning is fitted to courses at +7.5 %. 93 % of the change and more were kept there (sms.12413 faded,
17461391.2022.2042398 constant); the model keeps a little less.
"""

import statistics
import sys
from collections.abc import Iterable, Mapping

from cadencecoach.cohort.population.learner import Learner
from cadencecoach.cohort.population.loop import DAYS_BETWEEN, run
from cadencecoach.cohort.population.traits import runner
from cadencecoach.plan.checks.reading import load_plan

MINUTES = (15, 17, 19, 21, 24, 26, 28, 30)
HELP: Mapping[str, tuple[int, ...]] = {"faded": (100, 100, 100, 100, 75, 50, 25, 10), "constant": (100,) * 8}
FOLLOWERS = (0, 1, 3, 5, 6, 9)  # numbers of runners who follow a beat
LEAST, MOST = 0.75, 1.05
CHANGE_RATIO = 0.075
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
    return learner.habit_ratio / CHANGE_RATIO


def mean_kept(numbers: Iterable[int], percents: tuple[int, ...]) -> float:
    """The mean of what these runners keep."""
    return statistics.fmean(kept(number, percents) for number in numbers)


def main() -> int:
    """Print what is kept; the status is 1 where it is not near the studies."""
    numbers = FOLLOWERS[: int(sys.argv[1])] if len(sys.argv) > 1 else FOLLOWERS
    parts = {name: mean_kept(numbers, percents) for name, percents in HELP.items()}
    for name, part in parts.items():
        print(f"{name:10}{100 * part:6.1f} % kept after eight sessions, the mean of {len(numbers)} who follow")
    return int(not all(LEAST <= part <= MOST for part in parts.values()))


if __name__ == "__main__":
    sys.exit(main())

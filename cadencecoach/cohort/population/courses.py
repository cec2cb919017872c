"""Whole courses as jobs: which there are of a population, and what one of them comes to."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from cadencecoach.cohort.population.figures import Course
from cadencecoach.cohort.population.loop import course
from cadencecoach.cohort.population.policies import NOISY, POLICIES
from cadencecoach.cohort.population.traits import runner

BY_NAME = {policy.name: policy for policy in (*POLICIES, *NOISY)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How much is run.

    Attributes:
        n_runners: of each seed
        n_sessions: of each runner
        seeds: of the populations
        policies: names
        scaled: assumptions and their factors
    """

    n_runners: int
    n_sessions: int
    seeds: tuple[int, ...] = (1,)
    policies: tuple[str, ...] = tuple(policy.name for policy in POLICIES)
    scaled: Mapping[str, float] = field(default_factory=dict)

    def jobs(self) -> Iterator["Job"]:
        """One for each course, runner by runner: broken off, it has compared all policies on the first of them."""
        for seed in self.seeds:
            for number in range(self.n_runners):
                for policy in self.policies:
                    yield Job(policy, seed, number, self.n_sessions, dict(self.scaled))


@dataclass(frozen=True, slots=True)
class Job:
    """One course to run."""

    policy: str
    seed: int
    number: int
    n_sessions: int
    scaled: Mapping[str, float]


def run_job(job: Job) -> Course:
    """One course. The runner's days depend on seed and number alone, so that all policies meet the same ones."""
    traits = runner(job.number, seed=job.seed, scaled=job.scaled)
    days_seed = f"{job.seed}/{job.number}"
    sessions = course(BY_NAME[job.policy], traits, seed=days_seed, n_sessions=job.n_sessions)
    return Course(policy=job.policy, seed=job.seed, number=job.number, answers=traits.answers, sessions=sessions)

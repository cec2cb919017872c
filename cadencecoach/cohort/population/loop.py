"""The closed loop: the coach's own session, and a simulated runner who hears what it does.

Shared with a live session: the plan's text and its reading, `session.session.Session`, the tracker of the feet, the
coach. Left out: the bytes of a pod (readings are handed over, one a second, rounded as a pod's strides are), the
journal's file, the sound: what the coach does within a second is heard in the next one.
"""

import random
from dataclasses import replace
from functools import cache

from cadencecoach.coach.actions import Action, CueKind, CueReason, GiveCue, SetNoise, SetTempo
from cadencecoach.coach.grading import GRADES
from cadencecoach.cohort.population.learner import Learner
from cadencecoach.cohort.population.policies import NOISY, POLICIES, Policy
from cadencecoach.cohort.population.tally import CORRECTIONS, Sums, Tally
from cadencecoach.cohort.population.traits import Traits
from cadencecoach.gait.reading import Reading
from cadencecoach.gait.vote import Vote
from cadencecoach.plan.model import Plan
from cadencecoach.session.session import Session

DAYS_BETWEEN = 7 / 3  # three sessions a week
N_BASELINE_RUNS = 2  # their mean is an adequate criterion (Craib 1994)
BY_NAME = {policy.name: policy for policy in (*POLICIES, *NOISY)}


@cache
def plan_of(policy_name: str, session: int) -> Plan:
    """A policy's plan of a session, read once."""
    return BY_NAME[policy_name].plan(session)


def course(policy: Policy, traits: Traits, *, seed: str, n_sessions: int) -> tuple[Sums, ...]:
    """A whole course of one runner under one policy, session by session. Pure: the same arguments, the same sums."""
    learner = Learner(traits, seed=seed)
    baseline_spm = _baseline_spm(traits, seed)
    sums = []
    for number in range(n_sessions):
        learner.begin_session(number, after_days=DAYS_BETWEEN if number else 0.0)
        counted = run(plan_of(policy.name, number), learner, baseline_spm)
        # Before the very first work there is nothing that could have stayed.
        sums.append(counted if number else replace(counted, first_s=0.0, first_in_s=0.0, first_ratio_s=0.0))
    return tuple(sums)


def run(plan: Plan, learner: Learner, baseline_spm: float) -> Sums:
    """One session."""
    tally = Tally(baseline_spm=baseline_spm)

    def perform(action: Action) -> None:
        tally.note_action(action)
        tell(learner, action)

    session = Session(plan, baseline_spm=baseline_spm, vote=Vote(), perform=perform, write=lambda _: None)
    time_s = 0.0
    while not session.is_over:
        time_s += 1.0
        second = learner.live(time_s)
        tally.note_second(time_s, second)
        is_running = second.cadence_spm > 0
        session.take_reading(
            Reading(time_s=time_s, cadence_spm=second.shown_spm, speed_mps=second.speed_mps, is_running=is_running)
        )
    return tally.sums


def tell(learner: Learner, action: Action) -> None:
    """Let the runner hear an action; announcements and praise change nothing."""
    match action:
        case SetTempo():
            learner.hear_beat(action.time_s, action.timeline)
        case SetNoise(level=level):
            learner.hear_noise(level / GRADES)
        case GiveCue(reason=CueReason.PLAN):
            learner.hear_words(action.time_s, 1)
        case GiveCue(kind=kind, reason=reason) if reason in CORRECTIONS:
            correction = 1 if reason is CueReason.BELOW else -1
            (learner.hear_words if kind is CueKind.SPOKEN else learner.hear_tone)(action.time_s, correction)
        case _:
            pass


def _baseline_spm(traits: Traits, seed: str) -> float:
    """The runner's own cadence as two runs on two days have it."""
    source = random.Random(f"{seed}/baseline")  # noqa: S311  # a simulation, not a secret
    days = [1.0 + traits.day_ratio * source.gauss(0.0, 1.0) for _ in range(N_BASELINE_RUNS)]
    return traits.own_spm * sum(days) / len(days)

"""From counts to figures: of one runner, of many, and the three claims."""

import statistics
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from cadencecoach.cohort.population.policies import BEAT, OURS, POLICIES, WATCH
from cadencecoach.cohort.population.tally import Sums
from cadencecoach.cohort.population.traits import Answers

MOST_BEHIND_POINTS = 2.0
MOST_CUES_SHARE = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """What one runner came to under one policy.

    Attributes:
        policy: its name
        seed: of the population
        number: of the runner
        answers: what the runner answers to
        sessions: the counts, session by session
    """

    policy: str
    seed: int
    number: int
    answers: Answers
    sessions: tuple[Sums, ...]

    def whole(self) -> Sums:
        """The course as one count."""
        sums = Sums()
        for one in self.sessions:
            sums.add(one)
        return sums


@dataclass(frozen=True, slots=True)
class Figure:
    """One column of the report."""

    title: str
    digits: int
    of: Callable[[Sums], float]


def _percent(part: float, whole: float) -> float:
    return 100.0 * part / whole if whole else 0.0


FIGURES: tuple[Figure, ...] = (
    Figure("in band, %", 1, lambda s: _percent(s.work_in_s + s.first_in_s + s.last_in_s, _all_s(s))),
    Figure("at work, %", 1, lambda s: _percent(s.work_in_s, s.work_s)),
    Figure("in probes, %", 1, lambda s: _percent(s.first_in_s + s.last_in_s, s.first_s + s.last_s)),
    Figure("before work, %", 1, lambda s: _percent(s.first_in_s, s.first_s)),
    Figure("cues/min", 2, lambda s: 60.0 * s.n_feedback / s.work_s),
    Figure("corrections/min", 2, lambda s: 60.0 * s.n_corrections / s.work_s),
    Figure("false/h", 2, lambda s: 3600.0 * s.n_false / s.work_s),
    Figure("to band, s", 0, lambda s: s.reach_s / s.n_sessions),
    Figure("with beat, %", 0, lambda s: _percent(s.beat_s, s.work_s)),
    Figure("beats/min", 2, lambda s: 60.0 * s.n_beats / s.work_s),
    Figure("deserted, %", 1, lambda s: _percent(s.deserted_s, s.work_s)),
    Figure("swings/h", 2, lambda s: 3600.0 * s.n_swings / s.work_s),
    Figure("standing/h", 2, lambda s: 3600.0 * s.n_standing / s.work_s),
)
IN_BAND, AT_WORK, IN_PROBES, RETAINED, CUES, CORRECTIONS = FIGURES[:6]


def _all_s(sums: Sums) -> float:
    return sums.work_s + sums.first_s + sums.last_s


@dataclass(frozen=True, slots=True)
class Spread:
    """Of many runners: the median, and what 5 % are below and 5 % above; the mean beside it."""

    median: float
    low: float
    high: float
    mean: float


def spread(values: Iterable[float]) -> Spread:
    """The spread of at least one value; with few values the edges are the least and the greatest."""
    ordered = sorted(values)
    return Spread(
        statistics.median(ordered), _quantile(ordered, 0.05), _quantile(ordered, 0.95), statistics.fmean(ordered)
    )


def _quantile(ordered: Sequence[float], level: float) -> float:
    return ordered[round(level * (len(ordered) - 1))]


@dataclass(frozen=True, slots=True)
class Claim:
    """Something the simulation is there to refute.

    Attributes:
        text: what is claimed
        figure: what was found
        holds: whether it stands
    """

    text: str
    figure: float
    holds: bool


def claims(courses: Sequence[Course]) -> tuple[Claim, ...]:
    """The three of them, by means over all runners.

    The cues of ours are all feedback, praise too; those of the watch are its alerts only.
    """
    behind = [_behind(courses, figure) for figure in (IN_BAND, AT_WORK)]
    share = mean(courses, OURS.name, CUES) / max(mean(courses, WATCH.name, CORRECTIONS), 1e-9)
    gain = mean(courses, OURS.name, IN_PROBES) - mean(courses, BEAT.name, IN_PROBES)
    within = f"at most {MOST_BEHIND_POINTS:g} points behind the best other policy in time in band"
    return (
        Claim(f"{within}, whole session", behind[0], behind[0] <= MOST_BEHIND_POINTS),
        Claim(f"{within}, the work stage alone", behind[1], behind[1] <= MOST_BEHIND_POINTS),
        Claim("at most half the cues of the watch", share, share <= MOST_CUES_SHARE),
        Claim("more points in band in probes than beat always on", gain, gain > 0),
    )


def mean(courses: Iterable[Course], policy: str, figure: Figure) -> float:
    """Mean of a figure over the runners under a policy."""
    return statistics.fmean(figure.of(one.whole()) for one in courses if one.policy == policy)


def _behind(courses: Sequence[Course], figure: Figure) -> float:
    """Points from ours to the best other policy; negative where ours is ahead."""
    run = {one.policy for one in courses}
    others = [policy.name for policy in POLICIES if policy is not OURS and policy.name in run]
    return max(mean(courses, name, figure) for name in others) - mean(courses, OURS.name, figure)

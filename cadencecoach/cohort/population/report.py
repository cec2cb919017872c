"""The figures as text. The first line says what this is."""

from collections.abc import Iterable, Iterator, Sequence

from cadencecoach.cohort.population.figures import (
    CUES,
    FIGURES,
    IN_BAND,
    IN_PROBES,
    Claim,
    Course,
    Figure,
    claims,
    mean,
    spread,
)
from cadencecoach.cohort.population.policies import POLICIES
from cadencecoach.cohort.population.traits import Answers

FIRST_LINE = (
    "This is a simulation: it is here to catch a policy that nags, swings or deserts the runner, "
    "and says nothing about any real runner."
)
NAME_WIDTH = 24
FORMS = ("{:.0f}", "{:.1f}", "{:.2f}", "{:.3f}")  # by digits after the point


def lines(courses: Sequence[Course]) -> Iterator[str]:
    """The whole report but its first line."""
    yield from _by_policy(courses)
    yield ""
    yield from _by_answers(courses)
    yield ""
    yield from _by_session(courses)
    yield ""
    yield from _claim_lines(courses)


def _by_policy(courses: Sequence[Course]) -> Iterator[str]:
    names = [policy.name for policy in POLICIES if any(one.policy == policy.name for one in courses)]
    yield "Of each runner over the course; over the runners: mean | median [5 % .. 95 %]"
    yield f"{'':{18}}" + "".join(f" {name:>{NAME_WIDTH + 6}}" for name in names)
    for figure in FIGURES:
        cells = [_cell(courses, name, figure) for name in names]
        yield f"{figure.title:<18}" + "".join(f" {cell:>{NAME_WIDTH + 6}}" for cell in cells)


def _cell(courses: Iterable[Course], policy: str, figure: Figure) -> str:
    of = spread(figure.of(one.whole()) for one in courses if one.policy == policy)
    mean_, median, low, high = (FORMS[figure.digits].format(value) for value in (of.mean, of.median, of.low, of.high))
    return f"{mean_} | {median} [{low} .. {high}]"


def _by_answers(courses: Sequence[Course]) -> Iterator[str]:
    yield "Means by what the runners answer to: in band % / in probes % / cues a minute"
    yield f"{'':{NAME_WIDTH}}" + "".join(f"{answers.value:>{NAME_WIDTH}}" for answers in Answers)
    for policy in POLICIES:
        cells = [_group(courses, policy.name, answers) for answers in Answers]
        yield f"{policy.name:<{NAME_WIDTH}}" + "".join(f"{cell:>{NAME_WIDTH}}" for cell in cells)


def _group(courses: Sequence[Course], policy: str, answers: Answers) -> str:
    group = [one for one in courses if one.policy == policy and one.answers is answers]
    if not group:
        return "-"
    return (
        f"{mean(group, policy, IN_BAND):.1f} / {mean(group, policy, IN_PROBES):.1f} / {mean(group, policy, CUES):.2f}"
    )


def _by_session(courses: Sequence[Course]) -> Iterator[str]:
    """How a course goes: means of each session over all runners."""
    yield "Session by session, means: in band at work % ; in the silent stage after it % ; cues"
    for policy in POLICIES:
        own = [one.sessions for one in courses if one.policy == policy.name]
        if not own:
            continue
        days = list(zip(*own, strict=True))
        work = (100 * sum(s.work_in_s for s in day) / sum(s.work_s for s in day) for day in days)
        last = (100 * sum(s.last_in_s for s in day) / sum(s.last_s for s in day) for day in days)
        cues = (sum(s.n_feedback for s in day) / len(day) for day in days)
        yield f"{policy.name:<{NAME_WIDTH}}" + " ".join(f"{value:5.0f}" for value in work)
        yield f"{'':<{NAME_WIDTH}}" + " ".join(f"{value:5.0f}" for value in last)
        yield f"{'':<{NAME_WIDTH}}" + " ".join(f"{value:5.1f}" for value in cues)


def _claim_lines(courses: Sequence[Course]) -> Iterator[str]:
    seeds = sorted({one.seed for one in courses})
    of_seeds = [claims([one for one in courses if one.seed == seed]) for seed in seeds]
    yield "What is claimed of ours, by means over the runners"
    for number, claim in enumerate(claims(courses)):
        yield _claim_line(claim, [of_seed[number] for of_seed in of_seeds])


def _claim_line(claim: Claim, of_seeds: Sequence[Claim]) -> str:
    verdict = "holds" if claim.holds else "FAILS"
    figures = sorted(one.figure for one in of_seeds)
    over = "" if figures[0] == figures[-1] else f"; over {len(figures)} seeds {figures[0]:.2f} to {figures[-1]:.2f}"
    return f"{verdict:<6} {claim.text}: {claim.figure:.2f}{over}"

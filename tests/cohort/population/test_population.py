"""The closed loop of cadencecoach/cohort/population, and what must never break in it."""

from dataclasses import replace
from pathlib import Path

import pytest
from each_row import each_row

from cadencecoach.cohort.population.courses import Job, Size, run_job
from cadencecoach.cohort.population.figures import AT_WORK, CORRECTIONS, CUES, FIGURES, Course, claims, mean, spread
from cadencecoach.cohort.population.kept import keep, key_of, read_kept
from cadencecoach.cohort.population.policies import OURS, POLICIES, WATCH, Policy
from cadencecoach.cohort.population.report import FIRST_LINE, lines
from cadencecoach.cohort.population.sensitivity import variants
from cadencecoach.cohort.population.traits import ASSUMPTIONS
from cadencecoach.plan.checks.reading import check_plan

N_SESSIONS = 20
SMALL = Size(n_runners=3, n_sessions=2)  # the fewest for all claims; `cadencecoach cohort simulate` has many times more


@each_row("policy", POLICIES, ids=lambda policy: policy.name)
def test_every_policy_is_a_plan_of_half_an_hour_without_a_finding(policy: Policy) -> None:
    """The same coach runs them all, from text that `plan check` has nothing to say about."""
    for session in range(N_SESSIONS):
        checked = check_plan(policy.text(session).encode(), policy.name)
        assert checked.findings == ()
        assert checked.plan is not None
        assert checked.plan.duration_s == 1800.0


@pytest.mark.slow
def test_the_same_seed_gives_the_same_numbers() -> None:
    """A course is a function of policy, seed and number; another seed is another course."""
    job = Job(OURS.name, 1, 0, 1, {})
    assert run_job(job) == run_job(job)
    assert run_job(job).sessions != run_job(Job(OURS.name, 2, 0, 1, {})).sessions


def test_every_assumed_number_is_varied() -> None:
    """The sensitivity run leaves none out, and turns the guidance effect off."""
    tried = [name for name, _ in variants()]
    for one in ASSUMPTIONS:
        assert one.is_assumed == (f"{one.name} halved" in tried) == (f"{one.name} doubled" in tried)
    assert "no guidance effect" in tried


def test_the_report_says_that_it_is_a_simulation() -> None:
    """In its first line."""
    assert FIRST_LINE.startswith("This is a simulation")


def test_spread_is_median_and_edges() -> None:
    """Of a hundred and one values the sixth and the ninety-sixth."""
    of = spread(float(value) for value in range(101))
    assert (of.median, of.low, of.high, of.mean) == (50.0, 5.0, 95.0, 50.0)


pytestmark = pytest.mark.timeout(240)  # all courses are run in the first test that wants them


@pytest.fixture(scope="module")
def courses() -> list[Course]:
    """Three runners, two sessions, all policies: fifteen courses."""
    return [run_job(job) for job in SMALL.jobs()]


@pytest.mark.slow
def test_ours_does_not_nag(courses: list[Course]) -> None:
    """At most half the cues of the watch, praise of ours included."""
    assert mean(courses, OURS.name, CUES) <= 0.5 * mean(courses, WATCH.name, CORRECTIONS)


@pytest.mark.slow
@pytest.mark.parametrize(("title", "most"), [("deserted, %", 10.0), ("swings/h", 0.5), ("standing/h", 0.0)])
def test_ours_neither_deserts_nor_swings(courses: list[Course], title: str, most: float) -> None:
    """Who is out of the band is helped, nobody is driven from side to side, and who stands hears nothing."""
    figure = next(one for one in FIGURES if one.title == title)
    assert mean(courses, OURS.name, figure) <= most


@pytest.mark.slow
def test_ours_is_not_behind(courses: list[Course]) -> None:
    """Every claim stands on the small population too, and would not if the watch had coached in our name."""
    assert [claim.text for claim in claims(courses) if not claim.holds] == []
    names = {OURS.name: WATCH.name, WATCH.name: OURS.name}
    changed_over = [replace(one, policy=names.get(one.policy, one.policy)) for one in courses]
    assert sum(not claim.holds for claim in claims(changed_over)) > len(claims(courses)) / 2


@pytest.mark.slow
def test_the_report_names_every_policy_and_verdict(courses: list[Course]) -> None:
    """A person can read from it what was compared and what came of it."""
    text = "\n".join(lines(courses))
    assert all(policy.name in text for policy in POLICIES)
    assert text.count("holds") + text.count("FAILS") == len(claims(courses))
    assert mean(courses, OURS.name, AT_WORK) > 0


@pytest.mark.slow
def test_a_run_that_broke_off_goes_on_where_it_was(tmp_path: Path) -> None:
    """A kept course is known again; a torn last line and another plan's course are not."""
    path = tmp_path / "kept.jsonl"
    job = Job(WATCH.name, 1, 0, 1, {})
    one = run_job(job)
    keep(path, job, one)
    with path.open("a", encoding="utf-8") as file:
        file.write('\n{"key": "torn')
    assert read_kept(path) == {key_of(job): one}
    assert key_of(Job(WATCH.name, 1, 0, 1, {"hold_s": 2.0})) not in read_kept(path)

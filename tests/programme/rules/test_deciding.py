"""Decisions as a whole: what can never happen, and how days are counted."""

from dataclasses import replace
from datetime import timedelta

import pytest
from each_row import each_row
from hypothesis import given, settings
from hypothesis import strategies as st
from programme_rig import Athlete, clean_course, day, programme, rules_in, rung, text_of

from cadencecoach.programme.calendar import planned_days
from cadencecoach.programme.load import passes
from cadencecoach.programme.model import ClinicLimits, Kind, Programme, Treats
from cadencecoach.programme.rules.deciding import decide, entry_of, plan_to_run
from cadencecoach.programme.rules.verdict import Verdict
from cadencecoach.record.entries import Flag, Moment, SessionRun, Site

# Generated programmes are wilder than any text that passes the check: limits passed, two things raised at once.
SESSIONS = st.builds(
    rung,
    st.sampled_from([0.0, 0.025, 0.05, 0.075, 0.1]),
    st.sampled_from([10, 15, 20, 30, 45]),
    rest=st.integers(0, 3),
    kind=st.sampled_from([Kind.SESSION, Kind.SESSION, Kind.SESSION, Kind.REASSESSMENT]),
)
LIMITS = st.builds(
    ClinicLimits,
    target_ratio=st.none() | st.sampled_from([0.025, 0.05, 0.075]),
    session_s=st.none() | st.sampled_from([900.0, 1200.0, 1800.0]),
    sessions_a_week=st.integers(1, 5),
)
PROGRAMMES = st.builds(
    lambda sessions, limits, treats, more: programme(*sessions, limits=limits, treats=treats, **more),
    st.lists(SESSIONS, min_size=1, max_size=6),
    LIMITS,
    st.none() | st.sampled_from(Treats),
    st.fixed_dictionaries(
        {},
        optional={"probe_ratio": st.none(), "clean_sessions": st.integers(1, 2), "level_ups_a_week": st.integers(1, 3)},
    ),
)
# What a day may bring: nothing, a clean run, half a run, pain, a flag, or weeks without anything.
DAYS = st.lists(
    st.sampled_from(
        ["run", "run", "run", "rest", "half", "pain 2", "pain 4", "pain 7", "flag", "sore", "stiff", "hurts", "away"]
    ),
    max_size=14,
)


def lived(on: Programme, days: list[str]) -> list[tuple[Athlete, int]]:
    """An athlete who does what the programme asks for, day after day; before each day what is known then."""
    athlete, number = Athlete(on), 0
    known = []
    for what in days:
        decision = athlete.on_day(number)
        known.append((Athlete(on), number))
        known[-1][0].rows, known[-1][0].log = list(athlete.rows), list(athlete.log)
        if what != "rest" and decision.session is not None and decision.verdict is not Verdict.REST:
            athlete.ran(number, decision.item, part=0.5 if what == "half" else 1.0)
            if what.startswith("pain"):
                athlete.says(number, Moment.DURING, pain=int(what[-1]), site=Site.KNEE)
            if what == "sore":
                athlete.says(number, Moment.AFTER, soreness=5)
        if what == "stiff":
            athlete.says(number, Moment.MORNING, pain=0, soreness=4)
        if what == "hurts":
            athlete.says(number, Moment.BEFORE, pain=4, site=Site.HIP)
        if what == "flag":
            athlete.says(number, Moment.AFTER, flags=[Flag.LIMP])
        number += 20 if what == "away" else 1
    return [*known, (athlete, number)]


@given(PROGRAMMES, DAYS)
def test_no_decision_passes_a_limit_or_advances_two_things_or_on_a_red_flag(on: Programme, days: list[str]) -> None:
    """Whatever the programme says and whatever happens: held at every decision along the way."""
    assert_never_unsafe(on, days)


@pytest.mark.slow
@pytest.mark.timeout(240)
def test_nor_does_any_of_hundreds_of_programmes(request: pytest.FixtureRequest) -> None:
    """The same, for many more; with `--long` for two thousand."""
    n_programmes = 2000 if request.config.getoption("long") else 500
    settings(max_examples=n_programmes)(given(PROGRAMMES, DAYS)(assert_never_unsafe))()


def assert_never_unsafe(on: Programme, days: list[str]) -> None:
    """Every decision along the way: within the limits, one thing at a time, nothing after a red flag."""
    for athlete, number in lived(on, days):
        decision = athlete.on_day(number)
        ran = [entry.item for entry in athlete.log if isinstance(entry, SessionRun) and entry.item is not None]
        is_red = any(getattr(e, "flags", None) or (getattr(e, "pain", None) or 0) > 5 for e in athlete.log)
        assert decision.reasons or decision.verdict is Verdict.FINISHED
        if decision.session is not None:
            assert not passes(decision.session, on.limits)
        if is_red:
            assert decision.verdict is Verdict.STOP
            assert decision.session is None
        if decision.move is Verdict.ADVANCE:
            assert decision.level == ran[-1] + 1
            assert_one_thing(on, ran[-1], decision.level)
        assert decision.verdict is not Verdict.ADVANCE or within_week(athlete, number, on)


def assert_one_thing(on: Programme, last: int, level: int) -> None:
    """From the step of the ladder below to this one, not both target and minutes go up."""
    if level >= len(on.sessions) or on.sessions[level].kind is not Kind.SESSION:
        return
    below = next((one for one in reversed(on.sessions[: last + 1]) if one.kind is Kind.SESSION), None)
    above = on.sessions[level]
    if below is not None:
        is_higher = (above.target_ratio or 0) > (below.target_ratio or 0)
        assert not (is_higher and above.run_s > below.run_s)


def within_week(athlete: Athlete, number: int, on: Programme) -> bool:
    """Whether a run today would be one of those a week allows."""
    since = day(number) - timedelta(days=6)
    return sum(row.day >= since for row in athlete.rows) < on.limits.sessions_a_week


def test_rest_days_are_waited_for() -> None:
    """The session comes with its first day, and the wait with its reason."""
    athlete = clean_course(programme(rung(minutes=15, rest=2), rung(minutes=17)), [0])
    decision = athlete.on_day(1)
    assert (decision.verdict, decision.move, decision.item) == (Verdict.REST, Verdict.ADVANCE, 1)
    assert decision.not_before == day(3)
    assert text_of(decision, "rest") == "rest until 2026-03-05"
    assert athlete.on_day(3).verdict is Verdict.ADVANCE


def test_the_sessions_of_a_week_are_counted() -> None:
    """With two a week the third waits until the first is seven days ago."""
    on = programme(*(rung(rest=0) for _ in range(4)), limits=ClinicLimits(sessions_a_week=2))
    decision = clean_course(on, [0, 1]).on_day(3)
    assert (decision.verdict, decision.not_before) == (Verdict.REST, day(7))
    assert "2 sessions a week are allowed" in text_of(decision, "rest")


@each_row(
    ("moment", "soreness", "asked", "first"),
    [(Moment.BEFORE, 4, 4, 7), (Moment.DURING, 4, 3, 4), (Moment.AFTER, 4, 3, 4)],
)
def test_days_off_follow_soreness(moment: Moment, soreness: int, asked: int, first: int) -> None:
    """Two days after soreness before a run, one after soreness in it."""
    number = 4 if moment is Moment.BEFORE else 2
    athlete = clean_course(programme(), [0, 2]).says(number, moment, soreness=soreness)
    assert athlete.on_day(asked).not_before == day(first)


def test_missed_weeks_step_back_one_level_each() -> None:
    """And never below the first."""
    athlete = clean_course(programme(level_ups_a_week=9), [0, 2, 4, 6])
    assert [athlete.on_day(number).level for number in (14, 15, 22, 26)] == [4, 2, 1, 1]
    assert clean_course(programme(), [0]).on_day(19).level == 0


def test_a_layoff_brings_the_refresher_at_the_target_of_the_level() -> None:
    """After it the level has gone back; once it is run the layoff is over."""
    athlete = clean_course(programme(rung(0.05), rung(0.05), rung(0.075), rung(0.075), probe_ratio=None), [0, 2, 4])
    decision = athlete.on_day(26)
    assert (decision.verdict, decision.item, decision.level) == (Verdict.REFRESHER, None, 0)
    assert decision.session is not None
    assert decision.session.target_ratio == 0.05
    athlete.ran(26, None)
    again = athlete.on_day(28)
    assert (again.verdict, again.item) == (Verdict.STEP_BACK, 0)


def test_a_refresher_that_asks_for_more_than_the_level_is_none() -> None:
    """After a layoff somebody who walks and runs steps back, and is not sent on a longer run."""
    short = replace(rung(minutes=8), target_ratio=None)
    athlete = clean_course(programme(short, short, short), [0, 2])
    assert (athlete.on_day(25).verdict, athlete.on_day(25).item) == (Verdict.STEP_BACK, 0)
    limited = programme(rung(0.025), rung(0.025), rung(0.025), limits=ClinicLimits(target_ratio=0.025))
    decision = clean_course(limited, [0, 2]).on_day(25)
    assert decision.session is not None
    assert (decision.verdict, decision.session.target_ratio) == (Verdict.REFRESHER, 0.025)


def test_the_end_is_the_end_until_a_refresher_is_due() -> None:
    """Finished, three weeks later a refresher, then finished again."""
    athlete = clean_course(programme(rung(), rung()), [0, 2])
    assert athlete.on_day(4).verdict is Verdict.FINISHED
    assert athlete.on_day(4).session is None
    assert athlete.on_day(23).verdict is Verdict.REFRESHER
    assert athlete.ran(23, None).on_day(25).verdict is Verdict.FINISHED


def test_a_step_back_passes_over_a_reassessment() -> None:
    """It measures and is no step of the ladder."""
    on = programme(rung(), rung(kind=Kind.REASSESSMENT), rung())
    athlete = clean_course(on, [0, 2, 4]).says(4, Moment.DURING, soreness=5)
    assert athlete.on_day(7).level == 0


def test_exercises_alone_come_first_where_the_programme_begins_with_them() -> None:
    """The first run waits for them."""
    decision = Athlete(programme(lead_days=28)).on_day(3)
    assert (decision.verdict, decision.not_before) == (Verdict.REST, day(28))


def test_the_order_of_what_is_known_does_not_matter() -> None:
    """History is sorted by its days; entries of days to come do not count."""
    athlete = clean_course(programme(), [0, 2, 4])
    backwards = decide(athlete.on, tuple(reversed(athlete.rows)), athlete.log, day(9))
    assert backwards == athlete.on_day(9)
    assert athlete.on_day(3) == clean_course(programme(), [0, 2]).on_day(3)


def test_an_answer_that_comes_late_still_counts() -> None:
    """The morning's pain is told two days later, and the decision is another."""
    athlete = clean_course(programme(), [0, 2])
    assert athlete.on_day(4).move is Verdict.ADVANCE
    assert athlete.says(3, Moment.MORNING, pain=4, site=Site.KNEE).on_day(4).move is Verdict.STEP_BACK


def test_a_decision_becomes_an_entry_with_its_reasons() -> None:
    """For the log: the verdict, the level, a sentence for each rule."""
    decision = clean_course(programme(), [0]).on_day(2)
    entry = entry_of(decision, at="2026-03-04T07:00:00Z", day=day(2))
    assert (entry.verdict, entry.level) == ("advance", 1)
    assert entry.reasons[0].startswith("clean: '+5 % for 15' was clean")
    assert rules_in(decision) == ["clean"]


def test_the_limit_counts_from_the_athletes_own_baseline() -> None:
    """A baseline by flag moves targets and never the limit."""
    on = programme(rung(), limits=ClinicLimits(target_ratio=0.05))
    assert plan_to_run(on.sessions[0], 160.0).limits.baseline_spm == 160.0


def test_the_calendar_holds_rest_and_the_weeks_limit() -> None:
    """Two a week, one day between, two weeks' lead."""
    assert planned_days([rung(), rung(), rung(), rung()], 2, lead_days=14) == (14, 16, 21, 23)

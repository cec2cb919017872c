"""The sessions run, and what was said around them, sorted from the log."""

from dataclasses import replace

import pytest
from each_row import each_row
from programme_rig import Athlete, at, day, programme, rules_in, rung, text_of

from cadencecoach.programme.facts import Facts, facts_of
from cadencecoach.programme.rules.verdict import Verdict
from cadencecoach.record.entries import CheckIn, Moment, Site


def facts(athlete: Athlete, number: int) -> Facts:
    """On the nth day."""
    return facts_of(athlete.on, athlete.rows, athlete.log, day(number))


def test_check_ins_find_their_session_by_name_or_by_day() -> None:
    """The morning belongs to the run before it, a named one to its session whenever it was made."""
    athlete = Athlete(programme()).ran(0, 0).ran(2, 1)
    first = athlete.rows[0].id
    athlete.says(3, Moment.MORNING, pain=2)
    athlete.enters(CheckIn(at=at(3), day=day(3), moment=Moment.AFTER, session=first, pain=4))
    done = facts(athlete, 4).done
    assert [one.at(Moment.AFTER).pain for one in done] == [4, 0]
    assert [one.at(Moment.MORNING).pain for one in done] == [None, 2]


def test_of_several_check_ins_the_worst_counts() -> None:
    """Also against the key pressed in the run, whose place nobody knows."""
    athlete = Athlete(programme()).ran(0, 0).says(0, Moment.DURING, pain=3, site=Site.KNEE)
    athlete.says(0, Moment.DURING, pain=1, site=Site.CALF)
    (done,) = facts(athlete, 1).done
    assert (done.pain.pain, done.pain.site) == (3, Site.KNEE)


@each_row(("number", "pain"), [(1, 3), (3, 3), (4, None), (5, None)])
def test_a_morning_days_later_says_nothing_of_the_run(number: int, pain: int | None) -> None:
    """After three days it is about something else."""
    athlete = Athlete(programme()).ran(0, 0).says(number, Moment.MORNING, pain=3)
    assert facts(athlete, 5).done[0].at(Moment.MORNING).pain == pain


def test_what_was_said_before_a_run_that_did_not_take_place_waits() -> None:
    """It speaks against the next one."""
    athlete = Athlete(programme()).ran(0, 0).says(2, Moment.BEFORE, soreness=4)
    assert [(on, said.soreness) for on, said in facts(athlete, 2).pending] == [(day(2), 4)]


def test_the_lowest_readiness_of_a_session_counts() -> None:
    """As for pain the worst."""
    athlete = Athlete(programme()).ran(0, 0).says(0, Moment.BEFORE, readiness=7).says(0, Moment.BEFORE, readiness=4)
    assert facts(athlete, 1).done[0].at(Moment.BEFORE).readiness == 4


@each_row(("part", "counts"), [(0.0, False), (0.33, False), (1 / 3, True), (0.34, True), (1.0, True)])
def test_less_than_a_third_is_not_done(part: float, counts: bool) -> None:  # noqa: FBT001  # the outcome
    """The same session is next, and none is counted; a third of it is a session that was cut short."""
    athlete = Athlete(programme()).ran(0, 0).ran(2, 1, part=part)
    known = facts(athlete, 4)
    assert [one.counts for one in known.done] == [True, counts]
    assert len(known.counted) == 1 + counts
    decision = athlete.on_day(4)
    assert (decision.move, decision.item) == ((Verdict.ADVANCE, 2) if part == 1 else (Verdict.HOLD, 1))
    assert ("hardly run" in rules_in(decision)) is not counts


def test_of_a_silent_sensor_nobody_knows_that_little_was_run() -> None:
    """Heard for a fifth of the time, and running in it: all of it may have been run, and a fifth is known."""
    athlete = Athlete(programme()).ran(0, 0, part=0.2)
    athlete.rows[0] = replace(athlete.rows[0], duration_s=900.0, coverage_ratio=0.2)
    (done,) = facts(athlete, 2).done
    assert done.part is not None
    assert [done.part.least, done.part.most] == pytest.approx([0.2, 1.0])
    assert done.counts
    assert "as the sensor was silent in the rest" in text_of(athlete.on_day(2), "cut short")


def test_of_a_runner_who_tapped_now_and_then_the_time_counts() -> None:
    """As of one without a sensor: taps are no sign of how much was run."""
    athlete = Athlete(programme()).ran(0, 0, part=0.05)
    athlete.rows[0] = replace(athlete.rows[0], duration_s=900.0, coverage_ratio=0.05, steps_from="taps")
    (done,) = facts(athlete, 2).done
    assert done.part is not None
    assert [done.part.least, done.part.most] == pytest.approx([1.0, 1.0])
    assert "cut short" not in rules_in(athlete.on_day(2))


def test_pain_in_a_session_given_up_early_decides_all_the_same() -> None:
    """It does not count as done; what was said in it does."""
    athlete = Athlete(programme()).ran(0, 0).ran(2, 1, part=0.1).says(2, Moment.DURING, soreness=5)
    assert rules_in(athlete.on_day(4))[0] == "sore in the run"


def test_the_last_session_given_up_early_is_no_end() -> None:
    """Weeks after it the programme is not finished, and goes on with it after the refresher."""
    athlete = Athlete(programme(rung(), rung())).ran(0, 0).ran(2, 1, part=0.2)
    assert athlete.on_day(4).item == 1
    assert athlete.on_day(30).move is not Verdict.FINISHED
    assert rules_in(athlete.on_day(30))[0] == "layoff"


def test_probes_and_level_ups_are_counted_without_what_was_given_up() -> None:
    """Two held probes stay two running, with a start that came to nothing between them."""
    on = programme(rung(0.05), rung(0.05), rung(0.075))
    athlete = Athlete(on).ran(0, 0).ran(2, 1, part=0.1, probe=None).ran(4, 1)
    assert (athlete.on_day(6).move, athlete.on_day(6).item) == (Verdict.ADVANCE, 2)


def test_a_level_up_given_up_early_is_none() -> None:
    """The level was gone up to on the day it was run for good, which is a week ago on the fifteenth."""
    athlete = Athlete(programme()).ran(0, 0).ran(1, 1, part=0.1).ran(8, 1).ran(10, 2)
    assert rules_in(athlete.on_day(12))[0] == "level-ups"
    late = Athlete(programme()).ran(0, 0).ran(8, 1, part=0.1).ran(9, 1).ran(11, 2)
    assert [rules_in(late.on_day(number))[0] for number in (15, 16)] == ["level-ups", "clean"]

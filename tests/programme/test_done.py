"""The sessions run, and what was said around them, sorted from the log."""

from programme_rig import Athlete, at, day, programme

from cadencecoach.programme.facts import Facts, facts_of
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


def test_a_morning_days_later_says_nothing_of_the_run() -> None:
    """After three days it is about something else."""
    athlete = Athlete(programme()).ran(0, 0).says(4, Moment.MORNING, pain=3)
    assert facts(athlete, 5).done[0].at(Moment.MORNING).pain is None


def test_what_was_said_before_a_run_that_did_not_take_place_waits() -> None:
    """It speaks against the next one."""
    athlete = Athlete(programme()).ran(0, 0).says(2, Moment.BEFORE, soreness=4)
    assert [(on, said.soreness) for on, said in facts(athlete, 2).pending] == [(day(2), 4)]

"""What an answer means for the session that comes next."""

from programme_rig import Athlete, clean_course, day, programme

from cadencecoach.desk.checkin.meaning import shown_decision
from cadencecoach.programme.rules.verdict import Verdict
from cadencecoach.record.entries import Moment

ON = programme()


def test_a_session_for_today_is_for_tomorrow_where_something_said_keeps_from_running() -> None:
    """Soreness 6, then a session set by hand, which what was said before decides no more: it is none for today."""
    athlete = clean_course(ON, [0])
    decision = athlete.on_day(2)
    athlete.says(2, Moment.BEFORE, soreness=6)
    assert decision.not_before == day(2)
    shown, why = shown_decision(decision, athlete.log, day(2))
    assert (shown.verdict, shown.not_before, shown.level) == (Verdict.REST, day(3), decision.level)
    assert "Soreness 6 of 10" in why


def test_at_the_limit_and_on_the_next_day_nothing_is_kept() -> None:
    """5 keeps nobody from running, and an answer is of its day."""
    at_limit = clean_course(ON, [0]).says(2, Moment.BEFORE, soreness=5)
    above = clean_course(ON, [0]).says(2, Moment.BEFORE, soreness=6)
    for athlete, number in ((at_limit, 2), (above, 3)):
        decision = athlete.on_day(number)
        assert shown_decision(decision, athlete.log, day(number)) == (decision, "")


def test_a_rest_that_is_longer_and_a_stop_stay_as_they_are() -> None:
    """The later day counts; a stop says itself why."""
    resting = clean_course(ON, [0]).says(0, Moment.AFTER, soreness=8)
    decision = resting.on_day(0)
    assert decision.not_before is not None
    assert decision.not_before > day(0)
    assert shown_decision(decision, resting.log, day(0))[0] == decision
    stopped = Athlete(ON).says(0, Moment.BEFORE, pain=7)
    assert shown_decision(stopped.on_day(0), stopped.log, day(0)) == (stopped.on_day(0), "")

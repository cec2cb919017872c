"""What is known on a day, sorted from the log."""

from programme_rig import START, Athlete, at, day, programme

from cadencecoach.programme.facts import Facts, facts_of
from cadencecoach.record.entries import ProgrammeSet, SessionRun


def facts(athlete: Athlete, number: int) -> Facts:
    """On the nth day."""
    return facts_of(athlete.on, athlete.rows, athlete.log, day(number))


def test_nothing_of_days_to_come_is_known() -> None:
    """A decision asked for yesterday is that of yesterday."""
    athlete = Athlete(programme()).ran(0, 0).ran(5, 1)
    assert len(facts(athlete, 4).done) == 1
    assert facts(athlete, 4).last_run == START


def test_a_programme_that_begins_anew_forgets_the_sessions_before() -> None:
    """An exchanged one does not; a session beyond its end counts as its last."""
    athlete = Athlete(programme()).ran(0, 0).ran(2, 1)
    exchange = ProgrammeSet(at=at(3), day=day(3), name="Test", sha256="1", because="shorter")
    athlete.enters(exchange, SessionRun(at=at(4), day=day(4), session="x", item=40))
    assert [one.item for one in facts(athlete, 5).done] == [0, 1, 4]
    athlete.enters(ProgrammeSet(at=at(6), day=day(6), name="Test", sha256="2", because="started"))
    assert facts(athlete, 6).done == ()

"""Sessions done over those planned."""

from programme_rig import Athlete, clean_course, day, programme

from cadencecoach.programme.adherence import adherence_of
from cadencecoach.programme.facts import facts_of
from cadencecoach.record.entries import Moment, Site


def counts(athlete: Athlete, today: int, until: int | None = None) -> tuple[int, int] | None:
    """Done and planned."""
    facts = facts_of(athlete.on, athlete.rows, athlete.log, day(today))
    told = adherence_of(facts, athlete.on_day(today).level, None if until is None else day(until))
    return None if told is None else (told.n_done, told.n_planned)


def test_a_session_of_today_is_not_missed_yet() -> None:
    """Every second day one is planned, the first on the first day."""
    athlete = Athlete(programme())
    assert [counts(athlete, today) for today in range(4)] == [(0, 0), (0, 1), (0, 1), (0, 2)]


def test_a_session_run_today_was_planned_for_today() -> None:
    """Never 2 of 1: what was done today is beside what was asked for today."""
    athlete = Athlete(programme()).ran(0, 0).ran(2, 1)
    assert [counts(athlete, today) for today in (2, 3)] == [(2, 2), (2, 2)]


def test_what_was_hardly_run_does_not_count_and_what_was_repeated_does() -> None:
    """Two of three counted."""
    athlete = Athlete(programme()).ran(0, 0).ran(2, 1, part=0.2).ran(4, 1)
    assert counts(athlete, 5) == (2, 3)


def test_a_session_that_is_asked_for_again_is_planned_again() -> None:
    """Never 7 of 5: who repeats a session does what the programme asks for."""
    athlete = Athlete(programme())
    for number, item in enumerate((0, 1, 1, 1, 1, 0, 0)):
        athlete.ran(2 * number, item)
    assert [counts(athlete, today) for today in (12, 13, 15)] == [(7, 7), (7, 7), (7, 8)]


def test_a_session_that_is_to_be_run_again_is_planned_until_it_is() -> None:
    """The last of five with pain 5: it is asked for a sixth time on the next day, and no more than once."""
    athlete = (
        clean_course(programme(), [0, 2, 4, 6]).ran(8, 4, says=False).says(8, Moment.AFTER, pain=5, site=Site.KNEE)
    )
    assert athlete.on_day(12).level == 4
    assert [counts(athlete, today) for today in (8, 10, 11, 28)] == [(5, 5), (5, 5), (5, 6), (5, 6)]


def test_never_fewer_are_planned_than_were_done() -> None:
    """Who runs on days of rest did what was not asked for yet."""
    athlete = Athlete(programme())
    for number in range(4):
        athlete.ran(number, 0)
    assert counts(athlete, 3) == (4, 4)


def test_no_more_than_the_programme_has_is_planned() -> None:
    """Five sessions in all, however late it is."""
    assert counts(Athlete(programme()), 200) == (0, 5)


def test_nothing_is_due_after_a_stop() -> None:
    """Whoever was stopped has missed nothing."""
    athlete = Athlete(programme()).ran(0, 0)
    assert counts(athlete, 30, until=0) == (1, 1)


def test_without_a_start_nothing_was_planned() -> None:
    """Nobody set one."""
    athlete = Athlete(programme())
    athlete.log.clear()
    assert counts(athlete, 9) is None

"""Which moment and which session a check-in speaks of where nobody says so."""

from dataclasses import replace
from datetime import timedelta

from athlete_home import AT, DAY
from each_row import each_row

from cadencecoach.desk.checkin.taking import Taken, moment_for, result_json, result_lines, session_for
from cadencecoach.record.entries import CheckIn, Entry, Moment, SessionRun


def ran(days_ago: int) -> SessionRun:
    """A run."""
    return SessionRun(at=AT, day=DAY - timedelta(days=days_ago), session=f"run-{days_ago}", item=0)


def said(moment: Moment, days_ago: int = 0) -> CheckIn:
    """A check-in."""
    return CheckIn(at=AT, day=DAY - timedelta(days=days_ago), moment=moment, pain=0)


@each_row(
    ("entries", "moment", "session"),
    [
        ([], Moment.BEFORE, ""),
        ([ran(0)], Moment.AFTER, "run-0"),
        ([ran(0), said(Moment.AFTER)], Moment.BEFORE, ""),
        ([ran(1)], Moment.MORNING, "run-1"),
        ([ran(1), said(Moment.MORNING)], Moment.BEFORE, ""),
        ([ran(2), ran(1), said(Moment.AFTER, 1)], Moment.MORNING, "run-1"),
        ([ran(3)], Moment.MORNING, "run-3"),
        ([ran(4)], Moment.BEFORE, ""),
        ([ran(0), ran(1)], Moment.AFTER, "run-0"),
        ([said(Moment.AFTER), ran(1), ran(0)], Moment.AFTER, "run-0"),
        ([ran(1), ran(-1)], Moment.MORNING, "run-1"),
        ([replace(said(Moment.AFTER), session="run-0"), ran(0)], Moment.BEFORE, ""),
        ([said(Moment.MORNING), ran(1)], Moment.BEFORE, ""),
    ],
)
def test_the_log_says_what_is_to_be_asked(entries: list[Entry], moment: Moment, session: str) -> None:
    """After a run of today, the morning after one of the last days, else before; each once, and by day."""
    assert moment_for(entries, DAY) is moment
    assert session_for(entries, moment, DAY) == session


@each_row(("soreness", "is_told"), [(5, False), (6, True), (10, True)])
def test_soreness_that_keeps_from_running_says_so_at_once(soreness: int, is_told: bool) -> None:  # noqa: FBT001
    """And how a slip is put right; it is no stop of the programme, which says what follows."""
    check_in = replace(said(Moment.AFTER), soreness=soreness)
    taken = Taken(athlete="r7", check_in=check_in, items=(), stop=None, follows="Rest until Monday.")
    told = list(result_lines(taken))
    assert (f"Soreness {soreness} of 10, above 5: no run now." in told) is is_told
    assert any("--correct last" in line for line in told) is is_told
    assert "Rest until Monday." in told
    assert result_json(taken)["stop"] is False

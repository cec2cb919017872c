"""What an athlete is offered on a day, as values: whatever shows it, the limits are those of a run."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from athlete_home import AT, TINY, Home, opened
from programme_rig import day, rung

from cadencecoach.desk.checkin.meaning import what_follows
from cadencecoach.desk.today.choosing import NotTodayError, own_plan
from cadencecoach.desk.today.offering import Day, due_lines, offer_today
from cadencecoach.devices.clock import local_day
from cadencecoach.plan.phrasebook import ENGLISH
from cadencecoach.programme.model import Kind
from cadencecoach.programme.rules.deciding import Decision
from cadencecoach.programme.rules.verdict import Verdict
from cadencecoach.record.entries import BaselineTaken, CheckIn, Flag, Moment, SessionRun, Withdrawn
from cadencecoach.record.entry_lines import entry_id
from cadencecoach.record.profile import Profile
from cadencecoach.store.athlete_programme import ProgrammeOrder, begin
from cadencecoach.store.file_store import FileStore
from cadencecoach.store.roster import make_athlete
from cadencecoach.store.user_store import user_files

NAME = "r7"
TODAY = date.fromisoformat(local_day())
YESTERDAY = date.fromordinal(TODAY.toordinal() - 1)


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FileStore:
    """An athlete without a programme."""
    Home(tmp_path).move_in(monkeypatch)
    make_athlete(user_files(), Profile(athlete=NAME, created=TODAY))
    return user_files()


@pytest.fixture
def programme(store: FileStore) -> FileStore:
    """The same on a programme."""
    raw, programme = opened(TINY)
    store.add_entries(NAME, BaselineTaken(at=AT, day=TODAY, cadence_spm=160.0))
    begin(
        store, ProgrammeOrder(athlete=NAME, raw=raw, programme=programme, level=None, because="test", at=AT, day=TODAY)
    )
    return store


def said(*, day: date = TODAY, at: str = AT, **answers: Any) -> CheckIn:  # noqa: ANN401  # fields by name
    """A check-in."""
    return CheckIn(at=at, day=day, moment=Moment.BEFORE, **answers)


def test_a_day_of_the_programme_has_its_session_its_why_and_what_to_know(programme: FileStore) -> None:
    """In parts, so that whoever shows it need not look for them in lines."""
    offer = offer_today(programme, NAME, TODAY)
    assert (offer.day, offer.due, offer.may_run) == (Day.RUN, Moment.BEFORE, True)
    assert offer.plan is not None
    assert offer.headline.startswith("Today: One (1 of 2).")
    assert offer.lines[0].startswith("One: ")
    assert "Calf raises" in offer.lines[1]
    assert "baseline 160.0 spm" in offer.notes[0]
    assert not {*offer.notes} & {offer.headline, *offer.lines, *offer.why}


def test_after_the_run_there_is_a_rest_and_its_check_in_is_due(programme: FileStore) -> None:
    """Nobody is asked how the body is before a run that is not to be."""
    programme.add_entries(NAME, SessionRun(at=AT, day=TODAY, session="a", item=0))
    offer = offer_today(programme, NAME, TODAY)
    assert (offer.day, offer.due, offer.plan, offer.may_run) == (Day.REST, Moment.AFTER, None, True)
    programme.add_entries(NAME, CheckIn(at=AT, day=TODAY, moment=Moment.AFTER, effort=3))
    assert offer_today(programme, NAME, TODAY).due is None


@pytest.mark.parametrize(("pain", "day"), [(5, Day.REST), (6, Day.STOP)])
def test_a_stop_of_the_programme_is_told_with_the_check_in_that_may_be_a_slip(
    programme: FileStore, pain: int, day: Day
) -> None:
    """Only one of today may be put right in passing."""
    one = said(pain=pain)
    programme.add_entries(NAME, one)
    offer = offer_today(programme, NAME, TODAY)
    assert (offer.day, offer.plan, offer.may_run) == (day, None, day is Day.REST)
    assert offer.slip == ("" if day is Day.REST else entry_id(one))


def test_a_stop_of_another_day_is_no_slip_of_today(programme: FileStore) -> None:
    """The programme stays stopped."""
    programme.add_entries(NAME, said(day=YESTERDAY, pain=8))
    offer = offer_today(programme, NAME, TODAY)
    assert (offer.day, offer.slip) == (Day.STOP, "")


@pytest.mark.parametrize(
    ("answers", "day", "is_stop"),
    [
        ({"pain": 5}, TODAY, False),
        ({"pain": 6}, TODAY, True),
        ({"flags": frozenset({Flag.LIMP})}, TODAY, True),
        ({"pain": 6}, YESTERDAY, False),
    ],
)
def test_without_a_programme_what_was_said_today_holds_for_the_day(
    store: FileStore,
    answers: dict[str, Any],
    day: date,
    is_stop: bool,  # noqa: FBT001
) -> None:
    """For the page and for whoever asks for a plan by another way; a later answer of no pain does not lift it."""
    one = said(day=day, **answers)
    store.add_entries(NAME, one, said(day=day, at="2026-03-02T09:00:00Z", pain=0))
    offer = offer_today(store, NAME, TODAY)
    assert (offer.day, offer.slip) == ((Day.STOP, entry_id(one)) if is_stop else (Day.FREE, ""))
    if is_stop:
        with pytest.raises(NotTodayError, match="Stop: do not run"):
            own_plan(store, NAME, "walk-run-start", TODAY, surface="", baseline_spm=None)
        store.add_entries(NAME, Withdrawn(at=AT, day=TODAY, entry=entry_id(one), because="slip"))
        assert offer_today(store, NAME, TODAY).day is Day.FREE
    own_plan(store, NAME, "walk-run-start", TODAY, surface="", baseline_spm=None)


@pytest.mark.parametrize("moment", [Moment.BEFORE, Moment.AFTER, Moment.MORNING])
@pytest.mark.parametrize(("soreness", "is_stop"), [(5, False), (6, True)])
def test_on_a_programme_soreness_above_five_keeps_from_every_run_of_the_day(
    programme: FileStore,
    moment: Moment,
    soreness: int,
    is_stop: bool,  # noqa: FBT001
) -> None:
    """Whatever the programme makes of it: nothing is offered that the start would refuse."""
    one = CheckIn(at=AT, day=TODAY, moment=moment, soreness=soreness)
    programme.add_entries(NAME, one)
    offer = offer_today(programme, NAME, TODAY)
    assert (offer.day is Day.STOP, offer.may_run) == (is_stop, not is_stop)
    assert offer.slip == (entry_id(one) if is_stop else "")
    if is_stop:
        assert offer.headline == f"Soreness {soreness} of 10, above 5: no run now."
        assert what_follows(programme, NAME, TODAY) == f"No run today; this is recorded in the log of {NAME}."
        with pytest.raises(NotTodayError, match="no run now"):
            own_plan(programme, NAME, "walk-run-start", TODAY, surface="", baseline_spm=None)
        programme.add_entries(NAME, Withdrawn(at=AT, day=TODAY, entry=entry_id(one), because="slip"))
        assert offer_today(programme, NAME, TODAY).day is Day.RUN
    own_plan(programme, NAME, "walk-run-start", TODAY, surface="", baseline_spm=None)


@pytest.mark.parametrize("day_ahead", [0, 1])
def test_an_answer_dated_tomorrow_holds_on_the_page_as_it_does_at_the_start(store: FileStore, day_ahead: int) -> None:
    """Elsewhere tomorrow has begun already."""
    one = said(day=date.fromordinal(TODAY.toordinal() + day_ahead), pain=6)
    store.add_entries(NAME, one)
    assert (offer_today(store, NAME, TODAY).day, offer_today(store, NAME, TODAY).slip) == (Day.STOP, entry_id(one))


@pytest.mark.parametrize("moment", [Moment.DURING, Moment.AFTER])
@pytest.mark.parametrize(("hours_ago", "is_stop"), [(0, True), (24, False)])
def test_pain_said_after_midnight_of_a_run_begun_before_holds_on_the_new_day(
    store: FileStore,
    moment: Moment,
    hours_ago: int,
    is_stop: bool,  # noqa: FBT001
) -> None:
    """The answer is of the day before, and was said now; one that was said yesterday is asked again."""
    at = (datetime.now(UTC) - timedelta(hours=hours_ago)).strftime("%Y-%m-%dT%H:%M:%SZ")
    store.add_entries(NAME, CheckIn(at=at, day=YESTERDAY, moment=moment, session="late", pain=6))
    assert (offer_today(store, NAME, TODAY).day is Day.STOP) is is_stop


def test_a_check_in_before_a_run_is_due_until_it_is_made(store: FileStore) -> None:
    """One of yesterday is none of today, and after another run it is due again."""
    assert offer_today(store, NAME, TODAY).due is Moment.BEFORE
    store.add_entries(NAME, said(day=YESTERDAY, pain=0))
    assert offer_today(store, NAME, TODAY).due is Moment.BEFORE
    store.add_entries(NAME, said(pain=0))
    assert offer_today(store, NAME, TODAY).due is None
    store.add_entries(NAME, SessionRun(at=AT, day=TODAY, session="a"))
    assert offer_today(store, NAME, TODAY).due is Moment.AFTER
    store.add_entries(NAME, CheckIn(at=AT, day=TODAY, moment=Moment.AFTER, effort=3))
    assert offer_today(store, NAME, TODAY).due is Moment.BEFORE


def test_a_log_that_cannot_be_read_lets_nobody_run(store: FileStore) -> None:
    """Its limits are not known; what is wrong is said."""
    (Path(store.place_of(NAME)) / "log.jsonl").write_text("{\n{\n", encoding="utf-8")
    offer = offer_today(store, NAME, TODAY)
    assert (offer.day, offer.may_run) == (Day.UNREADABLE, False)
    assert "log.jsonl" in offer.headline


def test_pain_of_a_session_that_was_killed_withholds_the_next_one(
    store: FileStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It stands in the journal alone until somebody looks; the offer looks first, and what it finds is written once."""
    home = Home(tmp_path).move_in(monkeypatch)
    path = home.journal("2026-03-02", NAME)
    header, *lines = path.read_text(encoding="utf-8").splitlines()
    header = json.dumps(json.loads(header) | {"day": local_day()})
    pain = json.dumps({"t": 1.0, "what": "note", "about": "pain", "text": "pain 7 of 10", "level": 7})
    path.write_text("\n".join((header, *lines[:1], pain)) + "\n", encoding="utf-8")
    for _ in range(2):
        assert offer_today(store, NAME, TODAY).day is Day.STOP
        said = [one for one in store.log_of(NAME).entries if isinstance(one, CheckIn)]
        assert [(one.pain, one.moment) for one in said] == [(7, Moment.DURING)]


def test_what_is_due_beside_the_ladder_is_told_on_its_day() -> None:
    """A reassessment or a refresher, from its first day on and not before; an ordinary session is neither."""
    session = rung(kind=Kind.REASSESSMENT)
    decision = Decision(
        verdict=Verdict.ADVANCE,
        move=Verdict.ADVANCE,
        level=0,
        item=0,
        session=session,
        not_before=day(2),
        reasons=(),
    )
    assert [due_lines(decision, day(number), ENGLISH) for number in (1, 2, 3)] == [
        (),
        *2 * [(ENGLISH.programme.due_reassessment,)],
    ]
    refresher = replace(decision, move=Verdict.REFRESHER)
    assert due_lines(refresher, day(2), ENGLISH) == (ENGLISH.programme.due_refresher,)
    for other in (replace(decision, session=None), replace(decision, session=rung())):
        assert due_lines(other, day(2), ENGLISH) == ()

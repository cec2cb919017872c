"""Everything of one patient on a day: what counts, the newest first, and nothing of days to come."""

from datetime import timedelta
from pathlib import Path

import pytest
from athlete_home import AT, DAY, TINY, Home, opened

from cadencecoach.desk.athletes.disregarding import disregard
from cadencecoach.desk.patient.looking import MOST_LISTED, look_at_patient
from cadencecoach.record.entries import AlertOwned, CheckIn, Finding, ItemDone, Message, Moment, SessionRun, To
from cadencecoach.record.profile import Profile
from cadencecoach.store.athlete_programme import ProgrammeOrder, begin
from cadencecoach.store.roster import make_athlete
from cadencecoach.store.user_store import user_files

NAME = "r7"
LATER = DAY + timedelta(days=40)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A machine with one athlete on a programme, who ran its first session."""
    home = Home(tmp_path).move_in(monkeypatch)
    make_athlete(user_files(), Profile(athlete=NAME, created=DAY))
    raw, programme = opened(TINY)
    begin(
        user_files(),
        ProgrammeOrder(athlete=NAME, raw=raw, programme=programme, level=None, because=None, at=AT, day=DAY),
    )
    run = home.journal(DAY.isoformat(), NAME)
    user_files().add_entries(NAME, SessionRun(at=AT, day=DAY, session=run.name.partition(".")[0], item=0))
    return home


def test_a_run_has_its_name_in_the_programme_and_one_disregarded_is_none() -> None:
    """A report is found by the session's id."""
    (run,) = look_at_patient(user_files(), NAME, LATER).runs
    assert (run.day, run.name) == (DAY, "One")
    assert user_files().has_journal(run.report)
    disregard(user_files(), NAME, run.report, "the belt of somebody else", at=AT, day=DAY)
    assert look_at_patient(user_files(), NAME, LATER).runs == ()


def test_what_was_said_is_listed_the_newest_first_and_never_of_days_to_come() -> None:
    """So many at most; of one day in the order it was written, turned round."""
    on = [DAY + timedelta(days=number) for number in range(MOST_LISTED + 2)]
    said = [CheckIn(at=AT, day=day, moment=Moment.AFTER, pain=number % 3) for number, day in enumerate(on)]
    user_files().add_entries(NAME, *said, ItemDone(at=AT, day=on[1], item="Calf raises"))
    one = look_at_patient(user_files(), NAME, on[-2])
    assert [day for day, _ in one.check_ins] == list(reversed(on[1:-1]))
    assert look_at_patient(user_files(), NAME, on[0]).exercises == ()
    assert [words for _, words in one.exercises] == ["done: Calf raises"]


def test_who_looks_after_somebody_is_found_in_the_log() -> None:
    """By the names that clinicians have given, each once; findings and messages with them."""
    store = user_files().with_author("MK")
    store.add_entries(
        NAME,
        Finding(at=AT, day=DAY, measure="knee valgus", value=8.0),
        Finding(at=AT, day=LATER, measure="knee valgus", value=5.0),
        Message(at=AT, day=DAY, to=To.NOTES, text="hip drop"),
        AlertOwned(at=AT, day=DAY, alert="00000000", owner="KM"),
    )
    user_files().with_author("runner").add_entries(NAME, Message(at=AT, day=DAY, to=To.CLINICIAN, text="fine"))
    one = look_at_patient(user_files(), NAME, LATER)
    assert dict(one.who)["Clinicians"] == "MK, KM"
    assert [found.day for found in one.findings] == [LATER, DAY]
    assert len(one.compared) == 1
    assert {(told.text, told.author, bool(told.read_on)) for told in one.messages if told.to is not To.NOTES} == {
        ("fine", "runner", False)
    }
    assert one.unread == tuple(told.id for told in one.messages if told.to is To.CLINICIAN)

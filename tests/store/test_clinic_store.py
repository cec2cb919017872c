"""Tests for the database of a clinic as its computers have it: down, up again, and written to meanwhile."""

import io
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from postgres_server import PostgresServer
from sessions_folder import journal_text
from sql_stores import LEAD, PRODUCT, clinic_store, new_database, password_of

from cadencecoach.desk.today.choosing import NotTodayError, check_asked
from cadencecoach.devices.clock import HostClock
from cadencecoach.errors import ForbiddenError, UnreachableError, UsageError
from cadencecoach.plan.phrasebook import ENGLISH
from cadencecoach.programme.rules.verdict import Verdict
from cadencecoach.record.entries import CheckIn, Flag, Moment, Withdrawn
from cadencecoach.record.entry_lines import entry_id, line_of_entry
from cadencecoach.record.profile import Profile
from cadencecoach.store.athlete_programme import ProgrammeOrder, begin, under_way
from cadencecoach.store.clinic_store import ClinicStore
from cadencecoach.store.people import CLINICIAN, READER, People
from cadencecoach.store.programme_files import find_programme, open_programme
from cadencecoach.store.sql_store import SqlStore

pytestmark = pytest.mark.slow
DAY = date(2026, 3, 2)
CALM = CheckIn(at="2026-03-02T07:00:00Z", day=DAY, moment=Moment.BEFORE, pain=0)
STOP = CheckIn(at="2026-03-02T08:00:00Z", day=DAY, moment=Moment.AFTER, flags=frozenset({Flag.ACUTE_CALF}))
SESSION = "2026-03-02T080000Z"
Computer = Callable[[str], ClinicStore]
KILLED_STEPS = str(Path(__file__).parents[1] / "support" / "killed_steps.py")


def verdict(store: ClinicStore) -> Verdict:
    """What the programme says today."""
    return under_way(store, "r7").decision(DAY).verdict


def rules(store: ClinicStore) -> list[str]:
    """Which rules have a say."""
    return [reason.rule for reason in under_way(store, "r7").decision(DAY).reasons]


def test_what_is_written_while_the_database_is_down_is_there_once_when_it_is_up(
    computer: Computer, server: PostgresServer
) -> None:
    """Entries and a journal wait on the disk, are handed over by the next program, and then leave the computer."""
    server.kill()
    here = computer("a")
    here.add_entries("r7", CALM, STOP)
    here.add_journal(SESSION, io.BytesIO(journal_text(started="2026-03-02T08:00:00Z", athlete="r7").encode()))
    assert (len(here.queue), here.log_of("r7").entries[-2:]) == (1, (CALM, STOP))
    assert [row.id for row in here.rows_of("r7").rows] == [SESSION]
    server.start()
    again = computer("a")
    for _ in range(2):
        again.settle()
    assert (len(again.queue), again.local.session_ids()) == (0, ())
    other = computer("b")
    assert other.log_of("r7").entries[-2:] == (CALM, STOP)
    assert len(other.log_of("r7").every) == 3
    assert [row.id for row in other.rows_of("r7").rows] == [SESSION]


def test_a_thing_that_is_handed_over_twice_is_there_once(computer: Computer) -> None:
    """A program that was killed between the database and its own disk tries again."""
    here = computer("a")
    signed = here.add_entries("r7", CALM)
    here.queue.put("r7", lines=[line_of_entry(one) for one in signed])
    computer("a").settle()
    assert [type(one).__name__ for one in computer("b").log_of("r7").every] == ["ProgrammeSet", "CheckIn"]


def test_a_database_that_goes_down_between_two_questions_to_one_table_is_not_missed(
    computer: Computer, server: PostgresServer
) -> None:
    """What was seen last answers the second; the first has been answered, so nothing was known to be wrong."""
    here = computer("a")
    here.add_journal(SESSION, io.BytesIO(journal_text(started="2026-03-02T08:00:00Z", athlete="r7").encode()))
    here.link.forget_copy()
    with here.sessions() as table:
        table.refresh()
        there = (
            table.values(("id",), athlete="r7"),
            table.rows(athlete="r7"),
            table.broken_off_ids(),
            table.unreadable(),
        )
        assert table.notes == ()
        server.kill()
        assert (table.values(("id",), athlete="r7"), there[0]) == ([(SESSION,)], [(SESSION,)])
        assert "cannot be reached" in str(table.notes)
        assert (table.rows(athlete="r7"), table.unreadable(), table.refresh()) == (there[1], there[3], 0)


@pytest.mark.parametrize(("end", "stays"), [("finished", ()), ("stopped", (SESSION,))])
def test_a_finished_session_leaves_the_computer_that_ran_it(
    computer: Computer, end: str, stays: tuple[str, ...]
) -> None:
    """A treadmill computer that many use keeps no journal of theirs, but for one that may go on there for 12 h."""
    here = computer("a")
    text = journal_text(started="2026-03-02T08:00:00Z", athlete="r7").replace('"finished"', f'"{end}"')
    here.add_journal(SESSION, io.BytesIO(text.encode()))
    assert here.local.session_ids() == stays
    with computer("b").open_journal(SESSION) as content:
        assert content.read() == text.encode()


def test_a_computer_that_sees_the_database_begins_as_the_programme_says(computer: Computer) -> None:
    """Nothing is held and nothing more is asked while it answers."""
    here = computer("b")
    assert (here.behind(), verdict(here)) == (None, Verdict.BEGIN)
    assert check_asked(here, "r7", DAY, ENGLISH) == ()


def test_a_stop_that_another_computer_cannot_hand_over_is_met_with_a_question_and_a_hold(
    computer: Computer, server: PostgresServer
) -> None:
    """The database is down: one computer writes a stop, the other asks, holds, and says how old its view is."""
    server.kill()
    one, other = computer("a"), computer("b")
    one.add_entries("r7", STOP)
    assert verdict(one) is Verdict.STOP
    behind = other.behind()
    assert behind is not None
    assert "cannot be reached" in behind.why
    assert (verdict(other), rules(other)[0]) == (Verdict.HOLD, "out of date")
    with pytest.raises(NotTodayError, match=r"is of \d{4}-\d\d-\d\d, \d\d:\d\d UTC\. Then pain and signs to stop"):
        check_asked(other, "r7", DAY, ENGLISH)
    other.add_entries("r7", replace(CALM, pain=None, readiness=8))
    with pytest.raises(NotTodayError):  # an answer about something else is none about pain
        check_asked(other, "r7", DAY, ENGLISH)
    other.add_entries("r7", CALM)
    assert len(check_asked(other, "r7", DAY, ENGLISH)) == 1
    assert verdict(other) is Verdict.HOLD
    server.start()
    computer("a").settle()
    assert verdict(computer("b")) is Verdict.STOP


def test_nobody_returns_from_a_stop_while_the_database_is_down(computer: Computer, server: PostgresServer) -> None:
    """Neither by taking an answer back, nor by setting the programme again; both count once the database answers."""
    (stop,) = computer("a").add_entries("r7", STOP)
    computer("b").settle()
    server.kill()
    here = computer("b")
    assert verdict(here) is Verdict.STOP
    back = Withdrawn(at="2026-03-02T09:00:00Z", day=DAY, entry=entry_id(stop), because="typed by mistake")
    here.add_entries("r7", back)
    assert verdict(here) is Verdict.STOP
    raw, programme = open_programme(find_programme("clinic8"))
    again = ProgrammeOrder(athlete="r7", raw=raw, programme=programme, level=None, because="well", at=back.at, day=DAY)
    with pytest.raises(UnreachableError, match="nothing was written"):
        begin(here, again)
    assert verdict(here) is Verdict.STOP
    server.start()
    assert verdict(computer("b")) is Verdict.BEGIN


@pytest.mark.parametrize("is_killed", [False, True])
def test_a_stop_is_ended_whole_or_not_at_all(computer: Computer, server: PostgresServer, *, is_killed: bool) -> None:
    """A database that goes down before the end has neither text nor log, and nothing waits that ends the stop."""
    here = computer("a")
    here.add_entries("r7", STOP)
    raw, programme = open_programme(find_programme("clinic8"))
    again = ProgrammeOrder(
        athlete="r7", raw=raw, programme=programme, level=None, because="well", at="2026-03-02T09:00:00Z", day=DAY
    )

    def end_stop() -> None:
        with here.lock_athletes():
            begin(here, again)
            if is_killed:
                server.kill()

    if is_killed:
        with pytest.raises(UnreachableError):
            end_stop()
        assert (len(here.queue), verdict(here)) == (0, Verdict.STOP)
        server.start()
    else:
        end_stop()
    assert verdict(computer("a")) is verdict(computer("b")) is (Verdict.STOP if is_killed else Verdict.BEGIN)


@pytest.mark.parametrize(("role", "n_waiting", "n_there"), [(CLINICIAN, 0, 1), (READER, 1, 0)])
def test_what_a_person_may_not_write_any_more_waits_and_nothing_waits_for_it(
    server: PostgresServer, tmp_path: Path, role: str, n_waiting: int, n_there: int
) -> None:
    """An entry and a journal that wait as somebody becomes a reader: all is read as before, and the copy is kept up."""
    with new_database(server) as store:
        lead = clinic_store(store, tmp_path / "lead")
        lead.write_profile(Profile(athlete="r7"))
        people = People(store.database)
        people.put("ron", CLINICIAN)
        people.let_see("ron", ["r7"])

        def ron() -> ClinicStore:
            return clinic_store(SqlStore(store.database.for_person("ron")), tmp_path / "ron")

        here = ron()
        here.settle()
        here.queue.put("r7", lines=[line_of_entry(replace(CALM, id="1"))])  # as while the database is down
        here.local.add_journal(SESSION, io.BytesIO(journal_text(started="2026-03-02T08:00:00Z").encode()))
        people.put("ron", role)
        lead.add_entries("r7", STOP)
        here = ron()
        assert here.log_of("r7").entries[0] == STOP
        assert len(here.queue) == n_waiting
        assert len(lead.log_of("r7").entries) == 1 + n_there
        assert set(here.local.log_of("r7").entries) == {STOP, replace(CALM, id="1")}
        assert here.sessions() is not None
        assert here.has_journal(SESSION)


def test_a_reader_writes_nothing_and_goes_on_reading(server: PostgresServer, tmp_path: Path) -> None:
    """Refused before it is kept anywhere, so that nothing waits for ever."""
    with new_database(server) as store:
        clinic_store(store, tmp_path / "lead").write_profile(Profile(athlete="r7"))
        people = People(store.database)
        people.put("ron", READER)
        people.let_see("ron", ["r7"])
        here = clinic_store(SqlStore(store.database.for_person("ron")), tmp_path / "ron")
        with pytest.raises(ForbiddenError, match="ron may not do this"):
            here.add_entries("r7", CALM)
        assert (here.athlete_names(), len(here.queue)) == (("r7",), 0)
        assert here.log_of("r7").every == here.local.log_of("r7").every == ()


def test_writing_does_not_wait_for_a_server_that_hangs(computer: Computer, server: PostgresServer) -> None:
    """One that accepts and says nothing is given up in seconds, once, and then not waited for."""
    here = computer("a")
    here.settle()
    clock = HostClock()
    with server.hang():
        here.add_entries("r7", CALM)
        assert clock.now_s() < 25.0
        begun_s = clock.now_s()
        here.add_entries("r7", STOP)
        assert here.behind() is not None
        assert clock.now_s() - begun_s < 2.0
    computer("a").settle()
    assert computer("b").log_of("r7").entries[-2:] == (CALM, STOP)


def test_whoever_is_forgotten_leaves_every_computer_and_what_waits(computer: Computer, server: PostgresServer) -> None:
    """Also what another computer wrote before it heard of it."""
    server.kill()
    late = computer("b")
    late.add_entries("r7", CALM)
    server.start()
    computer("a").forget("r7")
    back = computer("b")
    assert back.athlete_names() == ()
    assert (len(back.queue), back.local.athlete_names(), back.local.session_ids()) == (0, (), ())
    assert not any(b"r7" in path.read_bytes() for path in back.local.folder.rglob("*") if path.is_file())
    with pytest.raises(UsageError, match="the athlete r7 no longer exists"):
        back.add_entries("r7", CALM)


@pytest.mark.timeout(300)
def test_a_programme_is_set_whole_or_not_at_all_wherever_the_program_is_killed(
    server: PostgresServer, tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    """At any line the stop holds under the old text, or it was ended under the new one; on every computer.

    In short at every 200th line that is run, with `--long` at every seventh.
    """
    if not server.is_running:
        server.start()
    with new_database(server) as store:
        name = store.database.address.url.database
        words = [
            server.address(str(name), PRODUCT), str(password_of(server)), LEAD, str(tmp_path),
            *("--every", "7" if pytestconfig.getoption("long") else "200"),
        ]  # fmt: skip
        done = subprocess.run([sys.executable, KILLED_STEPS, *words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found = {line.partition(" ")[2] for line in done.stdout.splitlines()}
    assert {one.split("|", 1)[1] for one in found} == {"stop|1|0", "begin|2|0"}, done.stdout


def test_sessions_that_begin_in_one_second_have_names_of_their_own(computer: Computer) -> None:
    """On two computers; each name begins with the time, as everywhere, and stays what it is."""
    names = [computer(one).new_journal("2026-03-02T08:00:00Z").stem for one in ("a", "b", "a")]
    assert names[0] == names[2] != names[1]
    assert all(one.startswith(f"{SESSION}-") for one in names)


def test_a_value_that_no_database_takes_does_not_make_it_one_that_is_away(
    server: PostgresServer, tmp_path: Path
) -> None:
    """The driver refuses a NUL by itself: whoever asks with one would have put the computer on its copy."""
    if not server.is_running:
        server.start()
    with new_database(server) as shared:
        store = clinic_store(shared, tmp_path / "here")
        with pytest.raises(UsageError, match="NUL") as told:
            store.note("r\x007", "read")
        assert not isinstance(told.value, UnreachableError)
        with pytest.raises(UsageError, match="a pseudonym has"):
            store.own_files("r\x007")
        assert store.link.why == ""
        store.write_profile(Profile(athlete="r7"))
        assert shared.athlete_names() == ("r7",)

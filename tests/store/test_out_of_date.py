"""Tests for what one computer cannot know of the others: who is asked before a run, and what comes back later."""

import io
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from postgres_server import PostgresServer
from sessions_folder import journal_text
from sound_servers import wait_until
from sql_stores import clinic_store, new_database

from cadencecoach.desk.keeping.handing_over import hand_over_now, handing_over
from cadencecoach.desk.today.choosing import NotTodayError, check_asked
from cadencecoach.errors import UnreachableError, UsageError
from cadencecoach.plan.phrasebook import ENGLISH
from cadencecoach.programme.rules.verdict import Verdict
from cadencecoach.record.entries import CheckIn, Entry, Flag, Moment, SessionRun
from cadencecoach.record.profile import Profile
from cadencecoach.store.athlete_programme import under_way
from cadencecoach.store.clinic_store import ClinicStore
from cadencecoach.store.people import CLINICIAN, People
from cadencecoach.store.roster import is_label
from cadencecoach.store.sql_store import SqlStore
from cadencecoach.store.waiting_queue import Queue

pytestmark = pytest.mark.slow
DAY = date(2026, 3, 2)
SESSION = "2026-03-02T080000Z"
STOP = CheckIn(at="2026-03-02T08:00:00Z", day=DAY, moment=Moment.AFTER, flags=frozenset({Flag.ACUTE_CALF}))
Computer = Callable[[str], ClinicStore]


def said(clock: str, **values: Any) -> CheckIn:  # noqa: ANN401  # fields of a CheckIn
    """An answer before a run."""
    return replace(CheckIn(at=f"2026-03-02T{clock}:00Z", day=DAY, moment=Moment.BEFORE, pain=0), **values)


def ran(clock: str, session: str = "one", day: date = DAY) -> SessionRun:
    """A run, as it was written down at its end."""
    return SessionRun(at=f"{day}T{clock}:00Z", day=day, session=session)


def is_asked(store: ClinicStore, athlete: str, session: str = "") -> bool:
    """Whether a run may begin while the database does not answer."""
    try:
        check_asked(store, athlete, DAY, ENGLISH, session=session)
    except NotTodayError:
        return False
    return True


# What another computer wrote, what this one wrote after it, the session that goes on, and whether it was asked enough.
ASKED: Sequence[tuple[Sequence[Entry], Sequence[Entry], str, bool]] = (
    ((), (), "", False),
    ((), (said("08:00"),), "", True),
    ((), (said("08:00", pain=None, readiness=8),), "", False),
    ((), (said("08:00", moment=Moment.DURING),), "", False),
    ((), (said("08:00", day=DAY - timedelta(days=1)),), "", False),
    ((), (said("08:00", day=DAY + timedelta(days=1)),), "", False),
    ((), (said("08:00"), ran("09:00")), "", False),
    ((), (said("08:00"), ran("09:00"), said("09:00")), "", True),
    ((), (said("08:00"), ran("07:00")), "", False),  # the clock was set back during the run
    ((), (ran("12:00"), said("08:00")), "", True),  # and here it had been ahead
    ((), (said("08:00"), ran("09:00", "mine")), "mine", True),
    ((), (said("08:00"), ran("09:00", "mine")), "other", False),
    ((ran("08:00"),), (said("07:59"),), "", False),
    ((ran("08:00"),), (said("08:00"),), "", True),
    ((ran("08:00"),), (said("08:01"),), "", True),
    ((ran("08:00", day=DAY + timedelta(days=1)),), (said("08:01"),), "", True),  # another clock that was a day ahead
)


@pytest.mark.timeout(200)
def test_an_answer_about_pain_counts_for_the_next_run_alone(computer: Computer, server: PostgresServer) -> None:
    """Below, at and above each edge; whatever the clock of a computer did meanwhile."""
    other = computer("b")
    with other.lock_athletes():
        for n, (theirs, _, _, _) in enumerate(ASKED):
            other.write_profile(Profile(athlete=f"p{n}"))
            if theirs:
                other.add_entries(f"p{n}", *theirs)
    computer("a").settle()
    server.kill()
    here = computer("a")
    found = []
    for n, (_, ours, session, _) in enumerate(ASKED):
        for entry in ours:
            here.add_entries(f"p{n}", entry)
        found.append(is_asked(here, f"p{n}", session))
    assert found == [row[-1] for row in ASKED]


def test_a_name_that_is_not_known_here_is_no_label_while_the_database_does_not_answer(
    computer: Computer, server: PostgresServer
) -> None:
    """Somebody who is stopped may be kept there under it; a guest needs no name."""
    assert is_label(computer("a"), "visitor")
    server.kill()
    here = computer("a")
    with pytest.raises(UsageError, match=r"not known here, and .* cannot be reached.*; a guest runs without --athlete"):
        is_label(here, "visitor")
    assert not is_label(here, None)


def test_a_name_of_what_waits_is_used_once(tmp_path: Path) -> None:
    """Whoever was stopped between the database and the disk, and drops it late, drops nothing that came since."""
    queue = Queue(tmp_path)
    first = queue.put("r7", raw_lines=[b'{"id": "1"}\n'])
    queue.drop(first)
    queue.put("r7", raw_lines=[b'{"id": "2"}\n'])
    queue.drop(first)
    assert [item.lines for item in queue.waiting()] == [(b'{"id": "2"}\n',)]


def test_a_stop_that_an_older_backup_of_the_database_lacks_is_handed_over_again(
    computer: Computer, server: PostgresServer
) -> None:
    """Whoever puts last night's dump back takes no stop away that a computer has seen."""
    here = computer("a")
    here.add_entries("r7", STOP)
    with server.connect(str(here.tables().address.url.database)) as owner:
        owner.execute("delete from log_lines where place = (select max(place) from log_lines)")
        owner.execute("update athletes set n_changes = n_changes - 1")
    assert under_way(computer("c"), "r7").decision(DAY).verdict is Verdict.BEGIN
    for _ in range(2):
        computer("a").settle()
    other = computer("b")
    assert under_way(other, "r7").decision(DAY).verdict is Verdict.STOP
    assert len(other.log_of("r7").every) == 2


def test_a_session_of_whoever_left_the_caseload_stays_until_it_can_be_handed_over(
    server: PostgresServer, tmp_path: Path
) -> None:
    """It ran while the database was down, for somebody whom this clinician no longer sees."""
    if not server.is_running:
        server.start()
    with new_database(server) as store:
        clinic_store(store, tmp_path / "lead").write_profile(Profile(athlete="r7"))
        people = People(store.database)
        people.put("ron", CLINICIAN)
        people.let_see("ron", ["r7"])

        def ron() -> ClinicStore:
            return clinic_store(SqlStore(store.database.for_person("ron")), tmp_path / "ron")

        ron().settle()
        server.kill()
        text = journal_text(started="2026-03-02T08:00:00Z", athlete="r7")
        ron().local.add_journal(SESSION, io.BytesIO(text.encode()))
        server.start()
        people.let_see("ron", ["r7"], may=False)
        here = ron()
        assert here.settle() == 1
        assert (here.athlete_names(), here.local.athlete_names()) == ((), ())
        people.let_see("ron", ["r7"])
        assert ron().settle() == 0
        assert store.open_journal(SESSION).read() == text.encode()


def test_a_session_of_whoever_was_forgotten_meanwhile_does_not_come_back(
    computer: Computer, server: PostgresServer
) -> None:
    """It ran on a computer that had not heard of it; one that only bears the name is nobody's and stays."""
    server.kill()
    for session, label in ((SESSION, False), ("2026-03-02T090000Z", True)):
        text = journal_text(
            started="2026-03-02T08:00:00Z", athlete="r7", **({"athlete_is_label": True} if label else {})
        )
        computer("b").local.add_journal(session, io.BytesIO(text.encode()))
    server.start()
    computer("a").forget("r7")
    late = computer("b")
    late.settle()
    assert (late.session_ids(), late.local.session_ids()) == (("2026-03-02T090000Z",), ())


def test_a_profile_that_was_changed_at_two_places_has_both_changes(computer: Computer, server: PostgresServer) -> None:
    """What was edited while the database was down is not passed over in silence."""
    before = computer("a").read_profile("r7")
    server.kill()
    computer("b").write_profile(replace(before, language="de", shoes=("Blue",)))
    server.start()
    computer("a").write_profile(replace(before, words="few", shoes=("Red",)))
    computer("b").settle()
    assert computer("a").read_profile("r7") == replace(before, language="de", words="few", shoes=("Red", "Blue"))


def test_what_is_refused_under_the_lock_is_refused_aloud(computer: Computer, server: PostgresServer) -> None:
    """A database that goes down under it: entries wait, what cannot wait is an error, and so is every other mistake."""
    here = computer("a")
    with here.lock_athletes():
        here.log_of("r7")
        server.kill()
        here.log_of("r7")
        here.add_entries("r7", STOP)
    assert len(here.queue) == 1
    server.start()
    here = computer("a")

    def set_as_it_goes_down() -> None:
        with here.lock_athletes():
            server.kill()
            here.set_programme_text("r7", b"{}")

    with pytest.raises(UnreachableError, match="nothing was written"):
        set_as_it_goes_down()
    server.start()
    again = computer("a")
    with pytest.raises(UsageError, match="is taken"), again.lock_athletes():
        raise UsageError("the name is taken")


def test_what_waits_is_handed_over_while_a_program_goes_on(computer: Computer, server: PostgresServer) -> None:
    """Nobody has to open another; and the command that does it at once says what waits."""
    server.kill()
    here = computer("a")
    here.add_entries("r7", STOP)
    assert hand_over_now(here)[0].endswith("; 1 thing waits on this computer")
    with handing_over(here, every_s=0.05):
        server.start()
        wait_until(lambda: not len(here.queue), within_s=30.0)
    wait_until(lambda: all(thread.name != "hand over" for thread in threading.enumerate()), within_s=30.0)
    assert computer("b").log_of("r7").entries[-1] == STOP
    assert hand_over_now(computer("a")) == ("everything is in the database", True)

"""Tests for a database that goes away for good in the middle of a command, at each thing that is asked of it.

The short form tries every few of them; `--long` tries all.
"""

import contextlib
import io
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from asgi import run
from clinic_page import ClinicPage
from gone_database import gone_before
from page_rig import environment
from postgres_server import PostgresServer
from sessions_folder import journal_text
from sql_stores import LEAD, PRODUCT, clinic_store, keep_database, new_database, password_of, put_back

from cadencecoach.cli.main import main
from cadencecoach.record.entries import CheckIn, Entry, Finding, Message, ProgrammeSet, SessionRun
from cadencecoach.store.athlete_programme import under_way
from cadencecoach.store.people import People
from cadencecoach.store.sql_database import Database
from cadencecoach.store.sql_store import SqlStore

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1200)]
PASSWORD = "a long password of anna"  # noqa: S105  # of nobody
EVERY = 60  # of the things that are asked, in the short form, where a command asks for two hundred
SESSION = "2026-03-02T080000Z"
PLAN = "plan: Short\nstages:\n  - {name: A, duration: 1 s, target: 170 spm, feedback: none}\n"
CHECK_IN = ("checkin", "--athlete", "r7", "--before", "--pain", "0", "--note", "said {n}")


@dataclass(frozen=True, slots=True)
class Told:
    """What a command came to.

    Attributes:
        status: of its exit
        said: on standard output
        complained: on standard error, line by line
    """

    status: int
    said: str
    complained: Sequence[str]


@dataclass(frozen=True, slots=True)
class Clinic:
    """A database, and one computer of it.

    Attributes:
        server: that has the database
        store: what is in it
        folder: of the computer
    """

    server: PostgresServer
    store: SqlStore
    folder: Path

    @property
    def name(self) -> str:
        """Of the database."""
        return str(self.store.database.address.url.database)

    def sit_down(self, patch: pytest.MonkeyPatch) -> None:
        """Have the variables of the computer."""
        for name, value in environment(self.folder).items():
            patch.setenv(name, value)
        patch.setenv("CADENCECOACH_STORE", self.server.address(self.name, PRODUCT))
        patch.setenv("CADENCECOACH_STORE_PASSWORD_FILE", str(password_of(self.server)))
        patch.setenv("CADENCECOACH_STORE_PERSON", LEAD)

    def call(self, *words: str) -> Told:
        """A command, as somebody types it on the computer."""
        said, complained = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(complained):
            status = main(words)
        return Told(status, said.getvalue(), complained.getvalue().splitlines())

    def must(self, *words: str) -> Told:
        """One that is not disturbed."""
        told = self.call(*words)
        assert told.status == 0, (words, told)
        return told

    def said_of(self, kind: type[Entry]) -> list[Entry]:
        """The entries of a kind in the log of r7, as the database has it."""
        return [entry for entry in self.store.log_of("r7").every if isinstance(entry, kind)]


@pytest.fixture(scope="module")
def made(postgresql: PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clinic]:
    """r7 is on a programme and has run once; the computer has seen it. It is copied for each test."""
    folder = tmp_path_factory.mktemp("made")
    with new_database(postgresql) as store, pytest.MonkeyPatch.context() as patch:
        one = Clinic(postgresql, store, folder)
        one.sit_down(patch)
        (folder / "plan.yaml").write_text(PLAN, encoding="utf-8")
        (folder / "knee.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
        one.must("athlete", "new", "r7")
        one.must("programme", "start", "clinic8", "--athlete", "r7")
        raw = journal_text(started="2026-03-02T08:00:00Z", athlete="r7").encode()
        store.add_journal(SESSION, io.BytesIO(raw))
        one.must("store", "hand-over")
        keep_database(postgresql, store)
        yield one


@pytest.fixture
def clinic(made: Clinic, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Clinic]:
    """A clinic as it was made, database and computer."""
    shutil.copytree(made.folder, tmp_path, dirs_exist_ok=True)
    put_back(made.server, made.store)
    one = replace(made, folder=tmp_path)
    one.sit_down(monkeypatch)
    yield one
    one.store.database.close()


def disturbed(clinic: Clinic, every: int, *words: str, before: Sequence[str] = ()) -> Iterator[tuple[int, Told]]:
    """A command again and again, the database gone at a later thing each time, until it has asked for less than that.

    Args:
        clinic: where
        every: of the things that are asked
        words: of the command; {n} is the number of the thing before which the database goes
        before: a command that comes first each time, and is not disturbed
    """
    number, is_gone = 1, True
    while is_gone:
        if before:
            clinic.must(*(word.format(n=number) for word in before))
        with gone_before(clinic.server, clinic.name, number) as asked:
            told = clinic.call(*(word.format(n=number) for word in words))
        assert not any("unexpected error" in line or "Traceback" in line for line in told.complained), (number, told)
        is_gone = asked.is_gone
        if is_gone:
            last = told.complained[-1]
            assert "cannot be reached" in last or "database does not answer" in last, (number, told)
        else:
            assert told.status == 0, (number, told)
        yield number, told
        number += every


@pytest.fixture
def every(request: pytest.FixtureRequest) -> int:
    """How many things are asked between two at which the database goes."""
    return 1 if request.config.getoption("long") else EVERY


LOOKS: Sequence[tuple[Sequence[str], str]] = (
    (("programme", "next", "--athlete", "r7"), "This is a rule of thumb"),
    (("programme", "status", "--athlete", "r7"), "of 9"),
    (("caseload",), "r7"),
    (("athlete", "list"), "r7"),
    (("athlete", "show", "r7"), "r7"),
    (("history", "list"), SESSION),
    (("message", "list", "r7"), "no messages"),
    (("finding", "list", "r7"), "no findings"),
    (("baseline", "--athlete", "r7"), "no baseline"),
)


@pytest.mark.parametrize(("words", "wanted"), LOOKS, ids=lambda one: " ".join(one) if isinstance(one, tuple) else "")
def test_what_is_looked_at_is_shown_wherever_the_database_goes(
    clinic: Clinic, every: int, words: Sequence[str], wanted: str
) -> None:
    """What was seen last stands in for it, and one line says of when that is."""
    n_tries = 0
    for number, told in disturbed(clinic, min(every, 17), *words):
        assert told.status == 0, (number, told)
        assert wanted in told.said, (number, told)
        assert len(told.complained) <= 2, (number, told)  # of the table of sessions, and of all
        n_tries += 1
    assert n_tries > 2


def test_a_session_that_is_shown_is_shown_or_is_said_to_be_in_the_database(clinic: Clinic, every: int) -> None:
    """Nobody is told that there is no such session, nor shown another one as the last."""
    for session in (SESSION, "last"):
        found = dict(disturbed(clinic, min(every, 13), "history", "show", session))
        for number, told in found.items():
            if told.status:
                assert told.complained[0].startswith(f"session {SESSION} is in the database: "), (number, told)
            else:
                assert "Ran 60 s of 60 s" in told.said, (number, told)
        assert {told.status for told in found.values()} == {0, 2}


@pytest.mark.parametrize("path", ["/", "/?athlete=r7", "/caseload", "/patients/r7", "/sessions"])
def test_a_page_is_shown_to_whoever_is_signed_in_wherever_the_database_goes(
    clinic: Clinic, every: int, path: str
) -> None:
    """Today, the caseload, a patient and the sessions: each time by a program that has just begun."""
    people, address = People(clinic.store.database), clinic.store.database.address
    people.put("anna", "clinician")
    people.set_password("anna", PASSWORD)
    people.let_see("anna", ["r7"])

    async def look() -> None:
        cookies: dict[str, str] = {}
        number, is_gone = 0, True
        while is_gone:
            database = Database(address, LEAD)
            browser = ClinicPage(clinic_store(SqlStore(database), clinic.folder), clinic.folder / "page").browser()
            browser.cookies = cookies
            if not number:
                assert (await browser.sign_in("anna", PASSWORD)).status < 300
            with gone_before(clinic.server, clinic.name, number) as asked:
                answer = await browser.ask("GET", path)
            database.close()
            assert answer.status == 200, (number, answer.body)
            assert "r7" in answer.body.decode(), (number, answer.body)
            is_gone = asked.is_gone or not number  # the first time it stays, and the copy of anna's is made
            number = number + every if number else 1

    run(look)


WRITES: Sequence[tuple[Sequence[str], type[Entry], str, Callable[[int], object]]] = (
    (CHECK_IN, CheckIn, "note", "said {}".format),
    (("message", "add", "r7", "hello {n}"), Message, "text", "hello {}".format),
    (("finding", "add", "r7", "--what", "knee valgus", "--value", "{n}", "--unit", "deg"), Finding, "value", float),
)


@pytest.mark.parametrize(("words", "kind", "field", "value"), WRITES, ids=[words[0] for words, *_ in WRITES])
def test_what_is_written_is_there_once_wherever_the_database_goes(
    clinic: Clinic, every: int, words: Sequence[str], kind: type[Entry], field: str, value: Callable[[int], object]
) -> None:
    """Nobody is refused, and when the database is back it has each of them once."""
    written = []
    for number, told in disturbed(clinic, min(every, 15), *words):
        assert told.status == 0, (number, told)
        written.append(value(number))
    clinic.must("store", "hand-over")
    assert [getattr(entry, field) for entry in clinic.said_of(kind)] == written
    assert len(written) > 3


def test_a_run_is_run_and_there_once_wherever_the_database_goes(clinic: Clinic, every: int) -> None:
    """After an answer about pain nothing holds it up; its journal and what the log says of it are there once."""
    plan = str(clinic.folder / "plan.yaml")
    words = ("run", plan, "--athlete", "r7", "--feet", "none", "--sound", "none")
    n_runs = 0
    for number, told in disturbed(clinic, every, *words, before=CHECK_IN):
        assert told.status == 0, (number, told)
        n_runs += 1
    clinic.must("store", "hand-over")
    runs = [entry.session for entry in clinic.said_of(SessionRun) if isinstance(entry, SessionRun)]
    assert len(set(runs)) == len(runs) == n_runs > 3
    assert sorted(clinic.store.journals_of("r7")) == sorted([SESSION, *runs])
    assert list(clinic.store.changed_journals()) == []


def test_a_run_that_nobody_was_asked_before_is_run_or_refused_with_the_reason(clinic: Clinic, every: int) -> None:
    """Pain is asked where the database went before the run was chosen, and not where it went later."""
    plan = str(clinic.folder / "plan.yaml")
    words = ("run", plan, "--athlete", "r7", "--feet", "none", "--sound", "none")
    found = dict(disturbed(clinic, every, *words))
    for number, told in found.items():
        assert told.status in {0, 1}, (number, told)
        if told.status:
            assert len(told.complained) == 1, (number, told)
            assert "Then pain and signs to stop" in told.complained[0], (number, told)
    assert {told.status for told in found.values()} == {0, 1}
    clinic.must("store", "hand-over")
    assert len(clinic.said_of(SessionRun)) == sum(not told.status for told in found.values())


def test_what_cannot_wait_is_done_whole_or_not_at_all_wherever_the_database_goes(clinic: Clinic, every: int) -> None:
    """A programme that is set again, a picture, somebody new, somebody forgotten: what was refused is nowhere."""
    start = ("programme", "start", "field6wk", "--athlete", "r7", "--because", "again {n}")
    found = dict(disturbed(clinic, every, *start))
    set_again = [entry.because for entry in clinic.said_of(ProgrammeSet) if isinstance(entry, ProgrammeSet)][1:]
    assert set_again == [f"again {number}" for number, told in found.items() if not told.status]
    assert under_way(clinic.store, "r7").programme.name == "Field, six weeks"
    picture = str(clinic.folder / "knee.png")
    found = dict(disturbed(clinic, every, "finding", "add", "r7", "--what", "knee {n}", "--file", picture))
    kept = [entry.measure for entry in clinic.said_of(Finding) if isinstance(entry, Finding)]
    assert kept == [f"knee {number}" for number, told in found.items() if not told.status]
    found = dict(disturbed(clinic, every, "athlete", "new", "new{n}"))
    made = {f"new{number}" for number, told in found.items() if not told.status}
    assert set(clinic.store.athlete_names()) == {"r7", *made}


def test_whoever_is_forgotten_is_forgotten_whole_or_not_at_all_wherever_the_database_goes(
    clinic: Clinic, every: int
) -> None:
    """What was refused left everything there; what was done left nothing, on the computer either."""
    made = ("athlete", "new", "old{n}")
    found = dict(disturbed(clinic, every, "athlete", "forget", "old{n}", "--yes", before=made))
    clinic.must("store", "hand-over")
    stay = {f"old{number}" for number, told in found.items() if told.status}
    assert set(clinic.store.athlete_names()) == {"r7", *stay}
    shown = clinic.must("athlete", "list").said
    assert all((f"old{number}" in shown.split()) is bool(told.status) for number, told in found.items())

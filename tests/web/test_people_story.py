"""Two clinicians, eight patients and two treadmill computers on one PostgreSQL, in a real browser and by commands."""

import io
import json
import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from chromium import Browser, browser, chromium
from page_rig import Server, begin_server, free_port, said, wait_until
from postgres_server import PostgresServer
from psycopg import sql
from sessions_folder import journal_text
from sql_stores import LEAD, PRODUCT, new_database, password_of, product_address

from cadencecoach.record.entries import CheckIn, Flag, Moment
from cadencecoach.record.profile import Profile
from cadencecoach.store.people import People
from cadencecoach.store.sql_store import SqlStore

PROGRAM = chromium()
pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(900),
    pytest.mark.skipif(PROGRAM is None, reason="no Chromium here"),
]
PATIENTS = {"anna": ("ann3", "ben3", "cleo3", "dan3"), "bert": ("eva3", "finn3", "gus3", "hana3")}
OTHER = {"anna": "bert", "bert": "anna"}
PASSWORD = "a long password of "  # noqa: S105  # and the name
MAIN = "document.querySelector('main').textContent"
OF_ATHLETES = {"athletes": "name", "log_lines": "athlete", "sessions": "athlete", "audit": "about"}


@dataclass
class Clinic:
    """The database, and what each treadmill computer is set to."""

    server: PostgresServer
    store: SqlStore
    folder: Path

    @property
    def name(self) -> str:
        """Of the database."""
        return str(self.store.database.address.url.database)

    def audit(self) -> list[tuple[str, str, str]]:
        """Who did what, about whom."""
        return [(who, what, about) for _, who, what, about in People(self.store.database).audit()]


@pytest.fixture(scope="module")
def clinic(postgresql: PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clinic]:
    """Eight patients; one of each clinician's has reported a sign to stop. Each has run once."""
    now = datetime.now(UTC)
    with new_database(postgresql) as store, pytest.MonkeyPatch.context() as patch:
        people = People(store.database)
        for name, athletes in PATIENTS.items():
            people.put(name, "clinician")
            people.set_password(name, PASSWORD + name)
            for number, athlete in enumerate(athletes):
                store.write_profile(Profile(athlete=athlete))
                started = f"2026-03-0{number + 1}T{'08' if name == 'anna' else '09'}:00:00Z"
                raw = journal_text(started=started, athlete=athlete).encode()
                store.add_journal(started.replace(":", ""), io.BytesIO(raw))
            stop = CheckIn(
                at=f"{now:%Y-%m-%dT%H:%M:%SZ}", day=now.date(), moment=Moment.MORNING, flags=frozenset({Flag.NIGHT})
            )
            store.add_entries(athletes[0], stop)
            people.let_see(name, athletes)
        patch.setenv("CADENCECOACH_STORE", postgresql.address(str(store.database.address.url.database), PRODUCT))
        patch.setenv("CADENCECOACH_STORE_PASSWORD_FILE", str(password_of(postgresql)))
        yield Clinic(postgresql, store, tmp_path_factory.mktemp("computers"))


@pytest.fixture(scope="module")
def computers(clinic: Clinic) -> Iterator[tuple[Server, Server]]:
    """The pages of two treadmill computers, with one login to the database that is nobody's own."""
    with ExitStack() as stack:
        one, two = (stack.enter_context(served(clinic.folder / name)) for name in ("one", "two"))
        yield one, two


@contextmanager
def served(home: Path) -> Iterator[Server]:
    """The page of one computer; a session that a story has left there is ended, too, by itself: no token lists it."""
    server = begin_server(home, "--port", str(free_port()))
    try:
        yield server
    finally:
        server.end()
        for place in (home / "run" / "cadencecoach").glob("*.place"):
            os.kill(int(json.loads(place.read_text())["pid"]), signal.SIGTERM)


@pytest.fixture(scope="module")
def page() -> Iterator[Browser]:
    """A browser; what it shows each computer it keeps apart from the others."""
    assert PROGRAM is not None
    with browser(PROGRAM) as one:
        yield one


def show(page: Browser, server: Server, path: str) -> str:
    """Open a page; its words."""
    page.visit(f"http://127.0.0.1:{server.port}{path}", width=1280)
    return words_of(page)


def words_of(page: Browser) -> str:
    """The words of the page, each space a plain one."""
    return str(page.evaluate(MAIN)).replace("\xa0", " ")


def fill(page: Browser, form: str, name: str, value: str) -> None:
    """Write into a field of a form."""
    page.evaluate(f"document.getElementById({form!r}).elements[{name!r}].value = {json.dumps(value)}")


def press(page: Browser, selector: str) -> None:
    """Press an element, wherever on the page it is."""
    page.wait_for(f"document.querySelector({selector!r})")
    page.evaluate(f"document.querySelector({selector!r}).click()")


def save(page: Browser, selector: str) -> None:
    """Press what saves, and wait for the page anew."""
    page.evaluate("window.stays = true")
    press(page, selector)
    page.wait_for("!window.stays && document.readyState === 'complete'")


def sign_in(page: Browser, server: Server, name: str) -> None:
    """Be sent to the way in, type name and password, and arrive."""
    show(page, server, "/")
    page.wait_for("location.pathname === '/pair'")
    fill(page, "desk", "name", name)
    fill(page, "desk", "password", PASSWORD + name)
    press(page, "#desk button")
    page.wait_for("location.pathname !== '/pair' && document.readyState === 'complete'")
    assert page.evaluate("location.pathname") == "/caseload"


def sign_out(page: Browser, server: Server) -> None:
    """Leave by the page that says who is signed in."""
    show(page, server, "/person")
    press(page, "#sign-out")
    page.wait_for("location.pathname === '/pair' && document.readyState === 'complete'")


def test_alert_plan_and_message_are_the_clinicians_own(
    page: Browser, computers: tuple[Server, Server], clinic: Clinic, pytestconfig: pytest.Config
) -> None:
    """Anna at one computer: an alert taken on, a programme given, a message; bert at the next sees nothing of it.

    In short on his caseload, on what she wrote to, and on a start for her patient; with `--long` on other pages too.
    """
    one, two = computers
    sign_in(page, one, "anna")
    seen = words_of(page)
    assert "Ask today (1)" in seen
    assert [name in seen for names in PATIENTS.values() for name in names] == [True] * 4 + [False] * 4
    assert page.evaluate("document.querySelector('nav').textContent").endswith("Signed in: anna")
    press(page, "tr[data-athlete=ann3] .acts .btn:first-child")
    assert page.evaluate("document.getElementById('act-form').elements.by.value") == "anna"
    fill(page, "act-form", "by", "bert")  # whatever the page sends, whoever has signed in acts
    save(page, "#act-form [value=yes]")
    assert page.evaluate("document.querySelector('tr[data-athlete=ann3] [data-label=Owner]').textContent") == "anna"
    show(page, one, "/patients/ben3")
    press(page, "[data-act=give]")
    page.wait_for("document.querySelectorAll('#follows li').length > 0")
    page.wait_for("!document.querySelector('#deciding-yes').disabled")
    fill(page, "deciding-form", "because", "first weeks")
    save(page, "#deciding-yes")
    assert "No programme yet" not in words_of(page)
    show(page, one, "/patients/cleo3")
    fill(page, "writing", "text", "Land softly this week.")
    save(page, "#writing button")
    assert "Land softly this week." in words_of(page)
    sign_in(page, two, "bert")
    seen = words_of(page)
    assert [name in seen for names in PATIENTS.values() for name in names] == [False] * 4 + [True] * 4
    others = ("/patients/ann3/progress", "/sessions", "/settings", "/devices")  # see test_people.py, without a browser
    for path in ("/patients/cleo3", "/?athlete=ann3", *(others if pytestconfig.getoption("--long") else ())):
        assert not any(name in show(page, two, path) for name in PATIENTS["anna"]), path
    said_of = {(who, what, about) for who, what, about in clinic.audit() if who in PATIENTS}
    wanted = {("anna", "change", about) for about in ("ann3", "ben3", "cleo3")} | {("anna", "read", "ben3")}
    assert said_of >= wanted | {("anna", "sign in", "anna"), ("bert", "list", "caseload"), ("bert", "sign in", "bert")}
    assert not {about for who, _, about in said_of if who == "bert"} & set(PATIENTS["anna"])


def test_a_session_is_the_persons_who_started_it_and_out_of_sight_for_the_other(
    page: Browser, computers: tuple[Server, Server], clinic: Clinic
) -> None:
    """Bert starts a run of finn at the second computer; anna, who signs in there meanwhile, is not shown it."""
    two = computers[1]
    page.visit("about:blank", width=1280)  # whoever was there has left, and nothing that was asked for is still to come
    page.call("Network.clearBrowserCookies")
    sign_in(page, two, "bert")
    asked = json.dumps({"id": "finn", "plan": "demo", "feet": "sim", "sound": "none", "athlete": "finn3"})
    headers = "{'cadencecoach-person': 'bert'}"
    started = f"fetch('/api/sessions', {{method: 'POST', headers: {headers}, body: {json.dumps(asked)}}})"
    told = page.evaluate(f"{started}.then((answer) => answer.json())")
    assert "id" in told, told
    session = told["id"]
    show(page, two, f"/live/{session}")
    page.wait_for("document.querySelector('#word').textContent")
    sign_out(page, two)
    sign_in(page, two, "anna")
    assert page.evaluate("fetch('/api/sessions').then((answer) => answer.json())") == {"sessions": []}
    for path in (f"/api/sessions/{session}/events", "/api/sessions/000000000000/events"):
        assert page.evaluate(f"fetch('{path}').then(async (one) => [one.status, await one.text()])")[0] == 404
    stop = f"fetch('/api/sessions/{session}', {{method: 'DELETE'}}).then((answer) => answer.status)"
    assert page.evaluate(stop) == 404
    sign_out(page, two)
    sign_in(page, two, "bert")
    assert page.evaluate(stop) == 204
    page.wait_for("fetch('/api/sessions').then((one) => one.json()).then((told) => !told.sessions.length)")
    show(page, two, "/sessions?athlete=finn3")
    wait_until(lambda: ("bert", "session", "finn3") in clinic.audit())  # as its process ends


@pytest.mark.parametrize("name", PATIENTS)
def test_by_command_and_by_direct_sql_a_clinician_sees_the_own_caseload(
    clinic: Clinic, name: str, monkeypatch: pytest.MonkeyPatch, pytestconfig: pytest.Config
) -> None:
    """With a login of their own, whatever person is claimed: four patients, and of the other four not a row.

    One of the two is refused what reads, the other what writes; with `--long` both are refused both.
    """
    own, others = set(PATIENTS[name]), PATIENTS[OTHER[name]]
    product_address(clinic.server, clinic.name, name)
    monkeypatch.setenv("CADENCECOACH_STORE", clinic.server.address(clinic.name, name))
    monkeypatch.setenv("CADENCECOACH_STORE_PERSON", OTHER[name])
    home = clinic.folder / f"terminal-{name}"
    lists: tuple[tuple[str, ...], ...] = (("athlete", "list"), ("caseload", "--json"), ("history", "list"))
    for words in lists:
        printed = said(home, *words)
        assert not any(one in printed for one in others), words
        assert any(one in printed for one in own), words
    about = others[0]
    reads = (("athlete", "show", about), ("message", "list", about), ("athlete", "export", about))
    writes = (("message", "add", about, "hello"), ("athlete", "forget", about, "--yes"))
    is_long = pytestconfig.getoption("--long")
    for words in (*reads, *writes) if is_long else reads if name == "anna" else writes:
        with pytest.raises(subprocess.CalledProcessError):
            said(home, *words)
    with clinic.server.connect(clinic.name, name) as connection, connection.transaction():
        connection.execute("select set_config('cadencecoach.person', %s, true)", [LEAD])
        for table, column in OF_ATHLETES.items():
            wanted = sql.SQL("select distinct {1} from {0}").format(sql.Identifier(table), sql.Identifier(column))
            found = {row[0] for row in connection.execute(wanted)}
            assert found <= own, table
            assert found or table == "audit", table

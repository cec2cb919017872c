"""People at the page of a clinic's store, on a real PostgreSQL: who comes in, how long, and what stays out of sight."""

import asyncio
import io
import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from asgi import run
from clinic_page import LAN, TOKEN, Browser, ClinicPage, answered_later, run_ahead
from postgres_server import PostgresServer
from route_roles import SIGNS, WHO_MAY
from sessions_folder import journal_text
from sql_stores import LEAD, clinic_store, new_database

from cadencecoach.record.entries import CheckIn, Moment
from cadencecoach.record.profile import Profile
from cadencecoach.store.clinic_store import ClinicStore
from cadencecoach.store.machine import Machine
from cadencecoach.store.people import COST, People
from cadencecoach.web.people import NO_ANSWER, STANDS_S, WITHIN_S
from cadencecoach.web.rows import MAY_NOT, PEOPLE, Role

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240)]
SAID = CheckIn(at="2026-03-02T07:00:00Z", day=date(2026, 3, 2), moment=Moment.BEFORE, pain=2)
PASSWORD = "ten letters of "  # noqa: S105  # and the name
IN_EARNEST = COST["n"]
ROLES = {LEAD: "lead", "anna": "clinician", "ben": "clinician", "rita": "reader", "rex": "researcher"}
SEEN = {"anna": ["mia7x"], "ben": ["zoe9x"], "rita": ["mia7x"]}
OF_MIA, OF_ZOE, OF_NOBODY = "2026-03-02T080000Z", "2026-03-03T080000Z", "2026-03-04T080000Z"
LONG = {"/api/sensors/values", "/api/doctor", "/api/sensors/scan"}  # these ask the whole computer, or go on
HIDDEN, MISSING = ("zoe9x", OF_ZOE), ("kim9x", OF_NOBODY)


@dataclass
class Clinic:
    """A database with two patients and five people; the page's own login is none of them."""

    store: ClinicStore
    people: People
    folder: Path

    def page(self, name: str, *, idle_s: float = 900.0, is_encrypted: bool = False) -> ClinicPage:
        """A server of its own."""
        return ClinicPage(self.store, self.folder / name, idle_s=idle_s, is_encrypted=is_encrypted)


@pytest.fixture(scope="module")
def clinic(postgresql: PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clinic]:
    """Filled once; its passwords are cheap to look at, but for the test that measures how dear they are."""
    folder = tmp_path_factory.mktemp("clinic")
    with new_database(postgresql) as store, pytest.MonkeyPatch.context() as patch:
        patch.setitem(COST, "n", 16)
        people = People(store.database)
        for name, role in ROLES.items():
            people.put(name, role)
            people.set_password(name, PASSWORD + name)
        for athlete, session in (("mia7x", OF_MIA), ("zoe9x", OF_ZOE)):
            store.write_profile(Profile(athlete=athlete))
            store.add_entries(athlete, SAID)
            raw = journal_text(started=f"{session[:13]}:00:00Z", athlete=athlete)
            store.add_journal(session, io.BytesIO(raw.encode()))
        for name, athletes in SEEN.items():
            people.let_see(name, athletes)
        nobody = type(store)(store.database.for_person(""))
        places = {one: folder / one for one in ("settings", "speech", "plans", "work", "songs")}
        machine = Machine(**places, paired_file=folder / "devices.json")
        yield Clinic(clinic_store(nobody, folder / "own", machine), people, folder)


async def signed_in(page: ClinicPage, name: str) -> Browser:
    """A browser on which somebody has signed in."""
    browser = page.browser()
    answer = await browser.sign_in(name, PASSWORD + name)
    assert (answer.status, answer.told) == (201, {"role": ROLES[name]})
    return browser


def test_without_signing_in_there_is_nothing_but_the_way_in(clinic: Clinic) -> None:
    """Neither for a browser here, nor for a program with the token, which may only ask for an address."""

    async def story() -> None:
        page = clinic.page("way-in")
        browser, program = page.browser(), {"authorization": f"Bearer {TOKEN}"}
        for route in WHO_MAY:
            method, _, path = route.partition(" ")
            if WHO_MAY[route][0] == "!":
                continue
            for headers in (None, program):
                if headers and path == "/api/keys":
                    continue
                answer = await browser.ask(method, path, {}, headers)
                assert answer.status in {303, 401}, (route, answer.status)
                assert answer.headers.get("location", "/pair") == "/pair"
        shown = (await browser.ask("GET", "/pair")).body.decode()
        assert 'name="name"' in shown
        assert "digits" not in shown.partition("<main")[2]
        key = page.entry.passes.new_key(time.time())
        assert (await browser.ask("GET", f"/?key={key}")).headers["location"] == "/pair"
        browser.cookies[page.entry.addresses.cookie_name] = page.entry.passes.new_cookie(time.time())
        assert (await browser.ask("GET", "/caseload")).headers["location"] == "/pair"

    run(story)


def test_a_wrong_password_says_nothing_of_the_name_and_locks_after_five(clinic: Clinic) -> None:
    """The same words and the same work for anna as for nobody; the right password is not looked at after five."""

    async def story() -> None:
        page = clinic.page("locks")
        browser = page.browser()
        for name in ("anna", "nobody", "an'na; --", "Ünïcode"):
            answers = [await browser.sign_in(name, f"wrong {n}") for n in range(6)]
            assert [one.status for one in answers] == [403] * 5 + [429], name
            assert {one.body for one in answers[:5]} == {answers[0].body}
            assert b"anna" not in answers[0].body
            if name != "anna":
                page = clinic.page(f"locks-{len(name)}")  # the address has tries of its own
                browser = page.browser()
        page = clinic.page("locks-anna")
        browser = page.browser()
        for n in range(5):
            await browser.sign_in("anna", f"wrong {n}")
        assert (await browser.sign_in("anna", PASSWORD + "anna")).status == 429
        assert (await browser.sign_in("ben", PASSWORD + "ben")).status == 201
        for told in ({}, {"name": "anna"}, {"id": "x", "password": "p"}, {"id": "x", "name": "a\0", "password": "p"}):
            assert (await browser.ask("POST", "/api/desk", told)).status == 400

    run(story)


def test_an_unknown_name_takes_as_much_work_as_a_known_one(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    """One scrypt of the same cost each; what the processor did is compared, the least of several tries."""
    people = People(clinic.store.shared.database)
    monkeypatch.setitem(COST, "n", IN_EARNEST)

    def work_s(name: str) -> float:
        tries = []
        for _ in range(5):
            begun_s = time.process_time()
            assert not people.may_sign_in(name, "not the password")
            tries.append(time.process_time() - begun_s)
        return min(tries)

    known_s, unknown_s = work_s("anna"), work_s("nobody")
    assert IN_EARNEST >= 2**15
    assert 0.6 < unknown_s / known_s < 1.6


def test_passwords_go_over_no_connection_that_others_can_read(clinic: Clinic) -> None:
    """From another device: refused over plain HTTP, also with a cookie that is good; over TLS it is Secure."""

    async def story() -> None:
        page = clinic.page("plain")
        there = page.browser(LAN, "http")
        answer = await there.sign_in("anna", PASSWORD + "anna")
        assert (answer.status, "set-cookie" in answer.headers) == (403, False)
        shown = (await there.ask("GET", "/pair")).body.decode()
        assert 'name="password"' not in shown
        there.cookies = (await signed_in(page, "anna")).cookies
        assert (await there.ask("GET", "/caseload")).headers["location"] == "/pair"
        private = clinic.page("private", is_encrypted=True).browser(LAN, "https")
        assert 'name="password"' in (await private.ask("GET", "/pair")).body.decode()
        answer = await private.sign_in("anna", PASSWORD + "anna")
        flags = answer.headers["set-cookie"].split("; ")
        assert {"HttpOnly", "SameSite=Strict", "Secure"} <= set(flags)
        assert (await private.ask("GET", "/patients/mia7x")).status == 200

    run(story)


def test_a_session_is_fixed_by_nobody_and_over_when_it_is_ended(clinic: Clinic) -> None:
    """Another cookie at each sign-in, and the one before is none; one that was kept opens nothing after the end."""

    async def story() -> None:
        page = clinic.page("fixed")
        browser, name = await signed_in(page, "anna"), page.entry.addresses.cookie_name
        first = dict(browser.cookies)
        assert (await browser.sign_in("anna", PASSWORD + "anna")).status == 201
        assert browser.cookies[name] != first[name]
        old = page.browser()
        old.cookies = dict(first)
        assert (await old.ask("GET", "/caseload")).headers["location"] == "/pair"
        kept = dict(browser.cookies)
        answer = await browser.ask("POST", "/sign-out")
        assert answer.status == 204
        for cookies in (browser.cookies, kept):
            browser.cookies = dict(cookies)
            assert (await browser.ask("GET", "/api/person")).status == 401
        assert page.entry.devices.all(time.time()) == []
        until, kind, id_, _ = kept[name].split(".")
        browser.cookies = {name: f"{until}.{kind}.{id_}.{'0' * 64}"}
        assert (await browser.ask("GET", "/api/person")).status == 401

    run(story)


@pytest.mark.parametrize("way", ["password", "revoked", "researcher"])
def test_who_may_not_come_in_any_more_is_out(clinic: Clinic, way: str) -> None:
    """By another password, by the lead's word; whoever gets another role has that from then on."""

    async def story() -> None:
        clinic.people.put("desk9", "clinician")
        clinic.people.set_password("desk9", "first password")
        clinic.people.let_see("desk9", ["mia7x"])
        page = clinic.page(f"out-{way}")
        first, second = page.browser(), page.browser()
        for one in (first, second):
            assert (await one.sign_in("desk9", "first password")).status == 201
        anna = await signed_in(page, "anna")
        assert (await first.ask("GET", "/patients/mia7x")).status == 200
        if way == "password":
            await asyncio.to_thread(clinic.people.set_password, "desk9", "second password")
        else:
            role = "researcher" if way == "researcher" else "clinician"
            await asyncio.to_thread(lambda: clinic.people.put("desk9", role, is_active=way != "revoked"))
        if way == "researcher":
            await answered_later(first, "/patients/mia7x", 403)
        else:
            for one in (first, second):
                await answered_later(one, "/api/person", 401)
            assert (await first.sign_in("desk9", "first password")).status == 403
        assert (await anna.ask("GET", "/api/person")).told["person"] == "anna"

    run_ahead(story)


def test_who_does_nothing_is_signed_out_and_who_watches_a_session_is_not(clinic: Clinic) -> None:
    """Pages that look again by themselves are nothing; a live stream holds the sign-in, whose page has the Stop."""

    async def story() -> None:
        page = clinic.page("idle", idle_s=900.0)
        browser, other = await signed_in(page, "anna"), await signed_in(page, "ben")
        is_watching = asyncio.Event()
        watch = browser.send("GET", "/api/wall/events", None, None, lambda _: is_watching.set())
        stream = asyncio.create_task(watch)
        await is_watching.wait()
        assert (await other.ask("GET", "/api/person")).status == 200
        await answered_later(other, "/api/person", 401, after_s=901.0)
        assert (await browser.ask("GET", "/api/person")).status == 200
        stream.cancel()
        await asyncio.gather(stream, return_exceptions=True)
        assert (await browser.ask("POST", "/api/person")).status == 200
        await answered_later(browser, "/api/person", 401, after_s=901.0)
        assert (await other.ask("GET", "/caseload")).headers["location"] == "/pair"

    run_ahead(story)


def test_of_two_people_in_one_browser_nobody_acts_for_the_other(clinic: Clinic) -> None:
    """Ben signs in where anna was: her open page may do nothing, and who was chosen there is forgotten."""

    async def story() -> None:
        page = clinic.page("two")
        browser = await signed_in(page, "anna")
        assert (await browser.ask("GET", "/?athlete=mia7x")).status == 200
        assert "mia7x" in browser.cookies.values()
        assert (await browser.sign_in("ben", PASSWORD + "ben")).status == 201
        assert "mia7x" not in browser.cookies.values()
        told = {"id": "m", "to": "notes", "text": "for whom?"}
        as_shown = {"cadencecoach-person": "anna"}
        answer = await browser.ask("POST", "/api/patients/zoe9x/messages", told, as_shown)
        assert (answer.status, answer.told["error"]) == (
            409,
            "ben is signed in on this browser now; load the page again",
        )
        answer = await browser.ask("POST", "/api/patients/zoe9x/messages", told, {"cadencecoach-person": "ben"})
        assert answer.status == 201

    run(story)


def test_a_foreign_page_changes_and_signs_in_nobody(clinic: Clinic) -> None:
    """With anna's cookie, from another origin or none."""

    async def story() -> None:
        page = clinic.page("foreign")
        browser = await signed_in(page, "anna")
        for origin in ("http://evil.example", "null", "https://127.0.0.1:8712", ""):
            for method, path in (("POST", "/api/desk"), ("POST", "/sign-out"), ("POST", "/api/alerts")):
                answer = await browser.ask(method, path, {}, {"origin": origin})
                assert answer.status == 403, (origin, path)
        assert (await browser.ask("GET", "/api/person")).status == 200

    run(story)


ASK = ("anna", "rita", "rex", LEAD)


def sign_of(name: str) -> str:
    """What stands for somebody's role in the table of routes."""
    return SIGNS[list(Role).index(Role(ROLES[name]))]


@pytest.mark.parametrize("name", ASK)
def test_every_route_answers_each_role_as_the_table_says(
    clinic: Clinic, name: str, pytestconfig: pytest.Config
) -> None:
    """Refused in one line that says what the role does; where it may, nothing breaks.

    In short of those who may one asks, by turns; with `--long` each.
    """

    async def story() -> None:
        page = clinic.page(f"roles-{name}")
        browser, role = await signed_in(page, name), Role(ROLES[name])
        sign = sign_of(name)
        for turn, (route, may) in enumerate(WHO_MAY.items()):
            method, _, path = route.partition(" ")
            if path in {"/sign-out", "/api/sensors/values", "/api/wall/events", "/api/wall/stop", *LONG} and (
                sign in may
            ):
                continue  # an end, streams without one, and what asks the whole computer
            those = [one for one in ASK if may[0] == "!" or sign_of(one) in may]
            if name in those and those[turn % len(those)] != name and not pytestconfig.getoption("--long"):
                continue
            answer = await browser.ask(method, filled(path, "mia7x", OF_MIA), {} if method != "GET" else None)
            if sign in may or may[0] == "!":
                assert answer.status not in {401, 403, 500}, (route, answer.status, answer.body[:300])
            elif path == "/" and role is Role.RESEARCHER:
                assert answer.headers["location"] == "/person"
            else:
                assert answer.status == 403, (route, answer.status)
                if role in MAY_NOT:
                    assert answer.told == {"error": MAY_NOT[role]}, route

    run(story)


def filled(path: str, name: str, session: str) -> str:
    """An address of a route for somebody, and for a session of theirs."""
    values = {"{name}": name, "{id}": session, "{form}": "csv", "{file}": "x.jpg", "{key}": "voice.words"}
    if path in {"/learn/{name}", "/sounds/{name}.wav"}:
        values["{name}"] = "pain"
    for place, value in values.items():
        path = path.replace(place, value)
    return path


def asked_by_name(name: str, session: str) -> list[tuple[str, str, object]]:
    """What is asked of somebody by name, beside the addresses: in queries and in what is sent."""
    pages = ("/", "/checkin", "/begin", "/learn", "/metronome", "/sessions", "/run/demo", "/devices", "/caseload")
    queries = [f"{page}?athlete={name}" for page in pages] + [f"/caseload?owner={name}"]
    queries += [f"/checkin?resume={session}&athlete={name}", f"/checkin?correct=abc&athlete={name}"]
    queries += [f"/plans/today/picture.svg?athlete={name}"]
    alert: dict[str, object] = {"id": "a", "athlete": name, "alert": "b", "by": "x"}
    return [
        *(("GET", query, None) for query in queries),
        ("POST", "/api/alerts", {**alert, "act": "own"}),
        ("POST", "/api/alerts", {**alert, "act": "close", "reason": "r", "more": 0}),
        ("POST", "/checkin", {"id": "c", "athlete": name, "answers": {"pain": "3"}}),
        ("POST", "/api/sessions", {"id": "s", "plan": "demo", "feet": "sim", "sound": "none", "athlete": name}),
        ("POST", "/api/sessions", {"id": "t", "plan": "today", "feet": "sim", "sound": "none", "athlete": name}),
        ("POST", "/api/sessions", {"id": "u", "resume": session, "athlete": name}),
        ("POST", "/api/jobs", {"id": "j", "kind": "report", "session": session}),
        ("POST", "/api/jobs", {"id": "k", "kind": "export", "session": session, "form": "csv"}),
        ("POST", "/api/jobs", {"id": "l", "kind": "metronome", "form": "wav", "athlete": name,
                               "metronome": {"spm": 170, "for_s": 5}}),
        ("POST", "/api/codes", {"id": "d", "role": "runner", "athlete": name, "network_is_mine": True}),
        ("POST", f"/messages?athlete={name}", {"id": "m", "text": "hello"}),
        ("POST", f"/api/patients/{name}/messages", {"id": "n", "to": "notes", "text": "hello"}),
        ("POST", f"/api/patients/{name}/foresee", {"act": "hold"}),
        ("POST", f"/api/patients/{name}/acts", {"id": "o", "act": "hold", "because": "x", "seen": "y"}),
        ("POST", f"/api/patients/{name}/findings", {"id": "p", "what": "knee valgus", "value": 8, "unit": "deg"}),
        ("DELETE", f"/api/athletes/{name}", {"name": name}),
    ]  # fmt: skip


def test_a_patient_outside_the_caseload_is_answered_as_one_who_does_not_exist(clinic: Clinic) -> None:
    """Every route with the name and the session of ben's patient and with ones that nobody has: letter by letter."""

    async def story() -> None:
        page = clinic.page("outside")
        browser = await signed_in(page, "anna")

        async def told_of(whose: tuple[str, str]) -> list[tuple[str, int, str]]:
            name, session = whose
            asked: list[tuple[str, str, object]] = [
                (method, filled(path, name, session), {} if method != "GET" else None)
                for method, _, path in (route.partition(" ") for route in WHO_MAY)
                if "{name}" in path or "{id}" in path
            ]
            asked += asked_by_name(name, session)
            found = []
            for method, path, body in asked:
                browser.cookies.pop("cadencecoach-athlete", None)
                answer = await browser.ask(method, path, body)
                words = f"{answer.headers.get('location', '')} {answer.body.decode('utf-8', 'replace')}"
                for text in whose:
                    path, words = path.replace(text, "?"), words.replace(text, "?")  # noqa: PLW2901
                asked_for = f"{method} {path} {json.dumps(body)}".replace(name, "?").replace(session, "?")
                found.append((asked_for, answer.status, words))
            return found

        hidden, missing = await told_of(HIDDEN), await told_of(MISSING)
        assert len(hidden) > 60
        for one, other in zip(hidden, missing, strict=True):
            assert one == other
        assert all(status < 500 for _, status, _ in hidden)
        assert [one for one in hidden if 200 <= one[1] < 300 and "/patients/" in one[0]] == []

    run(story)


def test_no_page_or_list_names_anybody_outside_the_caseload(clinic: Clinic, pytestconfig: pytest.Config) -> None:
    """Every page and JSON that has no name in its address, for a clinician and a reader; ben and the lead see zoe.

    A report, too; in short for the clinician alone.
    """

    async def story() -> None:
        page = clinic.page("lists")
        paths = [path for method, _, path in (one.partition(" ") for one in WHO_MAY) if method == "GET"]
        paths = [one for one in paths if "{" not in one and "/events" not in one and one not in LONG]
        paths += ["/sessions?athlete=", "/caseload?practice=1", "/patients/mia7x"]
        report = [f"/sessions/{OF_MIA}/report"]
        seen = {}
        for name in ("anna", "rita", LEAD, "ben"):
            browser = await signed_in(page, name)
            asked = paths if name in {"anna", "rita"} else ["/caseload", "/sessions"]
            if name == "anna" or (name == "rita" and pytestconfig.getoption("--long")):
                asked = asked + report
            answers = [await browser.ask("GET", path) for path in asked]
            assert [(path, one.status) for path, one in zip(asked, answers, strict=True) if one.status >= 500] == []
            seen[name] = b" ".join(one.body for one in answers).decode("utf-8", "replace")
        for name in ("anna", "rita"):
            assert "mia7x" in seen[name]
            assert "zoe9x" not in seen[name]
        assert "zoe9x" in seen["ben"]
        assert "zoe9x" in seen[LEAD]
        assert "mia7x" in seen[LEAD]

    run(story)


def test_devices_and_jobs_of_others_are_out_of_sight(clinic: Clinic) -> None:
    """A runner's tablet of ben's patient, and a report that ben has asked for."""

    async def story() -> None:
        page = clinic.page("devices")
        anna, ben, lead = await signed_in(page, "anna"), await signed_in(page, "ben"), await signed_in(page, LEAD)
        told = {"id": "d", "role": "runner", "athlete": "zoe9x", "network_is_mine": True}
        digits = (await ben.ask("POST", "/api/codes", told)).told["digits"]
        tablet = page.browser(LAN, "http")
        assert (await tablet.ask("POST", "/api/pair", {"id": "t", "digits": digits})).status == 201
        assert "zoe9x" in (await tablet.ask("GET", "/?athlete=mia7x")).body.decode()
        assert (await tablet.ask("GET", "/patients/zoe9x")).status == 403
        (device,) = [one for one in (await ben.ask("GET", "/api/devices")).told["devices"] if one["role"] == "runner"]
        assert "zoe9x" not in (await anna.ask("GET", "/api/devices")).body.decode()
        assert "ben" not in (await anna.ask("GET", "/devices")).body.decode().replace("benutz", "")
        assert (await anna.ask("DELETE", f"/api/devices/{device['id']}")).status == 404
        assert {one["person"] for one in (await lead.ask("GET", "/api/devices")).told["devices"]} >= {"ben", "anna"}
        job = {"id": "j", "kind": "report", "session": OF_ZOE}
        id_ = (await ben.ask("POST", "/api/jobs", job)).told["id"]
        for path in (f"/api/jobs/{id_}", f"/api/jobs/{id_}/file", f"/api/jobs/{id_}/heard"):
            assert (await anna.ask("GET", path)).status == 404
        assert (await anna.ask("DELETE", f"/api/jobs/{id_}")).status == 404
        tick = threading.Event()
        while (await ben.ask("GET", f"/api/jobs/{id_}")).told["state"] != "done":
            assert (await ben.ask("GET", f"/api/jobs/{id_}/file")).status in {200, 409}
            await asyncio.to_thread(tick.wait, 0.05)
        assert "zoe9x" in (await ben.ask("GET", f"/api/jobs/{id_}/file")).body.decode()
        assert (await ben.ask("DELETE", f"/api/devices/{device['id']}")).status == 204
        assert (await tablet.ask("GET", "/")).headers["location"] == "/pair"
        digits = (await ben.ask("POST", "/api/codes", told | {"id": "e"})).told["digits"]
        assert (await tablet.ask("POST", "/api/pair", {"id": "u", "digits": digits})).status == 201
        assert (await tablet.ask("GET", "/")).status == 200
        await asyncio.to_thread(lambda: clinic.people.let_see("ben", ["zoe9x"], may=False))
        try:
            assert (await answered_later(tablet, "/", 303)).headers["location"] == "/pair"
        finally:
            await asyncio.to_thread(clinic.people.let_see, "ben", ["zoe9x"])

    run_ahead(story)


def test_the_audit_names_whoever_signed_in(clinic: Clinic, pytestconfig: pytest.Config) -> None:
    """A read, a change, an export, the way in and the way out; nothing by the login of the program.

    With `--long` a report is read, too.
    """

    async def story() -> None:
        page = clinic.page("audit")
        ben = await signed_in(page, "ben")
        before = len(await asyncio.to_thread(clinic.people.audit))
        assert (await ben.ask("GET", "/caseload")).status == 200
        assert (await ben.ask("GET", "/patients/zoe9x")).status == 200
        told = {"id": "audited", "to": "notes", "text": "seen"}
        assert (await ben.ask("POST", "/api/patients/zoe9x/messages", told)).status == 201
        answer = await ben.ask("GET", f"/sessions/{OF_ZOE}/export.csv")
        assert answer.status == 200, answer.body
        if pytestconfig.getoption("--long"):
            assert (await ben.ask("GET", f"/sessions/{OF_ZOE}/report")).status == 200
        assert (await ben.ask("POST", "/sign-out")).status == 204
        rows = (await asyncio.to_thread(clinic.people.audit))[:-before]
        said = [(who, what, about) for _, who, what, about in rows]
        assert {who for who, *_ in said} == {"ben"}
        wanted = {
            ("read", "zoe9x"),
            ("change", "zoe9x"),
            ("export", "zoe9x"),
            ("list", "caseload"),
            ("sign out", "ben"),
        }
        assert {(what, about) for _, what, about in said} >= wanted

    run(story)


def test_a_sign_in_outlives_the_database_and_none_begins_without_it(clinic: Clinic, postgresql: PostgresServer) -> None:
    """It hangs: what is known counts, a key is not kept waiting for long; who comes now is told why not."""

    async def story() -> None:
        page = clinic.page("down")
        anna = await signed_in(page, "anna")
        assert (await anna.ask("GET", "/patients/mia7x")).status == 200
        with postgresql.hang():
            for _ in range(8):  # until what was known is no longer fresh, and beyond
                begun_s = time.monotonic()
                await answered_later(anna, "/api/person", 200, after_s=STANDS_S / 4)
                assert time.monotonic() - begun_s < WITHIN_S + 2.0
            answer = await page.browser().sign_in("ben", PASSWORD + "ben")
            assert (answer.status, answer.told["error"]) == (503, NO_ANSWER)
        assert {one.role for one in page.entry.devices.all(time.time())} <= PEOPLE

    run_ahead(story)

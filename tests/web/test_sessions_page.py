"""The list of sessions: whose are shown, what is found, what is made of one."""

import asyncio
import io
import re
import threading
import time
from pathlib import Path

import pytest
from asgi import Asked, run
from reached_rig import entry_in
from sessions_folder import END, journal_text

from cadencecoach.desk.history.choosing import PAGE
from cadencecoach.plan.page_texts import ENGLISH_PAGE
from cadencecoach.store.file_store import FileStore
from cadencecoach.store.protocol import Store
from cadencecoach.store.user_store import user_files
from cadencecoach.web.rows import Role, Visitor, routes_of
from cadencecoach.web.server.routes import all_rows
from cadencecoach.web.site import Site

DESK, GUEST, SCREEN = Visitor(Role.DESK), Visitor(Role.RUNNER), Visitor(Role.SCREEN)
R7, R8 = Visitor(Role.RUNNER, "r7"), Visitor(Role.RUNNER, "r8")
MARKUP = "<script>alert(1)</script>"


def app_of(store: FileStore) -> Asked:
    """The routes over a store."""
    return Asked([*routes_of(all_rows(Site(store, entry_in(store.folder))))])


def add(store: Store, day: str, *, athlete: str | None = None, is_ended: bool = True, **header: object) -> str:
    """A session of a minute."""
    text = journal_text(started=f"{day}T08:00:00Z", **{"athlete": athlete, "utc_offset_s": 0, **header})
    lines = text.splitlines(keepends=True)
    id_ = f"{day}T080000Z"
    assert store.add_journal(id_, io.BytesIO("".join(lines if is_ended else lines[:-1]).encode()))
    return id_


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FileStore:
    """Three sessions of two athletes and of a guest."""
    for kind in ("CACHE", "CONFIG", "DATA"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(tmp_path / kind.lower()))
    store = user_files()
    add(store, "2026-03-01", athlete="r7")
    add(store, "2026-03-02", athlete="r8", plan={"name": MARKUP})
    add(store, "2026-03-03", metronome=True, plan={"name": "Metronome"})
    return store


def shown(body: bytes) -> list[str]:
    """Days of the sessions on a page."""
    return re.findall(r'<p class="quiet">\w+ (\d{4}-\d\d-\d\d)', body.decode())


async def days(app: Asked, visitor: Visitor, query: str = "") -> list[str]:
    """Days of the sessions that a device sees."""
    answered = await app.ask(visitor, "GET", f"/sessions{query}")
    assert answered.status == 200
    return shown(answered.body)


def test_no_number_of_a_page_is_too_long_to_be_refused(store: FileStore) -> None:
    """Of thousands of digits Python makes no number."""

    async def story() -> None:
        for number in ("0", "1000001", "9" * 5000):
            assert (await app_of(store).ask(DESK, "GET", f"/sessions?page={number}")).status == 400

    run(story)


def test_a_device_sees_what_is_for_it(store: FileStore) -> None:
    """The desk all, a runner's device its athlete's, whatever the address says; a guest's and a screen nothing."""
    app = app_of(store)

    async def story() -> None:
        assert await days(app, DESK) == ["2026-03-03", "2026-03-02", "2026-03-01"]
        assert await days(app, R7) == await days(app, R7, "?athlete=r7") == ["2026-03-01"]
        assert await days(app, R7, "?athlete=r8") == await days(app, R7, "?athlete=~") == []
        guests = await app.ask(GUEST, "GET", "/sessions")
        assert shown(guests.body) == []
        assert ENGLISH_PAGE.guests_see_none in guests.body.decode()
        assert (await app.ask(SCREEN, "GET", "/sessions")).status == 403

    run(story)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("athlete=r8", ["02"]),
        ("athlete=~", ["03"]),
        ("kind=metronome", ["03"]),
        ("kind=run", ["02", "01"]),
        ("plan=Plus%205", ["01"]),
        ("since=2026-03-02", ["03", "02"]),
        ("until=2026-03-02", ["02", "01"]),
        ("since=2026-03-02&until=2026-03-02", ["02"]),
        ("since=2026-03-04", []),
        ("athlete=&plan=&kind=&since=&until=", ["03", "02", "01"]),
    ],
)
def test_what_is_looked_for_is_found(store: FileStore, query: str, found: list[str]) -> None:
    """By athlete, plan, kind and day, both ends included."""
    app = app_of(store)

    async def story() -> None:
        assert await days(app, DESK, f"?{query}") == [f"2026-03-{day}" for day in found]

    run(story)


@pytest.mark.parametrize("query", ["since=x", "until=2026-13-01", "page=0", "page=x", "page=-1", "page=9999999999"])
def test_what_is_no_day_or_page_is_said(store: FileStore, query: str) -> None:
    """With the name of the field."""
    app = app_of(store)

    async def story() -> None:
        answered = await app.ask(DESK, "GET", f"/sessions?{query}")
        assert (answered.status, answered.told["where"]) == (400, query.partition("=")[0])

    run(story)


def test_nothing_in_a_name_is_markup(store: FileStore) -> None:
    """A plan's title comes from anybody's file."""

    async def story() -> None:
        body = (await app_of(store).ask(DESK, "GET", "/sessions")).body.decode()
        assert MARKUP not in body
        assert "&lt;script&gt;" in body
        assert body.count('class="spark"') == 3

    run(story)


@pytest.mark.slow
def test_pages_have_so_many_and_lead_on() -> None:
    """The filters go along; a page that is not there is the last one."""
    store = user_files()
    for day in range(1, PAGE + 2):
        add(store, f"2026-01-{day:02}" if day <= 31 else f"2026-02-{day - 31:02}", athlete="r7")

    async def story() -> None:
        app = app_of(store)
        first = await app.ask(DESK, "GET", "/sessions?athlete=r7")
        assert len(shown(first.body)) == PAGE
        assert 'href="?athlete=r7&amp;page=2"' in first.body.decode()
        assert await days(app, DESK, "?athlete=r7&page=2") == await days(app, DESK, "?page=99") == ["2026-01-01"]

    run(story)


def test_nobody_gets_at_the_session_of_another() -> None:
    """Neither report nor export nor an end for it; what is not there is answered the same."""
    store = user_files()
    mine, theirs = add(store, "2026-03-01", athlete="r7"), add(store, "2026-03-02", athlete="r8", is_ended=False)

    async def story() -> None:
        app = app_of(store)
        for session in (theirs, "2026-03-09T080000Z", ".."):
            for method, path in (("GET", "report"), ("GET", "export.csv"), ("POST", "finish")):
                for visitor in (R7, GUEST):
                    answered = await app.ask(visitor, method, f"/sessions/{session}/{path}")
                    assert answered.status == 404, (session, path)
        assert (await app.ask(R7, "GET", f"/sessions/{mine}/export.pdf")).status == 404

    run(story)


def test_a_session_that_broke_off_is_finished_once(tmp_path: Path) -> None:
    """Its journal gets an end; the button pressed again changes nothing."""
    store = FileStore(tmp_path)
    session = add(store, "2026-03-01", athlete="r7", is_ended=False)
    path = store.journal_path(session)

    async def story() -> None:
        app = app_of(store)
        before = (await app.ask(R7, "GET", "/sessions")).body.decode()
        assert f">{ENGLISH_PAGE.broke_off}<" in before
        assert f'data-finish="{session}"' in before
        answers = [await app.ask(R7, "POST", f"/sessions/{session}/finish") for _ in range(2)]
        assert {one.status for one in answers} == {204}
        assert path.read_text().count('"what":"end"') == 1
        after = (await app.ask(R7, "GET", "/sessions")).body.decode()
        assert f">{ENGLISH_PAGE.broke_off}<" not in after
        assert f">{ENGLISH_PAGE.was_interrupted}<" in after

    run(story)


def test_a_session_that_was_stopped_is_finished_for_good(tmp_path: Path) -> None:
    """As Today offers it: with a second end nobody is offered to go on with it; a whole one is left as it is."""
    store = FileStore(tmp_path)
    path = store.journal_path(add(store, "2026-03-01", athlete="r7"))

    async def story() -> None:
        app = app_of(store)
        for reason, n_ends in (("stopped", 2), ("finished", 1)):
            lines = path.read_text().splitlines()[:-1]
            path.write_text("\n".join([*lines, f'{{"t":0.0,"what":"end","reason":"{reason}"}}', ""]))
            for _ in range(2):
                assert (await app.ask(R7, "POST", f"/sessions/{path.stem}/finish")).status == 204
            assert path.read_text().count('"what":"end"') == n_ends
            path.write_text("\n".join([*lines, ""]))

    run(story)


@pytest.mark.slow
@pytest.mark.timeout(240)
def test_five_thousand_sessions_open_in_under_a_second(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pytestconfig: pytest.Config
) -> None:
    """From the index, which is made once while the page shows how far it is; measured as time of the processor.

    A thousand in under a fifth of a second; with `--long` five thousand.
    """
    n_sessions, most_s = (5000, 1.0) if pytestconfig.getoption("--long") else (1000, 0.2)
    for kind in ("CACHE", "CONFIG", "DATA"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(tmp_path / kind.lower()))
    store, tick = user_files(), threading.Event()
    store.sessions_folder.mkdir(parents=True)
    free = dict.fromkeys(("target_spm", "low_spm", "high_spm"))
    stage = {"t": 0.0, "what": "stage", "index": 0, "name": "Run", "beat": "on", "feedback": "words", **free}
    text = journal_text(stage, END, started="2000-01-01T08:00:00Z", athlete="r7")
    for n in range(n_sessions):
        day = f"{2001 + n // 100}-{n % 100 // 25 + 1:02}-{n % 25 + 1:02}"
        (store.sessions_folder / f"{day}T080000Z.jsonl").write_text(text.replace("2000-01-01", day))

    async def story() -> None:
        app = app_of(store)
        reading = await app.ask(DESK, "GET", "/sessions")
        assert ENGLISH_PAGE.reading_sessions in reading.body.decode()
        (job,) = re.findall(r'data-job="(\w+)"', reading.body.decode())
        while (told := (await app.ask(DESK, "GET", f"/api/jobs/{job}")).told)["state"] in {"waiting", "running"}:
            assert told["error"] is None
            await asyncio.to_thread(tick.wait, 0.05)
        assert told["state"] == "done"
        took = list[float]()
        for query in ("", f"?page={n_sessions // PAGE}", "?since=2005-01-01&kind=run"):
            began_s = time.process_time()
            answered = await app.ask(DESK, "GET", f"/sessions{query}")
            took.append(time.process_time() - began_s)
            assert len(shown(answered.body)) == PAGE
        assert min(took) < most_s, took
        assert len(answered.body) < 100_000

    run(story)

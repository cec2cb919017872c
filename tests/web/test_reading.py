"""What needs more read than anybody waits for with an empty page says how far it is, and opens by itself."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from asgi import Answered, Asked, run
from chromium import Browser, chromium
from page_rig import Server, page_server
from reached_rig import entry_in
from sessions_folder import journal_text

from cadencecoach.plan.forms import fill
from cadencecoach.plan.page_texts import ENGLISH_PAGE
from cadencecoach.record.profile import Profile
from cadencecoach.store.file_store import FileStore
from cadencecoach.store.folds import FOLDS_NAME
from cadencecoach.store.indexing import index_path
from cadencecoach.store.user_store import user_files
from cadencecoach.web.jobs import State
from cadencecoach.web.reading import MANY_CHANGED, MANY_UNREAD
from cadencecoach.web.rows import Role, Visitor, routes_of
from cadencecoach.web.server.routes import all_rows
from cadencecoach.web.site import Site

PROGRAM = chromium()
pytestmark = [pytest.mark.slow, pytest.mark.timeout(240)]
DESK, R00 = Visitor(Role.DESK), Visitor(Role.RUNNER, "r00")
N_ATHLETES, EACH = MANY_CHANGED, 3
N_SESSIONS = N_ATHLETES * EACH
MAIN = "document.querySelector('main').textContent"


def keep_many(store: FileStore) -> FileStore:
    """So many athletes and sessions that a look at all of them takes a while; nothing is read yet."""
    store.sessions_folder.mkdir(parents=True)
    for number in range(N_ATHLETES):
        name = f"r{number:02}"
        store.write_profile(Profile(athlete=name))
        for day in range(1, 1 + EACH):
            text = journal_text(started=f"2026-03-0{day}T08:00:00Z", athlete=name, day=f"2026-03-0{day}")
            (store.sessions_folder / f"2026-03-0{day}T080000Z-{name}.jsonl").write_text(text, encoding="utf-8")
    return store


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FileStore:
    """Of a person of whom nothing is read yet."""
    for kind in ("CACHE", "CONFIG", "DATA"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(tmp_path / kind.lower()))
    return keep_many(user_files())


class App(Asked):
    """All pages of a store.

    Attributes:
        site: of them
    """

    def __init__(self, store: FileStore) -> None:
        """Nobody has asked yet."""
        self.site = Site(store, entry_in(store.folder))
        super().__init__([*routes_of(all_rows(self.site))])

    async def wait_for(self, visitor: Visitor, id_: str) -> None:
        """Wait until a job is over; nobody asks meanwhile, since it stands behind whoever does."""
        job = self.site.jobs.find(visitor, id_)
        await job.is_settled.wait()
        assert (job.state, job.wrong) == (State.DONE, "")


def unread(sessions: Path) -> None:
    """Forget what was read, so that it is read again: each journal has another time."""
    for path in sessions.iterdir():
        path.write_bytes(path.read_bytes() + b"\n")


def waits(answered: Answered, title: str, n_all: int) -> str:
    """The job that a page waits for, of which it says how much there is."""
    page = answered.body.decode()
    assert title in page
    assert fill(ENGLISH_PAGE.reading_so_far, number=0, n_all=n_all) in page
    assert '<noscript><meta http-equiv="refresh"' in page
    (job,) = re.findall(r'data-job="(\w+)"', page)
    return str(job)


def test_the_caseload_says_how_far_it_is_and_is_there(store: FileStore) -> None:
    """First sessions, then patients; the answer is there at once, and the caseload with everybody at the end."""
    assert N_SESSIONS >= MANY_UNREAD

    async def story() -> None:
        app = App(store)
        job = waits(await app.ask(DESK, "GET", "/caseload"), ENGLISH_PAGE.reading_sessions, N_SESSIONS)
        again = await app.ask(DESK, "GET", "/caseload")
        assert f'data-job="{job}"' in again.body.decode()  # who comes again waits for the same
        for other in ("/sessions", "/patients/r00", "/?athlete=r00"):  # and so does who goes to another page meanwhile
            assert f'data-job="{job}"' in (await app.ask(DESK, "GET", other)).body.decode()
        await app.wait_for(DESK, job)
        job = waits(await app.ask(DESK, "GET", "/caseload"), ENGLISH_PAGE.reading_patients, N_ATHLETES)
        await app.wait_for(DESK, job)
        shown = await app.ask(DESK, "GET", "/caseload")
        assert shown.body.decode().count('href="/patients/') == N_ATHLETES

    run(story)


def test_whatever_needs_sessions_waits_for_them(store: FileStore, pytestconfig: pytest.Config) -> None:
    """Not the caseload alone. In short the first has them read, and the others wait with it; with `--long` each."""
    paths = ("/patients/r00", "/patients/r00/progress", "/?athlete=r00", "/checkin?athlete=r00")

    async def story() -> None:
        for together in [(path,) for path in paths] if pytestconfig.getoption("--long") else [paths]:
            unread(store.sessions_folder)
            app = App(store)
            asked = [await app.ask(DESK, "GET", path) for path in together]
            (job,) = {waits(one, ENGLISH_PAGE.reading_sessions, N_SESSIONS) for one in asked}
            await app.wait_for(DESK, job)
            for path in together:
                shown = await app.ask(DESK, "GET", path)
                assert shown.status == 200, path
                assert "data-job" not in shown.body.decode(), path

    run(story)


def test_a_device_of_a_runner_waits_too(store: FileStore) -> None:
    """It asks for its own job, and no other device may ask for that."""

    async def story() -> None:
        app = App(store)
        job = waits(await app.ask(R00, "GET", "/"), ENGLISH_PAGE.reading_sessions, N_SESSIONS)
        assert (await app.ask(Visitor(Role.RUNNER, "r01"), "GET", f"/api/jobs/{job}")).status == 404
        await app.wait_for(R00, job)
        assert "data-job" not in (await app.ask(R00, "GET", "/")).body.decode()

    run(story)


def test_one_that_is_stopped_goes_on_with_what_is_left(store: FileStore) -> None:
    """What was read is kept: the next job has only the rest to read."""
    n_left = N_SESSIONS - 50

    async def story() -> None:
        app = App(store)
        job = waits(await app.ask(DESK, "GET", "/caseload"), ENGLISH_PAGE.reading_sessions, N_SESSIONS)
        assert (await app.ask(DESK, "DELETE", f"/api/jobs/{job}")).status == 204
        with store.sessions() as sessions:
            known = N_SESSIONS - sessions.n_unread()
            assert known in {0, 50, 100, 150}  # whole gulps, and no torn one
            sessions.rebuild()
        for path in sorted(store.sessions_folder.iterdir())[:n_left]:
            path.write_bytes(path.read_bytes() + b"\n")
        other = waits(await app.ask(DESK, "GET", "/caseload"), ENGLISH_PAGE.reading_sessions, n_left)
        assert other != job
        await app.wait_for(DESK, other)

    run(story)


def test_where_nothing_can_be_kept_the_page_is_shown_all_the_same(store: FileStore) -> None:
    """Index and lines that cannot be written are made for each look: no job helps, and none is begun again."""
    index_path(store.sessions_folder).mkdir(parents=True)
    (store.folder / FOLDS_NAME).mkdir()

    async def story() -> None:
        app = App(store)
        jobs = []
        while "data-job" in (shown := (await app.ask(DESK, "GET", "/caseload")).body.decode()):
            (job,) = re.findall(r'data-job="(\w+)"', shown)
            await app.wait_for(DESK, job)
            jobs.append(job)
        assert shown.count('href="/patients/') == N_ATHLETES
        assert len(jobs) == len(set(jobs)) == 2

    run(story)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The same clinic, with a server of its own."""
    home = tmp_path_factory.mktemp("home")
    keep_many(FileStore(home / "data" / "cadencecoach"))
    with page_server(home) as one:
        yield one


def come_in(page: Browser, server: Server) -> None:
    """Use the key that was printed, and wait until all is read: what a job has still to read would not be unread."""
    page.visit(server.address, width=1280, height=800)
    page.wait_for("!document.querySelector('[data-job]')")


@pytest.mark.skipif(PROGRAM is None, reason="no Chromium here")
@pytest.mark.parametrize("has_script", [True, False])
def test_a_browser_goes_over_into_the_page_by_itself(page: Browser, server: Server, *, has_script: bool) -> None:
    """Nobody touches anything; without a script the page asks again."""
    come_in(page, server)
    unread(server.home / "data" / "cadencecoach" / "sessions")
    page.call("Emulation.setScriptExecutionDisabled", value=not has_script)
    try:
        page.visit(f"http://127.0.0.1:{server.port}/sessions", width=1280, height=800)
        page.wait_for("document.querySelectorAll('main .kept li').length > 10")
        assert sum(address.endswith("/sessions") for address in page.requests) > 1  # it was not there at once
    finally:
        page.call("Emulation.setScriptExecutionDisabled", value=False)


@pytest.mark.skipif(PROGRAM is None, reason="no Chromium here")
def test_a_person_stops_it_and_goes_on(page: Browser, server: Server) -> None:
    """A button stops the job; what it says leads on."""
    come_in(page, server)
    unread(server.home / "data" / "cadencecoach" / "sessions")
    page.visit(f"http://127.0.0.1:{server.port}/sessions?kind=run", width=1280, height=800)
    page.wait_for("document.getElementById('stop') && !document.getElementById('stop').hidden")
    page.evaluate("window.stays = true")
    page.tap("#stop")
    page.wait_for("!document.getElementById('go-on').hidden")
    assert ENGLISH_PAGE.reading_stopped in page.evaluate(MAIN)
    assert json.loads(page.evaluate("JSON.stringify(window.stays)"))
    page.tap("#go-on")
    page.wait_for("!window.stays && document.querySelectorAll('main .kept li').length > 10")
    assert page.evaluate("location.search") == "?kind=run"

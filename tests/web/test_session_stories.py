"""A session from its start to its report, in a real browser; each story is of the desk, at this computer."""

import csv
import io
import os
import re
from pathlib import Path

import pytest
from chromium import Browser, chromium
from page_rig import Server, page_server, signal_called, wait_until

from cadencecoach.plan.page_texts import ENGLISH_PAGE

PROGRAM = chromium()
pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(240),
    pytest.mark.skipif(PROGRAM is None, reason="no Chromium here"),
]


def children_of(server: Server) -> list[Path]:
    """Processes that have the folders of a server in their environment, and still live."""
    mark = f"XDG_CACHE_HOME={server.home / 'cache'}".encode()
    found = list[Path]()
    for one in Path("/proc").glob("[0-9]*"):
        try:
            if mark in (one / "environ").read_bytes():
                found.append(one)
        except OSError:
            continue
    return found


def show(page: Browser, server: Server, path: str, width: int = 390, height: int = 844) -> None:
    """Open a page."""
    page.visit(f"http://127.0.0.1:{server.port}{path}", width=width, height=height)


def test_without_a_session_the_list_says_how_to_begin(page: Browser, server: Server) -> None:
    """With the two ways there are."""
    show(page, server, "/sessions")
    assert page.evaluate("document.querySelector('h1').textContent") == ENGLISH_PAGE.no_sessions
    assert page.evaluate("[...document.querySelectorAll('main a')].map((one) => one.pathname)") == ["/", "/metronome"]


def test_a_session_is_run_listed_reported_and_exported(page: Browser, server: Server) -> None:
    """The report has its style, under a policy that lets no other in, and leads back; the export has its rows."""
    session = server.start(plan="demo")
    show(page, server, f"/live/{session}")
    page.wait_for("/[0-9]{3}/.test(document.getElementById('cadence')?.textContent ?? '')")
    show(page, server, "/sessions")
    assert ENGLISH_PAGE.runs_still in page.evaluate("document.querySelector('.kept').textContent")
    server.ask("DELETE", f"/api/sessions/{session}")
    wait_until(lambda: server.live() == [])
    show(page, server, "/sessions")
    assert page.evaluate("document.querySelector('h1').textContent") == ENGLISH_PAGE.one_session
    assert ENGLISH_PAGE.was_stopped in page.evaluate("document.querySelector('.kept').textContent")
    assert page.evaluate("document.querySelectorAll('.kept .spark .line').length") >= 1
    page.tap(".do a")
    page.wait_for("location.pathname.endsWith('/report') && document.readyState === 'complete'")
    assert page.evaluate("getComputedStyle(document.querySelector('.facts')).display") == "grid"
    assert page.complaints == []
    page.evaluate("document.head.insertAdjacentHTML('beforeend', '<style>h1{display:none}</style>')")
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).display") == "block"
    page.tap("a.back")
    page.wait_for("location.pathname === '/sessions' && document.readyState === 'complete'")
    (path,) = page.evaluate("[...document.querySelectorAll('a[href$=\".csv\"]')].map((one) => one.pathname)")
    status, text = server.ask("GET", path)
    assert status == 200
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) > 1
    assert any(row["cadence_spm"] for row in rows)


def test_a_session_that_was_killed_is_finished_on_the_page(page: Browser, server: Server) -> None:
    """By keyboard alone: the fold, the button; then it counts as interrupted."""
    session = server.start(plan="demo")
    place = server.home / "run" / "cadencecoach" / f"{session}.place"
    pid = int(re.search(r'"pid": (\d+)', place.read_text())[1])  # type: ignore[index]
    os.kill(pid, signal_called("SIGKILL"))
    wait_until(lambda: server.live() == [])
    show(page, server, "/sessions")
    newest = "document.querySelector('.kept li')"
    assert ENGLISH_PAGE.broke_off in page.evaluate(f"{newest}.textContent")
    page.evaluate(f"{newest}.querySelector('summary').focus()")
    page.type(" ", "Space")
    page.wait_for(f"{newest}.querySelector('details').open")
    page.evaluate(f"{newest}.querySelector('[data-finish]').focus()")
    page.type(" ", "Space")
    page.wait_for(f"{newest}?.textContent.includes('{ENGLISH_PAGE.was_interrupted}')")
    assert page.evaluate("document.querySelector('[data-finish]') === null")


@pytest.mark.skipif(not Path("/proc").exists(), reason="looks for processes in /proc")
def test_a_job_is_gone_with_a_server_that_is_killed(tmp_path: Path) -> None:
    """No process works on for nobody, and nothing of what it made is left."""
    with page_server(tmp_path) as server:
        told = {"id": "a", "kind": "metronome", "form": "wav", "metronome": {"spm": 170, "for_s": 7200}}
        status, answer = server.ask("POST", "/api/jobs", told)
        assert status == 201
        work = tmp_path / "cache" / "cadencecoach" / "work"
        wait_until(lambda: list(work.rglob("*.wav")) and server.ask("GET", f"/api/jobs/{answer['id']}")[1]["ratio"] > 0)
        server.end(signal_called("SIGKILL"))
        wait_until(lambda: list(work.iterdir()) == [])
        wait_until(lambda: not children_of(server))

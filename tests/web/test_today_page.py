"""The page where a session is started, in a real browser; each story is of the desk, at this computer."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from chromium import Browser, browser, chromium
from page_rig import PATIENCE_S, Server, environment, page_server, wait_until

from cadencecoach.plan.page_texts import ENGLISH_PAGE

PROGRAM = chromium()
pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(240),
    pytest.mark.skipif(PROGRAM is None, reason="no Chromium here"),
]
TOUCHES = """Math.min(...[...document.querySelectorAll('button, a.btn, select, input')]
    .filter((one) => one.offsetParent).map((one) => one.offsetHeight))"""


def said(home: Path, *words: str) -> None:
    """Run a command as the person would."""
    command = [sys.executable, "-m", "cadencecoach", *words]
    subprocess.run(
        command, check=True, capture_output=True, env=environment(home), stdin=subprocess.DEVNULL, timeout=PATIENCE_S
    )


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Somebody on a programme is kept here."""
    home = tmp_path_factory.mktemp("home")
    said(home, "athlete", "new", "r7")
    said(home, "baseline", "--athlete", "r7", "--spm", "164", "--minutes", "15", "--speed", "10 km/h")
    said(home, "programme", "start", "field6wk", "--athlete", "r7")
    with page_server(home) as one:
        yield one


@pytest.fixture(scope="module")
def page(server: Server) -> Iterator[Browser]:
    """A browser that has used the key that was printed."""
    assert PROGRAM is not None
    with browser(PROGRAM) as one:
        one.visit(server.address, width=390, height=844)
        yield one


def choose(page: Browser) -> None:
    """A simulated runner, and no sound."""
    script = (
        "document.querySelector('[name=feet]').value = 'sim'; document.querySelector('[name=sound]').value = 'none'"
    )
    page.evaluate(script)


def test_todays_session_is_started_by_one_touch(page: Browser, server: Server) -> None:
    """With its headline, its why and its picture; the session is that of the programme, for the athlete."""
    page.visit(f"http://127.0.0.1:{server.port}/", width=390, height=844)
    assert page.evaluate("document.querySelector('h1').textContent").startswith("Today: Week 1 run 1")
    page.wait_for("document.querySelector('.today img').naturalWidth > 100")
    assert page.evaluate("document.querySelector('.btn.start').getBoundingClientRect().bottom < innerHeight")
    assert page.evaluate(TOUCHES) >= 56
    choose(page)
    page.tap("[data-plan=today]")
    page.wait_for("location.pathname.startsWith('/live/')")
    (row,) = server.ask("GET", "/api/sessions")[1]["sessions"]
    assert (row["athlete"], row["feet"].partition(":")[0]) == ("r7", "sim")
    page.visit(f"http://127.0.0.1:{server.port}/?athlete=", width=390, height=844)
    assert page.evaluate("document.querySelector('#live a').getAttribute('href')") == f"/live/{row['id']}"
    server.ask("DELETE", f"/api/sessions/{row['id']}")
    wait_until(lambda: server.live() == [])
    assert page.complaints == []


def test_a_second_start_for_an_athlete_leads_to_the_first(page: Browser, server: Server) -> None:
    """It is said which one runs, with the way to it."""
    session = server.start(plan="today", athlete="r7")
    page.visit(f"http://127.0.0.1:{server.port}/?athlete=r7", width=1024, height=768)
    choose(page)
    page.tap("[data-plan=today]")
    page.wait_for("!document.getElementById('wrong').hidden")
    assert page.evaluate("document.querySelector('#wrong a').getAttribute('href')") == f"/live/{session}"
    server.ask("DELETE", f"/api/sessions/{session}")
    wait_until(lambda: server.live() == [])


def test_after_a_stop_there_is_no_start(page: Browser, server: Server) -> None:
    """A check-in with a sign to stop takes the button away, and whoever asks for it all the same is refused."""
    said(server.home, "checkin", "--before", "--athlete", "r7", "--pain", "8", "--site", "knee")
    page.visit(f"http://127.0.0.1:{server.port}/?athlete=r7", width=390, height=844)
    assert page.evaluate("document.querySelector('[data-plan=today]') === null")
    assert ENGLISH_PAGE.no_run_today in page.evaluate("document.querySelector('.today').textContent")
    told = {"id": "all-the-same", "plan": "today", "athlete": "r7", "feet": "sim", "sound": "none"}
    assert server.ask("POST", "/api/sessions", told)[0] == 409
    assert server.live() == []


def test_a_guest_starts_the_metronome(page: Browser, server: Server) -> None:
    """With the tempo that is typed; the page shows it large, and stop saves it."""
    page.visit(f"http://127.0.0.1:{server.port}/?athlete=", width=844, height=390)
    page.evaluate(
        "document.querySelector('[name=sound]').value = 'none'; document.querySelector('[name=spm]').value = '176'"
    )
    page.evaluate("document.querySelector('#metronome button').scrollIntoView({block: 'center'})")
    page.tap("#metronome button")
    page.wait_for("location.pathname.startsWith('/live/')")
    page.wait_for("document.getElementById('cadence')?.textContent === '176'")
    page.tap("[data-key=up]")
    page.wait_for("document.getElementById('cadence').textContent === '177'")
    page.tap("[data-key=stop]")
    page.tap("#stop-now")
    page.wait_for("document.getElementById('over').open")
    wait_until(lambda: server.live() == [])

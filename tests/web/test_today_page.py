"""The page where a session is started, in a real browser; each story is of the desk, at this computer."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from chromium import Browser, browser, chromium
from page_rig import Server, begin_programme, page_server, said, signal_called, wait_until

from cadencecoach.plan.checkin_texts import ENGLISH_CHECKIN
from cadencecoach.plan.page_texts import ENGLISH_PAGE

PROGRAM = chromium()
pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(240),
    pytest.mark.skipif(PROGRAM is None, reason="no Chromium here"),
]
TOUCHES = """Math.min(...[...document.querySelectorAll('button, a.btn, select, input')]
    .filter((one) => one.offsetParent).map((one) => one.offsetHeight))"""


BEGUN = """(() => {
  const wrong = document.getElementById('wrong');
  if (wrong && !wrong.hidden) throw new Error(wrong.textContent);
  return location.pathname.startsWith('/live/');
})()"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Somebody on a programme is kept here."""
    home = tmp_path_factory.mktemp("home")
    begin_programme(home)
    with page_server(home) as one:
        yield one


def choose(page: Browser) -> None:
    """A simulated runner, and no sound, once the page's script is there."""
    page.wait_for("document.getElementById('sensor-state')?.dataset.ready !== undefined")
    script = (
        "document.querySelector('[name=feet]').value = 'sim'; document.querySelector('[name=sound]').value = 'none'"
    )
    page.evaluate(script)


def answer(page: Browser, **answers: str) -> None:
    """Tap one answer after the other, as they are asked."""
    for field, value in answers.items():
        page.tap(f"[data-field={field}] [data-value='{value}']")


def test_a_check_in_that_is_due_is_answered_by_thumb_and_the_session_is_started(page: Browser, server: Server) -> None:
    """At the desk, on a phone's screen: the answers come before the large Start, which is then one touch."""
    page.visit(f"http://127.0.0.1:{server.port}/", width=390, height=844)
    assert page.evaluate("document.querySelector('h1').textContent").startswith("Today: Week 1 run 1")
    assert page.evaluate("document.querySelector('.btn.start').getBoundingClientRect().bottom < innerHeight")
    assert page.evaluate(TOUCHES) >= 56
    page.tap("#due .btn.start")
    page.wait_for("location.pathname === '/checkin'")
    page.wait_for("document.querySelector('.ask:not([hidden])')")
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")
    assert page.evaluate(TOUCHES) >= 56
    answer(page, pain="0", soreness="2", readiness="8")
    page.tap("#save")
    page.tap("#main .btn.start")
    page.wait_for("document.querySelector('.btn.start[data-plan=today]')")
    page.wait_for("document.querySelector('img.picture').naturalWidth > 100")
    choose(page)
    page.tap("[data-plan=today]")
    page.wait_for(BEGUN)
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


def test_after_a_stop_there_is_no_start_until_the_slip_is_put_right(page: Browser, server: Server) -> None:
    """At the desk, by keyboard alone: told in full, no way around it, and the log keeps both answers."""
    page.visit(f"http://127.0.0.1:{server.port}/checkin?moment=before&athlete=r7", width=1024, height=768)
    page.wait_for("document.querySelector('[data-field=pain]:not([hidden])')")
    page.type("8")
    page.wait_for("document.querySelector('[data-field=site]:not([hidden])')")
    page.evaluate("document.getElementById('save').focus()")
    page.type(" ", "Space")
    page.wait_for("document.querySelector('.halted')")
    assert ENGLISH_CHECKIN.stop in page.evaluate("document.querySelector('.halted').textContent")
    page.visit(f"http://127.0.0.1:{server.port}/?athlete=r7", width=390, height=844)
    assert page.evaluate("document.querySelector('[data-plan], #metronome, .plans') === null")
    assert ENGLISH_PAGE.no_run_today in page.evaluate("document.querySelector('h1').textContent")
    told = {"id": "all-the-same", "plan": "today", "athlete": "r7", "feet": "sim", "sound": "none"}
    assert server.ask("POST", "/api/sessions", told)[0] == 409
    assert server.ask("POST", "/api/sessions", {**told, "id": "another", "plan": "walk-run-start"})[0] == 409
    assert server.live() == []
    page.tap("a[href^='/checkin?correct=']")
    page.wait_for("document.querySelector('[data-field=pain]:not([hidden]) [data-value=\"8\"][aria-pressed=true]')")
    page.type("0")
    page.wait_for("document.querySelector('[data-field=soreness]:not([hidden])')")
    page.tap("#save")
    page.tap("#main .btn.start")
    page.wait_for("document.querySelector('.btn.start[data-plan=today]')")
    assert ENGLISH_PAGE.slip_reason in log_of(server, "r7")


def test_a_session_that_broke_off_goes_on_after_the_question_for_the_body(page: Browser, server: Server) -> None:
    """At the desk: killed in mid-session, gone on with by touch to its end; then its check-in is due."""
    said(server.home, "athlete", "new", "r8")
    session = server.start(plan="demo-silent", athlete="r8", feet="none")
    place = server.home / "run" / "cadencecoach" / f"{session}.place"
    pid = int(json.loads(place.read_text(encoding="utf-8"))["pid"])
    wait_until(lambda: reached_s(server, "r8") > 15.0)  # of twenty: a page that is drawn for its rest takes work
    os.kill(pid, signal_called("SIGKILL"))
    wait_until(lambda: server.live() == [])
    page.visit(f"http://127.0.0.1:{server.port}/?athlete=r8", width=390, height=844)
    page.tap("#broken-off a")
    page.wait_for("location.search.startsWith('?resume=')")
    answer(page, pain="1", site="calf")
    page.tap("#save")
    page.wait_for(BEGUN)
    page.wait_for("document.getElementById('over')?.open")
    wait_until(lambda: '"what":"session"' in log_of(server, "r8").replace(": ", ":"))
    page.tap("#to-start")
    page.wait_for("document.querySelector('#due a')?.getAttribute('href') === '/checkin?moment=after&athlete=r8'")
    assert page.evaluate("document.getElementById('broken-off') === null")


def log_of(server: Server, athlete: str) -> str:
    """An athlete's log."""
    return (server.home / "data" / "cadencecoach" / "athletes" / athlete / "log.jsonl").read_text(encoding="utf-8")


def reached_s(server: Server, athlete: str) -> float:
    """How far the newest session of an athlete is, by its journal's last whole line; 0 before that is written."""
    told = [path.read_text(encoding="utf-8").splitlines() for path in server.home.glob("data/*/sessions/*.jsonl")]
    own = [lines for lines in told if lines and json.loads(lines[0]).get("athlete") == athlete]
    return max((float(json.loads(lines[-2]).get("t", 0.0)) for lines in own if len(lines) > 2), default=0.0)


def test_a_guest_starts_the_metronome(page: Browser, server: Server) -> None:
    """With the tempo that is typed; the page shows it large, and stop saves it."""
    page.visit(f"http://127.0.0.1:{server.port}/?athlete=", width=844, height=390)
    choose(page)
    page.evaluate("document.querySelector('[name=spm]').value = '176'")
    page.evaluate("document.querySelector('#metronome button').scrollIntoView({block: 'center'})")
    page.tap("#metronome button")
    page.wait_for(BEGUN)
    page.wait_for("document.getElementById('cadence')?.textContent === '176'")
    page.tap("[data-key=up]")
    page.wait_for("document.getElementById('cadence').textContent === '177'")
    page.tap("[data-key=stop]")
    page.tap("#stop-now")
    page.wait_for("document.getElementById('over').open")
    wait_until(lambda: server.live() == [])


START_Y = "document.querySelector('.btn.start').getBoundingClientRect().y"


def follow(page: Browser, before: str, keys: str) -> None:
    """Tap answers of the first time, each when its question is there."""
    for n, key in enumerate(keys, start=1):
        page.tap(f"[data-key='{key}']")
        page.wait_for(f"document.querySelector('.step').dataset.keys === '{before + keys[:n]}'")


def test_the_first_time_leads_to_a_first_session(tmp_path: Path) -> None:
    """At the desk, on a phone's screen: question by question to the own cadence, with a step back on the way."""
    assert PROGRAM is not None
    with page_server(tmp_path) as server, browser(PROGRAM) as page:
        page.visit(server.address, width=390, height=844)
        page.tap("#first a")
        page.wait_for("history.state")
        follow(page, "", "nnn3")
        page.tap("[data-back]")
        page.wait_for("document.querySelector('.step').dataset.keys === 'nnn'")
        follow(page, "nnn", "32y")
        assert page.evaluate("location.href").endswith("/begin")
        page.evaluate("document.querySelector('[name=name]').value = 'me2'")
        stood = page.evaluate(START_Y)
        choose(page)
        page.wait_for("!/…$/.test(document.getElementById('sensor-state').textContent.trim())")
        page.wait_for("!/…$/.test(document.getElementById('sound-state').textContent.trim())")
        assert page.evaluate(START_Y) == stood, "a start that moves as its sensor is found is missed by the thumb"
        page.evaluate("document.querySelector('.btn.start').scrollIntoView({block: 'center'})")
        page.tap(".btn.start")
        page.wait_for(BEGUN)
        (row,) = server.ask("GET", "/api/sessions")[1]["sessions"]
        assert (row["athlete"], row["plan"]) == ("me2", "Your own cadence")

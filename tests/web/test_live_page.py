"""The live page in a real browser, before a real server and real sessions; each story is of the desk, here."""

import json
import os
from typing import Any

import pytest
from chromium import Browser, browser, chromium
from page_rig import Server, signal_called, wait_until

from cadencecoach.coach.key_table import KEY_BY_NAME
from cadencecoach.plan.page_texts import ENGLISH_PAGE

PROGRAM = chromium()
pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(240),
    pytest.mark.skipif(PROGRAM is None, reason="no Chromium here"),
]


def watch(page: Browser, server: Server, session: str, size: tuple[int, int] = (390, 844)) -> None:
    """Open the live page, and wait for its first moment."""
    page.visit(f"http://127.0.0.1:{server.port}/live/{session}", width=size[0], height=size[1])
    page.wait_for("!document.body.classList.contains('connecting')")


def text(page: Browser, name: str) -> str:
    """What an element says."""
    return str(page.evaluate(f"document.getElementById({name!r}).textContent"))


def go_to(page: Browser, is_it: str) -> None:
    """Press Tab until something has the focus, which must be seen to have it."""
    for _ in range(60):
        if page.evaluate(f"({is_it})(document.activeElement)"):
            assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
            return
        page.type("Tab")
    raise AssertionError(f"not reached by Tab: {is_it}")


def keys_pressed(server: Server) -> list[str]:
    """The keys in the journal of the newest session, digits as themselves, when all of it is over."""
    wait_until(lambda: server.live() == [])
    journals = (server.home / "data" / "cadencecoach" / "sessions").glob("*.jsonl")
    newest = max(journals, key=lambda one: one.stat().st_mtime_ns)
    lines: list[dict[str, Any]] = [json.loads(line) for line in newest.read_text().splitlines()[1:]]
    pressed = [str(line.get("level", line["key"])) for line in lines if line["what"] == "key"]
    return [*pressed, lines[-1]["reason"]]


def test_a_session_is_started_watched_and_stopped_by_touch(page: Browser, server: Server) -> None:
    """Pause, go on, next, the target, mute, pain 3 and undo, the stop that asks once: each is in the journal, once."""
    page.visit(f"http://127.0.0.1:{server.port}/", width=390, height=844)
    page.evaluate(
        "document.querySelector('[name=feet]').value = 'sim'; document.querySelector('[name=sound]').value = 'none'"
    )
    page.evaluate("document.querySelector('[data-plan=demo]').scrollIntoView({block: 'center'})")
    page.tap("[data-plan=demo]")
    page.wait_for("location.pathname.startsWith('/live/')")
    page.wait_for("document.getElementById('word') && !document.body.classList.contains('connecting')")
    page.tap("[data-key=pause]")
    page.wait_for("document.getElementById('word').textContent === 'PAUSED'")
    assert page.evaluate("document.querySelector('[data-key=next]').disabled")
    assert text(page, "pause") == ENGLISH_PAGE.go_on
    page.tap("[data-key=pause]")
    page.wait_for("!document.querySelector('[data-key=next]').disabled")
    page.tap("[data-key=next]")
    page.wait_for("document.getElementById('place').textContent === '2 of 5'")
    page.wait_for("!document.querySelector('[data-key=up]').disabled")
    target = page.evaluate("document.getElementById('target').textContent")
    page.tap("[data-key=up]")
    page.wait_for(f"document.getElementById('target').textContent === '{int(target) + 1}'")
    page.tap("[data-key=mute]")
    page.wait_for("document.querySelector('[data-key=mute]').getAttribute('aria-pressed') === 'true'")
    page.tap("[data-key=pain]")
    page.tap("[data-level='3']")
    page.wait_for("!document.getElementById('undo').hidden")
    page.tap("#undo")
    page.wait_for("document.getElementById('undo').hidden")
    page.tap("[data-key=stop]")
    page.tap("#stop-sheet [data-close]")
    assert page.evaluate("!document.getElementById('stop-sheet').open && !document.getElementById('over').open")
    page.tap("[data-key=stop]")
    page.tap("#stop-now")
    page.wait_for("document.getElementById('over').open")
    keys = ["pause", "pause", "next", "up", "mute", "pain", "3", "take back", "stop"]
    assert keys_pressed(server) == [*keys, "stopped"]
    assert page.complaints == []
    assert [one for one in page.requests if not one.startswith(f"http://127.0.0.1:{server.port}/")] == []


def test_pain_above_the_limit_is_the_page(page: Browser, server: Server) -> None:
    """Nothing else can be pressed; a wrong number can be taken back while it is shown, and the end saves."""
    session = server.start(plan="plus-5-percent")
    watch(page, server, session)
    page.tap("[data-key=pain]")
    page.tap("[data-level='7']")
    page.wait_for("document.getElementById('halt').open")
    assert "Pain 7 of 10." in text(page, "halt-why")
    page.tap("#halt-back")
    page.wait_for("!document.getElementById('halt').open")
    page.tap("[data-key=unwell]")
    page.wait_for("document.getElementById('halt').open")
    assert ENGLISH_PAGE.something_wrong in text(page, "halt-why")
    page.type("n")
    page.wait_for("document.getElementById('halt-back').hidden")
    page.tap("#halt-end")
    page.wait_for("document.getElementById('over').open")
    assert keys_pressed(server) == ["pain", "7", "take back", "unwell", "stop", "stopped"]


def test_the_keys_are_those_of_the_terminal(page: Browser, server: Server) -> None:
    """Also for the pad and the questions; a key of the metronome's does nothing here."""
    watch(page, server, server.start(plan="demo"))
    for key, so in (
        (" ", "document.getElementById('word').textContent === 'PAUSED'"),
        ("t", "true"),
        (" ", "document.getElementById('word').textContent !== 'PAUSED'"),
        ("n", "document.getElementById('place').textContent === '2 of 5'"),
        ("m", "document.querySelector('[data-key=mute]').getAttribute('aria-pressed') === 'true'"),
        ("p", "document.getElementById('pain-sheet').open"),
        ("Backspace", "!document.getElementById('pain-sheet').open"),
        ("p", "document.getElementById('pain-sheet').open"),
        ("x", "document.getElementById('halt').open"),
    ):
        page.type(key)
        page.wait_for(so)
    page.type("Backspace")
    page.wait_for("!document.getElementById('halt').open")
    page.type("?")
    page.wait_for("document.getElementById('more-sheet').open")
    page.type("h")
    page.type("?")
    page.wait_for("!document.getElementById('more-sheet').open")
    page.type("q")
    page.wait_for("document.getElementById('stop-sheet').open")
    page.type("m")  # in the terminal another key means no, too
    page.wait_for("!document.getElementById('stop-sheet').open")
    page.type("q")
    page.type("q")
    page.wait_for("document.getElementById('over').open")
    keys = ["pause", "pause", "next", "mute", "pain", "take back", "pain", "10", "take back", "beat softer", "stop"]
    assert keys_pressed(server) == [*keys, "stopped"]
    assert set(json.loads(page.evaluate("document.body.dataset.keys"))) == KEY_BY_NAME.keys()


def test_without_moments_every_figure_greys_and_the_page_says_so(page: Browser, server: Server) -> None:
    """After two seconds; when moments come again it is as before, and what was missed is caught up with."""
    session = server.start(plan="demo")
    watch(page, server, session)
    page.wait_for("!document.getElementById('cadence').classList.contains('none')")
    colour = "getComputedStyle(document.getElementById('cadence')).color"
    live = page.evaluate(colour)
    pid = json.loads((server.home / "run" / "cadencecoach" / f"{session}.place").read_text())["pid"]
    os.kill(pid, signal_called("SIGSTOP"))
    try:
        page.wait_for("document.body.classList.contains('stale')")
        assert text(page, "word") == "No connection. The beat goes on; use the belt's own stop."
        assert page.evaluate(colour) != live
    finally:
        os.kill(pid, signal_called("SIGCONT"))
    page.wait_for("!document.body.classList.contains('stale')")
    assert page.evaluate(colour) == live
    server.ask("DELETE", f"/api/sessions/{session}")


def test_the_screen_is_kept_on_without_a_lock_or_it_is_said_that_it_is_not(page: Browser, server: Server) -> None:
    """As over a network without TLS: a film plays behind the page; Safari, which sleeps over it, says so."""
    no_lock = "delete Navigator.prototype.wakeLock;"
    session = server.start(plan="demo")
    with page.with_script_first(no_lock):
        watch(page, server, session)
        page.wait_for("document.querySelector('video.film')?.currentTime > 0")
        assert page.evaluate("document.getElementById('awake').hidden && !document.querySelector('video.film').paused")
    with page.with_script_first(f"{no_lock} Object.defineProperty(navigator, 'vendor', {{value: 'Apple'}});"):
        watch(page, server, session)
        page.wait_for("!document.getElementById('awake').hidden")
        assert text(page, "awake") == ENGLISH_PAGE.not_kept_on
    server.ask("DELETE", f"/api/sessions/{session}")


def test_two_screens_show_the_same_and_hear_of_each_others_keys(page: Browser, server: Server) -> None:
    """A question about pain that one has opened is seen on the other, and closes with its answer."""
    assert PROGRAM is not None
    session = server.start(plan="demo")
    watch(page, server, session)
    key = server.ask("POST", "/api/keys")[1]["key"]
    with browser(PROGRAM) as other:
        other.visit(f"http://127.0.0.1:{server.port}/?key={key}", width=1024, height=768)
        watch(other, server, session, (1024, 768))
        other.tap("[data-key=pause]")
        page.wait_for("document.getElementById('word').textContent === 'PAUSED'")
        page.tap("[data-key=pain]")
        other.wait_for("document.getElementById('pain-sheet').open")
        page.tap("[data-level='2']")
        other.wait_for("!document.getElementById('pain-sheet').open")
        server.ask("DELETE", f"/api/sessions/{session}")
        for one in (page, other):
            one.wait_for("document.getElementById('over').open")


def test_a_next_stage_that_would_be_the_end_is_asked_about_once(page: Browser, server: Server) -> None:
    """In the last stage; a session with stages that were skipped is "stopped"."""
    session = server.start(plan="demo")
    watch(page, server, session)
    for number in range(2, 6):
        page.type("n")
        page.wait_for(f"document.getElementById('place').textContent === '{number} of 5'")
    page.tap("[data-key=next]")
    page.wait_for("document.getElementById('stop-sheet').open")
    page.tap("#stop-sheet [data-close]")
    page.tap("[data-key=next]")
    page.tap("#stop-now")
    page.wait_for("document.getElementById('over').open")
    assert keys_pressed(server) == [*4 * ["next"], "next", "stopped"]


def test_a_whole_session_by_keyboard_alone(page: Browser, server: Server) -> None:
    """From the start page to the start page: a plan, a skip and its undo, pain, the stop."""
    page.visit(f"http://127.0.0.1:{server.port}/", width=1024, height=768)
    go_to(page, "one => one.name === 'feet'")
    page.evaluate("document.querySelector('[name=feet]').value = 'sim'")  # the list itself is the system's
    page.evaluate("document.querySelector('[name=sound]').value = 'none'")
    go_to(page, "one => one.dataset.plan === 'demo'")
    page.type("Enter")
    page.wait_for("location.pathname.startsWith('/live/')")
    page.wait_for("document.getElementById('word') && !document.body.classList.contains('connecting')")
    page.type("n")
    page.wait_for("document.getElementById('place').textContent === '2 of 5'")
    go_to(page, "one => one.id === 'undo'")
    page.type("Enter")
    page.wait_for("document.getElementById('place').textContent === '1 of 5'")
    go_to(page, "one => one.dataset.key === 'pain'")
    page.type("Enter")
    page.wait_for("document.getElementById('pain-sheet').open")
    go_to(page, "one => one.dataset.level === '2'")
    page.type("Enter")
    page.wait_for("!document.getElementById('pain-sheet').open")
    go_to(page, "one => one.dataset.key === 'stop'")
    page.type("Enter")
    go_to(page, "one => one.id === 'stop-now'")
    page.type("Enter")
    page.wait_for("document.getElementById('over').open")
    go_to(page, "one => one.pathname === '/'")
    page.type("Enter")
    page.wait_for("location.pathname === '/' && document.readyState === 'complete'")
    assert keys_pressed(server) == ["next", "take back", "pain", "2", "stop", "stopped"]


def test_steps_are_tapped_on_a_button_of_its_own(page: Browser, server: Server) -> None:
    """As large as nothing else on the page; each touch is a step in the journal, and nothing but that."""
    session = server.start(plan="demo", feet="taps")
    watch(page, server, session)
    button = ".keys [data-key=tap]"
    page.wait_for(f"!document.querySelector({button!r}).hidden")
    area = "(one) => one.offsetWidth * one.offsetHeight"
    sizes = page.evaluate(f"[...document.querySelectorAll('.keys .btn')].map({area})")
    assert sizes[0] == max(sizes) > 2 * sorted(sizes)[-2]
    for _ in range(3):
        page.tap(button)
    page.wait_for("document.getElementById('line').textContent.includes('of 8')")
    server.ask("DELETE", f"/api/sessions/{session}")
    assert keys_pressed(server) == ["stop", "stopped"]
    assert page.complaints == []


def test_the_tempo_of_a_metronome_is_tapped_on_a_button_of_its_own(page: Browser, server: Server) -> None:
    """Not looked for behind another one: the first run of many is a metronome, and its text says to tap."""
    session = server.start(metronome={"spm": 170}, feet="none")
    watch(page, server, session)
    button = ".keys [data-key=tap]"
    for size in ((390, 844), (844, 390), (768, 1024), (1280, 800)):
        page.resize(*size)
        assert page.evaluate(f"document.querySelector({button!r}).offsetHeight") >= 56
        assert page.evaluate("document.documentElement.scrollHeight <= innerHeight"), size
    page.tap(button)
    page.wait_for("document.getElementById('line').textContent.includes('1 of 4')")
    server.ask("DELETE", f"/api/sessions/{session}")
    assert page.complaints == []


def test_a_demonstration_has_the_simulated_runner_that_it_promises(page: Browser, server: Server) -> None:
    """Where nobody has chosen otherwise a cadence is seen; and as this counts, there is no button to tap steps on."""
    session = server.start(plan="demo-silent", feet="auto")
    watch(page, server, session)
    page.wait_for("!document.getElementById('cadence').classList.contains('none')")
    assert page.evaluate("document.querySelector('.keys [data-key=tap]').hidden")
    status, told = server.press(session, "tap")
    assert (status, told["where"]) == (409, "key")
    server.ask("DELETE", f"/api/sessions/{session}")

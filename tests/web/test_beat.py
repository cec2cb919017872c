"""The beat as a sound server has recorded it, while the page, its server and clients do what they should not.

The runner has a scripted pod; the page is a real browser's. Every story is of the desk, at this computer.
"""

import json
import os
import signal
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import numpy as np
import pytest
from chromium import Browser, browser, chromium
from heard_beat import LENGTH_FRAMES, LOUD, click_frames, click_intervals
from numpy.typing import NDArray
from page_rig import Server, Terminal, free_port, page_server, wait_until
from sound_servers import FS_HZ, HAS_PULSE, NO_PULSE, PulseServer

if sys.platform != "linux":
    pytest.skip("the radio and the sound server are Linux's", allow_module_level=True)

from radio_rig.bus import ADDRESS, needs_bus
from radio_rig.running_pod import running_pod

PROGRAM = chromium()
pytestmark = [
    needs_bus,
    pytest.mark.slow,
    pytest.mark.timeout(240),
    pytest.mark.skipif(not HAS_PULSE, reason=NO_PULSE),
    pytest.mark.skipif(PROGRAM is None, reason="no Chromium here"),
]
SPM, RAW_PER_MIN = 180.0, 82
INTERVAL = round(60 / SPM * FS_HZ)
WINDOW = FS_HZ // 100
N_DEAF, N_SILENT, N_PAGES = 20, 50, 5
END_WITHIN_S, BACK_WITHIN_MS = 2.0, 3000


@pytest.fixture(autouse=True)
def pod(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Somebody runs with a pod and a strap."""
    with running_pod(RAW_PER_MIN, 3.0) as runner:
        monkeypatch.setenv(ADDRESS, runner.address)
        yield


@pytest.fixture(autouse=True)
def nobody_left(tmp_path: Path) -> Iterator[None]:
    """Whatever a story that fails has left running is ended."""
    yield
    for place in (tmp_path / "run" / "cadencecoach").glob("*.place"):
        os.kill(json.loads(place.read_text())["pid"], signal.SIGTERM)


@pytest.fixture
def card(monkeypatch: pytest.MonkeyPatch) -> Iterator[PulseServer]:
    """A sound card that records what is heard."""
    with PulseServer() as one:
        for name, value in one.environment.items():
            monkeypatch.setenv(name, value)
        yield one


def loud_s(heard: NDArray[np.float32]) -> float:
    """Seconds in which something is heard, counted in hundredths."""
    windows = heard[: len(heard) // WINDOW * WINDOW].reshape(-1, WINDOW)
    return int(np.count_nonzero(np.abs(windows).max(axis=1) > LOUD)) / 100


def wait_for_intervals(card: PulseServer, n: int) -> None:
    """Until so many are heard; the whole recording is looked through once for each second of it."""
    n_looked_at = 0
    while n_looked_at == 0 or len(click_intervals(card.heard())) < n:
        n_looked_at = card.n_heard()
        wait_until(lambda at=n_looked_at: card.n_heard() > at + FS_HZ)


def crowd(server: Server, session: str) -> ExitStack:
    """Programs that never read, and others that say nothing, at the session's own channel."""
    place = json.loads((server.home / "run" / "cadencecoach" / f"{session}.place").read_text())
    stack = ExitStack()
    for number in range(N_DEAF + N_SILENT):
        one = stack.enter_context(socket.create_connection(("127.0.0.1", place["port"])))
        if number < N_DEAF:
            one.sendall(json.dumps({"token": place["token"]}).encode() + b"\n")
    return stack


def watch(page: Browser, server: Server, session: str) -> None:
    """Open the live page, and wait for its first moment."""
    page.visit(server.address, width=1024, height=768)
    page.visit(f"http://127.0.0.1:{server.port}/live/{session}", width=1024, height=768)
    page.wait_for("!document.body.classList.contains('connecting')")


def test_no_interval_is_off_however_the_server_ends_and_the_page_is_back(tmp_path: Path, card: PulseServer) -> None:
    """By Ctrl-C with five pages open within 2 s, by closing its terminal, by kill -9: the session never noticed."""
    assert PROGRAM is not None
    port = free_port()
    terminal = Terminal(tmp_path, port)
    session = terminal.server.start(metronome={"spm": SPM}, feet="ble", sound="default")
    wait_for_intervals(card, 4)
    with browser(PROGRAM) as page, crowd(terminal.server, session):
        watch(page, terminal.server, session)
        page.wait_for(f"document.getElementById('target').textContent === '{2 * RAW_PER_MIN}'")
        for _ in range(N_PAGES - 1):
            page.open_tab(f"http://127.0.0.1:{port}/live/{session}")
        n_before = len(click_intervals(card.heard()))
        for way in (Terminal.type_ctrl_c, Terminal.close, Terminal.kill_server):
            began_s = time.monotonic()
            way(terminal)
            assert time.monotonic() - began_s < END_WITHIN_S, way
            page.wait_for("document.body.classList.contains('stale')")
            terminal = Terminal(tmp_path, port)
            page.evaluate("window.began = performance.now()")
            page.wait_for("!document.body.classList.contains('stale')")
            assert page.evaluate("performance.now() - window.began") < BACK_WITHIN_MS, way
            for _ in range(20):
                terminal.server.press(session, "mute")
        assert terminal.server.live() == [session]
        terminal.server.ask("DELETE", f"/api/sessions/{session}")
        page.wait_for("document.getElementById('over').open")
        wait_until(lambda: terminal.server.live() == [])
    heard = card.heard()
    found = click_intervals(heard)
    terminal.type_ctrl_c()
    assert [one for one in found if abs(one - INTERVAL) > 1] == []
    assert loud_s(heard[click_frames(heard)[-1] + LENGTH_FRAMES :]) > 0.5, "the words at the end were to be heard too"
    assert len(found) > n_before + 20


def test_pain_7_stops_the_beat_and_the_words_come(tmp_path: Path, card: PulseServer) -> None:
    """By touch, in a guided session: the words are heard, then nothing."""
    assert PROGRAM is not None
    with page_server(tmp_path) as server, browser(PROGRAM) as page:
        session = server.start(plan="demo", feet="ble", sound="default")
        watch(page, server, session)
        page.tap("[data-key=next]")
        wait_for_intervals(card, 7)
        page.tap("[data-key=pain]")
        page.tap("[data-level='7']")
        page.wait_for("document.getElementById('halt').open")
        n_stopped = card.n_heard()
        wait_until(lambda: card.n_heard() > n_stopped + 8 * FS_HZ)
        after = card.heard()[n_stopped : n_stopped + 8 * FS_HZ]
        page.tap("#halt-end")
        page.wait_for("document.getElementById('over').open")
        wait_until(lambda: server.live() == [])
        (journal,) = (tmp_path / "data" / "cadencecoach" / "sessions").glob("*.jsonl")
    lines = [json.loads(line) for line in journal.read_text().splitlines()[1:]]
    assert [line["level"] for line in lines if line.get("level") is not None][:1] == [7]
    assert loud_s(after) > 0.5
    assert loud_s(after[-2 * FS_HZ :]) == 0

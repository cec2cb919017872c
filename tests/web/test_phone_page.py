"""A phone that brings the steps of a session of the page, in a real browser, in a network of its own; as the desk."""

import json
import socket
import urllib.request
from collections.abc import Iterator

import numpy as np
import pytest
from chromium import Browser, browser, chromium
from own_network import AT, HAS_NETWORK, NO_NETWORK, network_of_its_own
from page_rig import Server, page_server, wait_until
from phone_batches import worn

from cadencecoach.gait.phone_order import STANDARD_G
from cadencecoach.gait.steps import Placement
from cadencecoach.plan.page_texts import ENGLISH_PAGE
from cadencecoach.plan.screen_texts import ENGLISH_SCREEN

PROGRAM = chromium()
pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(240),
    pytest.mark.skipif(PROGRAM is None, reason="no Chromium here"),
    pytest.mark.skipif(not HAS_NETWORK, reason=NO_NETWORK),
]
SHEET = "document.getElementById('join-sheet')"


@pytest.fixture
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server beside a phone."""
    with network_of_its_own(), page_server(tmp_path_factory.mktemp("home")) as one:
        yield one


@pytest.fixture
def page(server: Server) -> Iterator[Browser]:
    """The desk's browser."""
    assert PROGRAM is not None
    with browser(PROGRAM) as one:
        one.visit(server.address, width=390, height=844)
        yield one


def push(place: str) -> None:
    """Send a run, a second of it each time, as phyphox does."""
    motion = worn(Placement.HIP, [(8.0, 162.0)])
    for first in range(0, len(motion.times_s) - 100, 100):
        part = slice(first, first + 100)
        axes = np.transpose(motion.accel_g[part] * STANDARD_G).tolist()
        body = dict(zip(("acc_time", "accX", "accY", "accZ"), (motion.times_s[part].tolist(), *axes), strict=True))
        urllib.request.urlopen(f"{place}/1", json.dumps(body).encode(), timeout=10).close()  # noqa: S310  # our own


def is_open(host: str, port: int) -> bool:
    """Whether anybody listens."""
    with socket.socket() as one:
        return one.connect_ex((host, port)) == 0


def test_the_page_shows_the_code_until_the_phone_sends(page: Browser, server: Server) -> None:
    """Start waits for nobody; the code can be put away and shown again; nothing listens when it is over."""
    session = server.start(plan="demo", feet="phone")
    page.visit(f"http://127.0.0.1:{server.port}/live/{session}", width=390, height=844)
    page.wait_for(f"{SHEET}.open")
    page.wait_for("document.getElementById('join-code').naturalWidth > 0")
    shown = page.evaluate(f"{SHEET}.innerText")
    for text in (ENGLISH_SCREEN.phone_scan, ENGLISH_SCREEN.phone_play, ENGLISH_PAGE.tap_code):
        assert text in shown
    code = page.evaluate("document.getElementById('join-link').href")
    assert code.startswith(f"phyphox://{AT}:")
    assert page.evaluate("document.getElementById('join-code').getBoundingClientRect().width") >= 200
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.tap("#join-sheet [data-close]")
    assert not page.evaluate(f"{SHEET}.open")
    page.tap("#more")
    page.tap("#join")
    assert page.evaluate(f"{SHEET}.open")
    push(code.replace("phyphox://", "http://").removesuffix("/x.phyphox"))
    page.wait_for(f"!{SHEET}.open")
    page.wait_for(f"document.getElementById('line').textContent === {ENGLISH_PAGE.phone_sends!r}")
    assert page.evaluate("document.getElementById('join').hidden")
    server.ask("DELETE", f"/api/sessions/{session}")
    wait_until(lambda: server.live() == [])
    host, _, port = code.removeprefix("phyphox://").split("/")[0].partition(":")
    wait_until(lambda: not is_open(host, int(port)))
    secret = code.split("/")[3]
    kept = [one for one in server.home.rglob("*") if one.is_file() and secret.encode() in one.read_bytes()]
    assert kept == []
    assert page.complaints == []

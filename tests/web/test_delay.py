"""The delay of headphones measured from a page, with a sound server that plays; each story is of the desk."""

import http.client
import json
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from chromium import browser, chromium
from each_row import each_row
from page_rig import PATIENCE_S, Server, free_port, page_server, wait_until
from page_visits import Pages
from sound_servers import HAS_PULSE, NO_PULSE, PulseServer

from cadencecoach.desk.doctor.delay import N_BEATS, TEMPO_SPM, SentTaps
from cadencecoach.plan.page_texts import ENGLISH_PAGE
from cadencecoach.store.file_store import FileStore
from cadencecoach.web.asked import RefusedError
from cadencecoach.web.delay import OLDEST_S, DelayTurns

PROGRAM = chromium()
needs_sound = [
    pytest.mark.slow,
    pytest.mark.timeout(180),
    pytest.mark.skipif(not HAS_PULSE, reason=NO_PULSE),
]
# As steadily as nobody taps: one script, at equal times from the first beat on.
TAP = """(() => {
  const press = () => document.dispatchEvent(new KeyboardEvent('keydown', {key: ' ', cancelable: true}));
  let n = 0;
  const again = () => {
    if (!document.getElementById('beats').value) return void setTimeout(again, 5);
    window.began ??= performance.now();
    press();
    if (++n < N) setTimeout(again, window.began + n * EVERY - performance.now());
  };
  again();
})()""".replace("N)", f"{N_BEATS})").replace("EVERY", f"{60_000 / TEMPO_SPM:g}")


@contextmanager
def begun(server: Server, sound: str = "default") -> Iterator[tuple[http.client.HTTPResponse, dict[str, Any]]]:
    """Ask for a measurement; the answer, whose lines come as it goes on, and the first of them."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE_S)
    shown = {"Authorization": f"Bearer {server.token}"}
    connection.request("POST", "/api/delay", json.dumps({"sound": sound}), shown)
    answer = connection.getresponse()
    with closing(connection), answer:
        yield answer, json.loads(answer.readline())


def test_a_tap_is_of_its_own_time_however_late_it_arrives() -> None:
    """And counts once: what the browser and the network took is no part of the delay."""
    taps = SentTaps()
    for id_, at_s in (("a", 10.0), ("b", 10.6), ("a", 10.0)):
        taps.send(id_, at_s)
    assert [taps.poll() for _ in range(3)] == [10.0, 10.6, None]


def test_taps_are_taken_only_while_something_is_measured(tmp_path: Path) -> None:
    """Else there is nothing for them to be of; and no delay is measured without a sound."""
    pages = Pages(FileStore(tmp_path))
    now_s = pages.ask("GET", "/api/delay/clock").told["now_s"]
    tapped = pages.ask("POST", "/api/delay/taps", {"id": "a", "at_s": now_s})
    assert (tapped.status, tapped.told["error"]) == (409, ENGLISH_PAGE.delay_is_over)
    for body in ({}, {"id": "a"}, {"id": "a", "at_s": "1"}, {"id": "a", "at_s": -1}, {"id": "a", "at_s": 1, "more": 1}):
        assert pages.ask("POST", "/api/delay/taps", body).status == 400
    for sound in ("none", "device-0", "device:hw0"):
        told = pages.ask("POST", "/api/delay", {"sound": sound})
        assert (told.status, told.told["where"]) == (400, "sound")


@each_row(("ago_s", "is_taken"), [(OLDEST_S, True), (OLDEST_S + 0.01, False), (-0.1, True), (-0.11, False)])
def test_a_tap_is_of_now(ago_s: float, is_taken: bool) -> None:  # noqa: FBT001  # a table
    """One that is older, or still to come, is none of the beat that plays."""
    turns, taps = DelayTurns(), SentTaps()
    turns._taps = taps  # as if it had begun, without a card
    if is_taken:
        turns.send("a", ago_s, 100.0, ENGLISH_PAGE)
    else:
        with pytest.raises(RefusedError):
            turns.send("a", ago_s, 100.0, ENGLISH_PAGE)
    assert (taps.poll() is not None) is is_taken


class TestWithSound:
    """A card that plays in real time."""

    pytestmark = needs_sound

    @pytest.fixture
    def server(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
        """A server beside a sound server."""
        with PulseServer() as card:
            for name, value in card.environment.items():
                monkeypatch.setenv(name, value)
            with page_server(tmp_path) as one:
                yield one

    def test_one_measures_at_a_time_and_a_session_comes_first(self, server: Server) -> None:
        """A second is told to wait; a session that starts ends it, and while it plays there nothing is measured."""
        with begun(server) as (answer, first):
            assert (answer.status, first) == (200, {"n_beats": 0, "of": N_BEATS})
            with begun(server) as (refused, told):
                assert (refused.status, told["error"]) == (409, ENGLISH_PAGE.delay_runs)
            session = server.start(metronome={"spm": 170}, sound="default")
            last = json.loads(answer.read().splitlines()[-1])
            assert last == {"error": ENGLISH_PAGE.delay_ended}
        with begun(server) as (taken, told):
            assert (taken.status, told["where"]) == (409, session)
        server.ask("DELETE", f"/api/sessions/{session}")
        wait_until(lambda: server.live() == [])

    def test_the_server_ends_in_the_middle_of_it(self, server: Server) -> None:
        """It waits for no beat."""
        with begun(server) as (answer, _):
            assert answer.status == 200
            began_s = time.monotonic()
            assert server.end() == 0
            assert time.monotonic() - began_s < N_BEATS * 60 / TEMPO_SPM / 2

    @pytest.mark.skipif(PROGRAM is None, reason="no Chromium here")
    def test_taps_on_the_page_become_the_delay_that_is_remembered(self, tmp_path: Path, server: Server) -> None:
        """By the keyboard alone; given up first, which measures nothing."""
        assert PROGRAM is not None
        with browser(PROGRAM) as page:
            page.visit(server.address, width=390, height=844)
            page.visit(f"http://127.0.0.1:{server.port}/sensors", width=390, height=844)
            page.evaluate("document.getElementById('measure').focus()")
            page.type("Enter")
            page.wait_for("!document.getElementById('measuring').hidden")
            assert page.evaluate("document.activeElement.id") == "tap"
            page.wait_for("document.getElementById('beats').value")
            page.type("Escape")
            page.wait_for("document.getElementById('measuring').hidden")
            assert page.evaluate("document.getElementById('delay-state').textContent") == ENGLISH_PAGE.delay_ended
            page.wait_for("document.activeElement.id === 'measure'")
            wait_until(lambda: begin_is_free(server))
            page.type("Enter")
            page.wait_for("!document.getElementById('measuring').hidden")
            page.evaluate(TAP)
            page.wait_for("document.getElementById('measuring').hidden")
            words = page.evaluate("document.getElementById('delay-state').textContent")
        (delay_s,) = json.loads((tmp_path / "config" / "cadencecoach" / "sound.json").read_text())["delays_s"].values()
        assert words.startswith(f"{1000 * delay_s:.0f} ms on ")


def begin_is_free(server: Server) -> bool:
    """Whether nobody measures any more, as a tap is told."""
    now_s = server.ask("GET", "/api/delay/clock")[1]["now_s"]
    return server.ask("POST", "/api/delay/taps", {"id": str(free_port()), "at_s": now_s})[0] == 409

"""The wall in a real browser, before a real room: tiles, and a clinician's keys."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from chromium import Browser, chromium
from ended_child import ended
from page_rig import Server, environment, wait_until

from cadencecoach.plan.page_texts import ENGLISH_PAGE

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(240),
    pytest.mark.skipif(chromium() is None, reason="no Chromium here"),
]
PLAN = """plan: Knee pain of r7
baseline: 160 spm
stages:
  - {name: Sore knee, duration: 60 min, target: +5 %, feedback: none}
"""
ROOM = """room: Row
lanes:
  - {lane: 1, guest: yes, plan: plan, sensor: "sim:spm=168,noise=0,wander=0", output: none}
  - {lane: 2, guest: yes, plan: plan, sensor: "sim:spm=150,noise=0,wander=0,beat_gain=0", output: none}
  - {lane: 5, athlete: r7, plan: plan, sensor: sim, output: none}
"""


@contextmanager
def room_of(home: Path) -> Iterator["subprocess.Popen[str]"]:
    """A room that runs: two guests, and an athlete whose check-in is due."""
    words = [sys.executable, "-m", "cadencecoach"]
    made = [*words, "athlete", "new", "r7"]
    subprocess.run(made, check=True, capture_output=True, env=environment(home), stdin=subprocess.DEVNULL)
    (home / "plan.yaml").write_text(PLAN, encoding="utf-8")
    (home / "room.yaml").write_text(ROOM, encoding="utf-8")
    room = subprocess.Popen(
        [*words, "room", str(home / "room.yaml")],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=environment(home),
        start_new_session=True,
    )
    with ended(room):
        yield room


def test_the_wall_shows_lanes_and_a_clinicians_keys_work(page: Browser, server: Server) -> None:
    """Cadence, target and the lane that needs a look; nobody's name, pain or reason; x and a number; a for all."""
    with room_of(server.home) as room:
        wait_until(lambda: len(server.live()) == 2)
        page.visit(f"http://127.0.0.1:{server.port}/wall", width=1280, height=720)
        page.wait_for("document.querySelectorAll('.lane').length === 3")
        page.wait_for("document.querySelector('[data-lane=\"2\"].worst.quicker') !== null")
        shown = page.evaluate("document.querySelector('#lanes').textContent")
        assert ENGLISH_PAGE.lane_desk in shown
        assert not [word for word in ("r7", "Knee", "Sore", "check-in", "guest") if word in shown]
        assert page.evaluate("document.querySelectorAll('.worst').length") == 1
        assert page.evaluate("[...document.querySelectorAll('.lane')].every(one => one.scrollWidth <= one.clientWidth)")
        assert page.evaluate("document.getElementById('stop-all').getBoundingClientRect().bottom <= innerHeight")
        page.type("x")
        page.type("2")
        assert "2" in page.evaluate("document.getElementById('asked').textContent")
        wait_until(lambda: len(server.live()) == 1)
        page.type("p")
        page.type("1")
        page.wait_for("document.querySelector('[data-lane=\"1\"].paused') !== null")
        page.type("a")
        wait_until(lambda: server.live() == [])
        room.wait(60.0)
        assert room.stdout is not None
        assert "lane 5: see the desk: a check-in is due" in room.stdout.read()

"""A room of runners as real processes: who dies costs nobody else anything, and who stopped stays stopped."""

import json
import os
import select
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from copied_commands import typed
from ended_child import ended
from page_rig import environment, said

from cadencecoach.devices.reach.link import UnreachableError
from cadencecoach.devices.reach.place import Place

if sys.platform != "linux":
    pytest.skip("signals, a private bus and sound servers of Linux", allow_module_level=True)

import asyncio

from radio_rig.bus import needs_bus
from room_rig import delays_ms, room_rig
from room_trial import FAULTS, Trial
from sound_servers import HAS_PULSE, NO_PULSE, wait_until

from cadencecoach.devices.reach.link import link_session

PATIENCE_S = 120.0
PLAN = """plan: Long
baseline: 160 spm
stages:
  - {name: Run, duration: 60 min, target: +5 %, feedback: none}
"""
IN_TERMINAL = """
import os, sys
terminal = os.open(sys.argv[1], os.O_RDWR)
for stream in (0, 1, 2):
    os.dup2(terminal, stream)
os.execv(sys.argv[2], sys.argv[2:])
"""
pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


@needs_bus
@pytest.mark.skipif(not HAS_PULSE, reason=NO_PULSE)
def test_each_fault_costs_nobody_else_anything(tmp_path: Path, pytestconfig: pytest.Config) -> None:
    """Supervisor, radio, a session, what plays and a sink are killed or hang in turn: beats, journals are whole.

    The neighbour's session is one process from the beginning to the end. In short no session is killed beside the one
    that hangs and is ended: that one which is killed goes on is claimed below.
    """
    kinds = [kind for kind in FAULTS if kind != "session" or pytestconfig.getoption("long")]
    with room_rig(tmp_path, 2) as rig:
        trial, neighbour = Trial(rig), rig.pid_of("2")
        for kind in kinds:
            trial.cause(kind, 1)
        assert rig.pid_of("2") == neighbour
        assert "lane 1: its session hangs" in rig.output.read_text()
        assert trial.n_lost == 0
        assert trial.n_gaps(1) == sum(kind.startswith("session") for kind in kinds) > 0
        assert trial.n_gaps(2) == 0
        assert trial.phase_ms[0] < 20.0  # a card's own clock, and a new stream's first word on it
        n, n_off = trial.n_off(2)
        assert n > 20
        assert n_off <= n // 20  # a machine shared with others loses frames; the beat is where the card's clock is
        assert delays_ms(rig)[len(delays_ms(rig)) // 2] < 20.0
        rig.end()
        assert rig.output.read_text().count("over, and saved") == 2


class Typed:
    """`cadencecoach room` as somebody has typed it.

    Attributes:
        lines: what it has printed
    """

    def __init__(self, home: Path) -> None:
        """Type it."""
        self.lines: list[str] = []
        self._process = subprocess.Popen(
            [sys.executable, "-m", "cadencecoach", "room", str(home / "room.yaml")],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=environment(home),
            start_new_session=True,
        )
        self._reading = threading.Thread(target=self._read)
        self._reading.start()

    def says(self, words: str, times: int = 1) -> None:
        """Wait until it has said something so often."""
        wait_until(lambda: sum(words in line for line in self.lines) >= times, within_s=PATIENCE_S)

    def send(self, number: int) -> None:
        """Send a signal."""
        self._process.send_signal(number)

    def end(self) -> int:
        """Wait for its end; the exit status."""
        status = self._process.wait(PATIENCE_S)
        self._reading.join()
        return status

    def kill(self) -> None:
        """Kill it, if it runs."""
        self._process.kill()
        self.end()

    def _read(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout as lines:
            self.lines.extend(lines)


class Row:
    """Lanes with simulated runners in a home of their own."""

    def __init__(self, home: Path, *lanes: str) -> None:
        """Write the file; nothing runs yet."""
        self.home = home
        (home / "run").mkdir(mode=0o700)
        (home / "plan.yaml").write_text(PLAN, encoding="utf-8")
        told = "".join(f"  - {{{lane}, plan: plan, sensor: sim, output: none}}\n" for lane in lanes)
        (home / "room.yaml").write_text(f"room: Row\nlanes:\n{told}", encoding="utf-8")

    def lanes(self) -> Mapping[int, Place]:
        """The sessions that run."""
        found = {}
        for path in (self.home / "run" / "cadencecoach").glob("*.place"):
            with suppress(OSError, ValueError):
                place = Place(**json.loads(path.read_text()))
                if Path(f"/proc/{place.pid}").exists():
                    found[int(place.about["lane"])] = place
        return found

    def wait_for(self, *lanes: int) -> Mapping[int, Place]:
        """Wait until just these run."""
        wait_until(lambda: set(self.lanes()) == set(lanes), within_s=PATIENCE_S)
        return self.lanes()

    def press(self, lane: int, key: str, value: int | None = None) -> None:
        """Press a key in a session."""

        async def pressed() -> str:
            async with link_session(self.lanes()[lane]) as link:
                return await link.press(os.urandom(6).hex(), key, value)

        for _ in range(5):
            with suppress(UnreachableError):
                assert asyncio.run(pressed()) == ""
                return
        raise AssertionError("the session does not answer")

    def kill(self, lane: int) -> None:
        """Kill a session."""
        os.kill(self.lanes()[lane].pid, signal.SIGKILL)

    def end(self) -> None:
        """Leave nothing running."""
        for place in self.lanes().values():
            with suppress(ProcessLookupError):
                os.kill(place.pid, signal.SIGKILL)


@contextmanager
def running(row: Row) -> Iterator[Typed]:
    """The command, and the end of all it has started."""
    typed = Typed(row.home)
    try:
        yield typed
    finally:
        typed.kill()
        row.end()


def ends_of(journal: str) -> list[dict[str, Any]]:
    """The ends in a journal."""
    lines = [json.loads(line) for line in Path(journal).read_text(encoding="utf-8").splitlines()]
    return [line for line in lines if line.get("what") == "end"]


def test_a_killed_supervisor_is_followed_by_one_that_finds_all_and_ctrl_c_asks(tmp_path: Path) -> None:
    """The sessions are the same ones; one that died meanwhile goes on; a second window is refused; twice ends all."""
    row = Row(tmp_path, "lane: 1, guest: yes", "lane: 2, guest: yes")
    with running(row) as first:
        before = row.wait_for(1, 2)
        words = ("room", str(row.home / "room.yaml"))
        second = typed(words, folder=row.home, environment=environment(row.home))
        assert second.returncode == 2  # wrong usage
        assert "runs already" in second.stderr
        first.says("runs", 2)
        first.kill()
        row.kill(1)
        with running(row) as third:
            third.says("found again")
            third.says("lane 1: its session died; it goes on")
            after = row.wait_for(1, 2)
            assert after[2].pid == before[2].pid
            assert after[1].about["journal"] == before[1].about["journal"]
            third.says("lane 1: runs")
            third.send(signal.SIGINT)
            third.says("again within")
            assert set(row.lanes()) == {1, 2}
            third.send(signal.SIGINT)
            assert third.end() == 0
            third.says("over, and saved", 2)
    assert [ends_of(place.about["journal"])[-1]["reason"] for place in after.values()] == ["stopped", "stopped"]


def test_what_stopped_stays_stopped_and_who_is_not_cleared_does_not_begin(tmp_path: Path) -> None:
    """A stop by key, a beat that stopped for pain and was then killed, an athlete without a check-in."""
    row = Row(tmp_path, "lane: 1, guest: yes", "lane: 2, guest: yes", "lane: 3, athlete: r7")
    said(row.home, "athlete", "new", "r7")
    with running(row) as typed:
        row.wait_for(1, 2)
        typed.says("lane 3: see the desk: a check-in is due")
        row.press(1, "stop")
        typed.says("lane 1: over, and saved")
        row.press(2, "pain", 8)
        journal = Path(row.lanes()[2].about["journal"])
        wait_until(lambda: '"level":8' in journal.read_text(), within_s=PATIENCE_S)
        row.kill(2)
        typed.says("lane 2: see the desk")
        assert row.lanes() == {}
        assert typed.end() == 0
    assert len(list((row.home / "data" / "cadencecoach" / "sessions").glob("*.jsonl"))) == 2


def test_a_terminal_that_closes_leaves_the_sessions_running(tmp_path: Path) -> None:
    """As a shutdown of the window does; nothing of the sessions is touched."""
    row = Row(tmp_path, "lane: 1, guest: yes")
    with running(row) as typed:
        before = row.wait_for(1)
        typed.says("lane 1: runs")
        typed.send(signal.SIGHUP)
        assert typed.end() == 0
        typed.says("The sessions run on.")
        assert row.lanes()[1].pid == before[1].pid


def test_keys_at_a_terminal_take_a_lanes_number_and_ask_before_the_end(tmp_path: Path) -> None:
    """X and 2 stop lane 2 after a second, another key calls it off; q asks, and q again ends the rest."""
    row = Row(tmp_path, "lane: 1, guest: yes", "lane: 2, guest: yes")
    terminal, inside = os.openpty()
    words = [sys.executable, "-c", IN_TERMINAL, os.ttyname(inside), sys.executable, "-m", "cadencecoach", "room"]
    shown: list[bytes] = []

    def shows(text: str) -> None:
        def is_there() -> bool:
            while select.select([terminal], [], [], 0)[0]:
                shown.append(os.read(terminal, 65_536))
            return text.encode() in b"".join(shown)

        wait_until(is_there, within_s=PATIENCE_S)
        shown.clear()

    command = [*words, str(row.home / "room.yaml")]
    own = {**environment(row.home), "TERM": "xterm", "COLUMNS": "160"}
    with ended(subprocess.Popen(command, start_new_session=True, env=own)) as room:
        os.close(inside)
        try:
            row.wait_for(1, 2)
            shows("lane 2: runs")
            os.write(terminal, b"x2")
            shows("Stop and save: lane 2")
            os.write(terminal, b"y")
            shows("called off")
            os.write(terminal, b"2x")
            shows("lane 2: over, and saved")
            assert set(row.lanes()) == {1}
            os.write(terminal, b"q")
            shows("1 lane runs.")
            os.write(terminal, b"q")
            shows("lane 1: over, and saved")
            room.wait(PATIENCE_S)
        finally:
            row.end()
    os.close(terminal)

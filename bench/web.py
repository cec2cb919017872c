"""How soon the page acts and shows, alone and in a crowd that behaves badly, and what it costs the beat: nothing.

    python bench/web.py            three minutes; needs Chromium, dbus-daemon and a PulseAudio server's programs
    python bench/web.py --open     only how soon the first page can be used, and what that loads; needs Chromium

A metronome runs with a scripted pod and strap, its sound recorded. One machine has one monotonic clock, and the page's
own is set against it. A key is timed from the keyboard of a real browser to its line in the journal; a heart rate from
the strap's message to the frame after it stood on the page; a moment from the session to the interface for programs.
The crowd: 20 programs at the session's channel, of which 5 never read, 50 connections that say nothing, and the page
making a rehearsal's sound and a session's report in turn. What the journal says of keys is also the latency of
decisions.
"""

import itertools
import json
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))

from chromium import Browser, browser, chromium
from heard_beat import click_intervals
from page_rig import Server, begin_server, free_port, said, wait_until
from radio_rig.bus import ADDRESS
from radio_rig.running_pod import Runner, running_pod
from sound_servers import FS_HZ, PulseServer

N_KEYS, N_MOMENTS, N_SYNCS, N_OPENED, N_PAGES = 100, 80, 40, 5, 5
N_CLIENTS, N_DEAF, N_SILENT = 20, 5, 50
PLAN, REPORTED = "plus-5-percent", "2026-03-01T080000Z"
SPM = 180.0
INTERVAL = round(60 / SPM * FS_HZ)
TICKS_PER_S = 100  # in /proc, on every Linux
OBSERVE = """window.seen = []; new MutationObserver(() => {
  const shown = document.getElementById('rates').textContent;
  requestAnimationFrame(() => {
    const after = new MessageChannel();  // its message comes when the frame has been handed over
    after.port1.onmessage = () => window.seen.push([shown, performance.now() / 1000]);
    after.port2.postMessage(0);
  });
}).observe(document.getElementById('rates'), {childList: true, characterData: true, subtree: true})"""
WEIGHT = """[performance.getEntriesByType('navigation'), performance.getEntriesByType('resource')].flat()
  .reduce((sum, one) => sum + one.encodedBodySize, 0)"""
PRESSED = "document.querySelector('[data-key=mute]').getAttribute('aria-pressed')"


def told(name: str, values_s: list[float]) -> float:
    """Print median and 99 %; the median."""
    ms = sorted(1000 * value for value in values_s)
    median = statistics.median(ms)
    print(f"{name:52} median {median:7.1f} ms   99 % {ms[int(0.99 * len(ms))]:7.1f} ms   of {len(ms)}")
    return median


def place_of(server: Server, name: str) -> dict[str, object]:
    """What stands in a place."""
    return dict(json.loads((server.home / "run" / "cadencecoach" / f"{name}.place").read_text()))


def page_began_s(page: Browser) -> float:
    """When the page's clock was 0, by ours: the answer that was quickest of many says it best."""
    found = []
    for _ in range(N_SYNCS):
        asked_s = time.monotonic()
        page_s = float(page.evaluate("performance.now() / 1000"))
        answered_s = time.monotonic()
        found.append((answered_s - asked_s, (asked_s + answered_s) / 2 - page_s))
    return min(found)[1]


def press_keys(page: Browser) -> list[float]:
    """When each of many keys was pressed on the page, each after the one before has shown."""
    times_s, pause = [], threading.Event()
    for _ in range(N_KEYS):
        before = page.evaluate(PRESSED)
        times_s.append(time.monotonic())
        page.type("m")
        while page.evaluate(PRESSED) == before:
            pause.wait(0.02)
    return times_s


def acted_s(server: Server, session: str, origin_s: float) -> list[float]:
    """When the session acted on each of those keys, by its journal."""
    journal = Path(str(place_of(server, session)["about"]["journal"]))  # type: ignore[index]
    wait = threading.Event()
    wait.wait(1.5)  # it is written once a second
    lines = [json.loads(line) for line in journal.read_text().splitlines()]
    return [origin_s + line["t"] for line in lines if line.get("what") == "key" and line["key"] == "mute"]


def moments(server: Server, session: str) -> tuple[list[float], float]:
    """How old each moment is when a program has it, and when session time began."""
    lines = (
        f"GET /api/sessions/{session}/events HTTP/1.1",
        f"Host: 127.0.0.1:{server.port}",
        f"Authorization: Bearer {server.token}",
    )
    ages_s, origins_s = list[float](), list[float]()
    with socket.create_connection(("127.0.0.1", server.port)) as stream:
        stream.sendall("\r\n".join((*lines, "", "")).encode())
        for line in stream.makefile("rb"):
            if line.startswith(b"data:") and b'"sent_s"' in line:
                moment = json.loads(line[5:])
                ages_s.append(time.monotonic() - moment["sent_s"])
                origins_s.append(moment["sent_s"] - moment["time_s"])
            if len(ages_s) > N_MOMENTS:
                return ages_s[1:], min(origins_s)  # the first one was there before we came
    raise AssertionError("the stream has ended")


def painted(page: Browser, runner: Runner, began_s: float) -> list[float]:
    """How long each heart rate took from the strap to the page."""
    found, seen = [], [(re.search(r"\d+", text), at_s + began_s) for text, at_s in page.evaluate("window.seen")]
    for hr_bpm, sent_s in runner.beats:
        came = [at_s - sent_s for number, at_s in seen if number and int(number[0]) == hr_bpm and 0 < at_s - sent_s < 5]
        found += came[:1]
    return found


def work(server: Server, is_over: threading.Event) -> None:
    """Have the page rehearse a plan and report a session again and again, as whoever presses its buttons does."""
    for number in itertools.count():
        asked = {"kind": "report", "session": REPORTED} if number % 2 else {"kind": "rehearsal", "plan": PLAN}
        status, job = server.ask("POST", "/api/jobs", {"id": f"work-{number}", **asked})
        assert status == 201, job
        while not is_over.wait(0.1):
            if (state := server.ask("GET", f"/api/jobs/{job['id']}")[1]["state"]) not in {"waiting", "running"}:
                assert state == "done", state
                break
        if is_over.is_set():
            server.ask("DELETE", f"/api/jobs/{job['id']}")
            return


@contextmanager
def crowd(server: Server, session: str) -> Iterator[None]:
    """Everybody who behaves badly, and who works hard beside."""
    place, is_over = place_of(server, session), threading.Event()

    def read_all(one: socket.socket) -> None:
        try:
            while one.recv(65536):
                pass
        except OSError:
            pass

    with ExitStack() as stack:
        for number in range(N_CLIENTS + N_SILENT):
            one = stack.enter_context(socket.create_connection(("127.0.0.1", int(str(place["port"])))))
            if number < N_CLIENTS:
                one.sendall(json.dumps({"token": place["token"]}).encode() + b"\n")
            if N_DEAF <= number < N_CLIENTS:
                threading.Thread(target=read_all, args=(one,), daemon=True).start()
        worker = threading.Thread(target=work, args=(server, is_over))
        worker.start()
        try:
            yield
        finally:
            is_over.set()
            worker.join()


def off_intervals(heard: NDArray[np.float32]) -> tuple[list[int], int]:
    """The intervals between clicks that are off by more than a frame, in frames, and how many there are in all."""
    intervals = click_intervals(heard)
    return [one - INTERVAL for one in intervals if abs(one - INTERVAL) > 1], len(intervals)


def memory_mb(server: Server, name: str) -> float:
    """What a process holds."""
    path = Path(f"/proc/{place_of(server, name)['pid']}/status")
    rows = [line for line in path.read_text().splitlines() if line.startswith("VmRSS")]
    return int(rows[0].split()[1]) / 1024


def measure(server: Server, session: str, page: Browser, runner: Runner, where: str) -> float:
    """Measure one time; the median from a key to the journal."""
    began_s = page_began_s(page)
    page.evaluate(OBSERVE)
    n_before = len(acted_s(server, session, 0.0))
    pressed_s = press_keys(page)
    ages_s, origin_s = moments(server, session)
    did_s = acted_s(server, session, origin_s)[n_before:]
    median = told(f"a key on the page to the journal, {where}", [b - a for a, b in zip(pressed_s, did_s, strict=True)])
    told(f"a heart rate from the strap to the paint, {where}", painted(page, runner, began_s))
    told(f"a moment to a program, {where}", ages_s)
    return median


def keep_bytecode(folder: Path) -> None:
    """Have Python keep what it compiles, as it does for whoever has installed us, whatever this shell says."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = str(folder)


def keep_session(home: Path) -> None:
    """Keep a session to report: a plan's, rehearsed."""
    path = home / "data" / "cadencecoach" / "sessions" / f"{REPORTED}.jsonl"
    path.parent.mkdir(parents=True, mode=0o700)
    said(home, "rehearse", PLAN, "--sound", "none", "--journal", str(path))


def opened(home: Path, page: Browser) -> tuple[Server, float]:
    """A server, and how long it took from the command to a page that can be used."""
    began_s = time.monotonic()
    server = begin_server(home, "--port", str(free_port()), is_new=True)
    page.visit(server.address, width=1024, height=768)
    page.wait_for("document.querySelector('button.main:not([disabled])')")
    return server, time.monotonic() - began_s


def processor_s(pid: int) -> float:
    """What a process has worked, which what else runs here changes less than how long it takes."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS_PER_S


def measure_opening(home: Path, page: Browser) -> None:
    """From the command to the first page: the first time, which compiles everything, and the next ones."""
    times_s, worked_s = [], []
    for _ in range(N_OPENED):
        server, took_s = opened(home, page)
        times_s.append(took_s)
        worked_s.append(processor_s(server.process.pid))
        server.end()
    first_s, *others_s = times_s
    print(f"open to a usable page: the first time {first_s:.2f} s, then {statistics.median(others_s):.2f} s")
    print(f"processor time of the server by then: {statistics.median(worked_s[1:]):.2f} s")
    loads = "import sys, cadencecoach.web.server.serving, cadencecoach.web.pages.today; print(len(sys.modules))"
    said = subprocess.run([sys.executable, "-c", loads], check=True, capture_output=True, text=True)
    print(f"modules that are loaded for it: {said.stdout.strip()}")


def measure_end(server: Server, page: Browser) -> None:
    """How soon Ctrl-C ends the server while a session is watched on five pages; the session goes on."""
    session = server.start(metronome={"spm": SPM}, feet="none")
    address = f"http://127.0.0.1:{server.port}/live/{session}"
    page.visit(address, width=1024, height=768)
    page.wait_for("!document.body.classList.contains('connecting')")
    for _ in range(N_PAGES - 1):
        page.open_tab(address)
    began_s = time.monotonic()
    server.end()
    print(f"Ctrl-C with {N_PAGES} pages open ends it in {time.monotonic() - began_s:.2f} s")
    again = begin_server(server.home, "--port", str(free_port()), is_new=True)
    again.ask("DELETE", f"/api/sessions/{session}")
    wait_until(lambda: again.live() == [])
    again.end()


def main() -> None:
    """Measure all of it."""
    program = chromium()
    assert program is not None, "needs Chromium"
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        keep_bytecode(home / "bytecode")
        if "--open" in sys.argv:
            measure_opening(home, stack.enter_context(browser(program)))
            return
        runner, card = stack.enter_context(running_pod(82, 3.0)), stack.enter_context(PulseServer())
        os.environ |= {ADDRESS: runner.address, **card.environment}
        page = stack.enter_context(browser(program))
        keep_session(home)
        server, took_s = opened(home, page)
        print(f"open to a usable page, the first time: {took_s:.2f} s")
        print(f"weight of the first page: {page.evaluate(WEIGHT) / 1000:.0f} kB")
        requests = list(page.requests)
        session = server.start(metronome={"spm": SPM}, feet="ble", sound="default")
        page.visit(f"http://127.0.0.1:{server.port}/live/{session}", width=1024, height=768)
        page.wait_for("document.getElementById('rates').textContent.includes('bpm')")
        print(f"weight of the live page: {page.evaluate(WEIGHT) / 1000:.0f} kB")
        alone = measure(server, session, page, runner, "alone")
        with crowd(server, session):
            crowded = measure(server, session, page, runner, "in a crowd")
        print(f"latency of decisions in a crowd: {crowded / alone:.2f} times that alone")
        print(f"memory: server {memory_mb(server, 'page'):.0f} MB, session {memory_mb(server, session):.0f} MB")
        elsewhere = [one for one in requests + page.requests if not one.startswith(f"http://127.0.0.1:{server.port}/")]
        print(f"requests elsewhere: {len(elsewhere)}")
        server.ask("DELETE", f"/api/sessions/{session}")
        wait_until(lambda: server.live() == [])
        off_frames, n_intervals = off_intervals(card.heard())
        print(f"intervals of the beat off by more than a frame: {len(off_frames)} of {n_intervals} {off_frames or ''}")
        measure_end(server, page)


if __name__ == "__main__":
    main()

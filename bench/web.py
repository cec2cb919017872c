"""How soon a key of the page is done and a moment is at the page, alone and in a crowd that behaves badly.

    python bench/web.py            two minutes

A key is timed from the request to its answer, which the session gives when it has acted. A moment carries the time it
was made; one machine has one monotonic clock. The crowd: 20 programs at the session's channel, of which 5 never read,
and 50 connections that say nothing. What a browser adds is not in it.
"""

import json
import socket
import statistics
import sys
import tempfile
import threading
import time
from contextlib import ExitStack
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))

from page_rig import Server, begin_server, free_port, wait_until

N_KEYS, N_MOMENTS = 200, 80
N_CLIENTS, N_DEAF, N_SILENT = 20, 5, 50
STATIC = Path(__file__).parents[1] / "cadencecoach" / "web" / "static"


def told(name: str, values_s: list[float]) -> None:
    """Print median and 99 %."""
    ms = sorted(1000 * value for value in values_s)
    print(f"{name:42} median {statistics.median(ms):7.1f} ms   99 % {ms[int(0.99 * len(ms))]:7.1f} ms")


def time_keys(server: Server, session: str) -> list[float]:
    """How long each of many keys takes."""
    times_s = []
    for _ in range(N_KEYS):
        began_s = time.monotonic()
        status, answer = server.press(session, "mute")
        times_s.append(time.monotonic() - began_s)
        assert status == 204, answer
    return times_s


def time_moments(server: Server, session: str) -> list[float]:
    """How old each moment is when it comes."""
    lines = (
        f"GET /api/sessions/{session}/events HTTP/1.1",
        f"Host: 127.0.0.1:{server.port}",
        f"Authorization: Bearer {server.token}",
    )
    ages_s = list[float]()
    with socket.create_connection(("127.0.0.1", server.port)) as stream:
        stream.sendall("\r\n".join((*lines, "", "")).encode())
        for line in stream.makefile("rb"):
            if line.startswith(b"data:") and b'"sent_s"' in line:
                ages_s.append(time.monotonic() - json.loads(line[5:])["sent_s"])
            if len(ages_s) > N_MOMENTS:
                return ages_s[1:]  # the first one was there before we came
    raise AssertionError("the stream has ended")


def place_of(server: Server, name: str) -> dict[str, object]:
    """What stands in a place."""
    return dict(json.loads((server.home / "run" / "cadencecoach" / f"{name}.place").read_text()))


def crowd(server: Server, session: str) -> ExitStack:
    """Everybody who behaves badly, until it is closed."""
    place, stack = place_of(server, session), ExitStack()
    for number in range(N_CLIENTS + N_SILENT):
        one = stack.enter_context(socket.create_connection(("127.0.0.1", int(str(place["port"])))))
        if number < N_CLIENTS:
            one.sendall(json.dumps({"token": place["token"]}).encode() + b"\n")
        if N_DEAF <= number < N_CLIENTS:
            threading.Thread(target=_read_all, args=(one,), daemon=True).start()
    return stack


def _read_all(one: socket.socket) -> None:
    try:
        while one.recv(65536):
            pass
    except OSError:
        pass


def memory_mb(server: Server, name: str) -> float:
    """What a process holds, where the system tells."""
    path = Path(f"/proc/{place_of(server, name)['pid']}/status")
    rows = [line for line in path.read_text().splitlines() if line.startswith("VmRSS")]
    return int(rows[0].split()[1]) / 1024


def main() -> None:
    """Measure all of it."""
    with tempfile.TemporaryDirectory() as home:
        began_s = time.monotonic()
        server = begin_server(Path(home), "--port", str(free_port()))
        assert server.ask("GET", "/")[0] == 200
        print(f"open to a usable page: {time.monotonic() - began_s:.2f} s")
        print(
            f"page weight: {sum(path.stat().st_size for path in STATIC.iterdir()) / 1000:.0f} kB of scripts and sheets"
        )
        session = server.start(plan="plus-5-percent")
        wait_until(lambda: server.press(session, "mute")[0] == 204)
        told("a key, alone", time_keys(server, session))
        told("a moment, alone", time_moments(server, session))
        with crowd(server, session):
            told("a key, in a crowd", time_keys(server, session))
            told("a moment, in a crowd", time_moments(server, session))
        print(f"memory: server {memory_mb(server, 'page'):.0f} MB, session {memory_mb(server, session):.0f} MB")
        server.ask("DELETE", f"/api/sessions/{session}")
        wait_until(lambda: server.live() == [])
        server.end()


if __name__ == "__main__":
    main()

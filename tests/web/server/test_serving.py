"""The server as a process, as a person and a program meet it; every story is of the desk, at this computer."""

import json
import os
import re
import signal
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import pytest
from copied_commands import typed
from page_rig import (
    PATIENCE_S,
    Server,
    begin,
    begin_server,
    environment,
    free_port,
    page_server,
    said,
    signal_called,
    wait_until,
)

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240)]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server for all stories that leave it as it was."""
    with page_server(tmp_path_factory.mktemp("home")) as one:
        yield one


def open_stream(server: Server, session: str) -> socket.socket:
    """An event stream that has begun."""
    stream = socket.create_connection(("127.0.0.1", server.port), PATIENCE_S)
    lines = (
        f"GET /api/sessions/{session}/events HTTP/1.1",
        f"Host: 127.0.0.1:{server.port}",
        f"Authorization: Bearer {server.token}",
    )
    stream.sendall("\r\n".join((*lines, "", "")).encode())
    seen = b""
    while b"event: moment" not in seen:
        seen += stream.recv(65536)
    assert seen.startswith(b"HTTP/1.1 200")
    assert b"event: session" in seen
    return stream


def test_lists_have_ids_and_no_paths(server: Server) -> None:
    """What a request may name; nothing of them tells where a file lies."""
    plans = server.ask("GET", "/api/plans")[1]["plans"]
    assert {"demo", "plus-5-percent"} <= {one["id"] for one in plans}
    sensors = server.ask("GET", "/api/sensors")[1]["sensors"]
    assert {"ble", "none", "sim"} <= {one["id"] for one in sensors}
    outputs = server.ask("GET", "/api/outputs")[1]["outputs"]
    assert {"default", "none"} <= {one["id"] for one in outputs}
    assert ".yaml" not in json.dumps([plans, sensors, outputs])


def test_a_session_is_started_once_and_stopped(server: Server) -> None:
    """A request that is repeated is answered as the first time; stop and save ends it, twice is no harm."""
    told = {"id": "the-same", "plan": "demo", "feet": "sim", "sound": "none"}
    first, second = server.ask("POST", "/api/sessions", told), server.ask("POST", "/api/sessions", told)
    assert first == second
    assert first[0] == 201
    session = first[1]["id"]
    assert server.live() == [session]
    assert server.ask("DELETE", f"/api/sessions/{session}") == (204, "")
    wait_until(lambda: server.live() == [])
    assert server.ask("DELETE", f"/api/sessions/{session}")[0] == 404
    assert server.ask("GET", f"/api/sessions/{session}/events")[0] == 404


def test_two_starts_on_two_tablets_give_one_session(server: Server) -> None:
    """The second is told which one runs; the output is the same for both."""
    told = [{"id": name, "metronome": {"spm": 170}, "feet": "none", "sound": "default"} for name in ("one", "two")]
    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(lambda one: server.ask("POST", "/api/sessions", one), told), key=lambda one: one[0])
    assert [status for status, _ in answers] == [201, 409]
    assert answers[1][1]["where"] == answers[0][1]["id"]
    assert "already running" in answers[1][1]["error"]
    server.ask("DELETE", f"/api/sessions/{answers[0][1]['id']}")
    wait_until(lambda: server.live() == [])


@pytest.mark.parametrize(
    ("told", "where"),
    [
        ({"plan": "../../etc/passwd"}, "plan"),
        ({"plan": "sessions/demo.yaml"}, "plan"),
        ({"plan": "demo", "feet": "replay:/etc/passwd"}, "feet"),
        ({"plan": "demo", "feet": "ble:11:22"}, "feet"),
        ({"plan": "demo", "sound": "file:/tmp/x.wav"}, "sound"),
        ({"plan": "demo", "sound": "device:x"}, "sound"),
        ({"plan": "demo", "athlete": "--help"}, "athlete"),
        ({"metronome": {"spm": 170, "click": "../x"}}, "click"),
    ],
)
def test_no_path_host_or_device_text_is_taken(server: Server, told: dict[str, object], where: str) -> None:
    """Only what stands in the lists."""
    told = {"id": "a", "feet": "none", "sound": "none", **told}
    status, answer = server.ask("POST", "/api/sessions", told)
    assert (status, answer["where"]) == (400, where)
    assert server.live() == []


def test_a_session_that_cannot_begin_says_why(server: Server) -> None:
    """In the words of the command line: this plan measures the runner, and nobody tells any steps."""
    status, answer = server.ask("POST", "/api/sessions", {"id": "b", "plan": "plus-5-percent", "sound": "none"})
    assert status == 409
    assert "--feet" in answer["error"] or "sensor" in answer["error"]


def test_a_session_of_a_terminal_is_seen_and_its_keys_are_pressed(server: Server) -> None:
    """Whoever has started it; a key that does nothing is answered with why."""
    terminal = begin(server.home, "run", "demo", "--feet", "sim", "--sound", "none")
    assert terminal.stdout is not None
    with terminal.stdout:
        wait_until(lambda: len(server.live()) == 1)
        (session,) = server.live()
        wait_until(lambda: server.press(session, "pause")[0] == 204)
        assert server.press(session, "up") == (409, {"error": "paused: press space to go on", "where": "key"})
        assert server.press(session, "pain", 11)[0] == 409
        assert server.press(session, "tap")[0] == 409
        told = {"id": "once", "key": "pain", "value": 7}
        for _ in range(3):
            assert server.ask("POST", f"/api/sessions/{session}/keys", told)[0] == 204
        assert server.ask("DELETE", f"/api/sessions/{session}")[0] == 204
        assert terminal.wait(PATIENCE_S) == 0
    newest = max(
        (server.home / "data" / "cadencecoach" / "sessions").glob("*.jsonl"), key=lambda one: one.stat().st_mtime
    )
    assert newest.read_text().count('"level":7') == 2  # the digit and its note


def test_ctrl_c_ends_it_within_two_seconds_with_five_pages_open_and_the_session_goes_on(tmp_path: Path) -> None:
    """A closed terminal (SIGHUP) leaves the session alone, too; the next server finds it."""
    first = begin_server(tmp_path, "--port", str(free_port()), is_new=True)
    session = first.start(plan="demo")
    streams = [open_stream(first, session) for _ in range(5)]
    began_s = time.monotonic()
    assert first.end(signal.SIGINT) == 0
    assert time.monotonic() - began_s < 2
    for one in streams:
        one.close()
    second = begin_server(tmp_path, "--port", str(free_port()), is_new=True)
    assert second.live() == [session]
    second.end(signal_called("SIGHUP"))
    third = begin_server(tmp_path, "--port", str(free_port()), is_new=True)
    assert third.live() == [session]
    third.ask("DELETE", f"/api/sessions/{session}")
    wait_until(lambda: third.live() == [])
    assert third.end() == 0


def test_a_second_open_finds_the_first_and_brings_a_key_of_its_own(server: Server) -> None:
    """It ends at once; both browsers are in."""
    found = re.search(rf"http://127\.0\.0\.1:{server.port}(/\?key=\S+)", said(server.home, "open", "--no-browser"))
    assert found is not None
    assert server.ask("GET", found[1], headers={})[0] == 303
    assert server.ask("GET", found[1], headers={})[0] == 401


def test_a_port_that_is_taken_is_said_in_one_line(tmp_path: Path) -> None:
    """With what to do; without `--port` another is found."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        words, folders = ("open", "--no-browser", "--port", str(port)), environment(tmp_path)
        done = typed(words, folder=tmp_path, environment=folders, ends_within_s=PATIENCE_S)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "choose another" in done.stderr


def test_what_cannot_be_read_on_this_machine_is_said(tmp_path: Path) -> None:
    """In one sentence, on the page and to programs; nothing of a traceback."""
    with page_server(tmp_path) as server:
        broken = tmp_path / "data" / "cadencecoach" / "athletes" / "r7"
        broken.mkdir(parents=True)
        (broken / "log.jsonl").mkdir()
        status, answer = server.ask("GET", "/?athlete=r7")
        assert status == 200, answer
        assert "log.jsonl" in answer
        (tmp_path / "run" / "cadencecoach").chmod(0o755)
        status, answer = server.ask("GET", "/api/sessions")
        assert (status, "private folder" in answer["error"]) == (500, True)
        (tmp_path / "run" / "cadencecoach").chmod(0o700)


def test_it_listens_on_the_loopback_interface_only(server: Server) -> None:
    """As the system's own table says."""
    table = Path("/proc/net/tcp")
    if not table.exists():
        pytest.skip("no /proc/net/tcp here")
    rows = [line.split()[1:4] for line in table.read_text().splitlines()[1:]]
    listening = {local for local, _, state in rows if state == "0A" and local.endswith(f":{server.port:04X}")}
    assert listening == {f"0100007F:{server.port:04X}"}
    six = Path("/proc/net/tcp6")
    assert not six.exists() or f":{server.port:04X} " not in six.read_text()


def test_slow_headers_and_silent_connections_keep_nobody_out(server: Server) -> None:
    """Two hundred of each, more than there is room for: whoever asks is answered, and in the end they are let go."""
    lazy = [socket.create_connection(("127.0.0.1", server.port), PATIENCE_S) for _ in range(400)]
    for number, one in enumerate(lazy):
        if number % 2:
            one.sendall(b"GET / HTTP/1.1\r\nHost: 127")
    began_s = time.monotonic()
    assert server.ask("GET", "/api/sessions")[0] == 200
    assert time.monotonic() - began_s < 2
    for one in lazy:
        one.settimeout(PATIENCE_S)
        try:
            while one.recv(4096):
                pass
        except ConnectionError:
            pass
        one.close()
    assert time.monotonic() - began_s < 30


def test_ten_megabytes_are_refused_before_they_are_read(server: Server) -> None:
    """Said in the header, or in pieces without end."""
    for head in (b"Content-Length: 10000000", b"Transfer-Encoding: chunked"):
        with socket.create_connection(("127.0.0.1", server.port), PATIENCE_S) as one:
            lines = [b"POST /api/sessions HTTP/1.1", f"Host: 127.0.0.1:{server.port}".encode(), head]
            lines.append(f"Authorization: Bearer {server.token}".encode())
            one.sendall(b"\r\n".join([*lines, b"", b""]))
            try:
                for _ in range(200):
                    one.sendall(b"10000\r\n" + b"x" * 0x10000 + b"\r\n")
            except OSError:
                pass  # it has hung up
            try:
                answer = one.recv(4096)
            except ConnectionError:
                answer = b"HTTP/1.1 413"  # the answer was lost with the rest of what was sent
            assert answer.startswith(b"HTTP/1.1 413")
    assert server.ask("GET", "/api/sessions")[0] == 200


def test_a_session_that_was_killed_is_gone_from_the_lists(server: Server) -> None:
    """Its stream says so."""
    session = server.start(plan="demo")
    place = server.home / "run" / "cadencecoach" / f"{session}.place"
    stream = open_stream(server, session)
    os.kill(json.loads(place.read_text())["pid"], signal_called("SIGKILL"))
    seen = b""
    while b"event: end" not in seen:
        more = stream.recv(65536)
        assert more
        seen += more
    stream.close()
    assert b'"reason":"gone"' in seen
    wait_until(lambda: server.live() == [])
    assert not place.exists()


def test_streams_that_nobody_reads_hold_nothing_up(server: Server) -> None:
    """Neither the session nor who reads: a moment comes at least every second."""
    session = server.start(plan="demo")
    deaf = [open_stream(server, session) for _ in range(5)]
    heard = open_stream(server, session)
    heard.settimeout(5)
    times = list[float]()
    while len(times) < 20:
        if heard.recv(65536).count(b"event: moment"):
            times.append(time.monotonic())
    assert max(after - before for before, after in pairwise(times)) < 2
    for one in (*deaf, heard):
        one.close()
    server.ask("DELETE", f"/api/sessions/{session}")
    wait_until(lambda: server.live() == [])

"""Devices against a real server, in a network of the test's own. Each story says as which role it runs."""

import json
import os
import re
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from lan_rig import ELSEWHERE, Device, begin_lan_server, digits_for, paired
from own_network import AT, HAS_NETWORK, NO_NETWORK, network_of_its_own
from page_rig import PATIENCE_S, Server, environment, free_port, said, signal_called, wait_until

from cadencecoach.cli.main import main
from cadencecoach.web.rows import Role
from cadencecoach.web.server.patience import MAX_CONNECTIONS

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(240),
    pytest.mark.skipif(not HAS_NETWORK, reason=NO_NETWORK),
]
NAMES = ("r7", "r8")
# Route by route as in tests/web/test_rows.py: what a stranger, a screen, a runner and the desk are answered.
ROUTES = {
    ("GET", "/api/plans"): (401, 403, 200, 200),
    ("GET", "/api/sensors"): (401, 403, 200, 200),
    ("GET", "/api/outputs"): (401, 403, 200, 200),
    ("GET", "/api/sessions"): (401, 200, 200, 200),
    ("POST", "/api/sessions"): (401, 403, 400, 400),
    ("DELETE", "/api/sessions/000000000000"): (401, 403, 404, 404),
    ("GET", "/api/sessions/000000000000/events"): (401, 404, 404, 404),
    ("POST", "/api/sessions/000000000000/keys"): (401, 403, 400, 400),
    ("POST", "/api/keys"): (401, 403, 403, 201),
    ("GET", "/"): (303, 303, 200, 303),  # with two athletes the desk begins with the caseload
    ("GET", "/plans/demo/picture.svg"): (303, 403, 200, 200),
    ("GET", "/live/000000000000"): (303, 303, 303, 303),
    ("GET", "/screen"): (303, 200, 200, 200),
    ("GET", "/pair"): (200, 200, 200, 200),
    ("POST", "/api/pair"): (400, 400, 400, 400),
    ("POST", "/api/desk"): (400, 400, 400, 400),
    ("GET", "/person"): (303, 403, 403, 403),  # of a clinic's store alone
    ("GET", "/api/person"): (401, 403, 403, 403),
    ("POST", "/api/person"): (401, 403, 403, 403),
    ("POST", "/sign-out"): (401, 403, 403, 403),
    ("GET", "/devices"): (303, 403, 403, 200),
    ("GET", "/api/devices"): (401, 403, 403, 200),
    ("POST", "/api/codes"): (401, 403, 403, 400),
    ("DELETE", "/api/devices/000"): (401, 403, 403, 404),
    ("POST", "/api/delay"): (401, 403, 403, 400),
    ("GET", "/api/delay/clock"): (401, 403, 403, 200),
    ("POST", "/api/delay/taps"): (401, 403, 403, 400),
    ("GET", "/static/live.js"): (401, 200, 200, 200),
    ("GET", "/static/style.css"): (200, 200, 200, 200),
    ("GET", "/static/../rows.py"): (401, 404, 404, 404),
    ("GET", "/nothing"): (303, 404, 404, 404),
}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two athletes are kept here."""
    folder = tmp_path_factory.mktemp("home")
    for name in NAMES:
        said(folder, "athlete", "new", name)
    return folder


@pytest.fixture(scope="module")
def server(home: Path) -> Iterator[Server]:
    """A server in a network of its own."""
    yield from lan_server(home)


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Server]:
    """One that nobody has asked too often yet."""
    yield from lan_server(tmp_path)


def lan_server(home: Path) -> Iterator[Server]:
    """A server in a network of its own, with all its sessions over at the end."""
    with network_of_its_own():
        one, _ = begin_lan_server(home, "--port", str(free_port()))
        yield one
        for session in one.live():
            one.ask("DELETE", f"/api/sessions/{session}")
        assert one.end() == 0


def test_every_route_answers_every_role_as_the_table_says(server: Server) -> None:
    """A stranger, a screen, a runner's device, and the desk, which is a program at this computer."""
    devices = {Role.STRANGER: Device(server.port), Role.SCREEN: paired(server, "screen")}
    devices[Role.RUNNER] = paired(server, "runner", "r7")
    for (method, path), expected in ROUTES.items():
        body: object = {} if method == "POST" else None
        found = [devices[role].ask(method, path, body).status for role in devices]
        assert (method, path, *found, server.ask(method, path, body)[0]) == (method, path, *expected)


def test_nobody_but_the_desk_has_the_computer_listen(server: Server) -> None:
    """A runner's device is not offered the microphone, and starts nothing with it."""
    device = paired(server, "runner", "r7")
    lists = device.ask("GET", "/api/sensors").told["sensors"], server.ask("GET", "/api/sensors")[1]["sensors"]
    offered = [{one["id"] for one in sensors} for sensors in lists]
    assert offered[1] - offered[0] == {"mic"}
    told = {"id": "m", "plan": "demo", "feet": "mic", "sound": "none"}
    assert device.ask("POST", "/api/sessions", told).status == 400


def test_the_token_of_programs_is_good_on_this_computer_only(server: Server) -> None:
    """Neither it nor the desk's cookie opens anything from the network, where others could read it."""
    key = server.ask("POST", "/api/keys")[1]["key"]
    with socket.create_connection(("127.0.0.1", server.port), PATIENCE_S) as one:
        one.sendall(f"GET /?key={key} HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n\r\n".encode())
        cookie = one.recv(4096).decode().split("set-cookie: ")[1].partition(";")[0]
    assert server.ask("GET", "/devices", headers={"Cookie": cookie})[0] == 200
    stranger = Device(server.port)
    assert stranger.ask("GET", "/api/sessions", headers={"Cookie": cookie}).status == 401
    token = {"Authorization": f"Bearer {server.token}"}
    assert stranger.ask("GET", "/api/sessions", headers=token).status == 401
    assert stranger.ask("POST", "/api/keys", {}, headers=token).status == 403
    assert stranger.ask("GET", f"/?key={server.ask('POST', '/api/keys')[1]['key']}").status == 303


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:{port}", AT, f"{AT}:1", "localhost:{port}", "127.0.0.1:{port}", "{at}.nip.io"],
)
def test_a_foreign_host_is_refused(server: Server, host: str) -> None:
    """Also a name of this computer itself, which is none in the network, whoever asks."""
    device = paired(server, "runner")
    told = {**device.headers(), "Host": host.format(port=server.port, at=f"{AT}:{server.port}")}
    for path in ("/", "/pair", "/static/style.css", "/api/sessions"):
        assert device.ask("GET", path, headers=told).status == 421


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "https://{at}", "http://127.0.0.1:{port}", ""])
def test_a_foreign_origin_changes_nothing(server: Server, origin: str) -> None:
    """Not for a runner's device, and no digits are tried for it."""
    device = paired(server, "runner")
    at = f"{AT}:{server.port}"
    told = {**device.headers(), "Origin": origin.format(port=server.port, at=at)}
    for path in ("/api/sessions", "/api/pair"):
        assert device.ask("POST", path, {"id": "a", "digits": "000000"}, told).status == 403
    assert device.ask("POST", "/api/pair", {"id": "a", "digits": "000000"}, device.headers()).status == 403


def test_digits_lock_after_five_tries_however_many_guess_at_once(fresh: Server) -> None:
    """Sixty tries on sixty connections: five are looked at; afterwards the right digits are none, too."""
    digits = digits_for(fresh, "screen")
    guesses = [f"{(int(digits) + 1 + n) % 10**6:06}" for n in range(50)]
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda guess: Device(fresh.port).pair(guess).status, guesses))
    assert sorted(answers)[:4] == [403] * 4
    assert set(sorted(answers)[4:]) == {429}
    assert Device(fresh.port).pair(digits).status == 429
    others = digits_for(fresh, "screen")
    assert Device(fresh.port).pair(others).status == 201
    assert Device(fresh.port).pair(others).status == 409  # they are used up


def test_who_asks_too_often_is_told_to_wait(fresh: Server) -> None:
    """A stranger by address, a device by itself; the desk is never kept out by them."""
    device = paired(fresh, "screen")
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: device.ask("GET", "/api/sessions").status, range(200)))
    assert answers.count(200) >= 60
    assert 429 in answers
    assert fresh.ask("GET", "/api/sessions")[0] == 200


def test_a_runners_device_sees_and_presses_its_own_sessions_only(server: Server) -> None:
    """Of r7; those of r8 and of a guest are as if they were not there. The guest's sees neither."""
    mine, guests = paired(server, "runner", "r7"), paired(server, "runner")
    theirs = server.start(plan="demo", athlete="r8")
    asked = {"id": "g", "plan": "demo", "feet": "sim", "sound": "none"}
    guests_own = guests.ask("POST", "/api/sessions", asked).told["id"]
    assert mine.ask("GET", "/api/sessions").told == {"sessions": []}
    assert [one["id"] for one in guests.ask("GET", "/api/sessions").told["sessions"]] == [guests_own]
    for session in (theirs, guests_own):
        assert mine.ask("GET", f"/api/sessions/{session}/events").status == 404
        assert mine.ask("POST", f"/api/sessions/{session}/keys", {"id": "k", "key": "pause"}).status == 404
        assert mine.ask("DELETE", f"/api/sessions/{session}").status == 404
        assert mine.ask("GET", f"/live/{session}").headers["location"] == "/"
    page = mine.ask("GET", "/?athlete=r8").text
    assert "r8" not in page
    assert theirs not in page
    told = {"id": "s", "plan": "demo", "feet": "sim", "sound": "none"}
    assert mine.ask("POST", "/api/sessions", {**told, "athlete": "r8"}).status == 403
    assert guests.ask("POST", "/api/sessions", {**told, "athlete": "r7"}).status == 403
    assert guests.ask("POST", "/api/sessions", told).status == 409  # the guest's own runs
    started = mine.ask("POST", "/api/sessions", told)
    assert started.status == 201
    own = started.told["id"]
    assert mine.ask("POST", "/api/sessions", told).told == {"id": own}  # the same tap
    again = mine.ask("POST", "/api/sessions", {**told, "id": "another"})
    assert (again.status, again.told["where"]) == (409, own)
    (row,) = mine.ask("GET", "/api/sessions").told["sessions"]
    assert (row["id"], row["athlete"]) == (own, "r7")
    assert mine.ask("POST", f"/api/sessions/{own}/keys", {"id": "k", "key": "pause"}).status == 204
    for session in (theirs, guests_own):
        server.ask("DELETE", f"/api/sessions/{session}")
    assert mine.ask("DELETE", f"/api/sessions/{own}").status == 204
    wait_until(lambda: server.live() == [])


def test_a_guests_device_has_what_it_started_itself(server: Server) -> None:
    """Neither another guest's nor one that was started at this computer; a screen has the figures of all, nameless."""
    one, other, screen = paired(server, "runner"), paired(server, "runner"), paired(server, "screen")
    told = {"id": "s", "plan": "demo", "feet": "sim", "sound": "none"}
    at_the_desk = server.start(plan="demo")
    own, others = (device.ask("POST", "/api/sessions", told).told["id"] for device in (one, other))
    for device, session in ((one, own), (other, others)):
        assert [row["id"] for row in device.ask("GET", "/api/sessions").told["sessions"]] == [session]
        assert device.ask("POST", f"/api/sessions/{session}/keys", {"id": "k", "key": "pause"}).status == 204
        for foreign in {at_the_desk, own, others} - {session}:
            assert device.ask("POST", f"/api/sessions/{foreign}/keys", {"id": "k", "key": "pause"}).status == 404
            assert device.ask("DELETE", f"/api/sessions/{foreign}").status == 404
            assert device.ask("GET", f"/api/sessions/{foreign}/events").status == 404
            assert foreign not in device.ask("GET", "/").text
    seen = screen.ask("GET", "/api/sessions").told["sessions"]
    assert {row["id"] for row in seen} == {at_the_desk, own, others}
    assert {row["plan"] for row in seen} == {""}
    again = one.ask("POST", "/api/sessions", {**told, "id": "another"})
    assert (again.status, again.told["where"]) == (409, own)  # one at a time
    for session in (at_the_desk, own, others):
        server.ask("DELETE", f"/api/sessions/{session}")
    wait_until(lambda: server.live() == [])


def events_of(device: Device, session: str, until: bytes) -> tuple[socket.socket, bytes]:
    """A stream, read until something has come."""
    stream = socket.create_connection((AT, device.port), PATIENCE_S)
    head = f"GET /api/sessions/{session}/events HTTP/1.1\r\nHost: {AT}:{device.port}\r\nCookie: {device.cookie}\r\n\r\n"
    stream.sendall(head.encode())
    seen = b""
    while until not in seen:
        more = stream.recv(65536)
        assert more, seen
        seen += more
    return stream, seen


def test_a_screen_is_sent_figures_and_nothing_of_a_person(server: Server) -> None:
    """A session of r8 that stops for pain: neither name nor plan, words nor pain; it looks as a pause."""
    screen = paired(server, "screen")
    session = server.start(plan="demo", athlete="r8")
    (row,) = screen.ask("GET", "/api/sessions").told["sessions"]
    assert {name for name, value in row.items() if value} == {"id", "started"}
    page = screen.ask("GET", f"/live/{session}")
    assert page.status == 200
    assert "r8" not in page.text
    assert "Demo" not in page.text
    assert screen.ask("GET", "/screen").headers["location"] == f"/live/{session}"
    stream, seen = events_of(screen, session, b'"cadence_spm":1')
    assert server.press(session, "pain", 8)[0] == 204
    while b'"is_paused":true' not in seen:
        seen += stream.recv(65536)
    server.ask("DELETE", f"/api/sessions/{session}")
    while b"event: end" not in seen:
        seen += stream.recv(65536)
    stream.close()
    told = seen.decode()
    for word in ("r8", "Demo", "Warm", "event: said", '"pain":"8"', '"pain":"?"', '"is_stopped":true', "STOP", "PAIN"):
        assert word not in told
    assert '"cadence_spm":1' in told
    assert screen.ask("POST", f"/api/sessions/{session}/keys", {"id": "k", "key": "stop"}).status == 403
    wait_until(lambda: server.live() == [])


def test_a_revoked_device_is_out_at_once_in_the_middle_of_a_stream(server: Server) -> None:
    """A runner's: its stream ends, its cookie is good for nothing, the session goes on."""
    device = paired(server, "runner")
    asked = {"id": "mine", "plan": "demo", "feet": "sim", "sound": "none"}
    assert device.ask("POST", "/api/sessions", asked).status == 201
    (session,) = server.live()
    stream, _ = events_of(device, session, b"event: moment")
    (row,) = [one for one in server.ask("GET", "/api/devices")[1]["devices"] if one["id"] in device.cookie]
    assert (row["role"], row["athlete"], row["address"]) == ("runner", None, AT)
    assert server.ask("DELETE", f"/api/devices/{row['id']}")[0] == 204
    assert server.ask("DELETE", f"/api/devices/{row['id']}")[0] == 404
    stream.settimeout(5)
    seen = b""
    while not seen.endswith(b"0\r\n\r\n"):
        more = stream.recv(65536)
        assert more, "broken off instead of ended"
        seen += more
    stream.close()
    assert device.ask("GET", "/api/sessions").status == 401
    assert device.ask("POST", f"/api/sessions/{session}/keys", {"id": "k", "key": "stop"}).status == 401
    assert device.ask("GET", "/").headers["location"] == "/pair"
    assert server.live() == [session]
    server.ask("DELETE", f"/api/sessions/{session}")
    wait_until(lambda: server.live() == [])


def test_a_cookie_that_was_edited_is_none(server: Server) -> None:
    """Neither a longer time, nor another device, nor the kind of this computer's own."""
    screen, runner = paired(server, "screen"), paired(server, "runner", "r7")
    name, _, value = screen.cookie.partition("=")
    until, kind, id_, signature = value.split(".")
    other = runner.cookie.split(".")[2]
    for forged in (
        f"{int(until) + 1}.{kind}.{id_}.{signature}",
        f"{until}.{kind}.{other}.{signature}",
        f"{until}.here.{id_}.{signature}",
        f"{until}.{kind}.{id_}.{'0' * 64}",
        f"{until}.{kind}.{id_}.",
        f"{until}.{kind}.{id_}",
        '"',
    ):
        assert Device(server.port, f"{name}={forged}").ask("GET", "/api/sessions").status == 401
    assert screen.ask("GET", "/api/sessions").status == 200


@pytest.mark.parametrize(
    ("told", "where"),
    [
        ({"plan": "../../etc/passwd"}, "plan"),
        ({"plan": "demo", "feet": "replay:/etc/passwd"}, "feet"),
        ({"plan": "demo", "feet": "ble:11:22"}, "feet"),
        ({"plan": "demo", "sound": "file:/tmp/x.wav"}, "sound"),
        ({"plan": "demo", "sound": "device:x"}, "sound"),
        ({"plan": "demo", "path": "/x"}, "path"),
    ],
)
def test_no_path_host_or_device_text_is_taken_from_a_runners_device(
    server: Server, told: dict[str, object], where: str
) -> None:
    """Only what stands in the lists; and no text of a device's own is shown to anybody."""
    device = paired(server, "runner")
    answer = device.ask("POST", "/api/sessions", {"id": "a", "feet": "none", "sound": "none", **told})
    assert (answer.status, answer.told["where"]) == (400, where)


def test_what_a_browser_calls_itself_is_shown_nowhere(server: Server) -> None:
    """A name of our own list, or none."""
    device = Device(server.port)
    told = {**device.headers("POST"), "User-Agent": "<script>alert(1)</script>\x1b[2J (iPad)"}
    body = {"id": "named", "digits": digits_for(server, "screen")}
    assert device.ask("POST", "/api/pair", body, told).status == 201
    row = server.ask("GET", "/api/devices")[1]["devices"][-1]
    assert row["kind"] == "iPad"
    assert "alert(1)" not in server.ask("GET", "/devices")[1]


def test_a_thousand_connections_keep_nobody_out(server: Server) -> None:
    """From the network, half of them with slow headers, then with slow bodies: desk and devices are answered."""
    device = paired(server, "screen")
    beginnings = (
        b"",
        b"GET / HTTP/1.1\r\nHost: 192",
        f"POST /api/pair HTTP/1.1\r\nHost: {AT}:{server.port}\r\nOrigin: "
        f"http://{AT}:{server.port}\r\nContent-Length: 60000\r\n\r\n{{".encode(),
    )
    lazy = []
    for number in range(1000):
        one = socket.create_connection((AT, server.port), PATIENCE_S)
        one.sendall(beginnings[number % 3])
        lazy.append(one)
    try:
        assert server.ask("GET", "/api/sessions")[0] == 200
        assert device.ask("GET", "/api/sessions").status == 200
        descriptors = Path(f"/proc/{server.process.pid}/fd")
        wait_until(lambda: len(list(descriptors.iterdir())) < MAX_CONNECTIONS + 50)
    finally:
        for one in lazy:
            one.close()


def test_requests_in_one_breath_are_answered_one_by_one(fresh: Server) -> None:
    """Pipelined: a good one, one of another role, and one with a foreign host; none rides on the one before."""
    device = paired(fresh, "screen")
    good = f"Host: {AT}:{fresh.port}\r\nCookie: {device.cookie}\r\n\r\n"
    asked = f"GET /api/sessions HTTP/1.1\r\n{good}GET /devices HTTP/1.1\r\n{good}"
    asked += f"GET /api/sessions HTTP/1.1\r\nHost: {AT}:{fresh.port}\r\n\r\n"
    asked += f"GET /api/sessions HTTP/1.1\r\nHost: x\r\nCookie: {device.cookie}\r\nConnection: close\r\n\r\n"
    with socket.create_connection((AT, fresh.port), PATIENCE_S) as one:
        one.sendall(asked.encode())
        seen = b""
        while more := one.recv(65536):
            seen += more
    assert [part[:3] for part in seen.split(b"HTTP/1.1 ")[1:]] == [b"200", b"403", b"401", b"421"]


def test_ten_megabytes_are_refused(fresh: Server) -> None:
    """From a stranger and a device; said in the header, or in pieces without end."""
    for device in (Device(fresh.port), paired(fresh, "runner")):
        for head in ("Content-Length: 10000000", "Transfer-Encoding: chunked"):
            with socket.create_connection((AT, fresh.port), PATIENCE_S) as one:
                lines = ["POST /api/pair HTTP/1.1", f"Host: {AT}:{fresh.port}", head, f"Origin: {device.origin}"]
                one.sendall("\r\n".join([*lines, f"Cookie: {device.cookie}", "", ""]).encode())
                try:
                    for _ in range(160):
                        one.sendall(b"10000\r\n" + b"x" * 0x10000 + b"\r\n")
                except OSError:
                    pass  # it has hung up
                try:
                    answer = one.recv(4096)
                except ConnectionError:
                    answer = b"HTTP/1.1 413"  # lost with the rest of what was sent
                assert answer.startswith(b"HTTP/1.1 413")


def test_a_place_that_was_left_behind_is_no_session(server: Server) -> None:
    """Of a session that was killed, with a process number that another program has now: this test's own."""
    place = server.home / "run" / "cadencecoach" / "0123456789ab.place"
    about = {"kind": "session", "plan": "x", "athlete": "r7"}
    told = {"name": "0123456789ab", "pid": os.getpid(), "port": server.port, "token": server.token, "about": about}
    place.write_text(json.dumps(told))
    device = paired(server, "runner", "r7")
    assert device.ask("GET", "/api/sessions").told == {"sessions": []}
    assert not place.exists()
    assert device.ask("POST", "/api/sessions/0123456789ab/keys", {"id": "k", "key": "stop"}).status == 404


def test_it_listens_at_the_loopback_interface_and_at_the_addresses_it_names(server: Server) -> None:
    """And at no others, not even one that the computer is given later."""
    subprocess.run(["ip", "addr", "add", f"{ELSEWHERE}/24", "dev", "v0"], check=True)  # noqa: S607
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((ELSEWHERE, server.port), PATIENCE_S)
    rows = [line.split()[1:4] for line in Path("/proc/thread-self/net/tcp").read_text().splitlines()[1:]]
    port = f":{server.port:04X}"
    assert {local for local, _, state in rows if state == "0A" and local.endswith(port)} == {
        f"0100007F{port}",
        f"014DA8C0{port}",
    }


def test_pairings_outlive_a_restart_in_a_session_and_end_with_open(tmp_path: Path) -> None:
    """Killed, or ended while a session runs: it is in again. Ended without one, also by a closed terminal: out."""
    with network_of_its_own():
        port = str(free_port())
        first, digits = begin_lan_server(tmp_path, "--port", port)
        screen = Device(first.port)
        assert screen.pair(digits).status == 201
        session = first.start(plan="demo")
        first.end(signal_called("SIGKILL"))
        second, _ = begin_lan_server(tmp_path, "--port", port)
        assert screen.ask("GET", "/api/sessions").status == 200
        assert second.end() == 0
        third, _ = begin_lan_server(tmp_path, "--port", port)
        assert screen.ask("GET", f"/live/{session}").status == 200
        third.ask("DELETE", f"/api/sessions/{session}")
        wait_until(lambda: third.live() == [])
        third.end(signal_called("SIGHUP"))
        fourth, _ = begin_lan_server(tmp_path, "--port", port)
        assert screen.ask("GET", "/api/sessions").status == 401
        assert Device(fourth.port).pair(digits).status == 403  # digits of before
        assert fourth.end() == 0


def test_open_says_what_it_needs_of_the_network(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In one line: no address, options that do not go together, a server that is for this computer only."""
    for name, value in environment(tmp_path).items():
        monkeypatch.setenv(name, value)

    def refused(*words: str) -> str:
        status, printed = main(["open", "--no-browser", *words]), capsys.readouterr()
        assert (status, printed.out, printed.err.count("\n")) == (2, "", 1), printed
        return printed.err

    with network_of_its_own():
        assert "go together" in refused("--lan", "--cert", "x.pem")
        assert "add --lan" in refused("--cert", "x.pem", "--key", "y.pem")
        assert "no file" in refused("--lan", "--cert", "x.pem", "--key", "y.pem")
        assert "--cert" in refused("--lan", "--new-password")
        subprocess.run(["ip", "link", "del", "v0"], check=True)  # noqa: S607
        assert "no address" in refused("--lan")


def test_the_terminal_lets_in_lists_and_ends_by_single_keys(tmp_path: Path) -> None:
    """Of a guest's device: drawn for a camera, asked about the network; the terminal is given back as it was."""
    pty, termios = pytest.importorskip("pty"), pytest.importorskip("termios")
    ours, theirs = pty.openpty()
    before = termios.tcgetattr(theirs)
    with network_of_its_own():
        command = [sys.executable, "-m", "cadencecoach", "open", "--lan", "--no-browser", "--port", str(free_port())]
        shown = {**environment(tmp_path), "TERM": "xterm-256color"}
        with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=shown) as process:
            seen = ""

            def read_until(words: str) -> str:
                nonlocal seen
                while words not in seen:
                    assert select.select([ours], [], [], PATIENCE_S)[0], seen
                    seen += os.read(ours, 65536).decode()
                found, _, seen = seen.partition(words)
                return found

            assert "\x1b[38;5;16;48;5;231m" in read_until("five tries.")
            read_until("d lists")
            os.write(ours, b"r")
            read_until("0  a guest")
            os.write(ours, b"0\n")
            read_until("Is it a network of your own?")
            os.write(ours, b"y")
            text = read_until("five tries.").replace("\r", "")
            digits = "".join(re.findall(r"^    (\d{3}) (\d{3})$", text, re.MULTILINE)[-1])
            port = int(re.findall(rf"{re.escape(AT)}:(\d+)", text)[-1])
            device = Device(port)
            assert device.pair(digits).status == 201
            read_until("Let in: runner (guest)")
            os.write(ours, b"d")
            read_until("1  runner (guest)")
            os.write(ours, b"1\n")
            read_until("Ended: runner (guest)")
            assert device.ask("GET", "/").headers["location"] == "/pair"
            process.send_signal(signal.SIGINT)
            assert process.wait(PATIENCE_S) == 0
    assert termios.tcgetattr(theirs) == before
    os.close(ours)
    os.close(theirs)

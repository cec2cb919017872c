"""`--feet phone`: what may be typed, what its owner is told, and real requests on the loopback interface."""

import json
import os
import re
import signal
import socket
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from each_row import each_row
from sound_servers import wait_until

from cadencecoach.devices.clock import HostClock
from cadencecoach.devices.phone.process import PhoneProcess
from cadencecoach.errors import DeviceError, UsageError
from cadencecoach.gait.phone import decode_samples
from cadencecoach.live.opening.phone import begin_phone, open_phone, parse_phone
from cadencecoach.live.opening.request import Request
from cadencecoach.live.opening.setup import prepare
from cadencecoach.live.opening.sources import FEET_FORMS
from cadencecoach.live.sensors.phone_feet import PhoneFeet
from cadencecoach.plan.screen_texts import ENGLISH_SCREEN as TEXTS
from cadencecoach.session.host import NOBODY, Nobody
from cadencecoach.store.user_store import user_store

HOME = "127.0.0.1"
ADDRESS = re.compile(r"http://\S+/x\.phyphox")


def here() -> tuple[str, ...]:
    """This computer, for a test of it alone."""
    return (HOME,)


@dataclass
class Owner(Nobody):
    """Somebody with a phone.

    Attributes:
        sends: what they do while they are waited for; None presses a key
        told: lines read
        codes: shown
    """

    sends: Callable[[], object] | None = None
    told: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    can_answer: bool = True

    def tell(self, *lines: str) -> None:
        """Keep them."""
        self.told += lines

    def show_code(self, address: str) -> bool:
        """Keep it."""
        self.codes.append(address)
        return True

    def wait_for(self, is_done: Callable[[], bool], every_s: float) -> bool:  # noqa: ARG002
        """Send until it is seen, or press a key."""
        while self.sends is not None:
            self.sends()
            if is_done():
                return True
        return False

    @property
    def address(self) -> str:
        """Of the experiment."""
        return next(found[0] for line in self.told if (found := ADDRESS.search(line)))


@each_row(
    ("text", "host", "port"),
    [
        ("", "", None),
        ("192.168.1.20", "192.168.1.20", None),
        ("192.168.1.20:80", "192.168.1.20", 80),
        ("http://192.168.1.20", "192.168.1.20", None),
        ("http://192.168.1.20:8080/", "192.168.1.20", 8080),
        ("my-phone.local:65535", "my-phone.local", 65535),
    ],
)
def test_a_phone_is_named_as_phyphox_shows_it(text: str, host: str, port: int | None) -> None:
    """Host, and a port where it is another one."""
    assert parse_phone(text) == (host, port)


@each_row(
    "text",
    [
        "https://192.168.1.20",
        "::1",
        "[::1]",
        "a..b",
        "a:0",
        "a:65536",
        "a:b",
        "a b",
        ":80",
        "a/b",
        "-a",
        "a:",
        "a@b",
        "192.168.1",
        "192.168.1.256",
        "192.168.1.20.5:80",
        "a" * 300,
        "ä",
    ],
)
def test_what_is_no_address_of_a_phone_says_what_is(text: str) -> None:
    """One line, with an example."""
    with pytest.raises(UsageError, match=r"--feet phone:.*phone:192\.168\.1\.20"):
        parse_phone(text)


def test_the_forms_of_feet_name_it() -> None:
    """So that a typo leads there."""
    assert "phone, phone:HOST[:PORT]" in FEET_FORMS


def test_without_a_local_network_it_is_said() -> None:
    """Nothing is started."""
    with pytest.raises(DeviceError, match="no local network"):
        open_phone("", "auto", NOBODY, addresses=tuple)


def samples(first: int, last: int) -> bytes:
    """A push of a phone that lies on a table, at 100 Hz."""
    numbers = range(first, last)
    columns = {"acc_time": [number / 100 for number in numbers], "accX": [0.0] * len(numbers)}
    return json.dumps({**columns, "accY": [0.1] * len(numbers), "accZ": [9.8] * len(numbers)}).encode()


def push(url: str, body: bytes) -> tuple[int, bytes]:
    """Status and content."""
    request = urllib.request.Request(url, body)  # noqa: S310  # of our own
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:  # noqa: S310
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read()


@contextmanager
def opened(text: str, owner: Nobody) -> Iterator[PhoneFeet]:
    """A phone, closed afterwards."""
    with closing(begin_phone(text, owner, addresses=here)) as feet:
        yield feet


class Heard:
    """A session that only keeps what it is given."""

    def __init__(self) -> None:
        self.n_samples = 0
        self.links: list[str] = []

    def take_payload(self, _time_s: float, source: str, payload: bytes, sensor: str) -> None:
        """Count samples."""
        assert (source, sensor) == ("phone", "phone")
        self.n_samples += len(decode_samples(payload).times_ns)

    def take_link(self, _time_s: float, *, state: str, source: str, name: str) -> None:
        """Keep its state."""
        assert (source, name) == ("phone", "phone")
        self.links.append(state)


def hear(feet: PhoneFeet, is_enough: Callable[[Heard], bool]) -> Heard:
    """What a session hears, until it is enough."""
    clock, heard = HostClock(), Heard()
    feet.begin(clock)
    while not is_enough(heard):
        assert clock.now_s() < 20.0
        while feet.next_s() <= clock.now_s():
            session: Any = heard
            feet.deliver(session)
        clock.wait(0.05)
    return heard


class Phyphox:
    """An app that loads the experiment its owner was told of, and pushes half a second at a time."""

    def __init__(self, owner: Owner) -> None:
        self._owner = owner
        self._pushed_to = ""
        self.n_pushed = 0

    def push(self) -> None:
        """The next half second."""
        if not self._pushed_to:
            with urllib.request.urlopen(self._owner.address, timeout=5) as answer:  # noqa: S310
                found = re.search(r'address="([^"]+)"', answer.read().decode())
            assert found is not None
            self._pushed_to = found[1]
        assert push(self._pushed_to, samples(self.n_pushed, self.n_pushed + 50)) == (200, b"{}")
        self.n_pushed += 50


@pytest.mark.slow
def test_a_phone_that_pushes_is_led_waited_for_and_heard() -> None:
    """The whole way: experiment, push, session; its owner is told each tap, and that it has come."""
    owner = Owner()
    phone = Phyphox(owner)
    owner.sends = phone.push
    with opened("", owner) as feet:
        assert owner.codes == [owner.address.replace("http://", "phyphox://")]
        assert owner.told[-1] == "The phone sends 100 samples a second."
        taps = [TEXTS.phone_scan, TEXTS.phone_allow, TEXTS.phone_play, TEXTS.phone_waiting]
        assert [line for line in owner.told if line in taps] == taps
        threading.Timer(0.2, phone.push).start()
        heard = hear(feet, lambda heard: heard.n_samples >= 50)
        assert (heard.n_samples, heard.links) == (50, ["connected"])


@pytest.mark.slow
def test_nothing_listens_before_it_is_asked_to_nor_after() -> None:
    """And a key goes on without the phone."""
    owner = Owner()
    with opened("", owner) as feet:
        assert owner.told[-1] == TEXTS.phone_waiting
        assert feet.message.endswith(owner.address)
        port = int(owner.address.split(":")[2].split("/")[0])
        socket.create_connection((HOME, port), timeout=5).close()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((HOME, port), timeout=5)


@pytest.mark.slow
def test_a_process_that_dies_is_followed_by_one_at_the_same_address() -> None:
    """With the same secret: the phone pushes on as before, and the session hears it."""
    owner = Owner()
    phone = Phyphox(owner)
    owner.sends = phone.push
    with opened("", owner) as feet:
        assert isinstance(feet.events, PhoneProcess)
        os.kill(feet.events.pid, signal.SIGTERM)

        def push_on() -> None:
            with suppress(OSError):
                phone.push()

        def has_come(heard: Heard) -> bool:
            push_on()
            return heard.n_samples >= 50

        heard = hear(feet, has_come)
        assert heard.links == ["connected"]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="children are looked for where Linux lists them")
def test_a_session_that_is_refused_leaves_no_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The plan counts from a baseline that nobody knows: what asked the phone is gone with the refusal."""
    for kind in ("DATA", "CONFIG", "CACHE"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(tmp_path))
    plan = tmp_path / "plan.yaml"
    plan.write_text(
        "plan: P\nbaseline: athlete\nstages:\n  - {name: Run, duration: 1min, target: +5%}\n", encoding="utf-8"
    )
    children = Path(f"/proc/self/task/{threading.get_native_id()}/children")
    before = children.read_text(encoding="ascii")
    with socket.create_server((HOME, 0)) as nobody:
        feet_text = f"phone:{HOME}:{nobody.getsockname()[1]}"
        with pytest.raises(UsageError, match="baseline"):
            prepare(user_store(), Request(plan_name=str(plan), feet_text=feet_text, sound_text="none"), {})
    assert children.read_text(encoding="ascii") == before


@pytest.mark.slow
def test_what_is_not_of_the_phone_is_turned_away_and_told_once_each() -> None:
    """Wrong secret, nested, NaN, text, 2 MB; the phone itself is heard all the while."""
    owner = Owner(can_answer=False)
    with opened("", owner) as feet:
        url = owner.address.replace("x.phyphox", "1")
        wrong = re.sub(r"/[^/]+/1$", "/guess/1", url)
        assert push(wrong, b"{}") == (404, b"")
        for body in (b"[" * 50_000, samples(0, 2).replace(b"9.8", b"NaN"), samples(0, 2).replace(b"9.8", b'"9.8"')):
            assert push(url, body) == (400, b"{}")
        with pytest.raises((OSError, urllib.error.URLError)):
            push(url, b"x" * 2_000_000)
        threading.Timer(0.2, lambda: push(url, samples(0, 50))).start()
        heard = hear(feet, lambda heard: heard.n_samples >= 50 and len(feet.remember(Any)) == 3)  # type: ignore[arg-type]
        assert heard.n_samples == 50
        assert sorted(line.rpartition(" ")[2] for line in feet.remember(Any)) == ["1", "1", "3"]  # type: ignore[arg-type]


class Phone(BaseHTTPRequestHandler):
    """phyphox with remote access: a phone that lies on a table; its clock is the number of questions."""

    n_asked = 0

    def do_GET(self) -> None:  # the library's face
        """Answer one question."""
        type(self).n_asked += 1
        outputs = [{"x": "accX"}, {"y": "accY"}, {"z": "accZ"}, {"t": "acc_time"}]
        newest = self.n_asked * 20
        after = re.search(r"acc_time=([\d.]+)", self.path)
        first = newest - 1 if after is None else round(float(after[1]) * 100) + 1
        columns = json.loads(samples(first, newest))
        told: dict[str, Any] = {
            "inputs": [{"source": "accelerometer", "outputs": outputs}],
            "buffer": {name: {"buffer": column} for name, column in columns.items()},
            "status": {"session": "abc", "measuring": True},
        }
        content = json.dumps(told).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Nobody reads it."""


@pytest.mark.slow
def test_a_phone_that_is_asked_is_heard() -> None:
    """From the first question to the samples that are new each time."""
    server = ThreadingHTTPServer((HOME, 0), Phone)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with closing(server.socket), opened(f"{HOME}:{server.server_port}", NOBODY) as feet:
        heard = hear(feet, lambda heard: heard.n_samples >= 60)
        assert heard.links == ["connected"]
        assert feet.message == ""
        server.shutdown()


@pytest.mark.slow
def test_a_phone_that_does_not_answer_is_waited_for() -> None:
    """Its owner may go on without it, and is told."""
    with socket.create_server((HOME, 0)) as nobody:
        port = nobody.getsockname()[1]
    owner = Owner()
    with opened(f"{HOME}:{port}", owner) as feet:
        assert owner.told[-1] == TEXTS.phone_waiting
        assert TEXTS.phone_remote in owner.told
        wait_until(lambda: not list(feet.take_in()) and feet.message == TEXTS.phone_silent)

"""The receiver on the loopback interface: what a phone is answered, and what anybody else is."""

import asyncio
import contextlib
import http.client
import socket
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Thread

import pytest
from each_row import each_row

from cadencecoach.devices.phone import listening
from cadencecoach.devices.phone.listening import (
    A_SECOND,
    AT_ONCE_OF_ONE,
    MOST_BODY_BYTES,
    MOST_CONNECTIONS,
    MOST_OF_ONE,
    ConnectionLimits,
    Receiver,
    open_listeners,
)

HOME = "127.0.0.1"
SECRET = "s3cret"  # noqa: S105  # of a test


@dataclass
class Running:
    """A receiver that listens.

    Attributes:
        port: where
        receiver: itself
        bodies: what it was given, by what it was sent to
    """

    port: int
    receiver: Receiver
    bodies: list[tuple[str, bytes]] = field(default_factory=list)

    def ask(self, method: str, target: str, body: bytes | None = None) -> tuple[int, bytes]:
        """Status and content of an answer."""
        connection = http.client.HTTPConnection(HOME, self.port, timeout=5)
        with contextlib.closing(connection):
            connection.request(method, target, body)
            response = connection.getresponse()
            return response.status, response.read()

    @property
    def refused(self) -> Counter[str]:
        """What was turned away."""
        return self.receiver.refused


@pytest.fixture
def running() -> Iterator[Running]:
    """A receiver in a thread, which reads every body but `junk`."""
    (listener,) = open_listeners([HOME])
    bodies = list[tuple[str, bytes]]()

    def take(number: str, body: bytes) -> bool:
        bodies.append((number, body))
        return body != b"junk"

    receiver = Receiver(SECRET, b"<push>http://here/NUMBER</push>", take)
    loop = asyncio.new_event_loop()
    serving = loop.create_task(receiver.serve([listener]))

    def serve() -> None:
        with contextlib.suppress(asyncio.CancelledError):
            loop.run_until_complete(serving)

    thread = Thread(target=serve)
    thread.start()
    yield Running(listener.getsockname()[1], receiver, bodies)
    loop.call_soon_threadsafe(serving.cancel)
    thread.join(5)
    listener.close()
    for task in asyncio.all_tasks(loop):
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            loop.run_until_complete(task)
    loop.close()


def test_each_phone_that_loads_the_experiment_gets_its_own_number(running: Running) -> None:
    """So that two phones are told apart without asking them who they are."""
    target = f"/{SECRET}/x.phyphox"
    assert running.ask("GET", target) == (200, b"<push>http://here/1</push>")
    assert running.ask("GET", target) == (200, b"<push>http://here/2</push>")


def test_a_push_is_answered_by_an_empty_object_and_handed_on(running: Running) -> None:
    """The app shows its owner any answer that is not of the 200s."""
    assert running.ask("POST", f"/{SECRET}/7", b'{"acc_time": []}') == (200, b"{}")
    assert running.bodies == [("7", b'{"acc_time": []}')]


def test_what_cannot_be_read_is_answered_so_and_counted(running: Running) -> None:
    """Whoever writes such an app sees that it is not understood."""
    assert running.ask("POST", f"/{SECRET}/7", b"junk") == (400, b"{}")
    assert running.refused == {"unreadable": 1}


@pytest.mark.parametrize(
    ("method", "target"),
    [
        ("GET", "/"),
        ("GET", "/x.phyphox"),
        ("POST", "/s3cre/1"),
        ("POST", "/s3crett/1"),
        ("POST", "//s3cret/1"),
        ("PUT", "/S3CRET/1"),
        ("GET", "/favicon.ico"),
    ],
)
def test_who_does_not_know_the_secret_learns_nothing(running: Running, method: str, target: str) -> None:
    """Not even whether there is one; nothing is handed on."""
    assert running.ask(method, target, b"{}") == (404, b"")
    assert running.bodies == []
    assert running.refused == {"wrong secret": 1}


@pytest.mark.parametrize(
    ("method", "target"),
    [
        ("GET", "/s3cret/1"),
        ("GET", "/s3cret/"),
        ("POST", "/s3cret"),
        ("POST", "/s3cret/a/b"),
        ("POST", "/s3cret/" + "9" * 10),
    ],
)
def test_there_is_nothing_else_behind_the_secret(running: Running, method: str, target: str) -> None:
    """One file, and one level of numbers."""
    assert running.ask(method, target, b"{}") == (404, b"")
    assert running.bodies == []


def sent(port: int, *parts: bytes) -> bytes:
    """What comes back for raw bytes until the connection ends."""
    with socket.create_connection((HOME, port), timeout=5) as one:
        try:
            for part in parts:
                one.sendall(part)
            return b"".join(iter(lambda: one.recv(4096), b""))
        except ConnectionError:
            return b""


HEAD = f"POST /{SECRET}/1 HTTP/1.1\r\nHost: x\r\n".encode()


def test_a_body_that_says_it_is_too_large_is_not_read(running: Running) -> None:
    """100 MB are hung up on at their head."""
    assert sent(running.port, HEAD + b"Content-Length: 100000000\r\n\r\n") == b""
    assert running.refused == {"too large": 1}


def test_the_largest_body_is_read_and_one_byte_more_is_not(running: Running) -> None:
    """Told beforehand or in chunks."""
    assert running.ask("POST", f"/{SECRET}/1", b"x" * MOST_BODY_BYTES) == (200, b"{}")
    chunks = [b"%x\r\n" % 65536 + b"x" * 65536 + b"\r\n"] * 17
    assert sent(running.port, HEAD + b"Transfer-Encoding: chunked\r\n\r\n", *chunks) == b""
    assert running.refused == {"too large": 1}
    assert len(running.bodies) == 1


def test_who_drips_is_hung_up_on(running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    """However slowly it goes on: the time is that of the whole request."""
    monkeypatch.setattr(listening, "WITHIN_S", 0.1)
    with socket.create_connection((HOME, running.port), timeout=5) as one:
        one.sendall(HEAD)
        assert one.recv(1) == b""
    assert running.refused == {"too slow": 1}


@pytest.mark.parametrize("said", [b"\x16\x03\x01\x02\x00\x01", b"\x00" * 20, b"GET /\r\n\r\n", b"HELLO\r\n\r\n"])
def test_what_is_no_http_is_hung_up_on_and_not_told(running: Running, said: bytes) -> None:
    """The app itself tries https first: that is no attack."""
    assert not sent(running.port, said).startswith(b"HTTP/1.1 200")
    assert running.refused == {}
    assert running.ask("POST", f"/{SECRET}/1", b"{}") == (200, b"{}")


def test_a_head_without_an_end_is_hung_up_on(running: Running) -> None:
    """At 8 kB."""
    assert not sent(running.port, HEAD + b"X: " + b"y" * 20_000).startswith(b"HTTP/1.1 200")
    assert running.bodies == []


def test_one_address_that_holds_many_connections_gets_no_more(running: Running) -> None:
    """The one too many is closed at once, without an answer."""
    with contextlib.ExitStack() as stack:
        for _ in range(MOST_OF_ONE):
            stack.enter_context(socket.create_connection((HOME, running.port), timeout=5)).sendall(b"POST")
        assert sent(running.port, HEAD) == b""
    assert running.refused["too many connections"] >= 1


@pytest.mark.slow
def test_a_flood_is_turned_away_and_a_phone_gets_through_again(running: Running) -> None:
    """Two thousand connections from one address; after a second it may speak again."""

    def hit(_: int) -> None:
        with contextlib.suppress(OSError, http.client.HTTPException):
            running.ask("POST", "/wrong/1", b"{}")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(hit, range(2000)))
    assert running.refused["too many connections"] > 1000
    assert running.bodies == []
    tries = 0
    while True:
        with contextlib.suppress(OSError, http.client.HTTPException):
            assert running.ask("POST", f"/{SECRET}/1", b"{}") == (200, b"{}")
            break
        tries += 1
        assert tries < 10_000


def test_another_port_is_taken_where_the_usual_one_is_not_free() -> None:
    """The same at each address."""
    with contextlib.ExitStack() as stack:
        first = [stack.enter_context(contextlib.closing(one)) for one in open_listeners([HOME])]
        second = [stack.enter_context(contextlib.closing(one)) for one in open_listeners([HOME, "127.0.0.2"])]
        assert first[0].getsockname()[1] != second[0].getsockname()[1]
        assert len({one.getsockname()[1] for one in second}) == 1


def test_one_address_has_so_many_places() -> None:
    """The next one is turned away until one is given back; another address has its own."""
    limits = ConnectionLimits()
    assert all(limits.take("a", 0.0) for _ in range(MOST_OF_ONE))
    assert not limits.take("a", 0.0)
    assert limits.take("b", 0.0)
    limits.give_back("a")
    assert limits.take("a", 0.0)


def test_all_together_have_so_many_places() -> None:
    """However many addresses there are."""
    limits = ConnectionLimits()
    assert all(limits.take(str(number), 0.0) for number in range(MOST_CONNECTIONS))
    assert not limits.take("one more", 0.0)


@each_row(("after_s", "n"), [(0.0, 0), (0.9 / A_SECOND, 0), (1.1 / A_SECOND, 1), (0.5, 10), (60.0, 40)])
def test_an_address_connects_so_often_a_second(after_s: float, n: int) -> None:
    """A few at once, and then at an even pace."""
    limits = ConnectionLimits()
    for _ in range(int(AT_ONCE_OF_ONE)):
        assert limits.take("a", 0.0)
        limits.give_back("a")
    kept = 0
    while limits.take("a", after_s):
        limits.give_back("a")
        kept += 1
    assert kept == n


def test_many_addresses_fill_no_memory() -> None:
    """The oldest is forgotten, and begins anew."""
    limits = ConnectionLimits()
    for number in range(1000):
        assert limits.take(str(number), 0.0)
        limits.give_back(str(number))
    assert limits.take("0", 0.0)

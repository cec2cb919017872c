"""A receiver for phones that push: a small HTTP server at addresses of the local network, behind a secret path.

It answers at once, bounds everything, and closes every connection after one answer. `h11` reads the protocol; what
is ours is the patience. phyphox asks by https first and then by http: such a greeting is closed without a word.

    GET  /SECRET/x.phyphox   the experiment; each time with another number in the path it pushes to
    POST /SECRET/NUMBER      a body, handed to `take`
"""

import asyncio
import contextlib
import hmac
import socket
from collections import Counter, OrderedDict
from collections.abc import Callable, Sequence
from typing import Final

import h11

from cadencecoach.devices.listening_socket import listen_at

USUAL_PORT: Final = 8713
MOST_BODY_BYTES: Final = 1_000_000  # half a minute of samples in Sensor Logger's words
MOST_HEAD_BYTES: Final = 8_000
WITHIN_S: Final = 5.0  # from connecting to the answer
READ_BYTES: Final = 65_536
WAITING: Final = 512  # connections that the system keeps: a phone comes through behind a flood of a second
AT_ONCE: Final = 32  # connections taken before anything else is looked at
REST_S: Final = 0.01  # after so many at once: a flood is not hurried after
NUMBER: Final = b"NUMBER"  # in an experiment, where each phone gets its own
EXPERIMENT: Final = "x.phyphox"
TLS_GREETING: Final = b"\x16"

# How much it takes from the network: few connections, few of them from one address, for a short time.
MOST_CONNECTIONS: Final = 32
MOST_OF_ONE: Final = 8  # a phone pushes four times a second, and each push may take a while in bad Wi-Fi
AT_ONCE_OF_ONE: Final = 40.0  # connections from one address
A_SECOND: Final = 20.0
MOST_ADDRESSES: Final = 256

Take = Callable[[str, bytes], bool]


class Receiver:
    """Answers phones.

    Args:
        secret: of the path
        experiment: what a phone loads; `NUMBER` in it stands for the phone's own number
        take: is given the number it was sent to and the body; whether it could be read
        n_loaded: how many phones have a number already
    Attributes:
        refused: how often something was turned away, by why
    """

    def __init__(self, secret: str, experiment: bytes, take: Take, n_loaded: int = 0) -> None:
        self.refused: Counter[str] = Counter()
        self._secret, self._experiment, self._take = secret, experiment, take
        self._limits = ConnectionLimits()
        self._n_loaded = n_loaded
        self._tasks: set[asyncio.Task[None]] = set()

    async def serve(self, listeners: Sequence[socket.socket]) -> None:
        """Take connections until it is cancelled."""
        await asyncio.gather(*map(self._accept, listeners))

    async def _accept(self, listener: socket.socket) -> None:
        loop = asyncio.get_running_loop()
        n_at_once = 0
        while True:
            try:
                connection, (address, *_) = await loop.sock_accept(listener)
            except OSError:  # gone before it was taken, or no descriptor is left
                await asyncio.sleep(REST_S)
                continue
            if self._limits.take(address, loop.time()):
                task = asyncio.create_task(self._answer_in_time(connection, address))
                self._tasks.add(task)
                task.add_done_callback(self._tasks.discard)
            else:
                self.refused["too many connections"] += 1
                connection.close()
            n_at_once += 1
            if n_at_once >= AT_ONCE:
                n_at_once = 0
                await asyncio.sleep(REST_S)

    async def _answer_in_time(self, connection: socket.socket, address: str) -> None:
        with contextlib.closing(connection):
            connection.setblocking(False)  # noqa: FBT003  # the socket's face
            try:
                async with asyncio.timeout(WITHIN_S):
                    await self._answer(connection)
            except TimeoutError:
                self.refused["too slow"] += 1
            except (OSError, h11.RemoteProtocolError):
                pass  # it went, or does not speak HTTP
            finally:
                self._limits.give_back(address)

    async def _answer(self, connection: socket.socket) -> None:
        """Read one request and answer it."""
        http = h11.Connection(h11.SERVER, max_incomplete_event_size=MOST_HEAD_BYTES)
        data = await asyncio.get_running_loop().sock_recv(connection, READ_BYTES)
        if data[:1] == TLS_GREETING:
            return
        http.receive_data(data)
        request = await _next_event(connection, http)
        if not isinstance(request, h11.Request):
            return
        if not self._knows_secret(request):
            self.refused["wrong secret"] += 1
            await _send(connection, http, 404, b"")
            return
        body = await _read_body(connection, http, request)
        if body is None:
            self.refused["too large"] += 1
        else:
            await _send(connection, http, *self._respond(request, body))

    def _knows_secret(self, request: h11.Request) -> bool:
        _, secret, *_ = (*request.target.split(b"/", 2), b"")
        return hmac.compare_digest(secret, self._secret.encode())

    def _respond(self, request: h11.Request, body: bytes) -> tuple[int, bytes]:
        """Status and content of the answer to a whole request that knew the secret."""
        rest = request.target.decode("ascii", "replace").split("/", 2)[2:]
        if request.method == b"GET" and rest == [EXPERIMENT]:
            self._n_loaded += 1
            return 200, self._experiment.replace(NUMBER, str(self._n_loaded).encode())
        if request.method != b"POST" or len(rest) != 1 or not rest[0].isalnum() or len(rest[0]) > len(EXPERIMENT):
            return 404, b""
        if self._take(rest[0], body):
            return 200, b"{}"
        self.refused["unreadable"] += 1
        return 400, b"{}"


async def _next_event(connection: socket.socket, http: h11.Connection) -> object:
    """What comes next, waited for."""
    loop = asyncio.get_running_loop()
    while (event := http.next_event()) is h11.NEED_DATA:
        if http.they_are_waiting_for_100_continue:
            go_on = h11.InformationalResponse(status_code=100, headers=[])
            await loop.sock_sendall(connection, http.send(go_on) or b"")
        http.receive_data(await loop.sock_recv(connection, READ_BYTES))
    return event


async def _read_body(connection: socket.socket, http: h11.Connection, request: h11.Request) -> bytes | None:
    """The body of a request; None where it is larger than any of a phone."""
    body = bytearray()
    if _told_length(request) > MOST_BODY_BYTES:
        return None
    while isinstance(event := await _next_event(connection, http), h11.Data):
        body += event.data
        if len(body) > MOST_BODY_BYTES:
            return None
    return bytes(body)


async def _send(connection: socket.socket, http: h11.Connection, status: int, content: bytes) -> None:
    kind = "application/json" if content in {b"", b"{}"} else "application/xml"
    headers = [("Content-Type", kind), ("Content-Length", str(len(content))), ("Connection", "close")]
    parts = [
        http.send(h11.Response(status_code=status, headers=headers)),
        http.send(h11.Data(data=content)),
        http.send(h11.EndOfMessage()),
    ]
    await asyncio.get_running_loop().sock_sendall(connection, b"".join(part or b"" for part in parts))


def _told_length(request: h11.Request) -> int:
    told = dict(request.headers).get(b"content-length", b"0")
    return int(told) if told.isdigit() else 0


def open_listeners(addresses: Sequence[str], port: int | None = None) -> list[socket.socket]:
    """Sockets at one port of these addresses: the usual one, so that a firewall is asked once; or another.

    Args:
        addresses: of this computer
        port: the only one that will do: phones know it already
    Raises:
        OSError: there is none
    """
    if port is not None:
        return _listeners(addresses, port)
    try:
        return _listeners(addresses, USUAL_PORT)
    except OSError:
        first = _listeners(addresses[:1], 0)
        return [*first, *_listeners(addresses[1:], first[0].getsockname()[1])]


def _listeners(addresses: Sequence[str], port: int) -> list[socket.socket]:
    with contextlib.ExitStack() as opened:
        found = [opened.enter_context(listen_at(address, port, n_waiting=WAITING)) for address in addresses]
        for one in found:
            one.setblocking(False)  # noqa: FBT003  # the socket's face
        opened.pop_all()
    return found


class ConnectionLimits:
    """What is open, and what is left to each address."""

    def __init__(self) -> None:
        """Nobody is connected."""
        self._open: Counter[str] = Counter()
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()  # how many, and when that was reckoned

    def take(self, address: str, now_s: float) -> bool:
        """Whether one more connection is kept; give each that is back. `now_s` is of a clock that only goes on."""
        left, then_s = self._left.pop(address, (AT_ONCE_OF_ONE, now_s))
        left = min(AT_ONCE_OF_ONE, left + (now_s - then_s) * A_SECOND)
        has_place = self._open.total() < MOST_CONNECTIONS and self._open[address] < MOST_OF_ONE
        is_kept = left >= 1 and has_place
        self._left[address] = (left - 1 if is_kept else left, now_s)
        while len(self._left) > MOST_ADDRESSES:
            self._left.popitem(last=False)
        if is_kept:
            self._open[address] += 1
        return is_kept

    def give_back(self, address: str) -> None:
        """A connection has ended."""
        self._open[address] -= 1
        if self._open[address] <= 0:
            del self._open[address]

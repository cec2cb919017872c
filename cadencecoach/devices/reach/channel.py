"""The session's end of a connection to other programs: a thread that listens on the loopback interface.

The session hands it the newest moment and never waits: a moment that nobody has read is replaced by the next, for each
client by itself. The thread may fail or hang without the session noticing. A client says its token first; whoever says
nothing, says too much or reads nothing is let go, and costs the session nothing.

One JSON object a line, both ways. In: `{"token": ...}`, then `{"id": ..., "key": ..., "value": ...}`. Out: what the
session sends, and `{"what": "answer", "id": ..., "wrong": ...}` to the client whose key it was.
"""

import asyncio
import contextlib
import hmac
import json
import secrets
import socket
import threading
from collections import OrderedDict, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from cadencecoach.devices.reach.place import HOME, given_name, publish

HELLO_S: Final = 2.0  # a client that has not said its token by then is let go
STUCK_S: Final = 10.0  # and one that has read nothing for so long
CLOSE_S: Final = 0.5  # how long the end waits for clients to hear of it
MAX_LINE_BYTES: Final = 1024
MAX_CLIENTS: Final = 32
MAX_STRANGERS: Final = 32  # connections that have not said their token; the oldest goes for one more
MAX_EVENTS: Final = 64  # waiting for one client; the oldest go first
MAX_ORDERS: Final = 32  # waiting for the session
REMEMBERED: Final = 512  # ids of keys
SEND_BYTES: Final = 8192  # the system keeps so much of what was sent and not read: a few moments


@dataclass(frozen=True, slots=True)
class KeyOrder:
    """A key that somebody asks for.

    Attributes:
        id: chosen by whoever asks; the same again is the same tap
        key: its name
        value: with it, where the key has one; else None
    """

    id: str
    key: str
    value: int | None


@dataclass(eq=False)
class _Client:
    writer: asyncio.StreamWriter
    news: asyncio.Event = field(default_factory=asyncio.Event)
    is_told: asyncio.Event = field(default_factory=asyncio.Event)  # everything so far
    events: deque[bytes] = field(default_factory=lambda: deque(maxlen=MAX_EVENTS))
    moment: bytes | None = None


class Channel:
    """What others reach a session by.

    Threads: all but what begins with an underscore is for the session's thread; none of it waits but `close`.

    Attributes:
        n_clients: how many are connected
        port: where it listens; None while or where it does not
    """

    def __init__(
        self, about: Mapping[str, str], greet: Callable[[], Mapping[str, Any]], ring: Callable[[], None]
    ) -> None:
        """Begin to listen, in a thread.

        Args:
            about: of its place
            greet: what a new client is told first; called in the channel's thread
            ring: called, from the channel's thread, when there is an order
        """
        self.n_clients = 0
        self.port: int | None = None
        self._about, self._greet, self._ring = about, greet, ring
        self._token = secrets.token_urlsafe(32)
        self._clients: set[_Client] = set()
        self._strangers: dict[asyncio.StreamWriter, None] = {}
        self._orders: deque[KeyOrder] = deque()
        self._answers: OrderedDict[str, str | None] = OrderedDict()  # by id; None while the session has not answered
        self._asking: dict[str, set[_Client]] = {}
        self._waiting: deque[tuple[str, bytes]] = deque(maxlen=MAX_EVENTS)  # from the session's thread to this one
        self._moment: bytes | None = None
        self._is_woken = False
        self._loop: asyncio.AbstractEventLoop | None = None
        self._end: asyncio.Event | None = None
        self._is_closed = False
        self._thread = threading.Thread(target=self._run, name="reach", daemon=True)
        self._thread.start()

    def show(self, moment: Mapping[str, Any]) -> None:
        """Send the newest moment in place of the one before."""
        self._moment = _line(moment)
        if self.n_clients:  # who comes later is given it then; each waking costs as much as all that is shown
            self._wake()

    def send(self, event: Mapping[str, Any]) -> None:
        """Send something that must not be replaced by what comes later."""
        self._waiting.append(("", _line(event)))
        self._wake()

    def take(self) -> KeyOrder | None:
        """The next key that somebody asks for, or None."""
        return self._orders.popleft() if self._orders else None

    def answer(self, order: KeyOrder, wrong: str) -> None:
        """Say what came of a key; `wrong` is empty where it did what was asked."""
        self._waiting.append((order.id, _line({"what": "answer", "id": order.id, "wrong": wrong})))
        self._wake()

    def close(self) -> None:
        """Let everybody hear what was sent, but not for ever."""
        self._is_closed = True  # before the look: a thread that has its loop only now looks at this afterwards
        loop, end = self._loop, self._end
        if loop is not None and end is not None:
            with contextlib.suppress(RuntimeError):  # the loop has ended by itself
                loop.call_soon_threadsafe(end.set)
        self._thread.join(2 * CLOSE_S)

    def _wake(self) -> None:
        if self._is_woken or self._loop is None:
            return
        self._is_woken = True
        with contextlib.suppress(RuntimeError):
            self._loop.call_soon_threadsafe(self._spread)

    def _run(self) -> None:
        """The thread's life; whatever happens to it is no reason to end a session."""
        with contextlib.suppress(Exception):
            asyncio.run(self._serve())
        self._loop, self.n_clients, self.port = None, 0, None

    async def _serve(self) -> None:
        self._end = asyncio.Event()
        server = await asyncio.start_server(self._meet, HOME, 0, limit=MAX_LINE_BYTES)
        try:
            port = server.sockets[0].getsockname()[1]
            with publish(given_name(), port=port, token=self._token, about=self._about):
                self.port, self._loop = port, asyncio.get_running_loop()
                self._wake()
                if not self._is_closed:  # a session may be over before anybody could have found it
                    await self._end.wait()
        finally:
            server.close()
        self._spread()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(CLOSE_S):
                await asyncio.gather(*(client.is_told.wait() for client in self._clients))

    def _spread(self) -> None:
        """Give every client what the session has sent since the last time."""
        self._is_woken = False
        while self._waiting:
            id_, line = self._waiting.popleft()
            if id_:
                self._answers[id_] = line.decode()
            for client in self._asking.pop(id_, ()) if id_ else self._clients:
                client.events.append(line)
        for client in self._clients:
            client.moment = self._moment
            client.is_told.clear()
            client.news.set()

    async def _meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, from its first line to its end."""
        try:
            if await self._is_known(reader, writer) and len(self._clients) < MAX_CLIENTS:
                await self._keep(reader, writer)
        except (OSError, ValueError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, RecursionError):
            pass  # it is gone, or it is no client of ours
        finally:
            writer.transport.abort()

    async def _is_known(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        if len(self._strangers) >= MAX_STRANGERS:  # however many say nothing, who says the token is heard
            oldest = next(iter(self._strangers))
            self._strangers.pop(oldest)
            oldest.transport.abort()
        self._strangers[writer] = None
        try:
            async with asyncio.timeout(HELLO_S):
                told = json.loads(await reader.readuntil())
        finally:
            self._strangers.pop(writer, None)
        token = told.get("token") if isinstance(told, dict) else None
        return isinstance(token, str) and hmac.compare_digest(token.encode(), self._token.encode())

    async def _keep(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Send to a client, and hear it, until either ends."""
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BYTES)
        writer.transport.set_write_buffer_limits(high=0)
        client = _Client(writer)
        client.events.append(_line(self._greet()))
        client.moment = self._moment
        client.news.set()
        self._clients.add(client)
        self.n_clients = len(self._clients)
        sending = asyncio.create_task(self._send(client))
        hearing = asyncio.create_task(self._hear(reader, client))
        try:
            await asyncio.wait((sending, hearing), return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._clients.discard(client)
            client.is_told.set()  # the end waits for nobody who has gone
            self.n_clients = len(self._clients)
            for task in (sending, hearing):
                task.cancel()
            await asyncio.gather(sending, hearing, return_exceptions=True)

    async def _send(self, client: _Client) -> None:
        while True:
            await client.news.wait()
            client.news.clear()
            while client.events or client.moment is not None:
                if client.events:
                    line = client.events.popleft()
                else:
                    line, client.moment = client.moment or b"", None
                client.writer.write(line)
                async with asyncio.timeout(STUCK_S):
                    await client.writer.drain()
            client.is_told.set()

    async def _hear(self, reader: asyncio.StreamReader, client: _Client) -> None:
        while True:
            order = _order_in(await reader.readuntil())
            if order.id in self._answers:  # a tap that a bad network has repeated
                self._repeat(order.id, client)
            elif len(self._orders) >= MAX_ORDERS:
                client.events.append(_line({"what": "answer", "id": order.id, "wrong": "too many keys at once"}))
            else:
                self._answers[order.id] = None
                while len(self._answers) > REMEMBERED:
                    self._answers.popitem(last=False)
                self._asking.setdefault(order.id, set()).add(client)
                self._orders.append(order)
                self._ring()
            client.news.set()

    def _repeat(self, id_: str, client: _Client) -> None:
        """Answer as the first time, or together with it."""
        line = self._answers[id_]
        if line is None:
            self._asking.setdefault(id_, set()).add(client)
        else:
            client.events.append(line.encode())


def _line(message: Mapping[str, Any]) -> bytes:
    return json.dumps(message, separators=(",", ":")).encode() + b"\n"


def _order_in(raw: bytes) -> KeyOrder:
    """The key in a line.

    Raises:
        ValueError: it is none
    """
    told = json.loads(raw)
    id_, key, value = (told.get("id"), told.get("key"), told.get("value")) if isinstance(told, dict) else (None,) * 3
    is_number = value is None or (isinstance(value, int) and not isinstance(value, bool))
    if not (isinstance(id_, str) and id_ and isinstance(key, str) and is_number):
        raise ValueError("no key")
    return KeyOrder(id_, key, value)

"""The one owner of this computer's Bluetooth for several sessions: two that connect at once disturb each other.

It keeps the sensors of every lane connected, one attempt at a time, and hands each session the bytes of its own with
the times at which they arrived. A session says the token and its lane; the newest session of a lane is the one served.
"""

import asyncio
import hmac
import json
import secrets
import socket
from collections import Counter, deque
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Final

from cadencecoach.devices.ble.air import Air
from cadencecoach.devices.ble.event_lines import line_of_event
from cadencecoach.devices.ble.events import Event, Linked, Sensor, SensorFact, Troubled, Unlinked
from cadencecoach.devices.ble.link import Link, Wanted
from cadencecoach.devices.reach.place import HOME, publish

HELLO_S: Final = 2.0  # who has not said token and lane by then is let go
STUCK_S: Final = 5.0  # and who reads nothing for so long
MAX_HELLO_BYTES: Final = 1024
MAX_STRANGERS: Final = 32
MOST_WAITING: Final = 512  # lines for one session: minutes of a pod; the oldest go first
SEND_BYTES: Final = 65_536
LOOK_EVERY_S: Final = 1.0


@dataclass(eq=False)
class _Client:
    """A session that is connected."""

    writer: asyncio.StreamWriter
    lines: deque[bytes] = field(default_factory=lambda: deque(maxlen=MOST_WAITING))
    news: asyncio.Event = field(default_factory=asyncio.Event)


@dataclass(eq=False)
class _Lane:
    """The sensors of one lane, and who is told of them."""

    number: int
    wanted: tuple[Wanted, ...]
    linked: dict[str, Linked] = field(default_factory=dict)
    facts: dict[tuple[str, str], SensorFact] = field(default_factory=dict)
    trouble: Troubled | None = None
    client: _Client | None = None


class RadioOwner:
    """All lanes, their links, and the sessions that are connected.

    Args:
        wanted: the sensors of each lane, the leading one first
        adapters: Bluetooth adapters of Linux that are used; none is the system's own
    """

    def __init__(self, wanted: Mapping[int, Sequence[Wanted]], adapters: Sequence[str] = ()) -> None:
        """Nothing is connected before `serve`."""
        self._lanes = {number: _Lane(number, tuple(sensors)) for number, sensors in wanted.items()}
        self._airs = {adapter: Air() for adapter in adapters or ("",)}
        self._token = secrets.token_urlsafe(32)
        self._n_strangers = 0

    async def serve(self, name: str, about: Mapping[str, str], is_needed: Callable[[], bool]) -> None:
        """Keep all sensors, and serve sessions, until nobody needs them any more.

        Args:
            name: of the place at which sessions find it
            about: of the place
            is_needed: asked once a second
        Raises:
            FileExistsError: another process has this place
            UsageError: there is no private folder
        """
        server = await asyncio.start_server(self._meet, HOME, 0, limit=MAX_HELLO_BYTES)
        port = server.sockets[0].getsockname()[1]
        links: list[asyncio.Task[None]] = []
        try:
            with publish(name, port=port, token=self._token, about=about):
                links += [asyncio.create_task(link.keep()) for link in self._links()]
                while is_needed():  # noqa: ASYNC110  # it looks at locks of files, which nobody rings
                    await asyncio.sleep(LOOK_EVERY_S)
        finally:
            server.close()
            for task in links:
                task.cancel()
            await asyncio.gather(*links, return_exceptions=True)

    @property
    def n_served(self) -> int:
        """How many sessions are connected."""
        return sum(lane.client is not None for lane in self._lanes.values())

    def _links(self) -> list[Link]:
        """One for each sensor, shared out so that every adapter has as many as another."""
        load = Counter(dict.fromkeys(self._airs, 0))
        links = []
        for lane in self._lanes.values():
            for wanted in lane.wanted:
                adapter = min(load, key=lambda one: load[one])
                load[adapter] += 1
                links.append(Link(self._apart(wanted, lane), self._airs[adapter], self._teller(lane), adapter))
        return links

    def _apart(self, wanted: Wanted, lane: _Lane) -> Wanted:
        """A wish that no sensor fulfils which another lane has, or names by its address."""

        def is_free(sensor: Sensor) -> bool:
            others = (other for other in self._lanes.values() if other is not lane)
            return not any(
                sensor.address in other.linked or any(one.matches(sensor) for one in other.wanted) for other in others
            )

        return replace(wanted, like=lambda sensor: wanted.like(sensor) and is_free(sensor))

    def _teller(self, lane: _Lane) -> Callable[[Event], None]:
        def tell(event: Event) -> None:
            self._note(lane, event)
            if lane.client is not None:
                lane.client.lines.append(line_of_event(event))
                lane.client.news.set()

        return tell

    @staticmethod
    def _note(lane: _Lane, event: Event) -> None:
        """Keep what a session that comes later has to be told."""
        match event:
            case Linked():
                lane.trouble = None
                if event.sources:
                    lane.linked[event.sensor.address] = event
            case Unlinked():
                lane.linked.pop(event.sensor.address, None)
            case SensorFact():
                lane.facts[event.sensor.address, event.about] = event
            case Troubled():
                lane.trouble = event

    async def _meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, from its first line to its end."""
        lane: _Lane | None = None
        try:
            lane = await self._ask(reader)
            if lane is not None:
                await self._tell(lane, reader, writer)
        except (OSError, ValueError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, RecursionError):
            pass  # it is gone, or it is no session of ours
        finally:
            writer.transport.abort()

    async def _ask(self, reader: asyncio.StreamReader) -> _Lane | None:
        """The lane a stranger may have; None for one who does not know the token, or when too many ask."""
        if self._n_strangers >= MAX_STRANGERS:
            return None
        self._n_strangers += 1
        try:
            async with asyncio.timeout(HELLO_S):
                told = json.loads(await reader.readuntil())
        finally:
            self._n_strangers -= 1
        token = told.get("token") if isinstance(told, dict) else None
        if not isinstance(token, str) or not hmac.compare_digest(token.encode(), self._token.encode()):
            return None
        number = told.get("lane")
        return self._lanes.get(number) if isinstance(number, int) else None

    async def _tell(self, lane: _Lane, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Tell a session how its sensors are, and then what comes, until it goes or another one takes its place."""
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BYTES)
        if lane.client is not None:
            lane.client.writer.transport.abort()
        client = lane.client = _Client(writer)
        known = (lane.trouble, *lane.linked.values(), *self._facts_of(lane))
        client.lines.extend(line_of_event(event) for event in known if event is not None)
        client.news.set()
        sending = asyncio.create_task(_send(client))
        ending = asyncio.create_task(reader.read())  # it has nothing more to say: this is its end
        try:
            await asyncio.wait((sending, ending), return_when=asyncio.FIRST_COMPLETED)
        finally:
            if lane.client is client:
                lane.client = None
            for task in (sending, ending):
                task.cancel()
            await asyncio.gather(sending, ending, return_exceptions=True)

    @staticmethod
    def _facts_of(lane: _Lane) -> list[SensorFact]:
        return [fact for (address, _), fact in lane.facts.items() if address in lane.linked]


async def _send(client: _Client) -> None:
    while True:
        await client.news.wait()
        client.news.clear()
        while client.lines:
            client.writer.write(client.lines.popleft())
        with suppress(OSError):
            async with asyncio.timeout(STUCK_S):
                await client.writer.drain()
                continue
        return

"""The other end of a session's channel: its messages as they come, and keys for it."""

import asyncio
import contextlib
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final

from cadencecoach.devices.reach.place import HOME, Place

CONNECT_S: Final = 2.0
ANSWER_S: Final = 2.0
MAX_MESSAGE_BYTES: Final = 262_144
RECEIVE_BYTES: Final = 8192  # a reader that is late is told the newest moment, not a minute of old ones


class UnreachableError(Exception):
    """The session has ended, or does not answer."""


class SessionLink:
    """One connection to a session."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Speak over streams that are open."""
        self._reader, self._writer = reader, writer

    async def next(self) -> dict[str, Any]:
        """The next message.

        Raises:
            UnreachableError: there is none: the session is gone
        """
        try:
            return dict(json.loads(await self._reader.readuntil()))
        except (OSError, ValueError, asyncio.IncompleteReadError, asyncio.LimitOverrunError) as error:
            raise UnreachableError from error

    async def press(self, id_: str, key: str, value: int | None) -> str:
        """Ask for a key, and wait for what comes of it: empty, or what is wrong.

        Raises:
            UnreachableError: the session is gone, or does not answer
        """
        line = json.dumps({"id": id_, "key": key, "value": value}).encode() + b"\n"
        try:
            async with asyncio.timeout(ANSWER_S):
                self._writer.write(line)
                await self._writer.drain()
                while True:
                    message = await self.next()
                    if message.get("what") == "answer" and message.get("id") == id_:
                        return str(message.get("wrong", ""))
        except (OSError, TimeoutError) as error:
            raise UnreachableError from error


@asynccontextmanager
async def link_session(place: Place) -> AsyncIterator[SessionLink]:
    """A connection to the session at a place.

    Raises:
        UnreachableError: nobody answers there
    """
    connection = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, RECEIVE_BYTES)
    connection.setblocking(False)  # noqa: FBT003  # the socket's face
    try:
        async with asyncio.timeout(CONNECT_S):
            await asyncio.get_running_loop().sock_connect(connection, (HOME, place.port))
            reader, writer = await asyncio.open_connection(sock=connection, limit=MAX_MESSAGE_BYTES)
            writer.write(json.dumps({"token": place.token}).encode() + b"\n")
            await writer.drain()
    except (OSError, TimeoutError) as error:
        connection.close()
        raise UnreachableError from error
    try:
        yield SessionLink(reader, writer)
    finally:
        writer.close()
        with contextlib.suppress(OSError):
            await writer.wait_closed()

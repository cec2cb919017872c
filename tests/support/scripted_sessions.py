"""Sessions that say nothing by themselves, and note the keys that are pressed in them; some do not answer."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from cadencecoach.devices.reach.lane import LANE_OF, ROOM_OF
from cadencecoach.devices.reach.place import HOME, SESSION, publish


@asynccontextmanager
async def scripted_session(room: str, lane: int, *, answers: bool = True) -> AsyncIterator[list[str]]:
    """One in a lane of a room; the keys that were pressed in it, in their order."""
    pressed: list[str] = []
    callers: list[asyncio.StreamWriter] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        callers.append(writer)
        with suppress(OSError):
            await reader.readline()  # the token
            while line := await reader.readline():
                told = json.loads(line)
                pressed.append(told["key"])
                if not answers:
                    break
                writer.write(json.dumps({"what": "answer", "id": told["id"], "wrong": ""}).encode() + b"\n")
                await writer.drain()
        writer.close()

    async with await asyncio.start_server(serve, HOME, 0) as server:
        port = server.sockets[0].getsockname()[1]
        about = {"kind": SESSION, ROOM_OF: room, LANE_OF: str(lane)}
        with publish("", port=port, token="t", about=about):  # noqa: S106  # of this session alone
            yield pressed
        for caller in callers:
            caller.close()
            with suppress(OSError):
                await caller.wait_closed()

"""A whole application asked by hand: no server, no client of others."""

import asyncio
import json
from collections.abc import Awaitable, Callable, MutableMapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from loop_turns import loop_turns
from starlette.applications import Starlette
from starlette.routing import BaseRoute

from cadencecoach.web.rows import VISITOR, Visitor

Message = MutableMapping[str, Any]


@dataclass
class Answered:
    """What came of a request."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def told(self) -> Any:  # noqa: ANN401  # any JSON
        """The body as JSON."""
        return json.loads(self.body)


def _bytes_of(told: object) -> bytes:
    return told if isinstance(told, bytes) else b"" if told is None else json.dumps(told).encode()


class Asked:
    """Routes behind the doors; whoever asks has been let in as what the test says."""

    def __init__(self, routes: list[BaseRoute]) -> None:
        self._app = Starlette(routes=routes)

    async def ask(
        self, visitor: Visitor, method: str, path: str, told: object = None, headers: dict[str, str] | None = None
    ) -> Answered:
        """Send a request."""
        path, _, query = path.partition("?")
        scope = {
            "type": "http",
            "method": method,
            "path": path,
            "query_string": query.encode(),
            "headers": [(name.encode(), value.encode()) for name, value in (headers or {}).items()],
            VISITOR: visitor,
        }
        sent = list[Message]()
        body: Message = {"type": "http.request", "body": _bytes_of(told)}
        coming = [body]
        gone = asyncio.Event()

        async def receive() -> Message:
            if coming:
                return coming.pop()
            await gone.wait()
            return {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            sent.append(message)

        await loop_turns()  # as a network does, it lets others have theirs
        await self._app(scope, receive, send)
        headers_back = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
        return Answered(sent[0]["status"], headers_back, b"".join(one.get("body", b"") for one in sent[1:]))


def run(
    story: Callable[[], Awaitable[None]], new_loop: Callable[[], asyncio.AbstractEventLoop] = asyncio.new_event_loop
) -> None:
    """A story in a loop of its own; what it left going is ended."""

    async def whole() -> None:
        await story()
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    with asyncio.Runner(loop_factory=new_loop) as runner:
        runner.run(whole())

"""Pages asked for without a server: the routes behind the doors, as a device of a role meets them."""

import asyncio
import json
import re
from dataclasses import dataclass
from typing import Any

from reached_rig import entry_in
from starlette.applications import Starlette

from cadencecoach.store.file_store import FileStore
from cadencecoach.web.doors import Message
from cadencecoach.web.rows import VISITOR, Role, Visitor, routes_of
from cadencecoach.web.server.app import all_rows


@dataclass(frozen=True, slots=True)
class Visited:
    """What came of a request.

    Attributes:
        status: of HTTP
        headers: by name
        text: of the body
    """

    status: int
    headers: dict[str, str]
    text: str

    @property
    def shown(self) -> str:
        """The body without the texts that its scripts are handed."""
        return re.sub(r'data-texts="[^"]*"', "", self.text)

    @property
    def told(self) -> Any:  # noqa: ANN401  # whatever it holds
        """The body as JSON."""
        return json.loads(self.text)


class Pages:
    """All routes over a store.

    Args:
        store: where athletes are kept
    """

    def __init__(self, store: FileStore) -> None:
        """Nobody has asked yet."""
        self._app = Starlette(routes=routes_of(all_rows(store, entry_in(store.folder))))

    def ask(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        role: Role = Role.DESK,
        athlete: str | None = None,
        cookie: str = "",
    ) -> Visited:
        """Ask for something, as a device that was let in.

        Args:
            method: GET, POST
            path: with its query
            body: sent as JSON
            role: of the device
            athlete: whose it is, for a runner's
            cookie: as the browser would send it
        """
        path, _, query = path.partition("?")
        scope = {
            "type": "http",
            "method": method,
            "path": path,
            "query_string": query.encode(),
            "headers": [(b"cookie", cookie.encode())] if cookie else [],
            VISITOR: Visitor(role, athlete),
        }
        sent: list[Message] = []

        async def receive() -> Message:
            return {"type": "http.request", "body": json.dumps(body).encode(), "more_body": False}

        async def send(message: Message) -> None:
            sent.append(message)

        asyncio.run(self._app(scope, receive, send))
        headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
        return Visited(sent[0]["status"], headers, b"".join(one.get("body", b"") for one in sent[1:]).decode())

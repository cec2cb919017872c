"""Pages asked for without a server: the routes behind the doors, as a device of a role meets them."""

import asyncio
import json
import re
from dataclasses import dataclass
from typing import Any

from asgi import Asked
from reached_rig import entry_in

from cadencecoach.store.file_store import FileStore
from cadencecoach.web.rows import Role, Visitor, routes_of
from cadencecoach.web.server.routes import all_rows
from cadencecoach.web.site import Site


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
        self._asked = Asked([*routes_of(all_rows(Site(store, entry_in(store.folder))))])

    def ask(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        role: Role = Role.DESK,
        athlete: str | None = None,
        cookie: str = "",
        device: str = "",
    ) -> Visited:
        """Ask for something, as a device that was let in.

        Args:
            method: GET, POST
            path: with its query
            body: sent as JSON; bytes as they are
            role: of the device
            athlete: whose it is, for a runner's
            cookie: as the browser would send it
            device: its id, where it was let in from the network
        """
        headers = {"cookie": cookie} if cookie else {}
        answered = asyncio.run(self._asked.ask(Visitor(role, athlete, device), method, path, body, headers))
        return Visited(answered.status, answered.headers, answered.body.decode(errors="replace"))

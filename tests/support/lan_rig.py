"""A server that is open to a local network, and devices in it."""

import contextlib
import http.client
import json
import re
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from own_network import AT
from page_rig import PATIENCE_S, Server, begin_server

ELSEWHERE = "192.168.78.1"
DIGITS = re.compile(r"^    (\d{3}) (\d{3})$", re.MULTILINE)


@dataclass
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    text: str

    @property
    def told(self) -> Any:  # noqa: ANN401  # any JSON
        """Its JSON."""
        return json.loads(self.text)


@dataclass
class Device:
    """A browser on another device.

    Attributes:
        cookie: once it is let in
        context: where connections are encrypted
        source: the address it comes from; its own where it is empty
    """

    port: int
    cookie: str = ""
    context: ssl.SSLContext | None = None
    source: str = ""
    n_asked: int = field(default=0)

    @property
    def origin(self) -> str:
        """Where its pages come from."""
        return f"{'http' if self.context is None else 'https'}://{AT}:{self.port}"

    def connection(self) -> http.client.HTTPConnection:
        """One more connection."""
        source = (self.source, 0) if self.source else None
        if self.context is None:
            return http.client.HTTPConnection(AT, self.port, timeout=PATIENCE_S, source_address=source)
        return http.client.HTTPSConnection(AT, self.port, timeout=PATIENCE_S, context=self.context)

    def headers(self, method: str = "GET") -> dict[str, str]:
        """What its browser sends."""
        return {
            **({"Cookie": self.cookie} if self.cookie else {}),
            **({} if method == "GET" else {"Origin": self.origin}),
        }

    def ask(self, method: str, path: str, body: object = None, headers: Mapping[str, str] | None = None) -> Answer:
        """Ask for something; other headers replace those of the browser."""
        with contextlib.closing(self.connection()) as connection:
            sent = None if body is None else json.dumps(body)
            connection.request(method, path, sent, self.headers(method) if headers is None else dict(headers))
            answer = connection.getresponse()
            text = answer.read().decode("utf-8", "replace")
        if (cookie := answer.headers.get("set-cookie")) is not None:
            self.cookie = cookie.partition(";")[0]
        return Answer(answer.status, dict(answer.headers.items()), text)

    def pair(self, digits: str) -> Answer:
        """Type the digits."""
        self.n_asked += 1
        return self.ask("POST", "/api/pair", {"id": f"pair-{id(self)}-{self.n_asked}", "digits": digits})


def begin_lan_server(home: Path, *words: str) -> tuple[Server, str]:
    """Start it, and wait for the first digits, which are for a screen."""
    server = begin_server(home, "--lan", *words)
    assert server.process.stdout is not None
    seen = ""
    for line in server.process.stdout:
        seen += line
        if (found := DIGITS.search(seen)) is not None:
            return server, found[1] + found[2]
    raise AssertionError(f"no digits: {seen}")


def digits_for(server: Server, role: str, athlete: str | None = None) -> str:
    """New digits, as the desk's page asks for them."""
    server.n_asked += 1
    asked = {"id": f"code-{server.n_asked}", "role": role, "athlete": athlete, "network_is_mine": True}
    status, told = server.ask("POST", "/api/codes", asked)
    assert status == 201, told
    return str(told["digits"])


def paired(server: Server, role: str, athlete: str | None = None) -> Device:
    """A device that was let in."""
    device = Device(server.port)
    answer = device.pair(digits_for(server, role, athlete))
    assert answer.status == 201, answer.text
    return device

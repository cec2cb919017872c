"""The page of a clinic's store asked by hand: the whole application with its doors, as a browser asks it."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from pathlib import Path

from asgi import Answered, run

from cadencecoach.store.clinic_store import ClinicStore
from cadencecoach.web.addresses import Addresses
from cadencecoach.web.devices import Devices
from cadencecoach.web.doors import Doors, Message
from cadencecoach.web.entry import Entry
from cadencecoach.web.passes import Passes
from cadencecoach.web.password import Password
from cadencecoach.web.people import STANDS_S, People
from cadencecoach.web.server.app import make_app

PORT, TOKEN = 8712, "the-token-of-programs"
AT_HOME, LAN = "127.0.0.1", "192.168.77.1"


class ClinicPage:
    """A server without its sockets: the doors, and everything behind them.

    Attributes:
        entry: the ways in
        said: lines for the terminal
    """

    def __init__(self, store: ClinicStore, folder: Path, *, idle_s: float = 900.0, is_encrypted: bool = False) -> None:
        """Nobody is signed in yet."""
        self.said: list[str] = []
        folder.mkdir(parents=True, exist_ok=True)
        addresses = Addresses(port=PORT, network=(LAN,), names=(LAN,) if is_encrypted else ())
        passes, password = Passes(b"s" * 32, TOKEN), Password(folder / "password.json")
        people = People(store, idle_s)
        self.entry = Entry(passes, Devices(folder / "devices.json"), addresses, password, self.said.append, people)
        self.app: Doors = make_app(store, self.entry)

    def browser(self, at: str = AT_HOME, scheme: str = "http") -> "Browser":
        """One more browser, that nobody has signed in on."""
        return Browser(self, at, scheme)


@dataclass
class Browser:
    """A browser: it keeps cookies, and says where its pages come from."""

    page: ClinicPage
    at: str
    scheme: str
    cookies: dict[str, str] = field(default_factory=dict)
    n_asked: int = 0

    async def sign_in(self, name: str, password: str) -> Answered:
        """Type name and password."""
        self.n_asked += 1
        told = {"id": f"sign-in-{self.n_asked}", "name": name, "password": password}
        return await self.ask("POST", "/api/desk", told)

    async def ask(
        self, method: str, path: str, told: object = None, headers: Mapping[str, str] | None = None
    ) -> Answered:
        """Send a request, and wait for the whole answer."""
        sent: list[Message] = []
        await self.send(method, path, told, headers, sent.append)
        head = {name.decode(): value.decode() for name, value in reversed(sent[0]["headers"])}  # of two the first
        for name, value in sent[0]["headers"]:
            if name == b"set-cookie":
                for key, cookie in SimpleCookie(value.decode()).items():
                    self.cookies[key] = cookie.value
        return Answered(sent[0]["status"], head, b"".join(one.get("body", b"") for one in sent[1:]))

    async def send(
        self,
        method: str,
        path: str,
        told: object,
        headers: Mapping[str, str] | None,
        take: Callable[[Message], None],
    ) -> None:
        """Send a request; each part of the answer is taken as it comes."""
        path, _, query = path.partition("?")
        body = b"" if told is None else json.dumps(told).encode()
        shown = {"host": f"{self.at}:{PORT}", "content-length": str(len(body))}
        if method != "GET":
            shown["origin"] = f"{self.scheme}://{self.at}:{PORT}"
        if self.cookies:
            shown["cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        shown |= headers or {}
        scope = {
            "type": "http", "method": method, "path": path, "query_string": query.encode(), "scheme": self.scheme,
            "server": (self.at, PORT), "client": (self.at, 50_000), "raw_path": path.encode(), "root_path": "",
            "headers": [(name.encode(), value.encode()) for name, value in shown.items()],
        }  # fmt: skip
        coming: list[Message] = [{"type": "http.request", "body": body}]
        gone = asyncio.Event()

        async def receive() -> Message:
            if coming:
                return coming.pop()
            await gone.wait()
            return {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            take(message)

        await self.page.app(scope, receive, send)


class ClockLoop(asyncio.SelectorEventLoop):
    """A loop whose clock can be put forward: nobody waits for what the page takes to be old after a while."""

    ahead_s = 0.0

    def time(self) -> float:
        """By which the page tells how long ago something was."""
        return super().time() + self.ahead_s


def run_ahead(story: Callable[[], Awaitable[None]]) -> None:
    """A story in such a loop."""
    run(story, ClockLoop)


async def answered_later(browser: Browser, path: str, status: int, *, after_s: float = STANDS_S) -> Answered:
    """The answer, of this status, after a while: so long what the database said of somebody stands."""
    loop = asyncio.get_running_loop()
    assert isinstance(loop, ClockLoop)
    loop.ahead_s += after_s
    answer = await browser.ask("GET", path)
    assert answer.status == status, answer.status
    return answer

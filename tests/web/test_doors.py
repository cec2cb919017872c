import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from each_row import each_row

from cadencecoach.devices.clock import wall_time_s
from cadencecoach.web.addresses import Addresses
from cadencecoach.web.devices import Devices
from cadencecoach.web.doors import MAX_BODY_BYTES, Doors, Message, Receive, Send
from cadencecoach.web.entry import Entry
from cadencecoach.web.passes import COOKIE_S, Passes
from cadencecoach.web.password import Password
from cadencecoach.web.rows import MAX_UPLOAD_BYTES

PORT = 8712
HOST, ORIGIN = f"127.0.0.1:{PORT}", f"http://127.0.0.1:{PORT}"
TOKEN = "the-token-of-programs"  # noqa: S105
BEARER = {"authorization": f"Bearer {TOKEN}"}


@dataclass
class Answered:
    """What came of a request."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass
class Behind:
    """What stands behind the doors: it says how much it was sent.

    Attributes:
        asked: paths that got through
    """

    asked: list[str] = field(default_factory=list)

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Read all, and answer."""
        n_bytes, is_more = 0, True
        while is_more:
            message = await receive()
            n_bytes += len(message.get("body", b""))
            is_more = message.get("more_body", False)
        self.asked.append(scope["path"])
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": str(n_bytes).encode()})


class House:
    """Doors, and what is behind them, on this computer alone."""

    def __init__(self, folder: Path) -> None:
        self.passes = Passes(b"s" * 32, TOKEN)
        self.behind = Behind()
        self.addresses = Addresses(port=PORT)
        self.doors = Doors(
            self.behind,
            Entry(self.passes, Devices(folder / "devices.json"), self.addresses, Password(folder / "password.json")),
        )

    def cookie(self, now_s: float | None = None) -> dict[str, str]:
        """Headers of a browser that has been let in."""
        value = self.passes.new_cookie(wall_time_s() if now_s is None else now_s)
        return {"cookie": f"other=1; {self.addresses.cookie_name}={value}"}

    def ask(self, method: str, path: str, headers: Mapping[str, str], parts: tuple[bytes, ...] = (b"",)) -> Answered:
        """Send a request in these parts."""
        path, _, query = path.partition("?")
        told = {"host": HOST, **headers}
        scope = {
            "type": "http",
            "scheme": "http",
            "server": ("127.0.0.1", PORT),
            "client": ("127.0.0.1", 5),
            "method": method,
            "path": path,
            "query_string": query.encode(),
            "headers": [(name.encode(), value.encode("latin-1")) for name, value in told.items()],
        }
        rest, sent = list(parts), list[Message]()

        async def receive() -> Message:
            part = rest.pop(0)
            return {"type": "http.request", "body": part, "more_body": bool(rest)}

        async def send(message: Message) -> None:
            sent.append(message)

        asyncio.run(self.doors(scope, receive, send))
        headers_back = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
        return Answered(sent[0]["status"], headers_back, b"".join(one.get("body", b"") for one in sent[1:]))


@pytest.fixture
def house(tmp_path: Path) -> House:
    """Nobody is in yet."""
    return House(tmp_path)


@pytest.mark.parametrize(
    "path", ["/", "/live/a", "/api/sessions", "/static/live.js", "/?key=wrong", "/?key=", "/x?key=k"]
)
def test_nobody_is_let_in_without_a_pass(house: House, path: str) -> None:
    """Neither to pages nor to what they are made of; the answer says what to do."""
    answered = house.ask("GET", path, {})
    assert answered.status == 401
    assert "cadencecoach open" in json.loads(answered.body)["error"]
    assert house.behind.asked == []


def test_a_key_is_good_once_and_becomes_a_cookie_that_scripts_cannot_read(house: House) -> None:
    """The cookie is then the pass; the key is none any more."""
    key = house.passes.new_key(wall_time_s())
    first = house.ask("GET", f"/?key={key}", {})
    assert (first.status, first.headers["location"]) == (303, "/")
    cookie, *flags = first.headers["set-cookie"].split("; ")
    assert set(flags) == {"HttpOnly", "SameSite=Strict", "Path=/"}
    assert house.ask("GET", "/", {"cookie": cookie}).status == 200
    assert house.ask("GET", f"/?key={key}", {}).status == 401


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        f"evil.example:{PORT}",
        "127.0.0.1",
        "127.0.0.1:1",
        f"127.0.0.1:{PORT}.evil.example",
        "",
        f"[::1]:{PORT}",
    ],
)
def test_a_foreign_host_is_refused_whoever_asks(house: House, host: str) -> None:
    """A name that somebody has made point to this machine gets nothing, pass or no pass."""
    for headers in (house.cookie(), BEARER):
        assert house.ask("GET", "/", {**headers, "host": host}).status == 421
    assert house.behind.asked == []


@pytest.mark.parametrize("host", [HOST, f"localhost:{PORT}"])
def test_its_own_names_are_served(house: House, host: str) -> None:
    """Both names of this machine, with the origin that goes with them."""
    told = {**house.cookie(), "host": host}
    assert house.ask("GET", "/", told).status == 200
    assert house.ask("POST", "/api/sessions", {**told, "origin": f"http://{host}"}).status == 200


@each_row(
    "origin",
    [
        "http://evil.example",
        "null",
        f"https://127.0.0.1:{PORT}",
        "http://127.0.0.1:1",
        "http://127.0.0.1",
        f"{ORIGIN}.evil",
        "",
    ],
)
@each_row("method", ["POST", "DELETE", "PUT", "PATCH", "OPTIONS"])
def test_a_foreign_origin_changes_nothing(house: House, method: str, origin: str) -> None:
    """Not with the cookie, and not with the token either."""
    for headers in (house.cookie(), {**house.cookie(), **BEARER}):
        assert house.ask(method, "/api/sessions", {**headers, "origin": origin}).status == 403
    assert house.behind.asked == []


def test_without_an_origin_only_a_program_with_the_token_changes_anything(house: House) -> None:
    """A browser always says where a request comes from."""
    assert house.ask("POST", "/api/sessions", house.cookie()).status == 403
    assert house.ask("POST", "/api/sessions", {"authorization": "Bearer wrong"}).status == 403
    assert house.ask("POST", "/api/sessions", BEARER).status == 200


@pytest.mark.parametrize(
    "shown",
    [
        "",
        "Bearer",
        "Bearer ",
        f"Basic {TOKEN}",
        f"Bearer {TOKEN}x",
        f"Bearer {TOKEN[:-1]}",
        "Bearer \xff\xfe",
        f" Bearer {TOKEN}",
    ],
)
def test_what_is_not_the_token_is_no_pass(house: House, shown: str) -> None:
    """Whatever bytes are sent."""
    assert house.ask("GET", "/", {"authorization": shown}).status == 401


def test_a_cookie_ends_and_cannot_be_made_longer(house: House, tmp_path: Path) -> None:
    """It holds for half a day, also for a server that has been started again with the same secret."""
    assert house.ask("GET", "/", house.cookie(wall_time_s() - COOKIE_S + 60)).status == 200
    assert house.ask("GET", "/", house.cookie(wall_time_s() - COOKIE_S - 1)).status == 401
    value = house.passes.new_cookie(wall_time_s())
    until, kind, nonce, signature = value.split(".")
    told = f"{kind}.{nonce}"
    for forged in (
        f"9{until}.{told}.{signature}",
        f"{until}.{told}.",
        f"{until}.{told}",
        f"{until}.{nonce}.{signature}",
        "...",
        "",
        "\u00b2.a.b.c",
    ):
        cookie = {"cookie": f"{house.addresses.cookie_name}={forged}".encode().decode("latin-1")}
        assert house.ask("GET", "/", cookie).status == 401
    again = House(tmp_path)
    assert again.ask("GET", "/", {"cookie": f"{again.addresses.cookie_name}={value}"}).status == 200
    assert not Passes(b"o" * 32, TOKEN).is_cookie(value, wall_time_s())


@pytest.mark.parametrize(("length", "status"), [(MAX_BODY_BYTES, 200), (MAX_BODY_BYTES + 1, 413), (10_000_000, 413)])
def test_a_body_that_says_it_is_too_long_is_not_read(house: House, length: int, status: int) -> None:
    """The connection is closed instead of waiting for it."""
    answered = house.ask(
        "POST", "/api/sessions", {**BEARER, "content-length": str(length)}, (b"x" * min(length, MAX_BODY_BYTES),)
    )
    assert answered.status == status
    assert status == 200 or answered.headers["connection"] == "close"


@pytest.mark.parametrize("length", ["-1", "x", "1e3", ""])
def test_a_length_that_is_none_is_refused(house: House, length: str) -> None:
    """As one that is too long."""
    assert house.ask("POST", "/api/sessions", {**BEARER, "content-length": length}).status == 413


def test_a_body_in_pieces_is_counted(house: House) -> None:
    """One that does not say how long it is, is cut off where it is too long."""
    told = {**BEARER, "transfer-encoding": "chunked"}
    half = b"x" * (MAX_BODY_BYTES // 2)
    assert house.ask("POST", "/api/sessions", told, (half, half)).body == str(2 * len(half)).encode()
    assert house.ask("POST", "/api/sessions", told, (half, half, b"x")).status == 413


def test_every_answer_says_what_a_page_may_do(house: House) -> None:
    """Refusals too: no script but ours, no frame but ours, nothing kept."""
    for answered in (
        house.ask("GET", "/", house.cookie()),
        house.ask("GET", "/", {}),
        house.ask("GET", "/", {"host": "x"}),
    ):
        policy: Any = answered.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; script-src 'self';")
        assert "unsafe" not in policy
        assert answered.headers["x-content-type-options"] == "nosniff"
        assert answered.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("path", "length", "status"),
    [
        ("/api/patients/r7/files", MAX_UPLOAD_BYTES, 200),
        ("/api/patients/r7/files", MAX_UPLOAD_BYTES + 1, 413),
        ("/api/patients/r7/findings", MAX_BODY_BYTES + 1, 413),
        ("/api/patients/r7/x/files", MAX_BODY_BYTES + 1, 413),
    ],
)
def test_only_a_picture_or_video_may_be_larger(house: House, path: str, length: int, status: int) -> None:
    """To one route, and up to a bound of its own."""
    assert house.ask("POST", path, {**BEARER, "content-length": str(length)}).status == status

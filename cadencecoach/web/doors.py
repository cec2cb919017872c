"""What every request passes before anything answers it: which host it names, who sends it, from where, how much."""

import json
from collections.abc import Awaitable, Callable, MutableMapping
from http.cookies import CookieError, SimpleCookie
from typing import Any, Final
from urllib.parse import parse_qs

from cadencecoach.devices.clock import wall_time_s
from cadencecoach.web.passes import Passes
from cadencecoach.web.rows import VISITOR, Role, Visitor

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]

MAX_BODY_BYTES: Final = 65_536
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "media-src 'self'; frame-ancestors 'self'; base-uri 'none'; form-action 'self'"
)
ALWAYS: Final = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"cache-control", b"no-store"),
)
TOO_LONG: Final = f"at most {MAX_BODY_BYTES} bytes"
READING: Final = {"GET", "HEAD"}
BEARER: Final = "bearer "
NO_PASS: Final = "this page is not open to you: run cadencecoach open, and open the address that it prints"  # noqa: S105


class Doors:
    """The middleware. Errors are JSON of one shape: what is wrong, in one sentence.

    Args:
        app: answers what has passed
        passes: who may use it
        port: where it is reached
    """

    def __init__(self, app: App, passes: Passes, port: int) -> None:
        """Let nobody in yet."""
        self._app, self._passes = app, passes
        self._hosts = {f"127.0.0.1:{port}", f"localhost:{port}"}
        self._origins = {f"http://{host}" for host in self._hosts}
        self.cookie_name = f"cadencecoach-{port}"  # cookies know hosts, and no ports

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer a request, or say why not."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        guarded = _with_headers(send)
        refusal = self._refusal(scope, headers)
        if refusal is not None:
            await _refuse(guarded, *refusal)
            return
        if (cookie := self._new_cookie(scope)) is not None:
            await _redirect(guarded, f"{self.cookie_name}={cookie}; HttpOnly; SameSite=Strict; Path=/")
            return
        visitor = self._visitor(headers)
        if visitor is None:
            await _refuse(guarded, 401, NO_PASS)
            return
        if "transfer-encoding" in headers:  # how long it is, nobody has said
            body = await _whole_body(receive)
            if body is None:
                await _refuse(guarded, 413, TOO_LONG)
                return
            receive = _replaying(body, receive)
        await self._app({**scope, VISITOR: visitor}, receive, guarded)

    def _refusal(self, scope: Message, headers: dict[str, str]) -> tuple[int, str] | None:
        """Why a request is turned away whoever sends it; None where it is not."""
        if headers.get("host") not in self._hosts:
            return 421, "this server answers only under its own address on this computer"
        origin = headers.get("origin")
        is_programme = origin is None and self._has_token(headers)
        if scope["method"] not in READING and origin not in self._origins and not is_programme:
            return 403, "only the page itself may ask for this, or a program with the token"
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length) > MAX_BODY_BYTES:
            return 413, TOO_LONG
        return None

    def _new_cookie(self, scope: Message) -> str | None:
        """A cookie for who brings a key that is good."""
        if scope["path"] != "/" or not scope["query_string"]:
            return None
        keys = parse_qs(scope["query_string"].decode("latin-1"), max_num_fields=4).get("key", [])
        is_good = len(keys) == 1 and self._passes.use_key(keys[0], wall_time_s())
        return self._passes.new_cookie(wall_time_s()) if is_good else None

    def _visitor(self, headers: dict[str, str]) -> Visitor | None:
        """Who asks; None is a stranger."""
        if self._has_token(headers):
            return Visitor(Role.DESK)
        try:
            cookie = SimpleCookie(headers.get("cookie", "")).get(self.cookie_name)
        except CookieError:
            return None
        is_good = cookie is not None and self._passes.is_cookie(cookie.value, wall_time_s())
        return Visitor(Role.DESK) if is_good else None

    def _has_token(self, headers: dict[str, str]) -> bool:
        shown = headers.get("authorization", "")
        return shown[: len(BEARER)].lower() == BEARER and self._passes.is_token(shown[len(BEARER) :])


async def _whole_body(receive: Receive) -> bytes | None:
    """A body that came in pieces; None where it is too long, or whoever sends it has gone."""
    body, is_more = b"", True
    while is_more:
        message = await receive()
        body += message.get("body", b"")
        if len(body) > MAX_BODY_BYTES or message["type"] == "http.disconnect":
            return None
        is_more = message.get("more_body", False)
    return body


def _replaying(body: bytes, receive: Receive) -> Receive:
    """The body in one piece, and then what comes."""
    pieces: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def receiving() -> Message:
        return pieces.pop() if pieces else await receive()

    return receiving


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            given = {name.lower() for name, _ in message["headers"]}
            more = [(name, value) for name, value in ALWAYS if name not in given]
            message = {**message, "headers": [*message["headers"], *more]}
        await send(message)

    return sending


async def _refuse(send: Send, status: int, error: str) -> None:
    body = json.dumps({"error": error}).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    if status == 413:  # noqa: PLR2004  # the rest of the body is not waited for
        headers.append((b"connection", b"close"))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def _redirect(send: Send, cookie: str) -> None:
    headers = [(b"location", b"/"), (b"set-cookie", cookie.encode()), (b"content-length", b"0")]
    await send({"type": "http.response.start", "status": 303, "headers": headers})
    await send({"type": "http.response.body", "body": b""})

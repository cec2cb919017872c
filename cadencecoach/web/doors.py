"""What every request passes before anything answers it: which host it names, who sends it, from where, how much."""

import asyncio
import contextlib
import json
import re
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from http.cookies import CookieError, SimpleCookie
from typing import Any, Final
from urllib.parse import parse_qs

from cadencecoach.devices.clock import wall_time_s
from cadencecoach.devices.command_line import command_line
from cadencecoach.devices.reach.place import HOME
from cadencecoach.web.devices import Device
from cadencecoach.web.entry import Entry
from cadencecoach.web.limits import RateLimits
from cadencecoach.web.people import SIGNED_OUT, is_use
from cadencecoach.web.rows import MAX_UPLOAD_BYTES, NO_PASS, OTHER_PERSON, PEOPLE, VISITOR, Role, Visitor

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]

MAX_BODY_BYTES: Final = 65_536
MOST_DIGITS: Final = 20  # of a length; of thousands no number is made
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "media-src 'self'; frame-ancestors 'self'; base-uri 'none'; form-action 'self'"
)
ALWAYS: Final[tuple[tuple[bytes, bytes], ...]] = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"cache-control", b"no-store"),
)
SECURE_ONLY: Final = b"cross-origin-opener-policy"
TOO_LONG: Final = f"at most {MAX_BODY_BYTES} bytes"
UPLOADS: Final = re.compile(r"/api/patients/[^/]+/files")  # a picture or video; read only for who may send it
READING: Final = {"GET", "HEAD"}
BEARER: Final = "bearer "
PAIR, SCREEN, START, PERSON, KEYS = "/pair", "/screen", "/", "/person", "/api/keys"
OPEN_FILES: Final = tuple(f"/static/{name}" for name in ("style.css", "pair.css", "pair.js", "ask.js", "icon.svg"))
STARTS: Final = {Role.SCREEN: SCREEN, Role.RESEARCHER: PERSON}  # instead of the first page
SHOWN_TO: Final = "cadencecoach-person"  # a header: who the page was shown to that sends something
END_S: Final = 1.0  # a device whose time is over is sent the end of its answer, but not waited for


class Doors:
    """The middleware. Errors are JSON of one shape: what is wrong, in one sentence.

    Args:
        app: answers what has passed
        entry: who may use it, and where it is reached
        strangers: paths of pages that are answered without a pass, beside `OPEN_FILES`
    """

    def __init__(self, app: App, entry: Entry, strangers: Iterable[str] = ()) -> None:
        """Let nobody in yet."""
        self._app, self._entry, self._people = app, entry, entry.people
        self._passes, self._devices, self._addresses = entry.passes, entry.devices, entry.addresses
        self._strangers = {*OPEN_FILES, *strangers}
        self._limits = RateLimits()

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer a request, or say why not."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        is_here = scope["server"][0] == HOME
        guarded = _with_headers(send, is_secure=is_here or scope["scheme"] == "https")
        refusal = self._refusal(scope, headers, is_here=is_here)
        if refusal is not None:
            await _refuse(guarded, *refusal)
            return
        if (cookie := self._new_cookie(scope, is_here=is_here)) is not None:
            await _redirect(
                guarded, START, f"{self._addresses.cookie_name}={cookie}; HttpOnly; SameSite=Strict; Path=/"
            )
            return
        visitor, device = await self._visitor(scope, headers, is_here=is_here)
        shown_to = headers.get(SHOWN_TO) or visitor.person
        if not is_here and not self._limits.take(
            visitor.device or scope["client"][0], asyncio.get_running_loop().time()
        ):
            await _refuse(guarded, 429, "too many requests; wait a moment")
        elif visitor.role is Role.STRANGER and scope["path"] not in self._strangers:
            await self._send_away(scope, guarded, is_here=is_here)
        elif visitor.role in PEOPLE and shown_to != visitor.person:  # a page from before another person signed in
            await _refuse(guarded, 409, OTHER_PERSON.format(person=visitor.person))
        elif visitor.role in STARTS and scope["path"] == START:
            await _redirect(guarded, STARTS[visitor.role])
        else:
            await self._answer({**scope, VISITOR: visitor}, headers, receive, guarded, device)

    async def _answer(
        self, scope: Message, headers: dict[str, str], receive: Receive, send: Send, device: Device | None
    ) -> None:
        """Answer who may ask; a device only until its time is over, or it is let go."""
        if device is None:
            await self._pass_on(scope, headers, receive, send)
            return
        with self._devices.leash(device, wall_time_s()) as limit, self._watching(device, scope["path"]):
            try:
                async with limit:
                    await self._pass_on(scope, headers, receive, send)
            except TimeoutError:
                if not limit.expired():
                    raise
                async with asyncio.timeout(END_S):  # the end of an event stream; whatever else it was, is broken off
                    await send({"type": "http.response.body", "body": b"", "more_body": False})

    def _watching(self, device: Device, path: str) -> contextlib.AbstractContextManager[None]:
        return contextlib.nullcontext() if self._people is None else self._people.watching(device, path)

    async def _pass_on(self, scope: Message, headers: dict[str, str], receive: Receive, send: Send) -> None:
        """Ask the application; a body that does not say how long it is, is read before."""
        if "transfer-encoding" in headers:
            body = await _whole_body(receive)
            if body is None:
                await _refuse(send, 413, TOO_LONG)
                return
            receive = _replaying(body, receive)
        await self._app(scope, receive, send)

    def _refusal(self, scope: Message, headers: dict[str, str], *, is_here: bool) -> tuple[int, str] | None:
        """Why a request is turned away whoever sends it; None where it is not."""
        host = headers.get("host")
        if host not in self._addresses.hosts(scope["server"][0]):
            return 421, "this server answers only under its own address"
        origin = headers.get("origin")
        is_programme = is_here and origin is None and self._has_token(headers)
        if scope["method"] not in READING and origin != f"{scope['scheme']}://{host}" and not is_programme:
            return 403, "only the page itself may ask for this, or a program with the token"
        length = headers.get("content-length", "0")
        is_number = len(length) <= MOST_DIGITS and length.isascii() and length.isdigit()
        most_bytes = MAX_UPLOAD_BYTES if UPLOADS.fullmatch(scope["path"]) else MAX_BODY_BYTES
        if not is_number or int(length) > most_bytes:
            return 413, TOO_LONG if most_bytes == MAX_BODY_BYTES else _too_large()
        return None

    def _new_cookie(self, scope: Message, *, is_here: bool) -> str | None:
        """A cookie for who brings a key that is good, on this computer."""
        if scope["path"] != START or not scope["query_string"] or not is_here or self._people is not None:
            return None
        keys = parse_qs(scope["query_string"].decode("latin-1"), max_num_fields=4).get("key", [])
        is_good = len(keys) == 1 and self._passes.use_key(keys[0], wall_time_s())
        return self._passes.new_cookie(wall_time_s()) if is_good else None

    async def _visitor(
        self, scope: Message, headers: dict[str, str], *, is_here: bool
    ) -> tuple[Visitor, Device | None]:
        """Who asks, and the device it is, where that was let in."""
        now_s, nobody = wall_time_s(), Visitor(Role.STRANGER)
        if is_here and self._has_token(headers) and (self._people is None or scope["path"] == KEYS):
            return Visitor(Role.DESK), None
        cookie = _cookie_in(headers, self._addresses.cookie_name)
        if is_here and self._people is None and self._passes.is_cookie(cookie, now_s):
            return Visitor(Role.DESK), None
        device = self._devices.find(self._passes.device_of(cookie, now_s) or "", now_s)
        is_readable = scope["scheme"] != "https"  # by others in the network
        needs_privacy = device is not None and (device.role is Role.DESK or (device.role in PEOPLE and not is_here))
        if device is None or (needs_privacy and is_readable):
            return nobody, None
        visitor = await self._visitor_on(device, is_use=is_use(scope["method"], scope["path"]))
        if visitor is None:
            self._entry.end(device)
            return nobody, None
        return visitor, device

    async def _visitor_on(self, device: Device, *, is_use: bool) -> Visitor | None:
        """Who is on a device that was let in; None for whoever may not be in any more."""
        if self._people is not None:
            return await self._people.visitor(device, is_use=is_use)
        return None if device.person else Visitor(device.role, device.athlete, device.id)

    def _has_token(self, headers: dict[str, str]) -> bool:
        shown = headers.get("authorization", "")
        return shown[: len(BEARER)].lower() == BEARER and self._passes.is_token(shown[len(BEARER) :])

    async def _send_away(self, scope: Message, send: Send, *, is_here: bool) -> None:
        """Show a person in the network where to be let in; everybody else is told what is missing."""
        is_page = scope["method"] in READING and not scope["path"].startswith(("/api/", "/static/"))
        if is_page and (not is_here or self._people is not None):
            await _redirect(send, PAIR)
        else:
            await _refuse(send, 401, NO_PASS if self._people is None else SIGNED_OUT)


def _cookie_in(headers: dict[str, str], name: str) -> str:
    try:
        cookie = SimpleCookie(headers.get("cookie", "")).get(name)
    except CookieError:
        return ""
    return "" if cookie is None else cookie.value


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


def _with_headers(send: Send, *, is_secure: bool) -> Send:
    """What every answer says; elsewhere than in a secure context browsers complain of one of them."""
    always = ALWAYS if is_secure else [one for one in ALWAYS if one[0] != SECURE_ONLY]

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            given = {name.lower() for name, _ in message["headers"]}
            more = [(name, value) for name, value in always if name not in given]
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


async def _redirect(send: Send, to: str, cookie: str = "") -> None:
    headers = [(b"location", to.encode()), (b"content-length", b"0")]
    if cookie:
        headers.append((b"set-cookie", cookie.encode()))
    await send({"type": "http.response.start", "status": 303, "headers": headers})
    await send({"type": "http.response.body", "body": b""})


def _too_large() -> str:
    """Why an upload is not taken, and what takes it."""
    command = command_line("finding add NAME --what WORD --file FILE")
    return f"at most {MAX_UPLOAD_BYTES // 1_000_000} MB; {command} in a terminal takes more"

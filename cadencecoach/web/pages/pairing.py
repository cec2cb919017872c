"""The page by which a device of the network is let in: six digits, or the desk's password where nobody can read it."""

import asyncio
from typing import Final

from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from cadencecoach.devices.clock import wall_time_s
from cadencecoach.devices.reach.place import HOME
from cadencecoach.web.asked import RefusedError, digits_in, password_in
from cadencecoach.web.devices import Device, kind_of
from cadencecoach.web.pairing import N_DIGITS, Refused
from cadencecoach.web.rows import json_of, visitor_of
from cadencecoach.web.site import CHOSEN, Site

STATUS: Final = {Refused.WRONG: 403, Refused.LOCKED: 429, Refused.CLOSED: 409}


class PairingPage:
    """The routes of the page."""

    def __init__(self, site: Site) -> None:
        """Ask the site."""
        self._site, self._entry = site, site.entry

    async def show(self, request: Request) -> Response:
        """Show the page."""
        addresses, is_here = self._entry.addresses, _is_here(request)
        is_private = is_here or request.url.scheme == "https"
        signs_in = self._entry.people is not None
        return await self._site.page(
            request,
            "pair.html",
            None,
            n_digits=N_DIGITS,
            has_password=not signs_in and addresses.is_encrypted and request.url.scheme == "https",
            signs_in=signs_in and is_private,
            has_digits=not (signs_in and is_here),
            sign_in_elsewhere=signs_in and not is_private,
        )

    async def pair(self, request: Request) -> Response:
        """Let a device in by its digits."""
        id_, digits = digits_in(await json_of(request), N_DIGITS)
        texts = (await self._site.words(None)).page
        said = {Refused.WRONG: texts.pair_wrong, Refused.LOCKED: texts.pair_locked, Refused.CLOSED: texts.pair_closed}
        device = self._entry.pair(id_, digits, **_who(request))
        if isinstance(device, Device) and device.athlete is not None:
            people, store = self._entry.people, self._site.store
            served = store if people is None or not device.person else people.for_person(device.person)
            names = await asyncio.to_thread(served.athlete_names)
            if device.athlete not in names:  # deleted since the digits were made
                self._entry.devices.end(device.id)
                device = Refused.CLOSED
        return self._answer(request, device, said)

    async def log_in(self, request: Request) -> Response:
        """Let a device in by the password of the desk, or a person by their own; whoever was in on it is out."""
        id_, name, password = password_in(await json_of(request))
        texts = (await self._site.words(None)).page
        if self._entry.people is not None:
            return await self._sign_in(request, id_, name, password)
        if request.url.scheme != "https" or not self._entry.password.is_set:
            raise RefusedError(403, texts.only_encrypted)
        locked = {Refused.LOCKED: texts.password_locked, Refused.CLOSED: texts.password_locked}
        device = await self._entry.log_in(id_, password, **_who(request))
        return self._answer(request, device, {Refused.WRONG: texts.password_wrong, **locked})

    async def _sign_in(self, request: Request, id_: str, name: str, password: str) -> Response:
        texts = (await self._site.words(None)).page
        if request.url.scheme != "https" and not _is_here(request):
            raise RefusedError(403, texts.only_encrypted)
        if not name:
            raise RefusedError(400, "name is who signs in", "name")
        device = await self._entry.sign_in(id_, name, password, **_who(request))
        before = self._entry.devices.find(visitor_of(request).device, wall_time_s())
        locked = {Refused.LOCKED: texts.sign_in_locked, Refused.CLOSED: texts.sign_in_locked}
        answer = self._answer(request, device, {Refused.WRONG: texts.sign_in_wrong, **locked})
        answer.delete_cookie(CHOSEN, httponly=True, samesite="strict")  # whoever was chosen before concerns nobody else
        if before is not None:

            async def end() -> None:
                self._entry.end(before)

            answer.background = BackgroundTask(end)  # the answer itself is sent to it
        return answer

    def _answer(self, request: Request, device: Device | Refused, said: dict[Refused, str]) -> Response:
        """The cookie, or what is wrong."""
        if isinstance(device, Refused):
            raise RefusedError(STATUS[device], said[device])
        cookie = self._entry.cookie(device, is_encrypted=request.url.scheme == "https")
        return JSONResponse({"role": device.role}, 201, {"set-cookie": cookie})


def _is_here(request: Request) -> bool:
    """Whether a browser on this computer asks."""
    server = request.scope.get("server")  # which not every server of its kind tells
    return server is not None and bool(server[0] == HOME)


def _who(request: Request) -> dict[str, str]:
    """What a device tells of itself."""
    address = "" if request.client is None else request.client.host
    return {"kind": kind_of(request.headers.get("user-agent", "")), "address": address}

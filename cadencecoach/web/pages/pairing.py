"""The page by which a device of the network is let in: six digits, or the desk's password where nobody can read it."""

import asyncio
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from cadencecoach.web.asked import RefusedError, digits_in, password_in
from cadencecoach.web.devices import Device, kind_of
from cadencecoach.web.pairing import N_DIGITS, Refused
from cadencecoach.web.rows import json_of
from cadencecoach.web.site import Site

STATUS: Final = {Refused.WRONG: 403, Refused.LOCKED: 429, Refused.CLOSED: 409}


class PairingPage:
    """The routes of the page."""

    def __init__(self, site: Site) -> None:
        """Ask the site."""
        self._site, self._entry = site, site.entry

    async def show(self, request: Request) -> Response:
        """Show the page."""
        has_password = self._entry.addresses.is_encrypted and request.url.scheme == "https"
        return await self._site.page(request, "pair.html", None, n_digits=N_DIGITS, has_password=has_password)

    async def pair(self, request: Request) -> Response:
        """Let a device in by its digits."""
        id_, digits = digits_in(await json_of(request), N_DIGITS)
        texts = (await self._site.words(None)).page
        said = {Refused.WRONG: texts.pair_wrong, Refused.LOCKED: texts.pair_locked, Refused.CLOSED: texts.pair_closed}
        device = self._entry.pair(id_, digits, **_who(request))
        if isinstance(device, Device) and device.athlete is not None:
            names = await asyncio.to_thread(self._site.store.athlete_names)
            if device.athlete not in names:  # deleted since the digits were made
                self._entry.devices.end(device.id)
                device = Refused.CLOSED
        return self._answer(device, said)

    async def log_in(self, request: Request) -> Response:
        """Let a device in by the password of the desk."""
        id_, password = password_in(await json_of(request))
        texts = (await self._site.words(None)).page
        if request.url.scheme != "https" or not self._entry.password.is_set:
            raise RefusedError(403, texts.only_encrypted)
        locked = {Refused.LOCKED: texts.password_locked, Refused.CLOSED: texts.password_locked}
        device = await self._entry.log_in(id_, password, **_who(request))
        return self._answer(device, {Refused.WRONG: texts.password_wrong, **locked})

    def _answer(self, device: Device | Refused, said: dict[Refused, str]) -> Response:
        """The cookie, or what is wrong."""
        if isinstance(device, Refused):
            raise RefusedError(STATUS[device], said[device])
        return JSONResponse({"role": device.role}, 201, {"set-cookie": self._entry.cookie(device)})


def _who(request: Request) -> dict[str, str]:
    """What a device tells of itself."""
    address = "" if request.client is None else request.client.host
    return {"kind": kind_of(request.headers.get("user-agent", "")), "address": address}

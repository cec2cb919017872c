"""Devices: which were let in, as what; six digits for one more; an end to one. For the desk."""

from typing import Any, Final

from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from cadencecoach.devices.clock import wall_time_s
from cadencecoach.devices.command_line import command_line
from cadencecoach.view.qr import qr_image
from cadencecoach.web.asked import CodeAsked, RefusedError, code_in
from cadencecoach.web.devices import Device
from cadencecoach.web.pairing import OPEN_S
from cadencecoach.web.rows import WRITERS, Role, Visitor, json_of, visitor_of
from cadencecoach.web.site import Site

BY_DIGITS: Final = (Role.SCREEN, Role.RUNNER)  # the desk has a password


class DevicesPage:
    """The routes of the page."""

    def __init__(self, site: Site) -> None:
        """Ask the site."""
        self._site, self._entry = site, site.entry

    async def show(self, request: Request) -> Response:
        """Show the page."""
        athlete = await self._site.athlete(request)
        return await self._site.page(
            request,
            "devices.html",
            athlete,
            athletes=await self._site.names(visitor_of(request)),
            devices=self._rows(visitor_of(request)),
            is_open=bool(self._entry.addresses.network),
            is_encrypted=self._entry.addresses.is_encrypted,
            command=command_line("open --lan"),
        )

    async def list_devices(self, request: Request) -> Response:
        """Tell which devices are in."""
        return JSONResponse({"devices": self._rows(visitor_of(request)), "at": self._entry.addresses.network_urls()})

    async def open_code(self, request: Request) -> Response:
        """Open a code for a device."""
        asked, texts = code_in(await json_of(request)), (await self._site.words(None)).page
        urls = self._entry.addresses.network_urls()
        if not urls:
            raise RefusedError(409, f"no device can come in: start it with {command_line('open --lan')}")
        role = await self._role(asked, request)
        is_readable = not self._entry.addresses.is_encrypted
        if role is Role.RUNNER and is_readable and not asked.is_network_mine:
            raise RefusedError(409, texts.tick_network, "network_is_mine")
        code = self._entry.open_code(role, asked.athlete, asked.id, visitor_of(request).person)
        address = f"{urls[0]}/pair"
        told = {"digits": code.digits, "address": address, "picture": qr_image(f"{address}#{code.digits}")}
        return JSONResponse({**told, "for_s": OPEN_S}, 201)

    async def _role(self, asked: CodeAsked, request: Request) -> Role:
        """What a device is to become.

        Raises:
            RefusedError: there is no such role, no such athlete, or the two do not go together
        """
        if asked.role not in BY_DIGITS:
            raise RefusedError(400, f"role is {' or '.join(BY_DIGITS)}", "role")
        names = await self._site.names(visitor_of(request))
        if asked.athlete is not None and (asked.role != Role.RUNNER or asked.athlete not in names):
            raise RefusedError(400, (await self._site.words(None)).page.no_such_choice, "athlete")
        return Role(asked.role)

    async def end(self, request: Request) -> Response:
        """End a device."""
        visitor, id_ = visitor_of(request), request.path_params["id"]
        device = next((one for one in self._list_seen(visitor) if one.id == id_), None)
        may_end = visitor.role in WRITERS or (device is not None and device.person == visitor.person)
        if device is None or not may_end:
            raise RefusedError(404, (await self._site.words(None)).page.device_gone)

        async def end() -> None:
            self._entry.end(device)

        if id_ == visitor.device:
            return Response(status_code=204, background=BackgroundTask(end))  # it hears of its own end
        await end()
        return Response(status_code=204)

    def _rows(self, visitor: Visitor) -> list[dict[str, Any]]:
        return [_row(one) for one in self._list_seen(visitor)]

    def _list_seen(self, visitor: Visitor) -> list[Device]:
        """Those that are in, as far as they are for whoever asks."""
        return [one for one in self._entry.devices.all(wall_time_s()) if _is_for(visitor, one)]


def _is_for(visitor: Visitor, device: Device) -> bool:
    """Whether somebody may know of a device: of their own, of whoever is in their caseload, and of every screen."""
    if device.role is Role.RUNNER:
        return visitor.owns(device.athlete or "", "")
    return device.role is Role.SCREEN or visitor.role in {Role.DESK, Role.LEAD} or device.person == visitor.person


def _row(device: Device) -> dict[str, Any]:
    shown = ("id", "role", "athlete", "person", "kind", "address")
    times = {"since": round(device.since_s), "until": round(device.until_s)}
    return {**{name: getattr(device, name) for name in shown}, **times}

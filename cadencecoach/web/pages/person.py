"""Who is signed in on this browser, as what, and for how long; and the way out. For people of a clinic's store."""

from typing import Final

from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from cadencecoach.devices.clock import wall_time_s
from cadencecoach.devices.command_line import command_line
from cadencecoach.web.entry import Entry
from cadencecoach.web.people import IDLE_S
from cadencecoach.web.rows import Role, visitor_of
from cadencecoach.web.site import CHOSEN, Site

S_PER_MIN: Final = 60


class PersonPage:
    """The routes of the page."""

    def __init__(self, site: Site) -> None:
        """Ask the site."""
        self._site, self._entry = site, site.entry

    async def show(self, request: Request) -> Response:
        """Show the page."""
        texts = (await self._site.words(None)).page
        rights = {
            Role.LEAD: texts.may_lead,
            Role.CLINICIAN: texts.may_clinician,
            Role.READER: texts.may_reader,
            Role.RESEARCHER: texts.may_researcher,
        }
        visitor = visitor_of(request)
        return await self._site.page(
            request,
            "person.html",
            None,
            rights=rights[visitor.role],
            n_minutes=round(IDLE_S / S_PER_MIN),
            tables=command_line("cohort build FOLDER --for research") if visitor.role is Role.RESEARCHER else "",
        )

    async def tell(self, request: Request) -> Response:
        """Tell who is signed in, and in how many seconds nobody will be, if nobody does anything."""
        visitor, people = visitor_of(request), self._entry.people
        left_s = 0.0 if people is None else people.left_s(visitor)
        return JSONResponse({"person": visitor.person, "role": visitor.role, "left_s": round(left_s, 1)})

    async def sign_out(self, request: Request) -> Response:
        """End it: the cookie is good for nothing any more, also where somebody has kept it."""
        visitor, people = visitor_of(request), self._entry.people
        response = Response(status_code=204, background=BackgroundTask(_end, self._entry, visitor.device))
        for name in (self._entry.addresses.cookie_name, CHOSEN):
            response.delete_cookie(name, httponly=True, samesite="strict")
        if people is not None:
            await people.note(visitor.person, "sign out")
        return response


async def _end(entry: Entry, id_: str) -> None:
    """After the answer, which is sent to it."""
    device = entry.devices.find(id_, wall_time_s())
    if device is not None:
        entry.end(device)

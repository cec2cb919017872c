"""The caseload: who needs somebody today, worst first; alerts taken on and closed. For the desk, and its first page."""

import asyncio
from functools import partial
from typing import Final

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from cadencecoach.clinic.caseload import owners_of, select_owned
from cadencecoach.desk.caseload.acting import LONGEST, close_alert, own_alert
from cadencecoach.desk.caseload.looking import Caseload, look_at_caseload
from cadencecoach.devices.clock import wall_time_utc
from cadencecoach.devices.command_line import command_line
from cadencecoach.errors import CadencecoachError
from cadencecoach.store.athlete_log import today_here
from cadencecoach.store.protocol import TellProgress
from cadencecoach.view.caseload.page import caseload_parts, owner_links
from cadencecoach.web.asked import RefusedError, fields_in, text_in
from cadencecoach.web.once import Once
from cadencecoach.web.rows import json_of, visitor_of
from cadencecoach.web.site import CHOSEN, Site, stay_with

ALERT_FIELDS: Final = frozenset({"id", "athlete", "alert", "act", "by", "reason", "more"})
OWN, CLOSE = "own", "close"


class CaseloadPage:
    """The routes of the page."""

    def __init__(self, site: Site) -> None:
        """Ask the site."""
        self._site = site
        self._done: Once[dict[str, object]] = Once()

    async def show(self, request: Request) -> Response:
        """Show the page."""
        practice = request.query_params.get("practice") == "1"
        if (waits := await self._site.reading.sessions(request)) is not None:
            return waits
        found = await self._site.reading.lines(request, partial(self._look, practice=practice))
        if isinstance(found, Response):
            return found
        owner, who = request.query_params.get("owner", ""), self._site.author(visitor_of(request))
        shown = select_owned(found.patients, owner) if owner else found.patients
        ways = owner_links(owners_of(found.patients), owner, who, is_practice=practice)
        parts = caseload_parts(found.day, shown, is_practice=found.is_practice, opens="/patients/", ways=ways)
        response = await self._site.page(
            request,
            "caseload.html",
            await self._site.athlete(request),
            parts=Markup(parts.text),  # noqa: S704  # escaped where it was drawn
            who=who,
            keep_command="" if found.patients else command_line("athlete new NAME"),
            n_practice=found.n_practice,
            is_practice=practice,
        )
        if CHOSEN not in request.cookies:  # Today is one touch away, and does not lead back here
            stay_with(response, None)
        return response

    def _look(self, tell: TellProgress, *, practice: bool) -> Caseload:
        found = look_at_caseload(self._site.store, today_here(), practice=practice, tell=tell)
        self._site.store.note("caseload", "list")
        return found

    async def act(self, request: Request) -> Response:
        """Take an alert on, or close it."""
        told = fields_in(await json_of(request), ALERT_FIELDS)
        asked = {name: text_in(told, name) for name in ("id", "athlete", "alert", "act", "by")}
        asked["by"] = visitor_of(request).person or asked["by"]  # whoever has signed in acts under no other name
        reason = told.get("reason", "")
        if asked["act"] not in {OWN, CLOSE}:
            raise RefusedError(400, f"act is {OWN} or {CLOSE}", "act")
        if not isinstance(reason, str) or len(reason) > LONGEST or (asked["act"] == CLOSE and not reason.strip()):
            raise RefusedError(400, f"reason is a text of 1 to {LONGEST} characters", "reason")
        more = told.get("more")
        if more is not None and (type(more) is not int or more < 0):
            raise RefusedError(400, "more is the number that the alert had", "more")
        names = await asyncio.to_thread(self._site.store.athlete_names)
        if asked["athlete"] not in names:
            raise RefusedError(404, "no such athlete", "athlete")
        return JSONResponse(
            await self._done.do(asked["id"], lambda: asyncio.to_thread(self._write, asked, reason, more)), 201
        )

    def _write(self, asked: dict[str, str], reason: str, more: int | None) -> dict[str, object]:
        store, athlete, alert, by = self._site.store, asked["athlete"], asked["alert"], asked["by"]
        at, day = wall_time_utc(), today_here()
        try:
            if asked["act"] == OWN:
                taken = own_alert(store, athlete, alert, by, at=at, day=day)
                return {"alert": taken.id, "owner": by}
            closed, is_stopped = close_alert(
                store, athlete, alert, closed_by=by, reason=reason, at=at, day=day, seen=more
            )
        except CadencecoachError as error:
            raise RefusedError(409, str(error), "alert") from None
        return {"alert": closed.id, "closed_by": by, "is_stopped": is_stopped}

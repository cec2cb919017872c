"""Where a screen on the wall waits: for the next session, whose figures it then shows."""

import asyncio

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from cadencecoach.live.room.watching import room_now
from cadencecoach.web.rows import visitor_of
from cadencecoach.web.site import Site


class ScreenPage:
    """The routes of the page."""

    def __init__(self, site: Site) -> None:
        """Ask the site."""
        self._site = site

    async def show(self, request: Request) -> Response:
        """Show the page."""
        if await asyncio.to_thread(room_now) is not None:
            return RedirectResponse("/wall", 303)
        over = request.query_params.get("after")  # it is still ending, and would lead back to its last figures
        live = [one for one in self._site.sessions.live(visitor_of(request)) if one.name != over]
        if len(live) == 1:
            return RedirectResponse(f"/live/{live[0].name}", 303)
        return await self._site.page(request, "screen.html", None, live=[one.name for one in live])

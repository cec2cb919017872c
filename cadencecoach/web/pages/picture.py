"""The picture of a plan, as pages show it."""

import asyncio
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from cadencecoach.view.plan.svg import plan_svg
from cadencecoach.web.pages.today import offer_for
from cadencecoach.web.sessions import TODAY
from cadencecoach.web.site import PICTURE_POLICY, Site

NOT_FOUND: Final = 404


class PlanPicture:
    """The route of the picture."""

    def __init__(self, site: Site) -> None:
        """Ask the site."""
        self._site = site

    async def draw(self, request: Request) -> Response:
        """A plan as a picture; with its own style, as it stands in reports."""
        id_, plan = request.path_params["id"], None
        if id_ == TODAY:
            athlete = await self._site.athlete(request)
            offer = await offer_for(self._site, athlete, await self._site.words(athlete))
            plan = None if offer is None else offer.plan
        elif (one := (await self._site.plans()).get(id_)) is not None:
            plan = one.plan
        if plan is None:
            return Response(status_code=NOT_FOUND)
        drawn = await asyncio.to_thread(plan_svg, plan, None)
        return Response(drawn, 200, {"content-security-policy": PICTURE_POLICY}, "image/svg+xml")

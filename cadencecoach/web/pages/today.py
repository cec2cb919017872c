"""Today: what the athlete's programme offers, or a plan, or the metronome; and what runs already."""

import asyncio
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from cadencecoach.coach.metronome import HIGH_SPM, LOW_SPM
from cadencecoach.desk.today.offering import Offer, offer_today
from cadencecoach.live.opening.metronome import DEFAULT_SPM
from cadencecoach.store.athlete_log import today_here
from cadencecoach.view.plan.svg import plan_svg
from cadencecoach.web.api import session_row
from cadencecoach.web.choices import output_choices, plan_choices, sensor_choices
from cadencecoach.web.rows import RUNNERS, Row, visitor_of
from cadencecoach.web.sessions import TODAY
from cadencecoach.web.site import PICTURE_POLICY, Site

NOT_FOUND: Final = 404


class TodayPage:
    """The routes of the page."""

    def __init__(self, site: Site) -> None:
        """Ask the site."""
        self._site = site

    def rows(self) -> list[Row]:
        """All of them."""
        return [Row("GET", "/", RUNNERS, self._page), Row("GET", "/plans/{id}/picture.svg", RUNNERS, self._picture)]

    async def _page(self, request: Request) -> Response:
        athlete, visitor = await self._site.athlete(request), visitor_of(request)
        texts = (await self._site.words(athlete)).page
        offer = await self._offer(athlete)
        plans, sensors, outputs = await asyncio.gather(
            asyncio.to_thread(plan_choices),
            asyncio.to_thread(sensor_choices, texts),
            asyncio.to_thread(output_choices, texts),
        )
        return await self._site.page(
            request,
            "today.html",
            athlete,
            athletes=await self._site.names(visitor),
            offer=offer,
            live=[session_row(place, visitor) for place in self._site.sessions.live(visitor)],
            plans=sorted(plans.values(), key=lambda one: one.plan.duration_s or float("inf")),
            sensors=sensors.values(),
            outputs=outputs.values(),
            spm=DEFAULT_SPM,
            spm_range=(LOW_SPM, HIGH_SPM),
        )

    async def _offer(self, athlete: str | None) -> Offer | None:
        """What is offered today; None for a guest."""
        return (
            None if athlete is None else await asyncio.to_thread(offer_today, self._site.store, athlete, today_here())
        )

    async def _picture(self, request: Request) -> Response:
        """A plan as a picture; with its own style, as it stands in reports."""
        id_, plan = request.path_params["id"], None
        if id_ == TODAY:
            offer = await self._offer(await self._site.athlete(request))
            plan = None if offer is None else offer.plan
        elif id_ in plan_choices():
            plan = plan_choices()[id_].plan
        if plan is None:
            return Response(status_code=NOT_FOUND)
        drawn = await asyncio.to_thread(plan_svg, plan, None)
        return Response(drawn, 200, {"content-security-policy": PICTURE_POLICY}, "image/svg+xml")

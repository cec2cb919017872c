"""One plan before its start: its picture, its words, and what the athlete's programme and limits make of it."""

import asyncio
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from cadencecoach.desk.today.choosing import own_plan
from cadencecoach.errors import CadencecoachError
from cadencecoach.plan.phrasebook import Phrasebook
from cadencecoach.store.athlete_log import today_here
from cadencecoach.web.choices import PlanChoice, ready_values
from cadencecoach.web.site import Site

SEE_OTHER: Final = 303


class StartPage:
    """The routes of the page."""

    def __init__(self, site: Site) -> None:
        """Ask the site."""
        self._site = site

    async def show(self, request: Request) -> Response:
        """Show the page."""
        one = (await self._site.plans()).get(request.path_params["id"])
        if one is None:
            return RedirectResponse("/", SEE_OTHER)
        athlete = await self._site.athlete(request)
        words = await self._site.words(athlete)
        told, refusal = await asyncio.to_thread(self._tell, one, athlete, words)
        ready = await ready_values(self._site.store.machine, words.page)
        return await self._site.page(request, "start.html", athlete, plan=one, told=told, refusal=refusal, **ready)

    def _tell(self, one: PlanChoice, athlete: str | None, words: Phrasebook) -> tuple[tuple[str, ...], str]:
        """What an athlete should know before the start, or why there is none today; whoever starts is asked again."""
        if athlete is None:
            return (), ""
        try:
            chosen = own_plan(
                self._site.store, athlete, str(one.path), today_here(), surface="", baseline_spm=None, words=words
            )
        except CadencecoachError as error:
            return (), str(error)
        return chosen.lines, ""

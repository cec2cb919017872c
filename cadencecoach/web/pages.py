"""The pages: rendered here with every text escaped; what moves on them is drawn by our own scripts."""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from cadencecoach.coach.key_table import KEY_BY_NAME
from cadencecoach.coach.metronome import HIGH_SPM, LOW_SPM
from cadencecoach.coach.pain import STOPS_ABOVE, WORST
from cadencecoach.desk.today.offering import Offer, offer_today
from cadencecoach.live.opening.metronome import DEFAULT_SPM
from cadencecoach.plan.forms import fill
from cadencecoach.plan.page_texts import PageTexts
from cadencecoach.store.athlete_log import today_here
from cadencecoach.store.protocol import Store
from cadencecoach.view.plan.svg import plan_svg
from cadencecoach.web.api import session_row
from cadencecoach.web.asked import RefusedError
from cadencecoach.web.choices import output_choices, plan_choices, sensor_choices
from cadencecoach.web.sessions import TODAY, Sessions

HERE: Final = Path(__file__).parent
PICTURE_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'"


class Pages:
    """The routes that a person opens."""

    def __init__(self, store: Store, sessions: Sessions, texts: PageTexts) -> None:
        """Read the templates when they are needed."""
        self._store, self._sessions, self._texts = store, sessions, texts
        self._templates = Environment(
            loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
        )
        self._templates.globals.update(texts=texts, texts_json=json.dumps(asdict(texts)), fill=fill)

    def routes(self) -> list[BaseRoute]:
        """All of them."""
        return [
            Route("/", self._start),
            Route("/live/{id}", self._live),
            Route("/plans/{id}/picture.svg", self._picture),
            Mount("/static", StaticFiles(directory=HERE / "static")),
        ]

    async def _start(self, request: Request) -> Response:
        names = await asyncio.to_thread(self._store.athlete_names)
        athlete = self._athlete_in(request, names)
        offer = await self._offer(athlete)
        plans, sensors, outputs = await asyncio.gather(
            asyncio.to_thread(plan_choices),
            asyncio.to_thread(sensor_choices, self._store.machine, self._texts),
            asyncio.to_thread(output_choices, self._texts),
        )
        return self._page(
            "start.html",
            athletes=names,
            athlete=athlete,
            offer=offer,
            live=[session_row(place) for place in self._sessions.live()],
            plans=sorted(plans.values(), key=lambda one: one.plan.duration_s or float("inf")),
            sensors=sensors.values(),
            outputs=outputs.values(),
            spm=DEFAULT_SPM,
            spm_range=(LOW_SPM, HIGH_SPM),
        )

    def _athlete_in(self, request: Request, names: Sequence[str]) -> str | None:
        """Who is meant: the one that is named, else the only one there is; None is a guest."""
        named = request.query_params.get("athlete")
        if named is None:
            return names[0] if len(names) == 1 else None
        return named if named in names else None

    async def _offer(self, athlete: str | None) -> Offer | None:
        """What is offered today; None for a guest."""
        return None if athlete is None else await asyncio.to_thread(offer_today, self._store, athlete, today_here())

    async def _picture(self, request: Request) -> Response:
        """A plan as a picture; with its own style, as it stands in reports."""
        id_, plan = request.path_params["id"], None
        if id_ == TODAY:
            names = await asyncio.to_thread(self._store.athlete_names)
            offer = await self._offer(self._athlete_in(request, names))
            plan = None if offer is None else offer.plan
        elif id_ in plan_choices():
            plan = plan_choices()[id_].plan
        if plan is None:
            return Response(status_code=404)
        drawn = await asyncio.to_thread(plan_svg, plan, None)
        return Response(drawn, 200, {"content-security-policy": PICTURE_POLICY}, "image/svg+xml")

    async def _live(self, request: Request) -> Response:
        try:
            place = self._sessions.find(request.path_params["id"])
        except RefusedError:
            return RedirectResponse("/", 303)
        return self._page(
            "live.html",
            session=session_row(place),
            pain_levels=range(WORST + 1),
            pain_stops_from=STOPS_ABOVE + 1,
            keys_json=json.dumps({name: key.value for name, key in KEY_BY_NAME.items()}),
        )

    def _page(self, template: str, **values: object) -> Response:
        return HTMLResponse(self._templates.get_template(template).render(**values))

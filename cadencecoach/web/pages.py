"""The pages: rendered here with every text escaped; what moves on them is drawn by our own scripts."""

import asyncio
import json
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
from cadencecoach.live.opening.metronome import DEFAULT_SPM
from cadencecoach.plan.page_texts import PageTexts
from cadencecoach.plan.screen_texts import filled
from cadencecoach.web.api import session_row
from cadencecoach.web.asked import RefusedError
from cadencecoach.web.choices import output_choices, plan_choices, sensor_choices
from cadencecoach.web.sessions import Sessions

HERE: Final = Path(__file__).parent


class Pages:
    """The routes that a person opens."""

    def __init__(self, sessions: Sessions, texts: PageTexts) -> None:
        """Read the templates when they are needed."""
        self._sessions, self._texts = sessions, texts
        self._templates = Environment(
            loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
        )
        self._templates.globals.update(texts=texts, texts_json=json.dumps(asdict(texts)), filled=filled)

    def routes(self) -> list[BaseRoute]:
        """All of them."""
        return [
            Route("/", self._start),
            Route("/live/{id}", self._live),
            Mount("/static", StaticFiles(directory=HERE / "static")),
        ]

    async def _start(self, _: Request) -> Response:
        plans, sensors, outputs = await asyncio.gather(
            asyncio.to_thread(plan_choices),
            asyncio.to_thread(sensor_choices, self._texts),
            asyncio.to_thread(output_choices, self._texts),
        )
        return self._page(
            "start.html",
            live=[session_row(place) for place in self._sessions.live()],
            plans=sorted(plans.values(), key=lambda one: one.plan.duration_s or float("inf")),
            sensors=sensors.values(),
            outputs=outputs.values(),
            spm=DEFAULT_SPM,
            spm_range=(LOW_SPM, HIGH_SPM),
        )

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
            units="metric",
        )

    def _page(self, template: str, **values: object) -> Response:
        return HTMLResponse(self._templates.get_template(template).render(**values))

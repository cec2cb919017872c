"""A session that broke off is finished and saved, where nobody wants to go on with it."""

import asyncio
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from cadencecoach.desk.history.finishing import finish
from cadencecoach.errors import CadencecoachError
from cadencecoach.plan.phrasebook import Phrasebook
from cadencecoach.web.asked import RefusedError, fields_in, text_in
from cadencecoach.web.bodies import broken_off_session
from cadencecoach.web.rows import json_of
from cadencecoach.web.site import Site


class Finisher:
    """The route by which it is."""

    def __init__(self, site: Site) -> None:
        """Ask the site."""
        self._site = site

    async def finish(self, request: Request) -> Response:
        """Finish and save a session that nobody wants to go on with."""
        fields: Any = fields_in(await json_of(request), {"session"})
        athlete = await self._site.athlete(request)
        words = await self._site.words(athlete)
        await asyncio.to_thread(self._finish_by_id, text_in(fields, "session"), athlete, words)
        return JSONResponse({"says": words.page.finished_it})

    def _finish_by_id(self, session: str, athlete: str | None, words: Phrasebook) -> None:
        one = broken_off_session(self._site.store, session, athlete, words)
        try:
            finish(self._site.store, one.kept.path)
        except CadencecoachError as error:
            raise RefusedError(409, str(error), "session") from None

"""Live: the session as it runs; everything that moves on it is drawn by our own scripts."""

import json

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from cadencecoach.coach.key_table import KEY_BY_NAME, Mode, rows_of
from cadencecoach.coach.pain import STOPS_ABOVE, WORST
from cadencecoach.plan.phrasebook import Phrasebook
from cadencecoach.web.asked import RefusedError
from cadencecoach.web.rows import Role, visitor_of
from cadencecoach.web.sessions import athlete_of, session_row
from cadencecoach.web.site import Site


class LivePage:
    """The routes of the page."""

    def __init__(self, site: Site) -> None:
        """Ask the site."""
        self._site = site

    async def show(self, request: Request) -> Response:
        """Show the page."""
        visitor = visitor_of(request)
        try:
            place = self._site.sessions.find(request.path_params["id"], visitor)
        except RefusedError:
            return RedirectResponse("/", 303)
        athlete = athlete_of(place) or None
        words = await self._site.words(None if visitor.role is Role.SCREEN else athlete)
        return await self._site.page(
            request,
            "live.html",
            None if visitor.role is Role.SCREEN else athlete,
            session=session_row(place, visitor),
            key_rows=[(mode.value, _key_rows(words, mode)) for mode in Mode],
            pain_levels=range(WORST + 1),
            pain_stops_from=STOPS_ABOVE + 1,
            keys_json=json.dumps({name: key.value for name, key in KEY_BY_NAME.items()}),
        )


def _key_rows(words: Phrasebook, mode: Mode) -> list[tuple[str, str]]:
    """The keys of the keyboard and what they do, as the terminal's `--help` has them."""
    return [(row.names_text(told, words.keys), told.help(words.keys)) for row, told in rows_of(mode)]

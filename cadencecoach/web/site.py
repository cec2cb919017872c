"""What every page is handed: where things are kept, the live sessions, the words of whoever reads, the templates."""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from cadencecoach.plan.forms import fill
from cadencecoach.plan.phrasebook import Phrasebook
from cadencecoach.store.protocol import Store
from cadencecoach.store.stored import reader_words
from cadencecoach.web.asked import RefusedError
from cadencecoach.web.rows import DESK, RUNNERS, Role, Visitor, visitor_of
from cadencecoach.web.sessions import Sessions

HERE: Final = Path(__file__).parent
PICTURE_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'"


@dataclass(frozen=True, slots=True)
class Link:
    """One entry of the navigation.

    Attributes:
        path: of the page
        text: the row of `PageTexts` with its name
        roles: who may open it
    """

    path: str
    text: str
    roles: frozenset[Role]


# In the order they are shown.
LINKS: Final = (Link("/", "today", RUNNERS), Link("/devices", "devices", DESK))


class Site:
    """What pages share.

    Args:
        store: where athletes are kept
        sessions: those that run
    """

    def __init__(self, store: Store, sessions: Sessions) -> None:
        """Read the templates when they are needed."""
        self.store, self.sessions = store, sessions
        self._templates = Environment(
            loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
        )
        self._templates.globals.update(fill=fill)

    async def names(self, visitor: Visitor) -> Sequence[str]:
        """The athletes that a visitor may choose from: at the desk those that are kept, elsewhere none."""
        return await asyncio.to_thread(self.store.athlete_names) if visitor.role is Role.DESK else ()

    async def athlete(self, request: Request) -> str | None:
        """Who is meant: a runner's device has its own; at the desk the one that is named, else the only one there is.

        None is a guest.

        Raises:
            RefusedError: the athlete of a runner's device is not kept here any more
        """
        visitor = visitor_of(request)
        if visitor.role is not Role.DESK:
            if visitor.athlete is not None and visitor.athlete not in await asyncio.to_thread(self.store.athlete_names):
                raise RefusedError(404, (await self.words(None)).page.no_such_choice)
            return visitor.athlete
        names, named = await self.names(visitor), request.query_params.get("athlete")
        if named is None:
            return names[0] if len(names) == 1 else None
        return named if named in names else None

    async def words(self, athlete: str | None) -> Phrasebook:
        """The words of whoever reads: the athlete's language, else that of the settings."""
        return await asyncio.to_thread(reader_words, self.store, athlete)

    async def page(self, request: Request, template: str, athlete: str | None, **values: object) -> Response:
        """A page in the words of whoever reads it.

        Args:
            request: what was asked
            template: its file
            athlete: who is meant; None is a guest
            values: for the template, beside `words`, `texts`, `texts_json`, `athlete`, `links`, `path`, `role`
        """
        words, visitor = await self.words(athlete), visitor_of(request)
        texts = words.page
        told = {
            "words": words,
            "texts": texts,
            "texts_json": json.dumps({name: text for name, text in asdict(texts).items() if name != "forms"}),
            "athlete": athlete,
            "links": [(link.path, getattr(texts, link.text)) for link in LINKS if visitor.role in link.roles],
            "path": request.url.path,
            "role": visitor.role,
        }
        return HTMLResponse(self._templates.get_template(template).render(**told, **values))

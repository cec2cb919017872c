"""What every page is handed: where things are kept, the live sessions, the words of whoever reads, the templates."""

import asyncio
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final, TypeVar

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from cadencecoach.devices.work.answering import Answerer
from cadencecoach.errors import CadencecoachError
from cadencecoach.plan.forms import fill
from cadencecoach.plan.phrasebook import Phrasebook
from cadencecoach.store.protocol import Store
from cadencecoach.store.stored import reader_words
from cadencecoach.view.drawing.style import PICTURE_STYLE, hash_of
from cadencecoach.web.asked import RefusedError
from cadencecoach.web.jobs import Jobs
from cadencecoach.web.rows import DESK, RUNNERS, Role, visitor_of
from cadencecoach.web.sessions import Sessions

T = TypeVar("T")

HERE: Final = Path(__file__).parent
PICTURE_POLICY: Final = f"default-src 'none'; style-src '{hash_of(PICTURE_STYLE)}'"


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
LINKS: Final = (
    Link("/", "today", RUNNERS),
    Link("/metronome", "metronome", RUNNERS),
    Link("/sessions", "sessions", RUNNERS),
    Link("/plans", "plans", DESK),
    Link("/sensors", "sensors", DESK),
    Link("/settings", "settings", DESK),
)


class Site:
    """What pages share.

    Args:
        store: where athletes are kept
        sessions: those that run
        jobs: what takes over a second
    """

    def __init__(self, store: Store, sessions: Sessions, jobs: Jobs) -> None:
        """Read the templates when they are needed."""
        self.store, self.sessions, self.jobs = store, sessions, jobs
        self._answerer = Answerer()
        self._templates = Environment(
            loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
        )
        self._templates.globals.update(fill=fill, zip=zip)

    async def names(self) -> Sequence[str]:
        """The athletes that are kept."""
        return await asyncio.to_thread(self.store.athlete_names)

    async def athlete(self, request: Request) -> str | None:
        """Who is meant: a runner's device has its own; at the desk the one that is named, else the only one there is.

        None is a guest.
        """
        visitor = visitor_of(request)
        if visitor.role is not Role.DESK:
            return visitor.athlete
        names, named = await self.names(), request.query_params.get("athlete")
        if named is None:
            return names[0] if len(names) == 1 else None
        return named if named in names else None

    async def words(self, athlete: str | None) -> Phrasebook:
        """The words of whoever reads: the athlete's language, else that of the settings."""
        return await asyncio.to_thread(reader_words, self.store, athlete)

    async def look(self, function: Callable[..., T], *given: object) -> T:
        """What a function at the top of a module makes of something that was sent, in a process of its own.

        Raises:
            RefusedError: it takes too long, or cannot be read; in the words of whatever the function raised
        """
        try:
            return await asyncio.to_thread(self._answerer.ask, function, *given)
        except CadencecoachError as error:
            raise RefusedError(409, str(error)) from None

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

"""What every page is handed: where things are kept, the live sessions, the words of whoever reads, the templates."""

import asyncio
import json
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from copy import copy
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final, TypeVar

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from cadencecoach.devices.account import account_name
from cadencecoach.devices.background.answering import Answerer
from cadencecoach.errors import CadencecoachError, UsageError
from cadencecoach.live.room.state import found_rooms
from cadencecoach.plan.forms import fill
from cadencecoach.plan.phrasebook import Phrasebook
from cadencecoach.store.protocol import UserStore
from cadencecoach.store.stored import reader_words
from cadencecoach.view.drawing.style import PICTURE_STYLE, hash_of
from cadencecoach.web.asked import RefusedError
from cadencecoach.web.choices import PlanChoice, plan_choices
from cadencecoach.web.entry import Entry
from cadencecoach.web.jobs import Jobs
from cadencecoach.web.reading import Reading
from cadencecoach.web.rows import MAY_RUN, MAY_SEE_RUNS, PEOPLE, READERS, Role, Visitor, visitor_of
from cadencecoach.web.sessions import Sessions

T = TypeVar("T")

HERE: Final = Path(__file__).parent
PICTURE_POLICY: Final = f"default-src 'none'; style-src '{hash_of(PICTURE_STYLE)}'"


@dataclass(frozen=True, slots=True)
class PageLink:
    """One entry of the navigation.

    Attributes:
        path: of the page
        text: the row of `PageTexts` with its name
        roles: who may open it
    """

    path: str
    text: str
    roles: frozenset[Role]


WALL: Final = "/wall"  # nobody is led to the lanes of a room where there is none
# In the order they are shown.
LINKS: Final = (
    PageLink("/caseload", "caseload", READERS),
    PageLink("/", "today", MAY_SEE_RUNS),
    PageLink("/checkin", "check_in", MAY_SEE_RUNS),
    PageLink("/metronome", "metronome", MAY_SEE_RUNS),
    PageLink("/sessions", "sessions", MAY_SEE_RUNS),
    PageLink(WALL, "lanes", READERS),
    PageLink("/plans", "plans", READERS),
    PageLink("/learn", "read", MAY_SEE_RUNS),
    PageLink("/sensors", "sensors", READERS),
    PageLink("/devices", "devices", READERS),
    PageLink("/settings", "settings", READERS),
    PageLink("/person", "signed_in", PEOPLE),
)
MAX_SITES: Final = 64
CHOSEN: Final = "cadencecoach-athlete"  # a cookie: whom the desk has named last
# Compiled once a process, whatever is served from it: that takes ten times as long as to fill one in.
TEMPLATES: Final = Environment(
    loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
)
TEMPLATES.globals.update(fill=fill, zip=zip)


class Site:
    """What pages share.

    Args:
        store: where athletes are kept
        entry: who may use it, and where it is reached
    """

    def __init__(self, store: UserStore, entry: Entry) -> None:
        """Read the settings.

        Raises:
            UsageError: the settings cannot be used
        """
        self.store, self.entry, self.texts = store, entry, reader_words(store).page
        self.sessions, self.jobs = Sessions(store, self.texts), Jobs(store.machine, self.texts)
        self.reading, self._answerer = Reading(store, self.jobs, self.page), Answerer()
        self.pages: dict[str, Any] = {}  # that were asked for, by the name of their class
        self._others: OrderedDict[str, Site] = OrderedDict()

    def serving(self, visitor: Visitor) -> "Site":
        """The site as whoever asks sees it: with a store of their own, and pages that remember nothing of others.

        Raises:
            RefusedError: they are out meanwhile
        """
        if self.entry.people is None or not visitor.person:
            return self
        store, site = self.entry.people.store_of(visitor), self._others.pop(visitor.device, None)
        if site is None or site.store is not store:
            site = copy(self)
            site.store, site.pages, site.reading = store, {}, Reading(store, site.jobs, site.page)
        self._others[visitor.device] = site
        while len(self._others) > MAX_SITES:
            self._others.popitem(last=False)
        return site

    def author(self, visitor: Visitor) -> str:
        """Who acts: whoever has signed in, else the account of this computer, which is a label and no proof."""
        return visitor.person or account_name()

    async def plans(self) -> Mapping[str, PlanChoice]:
        """The plans there are, by id."""
        return await asyncio.to_thread(plan_choices, self.store.machine)

    async def names(self, visitor: Visitor) -> Sequence[str]:
        """The athletes that a visitor may choose from: at the desk those that are kept, elsewhere none."""
        return await asyncio.to_thread(self.store.athlete_names) if visitor.is_desk else ()

    async def athlete(self, request: Request) -> str | None:
        """Who is meant: a device's own athlete; at the desk the one named now or last, else the only one there is.

        None is a guest.

        Raises:
            RefusedError: the athlete of a runner's device is not kept here any more
        """
        visitor = visitor_of(request)
        if not visitor.is_desk:
            if visitor.athlete is not None and visitor.athlete not in await asyncio.to_thread(self.store.athlete_names):
                raise RefusedError(404, (await self.words(None)).page.no_such_choice)
            return visitor.athlete
        names, last = await self.names(visitor), request.cookies.get(CHOSEN)
        only = names[0] if len(names) == 1 else None
        named = request.query_params.get("athlete", last if last in {"", *names} else only)
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

    async def page(
        self, request: Request, template: str, athlete: str | None, *, stays: bool = True, **values: object
    ) -> Response:
        """A page in the words of whoever reads it.

        Args:
            request: what was asked
            template: its file
            athlete: who is meant; None is a guest
            stays: the browser of a desk stays with whom its address names
            values: for the template, beside `texts_json`, `links`, `path`, and what `part` adds
        """
        words, visitor = await self.words(athlete), visitor_of(request)
        texts, path = words.page, request.url.path
        told = {
            "texts_json": json.dumps({name: text for name, text in asdict(texts).items() if name != "forms"}),
            "links": [
                (link.path, fill(getattr(texts, link.text), person=visitor.person))
                for link in LINKS
                if visitor.role in link.roles and (link.path != WALL or path == WALL or await _has_rooms())
            ],
            "path": path,
        }
        response = self.part(request, template, words, athlete, **told, **values)
        # Neither a filter nor a name that nobody has makes the next session one of a guest, whom no limit protects.
        if visitor.is_desk and stays and request.query_params.get("athlete") == (athlete or ""):
            stay_with(response, athlete)
        return response

    def part(
        self, request: Request, template: str, words: Phrasebook, athlete: str | None, **values: object
    ) -> HTMLResponse:
        """What a template makes of values: a part of a page, that a script puts into it.

        Args:
            request: what was asked
            template: its file
            words: of whoever reads it
            athlete: who is meant; None is a guest
            values: for the template, beside `words`, `texts`, `athlete`, `role`, `is_desk`, `may_write`, `person`
        """
        visitor = visitor_of(request)
        told = {"words": words, "texts": words.page, "athlete": athlete, "role": visitor.role}
        told |= {"is_desk": visitor.is_desk, "may_write": visitor.role in MAY_RUN}
        told |= {"person": visitor.person if visitor.role in PEOPLE else ""}
        return HTMLResponse(TEMPLATES.get_template(template).render(**(told | values)))


async def _has_rooms() -> bool:
    try:
        return bool(await asyncio.to_thread(found_rooms))
    except UsageError:  # there is no private folder, and so no room
        return False


def stay_with(response: Response, athlete: str | None) -> None:
    """Let the browser of a desk stay with an athlete, or with a guest, until it names another."""
    response.set_cookie(CHOSEN, athlete or "", httponly=True, samesite="strict")

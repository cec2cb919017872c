"""The six texts to read, as `learn` has them."""

from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from cadencecoach.view.lessons import LESSONS
from cadencecoach.web.site import Site

SEE_OTHER: Final = 303


class LearnPage:
    """The routes of the page."""

    def __init__(self, site: Site) -> None:
        """Ask the site."""
        self._site = site

    async def show_contents(self, request: Request) -> Response:
        """Show what there is to read."""
        athlete = await self._site.athlete(request)
        titles = {name: one.title((await self._site.words(athlete)).lessons) for name, one in LESSONS.items()}
        return await self._site.page(request, "learn.html", athlete, titles=titles)

    async def show_text(self, request: Request) -> Response:
        """Show a text."""
        name = request.path_params["name"]
        if name not in LESSONS:
            return RedirectResponse("/learn", SEE_OTHER)
        athlete = await self._site.athlete(request)
        lessons, names = (await self._site.words(athlete)).lessons, list(LESSONS)
        title, *paragraphs = LESSONS[name].rows(lessons)
        after = names[(names.index(name) + 1) % len(names)]
        return await self._site.page(
            request,
            "lesson.html",
            athlete,
            title=title,
            paragraphs=paragraphs,
            sources=LESSONS[name].sources,
            after=(after, LESSONS[after].title(lessons)),
        )

"""The first time: one question a screen, from the table of `begin`. No answer is kept, and none is in an address."""

import asyncio
import json
from collections.abc import Sequence
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from cadencecoach.desk.begin.asking import USUAL_NAME
from cadencecoach.desk.begin.steps import ATHLETE, ENDINGS, STEPS, Ending, Reached, Step, follow
from cadencecoach.devices.command_line import command_line
from cadencecoach.errors import CadencecoachError
from cadencecoach.plan.forms import fill
from cadencecoach.plan.phrasebook import Phrasebook
from cadencecoach.record.profile import Profile
from cadencecoach.store.athlete_log import today_here
from cadencecoach.store.athlete_names import check_name
from cadencecoach.store.plan_files import open_plan, packed_plans
from cadencecoach.store.roster import make_athlete
from cadencecoach.view.lessons import LESSONS
from cadencecoach.web.asked import RefusedError, fields_in, text_in
from cadencecoach.web.choices import AUTO, ready_values
from cadencecoach.web.rows import json_of, visitor_of
from cadencecoach.web.site import Site, stay_with

MAX_KEYS: Final = 16
DEMO: Final = {"plan": "demo", "feet": "sim"}  # what the demonstration plays


class BeginPage:
    """The routes of the page."""

    def __init__(self, site: Site) -> None:
        """Ask the site."""
        self._site = site

    async def show(self, request: Request) -> Response:
        """Show the page."""
        athlete = await self._site.athlete(request)
        template, values = await self._screen(request, athlete, await self._site.words(athlete), "")
        return await self._site.page(request, "begin.html", athlete, part=template, **values)

    async def take_step(self, request: Request) -> Response:
        """The screen that the keys of the answers lead to."""
        fields: Any = fields_in(await json_of(request), {"keys"})
        keys = fields.get("keys")
        if not isinstance(keys, str) or len(keys) > MAX_KEYS:
            raise RefusedError(400, f"keys are a text of at most {MAX_KEYS} characters", "keys")
        athlete = await self._site.athlete(request)
        words = await self._site.words(athlete)
        template, values = await self._screen(request, athlete, words, keys)
        return self._site.part(request, template, words, athlete, **values)

    async def _screen(
        self, request: Request, athlete: str | None, words: Phrasebook, keys: str
    ) -> tuple[str, dict[str, Any]]:
        """The template of a screen, and what it needs."""
        try:
            reached = follow(keys)
        except KeyError:
            raise RefusedError(400, words.page.no_such_choice, "keys") from None
        values: dict[str, Any] = {"keys": keys}
        if isinstance(reached.at, Step):
            asked = STEPS[reached.at]
            choices = [(one.key, one.row(words.begin), bool(one.words)) for one in asked.choices]
            asks, mark, more = asked.row(words.begin).partition("?")
            values |= {"question": (asks + mark, more.strip()), "choices": choices}
            return "begin_step.html", values
        names = await self._site.names(visitor_of(request))
        name = athlete or (names[0] if len(names) == 1 else USUAL_NAME)
        values |= {
            "name": name,
            **_ending_values(reached.at, reached, words, name),
            **await ready_values(self._site.store.machine, words.page),
        }
        values["asks_name"] = values["is_kept"] and visitor_of(request).is_desk
        return "begin_ending.html", values

    async def name_athlete(self, request: Request) -> Response:
        """Keep an athlete under a name; one who is kept already stays as they are, so that it may be asked again."""
        name = text_in(fields_in(await json_of(request), {"name"}), "name")
        try:
            await asyncio.to_thread(self._keep, name)
        except CadencecoachError as error:
            raise RefusedError(400, str(error).removeprefix("--athlete "), "name") from None
        response = JSONResponse({"athlete": name})
        stay_with(response, name)
        return response

    def _keep(self, name: str) -> None:
        if check_name(name) not in self._site.store.athlete_names():
            make_athlete(self._site.store, Profile(athlete=name, created=today_here()))


def _ending_values(ending: Ending, reached: Reached, words: Phrasebook, name: str) -> dict[str, Any]:
    """An ending for its template."""
    told, texts = ENDINGS[ending], words.begin
    starts = [(one, start_of(one.words)) for one in told.offers if not one.words.startswith("learn ")]
    session = next((start for one, start in starts if one.is_session), None)
    lessons = [one.words.removeprefix("learn ") for one in told.offers if one.words.startswith("learn ")]
    return {
        "title": told.title(texts),
        "paragraphs": told.paragraphs(texts, reached.answers),
        "session": None if session is None else json.dumps(session),
        "feet": "" if session is None else session.get("feet", ""),
        "is_kept": any(ATHLETE in one.words for one in told.offers),
        "demo": json.dumps(DEMO),
        "lessons": [(one, LESSONS[one].title(words.lessons)) for one in lessons],
        "later": [_later(command, words, name) for command in told.later(reached.answers)],
    }


def start_of(command: str) -> dict[str, Any]:
    """What a request for a session asks for, of a command of ours."""
    match command.split():
        case ["run", plan, *flags]:
            return {"plan": plan} | ({"feet": _value(flags, "--feet")} if "--feet" in flags else {"feet": AUTO})
        case ["metronome", spm]:
            return {"metronome": {"spm": float(spm)}, "feet": "none"}
        case _:
            return DEMO


def _value(flags: Sequence[str], name: str) -> str:
    return flags[flags.index(name) + 1]


def _later(command: str, words: Phrasebook, name: str) -> tuple[str, str]:
    """A command for another day: the page where it is done, and its words; without a page, the command to be typed."""
    match command.split():
        case ["begin"]:
            return "/begin", words.page.ask_again
        case ["run", plan, *_] if plan in packed_plans():
            called = words.of_plan(open_plan(packed_plans()[plan]).name)
            return f"/run/{plan}", fill(words.page.later_plan, plan=called)
        case _:
            typed = command_line(command.replace(ATHLETE, name))
            return "", typed

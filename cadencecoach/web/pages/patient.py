"""One patient, for the desk: what is known, what comes next and why, and what a clinician does and writes down."""

import asyncio
from collections.abc import Callable, Mapping
from typing import Any, Final

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from cadencecoach.desk.athletes.findings import FindingWords, add_finding, side_named
from cadencecoach.desk.athletes.messages import LONGEST_MESSAGE, mark_read, write_message
from cadencecoach.desk.athletes.missed import mend_log
from cadencecoach.desk.athletes.playbook import playbook_sheet
from cadencecoach.desk.athletes.withdrawing import LONGEST_REASON
from cadencecoach.desk.history.progress import athlete_progress
from cadencecoach.desk.patient.looking import look_at_patient
from cadencecoach.desk.programmes.acting import Act, ActAsked, Foreseen, act_on_programme, foresee_act
from cadencecoach.desk.programmes.giving import (
    GIVE,
    GivingAsked,
    foresee_giving,
    give_programme,
    programmes_to_give,
)
from cadencecoach.devices.clock import wall_time_utc
from cadencecoach.errors import CadencecoachError
from cadencecoach.record.entries import Side, To
from cadencecoach.record.entry_lines import DESK, entry_id
from cadencecoach.record.messages import unread_messages
from cadencecoach.store.athlete_log import today_here
from cadencecoach.store.author_and_device import author_named
from cadencecoach.view.drawing.style import PICTURE_STYLE
from cadencecoach.view.patient.page import patient_parts
from cadencecoach.view.report.playbook import playbook_page
from cadencecoach.view.report.progress.page import progress_page
from cadencecoach.web.asked import RefusedError, choice_in, fields_in, number_in, optional_text, text_in
from cadencecoach.web.once import Once
from cadencecoach.web.pages.sessions import REPORT_POLICY
from cadencecoach.web.people import leaving
from cadencecoach.web.rows import json_of, visitor_of
from cadencecoach.web.site import Site

ACT_FIELDS: Final = frozenset({"act", "number", "programme", "text"})
FINDING_FIELDS: Final = frozenset({"id", "what", "side", "value", "unit", "method", "note", "day", "file"})
WRITTEN_TO: Final = (To.RUNNER.value, To.NOTES.value)
MAX_SESSIONS: Final = 10_000
MAX_READ: Final = 100
LARGEST: Final = 1e6


class PatientPage:
    """The routes of the page."""

    def __init__(self, site: Site) -> None:
        """Ask the site."""
        self._site = site
        self._done: Once[dict[str, object]] = Once()

    async def show(self, request: Request) -> Response:
        """Show the page; one clear line where nobody of that name is kept."""
        try:
            athlete = await self._athlete(request)
        except RefusedError as error:
            return await self._trouble(request, error)
        if (waits := await self._site.reading.sessions(request)) is not None:
            return waits
        one = await asyncio.to_thread(look_at_patient, self._site.store, athlete, today_here())
        return await self._site.page(
            request,
            "patient.html",
            athlete,
            stays=False,
            name=athlete,
            parts=Markup(patient_parts(one).text),  # noqa: S704  # escaped where it was drawn
            who=self._site.author(visitor_of(request)),
        )

    async def send_style(self, _: Request) -> Response:
        """The look of pictures that stand in a page."""
        return Response(PICTURE_STYLE, 200, media_type="text/css")

    async def show_progress(self, request: Request) -> Response:
        """The progress page, to read or print."""

        def draw(athlete: str) -> str:
            mend_log(self._site.store, athlete)
            sheet = athlete_progress(self._site.store, athlete, today_here())  # with the next session, and why
            if not sheet.progress.sessions:
                raise RefusedError(409, f"{athlete} has no runs yet", "athlete")
            return progress_page(sheet)

        return await self._report(request, draw)

    async def show_playbook(self, request: Request) -> Response:
        """The playbook, to print and give to the runner: without the clinician's notes."""

        def draw(athlete: str) -> str:
            return playbook_page(playbook_sheet(self._site.store, athlete, with_notes=False))

        return await self._report(request, draw)

    async def _report(self, request: Request, draw: Callable[[str], str]) -> Response:
        """A page that stands for itself, with the policy it carries; where it cannot be made, a page that says why."""
        try:
            athlete = await self._athlete(request)
            if (waits := await self._site.reading.sessions(request)) is not None:
                return waits
            page = await self._do_or_refuse(lambda: draw(athlete))
        except RefusedError as error:
            return await self._trouble(request, error)
        headers = {"content-security-policy": REPORT_POLICY, **leaving(visitor_of(request))}
        return Response(page, 200, headers, "text/html; charset=utf-8")

    async def _trouble(self, request: Request, error: RefusedError) -> Response:
        page = await self._site.page(request, "trouble.html", None, error=str(error))
        page.status_code = error.status
        return page

    async def foresee(self, request: Request) -> Response:
        """What an act would do, in words; nothing is written."""
        athlete, told = await self._athlete(request), fields_in(await json_of(request), ACT_FIELDS)
        asked, store = _act_in(athlete, told), self._site.store

        def foresee() -> Foreseen:
            return foresee_giving(store, asked) if isinstance(asked, GivingAsked) else foresee_act(store, asked)

        found = await self._do_or_refuse(foresee)
        return JSONResponse({"lines": list(found.lines), "seen": found.mark})

    async def act(self, request: Request) -> Response:
        """Do it, once however often it is sent, with its reason."""
        athlete = await self._athlete(request)
        told = fields_in(await json_of(request), ACT_FIELDS | {"id", "because", "seen"})
        id_, seen, because = text_in(told, "id"), text_in(told, "seen"), told.get("because")
        if not isinstance(because, str) or not 0 < len(because.strip()) <= LONGEST_REASON:
            raise RefusedError(400, f"because is the reason, a text of 1 to {LONGEST_REASON} characters", "because")
        asked, store = _act_in(athlete, told, because), self._site.store

        def done() -> dict[str, object]:
            if isinstance(asked, GivingAsked):
                return {"lines": list(give_programme(store, asked, seen=seen))}
            return {"lines": list(act_on_programme(store, asked, seen=seen))}

        return await self._once(athlete, id_, done)

    async def add_finding(self, request: Request) -> Response:
        """Write a finding down; a file of it was sent before, and is named."""
        athlete, told = await self._athlete(request), fields_in(await json_of(request), FINDING_FIELDS)
        words = FindingWords(
            measure=text_in(told, "what"),
            side=_side_in(told),
            value=number_in(told, "value", -LARGEST, LARGEST),
            unit=optional_text(told, "unit") or "",
            method=optional_text(told, "method") or "",
            note=_long_text(told, "note"),
            day_text=optional_text(told, "day"),
            kept_file=optional_text(told, "file") or "",
        )
        return await self._once(
            athlete,
            text_in(told, "id"),
            lambda: {"finding": entry_id(add_finding(self._site.store, athlete, words))},
        )

    async def write(self, request: Request) -> Response:
        """Write a message to the runner, or a note."""
        athlete, told = await self._athlete(request), fields_in(await json_of(request), {"id", "to", "text"})
        to, text = choice_in(told, "to", WRITTEN_TO), told.get("text")
        if to is None or not isinstance(text, str) or not 0 < len(text.strip()) <= LONGEST_MESSAGE:
            raise RefusedError(400, f"text is what you write, {LONGEST_MESSAGE} characters at most", "text")
        return await self._once(
            athlete,
            text_in(told, "id"),
            lambda: {"message": entry_id(write_message(self._site.store, athlete, To(to), text))},
        )

    async def mark(self, request: Request) -> Response:
        """Mark what the runner wrote as read."""
        athlete, told = await self._athlete(request), fields_in(await json_of(request), {"messages"})
        ids = told.get("messages")
        if not isinstance(ids, list) or len(ids) > MAX_READ or not all(isinstance(one, str) for one in ids):
            raise RefusedError(400, f"messages are at most {MAX_READ} ids", "messages")

        def mark() -> None:
            store = self._site.store
            unread = unread_messages(store.log_of(athlete).entries, To.CLINICIAN)
            reader = store.with_author(visitor_of(request).person or author_named(store.machine) or DESK)
            mark_read(reader, athlete, (one for one in unread if entry_id(one) in ids))

        await self._do_or_refuse(mark)
        return Response(status_code=204)

    async def _athlete(self, request: Request) -> str:
        """Who is meant.

        Raises:
            RefusedError: nobody of that name is kept here (any more)
        """
        name: str = request.path_params["name"]
        if name not in await asyncio.to_thread(self._site.store.athlete_names):
            raise RefusedError(404, "nobody of that name is kept here", "athlete")
        return name

    async def _do_or_refuse(self, look: Callable[[], Any]) -> Any:  # noqa: ANN401  # whatever it returns
        try:
            return await asyncio.to_thread(look)
        except CadencecoachError as error:
            raise RefusedError(409, str(error)) from None

    async def _once(self, athlete: str, id_: str, write: Callable[[], dict[str, object]]) -> Response:
        return JSONResponse(await self._done.do(f"{athlete}/{id_}", lambda: self._do_or_refuse(write)), 201)


def _act_in(athlete: str, told: Mapping[str, Any], because: str = "") -> ActAsked | GivingAsked:
    act, number = choice_in(told, "act", [*(one.value for one in Act), GIVE]), told.get("number")
    if act == GIVE and told.get("text") is not None:
        return _own_in(athlete, told, because)
    programme = choice_in(told, "programme", list(programmes_to_give())) if act == GIVE else None
    if act is None:
        raise RefusedError(400, f"act is one of {', '.join((*Act, GIVE))}", "act")
    if number is not None and (act == GIVE or type(number) is not int or not 0 < number <= MAX_SESSIONS):
        raise RefusedError(400, "number is that of a session, from 1", "number")
    if (programme is None) is (act == GIVE) or (act != GIVE and _names_any(told, "programme", "text")):
        raise RefusedError(400, f"programme is one of {', '.join(programmes_to_give())}, to give it", "programme")
    now = _now(athlete, because)
    return (
        ActAsked(act=Act(act), number=number, **now) if programme is None else GivingAsked(programme=programme, **now)
    )


def _own_in(athlete: str, told: Mapping[str, Any], because: str) -> GivingAsked:
    text = told["text"]
    if not isinstance(text, str) or not text.strip() or _names_any(told, "programme", "number"):
        raise RefusedError(400, "text is that of a programme, in place of a name and without a number", "text")
    return GivingAsked(programme="", text=text, **_now(athlete, because))


def _names_any(told: Mapping[str, Any], *names: str) -> bool:
    return any(told.get(name) is not None for name in names)


def _now(athlete: str, because: str) -> dict[str, Any]:
    return {"athlete": athlete, "because": because, "at": wall_time_utc(), "day": today_here()}


def _side_in(told: Mapping[str, Any]) -> Side | None:
    try:
        return side_named(optional_text(told, "side"))
    except CadencecoachError as error:
        raise RefusedError(400, str(error).removeprefix("--"), "side") from None


def _long_text(told: Mapping[str, Any], name: str) -> str:
    value = told.get(name)
    if value is not None and not isinstance(value, str):
        raise RefusedError(400, f"{name} is a text", name)
    return value or ""

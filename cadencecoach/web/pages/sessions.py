"""Sessions: what was run, a line each; its report, its exports, and an end for one that broke off."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Final
from urllib.parse import urlencode

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from cadencecoach.desk.history.choosing import Chosen, Wanted, choose_sessions
from cadencecoach.desk.history.finishing import finish, may_finish
from cadencecoach.devices.clock import offset_here_s
from cadencecoach.errors import CadencecoachError
from cadencecoach.plan.forms import weekday_and_day
from cadencecoach.plan.phrasebook import Phrasebook
from cadencecoach.record.exports.formats import FORMATS
from cadencecoach.record.fold.spark import spark_parts
from cadencecoach.record.local_time import local_time
from cadencecoach.record.rows import SessionKind
from cadencecoach.store.listed import Listed
from cadencecoach.view.drawing.spark import spark_svg
from cadencecoach.view.report.page import POLICY
from cadencecoach.view.words import clock, percent
from cadencecoach.web.asked import RefusedError
from cadencecoach.web.job_kinds import export_task, report_task
from cadencecoach.web.jobs import Task
from cadencecoach.web.kept import check_kept, may_see
from cadencecoach.web.people import leaving
from cadencecoach.web.rows import Role, visitor_of
from cadencecoach.web.site import Site

GUESTS: Final = "~"  # in an address; no pseudonym is written so
REPORT_POLICY: Final = f"{POLICY}; frame-ancestors 'self'; base-uri 'none'; form-action 'none'"
MAX_PAGES: Final = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A session as its line shows it.

    Attributes:
        id: of the session
        when: day and time at its place
        plan, kind, athlete: in words
        length, mean, target, in_band, pain: figures; empty where they are not known
        spark: the picture
        remark: how it ended, where that was not as planned
        is_open: it broke off, and nobody is writing it
    """

    id: str
    when: str
    plan: str
    kind: str
    athlete: str
    length: str
    mean: str
    target: str
    in_band: str
    pain: str
    spark: Markup
    remark: str
    is_open: bool


class SessionsPage:
    """The routes of the page."""

    def __init__(self, site: Site) -> None:
        """Ask the site."""
        self._site = site

    async def show(self, request: Request) -> Response:
        """Show the page."""
        visitor, wanted = visitor_of(request), read_wanted(request.query_params)
        if (waits := await self._site.reading.sessions(request, athlete=visitor.athlete, again=True)) is not None:
            return waits
        await asyncio.to_thread(self._site.store.note, "sessions", "list")
        listing = await asyncio.to_thread(self._site.store.listed_sessions)
        chosen = choose_sessions(listing.sessions, wanted, lambda athlete: may_see(visitor, athlete))
        athlete = wanted.athlete if visitor.is_desk else visitor.athlete
        words = await self._site.words(athlete or None)
        lines = await asyncio.to_thread(lambda: [self._line(one, words) for one in chosen.sessions])
        return await self._site.page(
            request,
            "sessions.html",
            athlete or None,
            stays=False,
            chosen=chosen,
            wanted=wanted,
            is_filtered=wanted != Wanted(number=wanted.number),
            lines=lines,
            formats=tuple(FORMATS),
            notes=listing.notes if visitor.is_desk else (),
            is_guest=visitor.role is Role.RUNNER and visitor.athlete is None,
            guests=GUESTS,
            kinds={kind: kind_words(kind, words) for kind in chosen.kinds},
            plans={plan: words.of_plan(plan) for plan in chosen.plans},
            **_neighbours(request.query_params, chosen),
        )

    def _line(self, one: Listed, words: Phrasebook) -> Line:
        is_running = not one.is_ended and self._site.store.is_running(one.id)
        return session_line(one, words, is_running=is_running)

    async def report(self, request: Request) -> Response:
        """The report, with the policy it carries itself."""
        made = await self._make(request, partial(report_task, self._site.store, back="/sessions"))
        if isinstance(made, Response):
            return made
        _, content = made
        headers = {"content-security-policy": REPORT_POLICY, **leaving(visitor_of(request))}
        return Response(content, 200, headers, "text/html; charset=utf-8")

    async def export(self, request: Request) -> Response:
        """Send a session for other programs."""
        form = request.path_params["form"]
        if form not in FORMATS:
            raise RefusedError(404, f"formats are {', '.join(FORMATS)}", "form")
        made = await self._make(request, partial(export_task, self._site.store, form=form))
        if isinstance(made, Response):
            return made
        task, content = made
        name = task.file_name.encode("ascii", "replace").decode().replace('"', "'")
        return Response(content, 200, {"content-disposition": f'attachment; filename="{name}"'}, task.media_type)

    async def _make(self, request: Request, task_of: Callable[[str], Task]) -> tuple[Task, bytes] | Response:
        """What is made of a session; where it cannot be made, a page that says why."""
        session, visitor = request.path_params["id"], visitor_of(request)
        try:
            await asyncio.to_thread(check_kept, self._site.store, visitor, session)
            task = task_of(session)
            return task, await self._site.jobs.make(visitor, task)
        except RefusedError as error:
            page = await self._site.page(request, "trouble.html", visitor.athlete, error=str(error))
            page.status_code = error.status
            return page

    async def finish(self, request: Request) -> Response:
        """Give a session that broke off its end; one that has it already is left as it is."""
        session = request.path_params["id"]
        await asyncio.to_thread(check_kept, self._site.store, visitor_of(request), session)
        await asyncio.to_thread(self._end, session)
        return Response(status_code=204)

    def _end(self, session: str) -> None:
        try:
            if may_finish(self._site.store.load_session(session)):
                finish(self._site.store, session)
        except CadencecoachError as error:
            raise RefusedError(409, str(error), "session") from None


def read_wanted(query: Mapping[str, str]) -> Wanted:
    """What an address looks for; what is empty is not looked for.

    Raises:
        RefusedError: a day or a number is none
    """
    athlete = query.get("athlete") or None
    number = query.get("page") or "1"
    is_number = len(number) <= len(f"{MAX_PAGES}") and number.isascii() and number.isdigit()
    if not is_number or not 0 < int(number) <= MAX_PAGES:
        raise RefusedError(400, f"page is a number from 1 to {MAX_PAGES}", "page")
    return Wanted(
        athlete="" if athlete == GUESTS else athlete,
        plan=query.get("plan") or None,
        kind=query.get("kind") or None,
        since=_day_in(query, "since"),
        until=_day_in(query, "until"),
        number=int(number),
    )


def session_line(one: Listed, words: Phrasebook, *, is_running: bool) -> Line:
    """A session in the words of whoever reads."""
    texts = words.page
    offset_s = offset_here_s(one.started) if one.utc_offset_s is None else one.utc_offset_s
    began = local_time(one.started, offset_s)
    when = "" if began is None else f"{weekday_and_day(began.day, words.forms)} {began.clock}"
    is_open = not one.is_ended and not is_running
    ends = {"stopped": texts.was_stopped, "interrupted": texts.was_interrupted}
    remark = texts.broke_off if is_open else texts.runs_still if is_running else ends.get(one.end, "")
    return Line(
        id=one.id,
        when=when,
        plan=words.of_plan(one.plan_name) or one.id,
        kind="" if one.kind == SessionKind.RUN else kind_words(one.kind, words),
        athlete=one.athlete,
        length=clock(one.duration_s or 0.0),
        mean="" if one.mean_cadence_spm is None else f"{one.mean_cadence_spm:.0f}",
        target="" if one.target_spm is None else f"{one.target_spm:.0f}",
        in_band=percent(one.in_band_s / one.band_s) if one.band_s and one.in_band_s is not None else "",
        pain="" if one.highest_pain is None else str(one.highest_pain),
        spark=Markup(spark_svg(spark_parts(one.spark)).text),  # noqa: S704  # escaped where it was drawn
        remark=remark,
        is_open=is_open,
    )


def kind_words(kind: str, words: Phrasebook) -> str:
    """What a session was, in words; one of a later version as it is."""
    texts = words.page
    told = {
        SessionKind.RUN: texts.kind_run,
        SessionKind.METRONOME: texts.kind_metronome,
        SessionKind.SIMULATION: texts.kind_simulation,
        SessionKind.REPLAY: texts.kind_replay,
        SessionKind.REHEARSAL: texts.kind_rehearsal,
        SessionKind.PRACTICE: texts.kind_practice,
    }
    return {one.value: text for one, text in told.items()}.get(kind, kind)


def _neighbours(query: Mapping[str, str], chosen: Chosen) -> dict[str, str]:
    """Addresses of the pages before and after this one; empty where there is none."""

    def address(number: int) -> str:
        if not 1 <= number <= chosen.n_pages:
            return ""
        return f"?{urlencode({**{name: value for name, value in query.items() if value}, 'page': number})}"

    return {"newer": address(chosen.number - 1), "older": address(chosen.number + 1)}


def _day_in(query: Mapping[str, str], name: str) -> date | None:
    text = query.get(name)
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise RefusedError(400, f"{name} is a day, such as 2026-03-01", name) from None

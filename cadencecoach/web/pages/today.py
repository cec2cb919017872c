"""Today: what the athlete's programme offers, a check-in that is due, what broke off; else a plan, or the metronome."""

import asyncio
from dataclasses import dataclass
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from cadencecoach.coach.metronome import HIGH_SPM, LOW_SPM
from cadencecoach.desk.history.finishing import finish
from cadencecoach.desk.today.breaks import broken_off_words, find_offered
from cadencecoach.desk.today.offering import Offer, offer_today
from cadencecoach.errors import CadencecoachError
from cadencecoach.live.opening.metronome import DEFAULT_SPM
from cadencecoach.plan.forms import fill, weekday_and_day
from cadencecoach.plan.phrasebook import Phrasebook
from cadencecoach.record.entry_lines import entry_id
from cadencecoach.record.row import SessionRow
from cadencecoach.store.athlete_log import today_here
from cadencecoach.view.plan.svg import plan_svg
from cadencecoach.view.words import clean, percent
from cadencecoach.web.api import session_row
from cadencecoach.web.asked import RefusedError, fields_in, text_in
from cadencecoach.web.bodies import broken_off_session
from cadencecoach.web.choices import NOTHING, output_choices
from cadencecoach.web.pages.messages import unread_of
from cadencecoach.web.readiness import SensorLook, ready_values
from cadencecoach.web.rows import RUNNERS, Row, json_of, visitor_of
from cadencecoach.web.sessions import TODAY
from cadencecoach.web.site import PICTURE_POLICY, Site

NOT_FOUND: Final = 404


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Something of the past in one line.

    Attributes:
        id: of the session
        title: which it is
        facts: what it came to
    """

    id: str
    title: str
    facts: str = ""


class TodayPage:
    """The routes of the page."""

    def __init__(self, site: Site) -> None:
        """Ask the site."""
        self._site = site
        self._look = SensorLook(site.sessions)

    def rows(self) -> list[Row]:
        """All of them."""
        return [
            Row("GET", "/", RUNNERS, self._page),
            Row("GET", "/plans/{id}/picture.svg", RUNNERS, self._picture),
            Row("GET", "/today/sensor", RUNNERS, self._sensor),
            Row("GET", "/today/sound", RUNNERS, self._sound),
            Row("POST", "/today/finish", RUNNERS, self._finish),
        ]

    async def _page(self, request: Request) -> Response:
        athlete, visitor = await self._site.athlete(request), visitor_of(request)
        words = await self._site.words(athlete)
        live = [session_row(place, visitor) for place in self._site.sessions.live(visitor)]
        offer, broken_off, last, ready, plans, is_first_time = await asyncio.gather(
            self._offer(athlete, words),
            asyncio.to_thread(self._broken_off, athlete, words),
            asyncio.to_thread(self._last, athlete, words),
            ready_values(self._site.store.machine, words.page),
            self._site.plans(),
            asyncio.to_thread(self._site.store.is_empty),
        )
        unread = await asyncio.to_thread(unread_of, self._site.store, athlete)
        return await self._site.page(
            request,
            "today.html",
            athlete,
            athletes=await self._site.names(visitor),
            offer=offer,
            live=live,
            broken_off=None if live else broken_off,
            last=last,
            is_first_time=is_first_time,
            messages=[(entry_id(one), clean(one.text)) for one in unread],
            plans=sorted(plans.values(), key=lambda one: one.plan.duration_s or float("inf")),
            spm=DEFAULT_SPM,
            spm_range=(LOW_SPM, HIGH_SPM),
            **ready,
        )

    async def _offer(self, athlete: str | None, words: Phrasebook) -> Offer | None:
        """What is offered today; None for a guest."""
        if athlete is None:
            return None
        return await asyncio.to_thread(offer_today, self._site.store, athlete, today_here(), words)

    def _broken_off(self, athlete: str | None, words: Phrasebook) -> Line | None:
        """The session that may go on, where there is one."""
        try:
            one = find_offered(self._site.store, self._site.store.sessions_folder, frozenset({athlete}))
        except CadencecoachError:  # nowhere to keep sessions
            return None
        return None if one is None else Line(id=one.kept.path.stem, title=broken_off_words(one, words))

    def _last(self, athlete: str | None, words: Phrasebook) -> Line | None:
        """The athlete's last session; a guest's are nobody's."""
        try:
            rows = () if athlete is None else self._site.store.rows_of(athlete).rows
        except CadencecoachError:
            return None
        return _row_line(rows[-1], words) if rows else None

    async def _sensor(self, request: Request) -> Response:
        """Whether the sensor that is chosen is heard."""
        words = await self._site.words(await self._site.athlete(request))
        heard = await self._look.look(request.query_params.get("feet", ""), words.page)
        return JSONResponse({"is_ready": heard.is_ready, "says": heard.says})

    async def _sound(self, request: Request) -> Response:
        """Where the sound can go beside the usual way and nowhere, and what is wrong with the usual one."""
        texts = (await self._site.words(await self._site.athlete(request))).page
        outputs = await asyncio.to_thread(output_choices, texts)
        usual = outputs.pop("default").name
        more = [{"id": one.id, "name": one.name} for one in outputs.values() if one.id != NOTHING]
        return JSONResponse({"outputs": more, "problem": "" if usual == texts.default_sound else usual})

    async def _finish(self, request: Request) -> Response:
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

    async def _picture(self, request: Request) -> Response:
        """A plan as a picture; with its own style, as it stands in reports."""
        id_, plan = request.path_params["id"], None
        if id_ == TODAY:
            athlete = await self._site.athlete(request)
            offer = await self._offer(athlete, await self._site.words(athlete))
            plan = None if offer is None else offer.plan
        elif (one := (await self._site.plans()).get(id_)) is not None:
            plan = one.plan
        if plan is None:
            return Response(status_code=NOT_FOUND)
        drawn = await asyncio.to_thread(plan_svg, plan, None)
        return Response(drawn, 200, {"content-security-policy": PICTURE_POLICY}, "image/svg+xml")


def _row_line(row: SessionRow, words: Phrasebook) -> Line:
    texts = words.page
    facts = [fill(texts.minutes, minutes=f"{row.duration_s / 60:.0f}")]
    if row.band_s:
        facts.append(fill(texts.last_on_target, percent=percent((row.in_band_s or 0.0) / row.band_s)))
    if row.highest_pain is not None:
        facts.append(fill(texts.last_pain, level=row.highest_pain))
    title = f"{weekday_and_day(row.day, words.forms)} · {words.of_plan(clean(row.plan_name))}"
    return Line(id=row.id, title=title, facts=" · ".join(facts))

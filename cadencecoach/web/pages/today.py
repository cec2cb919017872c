"""Today: what the athlete's programme offers, a check-in that is due, what broke off; else a plan, or the metronome."""

import asyncio
from dataclasses import dataclass
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from cadencecoach.coach.metronome import DEFAULT_SPM, LOW_SPM
from cadencecoach.desk.athletes.messages import unread_of
from cadencecoach.desk.today.breaks import broken_off_words, find_offered
from cadencecoach.desk.today.offering import Offer, offer_today
from cadencecoach.errors import CadencecoachError
from cadencecoach.plan.forms import fill, weekday_and_day
from cadencecoach.plan.lengths import S_PER_MIN, length_words
from cadencecoach.plan.phrasebook import Phrasebook
from cadencecoach.record.entry_lines import entry_id
from cadencecoach.record.row import SessionRow
from cadencecoach.store.athlete_log import today_here
from cadencecoach.view.words import clean, percent
from cadencecoach.web.asked import RefusedError
from cadencecoach.web.beats import Allowed, allowed_beat
from cadencecoach.web.choices import NOTHING, output_choices, ready_values
from cadencecoach.web.kept import may_see
from cadencecoach.web.rows import Visitor, visitor_of
from cadencecoach.web.sessions import session_row
from cadencecoach.web.site import CHOSEN, Site

SEE_OTHER: Final = 303


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Something of the past in one line.

    Attributes:
        id: of the session
        title: which it is
        facts: what it came to
        is_ended: the runner stopped it, and it is saved
    """

    id: str
    title: str
    facts: str = ""
    is_ended: bool = False


class TodayPage:
    """The routes of the page."""

    def __init__(self, site: Site) -> None:
        """Ask the site."""
        self._site = site

    async def show(self, request: Request) -> Response:
        """Show the page."""
        athlete, visitor = await self._site.athlete(request), visitor_of(request)
        is_first = CHOSEN not in request.cookies and "athlete" not in request.query_params
        if visitor.is_desk and is_first and len(await self._site.names(visitor)) > 1:
            return RedirectResponse("/caseload", SEE_OTHER)  # a clinic: the desk begins with who needs it
        if (waits := await self._site.reading.sessions(request, athlete=athlete)) is not None:
            return waits
        words = await self._site.words(athlete)
        live = [session_row(place, visitor) for place in self._site.sessions.live(visitor)]
        offer, broken_off, last, ready, plans, is_first_time = await asyncio.gather(
            offer_for(self._site, athlete, words),
            asyncio.to_thread(self._find_broken_off, visitor, athlete, words),
            asyncio.to_thread(self._last, athlete, words),
            ready_values(self._site.store.machine, words.page),
            self._site.plans(),
            asyncio.to_thread(self._site.store.is_empty),
        )
        allowed = await asyncio.to_thread(self._find_allowed, athlete, words)
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
            spm=min(DEFAULT_SPM, allowed.highest_spm),
            spm_range=(LOW_SPM, allowed.highest_spm),
            allowed=allowed,
            **ready,
        )

    def _find_allowed(self, athlete: str | None, words: Phrasebook) -> Allowed:
        """What a beat alone may be; whoever starts one is asked again."""
        try:
            return allowed_beat(self._site.store, athlete, words)
        except RefusedError:  # a log that cannot be read: the offer says so, and nothing is started
            return Allowed()

    def _find_broken_off(self, visitor: Visitor, athlete: str | None, words: Phrasebook) -> Line | None:
        """The session that may go on, where there is one for this device."""
        if not may_see(visitor, athlete or ""):
            return None
        try:
            one = find_offered(self._site.store, self._site.store.sessions_folder, frozenset({athlete}))
        except CadencecoachError:  # nowhere to keep sessions
            return None
        if one is None:
            return None
        return Line(id=one.kept.path.stem, title=broken_off_words(one, words), is_ended=one.is_stopped)

    def _last(self, athlete: str | None, words: Phrasebook) -> Line | None:
        """The athlete's last session; a guest's are nobody's."""
        try:
            rows = () if athlete is None else self._site.store.rows_of(athlete).rows
        except CadencecoachError:
            return None
        return _row_line(rows[-1], words) if rows else None

    async def list_outputs(self, request: Request) -> Response:
        """Where the sound can go beside the usual way and nowhere, and what is wrong with the usual one."""
        texts = (await self._site.words(await self._site.athlete(request))).page
        outputs = await asyncio.to_thread(output_choices, texts)
        usual = outputs.pop("default").name
        more = [{"id": one.id, "name": one.name} for one in outputs.values() if one.id != NOTHING]
        return JSONResponse({"outputs": more, "problem": "" if usual == texts.default_sound else usual})


async def offer_for(site: Site, athlete: str | None, words: Phrasebook) -> Offer | None:
    """What is offered today; None for a guest."""
    if athlete is None:
        return None
    return await asyncio.to_thread(offer_today, site.store, athlete, today_here(), words)


def _row_line(row: SessionRow, words: Phrasebook) -> Line:
    texts = words.page
    is_short = row.duration_s < S_PER_MIN
    facts = [length_words(row.duration_s if is_short else S_PER_MIN * round(row.duration_s / S_PER_MIN))]
    if row.band_s:
        facts.append(fill(texts.last_on_target, percent=percent((row.in_band_s or 0.0) / row.band_s)))
    if row.highest_pain is not None:
        facts.append(fill(texts.last_pain, level=row.highest_pain))
    title = f"{weekday_and_day(row.day, words.forms)} · {words.of_plan(clean(row.plan_name))}"
    return Line(id=row.id, title=title, facts=" · ".join(facts))

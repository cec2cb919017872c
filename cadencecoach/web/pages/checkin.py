"""Check-in: how the body is, in a few taps; also before a session that broke off goes on, and to put a slip right."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from cadencecoach.desk.athletes.missed import mend_log
from cadencecoach.desk.begin.asking import USUAL_NAME
from cadencecoach.desk.caseload.keeping import keep_line
from cadencecoach.desk.checkin.correcting import Correction, correct
from cadencecoach.desk.checkin.meaning import is_empty
from cadencecoach.desk.checkin.questions import MOST, QUESTIONS, SITE_KEYS, Question
from cadencecoach.desk.checkin.taking import Taken, Words, check_in, moment_for
from cadencecoach.desk.today.breaks import broken_off_words
from cadencecoach.errors import CadencecoachError
from cadencecoach.plan.page_texts import PageTexts
from cadencecoach.plan.phrasebook import Phrasebook
from cadencecoach.record.entries import CheckIn, Flag, Moment
from cadencecoach.record.entry_lines import RUNNER, entry_id
from cadencecoach.store.athlete_log import today_here
from cadencecoach.store.stored import is_athlete
from cadencecoach.view.programme.standing import check_in_words
from cadencecoach.web.asked import CheckInAsked, RefusedError, check_in_in
from cadencecoach.web.bodies import FormPerson, broken_off_session, questions_of, read_answers
from cadencecoach.web.once import Once
from cadencecoach.web.rows import Visitor, json_of, visitor_of
from cadencecoach.web.site import Site

SEE_OTHER: Final = 303
MOMENTS: Final = (Moment.BEFORE, Moment.AFTER, Moment.MORNING)
OTHERS_ATHLETE: Final = "this device is for somebody else"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question as the page shows it.

    Attributes:
        field: of the check-in
        text: its words
        from_pain: the least pain from which it is asked; None where it always is
        choices: what may be answered, and how that is said in the list of answers; empty for a line of words
    """

    field: str
    text: str
    from_pain: int | None
    choices: tuple[tuple[str, str], ...]


class CheckInPage:
    """The routes of the page."""

    def __init__(self, site: Site) -> None:
        """Ask the site."""
        self._site = site
        self._done: Once[HTMLResponse] = Once()

    async def show(self, request: Request) -> Response:
        """Show the page."""
        athlete, visitor = await self._site.athlete(request), visitor_of(request)
        if (waits := await self._site.reading.sessions(request, athlete=athlete)) is not None:
            return waits
        words = await self._site.words(athlete)
        names, store = await self._site.names(visitor), self._site.store
        going_on, corrected = request.query_params.get("resume"), request.query_params.get("correct")
        values: dict[str, Any] = {"athletes": names, "resume": "", "about": "", "correct": "", "given": "{}"}
        values |= {"moment": Moment.BEFORE, "is_unrated": False}
        if going_on is not None:
            try:
                one = await asyncio.to_thread(broken_off_session, store, visitor, going_on, athlete, words)
            except RefusedError:
                return RedirectResponse("/", SEE_OTHER)
            values |= {"resume": going_on, "about": broken_off_words(one, words), "is_unrated": one.is_unrated}
        elif athlete is None:
            return await self._site.page(
                request, "checkin_guest.html", athlete, athletes=names, name="" if names else USUAL_NAME
            )
        elif corrected is not None:
            old = await asyncio.to_thread(self._check_in_of, athlete, corrected)
            if old is None:
                return RedirectResponse("/checkin", SEE_OTHER)
            values |= {"correct": corrected, "moment": old.moment, "given": json.dumps(_form_values(old))}
            values["about"] = check_in_words(old, words)
        else:
            await asyncio.to_thread(mend_log, store, athlete)  # so that it is known of which run is spoken
            values["moment"] = await asyncio.to_thread(self._moment, athlete, request.query_params.get("moment"))
        moment: Moment = values["moment"]
        asked = [_question_row(one, words) for one in QUESTIONS[moment] if one.field != "flags"]
        flags = [(flag.value, said) for flag, said in _signs(words.page).items()]
        flags_from = next((_from_pain(one) for one in QUESTIONS[moment] if one.field == "flags"), None)
        return await self._site.page(
            request, "checkin.html", athlete, asked=asked, flags=flags, flags_from=flags_from, moments=MOMENTS, **values
        )

    def _moment(self, athlete: str, named: str | None) -> Moment:
        """The moment that is named, else the one that is due."""
        found = next((one for one in MOMENTS if one.value == named), None)
        return found or moment_for(self._site.store.log_of(athlete).entries, today_here())

    def _check_in_of(self, athlete: str, id_: str) -> CheckIn | None:
        """A check-in that counts, by its id."""
        entries = self._site.store.log_of(athlete).entries
        return next((one for one in entries if isinstance(one, CheckIn) and entry_id(one) == id_), None)

    async def save(self, request: Request) -> Response:
        """Write a check-in down."""
        asked, visitor = check_in_in(await json_of(request)), visitor_of(request)
        if not visitor.is_desk and asked.athlete not in {None, visitor.athlete}:
            raise RefusedError(403, OTHERS_ATHLETE, "athlete")
        athlete = asked.athlete if visitor.is_desk else visitor.athlete
        words = await self._site.words(athlete)
        if athlete is None or not await asyncio.to_thread(is_athlete, self._site.store, athlete):
            raise RefusedError(400, words.page.guest_check_in, "athlete")

        async def take() -> HTMLResponse:
            done = await asyncio.to_thread(self._take, athlete, asked, words, visitor)
            said = None if done.check_in is None else entry_id(done.check_in)
            values = {"taken": done, "said": said, "lines": _lines(done)}
            return self._site.part(request, "checkin_taken.html", words, athlete, **values)

        return await self._done.do(f"{visitor.role}/{athlete}/{asked.id}", take)

    def _take(self, athlete: str, asked: CheckInAsked, words: Phrasebook, visitor: Visitor) -> Taken:
        """Write it down, as the command does.

        Raises:
            RefusedError: an answer is none, nothing was answered, or it cannot be written
        """
        moment = self._moment(athlete, asked.moment)
        old = None if asked.correct is None else self._check_in_of(athlete, asked.correct)
        if asked.correct is not None and old is None:
            raise RefusedError(404, words.page.not_that_one, "correct")
        begun = CheckIn(at="", day=today_here(), moment=moment if old is None else old.moment)
        said = read_answers(asked.answers, begun, words)
        if is_empty(said):
            raise RefusedError(400, words.page.nothing_answered, "answers")
        given, person = _words_of(said), FormPerson()
        store = self._site.store if visitor.is_desk else self._site.store.with_author(RUNNER)
        slip = Correction(correct=asked.correct, withdraw=None, because=words.page.slip_reason, is_whole=True)
        try:
            taken = correct(store, athlete, given, slip, person) if old else check_in(store, athlete, given, person)
        except CadencecoachError as error:
            raise RefusedError(409, str(error)) from None
        keep_line(store, athlete, today_here())
        return taken


def _signs(texts: PageTexts) -> Mapping[Flag, str]:
    """The signs to stop, each as a runner would say it."""
    return {
        Flag.SHARP: texts.sign_sharp,
        Flag.LIMP: texts.sign_limp,
        Flag.SWELLING: texts.sign_swelling,
        Flag.NIGHT: texts.sign_night,
        Flag.ACUTE_CALF: texts.sign_calf,
        Flag.UNWELL: texts.sign_unwell,
    }


def _question_row(question: Question, words: Phrasebook) -> Asked:
    said, choices = words.checkin, tuple[tuple[str, str], ...]()
    text = question.asks(said)
    if question.is_rating:
        form = getattr(said, question.field)
        choices = tuple((str(level), form.replace("{level}", str(level))) for level in range(MOST + 1))
    elif question.field == "site":
        text = words.page.where_hurts
        choices = tuple((site.value, words.of_log(site.value)) for site in SITE_KEYS.values())
    return Asked(field=question.field, text=text, from_pain=_from_pain(question), choices=choices)


def _from_pain(question: Question) -> int | None:
    """The least pain from which a question is asked; None where it always is."""
    begun = CheckIn(at="", day=today_here(), moment=Moment.BEFORE)
    if question.is_due(begun):
        return None
    return next(level for level in range(MOST + 1) if question.is_due(replace(begun, pain=level)))


def _form_values(old: CheckIn) -> Mapping[str, str]:
    """The answers of a check-in as the page gives them."""
    values = {name: getattr(old, name) for name in ("pain", "soreness", "readiness", "effort")}
    told = {name: str(value) for name, value in values.items() if value is not None}
    told |= {} if old.site is None else {"site": old.site.value}
    told |= {"note": old.note} if old.note else {}
    told |= {"flags": ", ".join(sorted(flag.value for flag in old.flags))} if old.flags else {}
    return {name: answer for name, answer in told.items() if name in questions_of(old.moment)}


def _words_of(said: CheckIn) -> Words:
    """What was said as the options of the command."""
    return Words(
        moment=said.moment.value,
        pain=said.pain,
        site=None if said.site is None else said.site.value,
        soreness=said.soreness,
        readiness=said.readiness,
        effort=said.effort,
        flags=tuple(sorted(flag.value for flag in said.flags)),
        note=said.note,
    )


def _lines(taken: Taken) -> tuple[str, ...]:
    """What was written down, and what follows, where there is no stop."""
    words = taken.phrases
    lines = [] if taken.check_in is None else [check_in_words(taken.check_in, words)]
    lines += [words.checkin.stop_is_over] if taken.ended_stop else []
    if not taken.stop and taken.follows:
        lines += [taken.follows, words.checkin.no_diagnosis]
    return tuple(lines)

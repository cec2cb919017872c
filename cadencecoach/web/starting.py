"""A session is started: the words of a command line, made of our own lists, and what is in the way."""

import asyncio
from dataclasses import replace
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from cadencecoach.desk.running.demo import RUNNER
from cadencecoach.desk.running.demo import SECONDS as DEMONSTRATIONS
from cadencecoach.devices.command_line import command_line
from cadencecoach.devices.reach.place import new_name
from cadencecoach.devices.reach.starting import StartedSession
from cadencecoach.live.opening.metronome import MetronomeRequest
from cadencecoach.plan.forms import fill
from cadencecoach.store.settings import served_variables
from cadencecoach.web.asked import RefusedError
from cadencecoach.web.beats import check_beat
from cadencecoach.web.bodies import tell_body_by_id
from cadencecoach.web.choices import (
    AUTO,
    BY_TAPS,
    NOTHING,
    SIMULATED,
    Choice,
    music_word,
    output_choices,
    plan_choices,
    sensor_choices,
)
from cadencecoach.web.once import Once
from cadencecoach.web.rows import Role, Visitor, athlete_meant, json_of, visitor_of
from cadencecoach.web.sessions import LOOK_EVERY_S, RADIO, TODAY, is_taken, of_whom, running_places
from cadencecoach.web.site import Site
from cadencecoach.web.start_asked import StartAsked, start_in

START_WITHIN_S: Final = 60.0  # the sound card, a first voice: mostly two
SHARED: Final = ("sound", "feet", "athlete")  # what only one live session can have


class Starter:
    """The route by which sessions are started."""

    def __init__(self, site: Site) -> None:
        """Start nothing."""
        self._store, self._texts, self._radio = site.store, site.texts, site.sessions.radio
        self._delay = site.sessions.delay
        self._started: Once[str] = Once()  # the id of the session

    async def start(self, request: Request) -> Response:
        """Start a session, one at a time; the answer is its id, the same for a request that is repeated.

        Raises:
            RefusedError: a choice is none, another session is in the way, or it does not begin
        """
        visitor = visitor_of(request)
        told = start_in(await json_of(request))
        asked = replace(told, athlete=athlete_meant(visitor, told.athlete))
        id_ = await self._started.do(f"{visitor.device} {asked.id}", lambda: self._start(asked, visitor))
        return JSONResponse({"id": id_}, 201, {"location": f"/api/sessions/{id_}"})

    async def _start(self, asked: StartAsked, visitor: Visitor) -> str:
        feet, sound = await self._choices(asked, visitor)
        athlete = ("--athlete", asked.athlete) if asked.athlete else ()
        if asked.resume is not None:
            if not await asyncio.to_thread(self._store.has_journal, asked.resume):
                raise RefusedError(404, self._texts.no_such_choice, "resume")
            began_with = await asyncio.to_thread(self._store.journal_header, asked.resume)
            given = {name: one for name, one in (("feet", feet), ("sound", sound)) if getattr(asked, name) is not None}
            wanted = {name: str(began_with.get(name) or "") for name in SHARED}
            self._check_free(wanted | {name: one.word for name, one in given.items()}, visitor)
            await asyncio.to_thread(tell_body_by_id, self._store, visitor, asked.resume, asked.athlete, asked.body)
            await self._free_radio(wanted["feet"] if asked.feet is None else feet.word)
            flags = [word for name, one in given.items() for word in (f"--{name}", one.word)]
            return await self._begin(["run", "--resume", asked.resume, *flags, *athlete], visitor)
        await asyncio.to_thread(self._check_athlete, asked)  # first: who is not seen here is not known to run either
        self._check_free({"sound": sound.word, "feet": feet.word, "athlete": asked.athlete or ""}, visitor)
        words = await asyncio.to_thread(self._words, asked)
        await self._free_radio(feet.word)
        return await self._begin([*words, "--feet", feet.word, "--sound", sound.word, *athlete], visitor)

    async def _free_radio(self, feet: str) -> None:
        """End what pages do with the radio, where the session may need it."""
        if feet.startswith((RADIO, AUTO)):
            await self._radio.free()

    async def _choices(self, asked: StartAsked, visitor: Visitor) -> tuple[Choice, Choice]:
        wanted = asked.feet or AUTO
        feet = (await asyncio.to_thread(sensor_choices, self._store.machine, self._texts)).get(wanted)
        if asked.plan in DEMONSTRATIONS and wanted == AUTO:  # it promises a simulated runner
            feet = Choice(id=SIMULATED, name="", word=RUNNER)
        if feet is None or (feet.is_of_desk and not visitor.is_desk):
            raise RefusedError(400, self._texts.no_such_choice, "feet")
        if asked.metronome is not None and feet.id == BY_TAPS:  # there a tap is one of the tempo
            feet = Choice(id=NOTHING, name="", word=NOTHING)
        id_, fixed = asked.sound or "default", {"default": "default", NOTHING: "none"}
        if id_ in fixed:  # the sound system is not asked for what needs no list
            return feet, Choice(id=id_, name="", word=fixed[id_])
        sound = (await asyncio.to_thread(output_choices, self._texts)).get(id_)
        if sound is None:
            raise RefusedError(400, self._texts.no_such_choice, "sound")
        return feet, sound

    def _check_athlete(self, asked: StartAsked) -> None:
        if asked.athlete is not None and asked.athlete not in self._store.athlete_names():
            raise RefusedError(400, self._texts.no_such_choice, "athlete")

    def _words(self, asked: StartAsked) -> list[str]:
        """The command line's words, made of our own lists and of numbers."""
        music = music_word(self._store.machine, self._texts, asked.music)
        return [*self._plan_words(asked), *(("--music", music) if music else ())]

    def _plan_words(self, asked: StartAsked) -> list[str]:
        if asked.metronome is not None:
            check_beat(self._store, asked.athlete, asked.metronome)
            return ["metronome", *_metronome_words(asked.metronome)]
        if asked.plan == TODAY:
            if asked.athlete is None:
                raise RefusedError(400, self._texts.no_such_choice, "athlete")
            return ["run"]
        plan = plan_choices(self._store.machine).get(asked.plan or "")
        if plan is None:
            raise RefusedError(400, self._texts.no_such_choice, "plan")
        return ["run", str(plan.path)]

    def _check_free(self, wanted: dict[str, str], visitor: Visitor) -> None:
        """Refuse what another session has: an output, a sensor, an athlete; and a second one of a runner's device."""
        for place in running_places():
            is_own = visitor.role is Role.RUNNER and visitor.owns(*of_whom(place))
            if is_own or any(is_taken(place.about.get(name, ""), wanted[name]) for name in SHARED):
                if not visitor.owns(*of_whom(place)):
                    raise RefusedError(409, self._texts.another_runs)
                said = fill(self._texts.already_runs, plan=place.about.get("plan", ""))
                raise RefusedError(409, said, place.name)

    async def _begin(self, words: list[str], visitor: Visitor) -> str:
        self._delay.end()  # it has a card that the session may need
        why = fill(self._texts.not_begun, command=command_line("doctor"))
        served = served_variables(visitor.person, is_author=visitor.is_desk)
        session = await asyncio.to_thread(StartedSession, words, new_name(), device=visitor.device, more=served)
        try:
            async with asyncio.timeout(START_WITHIN_S):
                while session.place is None:
                    if session.has_ended:
                        raise RefusedError(409, session.complaint() or why)
                    await asyncio.sleep(LOOK_EVERY_S)
        except TimeoutError:
            raise RefusedError(409, why) from None
        return session.name


def _metronome_words(asked: MetronomeRequest) -> list[str]:
    ways = {
        "--to": None if asked.to_spm is None else f"{asked.to_spm:g}",
        "--over": asked.over,
        "--for": asked.for_text,
        "--every": asked.every,
        "--accent": asked.accent,
        "--pan": f"{asked.pan:g}",
        "--on": asked.on,
        "--off": asked.off,
        "--silent": f"{asked.silent:g}",
        "--say-every": asked.say_every,
        "--click": asked.click,
    }
    return [f"{asked.spm:g}", *(word for name, value in ways.items() if value for word in (name, value))]

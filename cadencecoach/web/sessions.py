"""Live sessions as the server sees them: which there are, a new one, a key in one, what comes from one."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any, Final

from cadencecoach.devices.command_line import command_line
from cadencecoach.devices.reach.link import UnreachableError, linked
from cadencecoach.devices.reach.place import SESSION, Place, find_place, found_places, new_name
from cadencecoach.devices.reach.starting import StartedSession
from cadencecoach.live.opening.metronome import MetronomeRequest
from cadencecoach.plan.forms import fill
from cadencecoach.plan.page_texts import PageTexts
from cadencecoach.store.file_store import FileStore
from cadencecoach.store.machine import Machine
from cadencecoach.web.asked import KeyAsked, RefusedError, StartAsked
from cadencecoach.web.beats import check_beat
from cadencecoach.web.bodies import tell_body_by_id
from cadencecoach.web.choices import NOTHING, SIMULATED, Choice, output_choices, plan_choices, sensor_choices
from cadencecoach.web.figures import figures_of
from cadencecoach.web.once import Once
from cadencecoach.web.radio import RadioTurns
from cadencecoach.web.rows import NOT_YOURS, Role, Visitor, athlete_meant

START_WITHIN_S: Final = 60.0  # the sound card, a first voice: mostly two
LOOK_EVERY_S: Final = 0.02
N_LOOKS: Final = 50  # for the end of a session that does not answer any more
RADIO: Final = "ble"
TODAY: Final = "today"  # in place of a plan: the session of the athlete's programme
SHARED: Final = ("sound", "feet", "athlete")  # what only one live session can have


class Sessions:
    """The sessions of this user on this machine, whoever has started them.

    Args:
        store: where athletes are kept
        texts: for what a person is told
    """

    def __init__(self, store: FileStore, texts: PageTexts) -> None:
        """Start nothing."""
        self._store, self._texts = store, texts
        self._started: Once[str] = Once()  # the id of the session
        self.radio = RadioTurns(self.uses_radio)

    @property
    def machine(self) -> Machine:
        """What this computer keeps beside the athletes."""
        return self._store.machine

    def live(self, visitor: Visitor) -> list[Place]:
        """Those that run, as far as they are for a visitor."""
        return [place for place in _running() if visitor.sees(athlete_of(place))]

    def uses_radio(self) -> bool:
        """Whether any session listens to sensors now, whoever runs it."""
        return any(place.about.get("feet", "").startswith(RADIO) for place in _running())

    def find(self, id_: str, visitor: Visitor) -> Place:
        """One that runs.

        Raises:
            RefusedError: it does not, or is none of the visitor's
        """
        place = find_place(id_)
        if place is None or place.about.get("kind") != SESSION or not visitor.sees(athlete_of(place)):
            raise RefusedError(404, self._texts.session_gone)
        return place

    async def start(self, asked: StartAsked, visitor: Visitor) -> str:
        """Start a session, one at a time; the answer is its id, the same for a request that is repeated.

        Raises:
            RefusedError: a choice is none, another session is in the way, or it does not begin
        """
        own = replace(asked, athlete=athlete_meant(visitor, asked.athlete))
        return await self._started.do(f"{visitor.device} {asked.id}", lambda: self._start(own, visitor))

    async def _start(self, asked: StartAsked, visitor: Visitor) -> str:
        feet, sound = await self._choices(asked)
        athlete = ("--athlete", asked.athlete) if asked.athlete else ()
        if asked.resume is not None:
            began_with = await asyncio.to_thread(self._store.journal_header, asked.resume)
            given = {name: one for name, one in (("feet", feet), ("sound", sound)) if getattr(asked, name) is not None}
            wanted = {name: str(began_with.get(name) or "") for name in SHARED}
            self._check_free(wanted | {name: one.word for name, one in given.items()}, visitor)
            await asyncio.to_thread(tell_body_by_id, self._store, visitor, asked.resume, asked.athlete, asked.body)
            await self._free_radio(wanted["feet"] if asked.feet is None else feet.word)
            flags = [word for name, one in given.items() for word in (f"--{name}", one.word)]
            return await self._begin(["run", "--resume", asked.resume, *flags, *athlete])
        self._check_free({"sound": sound.word, "feet": feet.word, "athlete": asked.athlete or ""}, visitor)
        words = await asyncio.to_thread(self._words, asked)
        await self._free_radio(feet.word)
        return await self._begin([*words, "--feet", feet.word, "--sound", sound.word, *athlete])

    async def _free_radio(self, feet: str) -> None:
        """End what pages do with the radio, where the session needs it."""
        if feet.startswith(RADIO):
            await self.radio.free()

    async def press(self, id_: str, asked: KeyAsked, visitor: Visitor) -> None:
        """Press a key in a session.

        Raises:
            RefusedError: it does nothing now, or there is no such session
        """
        place = self.find(id_, visitor)
        if not visitor.owns(athlete_of(place)):
            raise RefusedError(403, NOT_YOURS.format(role=visitor.role))
        try:
            async with linked(place) as link:
                wrong = await link.press(f"{visitor.device} {asked.id}", asked.key, asked.value)
        except UnreachableError:
            raise RefusedError(409, self._texts.session_gone) from None
        if wrong:
            raise RefusedError(409, wrong, "key")

    async def messages(self, id_: str, visitor: Visitor) -> AsyncIterator[dict[str, Any]]:
        """What a session sends, to its end, or until the connection to it breaks off; to a screen only figures.

        Raises:
            RefusedError: there is no such session
        """
        place = self.find(id_, visitor)
        try:
            async with linked(place) as link:
                while True:
                    message = await link.next()
                    if visitor.role is Role.SCREEN:
                        message = figures_of(message, self._texts)
                    if message:
                        yield message
                    if message.get("what") == "end":
                        return
        except UnreachableError:
            if await _is_gone(id_):  # else it has let go of a server that stood still: ask again
                yield {"what": "end", "reason": "gone"}

    async def _choices(self, asked: StartAsked) -> tuple[Choice, Choice]:
        feet = (await asyncio.to_thread(sensor_choices, self.machine, self._texts)).get(asked.feet or NOTHING)
        if feet is None:
            raise RefusedError(400, self._texts.no_such_choice, "feet")
        id_, fixed = asked.sound or "default", {"default": "default", NOTHING: "none"}
        if id_ in fixed:  # the sound system is not asked for what needs no list
            return feet, Choice(id=id_, name="", word=fixed[id_])
        sound = (await asyncio.to_thread(output_choices, self._texts)).get(id_)
        if sound is None:
            raise RefusedError(400, self._texts.no_such_choice, "sound")
        return feet, sound

    def _words(self, asked: StartAsked) -> list[str]:
        """The command line's words, made of our own lists and of numbers."""
        if asked.athlete is not None and asked.athlete not in self._store.athlete_names():
            raise RefusedError(400, self._texts.no_such_choice, "athlete")
        if asked.metronome is not None:
            check_beat(self._store, asked.athlete, asked.metronome)
            return ["metronome", *_metronome_words(asked.metronome)]
        if asked.plan == TODAY:
            if asked.athlete is None:
                raise RefusedError(400, self._texts.no_such_choice, "athlete")
            return ["run"]
        plan = plan_choices(self.machine).get(asked.plan or "")
        if plan is None:
            raise RefusedError(400, self._texts.no_such_choice, "plan")
        return ["run", str(plan.path)]

    def _check_free(self, wanted: dict[str, str], visitor: Visitor) -> None:
        """Refuse what another session has: an output, a sensor, an athlete; and a second one of a runner's device."""
        for place in _running():
            is_own = visitor.role is Role.RUNNER and visitor.owns(athlete_of(place))
            if is_own or any(_is_taken(place.about.get(name, ""), wanted[name]) for name in SHARED):
                if not visitor.owns(athlete_of(place)):
                    raise RefusedError(409, self._texts.another_runs)
                said = fill(self._texts.already_runs, plan=place.about.get("plan", ""))
                raise RefusedError(409, said, place.name)

    async def _begin(self, words: list[str]) -> str:
        why = fill(self._texts.not_begun, command=command_line("doctor"))
        session = await asyncio.to_thread(StartedSession, words, new_name())
        try:
            async with asyncio.timeout(START_WITHIN_S):
                while session.place is None:
                    if session.has_ended:
                        raise RefusedError(409, session.complaint() or why)
                    await asyncio.sleep(LOOK_EVERY_S)
        except TimeoutError:
            raise RefusedError(409, why) from None
        return session.name


def athlete_of(place: Place) -> str:
    """Who runs a session; empty for a guest."""
    return place.about.get("athlete", "")


async def _is_gone(id_: str) -> bool:
    """Whether a session has ended; one that was killed lets go of its place a moment after its connections."""
    for _ in range(N_LOOKS):
        if find_place(id_) is None:
            return True
        await asyncio.sleep(LOOK_EVERY_S)
    return False


def _running() -> list[Place]:
    """The sessions that run."""
    return [place for place in found_places() if place.about.get("kind") == SESSION]


def _is_taken(has: str, wanted: str) -> bool:
    """Whether a session has what another one wants and cannot share."""
    return has == wanted != "" and not has.startswith((NOTHING, SIMULATED, "file"))


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

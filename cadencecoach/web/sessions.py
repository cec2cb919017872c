"""Live sessions as the server sees them: which there are, a key in one, what comes from one."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any, Final

from cadencecoach.coach.events import Key
from cadencecoach.devices.reach.link import UnreachableError, link_session
from cadencecoach.devices.reach.place import SESSION, Place, find_place, found_places
from cadencecoach.plan.forms import fill
from cadencecoach.plan.page_texts import PageTexts
from cadencecoach.store.machine import Machine
from cadencecoach.store.protocol import UserStore
from cadencecoach.web.asked import KeyAsked, RefusedError
from cadencecoach.web.choices import AUTO, BY_PHONE, BY_TAPS, NOTHING, SIMULATED
from cadencecoach.web.delay import DelayTurns
from cadencecoach.web.figures import figures_of
from cadencecoach.web.radio import RadioTurns
from cadencecoach.web.rows import MAY_RUN, NOT_YOURS, Role, Visitor

LOOK_EVERY_S: Final = 0.02
N_LOOKS: Final = 50  # for the end of a session that does not answer any more
RADIO: Final = "ble"
TODAY: Final = "today"  # in place of a plan: the session of the athlete's programme
ABOUT: Final = ("plan", "started", "athlete", "feet", "sound")


class Sessions:
    """The sessions of this user on this machine, whoever has started them.

    Args:
        store: where athletes are kept
        texts: for what a person is told
    """

    def __init__(self, store: UserStore, texts: PageTexts) -> None:
        """Ask for nothing."""
        self._store, self._texts = store, texts
        self.radio, self.delay = RadioTurns(self.uses_radio), DelayTurns()

    @property
    def machine(self) -> Machine:
        """What this computer keeps beside the athletes."""
        return self._store.machine

    def live(self, visitor: Visitor) -> list[Place]:
        """Those that run, as far as they are for a visitor."""
        return [place for place in running_places() if visitor.sees(*of_whom(place))]

    def uses_radio(self) -> bool:
        """Whether any session listens to sensors now, whoever runs it."""
        return any(place.about.get("feet", "").startswith(RADIO) for place in running_places())

    def check_silent(self, sound: str) -> None:
        """Refuse an output on which a session plays.

        Raises:
            RefusedError: one does; with its id
        """
        for place in running_places():
            if is_taken(place.about.get("sound", ""), sound):
                raise RefusedError(409, fill(self._texts.already_runs, plan=place.about.get("plan", "")), place.name)

    def find(self, id_: str, visitor: Visitor) -> Place:
        """One that runs.

        Raises:
            RefusedError: it does not, or is none of the visitor's
        """
        place = find_place(id_)
        if place is None or place.about.get("kind") != SESSION or not visitor.sees(*of_whom(place)):
            raise RefusedError(404, self._texts.session_gone)
        return place

    async def press(self, id_: str, asked: KeyAsked, visitor: Visitor) -> None:
        """Press a key in a session.

        Raises:
            RefusedError: it does nothing now, or there is no such session
        """
        place = self.find(id_, visitor)
        # A message is private: nothing that others look at may ask for it.
        is_for_screen = visitor.role is Role.SCREEN and asked.key == Key.MESSAGE.value
        if is_for_screen or not visitor.owns(*of_whom(place)):
            raise RefusedError(403, NOT_YOURS.format(role=visitor.role))
        try:
            async with link_session(place) as link:
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
            async with link_session(place) as link:
                while True:
                    message = await link.next()
                    if message.get("what") == "session":  # where its journal lies concerns nobody
                        message["about"] = {name: place.about.get(name, "") for name in ABOUT}
                        if visitor.role not in MAY_RUN:
                            message["keys"] = []
                    if visitor.role is Role.SCREEN:
                        message = figures_of(message, self._texts)
                    elif joining := message.get("joining"):
                        from cadencecoach.view.qr import qr_image  # noqa: PLC0415  # what draws codes is slow to load

                        message["joining"] = {**joining, "picture": qr_image(joining["code"])}
                    if message:
                        yield message
                    if message.get("what") == "end":
                        return
        except UnreachableError:
            if await _is_gone(id_):  # else it has let go of a server that stood still: ask again
                yield {"what": "end", "reason": "gone"}


def athlete_of(place: Place) -> str:
    """Who runs a session; empty for a guest."""
    return place.about.get("athlete", "")


def of_whom(place: Place) -> tuple[str, str]:
    """Who runs a session, and the device that started it, as `Visitor.owns` asks."""
    return athlete_of(place), place.about.get("device", "")


def is_taken(has: str, wanted: str) -> bool:
    """Whether a session has what another one wants and cannot share."""
    return has == wanted != "" and not has.startswith((NOTHING, SIMULATED, AUTO, BY_TAPS, BY_PHONE, "file"))


async def _is_gone(id_: str) -> bool:
    """Whether a session has ended; one that was killed lets go of its place a moment after its connections."""
    for _ in range(N_LOOKS):
        if find_place(id_) is None:
            return True
        await asyncio.sleep(LOOK_EVERY_S)
    return False


def running_places() -> list[Place]:
    """The sessions that run."""
    return [place for place in found_places() if place.about.get("kind") == SESSION]


def session_row(place: Place, visitor: Visitor) -> dict[str, str]:
    """A live session as lists show it; to a screen nothing of who runs what."""
    shown = {"started"} if visitor.role is Role.SCREEN else set(ABOUT)
    return {"id": place.name, **{name: place.about.get(name, "") if name in shown else "" for name in ABOUT}}

"""The sessions of a room as they are seen from outside: found by their places, and their newest moments."""

import asyncio
import secrets
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Final

from cadencecoach.devices.clock import HostClock
from cadencecoach.devices.reach.lane import LANE_OF, ROOM_OF
from cadencecoach.devices.reach.link import UnreachableError, link_session
from cadencecoach.devices.reach.place import SESSION, Place, find_place, found_places
from cadencecoach.live.room.state import RoomFiles, found_rooms

AGAIN_S: Final = 0.5
PRESS_TRIES: Final = 3
OLD_S: Final = 5.0  # a moment that was sent so long ago is none of now


def lane_places(room: str) -> dict[int, Place]:
    """The places of a room's sessions, by lane."""
    found = {}
    for place in found_places():
        lane = place.about.get(LANE_OF, "")
        if place.about.get("kind") == SESSION and place.about.get(ROOM_OF) == room and lane.isdecimal():
            found[int(lane)] = place
    return found


def rooms_now() -> list[str]:
    """Ids of the rooms that run, supervised or not.

    Raises:
        UsageError: there is no private folder
    """
    return [room for room in found_rooms() if RoomFiles(room).is_supervised or lane_places(room)]


def room_now() -> str | None:
    """Id of the room that runs; of several the first one. None where none does.

    Raises:
        UsageError: there is no private folder
    """
    return next(iter(rooms_now()), None)


class RoomWatch:
    """The newest moment of every lane.

    Attributes:
        newest: by lane, its newest moment as `view.wire` describes it, however old
        n_signs: by lane, how often its session has shown that it lives: a moment came, or it let go of us
    """

    def __init__(self) -> None:
        """Watch nobody."""
        self.newest: dict[int, Mapping[str, Any]] = {}
        self.n_signs: dict[int, int] = {}
        self._clock = HostClock()
        self._tasks: dict[int, tuple[str, asyncio.Task[None]]] = {}

    @property
    def moments(self) -> Mapping[int, Mapping[str, Any]]:
        """Those of now: one that was sent long ago says nothing any more."""
        now_s = self._clock.origin_s + self._clock.now_s()
        return {lane: one for lane, one in self.newest.items() if now_s - float(one["sent_s"]) <= OLD_S}

    def tend(self, places: Mapping[int, Place]) -> None:
        """Watch who runs now, and no longer who has ended."""
        for lane, (name, task) in tuple(self._tasks.items()):
            if task.done() or lane not in places or places[lane].name != name:
                task.cancel()
                del self._tasks[lane]
                self.newest.pop(lane, None)
        for lane, place in places.items():
            if lane not in self._tasks:
                self._tasks[lane] = place.name, asyncio.create_task(self._watch(lane, place))

    async def close(self) -> None:
        """Watch nobody any more."""
        tasks = [task for _, task in self._tasks.values()]
        self._tasks.clear()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _watch(self, lane: int, place: Place) -> None:
        try:
            async with link_session(place) as link:
                while True:
                    message = await link.next()
                    if message.get("what") == "moment":
                        self.newest[lane] = message
                        self._note_sign(lane)
        except UnreachableError:
            self._note_sign(lane)
            self.newest.pop(lane, None)
            await asyncio.sleep(AGAIN_S)  # it is ending, or has let go of a reader that stood still

    def _note_sign(self, lane: int) -> None:
        self.n_signs[lane] = self.n_signs.get(lane, 0) + 1


async def press(place: Place, key: str) -> str:
    """Press a key in a session; what is wrong with it, mostly nothing.

    Raises:
        UnreachableError: it is gone, or does not answer
    """
    async with link_session(place) as link:
        return await link.press(f"room {secrets.token_hex(8)}", key, None)


async def press_again(place: Place, key: str) -> str:
    """The same of a session that may be busy: it is asked again; a session that has ended has nothing wrong."""
    for _ in range(PRESS_TRIES):
        with suppress(UnreachableError):
            return await press(place, key)
    return "its session does not answer" if find_place(place.name) is not None else ""

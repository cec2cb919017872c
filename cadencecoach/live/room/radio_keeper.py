"""The owner of a room's radio, kept running: started, and started again where it died or hangs."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Final

from cadencecoach.devices.reach.lane import LaneName
from cadencecoach.devices.reach.link import UnreachableError, link_session
from cadencecoach.devices.reach.place import Place, find_place, kill
from cadencecoach.devices.reach.starting import StartedSession
from cadencecoach.live.room.silence import Silences

AGAIN_S: Final = 0.5
STARTS_WITHIN_S: Final = 30.0
ASK_EVERY_S: Final = 5.0
HANGS_S: Final = 20.0


class RadioKeeper:
    """Keeps it."""

    def __init__(self, room: str, words: tuple[str, ...], tell: Callable[[str], None]) -> None:
        """Start nothing before `tend`.

        Args:
            room: its id
            words: of the command line of the process
            tell: takes lines for the clinician
        """
        self._name, self._words, self._tell = LaneName(room, 1).radio, words, tell
        self._process: StartedSession | None = None
        self._begun_s = self._asked_s = -STARTS_WITHIN_S
        self._silences = Silences()
        self._n_answers = 0
        self._asking: asyncio.Task[None] | None = None

    def tend(self, now_s: float) -> None:
        """Look whether it is there and answers."""
        if now_s - self._begun_s < AGAIN_S:
            return
        place = find_place(self._name)
        if place is not None:
            self._listen(place, now_s)
            return
        is_starting = self._process is not None and not self._process.has_ended
        if is_starting and now_s - self._begun_s < STARTS_WITHIN_S:
            return
        if self._process is not None:
            why = self._process.complaint().splitlines()
            self._tell(f"radio: its process ended{f': {why[-1]}' if why else ''}; it is started again")
        self._begun_s = now_s
        self._process = StartedSession(self._words, self._name)

    async def close(self) -> None:
        """Ask no more; the process goes on."""
        if self._asking is not None:
            self._asking.cancel()
            await asyncio.gather(self._asking, return_exceptions=True)

    def _listen(self, place: Place, now_s: float) -> None:
        """End a process that has not answered for long; the next look starts another."""
        process = f"{place.pid}"
        self._silences.look(now_s, [process])
        if self._silences.silent_s(process, self._n_answers) > HANGS_S:
            self._tell(f"radio: its process hangs: no answer for {HANGS_S:g} s; it is ended")
            kill(place)
        elif now_s - self._asked_s >= ASK_EVERY_S and (self._asking is None or self._asking.done()):
            self._asked_s = now_s
            self._asking = asyncio.create_task(self._ask(place))

    async def _ask(self, place: Place) -> None:
        """Call without naming a lane: it lets such a caller go, and one that hangs does not."""
        with suppress(TimeoutError):
            async with asyncio.timeout(ASK_EVERY_S):
                with suppress(UnreachableError):
                    async with link_session(place) as link:
                        with suppress(UnreachableError):
                            await link.next()
                        self._n_answers += 1

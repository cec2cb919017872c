"""A room at a terminal: its lanes as they are, a clinician's keys, and an end that asks first."""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Final, Protocol

from cadencecoach.devices.clock import HostClock
from cadencecoach.devices.signals import Interrupts
from cadencecoach.live.room.keys import HELP, QUIT, STOP_ALL, Asked
from cadencecoach.live.room.supervisor import Supervisor
from cadencecoach.session.host import Keys
from cadencecoach.view.wall import LaneState, Tile

LOOK_EVERY_S: Final = 0.05
SHOW_EVERY_S: Final = 0.25
SURE_WITHIN_S: Final = 10.0  # after a first Ctrl-C
IDLE_S: Final = 1.0  # nothing runs for so long: it is over


class RoomPerson(Protocol):
    """Whoever sits at the terminal.

    Attributes:
        can_answer: whether somebody sees it and can press a key
    """

    can_answer: bool

    def tell(self, line: str) -> None:
        """Give them a line to read."""

    def show(self, tiles: Sequence[Tile], notes: Mapping[int, str], line: str) -> None:
        """Show the lanes, and a line of what is asked."""

    def keys(self) -> AbstractContextManager[Keys]:
        """Their keys."""


def host_room(supervisor: Supervisor, person: RoomPerson) -> None:
    """Run a room until all of it is over, or somebody ends it or leaves.

    Ctrl-C or q ask, and once more stops all. A terminal that is closed leaves every session running.
    """
    with Interrupts() as interrupts, person.keys() as keyboard:
        asyncio.run(_Hosting(supervisor, person, interrupts, keyboard).run())


class _Hosting:
    """One room at one terminal."""

    def __init__(self, supervisor: Supervisor, person: RoomPerson, interrupts: Interrupts, keyboard: Keys) -> None:
        self._supervisor, self._person = supervisor, person
        self._interrupts, self._keyboard = interrupts, keyboard
        self._clock = HostClock()
        self._asked = Asked()
        self._answer = HELP if person.can_answer else ""
        self._n_heeded = 0
        self._sure_until_s = 0.0
        self._is_over = False

    async def run(self) -> None:
        """To the end."""
        tending = asyncio.create_task(self._supervisor.run(lambda: self._is_over))
        shown_s, busy_s = -SHOW_EVERY_S, 0.0
        while not self._is_over and not tending.done():
            now_s = self._clock.now_s()
            while (key := self._keyboard.poll()) is not None:
                await self._press(key, now_s)
            await self._heed_interrupts(now_s)
            await self._do_due(now_s)
            if now_s - shown_s >= SHOW_EVERY_S:
                shown_s = now_s
                self._person.show(self._supervisor.tiles, self._supervisor.notes, self._asked.text or self._answer)
            busy_s = now_s if self._supervisor.n_running or self._waits_for_desk else busy_s
            self._is_over |= self._interrupts.is_leaving or now_s - busy_s > IDLE_S
            await asyncio.sleep(LOOK_EVERY_S)
        self._is_over = True
        await tending
        if self._interrupts.is_leaving:
            self._person.tell("The sessions run on. The same command finds them again.")

    @property
    def _waits_for_desk(self) -> bool:
        """Whether a lane can still be started by key."""
        return self._person.can_answer and any(tile.state is LaneState.DESK for tile in self._supervisor.tiles)

    async def _press(self, key: str, now_s: float) -> None:
        if key == STOP_ALL:
            self._asked = Asked()
            await self._supervisor.stop_all()
            self._answer = "all lanes are stopped and saved"
        elif key == QUIT:
            await self._ask_to_end(now_s)
        else:
            self._sure_until_s = 0.0
            before, self._asked = self._asked, self._asked.press(key, now_s)
            self._answer = "called off" if before.text and not self._asked.text else HELP

    async def _heed_interrupts(self, now_s: float) -> None:
        while self._n_heeded < self._interrupts.n:
            self._n_heeded += 1
            await self._ask_to_end(now_s)

    async def _ask_to_end(self, now_s: float) -> None:
        """Ask first where something runs; asked again in time, stop all and end."""
        n_running = self._supervisor.n_running
        if n_running and now_s > self._sure_until_s:
            self._sure_until_s = now_s + SURE_WITHIN_S
            lanes = "1 lane runs" if n_running == 1 else f"{n_running} lanes run"
            self._answer = f"{lanes}. Ctrl-C or q again within {SURE_WITHIN_S:g} s stops all and saves."
            self._person.tell(self._answer)
            return
        if n_running:
            await self._supervisor.end()
        self._is_over = True

    async def _do_due(self, now_s: float) -> None:
        self._asked = self._asked.settle(now_s)
        asked = self._asked
        if asked.due(now_s) and asked.deed is not None and asked.lane is not None:
            self._asked = Asked()
            self._answer = await self._supervisor.do(asked.deed, asked.lane) or f"{asked.text}: done"

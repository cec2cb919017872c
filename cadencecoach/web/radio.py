"""Whose turn it is at this computer's radio: a session that listens to sensors, else one look, scan or listening."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Final

from cadencecoach.plan.page_texts import PageTexts
from cadencecoach.web.asked import RefusedError

FREE_WITHIN_S: Final = 10.0  # whoever listens has parted from its sensors by then


class RadioTurns:
    """The turns of the pages. None begins beside a session that listens, which might lose its sensors.

    Args:
        is_used: tells whether a session listens to sensors now
    """

    def __init__(self, is_used: Callable[[], bool]) -> None:
        """Nobody has it."""
        self._is_used = is_used
        self._turn = asyncio.Lock()
        self._end: Callable[[], None] | None = None  # of the listening that has it
        self._is_awaited = False

    @asynccontextmanager
    async def look(self, texts: PageTexts, *, ends_listening: bool = False) -> AsyncIterator[None]:
        """Have it for a short while, after the look before.

        Args:
            texts: of whoever reads why not
            ends_listening: whoever listens to sensors has to stop; otherwise the listening stays, and nobody looks
        Raises:
            RefusedError: a session uses it, somebody listens, or somebody waits already for a listening to end
        """
        self._check(texts)
        if self._is_awaited or (self._end is not None and not ends_listening):
            raise RefusedError(409, texts.looks_already)
        if not ends_listening:
            async with self._turn:
                self._check(texts)
                yield
            return
        self._is_awaited = True
        try:
            await self._end_listening()
            async with self._turn:
                self._check(texts)
                yield
        finally:
            self._is_awaited = False

    @asynccontextmanager
    async def listen(self, texts: PageTexts, end: Callable[[], None]) -> AsyncIterator[None]:
        """Have it until it is over, or `end` is called because somebody else needs it.

        Raises:
            RefusedError: it is in use
        """
        self._check(texts)
        if self._is_awaited or self._turn.locked():
            raise RefusedError(409, texts.looks_already)
        async with self._turn:
            self._end = end
            try:
                yield
            finally:
                self._end = None

    async def free(self) -> None:
        """Make room for a session: end whoever listens, which holds sensors. A look holds none, and is over soon."""
        if self._end is None:
            return
        await self._end_listening()
        with suppress(TimeoutError):
            async with asyncio.timeout(FREE_WITHIN_S), self._turn:
                pass

    async def _end_listening(self) -> None:
        if self._end is not None:
            await asyncio.to_thread(self._end)

    def _check(self, texts: PageTexts) -> None:
        if self._is_used():
            raise RefusedError(409, texts.sensor_in_use)

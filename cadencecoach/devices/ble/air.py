"""One scan or one connect at a time: adapters do two at once badly. Who only waits for a sleeping sensor gives way."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")

CANCEL_WITHIN_S = 3.0  # how long the system may take to call off a connect


class GaveWayError(Exception):
    """Nothing had happened yet, and another sensor wanted its turn."""


class Air:
    """The adapter's attention.

    Threads: the radio's loop only.
    """

    def __init__(self) -> None:
        """Nobody has it."""
        self._lock = asyncio.Lock()
        self._n_waiting = 0
        self._is_wanted = asyncio.Event()

    async def use(self, work: Coroutine[Any, Any, T], *, turn_s: float) -> T:
        """Do something that needs the adapter alone, as long as it takes; after `turn_s` only while nobody waits.

        Raises:
            GaveWayError: called off for another's sake
        """
        try:
            await self._take()
        except BaseException:
            work.close()
            raise
        task = asyncio.ensure_future(work)
        try:
            await asyncio.wait({task}, timeout=turn_s)
            if not task.done():
                await self._done_or_wanted(task)
            if not task.done():
                raise GaveWayError
            return task.result()
        finally:
            await _cancel(task)
            self._lock.release()

    async def _take(self) -> None:
        self._n_waiting += 1
        self._is_wanted.set()
        try:
            await self._lock.acquire()
        finally:
            self._n_waiting -= 1
            if not self._n_waiting:
                self._is_wanted.clear()

    async def _done_or_wanted(self, task: "asyncio.Task[T]") -> None:
        wanted = asyncio.ensure_future(self._is_wanted.wait())
        try:
            await asyncio.wait({task, wanted}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            wanted.cancel()


async def _cancel(task: "asyncio.Task[Any]") -> None:
    """Cancel what is not done, and wait until it is gone, but not for ever."""
    if not task.done():
        task.cancel()
        await asyncio.wait({task}, timeout=CANCEL_WITHIN_S)
    if task.done() and not task.cancelled():
        task.exception()  # looked at, so that asyncio does not complain that nobody did

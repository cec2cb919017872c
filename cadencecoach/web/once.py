"""What a request asks for is done once, however often a bad network repeats it."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Final, Generic, TypeVar

REMEMBERED: Final = 256
Came = TypeVar("Came")


class Once(Generic[Came]):
    """Requests that have been done, by their id; one at a time. What failed may be asked for again."""

    def __init__(self) -> None:
        """Nothing was asked for yet."""
        self._lock = asyncio.Lock()
        self._done: OrderedDict[str, Came] = OrderedDict()

    async def do(self, id_: str, act: Callable[[], Awaitable[Came]]) -> Came:
        """What came of a request: done now, or what came of it the first time."""
        async with self._lock:
            if id_ not in self._done:
                self._done[id_] = await act()
                while len(self._done) > REMEMBERED:
                    self._done.popitem(last=False)
            return self._done[id_]

"""The pods' own clock: the one place of the tests where real time is let pass.

A program under test runs in real time, so what plays a sensor to it keeps real time too. No test waits by it for
something to come about: that is awaited, with a deadline.
"""

import asyncio
import itertools
import time
from collections.abc import AsyncIterator


async def ticks(every_s: float, *, n: int | None = None) -> AsyncIterator[int]:
    """Count from 0, to n - 1 or for ever; after each there is a pause of `every_s`, the last one too."""
    for number in itertools.count() if n is None else range(n):
        yield number
        await asyncio.sleep(every_s)


async def reach(due_s: float) -> None:
    """Let time pass up to a moment of the host's clock, none if it is past."""
    await asyncio.sleep(max(0.0, due_s - time.monotonic()))

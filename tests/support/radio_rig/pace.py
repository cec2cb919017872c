"""The pods' own clock. A program under test runs in real time, so what plays a sensor to it keeps real time too."""

import asyncio
from collections.abc import AsyncIterator


async def ticks(every_s: float, *, n: int) -> AsyncIterator[int]:
    """Count from 0 to n - 1; after each there is a pause of `every_s`, the last one too."""
    for number in range(n):
        yield number
        await asyncio.sleep(every_s)

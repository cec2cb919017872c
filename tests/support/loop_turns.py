"""Turns of the loop: what is ready goes on. No time passes, whatever the function of asyncio is called."""

import asyncio


async def loop_turns(n: int = 1) -> None:
    """Let whatever is ready in the loop have its turn, so many times."""
    for _ in range(n):
        await asyncio.sleep(0)

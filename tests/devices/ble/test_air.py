import asyncio

import pytest
from loop_turns import loop_turns

from cadencecoach.devices.ble.air import Air, GaveWayError


async def answer(what: object) -> object:
    """A work that is done at its first turn."""
    return what


def test_one_at_a_time() -> None:
    """The second begins when the first has ended."""

    async def play() -> list[str]:
        air, log, has_begun, go = Air(), list[str](), asyncio.Event(), asyncio.Event()

        async def work(name: str) -> None:
            log.append(f"{name} begins")
            has_begun.set()
            await go.wait()
            log.append(f"{name} ends")

        first = asyncio.ensure_future(air.use(work("a"), turn_s=60.0))
        second = asyncio.ensure_future(air.use(work("b"), turn_s=60.0))
        await has_begun.wait()
        go.set()
        await asyncio.gather(first, second)
        return log

    assert asyncio.run(play()) == ["a begins", "a ends", "b begins", "b ends"]


def test_who_only_waits_gives_way_to_another() -> None:
    """After its turn, and not before somebody wants it."""

    async def play() -> object:
        air = Air()
        waiting = asyncio.ensure_future(air.use(asyncio.Event().wait(), turn_s=0.0))
        await loop_turns(20)  # rounds of the loop: its turn is over after three, and a work called off gone after six
        assert not waiting.done()
        got = await air.use(answer("mine"), turn_s=1.0)
        with pytest.raises(GaveWayError):
            await waiting
        return got

    assert asyncio.run(play()) == "mine"


def test_an_error_of_the_work_is_the_callers() -> None:
    """And the adapter is free again."""

    async def play() -> object:
        air = Air()

        async def fail() -> None:
            raise OSError("no radio")

        with pytest.raises(OSError, match="no radio"):
            await air.use(fail(), turn_s=1.0)
        return await air.use(answer(7), turn_s=1.0)

    assert asyncio.run(play()) == 7


def test_a_cancelled_caller_leaves_the_adapter_free() -> None:
    """Its work is called off with it, whether it had begun or was still waiting for its turn."""

    async def play() -> object:
        air = Air()
        has_begun = asyncio.Event()

        async def work() -> None:
            has_begun.set()
            await asyncio.Event().wait()

        begun = asyncio.ensure_future(air.use(work(), turn_s=60.0))
        queued = asyncio.ensure_future(air.use(asyncio.Event().wait(), turn_s=60.0))
        await has_begun.wait()
        queued.cancel()
        begun.cancel()
        await asyncio.wait({begun, queued})
        return await asyncio.wait_for(air.use(answer(7), turn_s=1.0), 1.0)

    assert asyncio.run(play()) == 7

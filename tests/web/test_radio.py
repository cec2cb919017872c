"""Turns at the radio: one at a time, none beside a session that listens, and a listening gives way."""

import asyncio
from collections.abc import Coroutine
from typing import Any

import pytest
from loop_turns import loop_turns

from cadencecoach.plan.page_texts import ENGLISH_PAGE
from cadencecoach.web.asked import RefusedError
from cadencecoach.web.radio import RadioTurns


def run(story: Coroutine[Any, Any, None]) -> None:
    """A story to its end."""
    asyncio.run(asyncio.wait_for(story, 20))


class Listener:
    """Somebody who listens until they are ended."""

    def __init__(self, turns: RadioTurns) -> None:
        """Not begun."""
        self._turns, self._over = turns, asyncio.Event()
        self.loop = asyncio.get_running_loop()
        self.task = asyncio.ensure_future(self._listen())

    def end(self) -> None:
        """From any thread."""
        self.loop.call_soon_threadsafe(self._over.set)

    async def _listen(self) -> None:
        async with self._turns.listen(ENGLISH_PAGE, self.end):
            await self._over.wait()


def test_nothing_begins_beside_a_session_that_listens() -> None:
    """Neither a look nor a scan nor a listening; once the session is over each may."""
    is_used = True

    async def story() -> None:
        nonlocal is_used
        turns = RadioTurns(lambda: is_used)
        for ways in (turns.look(ENGLISH_PAGE), turns.look(ENGLISH_PAGE, ends_listening=True)):
            with pytest.raises(RefusedError, match=ENGLISH_PAGE.sensor_in_use):
                await ways.__aenter__()
        with pytest.raises(RefusedError, match=ENGLISH_PAGE.sensor_in_use):
            await turns.listen(ENGLISH_PAGE, lambda: None).__aenter__()
        is_used = False
        async with turns.look(ENGLISH_PAGE):
            pass

    run(story())


def test_a_session_that_began_while_a_look_waited_is_not_disturbed() -> None:
    """It is asked again when the turn has come."""
    is_used = False

    async def story() -> None:
        nonlocal is_used
        turns = RadioTurns(lambda: is_used)
        async with turns.look(ENGLISH_PAGE):
            second = asyncio.ensure_future(turns.look(ENGLISH_PAGE).__aenter__())
            await loop_turns()
            assert not second.done()  # one at a time
            is_used = True
        with pytest.raises(RefusedError, match=ENGLISH_PAGE.sensor_in_use):
            await second

    run(story())


def test_a_scan_ends_a_listening_and_a_look_does_not() -> None:
    """Whoever only wants to know whether a sensor is there, is told that somebody looks."""

    async def story() -> None:
        turns = RadioTurns(lambda: False)
        listener = Listener(turns)
        await loop_turns()
        with pytest.raises(RefusedError, match=ENGLISH_PAGE.looks_already):
            await turns.look(ENGLISH_PAGE).__aenter__()
        with pytest.raises(RefusedError, match=ENGLISH_PAGE.looks_already):
            await turns.listen(ENGLISH_PAGE, lambda: None).__aenter__()
        assert not listener.task.done()
        async with turns.look(ENGLISH_PAGE, ends_listening=True):
            assert listener.task.done()
            with pytest.raises(RefusedError, match=ENGLISH_PAGE.looks_already):
                await turns.look(ENGLISH_PAGE, ends_listening=True).__aenter__()

    run(story())


def test_a_session_ends_a_listening_before_it_begins() -> None:
    """Its sensors are let go; where nobody listens nothing is waited for, not even a look."""

    async def story() -> None:
        turns = RadioTurns(lambda: False)
        listener = Listener(turns)
        await loop_turns()
        await turns.free()
        assert listener.task.done()
        async with turns.look(ENGLISH_PAGE):
            await turns.free()

    run(story())

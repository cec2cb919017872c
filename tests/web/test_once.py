"""A request is done once."""

import asyncio

import pytest
from loop_turns import loop_turns

from cadencecoach.web.once import REMEMBERED, Once


def test_the_same_id_gets_what_came_of_it_the_first_time() -> None:
    """Also where both are asked for at once; another id is another request."""
    done: list[str] = []

    async def act() -> int:
        done.append("done")
        await loop_turns()
        return len(done)

    async def ask() -> list[int]:
        once: Once[int] = Once()
        return [*await asyncio.gather(once.do("a", act), once.do("a", act)), await once.do("b", act)]

    assert asyncio.run(ask()) == [1, 1, 2]


def test_what_failed_may_be_asked_for_again() -> None:
    """It was not done."""

    async def fail() -> int:
        raise ValueError("no")

    async def act() -> int:
        return 3

    async def ask() -> int:
        once: Once[int] = Once()
        with pytest.raises(ValueError, match="no"):
            await once.do("a", fail)
        return await once.do("a", act)

    assert asyncio.run(ask()) == 3


def test_so_many_are_remembered() -> None:
    """The oldest is forgotten first."""

    async def ask() -> tuple[int, int]:
        once: Once[int] = Once()
        n = iter(range(REMEMBERED + 3))

        async def act() -> int:
            return next(n)

        for number in range(REMEMBERED + 1):
            await once.do(str(number), act)
        return await once.do("1", act), await once.do("0", act)

    assert asyncio.run(ask()) == (1, REMEMBERED + 1)

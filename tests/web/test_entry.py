"""How devices come in: what whoever sits at the computer reads of it."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from reached_rig import entry_in

from cadencecoach.web import password as password_module
from cadencecoach.web.devices import Device
from cadencecoach.web.entry import LOCKED, Entry
from cadencecoach.web.pairing import TRIES, Refused
from cadencecoach.web.rows import Role


@pytest.fixture
def told() -> list[str]:
    """What was read at the computer."""
    return []


@pytest.fixture
def entry(tmp_path: Path, told: list[str], monkeypatch: pytest.MonkeyPatch) -> Entry:
    """The ways in; a password at a cost that a test can pay."""
    monkeypatch.setitem(password_module.COST, "n", 16)
    one = entry_in(tmp_path, "192.168.1.7")
    one.tell = told.append
    one.password.set("correct horse")
    return one


def run(story: Callable[[], Awaitable[None]]) -> None:
    """Run a story, with a clock."""

    async def running() -> None:
        await story()

    asyncio.run(running())


def test_a_tap_that_is_repeated_lets_one_device_in(entry: Entry, told: list[str]) -> None:
    """Its answer is the same device; ended meanwhile, it is none."""

    async def story() -> None:
        digits = entry.open_code(Role.SCREEN, None, "code").digits
        first = entry.pair("tap", digits, kind="TV", address="192.168.1.9")
        assert isinstance(first, Device)
        assert entry.pair("tap", digits, kind="TV", address="192.168.1.9") == first
        assert entry.pair("other", digits, kind="TV", address="192.168.1.9") is Refused.CLOSED
        entry.devices.end(first.id)
        assert entry.pair("tap", digits, kind="TV", address="192.168.1.9") is Refused.CLOSED
        assert told == ["Let in: screen, TV at 192.168.1.9."]

    run(story)


def test_guessing_is_told_at_the_computer_once(entry: Entry, told: list[str]) -> None:
    """With what it may mean."""

    async def story() -> None:
        digits = int(entry.open_code(Role.SCREEN, None, "code").digits)
        for n in range(2 * TRIES):
            entry.pair(f"tap-{n}", f"{(digits + 1 + n) % 10**6:06}", kind="", address="192.168.1.9")
        assert told == [LOCKED]

    run(story)


def test_the_desk_comes_in_by_its_password(entry: Entry) -> None:
    """Once for a tap that is repeated; wrong ones lock it, also many at once."""

    async def story() -> None:
        who = {"kind": "Mac", "address": "192.168.1.9"}
        device = await entry.log_in("tap", "correct horse", **who)
        assert isinstance(device, Device)
        assert (device.role, device.athlete) == (Role.DESK, None)
        assert await entry.log_in("tap", "correct horse", **who) == device
        answers = await asyncio.gather(*(entry.log_in(f"t{n}", f"wrong {n}", **who) for n in range(20)))
        assert answers.count(Refused.WRONG) == 5
        assert answers.count(Refused.LOCKED) == 15
        assert await entry.log_in("t", "correct horse", **who) is Refused.LOCKED

    run(story)


def test_a_cookie_is_for_encrypted_connections_only_where_there_are_some(entry: Entry) -> None:
    """And never for scripts, or for pages of others."""

    async def story() -> None:
        digits = entry.open_code(Role.SCREEN, None, "code").digits
        device = entry.pair("tap", digits, kind="TV", address="192.168.1.9")
        assert isinstance(device, Device)
        flags = entry.cookie(device, is_encrypted=False).split("; ")[1:]
        assert flags[:3] == ["HttpOnly", "SameSite=Strict", "Path=/"]
        assert flags[3].startswith("Max-Age=43")
        assert "Secure" not in flags
        assert entry.cookie(device, is_encrypted=True).endswith("; Secure")

    run(story)

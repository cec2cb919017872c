"""The terminal of a server that devices can come in to: single keys, and what they ask."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import pytest
from reached_rig import entry_in

from cadencecoach.web.addresses import Addresses
from cadencecoach.web.devices import Device
from cadencecoach.web.entry import Entry
from cadencecoach.web.rows import Role
from cadencecoach.web.server.terminal import KEYS, OTHERS_READ, PairingTerminal

AT = "192.168.1.7"


class TypedKeys:
    """A keyboard on which all has been typed already."""

    look_every_s = 0.0

    def __init__(self, keys: Sequence[str]) -> None:
        self._keys = list(keys)
        self.all_taken = asyncio.Event()

    def poll(self) -> str | None:
        """The next one."""
        if not self._keys:
            self.all_taken.set()
            return None
        return self._keys.pop(0)

    def close(self) -> None:
        """Nothing to give back."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        pass


class Sitting:
    """Somebody at a terminal without colours."""

    can_answer = True

    def __init__(self) -> None:
        self.told: list[str] = []
        self.keys: TypedKeys | None = None

    def tell(self, text: str) -> None:
        """Read a line."""
        self.told.append(text)

    def show_qr(self, address: str) -> bool:
        """Cannot be drawn."""
        self.told.append(address)
        return False

    def ask_secret(self, question: str) -> str:
        """Never asked here."""
        raise AssertionError(question)

    def keyboard(self) -> TypedKeys:
        """What has been typed."""
        assert self.keys is not None
        return self.keys


def typed(entry: Entry, *keys: str) -> str:
    """What is read after these keys."""
    person = Sitting()

    async def story() -> None:
        person.keys = TypedKeys(keys)
        task = asyncio.create_task(PairingTerminal(entry, lambda: ("r7", "r8"), person).run())
        await person.keys.all_taken.wait()
        task.cancel()

    asyncio.run(story())
    return "\n".join(person.told)


def open_code(entry: Entry) -> tuple[Role, str | None] | None:
    """What the digits that are open let a device in as."""
    code = entry.pairing._code
    return None if code is None else (code.role, code.athlete)


def added(entry: Entry, athlete: str | None = "r7") -> Device:
    """A device that is in."""
    return entry.devices.add(Role.RUNNER, athlete, kind="iPad", address="192.168.1.9", now_s=4e9)


@pytest.fixture
def entry(tmp_path: Path) -> Entry:
    """Of a server in one network."""
    return entry_in(tmp_path, AT)


def test_it_begins_with_digits_for_a_screen_which_sees_least(entry: Entry) -> None:
    """With the address to type and to scan, and the keys."""
    told = typed(entry)
    digits = entry.pairing._code.digits if entry.pairing._code else ""
    assert open_code(entry) == (Role.SCREEN, None)
    assert f"http://{AT}:8712/pair#{digits}" in told
    assert f"{digits[:3]} {digits[3:]}" in told
    assert KEYS in told


def test_a_runners_device_is_of_the_one_that_is_chosen_where_the_network_is_ones_own(entry: Entry) -> None:
    """It is asked in one line before any digits are shown."""
    told = typed(entry, "r", "2", "enter", "y")
    assert told.count(OTHERS_READ) == 1
    assert "\n" not in OTHERS_READ
    assert open_code(entry) == (Role.RUNNER, "r8")
    assert "r8" in told.splitlines()[-5]
    typed(entry, "r", "0", "enter", "y")
    assert open_code(entry) == (Role.RUNNER, None)


@pytest.mark.parametrize("answer", [("n",), ("enter",), ("1", "enter")])
def test_whoever_does_not_vouch_for_the_network_lets_no_runner_in(entry: Entry, answer: tuple[str, ...]) -> None:
    """What is not yes, is no; the digits for a screen stay."""
    told = typed(entry, "r", "1", "enter", *answer)
    assert "Nobody is let in" in told
    assert open_code(entry) == (Role.SCREEN, None)


@pytest.mark.parametrize("keys", [("enter",), ("3", "enter"), ("9", "9", "9", "9", "enter"), ("n",), ("y",)])
def test_who_is_not_in_the_list_is_not_let_in(entry: Entry, keys: tuple[str, ...]) -> None:
    """Enter alone is a way out."""
    assert "Nobody is let in" in typed(entry, "r", *keys)
    assert open_code(entry) == (Role.SCREEN, None)


def test_a_slip_is_taken_back(entry: Entry) -> None:
    """With Backspace; keys that are none of the question do nothing."""
    typed(entry, "r", "1", "backspace", "s", "2", "enter", "y")
    assert open_code(entry) == (Role.RUNNER, "r8")


def test_over_an_encrypted_connection_nobody_is_asked(tmp_path: Path) -> None:
    """Others cannot read it."""
    entry = entry_in(tmp_path)
    entry.addresses = Addresses(port=8712, network=(AT,), names=("treadmill.lan",))
    told = typed(entry, "r", "1", "enter")
    assert OTHERS_READ not in told
    assert "https://treadmill.lan:8712/pair" in told
    assert open_code(entry) == (Role.RUNNER, "r7")


def test_devices_are_listed_and_one_is_ended(entry: Entry, monkeypatch: pytest.MonkeyPatch) -> None:
    """By its number in the list that was shown."""
    monkeypatch.setattr("cadencecoach.web.server.terminal.wall_time_s", lambda: 4e9 + 1)
    one, other = added(entry), added(entry, None)
    told = typed(entry, "d", "2", "enter")
    assert "runner (r7), iPad at 192.168.1.9" in told
    assert "Ended: runner (guest), iPad at 192.168.1.9." in told
    assert entry.devices.all(4e9 + 1) == [one]
    assert other.id != one.id
    for keys in (("enter",), ("0", "enter"), ("2", "enter")):
        assert "No device is ended" in typed(entry, "d", *keys)
    typed(entry, "d", "1", "enter")
    assert "No device is let in." in typed(entry, "d")


def test_another_key_says_which_there_are(entry: Entry) -> None:
    """And changes nothing."""
    assert typed(entry, "q").count(KEYS) == 2
    assert open_code(entry) == (Role.SCREEN, None)


def test_without_a_network_there_is_nothing_to_show(tmp_path: Path) -> None:
    """No digits, no keys."""
    entry, person = entry_in(tmp_path), Sitting()
    asyncio.run(PairingTerminal(entry, lambda: (), person).run())
    assert person.told == []
    assert open_code(entry) is None

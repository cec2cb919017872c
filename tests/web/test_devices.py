"""Devices that were let in: kept, listed, ended."""

import asyncio
import json
import stat
from pathlib import Path

import pytest
from each_row import each_row
from loop_turns import loop_turns

from cadencecoach.devices.reach.paired import unpair
from cadencecoach.web.devices import HOLDS_S, MAX_ANSWERS, MAX_DEVICES, Device, Devices, kind_of
from cadencecoach.web.rows import Role


def added(devices: Devices, now_s: float = 100.0, athlete: str | None = "r7") -> Device:
    """A runner's device."""
    return devices.add(Role.RUNNER, athlete, kind="iPad", address="192.168.1.7", now_s=now_s)


def test_devices_are_known_again_after_a_restart(tmp_path: Path) -> None:
    """From a file that only its owner reads."""
    path = tmp_path / "devices.json"
    first, guest = added(Devices(path)), added(Devices(path), athlete=None)
    again = Devices(path)
    assert again.find(first.id, 101.0) == first
    assert again.all(101.0) == [first, guest]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_device_is_in_for_twelve_hours(tmp_path: Path) -> None:
    """At their end it is not."""
    devices = Devices(tmp_path / "devices.json")
    device = added(devices)
    assert devices.find(device.id, 100.0 + HOLDS_S - 1) == device
    assert devices.find(device.id, 100.0 + HOLDS_S) is None
    assert devices.all(100.0 + HOLDS_S) == []


def test_a_device_that_is_ended_is_gone_from_the_file_too(tmp_path: Path) -> None:
    """A second end is none."""
    path = tmp_path / "devices.json"
    devices = Devices(path)
    one, other = added(devices), added(devices)
    assert devices.end(one.id)
    assert not devices.end(one.id)
    assert Devices(path).all(101.0) == [other]
    devices.end_all()
    assert Devices(path).all(101.0) == []


def test_for_one_too_many_the_oldest_goes(tmp_path: Path) -> None:
    """Nobody fills the list."""
    devices = Devices(tmp_path / "devices.json")
    first = added(devices)
    others = [added(devices) for _ in range(MAX_DEVICES)]
    assert devices.find(first.id, 101.0) is None
    assert devices.all(101.0) == others


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[",
        "{}",
        "[{}]",
        "[1]",
        "null",
        "[" * 10_000,
        json.dumps(
            [{"id": "a", "role": "owner", "athlete": None, "kind": "", "address": "", "since_s": 0, "until_s": 9}]
        ),
        json.dumps(
            [{"id": "a", "role": "runner", "athlete": 7, "kind": "", "address": "", "since_s": 0, "until_s": 9}]
        ),
    ],
)
def test_a_file_that_is_none_of_ours_lets_nobody_in(tmp_path: Path, text: str) -> None:
    """It is written anew with the next device."""
    path = tmp_path / "devices.json"
    path.write_text(text)
    devices = Devices(path)
    assert devices.all(0.0) == []
    device = added(devices)
    assert Devices(path).all(101.0) == [device]


def test_a_device_that_cannot_be_forgotten_on_the_disk_is_not_said_to_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would be in again after a restart."""
    devices = Devices(tmp_path / "devices.json")
    device = added(devices)

    def fail(*_: object, **__: object) -> None:
        raise OSError("no space")

    monkeypatch.setattr("cadencecoach.devices.reach.paired.write_private", fail)
    with pytest.raises(OSError, match="no space"):
        devices.end(device.id)
    assert devices.find(device.id, 101.0) == device


def test_what_is_being_sent_to_a_device_ends_with_it(tmp_path: Path) -> None:
    """That of others goes on."""
    devices = Devices(tmp_path / "devices.json")
    one, other = added(devices), added(devices)

    async def send(device: Device) -> str:
        with devices.leash(device, 100.0) as limit:
            try:
                async with limit:
                    await asyncio.Event().wait()
            except TimeoutError:
                return "ended"
        return "never"

    async def story() -> None:
        tasks = [asyncio.create_task(send(device)) for device in (one, one, other)]
        await loop_turns()
        devices.end(one.id)
        assert await asyncio.gather(*tasks[:2]) == ["ended", "ended"]
        assert not tasks[2].done()
        devices.end_all()
        assert await tasks[2] == "ended"

    asyncio.run(story())


def test_a_device_that_another_program_has_taken_out_is_let_go(tmp_path: Path) -> None:
    """With whatever is sent to it; one that comes in meanwhile does not bring it back."""
    path = tmp_path / "devices.json"
    devices = Devices(path)
    one, other = added(devices, athlete="r7"), added(devices, athlete="r8")

    async def send() -> None:
        with devices.leash(one, 100.0) as limit:
            async with limit:
                unpair(path, "r7")
                new = added(devices, athlete=None)
                assert devices.all(101.0) == [other, new]
                await asyncio.Event().wait()

    with pytest.raises(TimeoutError):
        asyncio.run(send())
    assert devices.find(one.id, 101.0) is None


def test_a_list_that_is_gone_has_let_everybody_go(tmp_path: Path) -> None:
    """And begins anew."""
    path = tmp_path / "devices.json"
    devices = Devices(path)
    one = added(devices)
    path.unlink()
    assert devices.find(one.id, 101.0) is None
    unpair(path, "r7")
    assert not path.exists()
    assert devices.all(101.0) == []
    again = added(devices)
    assert devices.all(101.0) == [again]


def test_a_device_has_a_few_answers_at_once(tmp_path: Path) -> None:
    """For one too many the oldest ends; one whose time is over ends at once."""
    devices = Devices(tmp_path / "devices.json")
    device = added(devices)
    ended = list[int]()

    async def send(number: int, now_s: float) -> None:
        with devices.leash(device, now_s) as limit:
            try:
                async with limit:
                    await asyncio.Event().wait()
            except TimeoutError:
                ended.append(number)

    async def story() -> None:
        tasks = [asyncio.create_task(send(number, 100.0)) for number in range(MAX_ANSWERS + 1)]
        await tasks[0]
        assert ended == [0]
        await send(99, 100.0 + HOLDS_S)
        assert 99 in ended
        devices.end_all()
        await asyncio.gather(*tasks)

    asyncio.run(story())


@each_row(
    ("browser", "kind"),
    [
        ("Mozilla/5.0 (iPad; CPU OS 17_0 like Mac OS X)", "iPad"),
        ("Mozilla/5.0 (Linux; Android 14; Pixel 7)", "Android"),
        ("Mozilla/5.0 (SMART-TV; Linux; Tizen 6.0)", "TV"),
        ("<script>alert(1)</script>", ""),
        ("", ""),
    ],
)
def test_a_machine_is_called_by_a_word_of_our_own(browser: str, kind: str) -> None:
    """Never by what it says of itself."""
    assert kind_of(browser) == kind

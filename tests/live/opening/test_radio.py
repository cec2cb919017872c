"""`--feet ble` where there is no Bluetooth."""

import asyncio
from pathlib import Path

import pytest
from radio_rig.bluez import FakeBluez
from radio_rig.bus import ADDRESS, needs_bus, private_bus

from cadencecoach.errors import DeviceError
from cadencecoach.live.opening.radio import open_radio
from cadencecoach.session.host import NOBODY

pytestmark = needs_bus


@pytest.fixture(autouse=True)
def _book_of_its_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))


async def refused_by(bluez: FakeBluez) -> str:
    """What a person reads when this service is all there is."""
    async with bluez:
        with pytest.raises(DeviceError) as caught:
            await asyncio.to_thread(open_radio, "", "auto", NOBODY)
    return str(caught.value)


def test_without_an_adapter_the_session_is_offered_without_a_pod(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is missing, what to do, and how to run all the same."""
    with private_bus() as address:
        monkeypatch.setenv(ADDRESS, address)
        bluez = FakeBluez(address)
        bluez.has_adapter = False
        said = asyncio.run(refused_by(bluez))
    assert "no Bluetooth adapter" in said
    assert said.endswith("go without a pod: --feet none")


def test_without_a_bus_the_session_is_offered_without_a_pod(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """In a container there is often no bus at all; starting the Bluetooth service would not help."""
    monkeypatch.setenv(ADDRESS, f"unix:path={tmp_path / 'nobody'}")
    with pytest.raises(DeviceError) as caught:
        open_radio("", "auto", NOBODY)
    assert "the system bus" in str(caught.value)
    assert "--feet none" in str(caught.value)

"""One connection, as far as it can be looked at without a radio."""

import asyncio
import sys
from dataclasses import dataclass

import pytest
from bleak.backends.device import BLEDevice
from loop_turns import loop_turns

from cadencecoach.devices.ble.connection import Connection
from cadencecoach.gait.sources import RSC

DEVICE = BLEDevice("C0:00:00:00:00:01", "Pod A", {"path": "/org/bluez/hci0/dev_C0_00_00_00_00_01", "props": {}})


@dataclass
class SlowClient:
    """A library's client that has parted when it is told so."""

    has_parted: "asyncio.Future[None]"
    is_connected: bool = True

    async def disconnect(self) -> None:
        """Wait for it."""
        await self.has_parted


@pytest.mark.skipif(sys.platform != "linux", reason="the device is one of BlueZ")
@pytest.mark.parametrize("n_turns", range(4))
def test_a_link_that_is_called_off_as_it_ends_is_called_off(n_turns: int) -> None:
    """However many turns of the loop after the end: a cancel that was taken is not forgotten."""

    async def play() -> tuple[bool, bool]:
        connection = Connection(DEVICE, (RSC,), lambda _: None)
        client = SlowClient(asyncio.get_running_loop().create_future())
        connection._client = client  # type: ignore[assignment]
        parting = asyncio.ensure_future(connection.disconnect())
        await loop_turns(4)
        client.has_parted.set_result(None)
        await loop_turns(n_turns)
        was_taken = parting.cancel()
        await asyncio.wait({parting})
        return was_taken, parting.cancelled()

    was_taken, is_cancelled = asyncio.run(play())
    assert is_cancelled == was_taken

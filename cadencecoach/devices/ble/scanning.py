"""Who is around: sensors that advertise, and those this computer is connected to already and cannot hear."""

import asyncio
from collections.abc import Callable, Sequence

from bleak import BleakAdapter, BleakScanner
from bleak.backends.device import BLEDevice
from bleak.backends.scanner import AdvertisementData

from cadencecoach.devices.ble.events import Found, Sensor
from cadencecoach.devices.ble.gatt import Stream, kinds_of

MAX_NAME = 40
Matches = Callable[[Sensor], bool]


def sensor_of(device: BLEDevice) -> Sensor:
    """The sensor behind the library's object."""
    return called(device.address, device.name)


def called(address: str, name: str | None) -> Sensor:
    """A sensor by what it says of itself, with nothing in its name that a terminal would obey."""
    shown = "".join(c for c in name or "" if c.isprintable()).strip()[:MAX_NAME]
    return Sensor(address=address, name=shown or address)


def named(text: str) -> Matches:
    """Whether a sensor is the one a person means: by its address, or by a part of its name."""
    wanted = text.casefold()

    def matches(sensor: Sensor) -> bool:
        return sensor.address.casefold() == wanted or wanted in sensor.name.casefold()

    return matches


async def scan(
    streams: Sequence[Stream], seconds: float, heard: Callable[[Found], None] = lambda _: None
) -> tuple[Found, ...]:
    """All sensors of ours that are around, the loudest first.

    Args:
        streams: what makes a sensor one of ours
        seconds: how long to listen; pods advertise a few times a second
        heard: is told of each when it is first heard
    """
    found: dict[str, Found] = {}

    def note(one: Found) -> None:
        is_new = one.sensor.address not in found
        found[one.sensor.address] = one
        if is_new:
            heard(one)

    def advertised(device: BLEDevice, data: AdvertisementData) -> None:
        kinds = kinds_of(data.service_uuids, streams)
        if kinds:
            sensor = called(device.address, data.local_name or device.name)
            note(Found(sensor=sensor, kinds=kinds, signal_dbm=data.rssi))

    for device, kinds in (await _held(streams)).values():
        note(Found(sensor=sensor_of(device), kinds=kinds, signal_dbm=None, is_held=True))
    async with BleakScanner(advertised, service_uuids=[stream.service for stream in streams]):
        await asyncio.sleep(seconds)
    return tuple(sorted(found.values(), key=lambda one: -(one.signal_dbm or -127)))


async def find_held(matches: Matches, streams: Sequence[Stream]) -> BLEDevice | None:
    """A sensor that matches among those this computer is connected to: such a one does not advertise."""
    return next((device for device, _ in (await _held(streams)).values() if matches(sensor_of(device))), None)


async def find_heard(matches: Matches, *, within_s: float) -> BLEDevice | None:
    """The first sensor that matches, as soon as it is heard; None if it is not.

    Everything that advertises is looked at: some pods do not name their service before they are connected.
    """

    def advertised(device: BLEDevice, data: AdvertisementData) -> bool:
        return matches(called(device.address, data.local_name or device.name))

    return await BleakScanner.find_device_by_filter(advertised, timeout=within_s)


async def _held(streams: Sequence[Stream]) -> dict[str, tuple[BLEDevice, tuple[str, ...]]]:
    """Sensors that are connected to this computer, by address, with their kinds."""
    adapter = await BleakAdapter.get()
    held: dict[str, tuple[BLEDevice, tuple[str, ...]]] = {}
    for stream in streams:
        for device in await adapter.get_connected_devices([stream.service]):
            _, kinds = held.get(device.address, (device, ()))
            held[device.address] = device, (*kinds, stream.kind)
    return held

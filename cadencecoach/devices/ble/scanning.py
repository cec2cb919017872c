"""Who is around: sensors that advertise, and those this computer is connected to already and cannot hear.

An address is not all there is to a sensor: some take a new one each time they wake, and two of one maker have one name.
"""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from statistics import median

from bleak import BleakAdapter, BleakClient, BleakScanner
from bleak.backends.device import BLEDevice
from bleak.backends.scanner import AdvertisementData

from cadencecoach.devices.ble.events import Found, Sensor
from cadencecoach.devices.ble.gatt import Stream, kinds_of, services_of
from cadencecoach.devices.ble.trouble import RADIO_ERRORS

MAX_NAME = 40
SETTLE_S = 2.0  # before one sensor is preferred to others: pods advertise several times a second
SURE_AFTER_S = 1.0  # the sensor is there; who else is
CLEAR_DB = 15  # single messages of one sensor differ by up to 10 dB; a body in between takes some more
UNHEARD_DBM = -127  # what the system says where it does not know
OPEN_S = 4.0  # to connect to a sensor and see what it has
Matches = Callable[[Sensor], bool]


def sensor_of(device: BLEDevice) -> Sensor:
    """The sensor behind the library's object."""
    return describe(device.address, device.name)


def describe(address: str, name: str | None) -> Sensor:
    """A sensor by what it says of itself, with nothing in its name that a terminal would obey."""
    shown = "".join(c for c in name or "" if c.isprintable()).strip()[:MAX_NAME]
    return Sensor(address=address, name=shown or address)


def no_sensor(_: Sensor) -> bool:
    """Whether a sensor is none at all: never."""
    return False


def matches_text(text: str) -> Matches:
    """Whether a sensor is the one a person means: by its address, or by a part of its name."""
    wanted = text.casefold()

    def matches(sensor: Sensor) -> bool:
        return sensor.address.casefold() == wanted or wanted in sensor.name.casefold()

    return matches


def at_address(address: str) -> Matches:
    """Whether a sensor has an address."""
    return lambda sensor: sensor.address.casefold() == address.casefold()


def namesake(sensor: Sensor, *, besides: Iterable[str] = ()) -> Matches:
    """Whether a sensor calls itself as another does; one without a name has no namesakes.

    Args:
        sensor: the other
        besides: addresses of sensors that were heard beside it, so that they are not it
    """
    others = frozenset(besides)
    if sensor.name == sensor.address:
        return no_sensor
    return lambda one: one.name == sensor.name and one.address not in others


def nearest(found: Sequence[Found]) -> Found | None:
    """The only one, or the one that is clearly louder than all others; None where nobody can tell."""
    if len(found) < 2:  # noqa: PLR2004  # nobody to compare with
        return found[0] if found else None
    first, second = sorted(found, key=_loudness, reverse=True)[:2]
    return first if is_clearly_louder(first, second) else None


def is_clearly_louder(one: Found, other: Found) -> bool:
    """Whether a sensor is heard so much louder than another that it is the nearer one."""
    if one.signal_dbm is None or other.signal_dbm is None:
        return False
    return one.signal_dbm - other.signal_dbm >= CLEAR_DB


def _loudness(one: Found) -> int:
    return 0 if one.signal_dbm is None else one.signal_dbm  # one that is connected is not far


class Hearing:
    """What has been heard while a scan runs, sensor by sensor."""

    def __init__(self) -> None:
        self.devices: dict[str, BLEDevice] = {}
        self._names: dict[str, str | None] = {}
        self._services: dict[str, set[str]] = {}
        self._signals_dbm: dict[str, list[int]] = {}

    def note(self, device: BLEDevice, data: AdvertisementData) -> Sensor:
        """Take an advertisement; whose it is."""
        address = device.address
        self.devices[address] = device
        self._names[address] = data.local_name or device.name or self._names.get(address)
        self._services.setdefault(address, set()).update(data.service_uuids)
        signals_dbm = self._signals_dbm.setdefault(address, [])
        if data.rssi > UNHEARD_DBM:
            signals_dbm.append(data.rssi)
        return describe(address, self._names[address])

    def list_found(self, streams: Sequence[Stream], also: Matches) -> list[Found]:
        """The sensors of ours, and others that match."""
        every = [self._find(address, streams) for address in self.devices]
        return [one for one in every if one.kinds or also(one.sensor)]

    def _find(self, address: str, streams: Sequence[Stream]) -> Found:
        signals_dbm = self._signals_dbm[address]
        return Found(
            sensor=describe(address, self._names[address]),
            kinds=kinds_of(self._services[address], streams),
            signal_dbm=round(median(signals_dbm)) if signals_dbm else None,
        )


async def scan(
    streams: Sequence[Stream], seconds: float, *, also: Matches = no_sensor, until: Matches = no_sensor
) -> tuple[Found, ...]:
    """All sensors of ours that are around, the loudest first.

    Args:
        streams: what makes a sensor one of ours
        seconds: how long to listen; pods advertise a few times a second
        also: sensors that count whatever they advertise: some do not say what they are before they are connected
        until: a sensor that ends the scan early
    """
    held = [
        Found(sensor=sensor_of(device), kinds=kinds, signal_dbm=None, is_held=True)
        for device, kinds in (await _connected_sensors(streams)).values()
    ]
    hearing, is_enough = Hearing(), asyncio.Event()

    def take_advertisement(device: BLEDevice, data: AdvertisementData) -> None:
        if until(hearing.note(device, data)):
            is_enough.set()

    async with BleakScanner(take_advertisement):
        await asyncio.sleep(min(seconds, SURE_AFTER_S))
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds - min(seconds, SURE_AFTER_S)):
                await is_enough.wait()
    taken = {one.sensor.address for one in held}
    heard = [one for one in hearing.list_found(streams, also) if one.sensor.address not in taken]
    return (*sorted(heard, key=_loudness, reverse=True), *held)


async def find_held(matches: Matches, streams: Sequence[Stream], adapter: str = "") -> BLEDevice | None:
    """A sensor that matches among those this computer is connected to: such a one does not advertise.

    Args:
        matches: it is the one
        streams: what it may have
        adapter: of Linux, such as `hci1`; empty for the system's own
    """
    held = await _connected_sensors(streams, adapter)
    return next((device for device, _ in held.values() if matches(sensor_of(device))), None)


async def find_heard(
    matches: Matches,
    *,
    like: Matches = no_sensor,
    within_s: float,
    weighed: Callable[[Sequence[Found], Found | None], None] = lambda _, __: None,
    adapter: str = "",
) -> BLEDevice | None:
    """The first sensor that matches, as soon as it is heard; None if none is.

    Everything that advertises is looked at: some pods do not name their service before they are connected.

    Args:
        matches: it is the one
        like: it may be the one: after a while of listening, if it is the only such sensor or clearly the nearest
        within_s: how long to listen
        weighed: told of the sensors that may be the one, and which of them is taken, if any
        adapter: of Linux, such as `hci1`; empty for the system's own
    """
    hearing, is_there = Hearing(), asyncio.Event()
    there: list[BLEDevice] = []

    def take_advertisement(device: BLEDevice, data: AdvertisementData) -> None:
        if matches(hearing.note(device, data)):
            there.append(device)
            is_there.set()

    end_s = asyncio.get_running_loop().time() + within_s
    scanner = BleakScanner(take_advertisement, bluez={"adapter": adapter} if adapter else {})
    async with scanner:
        while (left_s := end_s - asyncio.get_running_loop().time()) > 0:
            with suppress(TimeoutError):
                async with asyncio.timeout(min(left_s, SETTLE_S)):
                    await is_there.wait()
            if there:
                return there[0]
            alike = [one for one in hearing.list_found((), like) if like(one.sensor)]
            one = nearest(alike)
            if alike:
                weighed(alike, one)
            if one is not None:
                return hearing.devices[one.sensor.address]
    return None


async def open_up(found: Found, streams: Sequence[Stream]) -> Found:
    """The sensor with all it has, seen by connecting to it; as it was where that does not come about."""
    with suppress(*RADIO_ERRORS):
        async with asyncio.timeout(OPEN_S):
            device = await find_heard(at_address(found.sensor.address), within_s=OPEN_S)
            if device is None:
                return found
            async with BleakClient(device, services=services_of(streams), timeout=OPEN_S) as client:
                inside = kinds_of((service.uuid for service in client.services), streams)
        return replace(found, kinds=tuple(dict.fromkeys((*inside, *found.kinds))))
    return found


async def _connected_sensors(
    streams: Sequence[Stream], adapter_name: str = ""
) -> dict[str, tuple[BLEDevice, tuple[str, ...]]]:
    """Sensors that are connected to this computer, by address, with their kinds."""
    adapter = await BleakAdapter.get(bluez={"adapter": adapter_name} if adapter_name else {})
    held: dict[str, tuple[BLEDevice, tuple[str, ...]]] = {}
    for stream in streams:
        for device in await adapter.get_connected_devices([stream.service]):
            _, kinds = held.get(device.address, (device, ()))
            held[device.address] = device, (*kinds, stream.kind)
    return held

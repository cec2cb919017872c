"""Pods: what they have, what they advertise, and how they behave when somebody connects."""

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

ADAPTER_PATH = "/org/bluez/hci0"
RSC, RSC_MEASUREMENT = 0x1814, 0x2A53
HEART, HEART_MEASUREMENT = 0x180D, 0x2A37
FITNESS, TREADMILL_DATA = 0x1826, 0x2ACD
CYCLING_POWER = 0x1818
POLAR = "fb005c80-02e7-f387-1cad-8acd2d8df0c8"
POLAR_CONTROL = "fb005c81-02e7-f387-1cad-8acd2d8df0c8"
POLAR_DATA = "fb005c82-02e7-f387-1cad-8acd2d8df0c8"
Uuid = int | str


def full(uuid: Uuid) -> str:
    """A UUID written out."""
    return uuid if isinstance(uuid, str) else f"0000{uuid:04x}-0000-1000-8000-00805f9b34fb"


@dataclass
class Characteristic:
    """One characteristic.

    Attributes:
        uuid: its own, written out
        service: the UUID of the service it stands in
        flags: what may be done with it
        value: what a read gives
        listeners: bus names that asked for notifications
        written: called with what is written; its answer is notified
        is_locked: a read wants encryption and hangs, as nobody can pair
    """

    uuid: str
    service: str
    flags: tuple[str, ...]
    value: bytes = b""
    listeners: list[str] = field(default_factory=list)
    written: Callable[[bytes], bytes | None] = lambda _: None
    is_locked: bool = False


@dataclass
class Pod:
    """A sensor.

    Attributes:
        name: as it calls itself
        address: six bytes
        characteristics: what it has
        advertised: UUIDs of the services it advertises; None is all it has
        signal_dbm: how loud it is heard
        is_awake: it advertises, and takes connections
        refusals: D-Bus errors (name, text) that the next connects end in
        is_known, is_connected, is_resolved: what the system says of it
        connects_s: when it was connected to, on the loop's clock
    """

    name: str
    address: str
    characteristics: tuple[Characteristic, ...]
    advertised: list[str] | None = None
    signal_dbm: int = -60
    is_awake: bool = True
    refusals: list[tuple[str, str]] = field(default_factory=list)
    is_known: bool = False
    is_connected: bool = False
    is_resolved: bool = False
    connects_s: list[float] = field(default_factory=list)

    @property
    def path(self) -> str:
        """Where it stands on the bus."""
        return f"{ADAPTER_PATH}/dev_{self.address.replace(':', '_')}"

    @property
    def services(self) -> list[str]:
        """UUIDs of its services, each once."""
        return list(dict.fromkeys(one.service for one in self.characteristics))

    def at(self, uuid: Uuid) -> Characteristic:
        """One of its characteristics."""
        return next(one for one in self.characteristics if one.uuid == full(uuid))

    def placed(self) -> Iterator[tuple[str, str, Characteristic]]:
        """Each characteristic with the path of its service and its own."""
        for number, one in enumerate(self.characteristics):
            service = f"{self.path}/service{1 + 16 * self.services.index(one.service):04x}"
            yield service, f"{service}/char{2 + number:04x}", one


def _has(service: Uuid, uuid: Uuid, *flags: str, value: bytes = b"") -> Characteristic:
    return Characteristic(uuid=full(uuid), service=full(service), flags=flags, value=value)


def foot_pod(name: str = "Pod A", address: str = "C0:00:00:00:00:01") -> Pod:
    """Running speed and cadence, battery, maker."""
    return Pod(
        name,
        address,
        (
            _has(RSC, RSC_MEASUREMENT, "notify"),
            _has(RSC, 0x2A54, "read", value=b"\x07\x00"),
            _has(RSC, 0x2A5D, "read", value=b"\x02"),
            _has(0x180F, 0x2A19, "read", "notify", value=b"\x55"),
            _has(0x180A, 0x2A29, "read", value=b"Maker\x00"),
        ),
    )


def heart_strap(name: str = "Strap", address: str = "C0:00:00:00:00:02") -> Pod:
    """Heart rate alone."""
    return Pod(name, address, (_has(HEART, HEART_MEASUREMENT, "notify"),))


def power_pod(name: str = "Power", address: str = "C0:00:00:00:00:05") -> Pod:
    """Cycling power alone."""
    return Pod(name, address, (_has(CYCLING_POWER, 0x2A63, "notify"),))


def treadmill_with_steps(name: str = "RUNN 0001", address: str = "C0:00:00:00:00:06") -> Pod:
    """Treadmill data, which it advertises, and running speed and cadence, which it does not."""
    has = (_has(FITNESS, TREADMILL_DATA, "notify"), _has(RSC, RSC_MEASUREMENT, "notify"))
    return Pod(name, address, has, advertised=[full(FITNESS)])


def treadmill(name: str = "Belt", address: str = "C0:00:00:00:00:03") -> Pod:
    """Treadmill data alone."""
    return Pod(name, address, (_has(FITNESS, TREADMILL_DATA, "notify"),))


def polar_strap(name: str = "Polar H10 1234", address: str = "C0:00:00:00:00:04") -> Pod:
    """Heart rate, and acceleration on request."""
    control = _has(POLAR, POLAR_CONTROL, "write", "indicate")
    control.written = lambda command: bytes((0xF0, *command[:2], 0x00, 0x00))
    return Pod(name, address, (_has(HEART, HEART_MEASUREMENT, "notify"), control, _has(POLAR, POLAR_DATA, "notify")))


def rsc(raw_per_min: int, speed_mps: float = 3.0, *, running: bool = True, distance: int | None = None) -> bytes:
    """The bytes of a running pod's measurement."""
    flags = (0b100 if running else 0) | (0b010 if distance is not None else 0)
    tail = b"" if distance is None else struct.pack("<I", distance)
    return struct.pack("<BHB", flags, round(256 * speed_mps), raw_per_min) + tail

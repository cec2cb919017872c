"""What the radio hands up. Times are host monotonic seconds, taken where the thing happened."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Sensor:
    """A sensor as the system knows it.

    Attributes:
        address: six bytes on Linux and Windows; on macOS a UUID that is good on this computer only
        name: as it calls itself; its address where it has no name
    """

    address: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A sensor seen by a scan.

    Attributes:
        sensor: which
        kinds: what it is, in words, one for each stream, and for what it could send and nobody uses
        signal_dbm: how loud it is heard; None for one that is connected and therefore not heard
        is_held: connected to this computer already, by another program or by one that died
    """

    sensor: Sensor
    kinds: tuple[str, ...]
    signal_dbm: int | None
    is_held: bool = False

    @property
    def text(self) -> str:
        """Name, address and signal, for a person who must tell two of one name apart."""
        signal = "connected to this computer" if self.signal_dbm is None else f"{self.signal_dbm} dBm"
        return f"{self.sensor.name} ({self.sensor.address}, {signal})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notified:
    """Bytes from a sensor.

    Attributes:
        time_s: when they arrived
        source: name of the stream
        sensor: whose they are
        payload: as they came
    """

    time_s: float
    source: str
    sensor: Sensor
    payload: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """A connection stands and its streams are subscribed to.

    Attributes:
        time_s: when
        sensor: which
        sources: what it brings; empty where it has nothing that is wanted, and the connection ends
        before: the same sensor as it was known when it was connected last, where its address is another now
    """

    time_s: float
    sensor: Sensor
    sources: tuple[str, ...]
    before: Sensor | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unlinked:
    """A connection that stood has ended.

    Attributes:
        time_s: when we knew
        sensor: which
        sources: what it had brought
        why: `dropped`, `silent` or `closed`
        n_doubles: notifications that had come twice and were handed up once
    """

    time_s: float
    sensor: Sensor
    sources: tuple[str, ...]
    why: str
    n_doubles: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SensorFact:
    """What a sensor says about itself, bytes as they came.

    Attributes:
        time_s: when
        sensor: which
        about: `battery`, `manufacturer`, `model`, `firmware`, `features`, `location`
        value: the bytes
    """

    time_s: float
    sensor: Sensor
    about: str
    value: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Troubled:
    """Something stands in the way; the radio keeps trying.

    Attributes:
        time_s: when it began
        text: one line for a person: what is wrong and what to do
    """

    time_s: float
    text: str


Event = Notified | Linked | Unlinked | SensorFact | Troubled

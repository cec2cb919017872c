"""Which services and characteristics are ours, by number. What their bytes mean is the business of `gait`.

Source: Assigned Numbers of the Bluetooth SIG; for Polar's measurement service its published SDK documents.
"""

from dataclasses import dataclass


def uuid_of(number: int) -> str:
    """The full UUID of a number that the SIG has assigned."""
    return f"0000{number:04x}-0000-1000-8000-00805f9b34fb"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stream:
    """A characteristic we subscribe to.

    Attributes:
        source: what a journal calls it
        kind: what a person calls a sensor that has it
        service: UUID a sensor advertises
        characteristic: UUID that notifies
    """

    source: str
    kind: str
    service: str
    characteristic: str


RSC = Stream(source="rsc", kind="foot pod", service=uuid_of(0x1814), characteristic=uuid_of(0x2A53))
HEART = Stream(source="hr", kind="heart rate", service=uuid_of(0x180D), characteristic=uuid_of(0x2A37))
TREADMILL = Stream(source="treadmill", kind="treadmill", service=uuid_of(0x1826), characteristic=uuid_of(0x2ACD))
ACCELERATION = Stream(
    source="accel",
    kind="acceleration",
    service="fb005c80-02e7-f387-1cad-8acd2d8df0c8",
    characteristic="fb005c82-02e7-f387-1cad-8acd2d8df0c8",
)
STREAMS = (RSC, HEART, TREADMILL, ACCELERATION)
STEP_SOURCES = (RSC.source, ACCELERATION.source)  # what steps can be known from, the better first

# What a sensor tells about itself: what a person calls it -> characteristic
BATTERY = uuid_of(0x2A19)
FACTS = {
    "battery": BATTERY,
    "manufacturer": uuid_of(0x2A29),
    "model": uuid_of(0x2A24),
    "firmware": uuid_of(0x2A26),
    "features": uuid_of(0x2A54),
    "location": uuid_of(0x2A5D),
}
FACT_SERVICES = (uuid_of(0x180F), uuid_of(0x180A))

# Asked for by UUID, so that vendors' own services (fff0 and f000ffc0 of one pod) are not even looked into.
SERVICES = (*(stream.service for stream in STREAMS), *FACT_SERVICES)

# Polar's control point. Start: type 02 (acceleration), then settings as (id, count, u16): 00 rate in Hz, 01 bits,
# 02 range in g. Firmware that does not know a rate answers with an error and the next is tried.
POLAR_CONTROL = "fb005c81-02e7-f387-1cad-8acd2d8df0c8"
_START = "0202 0201{range_g:02x}00 0001{rate_hz:02x}00 01011000"
POLAR_STARTS = tuple(
    bytes.fromhex(_START.format(range_g=range_g, rate_hz=rate_hz)) for range_g, rate_hz in ((8, 100), (8, 52))
)  # H10: 100 Hz keeps a frame at 0.36 s; Verity Sense: 52 Hz is its only rate
POLAR_STOP = bytes.fromhex("0302")
POLAR_ANSWER, POLAR_OK, POLAR_ALREADY = 0xF0, 0x00, 0x06


def kinds_of(services: "list[str] | tuple[str, ...]") -> tuple[str, ...]:
    """What a sensor is, by the services it advertises or has; empty when it is nothing of ours."""
    return tuple(stream.kind for stream in STREAMS if stream.service in services)

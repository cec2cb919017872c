"""What is asked of a sensor: streams, which the caller hands over, and a few facts about itself.

What bytes mean is the business of `gait`, whose table of sources has the streams.
Source: Assigned Numbers of the Bluetooth SIG.
"""

from collections.abc import Iterable
from typing import Protocol


def uuid_of(number: int) -> str:
    """The full UUID of a number that the SIG has assigned."""
    return f"0000{number:04x}-0000-1000-8000-00805f9b34fb"


class Stream(Protocol):
    """A characteristic to subscribe to."""

    @property
    def name(self) -> str:
        """What events call it."""

    @property
    def kind(self) -> str:
        """What a person calls a sensor that has it."""

    @property
    def service(self) -> str:
        """UUID a sensor advertises."""

    @property
    def characteristic(self) -> str:
        """UUID that notifies."""

    @property
    def control(self) -> str:
        """UUID of the control point; empty where the stream need not be started."""

    @property
    def starts(self) -> tuple[bytes, ...]:
        """Messages that start it, the best first."""

    @property
    def counts_steps(self) -> bool:
        """Whether it tells a cadence; of one sensor's streams that do, the first is enough."""


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

# What a foot pod may advertise instead of a cadence: told, so that nobody looks for a sensor that is there.
NOT_USED = {uuid_of(0x1818): "cycling power", uuid_of(0x1816): "cycling cadence"}


def services_of(streams: Iterable[Stream]) -> tuple[str, ...]:
    """What is asked for by UUID, so that vendors' own services (fff0 and f000ffc0 of one pod) are not looked into."""
    return (*(stream.service for stream in streams), *FACT_SERVICES)


def kinds_of(services: Iterable[str], streams: Iterable[Stream]) -> tuple[str, ...]:
    """What a sensor is, by the services it advertises or has; empty when it is no sensor of sports."""
    known = set(services)
    ours = (stream.kind for stream in streams if stream.service in known)
    return (*ours, *(kind for service, kind in NOT_USED.items() if service in known))

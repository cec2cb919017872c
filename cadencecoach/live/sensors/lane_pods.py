"""Which sensors a lane of a room means, for its session and for the process that owns the radio."""

from cadencecoach.devices.ble.link import Wanted
from cadencecoach.devices.ble.scanning import at_address, matches_text
from cadencecoach.gait.sources import RADIO_SOURCES


def lane_wanted(text: str) -> tuple[Wanted, ...]:
    """The sensors of a lane, by address or a part of the name, with commas between them; the leading one first."""
    parts = (part.strip() for part in text.split(","))
    return tuple(
        Wanted(matches=at_address(part), like=matches_text(part), streams=RADIO_SOURCES) for part in parts if part
    )

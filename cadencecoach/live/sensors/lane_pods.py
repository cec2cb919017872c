"""Which sensors a lane of a room means, for its session and for the process that owns the radio."""

import re
from typing import Final

from cadencecoach.devices.ble.link import Wanted
from cadencecoach.devices.ble.scanning import Matches, at_address, matches_text, no_sensor
from cadencecoach.gait.sources import RADIO_SOURCES

ADDRESS: Final = re.compile("([0-9a-f]{2}:){5}[0-9a-f]{2}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def lane_wanted(text: str) -> tuple[Wanted, ...]:
    """The sensors of a lane, by address or a part of the name, with commas between them; the leading one first.

    Who is named by an address is no other, and needs no look around for one of that name.
    """
    parts = [part.strip() for part in text.split(",") if part.strip()]
    return tuple(Wanted(matches=at_address(part), like=_like(part), streams=RADIO_SOURCES) for part in parts)


def _like(part: str) -> Matches:
    return no_sensor if ADDRESS.fullmatch(part) else matches_text(part)

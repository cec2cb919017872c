"""What a sensor says about itself: battery, names and versions, where it sits, what it can tell.

Sources: Battery Service, Device Information Service and Running Speed and Cadence Service of the Bluetooth SIG, field
tables as in the SIG's published XML.
"""

import unicodedata
from enum import Flag

from cadencecoach.errors import PayloadError

MAX_PERCENT = 100  # Battery Level: 101 to 255 are reserved
MAX_TEXT = 80  # characters of a name on a screen


class RscFeature(Flag):
    """RSC Feature (0x2A54): what a pod can tell."""

    STRIDE_LENGTH = 1 << 0
    DISTANCE = 1 << 1
    WALK_OR_RUN = 1 << 2
    CALIBRATION = 1 << 3
    LOCATIONS = 1 << 4


LOCATIONS = (  # Sensor Location (0x2A5D), by value
    "other",
    "top of shoe",
    "in shoe",
    "hip",
    "front wheel",
    "left crank",
    "right crank",
    "left pedal",
    "right pedal",
    "front hub",
    "rear dropout",
    "chainstay",
    "rear wheel",
    "rear hub",
    "chest",
    "spider",
    "chain ring",
)


def decode_battery(payload: bytes) -> int:
    """Battery Level (0x2A19), percent.

    Raises:
        PayloadError: no byte, or a reserved value
    """
    if not payload:
        raise PayloadError("Battery Level ends before byte 1", payload)
    if payload[0] > MAX_PERCENT:
        raise PayloadError(f"Battery Level is {payload[0]} %; allowed 0 to {MAX_PERCENT}", payload)
    return payload[0]


def decode_text(payload: bytes) -> str:
    """A name or version of Device Information (0x2A24 to 0x2A29), fit for a screen.

    The text ends at the first NUL. What is no UTF-8 shows as the replacement character; control characters, which
    could steer a terminal, are left out. Any bytes have a text, if only an empty one.
    """
    text = payload.split(b"\0", 1)[0].decode("utf-8", errors="replace")
    shown = "".join(char for char in text if unicodedata.category(char)[0] != "C")
    return shown[:MAX_TEXT].strip()


def decode_location(payload: bytes) -> str:
    """Sensor Location (0x2A5D), in words; values of later versions are "other".

    Raises:
        PayloadError: no byte
    """
    if not payload:
        raise PayloadError("Sensor Location ends before byte 1", payload)
    return LOCATIONS[payload[0]] if payload[0] < len(LOCATIONS) else LOCATIONS[0]


def decode_rsc_feature(payload: bytes) -> RscFeature:
    """RSC Feature (0x2A54); reserved bits are left out.

    Raises:
        PayloadError: no byte; all bits that are known stand in the first of two
    """
    if not payload:
        raise PayloadError("RSC Feature ends before byte 1", payload)
    known = int.from_bytes(payload[:2], "little") & 0b11111
    return RscFeature(known)

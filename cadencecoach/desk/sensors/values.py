"""What a message says, as names and numbers: for `sensors watch`, on a screen or as JSON."""

from collections.abc import Callable

from cadencecoach.errors import PayloadError
from cadencecoach.gait.sensor_facts import decode_battery, decode_location, decode_rsc_feature, decode_text
from cadencecoach.gait.sources import SOURCES

Values = dict[str, object]


def values_of(source: str, payload: bytes) -> Values:
    """The fields of a message that are known; `error` where it means nothing."""
    try:
        return {name: value for name, value in SOURCES[source].fields(payload).items() if value is not None}
    except PayloadError as error:
        return {"error": str(error)}


def fact_of(about: str, value: bytes) -> str:
    """What a sensor says about itself, in words."""
    try:
        return _FACTS.get(about, decode_text)(value)
    except PayloadError as error:
        return str(error)


_FACTS: dict[str, Callable[[bytes], str]] = {
    "battery": lambda value: f"{decode_battery(value)} %",
    "location": decode_location,
    "features": lambda value: str(decode_rsc_feature(value)),
}

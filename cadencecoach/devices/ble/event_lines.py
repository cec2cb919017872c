"""What the radio hands up as lines of text, for sessions that share one radio; times are those of arrival."""

import json
from typing import Any, Final

from cadencecoach.devices.ble.events import Event, Linked, Notified, Sensor, SensorFact, Troubled, Unlinked

MAX_LINE_BYTES: Final = 4096


def line_of_event(event: Event) -> bytes:
    """An event as one line."""
    match event:
        case Notified():
            told: dict[str, Any] = {"source": event.source, "hex": event.payload.hex(), **_sensor(event.sensor)}
        case Linked():
            before = None if event.before is None else [event.before.address, event.before.name]
            told = {"sources": event.sources, "before": before, **_sensor(event.sensor)}
        case Unlinked():
            doubles = {"n_doubles": event.n_doubles}
            told = {"sources": event.sources, "why": event.why, **doubles, **_sensor(event.sensor)}
        case SensorFact():
            told = {"about": event.about, "hex": event.value.hex(), **_sensor(event.sensor)}
        case Troubled():
            told = {"text": event.text}
    line = {"what": type(event).__name__, "time_s": event.time_s, **told}
    return json.dumps(line, separators=(",", ":")).encode() + b"\n"


def event_of_line(line: bytes) -> Event:
    """The event of a line.

    Raises:
        ValueError: it is none
    """
    try:
        told = json.loads(line)
        time_s = float(told["time_s"])
        if told["what"] == Troubled.__name__:
            return Troubled(time_s=time_s, text=str(told["text"]))
        return _sensor_event(told, time_s, Sensor(address=str(told["address"]), name=str(told["name"])))
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError("no event") from error


def _sensor_event(told: dict[str, Any], time_s: float, sensor: Sensor) -> Event:
    match told["what"]:
        case "Notified":
            payload = bytes.fromhex(told["hex"])
            return Notified(time_s=time_s, source=str(told["source"]), sensor=sensor, payload=payload)
        case "Linked":
            before = told["before"]
            was = None if before is None else Sensor(address=str(before[0]), name=str(before[1]))
            return Linked(time_s=time_s, sensor=sensor, sources=tuple(map(str, told["sources"])), before=was)
        case "Unlinked":
            return Unlinked(
                time_s=time_s,
                sensor=sensor,
                sources=tuple(map(str, told["sources"])),
                why=str(told["why"]),
                n_doubles=int(told["n_doubles"]),
            )
        case "SensorFact":
            return SensorFact(time_s=time_s, sensor=sensor, about=str(told["about"]), value=bytes.fromhex(told["hex"]))
        case _:
            raise ValueError("no event")


def _sensor(sensor: Sensor) -> dict[str, str]:
    return {"address": sensor.address, "name": sensor.name}

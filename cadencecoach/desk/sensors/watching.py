"""`sensors watch`: live values, one line each, decoded or as bytes."""

import json
from collections.abc import Callable, Iterator, Mapping

from cadencecoach.devices.ble.events import Event, Linked, Notified, Sensor, SensorFact, Troubled, Unlinked
from cadencecoach.errors import PayloadError
from cadencecoach.gait.sensor_facts import decode_battery, decode_location, decode_rsc_feature, decode_text
from cadencecoach.gait.sources import RSC, SOURCES, STEP_SOURCES
from cadencecoach.gait.vote import Vote
from cadencecoach.record.lines import NoteLine
from cadencecoach.session.sensors import Sensors

Line = dict[str, object]
STEPS = frozenset(one.name for one in STEP_SOURCES)


def watch(events: Iterator[Event | None], origin_s: float, votes: Mapping[str, Vote]) -> Iterator[Line]:
    """A line of names and values for each event, and the unit and the step rate a session would make of it.

    Args:
        events: as they come
        origin_s: host time of the lines' 0
        votes: how remembered sensors are read, by name
    """
    sensors = Sensors(vote=Vote(), votes=votes)
    for event in events:
        if event is None:
            continue
        time_s = round(event.time_s - origin_s, 3)
        read, told = _read(sensors, time_s, event)
        yield {"t": time_s, **_event_values(event), **read}
        yield from ({"t": time_s, **line} for line in told)


def _read(sensors: Sensors, time_s: float, event: Event) -> tuple[Line, list[Line]]:
    """What a session would read of a message that tells of steps, and what it would tell of the sensor."""
    if not isinstance(event, Notified) or event.source not in STEPS:
        return {}, []
    name = event.sensor.name
    brought = sensors.take(max(0.0, time_s), source=event.source, sensor=name, payload=event.payload)
    told: list[Line] = [{"sensor": name, "note": line.text} for line in brought.lines if isinstance(line, NoteLine)]
    reading = brought.reading
    cadence: Line = {} if reading is None or reading.cadence_spm is None else {"cadence_spm": reading.cadence_spm}
    if event.source != RSC.name:  # its steps are found here: nothing is open of their unit
        return cadence, told
    vote = sensors.votes.get(name)
    if vote is None or vote.unit is None:
        return {"unit": "open"}, told
    return {"unit": vote.unit.name.lower(), **cadence}, told


def _event_values(event: Event) -> Line:
    match event:
        case Notified():
            values = values_of(event.source, event.payload)
            return {**_name_of(event.sensor), "source": event.source, "hex": event.payload.hex(), **values}
        case SensorFact():
            return {**_name_of(event.sensor), event.about: fact_of(event.about, event.value)}
        case Linked():
            return {**_name_of(event.sensor), "link": "connected", "sources": event.sources}
        case Unlinked():
            return {**_name_of(event.sensor), "link": "lost", "why": event.why, "n_doubles": event.n_doubles}
        case Troubled():
            return {"trouble": event.text}


def _name_of(sensor: Sensor) -> Line:
    """Which sensor: two of one name are told apart by their addresses."""
    return {"sensor": sensor.name, "address": sensor.address}


def as_text(line: Line, *, hidden: frozenset[str] = frozenset({"address", "hex"})) -> str:
    """A line for a person."""
    time_s, sensor = line["t"], line.get("sensor", "")
    rest = (f"{name} {_value_text(value)}" for name, value in line.items() if name not in {"t", "sensor", *hidden})
    return f"{time_s:8.3f}  {sensor}  {'  '.join(rest)}"


def as_raw(line: Line) -> str:
    """A line for a person who wants the bytes too."""
    return as_text(line, hidden=frozenset({"address"}))


def as_json(line: Line) -> str:
    """A line for a program."""
    return json.dumps(line)


def _value_text(value: object) -> str:
    if isinstance(value, tuple):
        return ",".join(map(_value_text, value))
    return f"{value:.3g}" if isinstance(value, float) else str(value)


Show = Callable[[Line], str]


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

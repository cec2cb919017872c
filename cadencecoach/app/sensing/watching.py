"""`sensors watch`: live values, one line each, decoded or as bytes."""

import json
from collections.abc import Callable, Iterator

from cadencecoach.app.sensing.values import fact_of, values_of
from cadencecoach.devices.ble.events import Event, Linked, Notified, Told, Troubled, Unlinked

Line = dict[str, object]


def watched(events: Iterator[Event | None], origin_s: float) -> Iterator[Line]:
    """A line of names and values for each event.

    Args:
        events: as they come
        origin_s: host time of the lines' 0
    """
    for event in events:
        if event is not None:
            yield {"t": round(event.time_s - origin_s, 3), **_said(event)}


def _said(event: Event) -> Line:
    match event:
        case Notified():
            values = values_of(event.source, event.payload)
            return {"sensor": event.sensor.name, "source": event.source, "hex": event.payload.hex(), **values}
        case Told():
            return {"sensor": event.sensor.name, event.about: fact_of(event.about, event.value)}
        case Linked():
            return {"sensor": event.sensor.name, "link": "connected", "sources": event.sources}
        case Unlinked():
            return {"sensor": event.sensor.name, "link": "lost", "why": event.why, "n_doubles": event.n_doubles}
        case Troubled():
            return {"trouble": event.text}


def as_text(line: Line, *, hidden: frozenset[str] = frozenset({"hex"})) -> str:
    """A line for a person."""
    time_s, sensor = line["t"], line.get("sensor", "")
    rest = (f"{name} {_shown(value)}" for name, value in line.items() if name not in {"t", "sensor", *hidden})
    return f"{time_s:8.3f}  {sensor}  {'  '.join(rest)}"


def as_raw(line: Line) -> str:
    """A line for a person who wants the bytes too."""
    return as_text(line, hidden=frozenset())


def as_json(line: Line) -> str:
    """A line for a program."""
    return json.dumps(line)


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return ",".join(map(_shown, value))
    return f"{value:.3g}" if isinstance(value, float) else str(value)


Show = Callable[[Line], str]

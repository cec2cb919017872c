"""`sensors record`: what sensors say, as a journal that `--feet replay:` plays."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from cadencecoach.devices.ble.events import Event, Linked, Notified, Troubled, Unlinked
from cadencecoach.devices.clock import wall_time_utc
from cadencecoach.devices.journal.file import JournalFile
from cadencecoach.gait.vote import Vote
from cadencecoach.record.journal import Header, line_text
from cadencecoach.record.lines import Line, LinkLine, NoteLine, PayloadLine
from cadencecoach.session.recorder import APP

FLUSH_EVERY_S = 1.0


def record(
    events: Iterator[Event | None], path: Path, votes: Mapping[str, Vote], *, label: str, origin_s: float
) -> JournalFile:
    """Write a journal of events until they end; the file, closed.

    Args:
        events: as they come; None is nothing new
        path: where to; a file that is there is left alone and another name taken
        votes: what is known of the sensors' units, which is written into the header for whoever replays it
        label: where the events come from, as on the command line
        origin_s: host time of the journal's 0
    Raises:
        JournalError: it cannot be created
    """
    flushed_s = 0.0
    with JournalFile(path, _header(label, votes).line) as journal:
        for event in events:
            if event is None:
                journal.flush()
                continue
            time_s = max(0.0, round(event.time_s - origin_s, 6))
            for line in _lines(event, time_s):
                journal.write(line_text(line))
            if time_s - flushed_s >= FLUSH_EVERY_S:
                flushed_s = time_s
                journal.flush()
    return journal


def _header(label: str, votes: Mapping[str, Vote]) -> Header:
    units = {name: vote.unit.name.lower() for name, vote in votes.items() if vote.unit is not None}
    given = [name for name, vote in votes.items() if vote.is_given]
    known: dict[str, object] = {"units": units} if units else {}
    extra = {"recording": True, "unit": "auto", **known, **({"units_given": given} if given else {})}
    return Header(
        app=APP,
        started=wall_time_utc(),
        plan_name="",
        plan_sha256="",
        athlete=None,
        feet=label,
        sound="none",
        extra=extra,
    )


def _lines(event: Event, time_s: float) -> Iterator[Line]:
    match event:
        case Notified():
            yield PayloadLine(time_s, event.source, event.payload.hex(), event.sensor.name or None)
        case Linked() | Unlinked():
            state = "connected" if isinstance(event, Linked) else "lost"
            for source in event.sources:
                yield LinkLine(time_s, state=state, source=source, name=event.sensor.name)
        case Troubled():
            yield NoteLine(time_s, about="radio", text=event.text)
        case _:
            pass

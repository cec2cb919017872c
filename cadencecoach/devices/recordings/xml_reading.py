"""Recorded runs as XML, read as a stream with expat, also where a file is damaged.

A document type is refused: no such file has one, and it is the door to entity bombs and to files of other people. Where
a file is damaged, reading goes on at the next element that matters.
"""

import re
from xml.parsers import expat

from cadencecoach.devices.recordings.choosing_columns import run_of
from cadencecoach.devices.recordings.model import Parsed
from cadencecoach.devices.recordings.xml_points import Dialect, Points, local_name
from cadencecoach.devices.recordings.xml_text import xml_text
from cadencecoach.errors import RecordingError

MAX_REPAIRS = 100  # a file with more damage than that is another kind of file
TAG = re.compile(rb"<(?:[\w.-]{1,40}:)?([A-Za-z]{1,40})(?=[\s>])")


def parse_points(data: bytes, dialect: Dialect) -> Parsed:
    """Rows of the points of a file that were run; their cadence counts strides.

    Raises:
        RecordingError: not XML, a document type in it, nothing readable before it breaks off, or no run
    """
    points, notes = _read_points(data, dialect)
    run = run_of(points.table)
    return Parsed(rows=run.rows, counts=run.counts, notes=[*notes, *run.notes], lacks=_lacks(points))


def _read_points(data: bytes, dialect: Dialect) -> tuple[Points, list[str]]:
    """The points of a file, and notes of what is wrong with it.

    Raises:
        RecordingError: not XML, a document type in it, or nothing readable before it breaks off
    """
    points = Points(dialect)
    text, notes = xml_text(data)
    start, opened, n_repairs, reason = 0, list[str](), 0, ""
    while True:
        error_at, reason = _parse(points, text, start, opened)
        found = _landmark(dialect, text, error_at + 1) if error_at >= 0 else None
        if found is None or n_repairs >= MAX_REPAIRS:
            break
        n_repairs += 1
        start, name = found
        opened = _element_names(dialect, points.path, name)
        points.break_off(opened)
    n_points = len(points.table.times_s)
    if reason and not n_points:
        raise RecordingError(f"not a readable {dialect.name} file: {reason}")
    if n_repairs:
        notes.append(f"damaged in places, where what cannot be read is left out: {n_repairs}")
    if reason:
        notes.append(f"breaks off after {n_points} points ({reason}); read up to there")
    if points.n_unusable:
        notes.append(f"values that cannot be read are treated as missing: {points.n_unusable}")
    return points, notes


def _parse(points: Points, text: bytes, start: int, opened: list[str]) -> tuple[int, str]:
    """Read on from a place; return where the file stops being XML, and why, or -1.

    Args:
        points: what is found goes there
        text: the file as UTF-8
        start: where to begin
        opened: elements that this place stands in, as they are written
    """
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    head = "".join(f"<{tag}>" for tag in opened).encode()
    if head:
        parser.Parse(head, False)  # noqa: FBT003  # more follows
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler = points.start
    parser.CharacterDataHandler = points.data
    parser.EndElementHandler = points.end
    try:
        parser.Parse(memoryview(text)[start:], True)  # noqa: FBT003  # expat's "this is all"
    except expat.ExpatError as error:
        return start + max(0, parser.ErrorByteIndex - len(head)), str(error)
    return -1, ""


def _landmark(dialect: Dialect, text: bytes, start: int) -> tuple[int, str] | None:
    """Where reading can go on, with the name: at a track, a point and the like, or at what tells the sport."""
    names = {*dialect.levels[1:], *dialect.sport_element[-1:]}
    tags = ((found.start(), found[1].decode()) for found in TAG.finditer(text, start))
    return next((tag for tag in tags if tag[1] in names), None)


def _element_names(dialect: Dialect, path: list[str], name: str) -> list[str]:
    """The elements that one of a name stands in, as this file writes them."""
    above = dialect.sport_element[:-1] if name in dialect.sport_element[-1:] else ()
    depth = dialect.levels.index(above[-1]) + 1 if above else dialect.levels.index(name)
    written = {local_name(tag): tag for tag in path}
    return [written.get(level, level) for level in dialect.levels[:depth]]


def _lacks(points: Points) -> str:
    """What to say if there is no cadence."""
    n_points = len(points.table.times_s)
    unread = f"; {points.n_unusable} values could not be read" if points.n_unusable else ""
    if n_points:
        return f"no cadence in its {n_points} points{unread}; a recorded run needs cadence values with their times"
    laps = f", only {points.n_laps} x {points.dialect.lap}" if points.n_laps else ""
    return f"no cadence in it: there is no {points.dialect.point} with a time{laps}"


def _refuse(*_declaration: object) -> None:
    """Stop at a document type."""
    raise RecordingError("has a document type, which no such file needs; refused")

"""Points of a recorded run out of XML: what TCX and GPX share.

Read with expat as a stream. A document type is refused: no such file has one, and it is the door to entity bombs and to
files of other people. Where a file is damaged, reading goes on at the next element that matters.
"""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from xml.parsers import expat

from cadencecoach.devices.recordings.choosing import run_of
from cadencecoach.devices.recordings.columns import Column, Quantity, Table
from cadencecoach.devices.recordings.fit_fields import NAMES, OTHERS, RANK_NAMED
from cadencecoach.devices.recordings.model import Parsed, usable
from cadencecoach.devices.recordings.sports import UNSAID, Sport, quoted, sport_of, sport_of_gpx
from cadencecoach.devices.recordings.xml_text import xml_text
from cadencecoach.errors import RecordingError

DEEPEST = 100  # elements in elements; these files have ten
MAX_REPAIRS = 100  # a file with more damage than that is another kind of file
MOST_ELEMENTS = 1_000_000  # a day at 1 Hz, ten for each point
MOST_NAMES = 1_000  # of elements that are remembered; a point has ten
TIME = "time"
MOST_NORTH, MOST_EAST, METRES_OF_DEGREE = 90.0, 180.0, 111_195.0
BY_PLACE = Column(Quantity.DISTANCE, 9, "the places of the points")
TAG = re.compile(rb"<(?:[\w.-]{1,40}:)?([A-Za-z]{1,40})(?=[\s>])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """Where things stand in a format.

    Attributes:
        name: of the format, for messages
        levels: elements from the root to a point, which is one moment
        columns: the last elements of the ways to values, in small letters -> quantity and rank
        lap: element that is counted, to say that there is nothing else
        track: element whose points follow each other without a pause
        sport_attribute: element and attribute that tell the sport of the points inside
        sport_element: way to an element whose text tells it
        place_attributes: those of a point that say where on earth it is, in degrees
    """

    name: str
    levels: tuple[str, ...]
    columns: Mapping[tuple[str, ...], tuple[Quantity, int]]
    lap: str
    track: str
    sport_attribute: tuple[str, str] = ("", "")
    sport_element: tuple[str, ...] = ()
    place_attributes: tuple[str, str] = ("", "")

    @property
    def point(self) -> str:
        """The element of one moment."""
        return self.levels[-1]


@dataclass(slots=True)
class Points:
    """The points found so far, and the one being read; expat's handlers are its methods.

    Attributes:
        dialect: which format
        table: finished points
        n_unusable: numbers and times that could not be read
        n_laps: how many laps there are
        n_elements: how many elements have begun
        sport: of the points that come, as the file has it
        first: place of the first point that an element with a sport is about
        path: open elements, as they are written
        point: values of the point being read; None outside of one
        columns: what the elements met so far are
        place: where the newest point was that says so: north and east, in degrees
        way_m: how far it was to there
    """

    dialect: Dialect
    table: Table = field(default_factory=Table)
    n_unusable: int = 0
    n_laps: int = 0
    n_elements: int = 0
    sport: Sport = UNSAID
    first: int = 0
    path: list[str] = field(default_factory=list)
    point: list[tuple[Column, str]] | None = None
    time: str = ""
    text: list[str] = field(default_factory=list)
    columns: dict[tuple[tuple[str, ...], str], Column | None] = field(default_factory=dict)
    place: tuple[float, float] | None = None
    way_m: float = 0.0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element opens."""
        name = _local(tag)
        self.path.append(tag)
        self.n_elements += 1
        if self.n_elements > MOST_ELEMENTS:
            raise RecordingError(f"more than {MOST_ELEMENTS} elements; too many for a run")
        if len(self.path) > DEEPEST:
            raise RecordingError(f"elements are nested more than {DEEPEST} deep; this is not a recorded run")
        self.text.clear()
        element, attribute = self.dialect.sport_attribute
        if name == element:
            self.sport = sport_of(next((said for key, said in attributes.items() if key.lower() == attribute), ""))
        elif name in self.dialect.sport_element[:1]:
            self.sport, self.first = UNSAID, len(self.table.times_s)
        elif name == self.dialect.point:
            self.point, self.time = [], ""
            self._go(attributes, self.point)
        if name == self.dialect.track:
            self.table.stop()
        self.n_laps += name == self.dialect.lap

    def data(self, text: str) -> None:
        """Characters of the innermost element."""
        self.text.append(text)

    def end(self, tag: str) -> None:
        """An element closes."""
        ways = tuple(map(_local, self.path[-2:]))
        text = "".join(self.text).strip()
        if self.point is None:
            if self.dialect.sport_element and ways == self.dialect.sport_element:
                self.sport = sport_of_gpx(text)
                self.table.sports[self.first :] = [self.sport] * (len(self.table.times_s) - self.first)
        elif ways[-1] == self.dialect.point:
            self._finish(self.point)
            self.point = None
        elif ways[-1].lower() == TIME:
            self.time = self.time or text
        elif text:
            self._take(tuple(way.lower() for way in ways), tag, text)
        self.path.pop()
        self.text.clear()

    def break_off(self, opened: list[str]) -> None:
        """Forget the point being read; what follows stands in these elements."""
        self.path[:] = opened
        self.point = None
        self.text.clear()

    def _go(self, attributes: Mapping[str, str], point: list[tuple[Column, str]]) -> None:
        """Add how far it was to a point that says where it is: what tells a stop where the file has no speeds."""
        try:
            north, east = (float(attributes[name]) for name in self.dialect.place_attributes)
        except (KeyError, ValueError):
            return
        if not (abs(north) <= MOST_NORTH and abs(east) <= MOST_EAST):
            return
        if self.place is not None:
            ways = (north - self.place[0], (east - self.place[1]) * math.cos(math.radians(north)))
            self.way_m += math.hypot(*ways) * METRES_OF_DEGREE
        self.place = north, east
        point.append((BY_PLACE, repr(self.way_m)))

    def _take(self, ways: tuple[str, ...], tag: str, text: str) -> None:
        """Keep a value; elements of one name from several programs are several columns."""
        if (ways, tag) not in self.columns:
            if len(self.columns) > MOST_NAMES:
                self.columns.clear()
            self.columns[ways, tag] = _column_of(ways, tag, self.dialect)
        column = self.columns[ways, tag]
        if column is not None and self.point is not None:
            self.point.append((column, text))

    def _finish(self, point: list[tuple[Column, str]]) -> None:
        """Keep a point that has a time."""
        time_s = self._time_s(self.time)
        if time_s is not None:
            self.table.add(time_s, self.sport, [(column, self._number(text)) for column, text in point])

    def _time_s(self, text: str) -> float | None:
        """Seconds of a time with Z or an offset; without either it is taken as UTC."""
        try:
            moment = datetime.fromisoformat(text)
            return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
        except (ValueError, OverflowError):
            self.n_unusable += 1
            return None

    def _number(self, text: str) -> float | None:
        """A usable number, with a point or a comma before its decimals."""
        try:
            value = usable(float(text.replace(",", ".")))
        except ValueError:
            value = None
        self.n_unusable += value is None
        return value


def _column_of(ways: tuple[str, ...], tag: str, dialect: Dialect) -> Column | None:
    """What an element of a point is: what the format says, or a cadence by its name, which is told."""
    found = dialect.columns.get(ways[-1:]) or dialect.columns.get(ways)
    if found is not None:
        return Column(*found, quoted(tag))
    is_cadence = NAMES.search(ways[-1]) and not OTHERS.search(ways[-1])
    return Column(Quantity.CADENCE, RANK_NAMED, quoted(tag), is_told=True) if is_cadence else None


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
        opened = _opened(dialect, points.path, name)
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


def _opened(dialect: Dialect, path: list[str], name: str) -> list[str]:
    """The elements that one of a name stands in, as this file writes them."""
    above = dialect.sport_element[:-1] if name in dialect.sport_element[-1:] else ()
    depth = dialect.levels.index(above[-1]) + 1 if above else dialect.levels.index(name)
    written = {_local(tag): tag for tag in path}
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


def _local(tag: str) -> str:
    """A tag without its prefix: programs choose prefixes as they like."""
    return tag.rpartition(":")[2]

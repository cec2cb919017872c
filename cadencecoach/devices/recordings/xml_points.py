"""Points of a recorded run as they stand in XML: what TCX and GPX share. Expat's handlers put them into a table."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from cadencecoach.devices.recordings.columns import Column, Quantity, Table
from cadencecoach.devices.recordings.fit_fields import NAMES, OTHERS, RANK_NAMED
from cadencecoach.devices.recordings.model import usable
from cadencecoach.devices.recordings.sports import UNSAID, Sport, quote, sport_of, sport_of_gpx
from cadencecoach.errors import RecordingError

DEEPEST = 100  # elements in elements; these files have ten
MOST_ELEMENTS = 1_000_000  # a day at 1 Hz, ten for each point
MOST_NAMES = 1_000  # of elements that are remembered; a point has ten
TIME = "time"
MOST_NORTH, MOST_EAST, METRES_OF_DEGREE = 90.0, 180.0, 111_195.0
BY_PLACE = Column(Quantity.DISTANCE, 9, "the places of the points")


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
        name = local_name(tag)
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
        ways = tuple(map(local_name, self.path[-2:]))
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
        return Column(*found, quote(tag))
    is_cadence = NAMES.search(ways[-1]) and not OTHERS.search(ways[-1])
    return Column(Quantity.CADENCE, RANK_NAMED, quote(tag), is_told=True) if is_cadence else None


def local_name(tag: str) -> str:
    """A tag without its prefix: programs choose prefixes as they like."""
    return tag.rpartition(":")[2]

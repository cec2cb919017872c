"""Points of a recorded run out of XML: what TCX and GPX share.

Read with expat as a stream. A document type is refused: no such file has one, and it is the door to entity bombs and to
files of other people.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from xml.parsers import expat

from cadencecoach.devices.recordings.model import Parsed, RecordedRow, check_rows, usable
from cadencecoach.devices.recordings.sports import LEFT_OUT, REFUSED
from cadencecoach.errors import RecordingError

BOM = b"\xef\xbb\xbf"
DEEPEST = 100  # elements in elements; these files have ten
MOST_ELEMENTS = 1_000_000  # a day at 1 Hz, ten for each point
# Whose cadence is that of pedals, in the words of TCX and of GPX; the schema of TCX knows Running, Biking and Other.
BIKING = frozenset({"biking", "cycling", "ride", "road_biking", "mountain_biking", "1"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """Where things stand in a format.

    Attributes:
        name: of the format, for messages
        point: element of one moment
        fields: ways to the elements in it that are read, outermost first -> `time`, `speed`, `heart`, a kind of cadence
        cadences: kinds of cadence, the one that wins first
        laps: element that is counted, to say that there is nothing else
        sport_attribute: element and attribute that tell the sport of the points inside
        sport_element: way to an element whose text tells it
    """

    name: str
    point: str
    fields: Mapping[tuple[str, ...], str]
    cadences: tuple[str, ...]
    laps: str
    sport_attribute: tuple[str, str] = ("", "")
    sport_element: tuple[str, ...] = ()


@dataclass(slots=True)
class Points:
    """The points found so far, and the one being read; expat's handlers are its methods.

    Attributes:
        dialect: which format
        rows: finished points
        sports: of each of them, as the file has it; empty where it says nothing
        n_unusable: numbers and times that could not be read
        n_laps: how many laps there are
        n_elements: how many elements have begun
    """

    dialect: Dialect
    rows: list[RecordedRow] = field(default_factory=list)
    sports: list[str] = field(default_factory=list)
    n_unusable: int = 0
    n_laps: int = 0
    n_elements: int = 0
    sport: str = ""
    path: list[str] = field(default_factory=list)
    point: dict[str, str] | None = None
    text: list[str] = field(default_factory=list)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element opens."""
        name = _local(tag)
        self.path.append(name)
        self.n_elements += 1
        if self.n_elements > MOST_ELEMENTS:
            raise RecordingError(f"more than {MOST_ELEMENTS} elements; too many for a run")
        if len(self.path) > DEEPEST:
            raise RecordingError(f"elements are nested more than {DEEPEST} deep; this is not a recorded run")
        self.text.clear()
        element, attribute = self.dialect.sport_attribute
        if name == element:
            self.sport = attributes.get(attribute, "")
        elif name == self.dialect.point:
            self.point = {}
        elif name == self.dialect.laps:
            self.n_laps += 1

    def data(self, text: str) -> None:
        """Characters of the innermost element."""
        self.text.append(text)

    def end(self, _tag: str) -> None:
        """An element closes."""
        if self.point is None:
            if self.dialect.sport_element and tuple(self.path[-2:]) == self.dialect.sport_element:
                self.sport = "".join(self.text).strip()
        elif self.path[-1] == self.dialect.point:
            self._finish(self.point)
            self.point = None
        else:
            kind = self.dialect.fields.get((self.path[-1],)) or self.dialect.fields.get(tuple(self.path[-2:]))
            if kind is not None:
                self.point[kind] = "".join(self.text).strip()
        self.path.pop()
        self.text.clear()

    def _finish(self, point: dict[str, str]) -> None:
        """Keep a point that has a time."""
        time_s = self._time_s(point.get("time"))
        if time_s is None:
            return
        check_rows(len(self.rows))
        told = next((point[kind] for kind in self.dialect.cadences if point.get(kind)), None)
        speed, heart = self._number(point.get("speed")), self._number(point.get("heart"))
        self.rows.append(RecordedRow(time_s, self._number(told), speed, heart))
        self.sports.append(self.sport)

    def _time_s(self, text: str | None) -> float | None:
        """Seconds of a time with Z or an offset; without either it is taken as UTC."""
        try:
            moment = datetime.fromisoformat(text or "")
            return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
        except (ValueError, OverflowError):
            self.n_unusable += 1
            return None

    def _number(self, text: str | None) -> float | None:
        """A usable number; None where it is missing."""
        if not text:
            return None
        try:
            value = usable(float(text))
        except ValueError:
            value = None
        self.n_unusable += value is None
        return value


def parse_points(data: bytes, dialect: Dialect) -> Parsed:
    """Rows of the points of a file that were run; their cadence counts strides.

    Raises:
        RecordingError: not XML, a document type in it, nothing readable before it breaks off, or no run
    """
    points, notes = _read_points(data, dialect)
    rows = [row for row, sport in zip(points.rows, points.sports, strict=True) if sport.lower() not in BIKING]
    n_left_out = len(points.rows) - len(rows)
    if n_left_out and not rows:
        raise RecordingError(REFUSED.format(sport="cycling"))
    if n_left_out:
        notes.append(LEFT_OUT.format(n=n_left_out, sport="cycling"))
    return Parsed(rows=rows, counts="strides", notes=notes, lacks=_lacks(points))


def _read_points(data: bytes, dialect: Dialect) -> tuple[Points, list[str]]:
    """The points of a file, and notes of what is wrong with it.

    Raises:
        RecordingError: not XML, a document type in it, or nothing readable before it breaks off
    """
    points = Points(dialect)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler = points.start
    parser.CharacterDataHandler = points.data
    parser.EndElementHandler = points.end
    notes: list[str] = []
    try:
        # Some programs write blanks before the declaration, which XML does not allow.
        parser.Parse(data.strip(b" \t\r\n").removeprefix(BOM).lstrip(), True)  # noqa: FBT003  # expat's "this is all"
    except (expat.ExpatError, ValueError, LookupError) as error:  # the last two: an encoding it does not know
        if not points.rows:
            raise RecordingError(f"not a readable {dialect.name} file: {error}") from error
        notes.append(f"breaks off after {len(points.rows)} points ({error}); read up to there")
    if points.n_unusable:
        notes.append(f"values that cannot be read are treated as missing: {points.n_unusable}")
    return points, notes


def _lacks(points: Points) -> str:
    """What to say if there is no cadence."""
    if points.rows:
        return f"no cadence in its {len(points.rows)} points; a recorded run needs cadence values with their times"
    laps = f", only {points.n_laps} x {points.dialect.laps}" if points.n_laps else ""
    return f"no cadence in it: there is no {points.dialect.point} with a time{laps}"


def _refuse(*_declaration: object) -> None:
    """Stop at a document type."""
    raise RecordingError("has a document type, which no such file needs; refused")


def _local(tag: str) -> str:
    """A tag without its prefix: programs choose prefixes as they like."""
    return tag.rpartition(":")[2]

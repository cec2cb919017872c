"""Recorded runs as Training Center XML: `RunCadence` of a Trackpoint's extension, or `Cadence`; both count strides.

Read with expat as a stream. A document type is refused: no TCX file has one, and it is the door to entity bombs and to
files of other people.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from xml.parsers import expat

from cadencecoach.devices.recordings.model import Parsed, RecordedRow, usable
from cadencecoach.errors import RecordingError

POINT = "Trackpoint"
FIELDS = ("Time", "Cadence", "RunCadence", "Speed")


@dataclass(slots=True)
class Points:
    """The trackpoints found so far, and the one being read; expat's handlers are its methods.

    Attributes:
        rows: finished trackpoints
        n_unusable: numbers and times that could not be read
    """

    rows: list[RecordedRow] = field(default_factory=list)
    n_unusable: int = 0
    path: list[str] = field(default_factory=list)
    point: dict[str, str] | None = None
    text: list[str] = field(default_factory=list)

    def start(self, tag: str, _attributes: dict[str, str]) -> None:
        """An element opens."""
        name = _local(tag)
        self.path.append(name)
        self.text.clear()
        if name == POINT:
            self.point = {}

    def data(self, text: str) -> None:
        """Characters of the innermost element."""
        if self.point is not None:
            self.text.append(text)

    def end(self, _tag: str) -> None:
        """An element closes."""
        name = self.path.pop()
        if self.point is None:
            return
        if name == POINT:
            self._finish(self.point)
            self.point = None
        elif name in FIELDS:
            self.point[name] = "".join(self.text).strip()
        elif name == "Value" and self.path[-1:] == ["HeartRateBpm"]:
            self.point["HeartRateBpm"] = "".join(self.text).strip()

    def _finish(self, point: dict[str, str]) -> None:
        """Keep a trackpoint that has a time."""
        time_s = self._time_s(point.get("Time"))
        if time_s is None:
            return
        strides_per_min = self._number(point.get("RunCadence") or point.get("Cadence"))
        hr_bpm = self._number(point.get("HeartRateBpm"))
        self.rows.append(RecordedRow(time_s, strides_per_min, self._number(point.get("Speed")), hr_bpm))

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


def parse_tcx(data: bytes) -> Parsed:
    """Rows of the trackpoints of a TCX file.

    Raises:
        RecordingError: not XML, a document type in it, or nothing readable before it breaks off
    """
    points = Points()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler = points.start
    parser.CharacterDataHandler = points.data
    parser.EndElementHandler = points.end
    notes: list[str] = []
    try:
        parser.Parse(data.lstrip(), True)  # noqa: FBT003  # expat's way to say that this is all
    except (expat.ExpatError, ValueError, LookupError) as error:  # the last two: an encoding it does not know
        if not points.rows:
            raise RecordingError(f"not a readable TCX file: {error}") from error
        notes.append(f"breaks off after {len(points.rows)} trackpoints ({error}); read up to there")
    if points.n_unusable:
        notes.append(f"values that cannot be read taken as missing: {points.n_unusable}")
    return Parsed(rows=points.rows, counts="strides", notes=notes)


def _refuse(*_declaration: object) -> None:
    """Stop at a document type."""
    raise RecordingError("has a document type, which no TCX file needs; refused")


def _local(tag: str) -> str:
    """A tag without its prefix: programs choose prefixes as they like."""
    return tag.rpartition(":")[2]

"""Recorded runs as Training Center XML: `RunCadence` of a Trackpoint's extension, or `Cadence`; both count strides."""

from cadencecoach.devices.recordings.model import Parsed
from cadencecoach.devices.recordings.sports import LEFT_OUT, REFUSED
from cadencecoach.devices.recordings.xml_points import Dialect, Points, lacks, read_points
from cadencecoach.errors import RecordingError

TCX = Dialect(
    name="TCX",
    point="Trackpoint",
    fields={
        ("Time",): "time",
        ("RunCadence",): "of the run",
        ("Cadence",): "of something",
        ("Speed",): "speed",
        ("HeartRateBpm", "Value"): "heart",
    },
    cadences=("of the run", "of something"),
    laps="Lap",
    sport_attribute=("Activity", "Sport"),
)
BIKING = "biking"  # the schema knows Running, Biking and Other


def parse_tcx(data: bytes) -> Parsed:
    """Rows of the trackpoints of a TCX file.

    Raises:
        RecordingError: not XML, a document type in it, nothing readable before it breaks off, or no run
    """
    points, notes = read_points(data, TCX)
    rows = [row for row, sport in zip(points.rows, points.sports, strict=True) if not is_biking(sport)]
    notes += left_out(points, n_kept=len(rows))
    return Parsed(rows=rows, counts="strides", notes=notes, lacks=lacks(points))


def is_biking(sport: str) -> bool:
    """Whether its cadence is that of pedals, in the words of TCX and of GPX."""
    return sport.lower() in {BIKING, "cycling", "biking", "ride", "road_biking", "mountain_biking", "1"}


def left_out(points: Points, *, n_kept: int) -> list[str]:
    """A note on points that were no run.

    Raises:
        RecordingError: none was
    """
    n_left_out = len(points.rows) - n_kept
    if n_left_out and not n_kept:
        raise RecordingError(REFUSED.format(sport="cycling"))
    return [LEFT_OUT.format(n=n_left_out, sport="cycling")] if n_left_out else []

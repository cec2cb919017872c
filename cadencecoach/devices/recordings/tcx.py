"""Recorded runs as Training Center XML: `RunCadence` of a Trackpoint's extension, or `Cadence`; both count strides."""

from cadencecoach.devices.recordings.model import Parsed
from cadencecoach.devices.recordings.xml_points import Dialect, parse_points

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


def parse_tcx(data: bytes) -> Parsed:
    """Rows of the trackpoints of a TCX file.

    Raises:
        RecordingError: not XML, a document type in it, nothing readable before it breaks off, or no run
    """
    return parse_points(data, TCX)

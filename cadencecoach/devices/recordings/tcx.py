"""Recorded runs as Training Center XML: `RunCadence` of a Trackpoint's extension, or `Cadence`; both count strides."""

from cadencecoach.devices.recordings.columns import Quantity
from cadencecoach.devices.recordings.model import Parsed
from cadencecoach.devices.recordings.xml_points import Dialect
from cadencecoach.devices.recordings.xml_reading import parse_points

TCX = Dialect(
    name="TCX",
    levels=("TrainingCenterDatabase", "Activities", "Activity", "Lap", "Track", "Trackpoint"),
    columns={
        ("runcadence",): (Quantity.CADENCE, 0),
        ("cadence",): (Quantity.CADENCE, 1),
        ("cad",): (Quantity.CADENCE, 2),
        ("steprate",): (Quantity.CADENCE, 3),
        ("spm",): (Quantity.CADENCE, 3),
        ("speed",): (Quantity.SPEED, 0),
        ("heartratebpm", "value"): (Quantity.HEART, 0),
        ("distancemeters",): (Quantity.DISTANCE, 0),
    },
    lap="Lap",
    track="Track",
    sport_attribute=("Activity", "sport"),
)


def parse_tcx(data: bytes) -> Parsed:
    """Rows of the trackpoints of a TCX file.

    Raises:
        RecordingError: not XML, a document type in it, nothing readable before it breaks off, or no run
    """
    return parse_points(data, TCX)

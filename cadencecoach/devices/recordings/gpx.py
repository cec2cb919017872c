"""Recorded runs as GPX: the cadence of Garmin's TrackPointExtension, which counts strides, and what others call it."""

from cadencecoach.devices.recordings.columns import Quantity
from cadencecoach.devices.recordings.model import Parsed
from cadencecoach.devices.recordings.xml_points import Dialect
from cadencecoach.devices.recordings.xml_reading import parse_points

GPX = Dialect(
    name="GPX",
    levels=("gpx", "trk", "trkseg", "trkpt"),
    columns={
        ("cad",): (Quantity.CADENCE, 0),
        ("runcadence",): (Quantity.CADENCE, 1),
        ("run_cadence",): (Quantity.CADENCE, 1),
        ("cadence",): (Quantity.CADENCE, 2),
        ("steprate",): (Quantity.CADENCE, 3),
        ("spm",): (Quantity.CADENCE, 3),
        ("speed",): (Quantity.SPEED, 0),
        ("hr",): (Quantity.HEART, 0),
        ("heartrate",): (Quantity.HEART, 1),
    },
    lap="trkseg",
    track="trkseg",
    sport_element=("trk", "type"),
    place_attributes=("lat", "lon"),
)


def parse_gpx(data: bytes) -> Parsed:
    """Rows of the track points of a GPX file.

    Raises:
        RecordingError: not XML, a document type in it, nothing readable before it breaks off, or no run
    """
    return parse_points(data, GPX)

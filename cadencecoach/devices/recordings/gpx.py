"""Recorded runs as GPX: the cadence of Garmin's TrackPointExtension, which counts strides, and what others call it."""

from cadencecoach.devices.recordings.model import Parsed
from cadencecoach.devices.recordings.xml_points import Dialect, parse_points

GPX = Dialect(
    name="GPX",
    point="trkpt",
    fields={
        ("time",): "time",
        ("cad",): "cadence",
        ("cadence",): "cadence in words",
        ("speed",): "speed",
        ("hr",): "heart",
        ("heartrate",): "heart",
    },
    cadences=("cadence", "cadence in words"),
    laps="trkseg",
    sport_element=("trk", "type"),
)


def parse_gpx(data: bytes) -> Parsed:
    """Rows of the track points of a GPX file.

    Raises:
        RecordingError: not XML, a document type in it, nothing readable before it breaks off, or no run
    """
    return parse_points(data, GPX)

import contextlib

import pytest
from each_row import each_row
from hypothesis import given
from hypothesis import strategies as st

from cadencecoach.devices.recordings import xml_points
from cadencecoach.devices.recordings.gpx import parse_gpx
from cadencecoach.devices.recordings.model import RecordedRow
from cadencecoach.errors import RecordingError

EXTENSION = "http://www.garmin.com/xmlschemas/TrackPointExtension/v1"


def gpx(*points: str, sport: str = "running") -> bytes:
    """A GPX file of some track points."""
    inside = "".join(f'<trkpt lat="48.1" lon="11.5"><ele>500</ele>{point}</trkpt>' for point in points)
    return (
        '<?xml version="1.0"?><gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1" '
        f'xmlns:gpxtpx="{EXTENSION}"><metadata><time>2020-01-01T00:00:00Z</time></metadata>'
        f"<trk><name>Run</name><type>{sport}</type><trkseg>{inside}</trkseg></trk></gpx>"
    ).encode()


def at(second: int, cadence: str) -> str:
    """A point's inside, as watches write it."""
    return (
        f"<time>2026-01-01T08:00:{second:02}Z</time><extensions><gpxtpx:TrackPointExtension>"
        f"<gpxtpx:hr>140</gpxtpx:hr><gpxtpx:cad>{cadence}</gpxtpx:cad></gpxtpx:TrackPointExtension></extensions>"
    )


def test_cadence_of_the_extension_counts_strides() -> None:
    """With its heart rate; the file's own time is none of the run."""
    parsed = parse_gpx(gpx(at(0, "82"), at(1, "")))
    assert parsed.rows == [RecordedRow(1767254400.0, 82.0, None, 140.0), RecordedRow(1767254401.0, None, None, 140.0)]
    assert (parsed.counts, parsed.notes) == ("strides", [])


@each_row(("sport", "called"), [("cycling", "cycling"), ("Biking", "Biking"), ("1", "cycling")])
def test_a_ride_is_refused(sport: str, called: str) -> None:
    """Its cadence is that of pedals."""
    with pytest.raises(RecordingError, match=f"this is {called}"):
        parse_gpx(gpx(at(0, "82"), sport=sport))


def test_a_track_without_cadence_says_so() -> None:
    """Most GPX files have none."""
    assert parse_gpx(gpx("<time>2026-01-01T08:00:00Z</time>")).lacks.startswith("no cadence in its 1 points")


@given(st.binary(max_size=100) | st.binary(max_size=30).map(lambda junk: gpx(at(0, "82")) + junk))
def test_any_bytes_are_rows_or_a_recording_error(data: bytes) -> None:
    """No file gives any other error."""
    with contextlib.suppress(RecordingError):
        assert parse_gpx(data).counts == "strides"


def test_elements_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Empty ones take time too: 100 MB of them cost 39 s."""
    data = gpx(at(0, "80"), at(1, "81"))
    n = data.count(b"<") - data.count(b"</") - data.count(b"<?")
    monkeypatch.setattr(xml_points, "MOST_ELEMENTS", n)
    assert len(parse_gpx(data).rows) == 2
    monkeypatch.setattr(xml_points, "MOST_ELEMENTS", n - 1)
    with pytest.raises(RecordingError, match=f"more than {n - 1} elements; too many for a run"):
        parse_gpx(data)


@each_row("moves", [True, False])
def test_a_stop_between_points_without_speeds_is_told_by_their_places(*, moves: bool) -> None:
    """A runner who is where they were 25 s ago stood; a treadmill is nowhere else before and after."""
    points = []
    for second in (*range(0, 21, 4), *range(45, 60, 4)):
        north = 48.0 + moves * 2.9 * (second if second <= 20 else second - 25) / 111_195
        points.append(f'<trkpt lat="{north:.6f}" lon="11.5">{at(second, "85")}</trkpt>')
    data = gpx("").replace(b'<trkpt lat="48.1" lon="11.5"><ele>500</ele></trkpt>', "".join(points).encode())
    silent = [row.time_s - 1767254400.0 for row in parse_gpx(data).rows if row.raw_per_min is None]
    assert silent == ([21.0] if moves else [])


@each_row("place", ['lat="x" lon="11.5"', 'lat="91" lon="0"', 'lat="nan" lon="inf"', 'lon="11.5"', ""])
def test_a_point_whose_place_is_nowhere_is_a_point(place: str) -> None:
    """Its cadence counts."""
    data = gpx(at(0, "82")).replace(b'lat="48.1" lon="11.5"', place.encode())
    assert [row.raw_per_min for row in parse_gpx(data).rows] == [82.0]


@each_row(
    ("element", "read"),
    [("g:runningCadence", True), ("stepFrequency", True), ("AvgRunCadence", False), ("BikeCadence", False)],
)
def test_an_element_that_is_called_a_cadence_is_one_with_a_note(element: str, *, read: bool) -> None:
    """Unless it is a mean, or of pedals; those of the format go before."""
    point = f"<time>2026-01-01T08:00:00Z</time><{element}>85</{element}>"
    parsed = parse_gpx(gpx(point))
    assert [row.raw_per_min for row in parsed.rows] == [85.0 if read else None]
    assert parsed.notes == ([f"cadence is read from {element}"] if read else [])


def test_a_byte_that_is_no_text_in_a_number_costs_that_number() -> None:
    """Left out it would leave an 8 of an 85, which nobody measured."""
    parsed = parse_gpx(gpx(at(0, "84"), at(1, "85")).replace(b">85<", b">8\xff<"))
    assert [row.raw_per_min for row in parsed.rows] == [84.0, None]

import contextlib

import pytest
from each_row import each_row
from hypothesis import given
from hypothesis import strategies as st

from cadencecoach.devices.recordings.model import RecordedRow
from cadencecoach.devices.recordings.tcx import parse_tcx
from cadencecoach.errors import RecordingError

EXTENSION = "http://www.garmin.com/xmlschemas/ActivityExtension/v2"
HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<TrainingCenterDatabase xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2" '
    f'xmlns:ns3="{EXTENSION}"><Activities><Activity Sport="Running"><Id>2026-01-01T08:00:00Z</Id>'
    '<Lap StartTime="2026-01-01T08:00:00Z"><Cadence>99</Cadence>'
    "<AverageHeartRateBpm><Value>1</Value></AverageHeartRateBpm><Track>"
)
TAIL = "</Track></Lap></Activity></Activities></TrainingCenterDatabase>"
EIGHT_S = 1767254400.0  # 2026-01-01T08:00:00Z


def tcx(*points: str) -> bytes:
    """A TCX file of some trackpoints."""
    return (HEAD + "".join(f"<Trackpoint>{point}</Trackpoint>" for point in points) + TAIL).encode()


def at(time: str, rest: str = "<Cadence>82</Cadence>") -> str:
    """A trackpoint's inside."""
    return f"<Time>{time}</Time>{rest}"


FULL = (
    "<HeartRateBpm><Value>140</Value></HeartRateBpm><Extensions>"
    f'<TPX xmlns="{EXTENSION}"><Speed>2.9</Speed><RunCadence>82</RunCadence></TPX></Extensions>'
)


@each_row(
    "rest",
    [FULL, FULL.replace("TPX", "ns3:TPX").replace("Speed>", "ns3:Speed>").replace("RunCadence>", "ns3:RunCadence>")],
    ids=["default namespace", "prefixed"],
)
def test_a_trackpoint_has_time_cadence_speed_and_heart_rate(rest: str) -> None:
    """With or without prefixes; the lap's own values are not the trackpoint's."""
    parsed = parse_tcx(tcx(at("2026-01-01T08:00:00Z", rest)))
    assert parsed.rows == [RecordedRow(EIGHT_S, 82.0, 2.9, 140.0)]
    assert (parsed.counts, parsed.notes) == ("strides", [])


@each_row(
    "time",
    [
        "2026-01-01T08:00:00Z",
        "2026-01-01T08:00:00.000Z",
        " 2026-01-01T08:00:00+00:00 ",
        "2026-01-01T10:30:00+02:30",
        "2026-01-01T08:00:00",
    ],
)
def test_times_with_z_offset_fraction_or_nothing(time: str) -> None:
    """All of these are the same moment; without a zone it is taken as UTC."""
    assert parse_tcx(tcx(at(time))).rows[0].time_s == EIGHT_S


def test_run_cadence_goes_before_cadence() -> None:
    """Where both stand, the extension is the runner's."""
    both = at("2026-01-01T08:00:00Z", "<Cadence>0</Cadence><Extensions><RunCadence>82</RunCadence></Extensions>")
    assert parse_tcx(tcx(both)).rows[0].raw_per_min == 82.0


def test_missing_values_stay_missing_and_zero_is_zero() -> None:
    """An absent or empty element is no value."""
    points = [
        at("2026-01-01T08:00:00Z", ""),
        at("2026-01-01T08:00:01Z", "<Cadence/>"),
        at("2026-01-01T08:00:02Z", "<Cadence>0</Cadence>"),
    ]
    assert [row.raw_per_min for row in parse_tcx(tcx(*points)).rows] == [None, None, 0.0]


def test_values_that_cannot_be_read_are_missing_and_noted() -> None:
    """A wrong number costs its value, a wrong time its row."""
    good, bad_time = at("2026-01-01T08:00:00Z", "<Cadence>fast</Cadence>"), at("yesterday")
    parsed = parse_tcx(
        tcx(good, bad_time, "<Cadence>82</Cadence>", at("2026-01-01T08:00:09Z", "<Cadence>nan</Cadence>"))
    )
    assert [row.raw_per_min for row in parsed.rows] == [None, None]
    assert parsed.notes == ["values that cannot be read are treated as missing: 4"]


def test_a_number_that_no_sensor_sends_is_missing_and_noted() -> None:
    """It is no cadence, and no journal could hold it."""
    parsed = parse_tcx(tcx(at("2026-01-01T08:00:00Z", "<Cadence>1e300</Cadence>"), at("2026-01-01T08:00:01Z")))
    assert [row.raw_per_min for row in parsed.rows] == [None, 82.0]
    assert parsed.notes == ["values that cannot be read are treated as missing: 1"]


def test_a_file_that_breaks_off_is_read_up_to_there() -> None:
    """The trackpoints before the break are a run."""
    whole = tcx(*[at(f"2026-01-01T08:00:{second:02}Z") for second in range(20)])
    parsed = parse_tcx(whole[: len(whole) * 3 // 4])
    assert 5 < len(parsed.rows) < 20
    assert "breaks off after" in parsed.notes[0]


@each_row("encoding", ["utf-8", "utf-16"])
def test_a_document_type_is_refused(encoding: str) -> None:
    """Entity bombs and files of other people come in by a document type, in any encoding."""
    bomb = '<!DOCTYPE a [<!ENTITY b "x"><!ENTITY c "&b;&b;&b;">]><a><Trackpoint>&c;</Trackpoint></a>'
    with pytest.raises(RecordingError, match="document type"):
        parse_tcx(bomb.encode(encoding))


@each_row("data", [b"", b"hello", b"<a><b></a>", b"\x00"])
def test_what_is_not_xml_is_refused(data: bytes) -> None:
    """One clear error, with the parser's place."""
    with pytest.raises(RecordingError, match="not a readable TCX file"):
        parse_tcx(data)


@each_row("before", ["", "   ", "\n", "\ufeff", "\r\n\ufeff"])
def test_blanks_and_marks_before_the_declaration_do_no_harm(before: str) -> None:
    """Some programs write them, though XML allows none."""
    assert len(parse_tcx(before.encode() + tcx(at("2026-01-01T08:00:00Z"))).rows) == 1


def test_a_ride_is_refused_and_the_run_after_it_is_read() -> None:
    """The cadence of an activity with the sport Biking is that of pedals."""
    ride = tcx(at("2026-01-01T07:00:00Z")).replace(b"Running", b"Biking")
    with pytest.raises(RecordingError, match="this is Biking"):
        parse_tcx(ride)
    activity = tcx(at("2026-01-01T08:00:00Z")).decode().partition("<Activities>")[2]
    parsed = parse_tcx(ride.replace(b"</Activities></TrainingCenterDatabase>", activity.encode()))
    assert [row.time_s for row in parsed.rows] == [EIGHT_S]
    assert parsed.notes == ["1 rows of Biking left out: their cadence counts no steps"]


def test_a_file_of_laps_alone_says_so() -> None:
    """Some programs export no more."""
    assert parse_tcx(tcx()).lacks == "no cadence in it: there is no Trackpoint with a time, only 1 x Lap"


def test_elements_without_end_are_refused() -> None:
    """Nobody waits for a million of them."""
    with pytest.raises(RecordingError, match="more than 100 deep"):
        parse_tcx(b"<a>" * 1000)


@given(st.binary(max_size=100) | st.binary(max_size=30).map(lambda junk: tcx(at("2026-01-01T08:00:00Z")) + junk))
def test_any_bytes_are_rows_or_a_recording_error(data: bytes) -> None:
    """No file gives any other error."""
    with contextlib.suppress(RecordingError):
        assert parse_tcx(data).counts == "strides"

from xml.etree import ElementTree as ET

import pytest
from made_sessions import A_SESSION, HEADER, activity, cue, end, reading, running, stage

from cadencecoach.devices.recordings.tcx import parse_tcx
from cadencecoach.errors import JournalError
from cadencecoach.record.exports.tcx import tcx_bytes

TCX = "{http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2}"
TPX = "{http://www.garmin.com/xmlschemas/ActivityExtension/v2}"
# The sequences of the two schemas, as far as they are used: parent -> children in their order, "!" must be there
SEQUENCES = {
    f"{TCX}TrainingCenterDatabase": [f"{TCX}Activities"],
    f"{TCX}Activities": [f"{TCX}Activity"],
    f"{TCX}Activity": [f"!{TCX}Id", f"!{TCX}Lap", f"{TCX}Notes", f"{TCX}Creator"],
    f"{TCX}Creator": [f"!{TCX}Name", f"!{TCX}UnitId", f"!{TCX}ProductID", f"!{TCX}Version"],
    f"{TCX}Version": [f"!{TCX}VersionMajor", f"!{TCX}VersionMinor"],
    f"{TCX}Lap": [
        *(f"!{TCX}TotalTimeSeconds", f"!{TCX}DistanceMeters", f"{TCX}MaximumSpeed", f"!{TCX}Calories"),
        *(f"{TCX}AverageHeartRateBpm", f"{TCX}MaximumHeartRateBpm", f"!{TCX}Intensity", f"{TCX}Cadence"),
        *(f"!{TCX}TriggerMethod", f"{TCX}Track", f"{TCX}Notes", f"{TCX}Extensions"),
    ],
    f"{TCX}AverageHeartRateBpm": [f"!{TCX}Value"],
    f"{TCX}MaximumHeartRateBpm": [f"!{TCX}Value"],
    f"{TCX}HeartRateBpm": [f"!{TCX}Value"],
    f"{TCX}Track": [f"!{TCX}Trackpoint"],
    f"{TCX}Trackpoint": [
        *(f"!{TCX}Time", f"{TCX}DistanceMeters", f"{TCX}HeartRateBpm", f"{TCX}Cadence", f"{TCX}Extensions"),
    ],
    f"{TCX}Extensions": [f"{TPX}LX", f"{TPX}TPX"],
    f"{TPX}LX": [f"{TPX}AvgSpeed", f"{TPX}AvgRunCadence", f"{TPX}MaxRunCadence", f"{TPX}Steps"],
    f"{TPX}TPX": [f"{TPX}Speed", f"{TPX}RunCadence"],
}
LARGEST = {
    "Cadence": 254,
    "RunCadence": 254,
    "AvgRunCadence": 254,
    "MaxRunCadence": 254,
    "Steps": 65_535,
    "Value": 255,
    "Calories": 65_535,
}


def checked(data: bytes) -> ET.Element:
    """A file whose elements stand where the schemas allow them, with whole numbers where those are wanted."""
    root = ET.fromstring(data)  # noqa: S314  # our own
    for parent in root.iter():
        names = [child.tag for child in parent]
        order = [name.removeprefix("!") for name in SEQUENCES.get(parent.tag, [])]
        assert names == sorted(names, key=order.index)
        assert all(name[1:] in names for name in SEQUENCES.get(parent.tag, []) if name.startswith("!"))
        largest = LARGEST.get(parent.tag.rpartition("}")[2])
        assert largest is None or 0 <= int(parent.text or "") <= largest
    return root


A_FILE = tcx_bytes(activity(A_SESSION))


def texts(root: ET.Element, way: str) -> list[str]:
    """Texts of the elements on a way, prefixes left out."""
    return [found.text or "" for found in root.findall(way, {"": TCX[1:-1], "t": TPX[1:-1]})]


def test_the_file_is_as_the_schemas_want_it() -> None:
    """Laps are stages; a new track begins after the pause; our numbers stand in the lap's extension."""
    root = checked(A_FILE)
    laps = root.findall(f".//{TCX}Lap")
    assert [lap.get("StartTime") for lap in laps] == ["2026-03-01T23:59:50Z", "2026-03-02T00:00:10Z"]
    assert [len(lap.findall(f"{TCX}Track")) for lap in laps] == [1, 2]
    assert texts(root, ".//Lap/TotalTimeSeconds") == ["20.000", "25.000"]
    assert texts(root, ".//Lap/Notes") == ["Warm-up", "+5 %"]
    assert texts(root, ".//t:LX/t:AvgRunCadence") == ["83", "86"]
    assert texts(root, ".//t:LX/t:Steps") == ["55", "63"]
    assert texts(root, ".//Activity/Notes") == ["Plus 5 <&>"]
    assert len(texts(root, ".//Trackpoint/Time")) == 45


def test_halves_go_up_and_down_in_turn_so_that_the_mean_stays() -> None:
    """165 steps are 82 and 83 strides in turn; our own reader finds 165 in the mean, and every time."""
    parsed = parse_tcx(A_FILE)
    rows = [row for row in parsed.rows[:20] if row.raw_per_min is not None]
    assert [row.raw_per_min for row in rows[:4]] == [82, 83, 82, 83]
    assert sum(2 * (row.raw_per_min or 0) for row in rows) / len(rows) == 165
    assert [row.time_s - parsed.rows[0].time_s for row in parsed.rows] == [*range(30), *range(40, 55)]
    assert parsed.notes == []


def test_the_cadence_stands_where_either_kind_of_program_looks() -> None:
    """Some read the extension of runs, others the schema's own element; both have the same strides."""
    root = checked(A_FILE)
    assert texts(root, ".//Trackpoint/Cadence") == texts(root, ".//Trackpoint//t:RunCadence") != []
    assert texts(root, ".//Lap/Cadence") == ["83", "86"]


def test_missing_is_left_out_and_zero_is_written() -> None:
    """A heart does not beat 0 times: the schema does not allow it."""
    lines = [stage(0.0, 0, "Run"), reading(0.0, None, None, 0.0), reading(1.0, 0.0, 0.0), end(3.0)]
    root = checked(tcx_bytes(activity(lines)))
    assert texts(root, ".//t:RunCadence") == texts(root, ".//Trackpoint/Cadence") == ["0", "0"]
    assert root.findall(f".//{TCX}HeartRateBpm") == []


def test_words_that_xml_cannot_hold_or_a_terminal_obeys_are_left_out() -> None:
    """Control characters, halves of surrogate pairs, and marks that turn text round."""
    words = "a\x00\x1b\x9b\u202e\u2066\ud800<b>&"
    lines = [stage(0.0, 0, words), cue(0.0, "plan", "\x07"), *running(0, 2, 170), end(2.0)]
    assert texts(checked(tcx_bytes(activity(lines))), ".//Lap/Notes") == ["a<b>&"]


def test_a_session_without_a_start_is_refused() -> None:
    """Every point has a moment."""
    with pytest.raises(JournalError, match="does not say when"):
        tcx_bytes(activity(A_SESSION, {**HEADER, "started": None}))

"""Tables as other programs write them; every sample is made up here after what those programs document."""

import pytest
from each_row import each_row

from cadencecoach.devices.recordings.csv_table import parse_csv
from cadencecoach.devices.recordings.model import RecordedRow
from cadencecoach.errors import RecordingError

KMH_10 = pytest.approx(10 / 3.6)
STRYD = (
    "Timestamp,Power (w/kg),Form Power (w/kg),Watch Speed (m/s),Stryd Speed (m/s),Stryd Distance (meters),"
    "Ground Time (ms),Cadence (spm),Heart Rate (bpm)\n"
    "1767254400,3.1,0.9,2.7,2.8,2.8,250,164,140\n1767254401,3.2,0.9,2.7,2.9,5.7,249,166,141\n"
)
GOLDEN_CHEETAH = (
    "secs,cad,hr,km,kph,nm,watts,alt,lon,lat,headwind,slope,temp,interval\n"
    "0,82,140,0.0,10,0,0,0,0,0,0,0,0,0\n1,83,141,0.003,10,0,0,0,0,0,0,0,0,0\n"
)
POLAR = (
    "Name,Sport,Date,Start time,Duration,Total distance (km),Average heart rate (bpm),Average cadence (rpm)\n"
    "A runner,RUNNING,01-01-2026,08:00:00,00:00:02,0.01,140,82\n\n"
    "Sample rate,Time,HR (bpm),Speed (km/h),Pace (min/km),Cadence,Altitude (m),Stride length (m)\n"
    "1,00:00:00,140,10,06:00,82,100,\n,00:00:01,141,10,06:00,83,100,\n"
)
INTERVALS = (
    "time,watts,cadence,heartrate,distance,altitude,velocity_smooth\n0,,82,140,0,100,2.8\n1,,83,141,2.8,100,2.9\n"
)
FIT_FIELDS = (
    "timestamp,heart_rate,cadence,fractional_cadence,enhanced_speed\n"
    "2026-01-01T08:00:00+00:00,140,82,0.5,2.8\n2026-01-01T08:00:01+00:00,141,83,0.0,2.9\n"
)
GERMAN = "Zeit;Schrittfrequenz (spm);Geschwindigkeit (km/h);Puls\n0:00:00;164;10,0;140\n0:00:01;166,5;10,0;141\n"
UNITS_BELOW = "Time [s]\tStep rate\tSpeed\tHR\n(s)\t(1/min)\t(km/h)\t(bpm)\n0\t164\t10\t140\n1\t166\t10\t141\n"


def columns(text: str) -> tuple[list[float | None], list[float | None], list[float | None], list[float | None]]:
    """Times from the first row on, cadences, speeds, heart rates."""
    rows = parse_csv(text.encode()).rows
    return (
        [row.time_s - rows[0].time_s for row in rows],
        [row.raw_per_min for row in rows],
        [row.speed_mps for row in rows],
        [row.hr_bpm for row in rows],
    )


@each_row(
    ("text", "counts", "cadences", "speeds"),
    [
        (STRYD, "steps", [164, 166], [2.8, 2.9]),
        (GOLDEN_CHEETAH, "steps", [82, 83], [KMH_10, KMH_10]),
        (POLAR, "steps", [82, 83], [KMH_10, KMH_10]),
        (INTERVALS, "steps", [82, 83], [2.8, 2.9]),
        (FIT_FIELDS, "strides", [82.5, 83], [2.8, 2.9]),
        (GERMAN, "steps", [164, 166.5], [KMH_10, KMH_10]),
        (UNITS_BELOW, "steps", [164, 166], [KMH_10, KMH_10]),
        ("\ufeff" + STRYD.replace(",", ";"), "steps", [164, 166], [2.8, 2.9]),
        (STRYD.replace("spm", "rpm").replace("164", "82").replace("166", "83"), "strides", [82, 83], [2.8, 2.9]),
        (STRYD.replace("Cadence (spm)", "Strides/min"), "strides", [164, 166], [2.8, 2.9]),
    ],
    ids=[
        "stryd",
        "golden cheetah",
        "polar",
        "intervals",
        "fit fields",
        "german",
        "units",
        "semicolons",
        "rpm",
        "strides",
    ],
)
def test_tables_of_other_programs_are_understood(
    text: str, counts: str, cadences: list[float], speeds: list[float]
) -> None:
    """Times a second apart, cadence as it is, speed in m/s, heart rate; and a note says which columns were read."""
    parsed = parse_csv(text.encode())
    assert columns(text) == ([0, 1], cadences, speeds, [140, 141])
    assert parsed.counts == counts
    assert parsed.notes[0].startswith("columns: time from ")


def test_what_a_cadence_counts_is_told_where_the_header_says_it() -> None:
    """Otherwise the values decide, and another note tells what."""
    notes = [parse_csv(text.encode()).notes[0] for text in (STRYD, FIT_FIELDS, INTERVALS)]
    assert [
        "cadence in steps from" in notes[0],
        "cadence in strides from" in notes[1],
        ", cadence from" in notes[2],
    ] == [True] * 3


@each_row(
    ("first", "second"),
    [
        ("0", "1"),
        ("0:00", "0:01"),
        ("00:00:59.5", "00:01:00.5"),
        ("12:59:59 am", "1:00:00 AM"),
        ("2026-01-01T23:59:59Z", "2026-01-02T00:00:00Z"),
        ("2026-01-01 08:00:00", "2026-01-01 08:00:01"),
        ("2026/01/01 08:00:00", "2026/01/01 08:00:01"),
        ("2026-01-01 08:00:00 +0100", "2026-01-01 07:00:01 UTC"),
        ("31.12.2025 23:59:59", "01.01.2026 00:00:00"),
        ("12/31/2025 23:59:59", "1/1/2026 0:00:00"),
        ("1767254400", "1767254401"),
        ("1767254400000", "1767254401000"),
        ('"0,5"', '"1,5"'),
    ],
)
def test_times_of_every_kind(first: str, second: str) -> None:
    """One second lies between each of these pairs."""
    rows = parse_csv(f"time,cadence\n{first},164\n{second},166\n".encode()).rows
    assert rows[1].time_s - rows[0].time_s == pytest.approx(1)


@each_row(("name", "factor"), [("time (min)", 60), ("time_ms", 0.001), ("elapsed_time_s", 1), ("Seconds", 1)])
def test_a_time_may_have_another_unit(name: str, factor: float) -> None:
    """The header says which."""
    rows = parse_csv(f"{name},spm\n2,164\n".encode()).rows
    assert rows == [RecordedRow(2 * factor, 164.0, None, None)]


@each_row("name", ["Speed (min/km)", "speed [%]", "Pace"])
def test_a_pace_is_no_speed(name: str) -> None:
    """It is left alone, and its values are no mistake."""
    rows = parse_csv(f"sep=,\ntime,cadence,{name},Heart rate (% of max)\n0,164,5:30,80 %\n# a remark\n".encode()).rows
    assert rows == [RecordedRow(0.0, 164.0, None, None)]


@each_row("nothing", ["", "-", "--", "NA", "n/a", "null", "None"])
def test_words_for_missing(nothing: str) -> None:
    """They are no cadence, and no mistake either; zero stays zero."""
    parsed = parse_csv(f"time,cadence\n0,164\n1,{nothing}\n2,0\n".encode())
    assert [row.raw_per_min for row in parsed.rows] == [164.0, None, 0.0]


def test_a_speed_without_a_unit_that_nobody_runs_is_in_kmh() -> None:
    """Ten metres a second is a sprinter; a whole run of it is a treadmill's display."""
    parsed = parse_csv(b"time,cadence,speed\n0,164,10\n1,166,10\n")
    assert parsed.rows[0].speed_mps == pytest.approx(10 / 3.6)
    assert parsed.notes[1] == "speeds are read as km/h: in m/s they are too fast for a runner"


@each_row(
    ("text", "says"),
    [
        ("Split,Time,Distance,Avg Run Cadence\n1,5:00,1,164\n", "line 1: this is a table of laps or runs"),
        (
            "Type,Local Number,Message,Field 1,Value 1,Units 1\nData,0,record,cadence,82,rpm\n",
            "take the FIT file itself",
        ),
        ("time,power\n0,250\n", "line 1: no column cadence_spm"),
    ],
)
def test_a_table_that_is_no_run_is_told(text: str, says: str) -> None:
    """With what it is instead, where that can be seen."""
    with pytest.raises(Exception, match=says):
        parse_csv(text.encode())


@each_row(
    ("header", "told", "says"),
    [
        ("sport,sub_sport", "fitness_equipment,indoor_cycling", "this is indoor_cycling"),
        ("sub_sport,sport", "rowing,generic", "this is rowing"),
        ("Activity", "Afternoon Ride", "this is Afternoon Ride"),
        ("Workout Type", "Spinning", "this is Spinning"),
    ],
)
def test_a_table_of_another_sport_is_refused_wherever_it_says_so(header: str, told: str, says: str) -> None:
    """Of several columns the one that is no run decides."""
    with pytest.raises(RecordingError, match=says):
        parse_csv(f"t_s,cadence_spm,{header}\n0,164,{told}\n1,165,{told}\n".encode())


def test_a_sub_sport_that_says_nothing_leaves_the_sport() -> None:
    """A treadmill is a run."""
    assert parse_csv(b"t_s,cadence_spm,sport,sub_sport\n0,164,running,generic\n1,164,,treadmill\n").notes == []

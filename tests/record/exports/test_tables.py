"""CSV, JSON and Parquet: the same table three times."""

import csv
import io
import json
import sys

import pytest
from each_row import each_row
from hypothesis import given
from hypothesis import strategies as st
from made_sessions import A_SESSION, HEADER, activity, cue, end, running, stage

from cadencecoach.devices.recordings.csv_table import parse_csv
from cadencecoach.errors import JournalError, UsageError
from cadencecoach.record.exports.csv_table import csv_bytes
from cadencecoach.record.exports.json_document import json_bytes, json_document
from cadencecoach.record.exports.parquet import parquet_bytes
from cadencecoach.record.exports.table import COLUMNS, rows_of

AN_ACTIVITY = activity(A_SESSION)
STAGE_NAME = [column.name for column in COLUMNS].index("stage_name")


def rows(data: bytes) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    return list(csv.DictReader(io.StringIO(data.decode(), newline="")))


def test_every_second_is_a_row_and_missing_is_empty() -> None:
    """Pauses too; the names of the columns tell their units."""
    told = rows(csv_bytes(AN_ACTIVITY))
    assert len(told) == 55
    assert list(told[0]) == [column.name for column in COLUMNS]
    assert told[0]["cadence_spm"] == "165"
    assert (told[19]["target_spm"], told[20]["target_spm"], told[20]["low_spm"]) == ("", "172", "170")
    assert [row["t_s"] for row in told if row["paused"] == "1"] == [str(second) for second in range(30, 40)]
    assert (told[54]["cadence_spm"], told[54]["stage"]) == ("", "2")


def test_our_own_reader_reads_it_without_a_note() -> None:
    """`--feet replay:` takes the file as it is, with the very same values."""
    parsed = parse_csv(csv_bytes(AN_ACTIVITY))
    want = [(one.time_s, one.cadence_spm, one.speed_mps, one.hr_bpm, None) for one in AN_ACTIVITY.series.seconds]
    assert [tuple(row) for row in parsed.rows] == want
    assert (parsed.counts, parsed.notes) == ("steps", [])


def test_a_text_that_a_spreadsheet_would_reckon_with_stays_a_text() -> None:
    """A stage called +5 % would become 0.05, and =cmd() worse; what does not print is an escape."""
    lines = [stage(0.0, 0, "=cmd()"), cue(0.0, "plan", "@a\r\nb"), *running(0, 2, 170), end(2.0)]
    first = rows(csv_bytes(activity(lines)))[0]
    assert (first["stage_name"], first["cue"]) == ("'=cmd()", r"'@a\r\nb")


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_words_make_a_table_and_a_document(name: str, text: str) -> None:
    """Of the same number of rows."""
    made = activity([stage(0.0, 0, name), cue(0.0, "plan", text), *running(0, 2, 170), end(2.0)])
    assert len(rows(csv_bytes(made).replace(b"\0", b""))) == 2
    first = json.loads(json_bytes(made))["series"]["rows"][0]
    assert first[STAGE_NAME] == name.encode("utf-8", "backslashreplace").decode()


def test_the_document_has_header_summary_and_series() -> None:
    """With the units of each column; the numbers are those of the summary."""
    told = json.loads(json_bytes(AN_ACTIVITY))
    assert told["export"] == 1
    assert told["header"] == HEADER
    assert [stage["name"] for stage in told["summary"]["stages"]] == ["Warm-up", "+5 %"]
    assert told["summary"]["session"]["steps"] == AN_ACTIVITY.summary.session.steps
    assert told["summary"]["session"]["in_band_ratio"] == 1.0
    assert (told["summary"]["steps_from"], told["summary"]["steps_error_spm"]) == ("", 0.0)
    assert [column["name"] for column in told["series"]["columns"]] == [column.name for column in COLUMNS]
    assert told["series"]["rows"] == [list(row) for row in rows_of(AN_ACTIVITY)]
    assert json_document(AN_ACTIVITY)["laps"][1] == {"name": "+5 %", "from_s": 20.0, "to_s": 55.0}


def test_a_document_of_a_tapped_session_says_so() -> None:
    """The source that the steps came from, and how far off it may be."""
    summary = json_document(activity([{"t": 0.0, "what": "lead", "source": "taps", "name": "taps"}, *A_SESSION]))[
        "summary"
    ]
    assert (summary["steps_from"], summary["steps_error_spm"]) == ("taps", 3.0)


def test_the_table_as_parquet_has_types_units_and_the_header() -> None:
    """Missing is null, whole numbers are whole."""
    parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow is an extra")
    table = parquet.read_table(io.BytesIO(parquet_bytes(AN_ACTIVITY)))
    assert table.num_rows == 55
    assert table.column("cadence_spm").to_pylist() == [one.cadence_spm for one in AN_ACTIVITY.series.seconds]
    assert str(table.schema.field("t_s").type) == "int32"
    assert table.schema.field("speed_mps").metadata[b"unit"] == b"m/s"
    assert json.loads(table.schema.metadata[b"cadencecoach.header"]) == HEADER


def test_without_pyarrow_one_line_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is an extra, because it is large."""
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(UsageError, match=r"parquet needs pyarrow.*uv tool install '\.\[research\]'"):
        parquet_bytes(AN_ACTIVITY)


@each_row(
    ("lines", "says"),
    [([], "there is nothing in this session"), ([end(-1.0)], "from 0 to 100000 s"), ([end(1e6)], "not to 1e\\+06 s")],
)
def test_a_session_that_is_none_is_refused(lines: list[dict[str, object]], says: str) -> None:
    """Empty, or with times that no session has."""
    with pytest.raises(JournalError, match=says):
        activity(lines)


def test_what_happened_before_the_first_stage_is_a_lap() -> None:
    """As the summary has it; a session without stages is one lap."""
    assert [lap.part.name for lap in activity([*running(0, 5, 170), end(5.0)]).laps] == ["before the first stage"]
    lines = [*running(0, 5, 170), stage(5.0, 0, "Run"), *running(5, 9, 170), end(9.0)]
    assert [(lap.part.name, len(lap.seconds)) for lap in activity(lines).laps] == [
        ("before the first stage", 5),
        ("Run", 4),
    ]
    assert [lap.from_s for lap in activity([end(0.0)]).laps] == [0.0]

import contextlib
import math

import pytest
from each_row import each_row
from hypothesis import given
from hypothesis import strategies as st
from sampling import slow_but

from cadencecoach.devices.recordings import csv_table
from cadencecoach.devices.recordings.choosing_columns import EMPTY
from cadencecoach.devices.recordings.csv_table import parse_csv
from cadencecoach.devices.recordings.model import LARGEST, MAX_ROWS, UNUSABLE, RecordedRow
from cadencecoach.errors import RecordingError

TWO = [RecordedRow(0.0, 164.0, 2.9, 140.0), RecordedRow(1.5, None, None, None)]


@each_row(
    "text",
    [
        "t_s,cadence_spm,speed_mps,hr\n0,164,2.9,140\n1.5,,,\n",
        "t_s,cadence_spm,speed_mps,hr\r\n0,164,2.9,140\r\n1.5,,,\r\n",
        "t_s,cadence_spm,speed_mps,hr\r0,164,2.9,140\r1.5,,,\r",
        "\ufefft_s,cadence_spm,speed_mps,hr\n0,164,2.9,140\n1.5,,,",
        "hr,speed_mps,cadence_spm,t_s\n140,2.9,164,0\n,,,1.5\n",
        "t_s,lap,cadence_spm,speed_mps,hr,note\n0,1,164,2.9,140,uphill\n1.5,1,,,,\n",
        "t_s;cadence_spm;speed_mps;hr\n0;164;2,9;140\n1,5;;;\n",
        "t_s\tcadence_spm\tspeed_mps\thr\n0\t164\t2.9\t140\n1.5\t\t\t\n",
        ' T_S , Cadence_spm , speed_mps , HR \n "0" , 164 , 2.9 , 140 \n\n1.5,,,\n'.replace(' "0"', '"0"'),
        "t_s,cadence_spm,speed_mps,hr\n0,164,2.9,140\n1.5\n",
    ],
    ids=["lf", "crlf", "cr", "bom", "order", "more", "semicolon", "tab", "spaces", "short"],
)
def test_every_way_to_write_the_same_table(text: str) -> None:
    """Line ends, marks, order, further columns, separators and short lines do not change what a table says."""
    parsed = parse_csv(text.encode())
    assert parsed.rows == TWO
    assert (parsed.counts, parsed.notes) == ("steps", [])


def test_utf_16_is_text_too() -> None:
    """Some spreadsheets save it."""
    assert parse_csv("t_s,cadence_spm,speed_mps,hr\n0,164,2.9,140\n1.5,,,\n".encode("utf-16")).rows == TWO


def test_speed_and_heart_rate_may_be_left_out() -> None:
    """Two columns are enough."""
    assert parse_csv(b"t_s,cadence_spm\n0,164\n").rows == [RecordedRow(0.0, 164.0, None, None)]


@pytest.mark.slow
def test_short_lines_under_a_wide_header_are_read_in_no_time() -> None:
    """What a line does not have is not made for it: 100 000 columns times 100 000 lines would fill any memory."""
    parsed = parse_csv(b"t_s," + b"," * 100_000 + b"cadence_spm\n" + b"1\n" * 100_000)
    assert set(parsed.rows) == {RecordedRow(1.0, None, None, None)}


def test_values_that_no_sensor_sends_are_missing_and_noted() -> None:
    """They are no numbers to run by; a row without a time cannot be placed."""
    parsed = parse_csv(b"t_s,cadence_spm,hr\n0,nan,-1e300\n1,inf,\n2,164,1e6\nnan,164,\n,164,\n")
    assert parsed.rows == [
        RecordedRow(0.0, None, None, None),
        RecordedRow(1.0, None, None, None),
        RecordedRow(2.0, 164.0, None, None),
    ]
    assert parsed.notes == ["rows without a time left out: 2", f"{UNUSABLE}: 5"]


@each_row(
    ("text", "says"),
    [
        ("", "line 1: no column t_s"),
        ("when,what\n0,164\n", "the first line must name the columns, t_s,cadence_spm[,speed_mps,hr]"),
        ("t_s,speed_mps\n0,2.9\n", "line 1: no column cadence_spm"),
        ("\n\nwhen,cadence\n", "line 3: no column t_s"),
        ("t_s,cadence_spm,t_s\n0,164,0\n", "line 1: column t_s is there twice"),
        ("t_s,cadence_spm\n0,164\n1,fast\n", "line 3: cadence_spm is 'fast'; allowed are numbers, or nothing"),
        (
            "t_s,cadence_spm\nnoon,164\n0,164\n",
            "line 2: t_s is 'noon'; allowed are seconds, h:mm:ss, a date with a time",
        ),
        ("t_s,cadence_spm\n0,1_000\n", "line 2: cadence_spm is '1_000'"),
        ("t_s,cadence_spm,hr\n0,164,**\n", "line 2: hr is '**'"),
        ("t_s,cadence_spm\n0,16\x004\n", "line 2"),
        (
            't_s,cadence_spm\n0,164\n"1' + "\nx" * 100_000,
            "line 3: a field of more than 131072 characters; perhaps a quotation mark is not closed",
        ),
    ],
)
def test_a_mistake_is_told_with_its_line(text: str, says: str) -> None:
    """Whoever made the table finds the place and what is allowed."""
    with pytest.raises(RecordingError) as caught:
        parse_csv(text.encode())
    assert says in str(caught.value)


@each_row("before", ["", "t_s,cadence_spm\n"])
def test_blank_lines_without_end_are_refused(before: str) -> None:
    """Nobody waits for a million of them."""
    with pytest.raises(RecordingError, match="more than 100000 lines are blank"):
        parse_csv(before.encode() + b"\n" * 100_001)


@given(st.tuples(st.floats().filter(lambda cadence: cadence not in EMPTY), st.floats(), st.floats()))
def test_no_value_leaves_that_a_journal_could_not_hold(values: tuple[float, float, float]) -> None:
    """What a table says is read exactly below a million, and is missing beyond."""
    text = "t_s,cadence_spm,speed_mps,hr\n0," + ",".join(map(repr, values)) + "\n"
    parsed = parse_csv(text.encode())
    want = [value if abs(value) < LARGEST else None for value in values]
    assert list(parsed.rows[0][1:4]) == want
    assert parsed.notes == ([f"{UNUSABLE}: {want.count(None)}"] if None in want else [])


@given(
    st.binary(max_size=200)
    | st.text(alphabet='0123456789.,;\n\r\t"naif-ets_dcpm ', max_size=120).map(
        lambda text: b"t_s,cadence_spm\n" + text.encode()
    )
)
def test_any_bytes_are_rows_or_a_recording_error(data: bytes) -> None:
    """No file gives any other error, and no row has a time that is not finite."""
    with contextlib.suppress(RecordingError):
        assert all(math.isfinite(row.time_s) for row in parse_csv(data).rows)


@pytest.mark.parametrize("line", slow_but(["#", ",170", "1,1"], "#"))
def test_lines_are_counted_whatever_is_in_them(line: str) -> None:
    """A remark, or a row without a time, takes time like any other."""
    with pytest.raises(RecordingError, match=f"more than {MAX_ROWS} rows"):
        parse_csv(b"t_s,cadence_spm\n" + f"{line}\n".encode() * (MAX_ROWS + 2))


def test_a_table_of_nothing_but_columns_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each field takes time, also those that nobody asks for."""
    monkeypatch.setattr(csv_table, "MAX_FIELDS", 1000)
    head = b"t_s,cadence_spm" + b",x" * 498
    parse_csv(head + b"\n1,170" + b"," * 498)
    with pytest.raises(RecordingError, match="line 2: more than 1000 fields up to here"):
        parse_csv(head + b"\n1,170" + b"," * 499)


@each_row(
    "text",
    [
        "t_s,cadence_spm,speed_mps,hr\n0,164,2.9,140\n# lap 2\n1.5,,,\n",
        "t_s,cadence_spm,speed_mps,hr\n0,164,2.9,140\n \t# lap 2\n1.5,,,\n",
        't_s,cadence_spm,speed_mps,hr\n0,164,2.9,140\n# 5" long,"not closed\n1.5,,,\n',
        "# t_s,cadence_spm,speed_mps,hr\n0,164,2.9,140\n1.5,,,\n",
        "#t_s;cadence_spm;speed_mps;hr\n0;164;2,9;140\n1,5;;;\n",
        "# time,cadence\nt_s,cadence_spm,speed_mps,hr\n0,164,2.9,140\n1.5,,,\n",
        "# a line, of many\n" * 999 + "t_s,cadence_spm,speed_mps,hr\n0,164,2.9,140\n1.5,,,\n",
    ],
    ids=["between", "moved in", "quotes", "header", "header of semicolons", "header is not one", "many"],
)
def test_remarks_change_nothing(text: str) -> None:
    """Wherever they stand; only where no other line is a header, a remark may be one."""
    assert parse_csv(text.encode()).rows == TWO


def test_a_header_below_a_thousand_remarks_is_not_looked_for() -> None:
    """A file of nothing else takes no time."""
    with pytest.raises(RecordingError, match="no column t_s"):
        parse_csv(b"# a line\n" * 1_000 + b"t_s,cadence_spm\n0,164\n")


def test_a_byte_that_is_no_text_costs_its_value_and_no_more() -> None:
    """In a time it costs the row; elsewhere nobody reads it."""
    parsed = parse_csv(b"t_s,cadence_spm,note\n0,164,\xff\n1,1\xff4,\n2\xff,164,\n3,164,\n")
    assert [(row.time_s, row.raw_per_min) for row in parsed.rows] == [(0.0, 164.0), (1.0, None), (3.0, 164.0)]
    assert parsed.notes == [
        "rows without a time left out: 1",
        "values with bytes that are no text treated as missing: 1",
    ]

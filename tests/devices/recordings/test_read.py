import contextlib
import gzip
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shared_runs import recorded_run

from cadencecoach.devices.recordings import RecordedRow, read_recording
from cadencecoach.devices.recordings.read import unpack
from cadencecoach.errors import RecordingError, UsageError


def test_the_ending_says_which_reader_in_any_case(tmp_path: Path) -> None:
    """RUN.CSV is a table, and its clock comes out repaired with a note."""
    path = tmp_path / "RUN.CSV"
    path.write_text("t_s,cadence_spm\n5,164\n6,166\n2,168\n3,170\n")
    recording = read_recording(path)
    assert recording.rows[0] == RecordedRow(0.0, 164.0, None, None)
    assert [row.time_s for row in recording.rows] == [0, 1, 2, 3]
    assert recording.notes == ("backward jumps of the clock; the run continues 1 s later: 1",)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("run.pdf", b"", "allowed are files that end in .fit, .tcx, .csv, .gpx, and those with .gz"),
        ("run.gz", b"", "not a recorded run"),
        ("run.csv", b"PK\x03\x04", "this is a ZIP archive or a spreadsheet; unpack it, or save it as CSV"),
        ("run.fit", b"\x1f\x8b\x08", "packed with gzip; call it .gz"),
        ("run.fit.gz", b"plain", "not a readable gzip file"),
        ("run.tcx", b"<a><Lap/><Lap/></a>", "there is no Trackpoint with a time, only 2 x Lap"),
        ("run", b"", "not a recorded run"),
        ("run.csv", b"t_s,cadence_spm\n", "no cadence in it"),
        ("run.csv", b"t_s,cadence_spm\n0,\n1,\n", "no cadence in it"),
        ("run.csv", b"t_s,cadence_spm\n0,x\n", "run.csv: line 2: cadence_spm is 'x'"),
        ("run.tcx", b"<a/>", "no cadence in it"),
        ("run.fit", b"nothing", "run.fit: not a readable FIT file"),
        ("run.fit", b"", "the file is empty"),
    ],
)
def test_what_cannot_be_played_is_told_with_its_name(tmp_path: Path, name: str, content: bytes, says: str) -> None:
    """The message names the file and what is wrong or allowed."""
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(RecordingError) as caught:
        read_recording(path)
    assert says in str(caught.value)
    assert str(path) in str(caught.value)


def test_a_file_that_is_not_there_or_a_folder_is_told(tmp_path: Path) -> None:
    """One line says what is wrong with the name."""
    folder = tmp_path / "folder.fit"
    folder.mkdir()
    for path in (tmp_path / "none.csv", folder, tmp_path / "nul\0.csv"):
        with pytest.raises(UsageError, match=r"does not exist|is a folder|not a file name"):
            read_recording(path)


def test_a_sparse_run_comes_out_held_with_a_note(tmp_path: Path) -> None:
    """Of its own clock, repaired first."""
    path = tmp_path / "smart.csv"
    path.write_text("t_s,cadence_spm\n100,164\n105,166\n110,168\n")
    recording = read_recording(path)
    assert [row.raw_per_min for row in recording.rows] == [164] * 5 + [166] * 5 + [168]
    held = "each value is held until the next, over 10 s at most, 30 s if they agree"
    assert recording.notes == (f"rows are 5 s apart: {held}",)


@pytest.mark.slow
def test_the_same_run_as_fit_and_as_table() -> None:
    """Strides of the watch are half the steps of the table, row by row."""
    fit, table = (read_recording(recorded_run(f"01_steady_stryd.{ending}")) for ending in ("fit", "csv"))
    assert (fit.counts, table.counts) == ("strides", "steps")
    assert (fit.notes, table.notes) == ((), ())
    assert len(fit.rows) == len(table.rows) == 3424
    for watch, line in zip(fit.rows, table.rows, strict=True):
        assert (watch.time_s, watch.hr_bpm) == (line.time_s, line.hr_bpm)
        assert watch.raw_per_min is not None
        assert line.raw_per_min == 2 * watch.raw_per_min


def test_the_intervals_keep_their_two_gaps() -> None:
    """Two lost seconds stay lost: missing is missing."""
    rows = read_recording(recorded_run("05_intervals_walkbreaks.csv")).rows
    steps_s = [after.time_s - before.time_s for before, after in pairwise(rows)]
    assert (len(rows), rows[-1].time_s, steps_s.count(2.0), max(steps_s)) == (4988, 4989.0, 2, 2.0)


LIMIT = 10_000


def test_a_packed_run_plays_like_one_that_is_not(tmp_path: Path) -> None:
    """As archives of whole accounts have them: the ending before .gz says which reader, in any case."""
    path = tmp_path / "2026.01.01 run.CSV.GZ"
    path.write_bytes(gzip.compress(b"t_s,cadence_spm\n0,164\n1,166\n"))
    assert [row.raw_per_min for row in read_recording(path).rows] == [164.0, 166.0]


def test_members_one_after_the_other_are_one_file() -> None:
    """So are those with zeros behind them, and one that breaks off is read up to there."""
    whole = gzip.compress(b"a" * 100) + gzip.compress(b"b" * 100)
    assert unpack(whole, LIMIT) == b"a" * 100 + b"b" * 100
    assert unpack(whole + bytes(100), LIMIT) == b"a" * 100 + b"b" * 100
    torn = unpack(gzip.compress(bytes(range(256)))[:-20], LIMIT)
    assert bytes(range(256)).startswith(torn)
    assert len(torn) > 0


def test_a_bomb_is_refused_at_the_limit() -> None:
    """A gigabyte packs into a megabyte; no more than the limit is ever made of it."""
    with pytest.raises(RecordingError, match="more than 10000 bytes in it"):
        unpack(gzip.compress(bytes(10_000_000)), LIMIT)


@given(st.binary(max_size=100) | st.binary(max_size=60).map(lambda inside: gzip.compress(inside)[:-4]))
def test_any_bytes_are_unpacked_or_a_recording_error(data: bytes) -> None:
    """No file gives any other error."""
    with contextlib.suppress(RecordingError):
        assert len(unpack(data, LIMIT)) <= LIMIT

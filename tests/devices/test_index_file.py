"""The index on disk: a cache that is thrown away whenever it is in doubt."""

import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from ended_child import ended

from cadencecoach.devices.index_file import IndexFile, Value

COLUMNS = ("id", "started", "day", "spm")
STAMP = (1_700_000_000_123_456_789, 77)
ROWS: list[dict[str, Value]] = [
    {"id": f"s{n}", "started": f"2026-03-0{n}", "day": f"2026-03-0{n}", "spm": 160.5 + n} for n in (3, 1, 2)
]


def opened(folder: Path, *, form: int = 1) -> IndexFile:
    """The index of a folder."""
    return IndexFile(folder / "index.sqlite", COLUMNS, form=form)


def filled(folder: Path) -> None:
    """An index with three rows."""
    with opened(folder) as index:
        index.put((STAMP, row) for row in ROWS)


def ids(index: IndexFile) -> list[object]:
    """Keys, in the order of the list."""
    return [key for (key,) in index.rows(("id",), equal={}, since=None)]


def test_rows_come_back_the_newest_last(tmp_path: Path) -> None:
    """Also after closing; with their values, their stamps, and as few as were asked for."""
    filled(tmp_path)
    with opened(tmp_path) as index:
        assert index.rows(("id", "spm"), equal={}, since=None) == [("s1", 161.5), ("s2", 162.5), ("s3", 163.5)]
        assert index.rows(("id",), equal={"spm": 162.5}, since=None) == [("s2",)]
        assert index.rows(("id",), equal={}, since=("day", "2026-03-02"), limit=1) == [("s3",)]
        assert index.stamps() == dict.fromkeys(("s1", "s2", "s3"), STAMP)
        assert (index.trouble, index.was_broken) == (None, False)


def test_rows_are_sorted_by_when_they_are_believed_to_have_begun(tmp_path: Path) -> None:
    """By the label and the time of the file; a label that is damaged, or gone, stops nobody."""
    with opened(tmp_path) as index:
        index.put(((n * 1_000_000_000, 1), {"id": f"s{n}", "started": f"at {9 - n}"}) for n in range(4))
    with sqlite3.connect(tmp_path / "index.sqlite") as table:
        table.execute("UPDATE session SET started = CAST(x'6174ff37' AS TEXT) WHERE id = 's1'")
        table.execute("UPDATE session SET started = NULL, mtime_ns = NULL WHERE id = 's0'")
    table.close()
    told: list[tuple[str, float]] = []

    def began_s(started: str, written_s: float) -> float:
        told.append((started, written_s))
        return -written_s

    with opened(tmp_path) as index:
        assert index.rows(("id",), equal={}, since=None, began_s=began_s) == [("s3",), ("s2",), ("s1",), ("s0",)]
    assert sorted(told) == [("", 0.0), ("at 6", 3.0), ("at 7", 2.0), ("at\ufffd7", 1.0)]


def test_a_row_is_replaced_and_taken_out(tmp_path: Path) -> None:
    """One of the same key takes the place of the old; what is dropped is gone from the file's bytes too."""
    filled(tmp_path)
    with opened(tmp_path) as index:
        index.put([(STAMP, {"id": "s2", "started": "x", "day": "secret-of-mine", "spm": None})])
        index.drop(["s1"])
        assert index.rows(("id", "spm"), equal={}, since=None) == [("s3", 163.5), ("s2", None)]
        index.drop(["s2"])
    assert b"secret-of-mine" not in (tmp_path / "index.sqlite").read_bytes()


def test_another_form_throws_the_rows_away(tmp_path: Path) -> None:
    """A new definition of a number, or another column: made again, without a word."""
    filled(tmp_path)
    with opened(tmp_path, form=2) as index:
        assert (ids(index), index.trouble, index.was_broken) == ([], None, False)
    with IndexFile(tmp_path / "index.sqlite", (*COLUMNS, "more"), form=2) as index:
        assert ids(index) == []


@pytest.mark.parametrize("damage", [b"no table at all", b"", b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_broken_file_is_made_again(damage: bytes, tmp_path: Path) -> None:
    """Whatever stands there instead; it is said, except of an empty file, which holds nothing that could be broken."""
    (tmp_path / "index.sqlite").write_bytes(damage)
    with opened(tmp_path) as index:
        assert index.was_broken is bool(damage)
        index.put((STAMP, row) for row in ROWS)
    with opened(tmp_path) as index:
        assert (len(ids(index)), index.was_broken) == (3, False)


@pytest.fixture(scope="module")
def whole_file(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of an index of four hundred rows."""
    folder = tmp_path_factory.mktemp("whole")
    with opened(folder) as index:
        index.put((STAMP, {"id": f"s{n:04}", "started": f"{n:04}", "day": "d", "spm": n}) for n in range(400))
    return (folder / "index.sqlite").read_bytes()


@pytest.mark.parametrize("at", range(0, 20_000, 490))
def test_a_file_with_a_hole_in_it_never_stops_anybody(whole_file: bytes, at: int, tmp_path: Path) -> None:
    """Five hundred bytes of nonsense anywhere: it is made again, or can be read and written as before."""
    content = bytearray(whole_file)
    content[at : at + 500] = b"\xa5" * 500
    (tmp_path / "index.sqlite").write_bytes(bytes(content))
    with opened(tmp_path) as index:
        assert len(index.stamps()) == len(ids(index)) == (0 if index.was_broken else 400)
        index.drop(index.stamps())
        index.put((STAMP, row) for row in ROWS)
        assert len(index.stamps()) == 3


def test_only_the_owner_may_read_it(tmp_path: Path) -> None:
    """Like the journals it is made from."""
    if sys.platform == "win32":
        pytest.skip("modes are POSIX")
    filled(tmp_path / "folder")
    assert stat.S_IMODE((tmp_path / "folder" / "index.sqlite").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "folder").stat().st_mode) == 0o700


def test_a_place_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    """A file where the folder should be: rows are kept in memory, and a person is told."""
    (tmp_path / "file").touch()
    with opened(tmp_path / "file" / "folder") as index:
        index.put((STAMP, row) for row in ROWS)
        assert len(ids(index)) == 3
        assert index.trouble is not None
        assert "cannot be saved" in index.trouble


def test_a_file_that_may_only_be_read_is_read(tmp_path: Path) -> None:
    """Its rows are used; new ones are kept in memory beside them."""
    filled(tmp_path)
    path = tmp_path / "index.sqlite"
    with IndexFile(path, COLUMNS, form=1) as index:
        index._table.execute("PRAGMA query_only = ON")  # as a disk that takes nothing more; root may write everywhere
        index.put([(STAMP, {"id": "s4", "started": "2026-03-04", "day": "", "spm": 1.0})])
        assert ids(index) == ["s1", "s2", "s3", "s4"]
        assert index.trouble is not None
    with opened(tmp_path) as index:
        assert len(ids(index)) == 3


LOCKS = """
import sqlite3, sys
table = sqlite3.connect(sys.argv[1], isolation_level=None)
table.execute("BEGIN EXCLUSIVE")
print("locked", flush=True)
sys.stdin.readline()
"""


def test_two_programs_at_once_wait_for_each_other(tmp_path: Path) -> None:
    """One writes while the other opens: it waits, and loses nothing."""
    filled(tmp_path)
    line = [sys.executable, "-c", LOCKS, str(tmp_path / "index.sqlite")]
    with ended(subprocess.Popen(line, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)) as other:
        assert other.stdout is not None
        assert other.stdin is not None
        other.stdout.readline()
        other.stdin.write("let go\n")
        other.stdin.flush()
        with opened(tmp_path) as index:
            assert (len(ids(index)), index.trouble) == (3, None)


def test_a_change_that_fails_in_the_middle_changes_nothing(tmp_path: Path) -> None:
    """Three rows and one that cannot be stored: none of them is there."""
    with opened(tmp_path) as index:
        with pytest.raises(sqlite3.Error):
            index.put((STAMP, row) for row in [*ROWS, {"id": object()}])  # type: ignore[misc]
        assert ids(index) == []

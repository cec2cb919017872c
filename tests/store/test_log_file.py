"""The log on disk."""

import stat
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from cadencecoach.errors import JournalError
from cadencecoach.record.entries import CheckIn, Flag, ItemDone, Moment, Withdrawn
from cadencecoach.record.entry_lines import LOG_VERSION, entry_id, header_line, line_of_entry
from cadencecoach.record.journal import encode
from cadencecoach.store.log_file import Log, append_entries, read_log

AT = "2026-11-23T07:00:00Z"
DAY = date(2026, 11, 23)
DONE = ItemDone(at=AT, day=DAY, item="Calf raises")
AGAIN = ItemDone(at="2026-11-23T08:00:00Z", day=DAY, item="Calf raises")
FLAGGED = CheckIn(at=AT, day=DAY, moment=Moment.AFTER, flags=frozenset({Flag.ACUTE_CALF}))


def test_entries_come_back_in_order(tmp_path: Path) -> None:
    """What was appended in two goes is read in one."""
    path = tmp_path / "deep" / "log.jsonl"
    append_entries(path, "runner-7", [DONE])
    append_entries(path, "runner-7", [FLAGGED, AGAIN])
    log = read_log(path)
    assert (log.athlete, log.entries, log.notes) == ("runner-7", (DONE, FLAGGED, AGAIN), ())


def test_no_file_is_a_log_without_entries(tmp_path: Path) -> None:
    """Nobody has to make a log before it is read."""
    assert read_log(tmp_path / "log.jsonl").entries == ()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_only_its_owner_reads_it(tmp_path: Path) -> None:
    """A log says how somebody's body feels."""
    append_entries(tmp_path / "log.jsonl", "a", [DONE])
    assert stat.S_IMODE((tmp_path / "log.jsonl").stat().st_mode) == 0o600


@pytest.mark.parametrize("torn", ['{"what":"ite', "{", "nonsense", '{"what": "item", "at": "\u00e9'])
def test_a_torn_last_line_is_dropped_and_told(tmp_path: Path, torn: str) -> None:
    """A power cut costs the entry that was being written, and the next one mends the file."""
    path = tmp_path / "log.jsonl"
    append_entries(path, "a", [DONE])
    path.write_bytes(path.read_bytes() + torn.encode())
    assert read_log(path).entries == (DONE,)
    assert read_log(path).notes == ("line 3 of the log is torn and was dropped",)
    append_entries(path, "a", [FLAGGED])
    assert read_log(path).entries == (DONE, FLAGGED)
    assert read_log(path).notes == ()


def test_a_whole_last_line_without_its_end_is_kept(tmp_path: Path) -> None:
    """An editor that leaves out the last line end loses nothing."""
    path = tmp_path / "log.jsonl"
    append_entries(path, "a", [DONE, FLAGGED])
    path.write_bytes(path.read_bytes().rstrip(b"\n"))
    append_entries(path, "a", [AGAIN])
    assert read_log(path).entries == (DONE, FLAGGED, AGAIN)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "not a log"),
        ("[]\n", "not a log"),
        ('{"journal":1}\n', "not a log"),
        ('{"log":3}\n', "version 3; this program reads up to version 2: install a newer one"),
        ('{"log":0}\n', "version 0"),
        ('{"log":true}\n', "version True"),
        ('{"log":1}\nnonsense\n{"what":"photo"}\n', "line 2: not JSON"),
        ('{"log":1}\n{"what":"item"}\n', "line 2: .*must have 'at'"),
        ('{"log":1}\n' + "[" * 100_000 + "\n{}\n", "line 2"),
        ('{"log":1}\n' + " " * 200_000, "line 2: too long"),
    ],
)
def test_what_is_no_log_is_refused(tmp_path: Path, text: str, told: str) -> None:
    """File and line are named; no entry is passed over in silence."""
    path = tmp_path / "log.jsonl"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(JournalError, match=told) as error:
        read_log(path)
    assert str(path) in str(error.value)


def test_a_folder_in_its_place_is_one_clear_line(tmp_path: Path) -> None:
    """Neither reading nor writing ends in a traceback."""
    with pytest.raises(JournalError, match="is a folder; name a journal"):
        read_log(tmp_path)
    with pytest.raises(JournalError, match="cannot be written"):
        append_entries(tmp_path, "a", [DONE])


HEADER = b'{"log":1,"athlete":"a"}\n'
DONE_LINE = encode(line_of_entry(DONE)).encode() + b"\n"
FLAGGED_LINE = encode(line_of_entry(FLAGGED)).encode() + b"\n"
NAMED_LOG = replace(DONE, item="log")
LATER = b'{"what":"photo","log":"of a later version"}\n'
ONE_HEADER = [encode(header_line("a")).encode()]


def header_lines(path: Path) -> list[bytes]:
    """The headers in a file."""
    return [line for line in path.read_bytes().splitlines() if b'"what"' not in line]


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ([HEADER, DONE_LINE, HEADER, FLAGGED_LINE], ["line 3 of the log is a second header"]),
        ([HEADER, HEADER, DONE_LINE, FLAGGED_LINE], ["line 2 of the log is a second header"]),
        ([HEADER, DONE_LINE, FLAGGED_LINE, HEADER], ["line 4 of the log is a second header"]),
        ([HEADER, HEADER, DONE_LINE, HEADER, FLAGGED_LINE], ["line 2 of", "line 4 of"]),
        ([DONE_LINE, HEADER, FLAGGED_LINE], ["the header of the log is on line 2"]),
        ([DONE_LINE, HEADER, HEADER, FLAGGED_LINE], ["the header of the log is on line 2", "line 3 of"]),
        ([b'{"log": 1, "athlete": "a"}\n', DONE_LINE, HEADER, FLAGGED_LINE], ["line 3 of the log is a second header"]),
    ],
)
def test_what_two_writers_at_once_left_is_read_and_mended(tmp_path: Path, lines: list[bytes], told: list[str]) -> None:
    """Every entry counts and a note names each line; the next entry leaves one header, first, and changes no entry."""
    path = tmp_path / "a" / "log.jsonl"
    path.parent.mkdir()
    path.write_bytes(b"".join(lines))
    log = read_log(path)
    assert (log.athlete, log.entries) == ("a", (DONE, FLAGGED))
    assert len(log.notes) == len(told)
    assert all(note.startswith(words) for note, words in zip(log.notes, told, strict=True))
    append_entries(path, "a", [DONE])
    assert read_log(path) == Log(athlete="a", entries=(DONE, FLAGGED, DONE), every=(DONE, FLAGGED, DONE))
    assert header_lines(path) == ONE_HEADER
    assert path.read_bytes().splitlines(keepends=True)[1:] == [DONE_LINE, FLAGGED_LINE, DONE_LINE]


def test_a_torn_line_behind_two_headers_goes_and_nothing_else(tmp_path: Path) -> None:
    """Both are mended by the same entry; kinds of a later version stay as they are written."""
    path = tmp_path / "a" / "log.jsonl"
    path.parent.mkdir()
    path.write_bytes(HEADER + DONE_LINE + HEADER + LATER + FLAGGED_LINE + b'{"what":"it')
    append_entries(path, "a", [DONE])
    assert read_log(path) == Log(athlete="a", entries=(DONE, FLAGGED, DONE), every=(DONE, FLAGGED, DONE))
    assert path.read_bytes().splitlines(keepends=True)[1:] == [DONE_LINE, LATER, FLAGGED_LINE, DONE_LINE]


def test_a_header_of_another_athlete_is_an_error_that_names_the_line(tmp_path: Path) -> None:
    """Whose the entries after it are nobody can tell: nothing is read or written until a person has looked."""
    path = tmp_path / "a" / "log.jsonl"
    path.parent.mkdir()
    path.write_bytes(HEADER + DONE_LINE + HEADER.replace(b'"a"', b'"b"') + FLAGGED_LINE)
    before = path.read_bytes()
    with pytest.raises(JournalError, match="line 3: a header of another athlete, 'b', in the log of 'a'"):
        read_log(path)
    with pytest.raises(JournalError, match="line 3"):
        append_entries(path, "a", [DONE])
    assert path.read_bytes() == before


def test_a_second_header_of_a_version_to_come_is_refused(tmp_path: Path) -> None:
    """A later program wrote at once with this one: what it wrote is not guessed at, and not rewritten."""
    path = tmp_path / "a" / "log.jsonl"
    path.parent.mkdir()
    path.write_bytes(HEADER + DONE_LINE + HEADER.replace(b"1", b"%d" % (LOG_VERSION + 1)))
    with pytest.raises(JournalError, match=f"version {LOG_VERSION + 1}"):
        append_entries(path, "a", [DONE])


def test_an_entry_that_holds_the_word_is_no_header(tmp_path: Path) -> None:
    """An exercise may be called log: the file is not rewritten for it."""
    path = tmp_path / "a" / "log.jsonl"
    append_entries(path, "a", [NAMED_LOG])
    inode = path.stat().st_ino
    append_entries(path, "a", [NAMED_LOG, DONE])
    assert read_log(path) == Log(athlete="a", entries=(NAMED_LOG, NAMED_LOG, DONE), every=(NAMED_LOG, NAMED_LOG, DONE))
    assert path.stat().st_ino == inode


def test_what_is_no_log_is_not_written_to(tmp_path: Path) -> None:
    """Entries without any header are nobody's: they are neither read nor added to."""
    path = tmp_path / "a" / "log.jsonl"
    path.parent.mkdir()
    path.write_bytes(DONE_LINE + FLAGGED_LINE)
    with pytest.raises(JournalError, match="line 1: not a log"):
        append_entries(path, "a", [DONE])
    assert path.read_bytes() == DONE_LINE + FLAGGED_LINE


@pytest.mark.parametrize("header", ['{"log":1,"athlete":"a"}', '{"athlete": "a", "log" : 1 }'])
def test_a_log_of_version_1_is_read_and_becomes_version_2_with_the_first_entry(tmp_path: Path, header: str) -> None:
    """One byte of the header changes and nothing else moves: 0.1.0 reads 1 only, and says so of a 2."""
    path = tmp_path / "log.jsonl"
    old = f'{header}\n{{"what":"photo"}}\n{{"what":"item","at":"{AT}","day":"{DAY}","item":"Calf raises"}}\n'
    path.write_text(old, encoding="utf-8")
    assert read_log(path).entries == (DONE,)
    assert path.read_text(encoding="utf-8") == old
    append_entries(path, "a", [FLAGGED])
    new = path.read_text(encoding="utf-8")
    assert new.startswith(old.replace("1", "2", 1))
    assert read_log(path).entries == (DONE, FLAGGED)


def test_a_new_log_has_version_2(tmp_path: Path) -> None:
    """Pinned: the header of a log as this version begins it."""
    append_entries(tmp_path / "log.jsonl", "a", [DONE])
    assert (tmp_path / "log.jsonl").read_bytes().startswith(b'{"log":2,"athlete":"a"}\n')


@pytest.mark.parametrize("header", ['{"log":3,"athlete":"a"}', '{"log":"1"}'])
def test_what_this_version_does_not_know_is_not_added_to(tmp_path: Path, header: str) -> None:
    """A newer log, or one whose version cannot be raised, stays byte for byte as it is; one line names the file."""
    path = tmp_path / "log.jsonl"
    path.write_text(f"{header}\n", encoding="utf-8")
    with pytest.raises(JournalError, match=r"log\.jsonl: .*(newer one|must be like)"):
        append_entries(path, "a", [DONE])
    assert path.read_text(encoding="utf-8") == f"{header}\n"


def test_what_was_withdrawn_stays_in_the_file(tmp_path: Path) -> None:
    """It does not count, and can still be read with the reason."""
    path = tmp_path / "log.jsonl"
    gone = Withdrawn(at=AT, day=DAY, entry=entry_id(FLAGGED), because="another's calf")
    append_entries(path, "a", [DONE, FLAGGED])
    append_entries(path, "a", [gone])
    log = read_log(path)
    assert (log.entries, log.every) == ((DONE,), (DONE, FLAGGED, gone))

"""The journal on disk, with real files and a real full disk."""

import stat
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from cadencecoach.devices.journal.file import JournalFile, JournalWriter
from cadencecoach.devices.journal.live import LiveJournalFile
from cadencecoach.devices.journal.reading import journal_lines
from cadencecoach.errors import JournalError

WRITERS = pytest.mark.parametrize("make", [JournalFile, LiveJournalFile])
Make = Callable[[Path], JournalWriter]
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="modes and device files are POSIX")
FULL_DISK = pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is always full")


@WRITERS
def test_lines_come_back_in_order(make: Make, tmp_path: Path) -> None:
    """What is written is there after closing, folders made on the way, and closing twice is no mistake."""
    writer = make(tmp_path / "a" / "b" / "run.jsonl")
    for n in range(50_000):
        writer.write(f'{{"n":{n},"text":"größer"}}')
    writer.close()
    writer.close()
    lines = list(journal_lines(tmp_path / "a" / "b" / "run.jsonl"))
    assert lines == [f'{{"n":{n},"text":"größer"}}\n'.encode() for n in range(50_000)]
    assert writer.trouble is None


@POSIX
@WRITERS
def test_only_the_owner_can_read_it(make: Make, tmp_path: Path) -> None:
    """A record of somebody's health has mode 0600."""
    writer = make(tmp_path / "run.jsonl")
    writer.close()
    assert stat.S_IMODE(writer.path.stat().st_mode) == 0o600


@WRITERS
def test_an_older_journal_is_never_overwritten(make: Make, tmp_path: Path) -> None:
    """The same name again becomes a new name, and the writer says which."""
    names = []
    for text in "abc":
        writer = make(tmp_path / "run.jsonl")
        writer.write(text)
        writer.close()
        names.append(writer.path.name)
    assert names == ["run.jsonl", "run-2.jsonl", "run-3.jsonl"]
    assert [(tmp_path / name).read_text() for name in names] == ["a\n", "b\n", "c\n"]


@WRITERS
def test_a_place_that_cannot_be_written_is_said_at_the_start(make: Make, tmp_path: Path) -> None:
    """A file where a folder should be ends in one clear error."""
    (tmp_path / "file").touch()
    with pytest.raises(JournalError, match="cannot be written"):
        make(tmp_path / "file" / "run.jsonl")


@FULL_DISK
@WRITERS
def test_a_full_disk_is_said_and_the_session_goes_on(make: Make) -> None:
    """No call raises, and the trouble is one sentence with the cause."""
    writer = make(Path("/dev/full"))
    for _ in range(5):
        writer.write('{"t":1}')
        writer.flush()
    writer.close()
    assert writer.trouble == "the journal is not being written: No space left on device (/dev/full)"


@POSIX
def test_a_disk_that_was_full_for_a_while_leaves_no_broken_line(tmp_path: Path) -> None:
    """The rest of a half-written line follows when there is room again: nothing lost, nothing torn."""
    resource = pytest.importorskip("resource")
    whole = resource.getrlimit(resource.RLIMIT_FSIZE)
    writer = JournalFile(tmp_path / "run.jsonl")
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (25, whole[1]))  # 25 bytes and no more; Python ignores SIGXFSZ
        for n in range(4):
            writer.write(f'{{"number":{n}}}')
            writer.flush()
        assert (tmp_path / "run.jsonl").stat().st_size == 25
        assert writer.trouble is not None
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, whole)
    writer.write("last")
    writer.close()
    assert (tmp_path / "run.jsonl").read_text().split() == [*(f'{{"number":{n}}}' for n in range(4)), "last"]


def test_a_line_is_acknowledged_when_the_disk_has_it(tmp_path: Path) -> None:
    """Taken is not flushed, flushed is not synced; the header is not counted."""
    with JournalFile(tmp_path / "run.jsonl", "header") as writer:
        writer.write("one")
        writer.flush()
        assert writer.n_acknowledged == 0
        writer.write("two")
        writer.sync()
        assert writer.n_acknowledged == 0  # the second one is still with us
        writer.flush()
        writer.sync()
        assert writer.n_acknowledged == 2
    assert (tmp_path / "run.jsonl").read_text() == "header\none\ntwo\n"


@FULL_DISK
def test_what_a_full_disk_refused_is_not_acknowledged() -> None:
    """It says no, and goes on saying no."""
    writer = JournalFile(Path("/dev/full"))
    for _ in range(3):
        writer.write("line")
        writer.flush()
        writer.sync()
    writer.close()
    assert writer.n_acknowledged == 0

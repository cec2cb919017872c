"""The journal on disk, with real files, a real full disk and a writer that is really killed."""

import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from cadencecoach.devices.journal_file import JournalFile, JournalWriter, LiveJournalFile, end_broken, journal_lines
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
def test_a_disk_that_does_not_answer_never_holds_up_the_session(tmp_path: Path) -> None:
    """A pipe that nobody empties stands for the disk: every line is taken, and only closing says what is missing."""
    if sys.platform == "win32":
        return  # skipped above; this is for the type checker
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(JournalError, match="cannot be written"):
        LiveJournalFile(pipe)  # nobody reads at all
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    writer = LiveJournalFile(pipe, close_within_s=0.05)
    for _ in range(100_000):
        writer.write("a line for a pipe that holds less than all of them")
    writer.flush()
    writer.close()
    assert writer.trouble == f"the journal's last lines may be missing: the disk does not answer ({pipe})"
    os.close(reader)  # the writer's thread ends with a broken pipe


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


KILLED = """
import sys, threading
from pathlib import Path
from cadencecoach.devices import journal_file
synced, sync = threading.Event(), journal_file.sync
def sync_and_say(fd):
    sync(fd)
    synced.set()
journal_file.sync = sync_and_say
writer = journal_file.LiveJournalFile(Path(sys.argv[1]))
for n in range(10**9):
    writer.write('{"n":%d}' % n)
    if n % 100 == 99:
        synced.clear()
        writer.flush()
        synced.wait()
        print(n, flush=True)
"""


@POSIX
@pytest.mark.parametrize("n_acknowledged", [1, 7, 40])
def test_a_killed_writer_leaves_every_flushed_line(tmp_path: Path, n_acknowledged: int) -> None:
    """Killed without warning, the process leaves all it had flushed, each line whole but perhaps the last."""
    path = tmp_path / "run.jsonl"
    with subprocess.Popen([sys.executable, "-c", KILLED, str(path)], stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        acknowledged = [int(child.stdout.readline()) for _ in range(n_acknowledged)][-1]
        child.kill()
    lines = list(journal_lines(path))
    whole = [line for line in lines if line.endswith(b"\n")]
    assert whole == [b'{"n":%d}\n' % n for n in range(len(whole))]
    assert len(whole) > acknowledged
    assert len(lines) - len(whole) <= 1


def test_a_file_without_line_breaks_cannot_fill_the_memory(tmp_path: Path) -> None:
    """Lines are cut at the limit."""
    (tmp_path / "long").write_bytes(b"x" * 25)
    assert list(journal_lines(tmp_path / "long", limit_bytes=10)) == [b"x" * 10, b"x" * 10, b"x" * 5]


def test_a_missing_file_is_one_clear_error(tmp_path: Path) -> None:
    """No traceback for a misspelt name."""
    with pytest.raises(JournalError, match="cannot be read: No such file"):
        list(journal_lines(tmp_path / "nothing.jsonl"))


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


@POSIX
def test_a_place_that_cannot_be_written_yet_is_waited_for(tmp_path: Path) -> None:
    """The disk is full when a live session begins, and has room later: everything is there, in order."""
    resource = pytest.importorskip("resource")
    whole = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, whole[1]))
        writer = LiveJournalFile(tmp_path / "run.jsonl", "header")
    except JournalError:
        pytest.skip("this system says so in another way")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, whole)
    for n in range(3):
        writer.write(f"{n}")
    writer.flush()
    writer.write("3")
    writer.close()
    assert writer.trouble is not None
    assert writer.trouble.startswith("the journal is not being written: ")
    assert (tmp_path / "run.jsonl").read_text().split() == ["header", "0", "1", "2", "3"]
    assert writer.n_acknowledged == 4


@pytest.mark.parametrize(
    ("found", "n_whole_bytes"), [("header\none\n", 11), ("header\none", 10), ("header\none\ntw", 11), ("header", 6)]
)
def test_a_journal_that_broke_off_gets_its_end(found: str, n_whole_bytes: int, tmp_path: Path) -> None:
    """Whole lines stay to the byte, what is torn goes, the end comes last."""
    path = tmp_path / "run.jsonl"
    path.write_bytes(found.encode())
    end_broken(path, n_whole_bytes=n_whole_bytes, line="end")
    assert path.read_text() == found[:n_whole_bytes].rstrip("\n") + "\nend\n"


def test_a_journal_that_is_being_written_is_not_ended(tmp_path: Path) -> None:
    """Its writer holds it."""
    writer = JournalFile(tmp_path / "run.jsonl", "header")
    with writer, pytest.raises(JournalError, match="cannot be finished: it is being written"):
        end_broken(writer.path, n_whole_bytes=7, line="end")
    assert writer.path.read_text() == "header\n"


def test_a_journal_larger_than_any_session_is_refused_before_it_is_read(tmp_path: Path) -> None:
    """One line says how large it is and what is allowed."""
    path = tmp_path / "large.jsonl"
    with path.open("wb") as file:
        file.truncate(200_000_000)
    with pytest.raises(JournalError, match="200 MB; journals of up to 64 MB are read"):
        next(journal_lines(path))

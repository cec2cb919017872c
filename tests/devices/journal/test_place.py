"""Where a journal stands: under a free name, with its first line, held by who writes it."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from ended_child import ended

from cadencecoach.devices.journal.place import create, reopen
from cadencecoach.devices.lock import is_held

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="modes and links are POSIX")
HOLDS = """
import sys, time
from pathlib import Path
from cadencecoach.devices.journal.place import create
create(Path(sys.argv[1]), b"header\\n")
print("held", flush=True)
sys.stdin.read()
"""


def test_a_journal_is_never_seen_without_its_first_line(tmp_path: Path) -> None:
    """It is there, private, and nothing stands beside it; its folders are private too."""
    path, fd = create(tmp_path / "a" / "run.jsonl", b"header\n")
    os.close(fd)
    assert path.read_bytes() == b"header\n"
    assert [one.name for one in path.parent.iterdir()] == ["run.jsonl"]
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_names_that_are_taken_are_left_alone(tmp_path: Path) -> None:
    """The next free one is used."""
    made = []
    for text in (b"a\n", b"b\n", b"c\n"):
        path, fd = create(tmp_path / "run.jsonl", text)
        os.close(fd)
        made.append((path.name, path.read_bytes()))
    assert made == [("run.jsonl", b"a\n"), ("run-2.jsonl", b"b\n"), ("run-3.jsonl", b"c\n")]


@POSIX
@pytest.mark.parametrize("target", ["theirs", "not-there"])
def test_a_link_is_left_alone_and_not_followed(tmp_path: Path, target: str) -> None:
    """Neither what it leads to is written, nor is what it would lead to made."""
    (tmp_path / "theirs").write_bytes(b"an hour of work")
    (tmp_path / "run.jsonl").symlink_to(target)
    path, fd = create(tmp_path / "run.jsonl", b"header\n")
    os.close(fd)
    assert path.name == "run-2.jsonl"
    assert (tmp_path / "theirs").read_bytes() == b"an hour of work"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["run-2.jsonl", "run.jsonl", "theirs"]


@POSIX
def test_a_disk_is_refused(tmp_path: Path) -> None:
    """A line at its beginning would cost all that is on it."""
    path = tmp_path / "disk"
    try:
        if sys.platform != "win32":
            os.mknod(path, stat.S_IFBLK | 0o600, os.makedev(7, 255))
    except OSError:
        pytest.skip("who is not root cannot make one")
    with pytest.raises(OSError, match="it is a disk; name a file"):
        create(path, b"header\n")


@POSIX
def test_a_draft_of_a_killed_process_is_no_obstacle(tmp_path: Path) -> None:
    """A process of the same number was killed right here before."""
    (tmp_path / f".run.jsonl.{os.getpid()}").write_bytes(b"old")
    path, fd = create(tmp_path / "run.jsonl", b"new\n")
    os.close(fd)
    assert [one.name for one in tmp_path.iterdir()] == ["run.jsonl"]
    assert path.read_bytes() == b"new\n"


def test_a_journal_is_held_while_it_is_written(tmp_path: Path) -> None:
    """By another process: nobody takes it for one that broke off, until that process is gone, however it went."""
    path = tmp_path / "run.jsonl"
    line = [sys.executable, "-c", HOLDS, str(path)]
    with ended(subprocess.Popen(line, stdin=subprocess.PIPE, stdout=subprocess.PIPE)) as writer:
        assert writer.stdout is not None
        writer.stdout.readline()
        assert is_held(path)
        with pytest.raises(BlockingIOError, match="is being written"), reopen(path):
            pass
        writer.kill()
    assert not is_held(path)
    with reopen(path) as fd:
        assert os.read(fd, 100) == b"header\n"


def test_what_is_not_there_is_held_by_nobody(tmp_path: Path) -> None:
    """A missing file, and a folder."""
    assert not is_held(tmp_path / "nothing.jsonl")
    assert not is_held(tmp_path)

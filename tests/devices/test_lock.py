"""Locks that other processes see."""

import os
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from cadencecoach.devices.lock import LOCK_NAME, MARK, hold_lock, is_held, is_marked, set_mark
from cadencecoach.errors import UsageError

LOCK_AND_WAIT = """
import sys
from pathlib import Path
from cadencecoach.devices.lock import hold_lock, set_mark
with {how}(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def other(folder: Path, how: str) -> "subprocess.Popen[bytes]":
    """Another process that has a lock, or a mark, until its input ends."""
    line = [sys.executable, "-c", LOCK_AND_WAIT.format(how=how), str(folder)]
    process = subprocess.Popen(line, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline().strip() == b"held"
    return process


def test_another_process_waits_and_is_told_what_to_do(tmp_path: Path) -> None:
    """While one has a folder the other gets one line that names the lock; after it, the lock."""
    with other(tmp_path, "hold_lock") as process:
        with pytest.raises(UsageError, match="nothing was written") as error, hold_lock(tmp_path, wait_s=0.0):
            pass
        assert str(tmp_path / LOCK_NAME) in str(error.value)
        assert "\n" not in str(error.value)
        process.communicate()
    with hold_lock(tmp_path, wait_s=0.0):
        assert (tmp_path / LOCK_NAME).exists()


@pytest.mark.parametrize("how", ["hold_lock", "set_mark"])
def test_a_process_that_is_killed_leaves_nothing_locked(tmp_path: Path, how: str) -> None:
    """The system takes the lock of a dead process back, and a mark that it left behind counts no more."""
    with other(tmp_path, how) as process:
        process.kill()
    with hold_lock(tmp_path, wait_s=0.0):
        assert not is_marked(tmp_path)


def test_the_same_thread_locks_again_within(tmp_path: Path) -> None:
    """The inner one gives nothing back: until the outer one ends, another thread waits."""
    found: list[str] = []

    def attempt() -> None:
        try:
            with hold_lock(tmp_path, wait_s=0.0):
                found.append("locked")
        except UsageError:
            found.append("refused")

    def in_a_thread() -> None:
        thread = threading.Thread(target=attempt)
        thread.start()
        thread.join()

    with hold_lock(tmp_path):
        with hold_lock(tmp_path / "." / "x" / "..", wait_s=0.0):
            in_a_thread()
        in_a_thread()
    in_a_thread()
    assert found == ["refused", "refused", "locked"]


@pytest.mark.slow
def test_two_folders_are_locked_apart(tmp_path: Path) -> None:
    """Who writes in one keeps nobody from the other."""
    with other(tmp_path / "a", "hold_lock") as process:
        with hold_lock(tmp_path / "b", wait_s=0.0):
            pass
        process.communicate()


def test_an_error_within_gives_the_lock_back(tmp_path: Path) -> None:
    """The next one does not wait for who failed."""
    with pytest.raises(ValueError, match="within"), hold_lock(tmp_path):
        raise ValueError("within")
    with other(tmp_path, "hold_lock") as process:
        process.communicate()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_only_its_owner_sees_it(tmp_path: Path) -> None:
    """Folder, lock and mark are private, though the lock is empty."""
    folder = tmp_path / "deep" / "folder"
    with hold_lock(folder), set_mark(folder) as mark:
        modes = [stat.S_IMODE(path.stat().st_mode) for path in (folder, folder / LOCK_NAME, mark)]
        assert (folder / LOCK_NAME).stat().st_size == 0
    assert modes == [0o700, 0o600, 0o600]


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root writes everywhere")
def test_a_folder_that_is_not_ours_is_one_clear_line(tmp_path: Path) -> None:
    """It is named, and what is wrong with it."""
    tmp_path.chmod(0o500)
    with pytest.raises(UsageError, match="cannot be written: Permission denied"), hold_lock(tmp_path):
        pass
    tmp_path.chmod(0o700)


def test_a_file_in_the_place_of_the_folder_is_one_clear_line(tmp_path: Path) -> None:
    """No traceback where somebody's file has the name."""
    (tmp_path / "athletes").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="athletes cannot be written"), hold_lock(tmp_path / "athletes"):
        pass


@pytest.mark.slow
def test_a_mark_is_seen_as_long_as_it_lasts(tmp_path: Path) -> None:
    """By another process and by this one; two marks do not know each other."""
    assert not is_marked(tmp_path)
    with other(tmp_path, "set_mark") as process:
        assert is_marked(tmp_path)
        with set_mark(tmp_path) as mark:
            assert mark.name.startswith(MARK)
            process.communicate()
            assert is_marked(tmp_path)
    assert not is_marked(tmp_path)
    assert not list(tmp_path.glob(f"{MARK}*"))


def test_a_folder_made_anew_lacks_the_mark(tmp_path: Path) -> None:
    """Who looks for the mark sees that it is another folder, whatever its name; the end of the mark harms nothing."""
    folder = tmp_path / "r7"
    folder.mkdir()
    with set_mark(folder) as mark:
        mark.unlink()
        folder.rmdir()
        folder.mkdir()
        assert not mark.exists()
        assert not is_marked(folder)


@pytest.mark.skipif(sys.platform == "win32", reason="no limit of open files to be set there")
def test_what_cannot_be_looked_at_for_want_of_descriptors_may_be_held(tmp_path: Path) -> None:
    """It is not taken for left behind, and removed; what is not there is not held."""
    resource = pytest.importorskip("resource")
    path = tmp_path / "file"
    path.write_text("")
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    assert not is_held(path)
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, before[1]))
    try:
        found = is_held(path)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)
    assert found
    assert not is_held(tmp_path / "none")

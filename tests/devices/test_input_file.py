import os
import sys
from pathlib import Path

import pytest

from cadencecoach.devices import input_file
from cadencecoach.devices.input_file import check_file, file_bytes, open_plain
from cadencecoach.errors import UsageError


def read(path: Path) -> bytes:
    """Its first ten bytes."""
    return file_bytes(path, what="plan file", limit_bytes=10)


def test_no_more_than_the_limit_is_read(tmp_path: Path) -> None:
    """Nor is anything changed on the way."""
    path = tmp_path / "a"
    path.write_bytes(b"\xef\xbb\xbf\r\n\0" + bytes(20))
    assert read(path) == b"\xef\xbb\xbf\r\n\0" + bytes(4)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("", "is a folder; name a plan file in it"),
        ("nowhere", "does not exist; check the name of the plan file"),
        ("a\0b", "cannot be read (not a file name); name a plan file"),
    ],
)
def test_what_cannot_be_read_is_said_in_the_words_of_its_kind(tmp_path: Path, name: str, words: str) -> None:
    """One line: the name as it can be shown, what is wrong, what to do."""
    shown = str(tmp_path / name).replace("\0", r"\x00")
    with pytest.raises(UsageError) as caught:
        read(tmp_path / name)
    assert str(caught.value) == f"{shown} {words}"


@pytest.mark.skipif(not Path("/dev/null").exists(), reason="this system has no /dev/null")
def test_a_device_is_no_file() -> None:
    """Some never end."""
    with pytest.raises(UsageError, match=r"^/dev/null is a device; name a settings file$"):
        check_file(Path("/dev/null"), what="settings file")


@pytest.fixture
def pipe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A pipe with a name, which may be waited for a tenth of a second."""
    if sys.platform == "win32":
        pytest.skip("pipes have no names in folders there")
    monkeypatch.setattr(input_file, "PIPE_WITHIN_S", 0.1)
    os.mkfifo(tmp_path / "pipe")
    return tmp_path / "pipe"


def test_a_pipe_is_read_to_its_end(pipe: Path) -> None:
    """A shell's `<(...)` works."""
    if sys.platform == "win32":
        pytest.skip("not on this system")
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    with pipe.open("wb") as writer:
        writer.write(b"plan: A")
    assert read(Path(f"/dev/fd/{reader}")) == b"plan: A"
    os.close(reader)


def test_a_pipe_that_nobody_writes_to_is_refused_in_time(pipe: Path) -> None:
    """It is no empty file: settings out of it would be none at all, in silence."""
    with pytest.raises(UsageError, match=r"pipe is a pipe that gives nothing; name a plan file$"):
        read(pipe)


def test_a_pipe_that_somebody_holds_open_in_silence_is_refused_in_time(pipe: Path) -> None:
    """Whoever opened it may have died before the first word."""
    holder = os.open(pipe, os.O_RDWR)
    with pytest.raises(UsageError, match=r"is a pipe that has not ended after 0\.1 s"):
        read(pipe)
    os.write(holder, b"plan")
    with pytest.raises(UsageError, match=r"is a pipe that has not ended after 0\.1 s; name a plan file"):
        read(pipe)
    os.close(holder)


def test_a_pipe_that_ends_without_a_word_is_refused(pipe: Path) -> None:
    """A command in `<(...)` that failed gives that."""
    if sys.platform == "win32":
        pytest.skip("not on this system")
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    pipe.open("wb").close()
    with pytest.raises(UsageError, match="is a pipe that gives nothing"):
        read(Path(f"/dev/fd/{reader}"))
    os.close(reader)


def test_no_more_than_the_limit_is_taken_from_a_pipe_that_never_ends(pipe: Path) -> None:
    """What a plan may have at most is enough to refuse it."""
    holder = os.open(pipe, os.O_RDWR)
    os.write(holder, b"x" * 4000)
    assert read(pipe) == b"x" * 10
    os.close(holder)


def test_a_file_that_grows_is_read_as_it_was_when_it_was_opened() -> None:
    """A log that is written faster than it is read has no end either: what says it is empty is taken at its word."""
    endless = Path("/proc/self/maps")  # has bytes, and a size of 0
    if not endless.exists():
        pytest.skip("this system has no such file")
    assert read(endless) == b""


def test_a_pipe_is_no_plain_file(pipe: Path) -> None:
    """An archive is read from its end."""
    with pytest.raises(UsageError, match=r"pipe is a pipe; name a plan file$"):
        open_plain(pipe, what="plan file")

import os
import sys
from pathlib import Path

import pytest

from cadencecoach.devices.input_file import check_file, file_bytes
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


def test_a_pipe_is_read_and_one_that_nobody_writes_to_is_empty(tmp_path: Path) -> None:
    """A shell's `<(...)` works, and nothing waits for ever."""
    if sys.platform == "win32":
        pytest.skip("pipes have no names in folders there")
    path = tmp_path / "pipe"
    os.mkfifo(path)
    assert read(path) == b""
    reader = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    with path.open("wb") as writer:
        writer.write(b"plan: A")
    assert read(Path(f"/dev/fd/{reader}")) == b"plan: A"
    os.close(reader)

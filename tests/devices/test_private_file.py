"""Files that nobody else may read."""

import os
import stat
import sys
from pathlib import Path

import pytest

from cadencecoach.devices.private_file import make_private_folder, write_private

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="modes are POSIX")


def mode(path: Path) -> int:
    """The nine bits."""
    return stat.S_IMODE(path.stat().st_mode)


@POSIX
def test_every_folder_on_the_way_is_private(tmp_path: Path) -> None:
    """Not only the last one; what was there before keeps its mode, and doing it again is no mistake."""
    shared = tmp_path / "shared"
    shared.mkdir(mode=0o755)
    for _ in range(2):
        make_private_folder(shared / "a" / "b" / "c")
    assert [mode(shared / name) for name in (".", "a", "a/b", "a/b/c")] == [0o755, 0o700, 0o700, 0o700]


@POSIX
def test_a_file_is_written_whole_and_private(tmp_path: Path) -> None:
    """In place of an older one that others could read, and with nothing left beside it."""
    path = tmp_path / "folder" / "sensors.json"
    path.parent.mkdir()
    path.write_text("old")
    path.chmod(0o644)
    write_private(path, b"new")
    assert (path.read_bytes(), mode(path)) == (b"new", 0o600)
    assert os.listdir(path.parent) == ["sensors.json"]  # noqa: PTH208  # names only


def test_what_cannot_be_synced_leaves_the_old_file(tmp_path: Path) -> None:
    """A disk that fails at the last moment: the file of before is there, and no draft."""

    def fails(_: int) -> None:
        raise OSError(5, "Input/output error")

    path = tmp_path / "sensors.json"
    path.write_bytes(b"old")
    with pytest.raises(OSError, match="Input/output error"):
        write_private(path, b"new", sync=fails)
    assert path.read_bytes() == b"old"
    assert [one.name for one in tmp_path.iterdir()] == ["sensors.json"]

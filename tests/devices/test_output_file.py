"""The door that every file goes through which somebody asked for."""

import os
import stat
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from cadencecoach.devices.output_file import OutputFile
from cadencecoach.errors import UsageError

OURS, THEIRS = b"ours, old", b"an hour of work"
linux_only = pytest.mark.skipif(sys.platform == "win32", reason="no such files there")


def is_ours(path: Path) -> bool:
    """What begins with the mark."""
    return path.read_bytes().startswith(b"ours")


def output(path: Path, *, force: bool = False, sources: tuple[Path, ...] = ()) -> OutputFile:
    """The file as a command asks for it."""
    return OutputFile(path=path, name=f"-o {path.name}", may_replace=force, is_ours=is_ours, sources=sources)


def link_to_a_file(path: Path) -> None:
    """To somebody's file."""
    path.with_name("theirs").write_bytes(THEIRS)
    path.symlink_to("theirs")


def link_to_ours(path: Path) -> None:
    """To a file that could be replaced itself."""
    path.with_name("old").write_bytes(OURS)
    path.symlink_to("old")


def dangling_link(path: Path) -> None:
    """To a file that would be made."""
    path.symlink_to("not-there")


def pipe(path: Path) -> None:
    """Nobody reads it."""
    if sys.platform != "win32":
        os.mkfifo(path)


def link_to_a_device(path: Path) -> None:
    """What one may do who cannot make a device."""
    path.symlink_to(os.devnull)


@linux_only
@pytest.mark.parametrize("force", [False, True], ids=["", "--force"])
@pytest.mark.parametrize(
    ("make", "words"),
    [
        (link_to_a_file, "this is a link, and what it leads to is never replaced; name a file of its own"),
        (link_to_ours, "this is a link"),
        (dangling_link, "this is a link"),
        (link_to_a_device, "this is a link"),
        (pipe, "this is a device or a pipe; name a file of its own"),
        (Path.mkdir, "this is a folder; name a file of its own"),
    ],
)
def test_what_is_no_plain_file_is_never_replaced(
    *,
    make: Callable[[Path], None],
    words: str,
    force: bool,
    tmp_path: Path,
) -> None:
    """Asked, opened or written: one line, and everything is as it was."""
    path = tmp_path / "out"
    make(path)
    before = seen(tmp_path)
    for use in (OutputFile.check, OutputFile.open, lambda one: one.write(b"new")):
        with pytest.raises(UsageError, match=f"^-o out: {words}"):
            use(output(path, force=force))
    assert seen(tmp_path) == before


def seen(folder: Path) -> dict[str, tuple[int, bytes]]:
    """What a folder holds, by name."""
    content = {one: one.read_bytes() if one.is_file() else b"" for one in folder.iterdir()}
    return {one.name: (one.lstat().st_mode, content[one]) for one in content}


@pytest.mark.parametrize(
    ("content", "force", "is_replaced"),
    [(THEIRS, False, False), (THEIRS, True, True), (OURS, False, True), (b"", False, True), (b"o", False, False)],
)
def test_a_file_is_replaced_if_it_is_ours_or_empty_or_given_up(
    *,
    content: bytes,
    force: bool,
    is_replaced: bool,
    tmp_path: Path,
) -> None:
    """And another one never in silence."""
    path = tmp_path / "out"
    path.write_bytes(content)
    if is_replaced:
        output(path, force=force).write(b"new")
    else:
        with pytest.raises(UsageError, match=r"^-o out already exists; choose another name, or add --force to"):
            output(path, force=force).write(b"new")
    assert path.read_bytes() == (b"new" if is_replaced else content)
    assert [one.name for one in tmp_path.iterdir()] == ["out"]


def test_a_format_without_a_mark_is_never_ours(tmp_path: Path) -> None:
    """Nobody can tell whose table that is."""
    path = tmp_path / "run.csv"
    path.write_bytes(OURS)
    with pytest.raises(UsageError, match="already exists"):
        OutputFile(path=path, name="-o run.csv").check()


@pytest.mark.parametrize("force", [False, True])
def test_what_is_read_is_never_written(*, force: bool, tmp_path: Path) -> None:
    """By another name for it too."""
    path = tmp_path / "in"
    path.write_bytes(OURS)
    (tmp_path / "again").hardlink_to(path)
    for name in ("in", "again"):
        with pytest.raises(UsageError, match="this is the input file; choose another name"):
            output(tmp_path / name, force=force, sources=(path,)).check()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("no/out", "its folder does not exist; create it, or choose another"),
        ("file/out", "cannot be written: Not a directory"),
        ("x" * 300, "cannot be written: File name too long"),
        ("a\0b", "cannot be written: .*embedded null .*"),
    ],
)
def test_a_place_that_is_none_is_one_line(name: str, words: str, tmp_path: Path) -> None:
    """A misspelt folder is not made."""
    (tmp_path / "file").touch()
    with pytest.raises(UsageError, match=f": {words}$"):
        output(tmp_path / name).check()
    assert [one.name for one in tmp_path.iterdir()] == ["file"]


@linux_only
@pytest.mark.skipif(sys.platform != "win32" and os.geteuid() == 0, reason="nothing is forbidden to this user")
def test_a_folder_that_takes_no_files_is_said_before_any_work(tmp_path: Path) -> None:
    """One that only others may write to."""
    tmp_path.chmod(0o500)
    with pytest.raises(UsageError, match="its folder is not writable; check its permissions"):
        output(tmp_path / "out").check()
    tmp_path.chmod(0o700)


@linux_only
def test_it_is_its_owners_only(tmp_path: Path) -> None:
    """New, at once or in place of one that everybody could read."""
    (tmp_path / "old").write_bytes(OURS)
    (tmp_path / "old").chmod(0o644)
    output(tmp_path / "old").write(b"new")
    output(tmp_path / "new").write(b"new")
    os.close(output(tmp_path / "at-once").open(at_once=True).fd)
    assert {stat.S_IMODE(one.stat().st_mode) for one in tmp_path.iterdir()} == {0o600}


def test_a_long_name_has_a_draft_too(tmp_path: Path) -> None:
    """The longest that a folder takes, in letters of two bytes."""
    path = tmp_path / ("\u00e4" * 127)
    output(path).write(b"new")
    assert path.read_bytes() == b"new"


def test_a_link_that_comes_meanwhile_is_not_followed(tmp_path: Path) -> None:
    """What was free when it was asked for is looked at again before it is written."""
    path = tmp_path / "out"
    opened = output(path).open()
    os.write(opened.fd, b"new")
    os.close(opened.fd)
    link_to_ours(path)
    with pytest.raises(UsageError, match="this is a link"):
        opened.keep()
    assert (tmp_path / "old").read_bytes() == OURS
    assert sorted(one.name for one in tmp_path.iterdir()) == ["old", "out"]


def test_a_file_that_comes_meanwhile_is_not_lost(tmp_path: Path) -> None:
    """Somebody else took the name while it was written."""
    path = tmp_path / "out"
    opened = output(path).open()
    os.close(opened.fd)
    path.write_bytes(THEIRS)
    with pytest.raises(UsageError, match="already exists"):
        opened.keep()
    assert path.read_bytes() == THEIRS
    assert [one.name for one in tmp_path.iterdir()] == ["out"]


def test_what_is_given_up_leaves_what_was_there(tmp_path: Path) -> None:
    """A fault in the middle, or an object that nobody keeps."""
    path = tmp_path / "out"
    path.write_bytes(OURS)
    with suppress(KeyboardInterrupt), output(path).open() as opened:
        os.close(opened.fd)
        raise KeyboardInterrupt
    assert seen(tmp_path).keys() == {"out"}
    left = output(path).open(at_once=True)
    os.close(left.fd)
    assert left.is_draft
    del left
    assert seen(tmp_path).keys() == {"out"}
    assert path.read_bytes() == OURS

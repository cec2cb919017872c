"""A journal's place on the disk: made for its owner only, with its first line in it, and held by who writes it.

A journal gets its name only when its header is on the disk, so that a kill or a power cut leaves a whole journal or
none. While it is written it is locked; the lock goes with the process, however that ends, so nobody takes a session
that runs for one that broke off.
"""

import contextlib
import errno
import os
import stat
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cadencecoach.devices.lock import hold
from cadencecoach.devices.private_file import FILE_MODE, make_private_folder

MAX_NAMES = 1000
_APPEND: Final = os.O_WRONLY | os.O_APPEND | getattr(os, "O_BINARY", 0)
_NO_WAIT: Final = getattr(os, "O_NONBLOCK", 0)
_CREATE: Final = _APPEND | os.O_CREAT | os.O_EXCL
_NO_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EXDEV, errno.EMLINK}
_NOT_SYNCED = {errno.EINVAL, errno.ENOTSUP, errno.EROFS}  # pipes and terminals cannot be


def create(path: Path, first: bytes) -> tuple[Path, int]:
    """A journal under a name that was free, or something that is no plain file; opened for appending.

    Args:
        path: as wished; `run.jsonl` that is there becomes `run-2.jsonl`
        first: what it holds from the beginning
    Raises:
        OSError: it cannot be made
    """
    make_private_folder(path.parent)
    if path.exists() and not stat.S_ISREG(path.stat().st_mode):
        return path, write_first(_opened_device(path), first)
    return _publish(path, first) or _plain(path, first)


def write_first(fd: int, content: bytes) -> int:
    """The file with something written to it; closed if that cannot be done.

    Raises:
        OSError: the disk does not take it
    """
    rest = memoryview(content)
    try:
        while rest:
            rest = rest[os.write(fd, rest) :]
    except OSError:
        os.close(fd)
        raise
    return fd


def sync(fd: int) -> None:
    """Wait until what was written would outlive a power cut.

    Raises:
        OSError: the disk did not take it
    """
    try:
        if sys.platform == "darwin":
            import fcntl  # noqa: PLC0415  # not on Windows

            fcntl.fcntl(fd, fcntl.F_FULLFSYNC)  # fsync of macOS stops at the drive's own memory
        elif sys.platform == "linux":
            os.fdatasync(fd)
        else:
            os.fsync(fd)
    except OSError as error:
        if error.errno not in _NOT_SYNCED:
            raise


@contextlib.contextmanager
def reopen(path: Path) -> Iterator[int]:
    """A journal that broke off, opened for mending and held meanwhile.

    Raises:
        OSError: it may not be written
        BlockingIOError: somebody is writing it
    """
    fd = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
    try:
        if not hold(fd):
            raise BlockingIOError(errno.EAGAIN, "it is being written")
        yield fd
    finally:
        os.close(fd)


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """A journal as it was read.

    Attributes:
        n_bytes: of the file
        n_whole_bytes: of its lines; after them stands what was torn
    """

    n_bytes: int
    n_whole_bytes: int


def cut_torn(fd: int, n_whole_bytes: int) -> None:
    """Cut off what is torn after whole lines, and end the last of them; what is written next begins a line.

    Raises:
        OSError: it may not be written
    """
    os.ftruncate(fd, n_whole_bytes)
    os.lseek(fd, n_whole_bytes - 1, os.SEEK_SET)
    if os.read(fd, 1) != b"\n":
        os.write(fd, b"\n")


def reopen_for_more(path: Path, whole: Whole) -> int:
    """A journal that broke off, opened to be written on and held; what is torn is cut off.

    Raises:
        OSError: it may not be written
        BlockingIOError: somebody is writing it, or has since it was read
    """
    fd = os.open(path, os.O_RDWR | os.O_APPEND | getattr(os, "O_BINARY", 0))
    try:
        if not hold(fd) or os.fstat(fd).st_size != whole.n_bytes:
            raise BlockingIOError(errno.EAGAIN, "it is being written")
        cut_torn(fd, whole.n_whole_bytes)
    except OSError:
        os.close(fd)
        raise
    return fd


def _publish(path: Path, first: bytes) -> tuple[Path, int] | None:
    """The file under another name first, given its own when all is in it; None where a file has but one name."""
    if sys.platform == "win32":
        return None  # an open file cannot lose a name there
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    with contextlib.suppress(FileNotFoundError):
        draft.unlink()  # of a process of that number that was killed right here
    try:
        fd = write_first(os.open(draft, _CREATE, FILE_MODE), first)
        return _give_name(fd, draft, path), fd
    except OSError as error:
        if error.errno in _NO_LINKS:
            return None
        raise
    finally:
        draft.unlink(missing_ok=True)


def _give_name(fd: int, draft: Path, path: Path) -> Path:
    """The draft under a name that is free, once it is on the disk."""
    try:
        hold(fd)
        sync(fd)
        name = _link(draft, path)
    except OSError:
        os.close(fd)
        raise
    _sync_folder(path.parent)
    return name


def _link(draft: Path, path: Path) -> Path:
    for name in _names(path):
        with contextlib.suppress(FileExistsError):
            os.link(draft, name)
            return name
    raise _no_name()


def _plain(path: Path, first: bytes) -> tuple[Path, int]:
    """The file under its name at once."""
    for name in _names(path):
        try:
            fd = os.open(name, _CREATE, FILE_MODE)
        except FileExistsError:
            continue
        try:
            hold(fd)
            return name, write_first(fd, first)
        except OSError:
            name.unlink(missing_ok=True)
            raise
    raise _no_name()


def _names(path: Path) -> Iterator[Path]:
    yield path
    yield from (path.with_stem(f"{path.stem}-{n}") for n in range(2, MAX_NAMES))


def _no_name() -> OSError:
    return OSError(errno.EEXIST, f"there are {MAX_NAMES} files of this name")


def _opened_device(path: Path) -> int:
    """Something that is no plain file. A pipe nobody reads is an error now, not a wait for ever; a disk is refused."""
    if stat.S_ISBLK(path.stat().st_mode):
        raise OSError(errno.EPERM, "it is a disk; name a file")
    fd = os.open(path, _APPEND | _NO_WAIT)
    if sys.platform != "win32":
        os.set_blocking(fd, True)
    return fd


def _sync_folder(folder: Path) -> None:
    """Have the name outlive a power cut too, where folders can be synced."""
    with contextlib.suppress(OSError):
        fd = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(fd)
        finally:
            os.close(fd)

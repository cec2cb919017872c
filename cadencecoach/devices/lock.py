"""Locks that other processes see: of a folder while a file in it is read, decided upon and written; of a mark.

A lock is the system's own, on a file `.lock` in the folder: it ends with the process that holds it, however that ends,
so nothing is left locked. It does not stop readers: files are exchanged whole, and a reader needs no lock. On a network
disk it holds between computers only where the disk's server passes locks on (NFS 4 and SMB do); on a disk that knows
no locks the existence of a file stands for one.
"""

import contextlib
import errno
import os
import sys
import tempfile
import threading
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from cadencecoach.devices.private_file import FILE_MODE, make_private_folder, not_written
from cadencecoach.errors import UsageError

LOCK_NAME: Final = ".lock"
MARK: Final = ".held-"  # begins the name of a file that says that something goes on in its folder
WAIT_S: Final = 30.0  # whoever holds a lock has it for some ms; rows of hundreds of journals take a few seconds
LOOK_EVERY_S: Final = 0.002
_LOCKED: Final = threading.local()  # which folders the thread has, so that it can lock one again within
_LOCKED_BYTE: Final = 0x7FFFFFFF  # Windows locks bytes, and forbids reading those: one that no journal reaches
_NO_WAIT: Final = getattr(os, "O_NONBLOCK", 0)  # a pipe that nobody writes is opened all the same
_TOO_MANY: Final = {errno.EMFILE, errno.ENFILE, errno.ENOMEM}
_TAKEN: Final = {errno.EAGAIN, errno.EACCES, errno.EWOULDBLOCK, errno.EDEADLK}
warnings.filterwarnings("ignore", message="flock not supported")  # the docstring tells what holds then


@contextlib.contextmanager
def hold_lock(folder: Path, *, wait_s: float = WAIT_S) -> Iterator[None]:
    """Keep other processes and threads from changing a folder's files; the same thread may lock it again within.

    Args:
        folder: made if it is not there, for its owner only
        wait_s: how long to wait for another that has it
    Raises:
        UsageError: another has it for too long, or the folder cannot be written
    """
    from filelock import FileLock, Timeout  # noqa: PLC0415  # 9 MB and a third of a start; a running beat locks nothing

    path = folder.resolve() / LOCK_NAME
    held: set[Path] = _LOCKED.__dict__.setdefault("paths", set())
    if path in held:
        yield
        return
    lock = FileLock(path, mode=FILE_MODE)
    try:
        make_private_folder(folder)
        lock.acquire(timeout=wait_s, poll_interval=LOOK_EVERY_S)
    except Timeout as error:
        raise UsageError(
            f"another program has held {path} for {wait_s:g} s; nothing was written: "
            "end the other cadencecoach, and try again"
        ) from error
    except OSError as error:
        raise UsageError(not_written(folder, error)) from error
    held.add(path)
    try:
        yield
    finally:
        held.remove(path)
        lock.release()


@contextlib.contextmanager
def set_mark(folder: Path) -> Iterator[Path]:
    """A mark in a folder that says that something goes on there, taken away at the end.

    A mark has a name of its own, so a folder that was deleted and made anew lacks it. Its lock goes with the process.

    Raises:
        OSError: the folder is not there, or cannot be written
    """
    fd, name = tempfile.mkstemp(dir=folder, prefix=MARK)  # mode 0600
    mark = Path(name)
    try:
        hold(fd)
        yield mark
    finally:
        os.close(fd)
        mark.unlink(missing_ok=True)


def is_marked(folder: Path) -> bool:
    """Whether something goes on in a folder. Marks of killed programs do not count; disks that know no locks say no."""
    return any(is_held(mark) for mark in folder.glob(f"{MARK}*"))


def hold(fd: int) -> bool:
    """Take the lock of an open file until it is closed; False where another has it."""
    try:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415  # only there

            os.lseek(fd, _LOCKED_BYTE, os.SEEK_SET)
            msvcrt.locking(fd, msvcrt.LK_NBLCK, 1)
            os.lseek(fd, 0, os.SEEK_SET)
        else:
            import fcntl  # noqa: PLC0415  # only there

            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno not in _TAKEN
    return True


def is_held(path: Path) -> bool:
    """Whether a file is held by somebody who writes it. Disks that know no locks say no.

    Where this program cannot look, because it has too many files open, it may be: nobody takes it for left behind.
    """
    try:
        fd = os.open(path, os.O_RDONLY | _NO_WAIT)
    except OSError as error:
        return error.errno in _TOO_MANY
    try:
        return not hold(fd)
    finally:
        os.close(fd)

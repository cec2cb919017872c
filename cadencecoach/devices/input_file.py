"""The one door in for files that a person named: what can be read is opened, all else is one line that says why not.

A folder, a device such as `/dev/zero`, a file that is not there or may not be read are refused. A file that grows is
read as it was when it was opened. A pipe is read where the form allows that, within seconds: one that nobody writes to,
or that never ends, is refused and not waited for.
"""

import errno
import os
import select
import stat
import sys
import time
from pathlib import Path
from typing import BinaryIO

from cadencecoach.errors import UsageError

NO_WAIT = getattr(os, "O_NONBLOCK", 0)
BINARY = getattr(os, "O_BINARY", 0)
PIPE_WITHIN_S = 3.0  # all of it; what a shell's `<(...)` unpacks is there in less, and nobody waits longer in doubt
PIPE_BYTES = 65_536  # what a pipe holds at a time


def user_path(text: str | Path) -> Path:
    """A path as a person writes it: `~` is their own folder. A shell leaves it in `replay:~/run.fit`."""
    return Path(os.path.expanduser(text))  # noqa: PTH111  # `Path.expanduser` gives up on a user who is unknown


def file_bytes(path: Path, *, what: str, limit_bytes: int) -> bytes:
    """What is in a file, `limit_bytes` of it at most.

    Args:
        path: a plain file, or a pipe that somebody writes to (`<(...)` of a shell)
        what: the kind of file, for the message: "plan file"
        limit_bytes: no more is read
    Raises:
        UsageError: it is not there, not a file, or may not be read; or a pipe that gives nothing or does not end
    """
    check_file(path, what=what)
    with _open_raw(path, what) as file:
        try:
            about = os.fstat(file.fileno())
            if stat.S_ISFIFO(about.st_mode):
                return _read_pipe(file.fileno(), path, what, limit_bytes)
            return file.read(min(limit_bytes, about.st_size))
        except OSError as error:
            raise UsageError(_why_not(path, what, error)) from None


def open_plain(path: Path, *, what: str) -> BinaryIO:
    """A plain file to read from, for what is too large to be read whole or wanted only in part.

    Args:
        path: no pipe
        what: as in `file_bytes`
    Raises:
        UsageError: as in `file_bytes`
    """
    check_file(path, what=what, may_be_pipe=False)
    return _open_raw(path, what)


def check_file(path: Path, *, what: str, may_be_pipe: bool = True) -> None:
    """Refuse what cannot be a file of some kind, without opening it.

    Raises:
        UsageError: it is not there, or a folder, a device, or a pipe where none is allowed
    """
    try:
        mode = user_path(path).stat().st_mode
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise UsageError(_why_not(path, what, error)) from None
    if stat.S_ISDIR(mode):
        raise UsageError(f"{clean_name(path)} is a folder; name a {what} in it")
    if stat.S_ISFIFO(mode) and not may_be_pipe:
        raise UsageError(f"{clean_name(path)} is a pipe; name a {what}")
    if not stat.S_ISREG(mode) and not stat.S_ISFIFO(mode):
        raise UsageError(f"{clean_name(path)} is a device; name a {what}")


def _open_raw(path: Path, what: str) -> BinaryIO:
    try:
        fd = os.open(user_path(path), os.O_RDONLY | NO_WAIT | BINARY)
        if sys.platform != "win32":
            os.set_blocking(fd, True)
        return open(fd, "rb")  # noqa: PTH123  # of a descriptor; the caller closes it
    except OSError as error:
        raise UsageError(_why_not(path, what, error)) from None


def _read_pipe(fd: int, path: Path, what: str, limit_bytes: int) -> bytes:
    """What comes through a pipe until it ends.

    Raises:
        UsageError: nothing does, or it has not ended in time
    """
    if sys.platform == "win32":
        raise AssertionError("pipes have no names in folders there")
    os.set_blocking(fd, False)
    ends_s = time.monotonic() + PIPE_WITHIN_S
    parts: list[bytes] = []
    left_bytes = limit_bytes
    while left_bytes > 0:
        try:
            part = os.read(fd, min(PIPE_BYTES, left_bytes))
        except BlockingIOError:  # somebody may yet write
            part = None
        if part:
            parts.append(part)
            left_bytes -= len(part)
        elif part is not None:
            break
        left_s = ends_s - time.monotonic()
        if left_s <= 0 or (part is None and not select.select([fd], [], [], left_s)[0]):
            raise UsageError(
                f"{clean_name(path)} is a pipe that has not ended after {PIPE_WITHIN_S:g} s; name a {what}"
            )
    if not parts:
        raise UsageError(f"{clean_name(path)} is a pipe that gives nothing; name a {what}")
    return b"".join(parts)


def real_path(path: Path) -> Path:
    """Absolute, with all links followed. Where they lead in a circle, as far as they lead: there is nothing to open."""
    return Path(os.path.realpath(path))  # `Path.resolve` fails at a circle, up to Python 3.12


def clean_name(path: Path) -> str:
    """The name without anything a terminal would obey."""
    return ascii(str(path))[1:-1] if not str(path).isprintable() else str(path)


def _why_not(path: Path, what: str, error: OSError | ValueError) -> str:
    number = error.errno if isinstance(error, OSError) else None
    if number == errno.ENOENT:
        return f"{clean_name(path)} does not exist; check the name of the {what}"
    if number in {errno.EACCES, errno.EPERM}:
        return f"{clean_name(path)} cannot be read; check its permissions"
    reason = (error.strerror if isinstance(error, OSError) else None) or "not a file name"
    return f"{clean_name(path)} cannot be read ({reason}); name a {what}"

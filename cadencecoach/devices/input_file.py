"""The one door in for files that a person named: what can be read is opened, all else is one line that says why not.

A folder, a device such as `/dev/zero`, a file that is not there or may not be read are refused. A pipe is read where
the form allows that, and one that nobody writes to is empty instead of a wait for ever.
"""

import errno
import os
import stat
import sys
from pathlib import Path
from typing import BinaryIO

from cadencecoach.errors import UsageError

NO_WAIT = getattr(os, "O_NONBLOCK", 0)
BINARY = getattr(os, "O_BINARY", 0)


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
        UsageError: it is not there, not a file, or may not be read
    """
    with open_input(path, what=what) as file:
        try:
            return file.read(limit_bytes)
        except OSError as error:
            raise UsageError(_why_not(path, what, error)) from None


def open_input(path: Path, *, what: str, may_be_pipe: bool = True) -> BinaryIO:
    """A file to read from; whoever reads says how much at most.

    Args:
        path: as in `file_bytes`
        what: as in `file_bytes`
        may_be_pipe: it is read once, from its beginning to its end
    Raises:
        UsageError: as in `file_bytes`
    """
    check_file(path, what=what, may_be_pipe=may_be_pipe)
    try:
        fd = os.open(user_path(path), os.O_RDONLY | NO_WAIT | BINARY)
        if sys.platform != "win32":
            os.set_blocking(fd, True)
        return open(fd, "rb")  # noqa: PTH123  # of a descriptor; the caller closes it
    except OSError as error:
        raise UsageError(_why_not(path, what, error)) from None


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
        raise UsageError(f"{shown(path)} is a folder; name a {what} in it")
    if stat.S_ISFIFO(mode) and not may_be_pipe:
        raise UsageError(f"{shown(path)} is a pipe; name a {what}")
    if not stat.S_ISREG(mode) and not stat.S_ISFIFO(mode):
        raise UsageError(f"{shown(path)} is a device; name a {what}")


def shown(path: Path) -> str:
    """The name without anything a terminal would obey."""
    return ascii(str(path))[1:-1] if not str(path).isprintable() else str(path)


def _why_not(path: Path, what: str, error: OSError | ValueError) -> str:
    number = error.errno if isinstance(error, OSError) else None
    if number == errno.ENOENT:
        return f"{shown(path)} does not exist; check the name of the {what}"
    if number in {errno.EACCES, errno.EPERM}:
        return f"{shown(path)} cannot be read; check its permissions"
    reason = (error.strerror if isinstance(error, OSError) else None) or "not a file name"
    return f"{shown(path)} cannot be read ({reason}); name a {what}"

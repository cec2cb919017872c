"""The bytes of a file that a person named, or one line that says why not, the same for every kind of file."""

import errno
import os
import stat
import sys
from pathlib import Path

from cadencecoach.errors import UsageError

NO_WAIT = getattr(os, "O_NONBLOCK", 0)
BINARY = getattr(os, "O_BINARY", 0)


def file_bytes(path: Path, *, what: str, limit_bytes: int) -> bytes:
    """What stands in a file, `limit_bytes` of it at most.

    Args:
        path: a plain file, or a pipe that somebody writes to (`<(...)` of a shell)
        what: the kind of file, for the message: "plan file"
        limit_bytes: no more is read
    Raises:
        UsageError: it is not there, not a file, or may not be read
    """
    check_file(path, what=what)
    try:
        # A pipe that nobody writes to is empty at once, and not a wait for ever.
        fd = os.open(path, os.O_RDONLY | NO_WAIT | BINARY)
        if sys.platform != "win32":
            os.set_blocking(fd, True)
        with open(fd, "rb") as file:  # noqa: PTH123  # of a descriptor
            return file.read(limit_bytes)
    except OSError as error:
        raise UsageError(_why_not(path, what, error)) from None


def check_file(path: Path, *, what: str) -> None:
    """Refuse what cannot be a file of some kind.

    Raises:
        UsageError: it is not there, or a folder, or a device
    """
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise UsageError(_why_not(path, what, error)) from None
    if stat.S_ISDIR(mode):
        raise UsageError(f"{shown(path)} is a folder; name a {what} in it")
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

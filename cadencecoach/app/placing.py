"""Where a file goes that somebody asked for: never over another one in silence."""

from pathlib import Path

from cadencecoach.app.opening.files import shown
from cadencecoach.devices.private_file import write_private
from cadencecoach.errors import UsageError


def check_place(path: Path, *, source: Path, may_replace: bool, source_is: str = "the file that is read") -> None:
    """Refuse a place where nothing may be written, before any work is done.

    Args:
        path: as it was asked for
        source: what is read, which is never written over
        may_replace: a file that is there may be written over
        source_is: what a person calls the source

    Raises:
        UsageError: it is the file that is read, there already, a folder, or in a folder that is not there
    """
    try:
        if path.is_dir():
            raise UsageError(f"-o {shown(path)}: this is a folder; name a file in it")
        if path.exists() and source.exists() and path.samefile(source):
            raise UsageError(f"-o {shown(path)}: this is {source_is}; choose another name")
        if path.is_file() and not may_replace:
            raise UsageError(f"-o {shown(path)} is there already; choose another name, or --force to replace it")
        if not path.parent.is_dir():
            raise UsageError(f"-o {shown(path)}: there is no folder {shown(path.parent)}; make it, or choose another")
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise UsageError(f"-o {shown(path)}: cannot be written: {why_not(error)}") from error


def write_there(path: Path, data: bytes) -> None:
    """Whole or not at all, for its owner only; what is no plain file (a pipe, /dev/stdout) is written to as it is.

    Raises:
        UsageError: it cannot be written
    """
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(data)
        else:
            write_private(path, data)
    except (OSError, ValueError) as error:
        raise UsageError(f"-o {shown(path)}: cannot be written: {why_not(error)}") from error


def why_not(error: OSError | ValueError) -> str:
    """What the system says of a place that cannot be written."""
    return str(getattr(error, "strerror", None) or error)

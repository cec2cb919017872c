"""A file that is written whole or not at all, for its owner's eyes only."""

import os
import stat
import tempfile
from pathlib import Path

from cadencecoach.errors import UsageError


def write_whole(path: Path, data: bytes) -> None:
    """Put bytes in place of whatever was there; a reader finds the old file or the new one, never half of it.

    What is no plain file (`/dev/stdout`, a pipe) is written to as it is.

    Raises:
        UsageError: it cannot be written; nothing is left behind
    """
    try:
        if path.exists() and not stat.S_ISREG(path.stat().st_mode):
            path.write_bytes(data)
        else:
            _replace(path, data)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise UsageError(f"{ascii(str(path))[1:-1]} cannot be written: {reason}") from error


def _replace(path: Path, data: bytes) -> None:
    """Beside the target and then into its place; readable by its owner alone, as `mkstemp` makes it."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:100]}.")
    new = Path(name)
    try:
        with open(handle, "wb") as file:  # noqa: PTH123  # of a descriptor
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
    except OSError:
        new.unlink(missing_ok=True)
        raise

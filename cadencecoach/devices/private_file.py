"""Files and folders of the user's own, which nobody else on the machine may read, on systems that know modes."""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from cadencecoach.devices.input_file import clean_name

FILE_MODE, FOLDER_MODE = 0o600, 0o700  # records of somebody's health, and what may tell whose they are


def make_private_folder(folder: Path) -> None:
    """Make a folder and those on the way to it, each for its owner only; those that are there keep their modes.

    Raises:
        OSError: it cannot be made
    """
    missing = [folder]
    while not missing[-1].exists() and missing[-1].parent != missing[-1]:
        missing.append(missing[-1].parent)
    for one in reversed(missing):
        one.mkdir(mode=FOLDER_MODE, exist_ok=True)


def not_written(path: Path, error: OSError) -> str:
    """What is said of a place that cannot be written, and why."""
    return f"{clean_name(path)} cannot be written: {error.strerror or error}"


def read_private(path: Path, most_bytes: int) -> bytes | None:
    """The beginning of a file of ours; None where it cannot be read, or somebody has put a link in its place."""
    try:
        fd = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(fd, "rb") as file:
            return file.read(most_bytes)
    except OSError:
        return None


def write_private(path: Path, content: bytes, *, sync: Callable[[int], None] = os.fsync) -> None:
    """Write a file, whole or not at all, for its owner only.

    Args:
        path: where to
        content: all of it
        sync: waits until the file would outlive a power cut; what can be made again need not wait
    Raises:
        OSError: it cannot be written; what was there before is still there
    """
    make_private_folder(path.parent)
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # mode 0600
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            sync(file.fileno())
        Path(draft).replace(path)
    except OSError:
        Path(draft).unlink(missing_ok=True)
        raise

"""A journal's lines as they stand on the disk, read one after the other and within bounds."""

import os
from collections.abc import Iterator
from pathlib import Path

from cadencecoach.devices.input_file import open_input
from cadencecoach.errors import JournalError, UsageError

MAX_BYTES = 64_000_000  # of a journal to be read, at 1 MB an hour of a foot pod: more would fill memory and patience


def journal_lines(path: Path, *, limit_bytes: int = 1_000_001) -> Iterator[bytes]:
    """The lines of a journal file as bytes, each cut at `limit_bytes`, so that no file can fill the memory.

    Raises:
        JournalError: it cannot be opened or read, or it is larger than any session
    """
    try:
        with open_input(path, what="journal") as file:
            _check_size(path, os.fstat(file.fileno()).st_size)
            n_bytes = 0  # a pipe says nothing about its size
            while line := file.readline(limit_bytes):
                n_bytes += len(line)
                _check_size(path, n_bytes)
                yield line
    except UsageError as error:
        raise JournalError(str(error)) from error
    except OSError as error:
        raise JournalError(f"{path} cannot be read: {error.strerror or error}") from error


def _check_size(path: Path, n_bytes: int) -> None:
    if n_bytes > MAX_BYTES:
        size = f"{n_bytes / 1e6:.0f} MB"
        raise JournalError(
            f"{path}: {size}; journals of up to {MAX_BYTES / 1e6:.0f} MB are read, two days of a session"
        )

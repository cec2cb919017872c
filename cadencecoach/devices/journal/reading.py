"""A journal's lines as they stand on the disk, read one after the other and within bounds."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cadencecoach.devices.input_file import clean_name, file_bytes
from cadencecoach.errors import JournalError, UsageError

MAX_BYTES = 64_000_000  # of a journal to be read, at 1 MB an hour of a foot pod: more would fill memory and patience


@contextmanager
def name_in_errors(name: str) -> Iterator[None]:
    """Have a JournalError say which file is meant; one that says it already stays as it is."""
    try:
        yield
    except JournalError as error:
        raise JournalError(str(error) if name in str(error) else f"{name}: {error}") from error


def journal_lines(path: Path, *, limit_bytes: int = 1_000_001) -> Iterator[bytes]:
    """The lines of a journal file as bytes, each cut at `limit_bytes`, so that no file can fill the memory.

    Raises:
        JournalError: it cannot be opened or read, or it is larger than any session
    """
    try:
        raw = file_bytes(path, what="journal", limit_bytes=MAX_BYTES + 1)
    except UsageError as error:
        raise JournalError(str(error)) from error
    if len(raw) > MAX_BYTES:
        raise JournalError(
            f"{clean_name(path)}: larger than {MAX_BYTES / 1e6:.0f} MB, which is two days of a session; "
            "a journal is not that large"
        )
    lines = io.BytesIO(raw)
    while line := lines.readline(limit_bytes):
        yield line

"""A journal whose place cannot be written yet, because the disk is full or not ours: its lines are kept till then."""

import contextlib
import errno
from pathlib import Path

from cadencecoach.devices.journal.file import MAX_PENDING_BYTES, JournalFile, trouble_of
from cadencecoach.errors import JournalError

# What may pass while a session runs: a disk that is full, read-only or not ours to write.
PASSING = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO}


class WaitingJournalFile:
    """A journal whose place cannot be written now: keeps the lines, and tries again at each flush."""

    def __init__(self, path: Path, first: str, trouble: str) -> None:
        """Begin with nothing on the disk."""
        self._wanted, self._first, self.trouble = path, first, trouble
        self._file: JournalFile | None = None
        self._kept: list[str] = []
        self._n_bytes = 0

    @property
    def path(self) -> Path:
        """Where the lines go, or shall go."""
        return self._wanted if self._file is None else self._file.path

    @property
    def n_acknowledged(self) -> int:
        """None before there is a file."""
        return 0 if self._file is None else self._file.n_acknowledged

    def write(self, line: str) -> None:
        """Take one line."""
        if self._file is not None:
            self._file.write(line)
        elif self._n_bytes < MAX_PENDING_BYTES:
            self._n_bytes += len(line)
            self._kept.append(line)

    def flush(self) -> None:
        """Create the file if that can be done by now, and hand over everything."""
        if self._file is None:
            with contextlib.suppress(JournalError):
                self._file = JournalFile(self._wanted, self._first)
                for line in self._kept:
                    self._file.write(line)
                self._kept.clear()
        if self._file is not None:
            self._file.flush()

    def sync(self) -> None:
        """As that of the file."""
        if self._file is not None:
            self._file.sync()

    def close(self) -> None:
        """As that of the file."""
        if self._file is not None:
            self._file.close()


def file_or_waiting(path: Path, first: str) -> JournalFile | WaitingJournalFile:
    """A journal that can be written, or one that may be before long.

    Raises:
        JournalError: it can never be
    """
    try:
        return JournalFile(path, first)
    except JournalError as error:
        cause = error.__cause__
        if not isinstance(cause, OSError) or cause.errno not in PASSING:
            raise
        return WaitingJournalFile(path, first, trouble_of(path, cause))

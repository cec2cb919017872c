"""The journal on disk: created for its owner only, appended to, never overwritten, never in the way of a session.

A line is acknowledged when the disk has said that it would outlive a power cut; a live session asks it each second.
What the disk does not take is kept and offered again at the next flush, from the very byte where it stopped: a disk
that is full for a minute leaves no broken line. Trouble is a sentence to be shown once, not an exception.
"""

import contextlib
import errno
import os
import queue
import threading
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from cadencecoach.devices.journal_place import create, reopened, sync
from cadencecoach.errors import JournalError

MAX_PENDING_BYTES = 16_000_000  # more than 20 hours of a session; beyond it new lines are dropped, whole
MAX_BYTES = 64_000_000  # of a journal to be read, at 1 MB an hour of a foot pod: more would fill memory and patience
WRITE_AT_BYTES = 64_000  # a rehearsal writes in gulps
# What may pass while a session runs: a disk that is full, read-only or not ours to write.
PASSING = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO}


class JournalWriter(Protocol):
    """Where a session writes its lines.

    Attributes:
        path: where they really go
        trouble: what went wrong first, for a person to read; None while all is well
        n_acknowledged: lines written so far that would outlive a power cut, the first one not counted
    """

    @property
    def path(self) -> Path: ...  # noqa: D102  # the class says it

    @property
    def n_acknowledged(self) -> int: ...  # noqa: D102

    @property
    def trouble(self) -> str | None: ...  # noqa: D102

    def write(self, line: str) -> None:
        """Take one line, without its line break."""

    def flush(self) -> None:
        """Hand everything taken so far to the system; to be called each second."""

    def close(self) -> None:
        """Hand over the rest and let go of the file; a second call does nothing."""


class JournalFile:
    """A journal written in the caller's own time. For rehearsals, and inside `LiveJournalFile`.

    A file of that name is left alone: `run.jsonl` becomes `run-2.jsonl`, and `path` says so. What is no plain file
    (`/dev/null`, a pipe) is written to as it is.
    """

    def __init__(self, path: Path, first: str = "") -> None:
        """Create the file, and folders on the way.

        Args:
            path: where to
            first: the first line, without its line break; no journal is ever seen without it
        Raises:
            JournalError: it cannot be created
        """
        try:
            self.path, fd = create(path, _encoded(first) if first else b"")
        except OSError as error:
            raise JournalError(f"the journal {path} cannot be written: {error.strerror or error}") from error
        self._fd: int | None = fd
        self.trouble: str | None = None
        self._pending = bytearray()
        self._n_taken = self.n_acknowledged = 0

    def write(self, line: str) -> None:
        """Take one line, without its line break."""
        if len(self._pending) >= MAX_PENDING_BYTES:
            return
        self._n_taken += 1
        self._pending += _encoded(line)
        if len(self._pending) >= WRITE_AT_BYTES and self.trouble is None:
            self.flush()

    def flush(self) -> None:
        """Hand everything taken so far to the system; what it refuses is kept for the next time."""
        try:
            while self._pending and self._fd is not None:
                del self._pending[: os.write(self._fd, self._pending)]
        except OSError as error:
            self._complain(error)

    def sync(self) -> None:
        """Wait until what was flushed would outlive a power cut: it is acknowledged then."""
        try:
            if self._fd is not None:
                sync(self._fd)
                self.n_acknowledged = self.n_acknowledged if self._pending else self._n_taken
        except OSError as error:
            self._complain(error)

    def close(self) -> None:
        """Flush and let go of the file; a second call does nothing."""
        if self._fd is None:
            return
        self.flush()
        fd, self._fd = self._fd, None
        try:
            os.close(fd)
        except OSError as error:  # some network disks say only now that they are full
            self._complain(error)

    def _complain(self, error: OSError) -> None:
        if self.trouble is None:
            self.trouble = _trouble(self.path, error)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


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


class LiveJournalFile:
    """A journal written by a thread of its own, so that a slow disk never holds up the session.

    Threads: every method is for the session's thread; none of them waits for the disk but `close`.
    """

    def __init__(self, path: Path, first: str = "", *, close_within_s: float = 5.0) -> None:
        """Create the file and start the writer. A disk that is full or read-only is a trouble, and may pass.

        Args:
            path: as for `JournalFile`
            first: the same
            close_within_s: how long `close` waits for a disk that does not answer
        Raises:
            JournalError: the name is none that a file could have
        """
        self._file = _file_or_waiting(path, first)
        self._close_within_s = close_within_s
        self._late: str | None = None
        self._orders: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._writer = threading.Thread(target=_serve, args=(self._file, self._orders), name="journal", daemon=True)
        self._writer.start()

    @property
    def path(self) -> Path:
        """Where the lines really go."""
        return self._file.path

    @property
    def trouble(self) -> str | None:
        """What went wrong first; None while all is well."""
        return self._late or self._file.trouble

    @property
    def n_acknowledged(self) -> int:
        """Lines that would outlive a power cut."""
        return self._file.n_acknowledged

    def write(self, line: str) -> None:
        """Take one line, without its line break."""
        self._orders.put(line)

    def flush(self) -> None:
        """Have everything taken so far written and synced, some moment soon."""
        self._orders.put(_FLUSH)

    def close(self) -> None:
        """Wait for the writer to finish, but not for ever; a second call does nothing."""
        self._orders.put(None)
        self._writer.join(self._close_within_s)
        if self._writer.is_alive():
            self._late = f"the journal's last lines may be missing: the disk does not answer ({self.path})"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


def end_broken(path: Path, *, n_whole_bytes: int, line: str) -> None:
    """Give a journal that broke off its last line; what is torn after its whole lines is cut off.

    Args:
        path: the journal
        n_whole_bytes: length of its whole lines
        line: the last one, without its line break
    Raises:
        JournalError: it may not be written, or is being written now
    """
    try:
        with reopened(path) as fd:
            os.ftruncate(fd, n_whole_bytes)
            os.lseek(fd, n_whole_bytes - 1, os.SEEK_SET)
            is_broken = os.read(fd, 1) != b"\n"
            os.write(fd, (b"\n" if is_broken else b"") + _encoded(line))
            sync(fd)
    except OSError as error:
        raise JournalError(f"{path} cannot be finished: {error.strerror or error}") from error


def journal_lines(path: Path, *, limit_bytes: int = 1_000_001) -> Iterator[bytes]:
    """The lines of a journal file as bytes, each cut at `limit_bytes`, so that no file can fill the memory.

    Raises:
        JournalError: it cannot be opened or read, or it is larger than any session
    """
    try:
        with path.open("rb") as file:
            _check_size(path, os.fstat(file.fileno()).st_size)
            while line := file.readline(limit_bytes):
                yield line
    except OSError as error:
        raise JournalError(f"{path} cannot be read: {error.strerror or error}") from error


def _check_size(path: Path, n_bytes: int) -> None:
    if n_bytes > MAX_BYTES:
        size = f"{n_bytes / 1e6:.0f} MB"
        raise JournalError(
            f"{path}: {size}; journals of up to {MAX_BYTES / 1e6:.0f} MB are read, two days of a session"
        )


_FLUSH = ""  # no line of JSON is empty


def _serve(file: JournalFile | WaitingJournalFile, orders: "queue.SimpleQueue[str | None]") -> None:
    """The writer's life: lines in, until None comes."""
    while (order := orders.get()) is not None:
        if order == _FLUSH:
            file.flush()
            file.sync()
        else:
            file.write(order)
    file.flush()
    file.sync()
    file.close()


def _file_or_waiting(path: Path, first: str) -> JournalFile | WaitingJournalFile:
    try:
        return JournalFile(path, first)
    except JournalError as error:
        cause = error.__cause__
        if not isinstance(cause, OSError) or cause.errno not in PASSING:
            raise
        return WaitingJournalFile(path, first, _trouble(path, cause))


def _trouble(path: Path, error: OSError) -> str:
    return f"the journal is not being written: {error.strerror or error} ({path})"


def _encoded(line: str) -> bytes:
    return line.encode("utf-8", "backslashreplace") + b"\n"

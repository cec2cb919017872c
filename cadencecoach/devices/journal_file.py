"""The journal on disk: created for its owner only, appended to, never overwritten, never in the way of a session.

What the disk does not take is kept and offered again at the next flush, from the very byte where it stopped: a disk
that is full for a minute leaves no broken line. Trouble is a sentence to be shown once, not an exception.
"""

import errno
import os
import queue
import stat
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Final, Protocol, Self

from cadencecoach.errors import JournalError

OWNER_ONLY = 0o600  # a record of somebody's health
MAX_PENDING_BYTES = 16_000_000  # more than 20 hours of a session; beyond it new lines are dropped, whole
WRITE_AT_BYTES = 64_000  # a rehearsal writes in gulps
MAX_NAMES = 1000
_APPEND: Final = os.O_WRONLY | os.O_APPEND | getattr(os, "O_BINARY", 0)
_NO_WAIT: Final = getattr(os, "O_NONBLOCK", 0)
_CREATE: Final = _APPEND | os.O_CREAT | os.O_EXCL


class JournalWriter(Protocol):
    """Where a session writes its lines.

    Attributes:
        path: where they really go
        trouble: what went wrong first, for a person to read; None while all is well
    """

    @property
    def path(self) -> Path: ...  # noqa: D102  # the class says it

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

    def __init__(self, path: Path) -> None:
        """Create the file, and folders on the way.

        Raises:
            JournalError: it cannot be created
        """
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            self.path, self._fd = _created(path)
        except OSError as error:
            raise JournalError(f"the journal {path} cannot be written: {error.strerror or error}") from error
        self.trouble: str | None = None
        self._pending = bytearray()

    def write(self, line: str) -> None:
        """Take one line, without its line break."""
        if len(self._pending) >= MAX_PENDING_BYTES:
            return
        self._pending += line.encode("utf-8", "backslashreplace") + b"\n"
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
        """Wait until what was flushed would outlive a power cut."""
        try:
            if self._fd is not None:
                os.fsync(self._fd)
        except OSError as error:
            if error.errno not in {errno.EINVAL, errno.ENOTSUP, errno.EROFS}:  # pipes and terminals cannot be synced
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
            self.trouble = f"the journal is not being written: {error.strerror or error} ({self.path})"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


class LiveJournalFile:
    """A journal written by a thread of its own, so that a slow disk never holds up the session.

    Threads: every method is for the session's thread; none of them waits for the disk but `close`.
    """

    def __init__(self, path: Path, *, close_within_s: float = 5.0) -> None:
        """Create the file and start the writer.

        Args:
            path: as for `JournalFile`
            close_within_s: how long `close` waits for a disk that does not answer
        Raises:
            JournalError: it cannot be created
        """
        self._file = JournalFile(path)
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


def journal_lines(path: Path, *, limit_bytes: int = 1_000_001) -> Iterator[bytes]:
    """The lines of a journal file as bytes, each cut at `limit_bytes`, so that no file can fill the memory.

    Raises:
        JournalError: it cannot be opened or read
    """
    try:
        with path.open("rb") as file:
            while line := file.readline(limit_bytes):
                yield line
    except OSError as error:
        raise JournalError(f"{path} cannot be read: {error.strerror or error}") from error


_FLUSH = ""  # no line of JSON is empty


def _serve(file: JournalFile, orders: "queue.SimpleQueue[str | None]") -> None:
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


def _created(path: Path) -> tuple[Path, int | None]:
    """A name that was free, or something that is no plain file, opened for appending."""
    if path.exists() and not stat.S_ISREG(path.stat().st_mode):
        return path, _opened_device(path)
    for n in range(1, MAX_NAMES):
        name = path if n == 1 else path.with_stem(f"{path.stem}-{n}")
        try:
            return name, os.open(name, _CREATE, OWNER_ONLY)
        except FileExistsError:
            continue
    raise OSError(errno.EEXIST, f"there are {MAX_NAMES} files of this name")


def _opened_device(path: Path) -> int:
    """Something that is no plain file. A pipe nobody reads is an error now, not a wait for ever."""
    fd = os.open(path, _APPEND | _NO_WAIT)
    if sys.platform != "win32":
        os.set_blocking(fd, True)
    return fd

"""The journal on disk: created for its owner only, appended to, never overwritten, never in the way of a session.

A line is acknowledged when the disk has said that it would outlive a power cut; a live session asks it each second.
What the disk does not take is kept and offered again at the next flush, from the very byte where it stopped: a disk
that is full for a minute leaves no broken line. Trouble is a sentence to be shown once, not an exception.
"""

import os
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from cadencecoach.devices.journal.place import Whole, create, reopen_for_more, sync, write_first
from cadencecoach.devices.output_file import OpenedOutput
from cadencecoach.errors import JournalError, UsageError

MAX_PENDING_BYTES = 16_000_000  # more than 20 hours of a session; beyond it new lines are dropped, whole
WRITE_AT_BYTES = 64_000  # a rehearsal writes in gulps


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
    """A journal written in the caller's own time. For rehearsals, and inside `live.LiveJournalFile`.

    A file of that name is left alone: `run.jsonl` becomes `run-2.jsonl`, and `path` says so. What is no plain file
    (`/dev/null`, a pipe) is written to as it is.
    """

    def __init__(
        self, path: Path, first: str = "", in_place: OpenedOutput | None = None, *, going_on: Whole | None = None
    ) -> None:
        """Create the file, and folders on the way.

        Args:
            path: where to
            first: the first line, without its line break; no journal is ever seen without it
            in_place: of a file that is there, which stays until this one is closed and whole; None takes a free name
            going_on: of a journal that is there and is written on, so far as its lines are whole
        Raises:
            JournalError: it cannot be created
        """
        self._in_place = in_place
        content = line_bytes(first) if first else b""
        try:
            if going_on is not None:
                self._path, fd = path, reopen_for_more(path, going_on)
            else:
                self._path, fd = (
                    create(path, content) if in_place is None else (path, write_first(in_place.fd, content))
                )
        except OSError as error:
            raise JournalError(f"the journal {path} cannot be written: {error.strerror or error}") from error
        self._fd: int | None = fd
        self.trouble: str | None = None
        self._pending = bytearray()
        self._n_taken = self.n_acknowledged = 0

    @property
    def path(self) -> Path:
        """Where it is; while another file has its name, the draft beside that."""
        return self._path if self._in_place is None else self._in_place.path

    def write(self, line: str) -> None:
        """Take one line, without its line break."""
        if len(self._pending) >= MAX_PENDING_BYTES:
            return
        self._n_taken += 1
        self._pending += line_bytes(line)
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
        if self._in_place is not None:
            self._settle(self._in_place)

    def _settle(self, draft: OpenedOutput) -> None:
        """Give the draft its name; one that lacks lines goes, and the file that was there stays."""
        if self.trouble is not None:
            draft.drop()
            return
        try:
            draft.keep()
        except UsageError as error:
            self.trouble = str(error)

    def _complain(self, error: OSError) -> None:
        if self.trouble is None:
            self.trouble = trouble_of(self._path, error)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


def trouble_of(path: Path, error: OSError) -> str:
    """What a person is told of a disk that does not take the lines."""
    return f"the journal is not being written: {error.strerror or error} ({path})"


def line_bytes(line: str) -> bytes:
    """A line as it stands on the disk."""
    return line.encode("utf-8", "backslashreplace") + b"\n"

"""The journal of a live session: written by a thread of its own, which alone waits for a slow disk."""

import queue
import threading
from pathlib import Path
from types import TracebackType
from typing import Self

from cadencecoach.devices.journal.file import JournalFile
from cadencecoach.devices.journal.place import Whole
from cadencecoach.devices.journal.waiting import WaitingJournalFile, file_or_waiting

_FLUSH = ""  # no line of JSON is empty


class LiveJournalFile:
    """A journal written by a thread of its own, so that a slow disk never holds up the session.

    Threads: every method is for the session's thread; none of them waits for the disk but `close`.
    """

    def __init__(
        self, path: Path, first: str = "", *, close_within_s: float = 5.0, going_on: Whole | None = None
    ) -> None:
        """Create the file and start the writer. A disk that is full or read-only is a trouble, and may pass.

        Args:
            path: as for `JournalFile`
            first: the same
            going_on: as for `JournalFile`: then it is refused where it cannot be written at once
            close_within_s: how long `close` waits for a disk that does not answer
        Raises:
            JournalError: the name is none that a file could have
        """
        self._file = file_or_waiting(path, first) if going_on is None else JournalFile(path, going_on=going_on)
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
        if self._late is not None:
            return  # a disk that was given up is not waited for once more
        self._orders.put(None)
        self._writer.join(self._close_within_s)
        if self._writer.is_alive():
            self._late = f"the journal's last lines may be missing: the disk does not answer ({self.path})"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


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

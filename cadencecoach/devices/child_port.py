"""A process of ours that speaks by itself, as its parent sees it: its words wait to be taken, and its end is told."""

import threading
from collections import deque
from collections.abc import Callable
from typing import Final, Generic, TypeVar

from cadencecoach.devices.child import Child

Word = TypeVar("Word")

MOST_WAITING: Final = 2000  # of what it says; the oldest goes
END_WITHIN_S: Final = 2.0


class ChildPort(Generic[Word]):
    """The process, and what has come from it.

    Threads: all methods are for one thread; another one fills what they look at, and calls `ring`.

    Args:
        life: of the process, as of `Child`
        values: what its life begins with
        ended: said after its last word, however it ended
    """

    def __init__(self, life: Callable[..., None], *values: object, ended: Word) -> None:
        """Start it.

        Raises:
            OSError: the system starts no more processes
        """
        self._child = Child(life, *values)
        self._ended = ended
        self._words: deque[Word] = deque(maxlen=MOST_WAITING)
        self._bell = threading.Event()
        self._ring: Callable[[], None] = lambda: None
        self._reading = threading.Thread(target=self._read, daemon=True, name="words of a process")
        self._reading.start()

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._child.pid

    def ring_with(self, ring: Callable[[], None]) -> None:
        """Call this, from another thread, whenever something has come."""
        self._ring = ring

    def peek(self) -> Word | None:
        """The oldest word that has not been taken, left where it is; None where there is none. Never waits."""
        return self._words[0] if self._words else None

    def take(self) -> Word | None:
        """The same, taken."""
        return self._words.popleft() if self._words else None

    def wait(self, seconds: float) -> Word | None:
        """The same, waited for no longer than this."""
        if not self._words and self._bell.wait(seconds):
            self._bell.clear()
        return self.take()

    def close(self) -> None:
        """End it; a second call does nothing."""
        self._child.kill()
        self._reading.join(END_WITHIN_S)
        self._child.pipe.close()

    def _read(self) -> None:
        try:
            while True:
                self._tell(self._child.pipe.recv())
        except Exception:  # noqa: BLE001  # the end of the pipe, or half a word
            self._tell(self._ended)

    def _tell(self, word: Word) -> None:
        self._words.append(word)
        self._bell.set()
        self._ring()

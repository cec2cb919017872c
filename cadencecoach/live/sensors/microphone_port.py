"""A process that listens, as its parent sees it: opened, heard, told of clicks, ended."""

import threading
from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cadencecoach.devices.child import Child
from cadencecoach.errors import DeviceError, Reason
from cadencecoach.live.sensors.microphone_child import Deaf, Heard, Listening, listen

if TYPE_CHECKING:
    from collections.abc import Callable

OPENS_WITHIN_S = 15.0


@dataclass(frozen=True, slots=True)
class Gone:
    """The process has ended."""


Word = Listening | Deaf | Heard | Gone


class MicrophonePort:
    """A process that listens, as its parent sees it.

    Threads: all methods are for one thread; `ring` is called by another after each word.
    """

    def __init__(self, words: str) -> None:
        """Start it.

        Args:
            words: a part of the microphone's name; empty is the system's own
        Raises:
            OSError: the system starts no more processes
        """
        self._words: deque[Word] = deque()
        self._bell = threading.Event()
        self.ring: Callable[[], None] = lambda: None
        self._child = Child(listen, words)
        threading.Thread(target=self._read, name="microphone", daemon=True).start()

    def take(self) -> Word | None:
        """The oldest word that has not been taken; None where there is none. Never waits."""
        return self._words.popleft() if self._words else None

    def wait(self, seconds: float) -> Word | None:
        """The same, waited for."""
        if not self._words and self._bell.wait(seconds):
            self._bell.clear()
        return self.take()

    def play(self, host_times_s: list[float]) -> None:
        """Tell when clicks were played."""
        with suppress(OSError):  # it is gone, and says so
            self._child.pipe.send(host_times_s)

    def close(self) -> None:
        """End it."""
        self._child.kill()
        self._child.pipe.close()

    def _read(self) -> None:
        try:
            while True:
                self._tell(self._child.pipe.recv())
        except Exception:  # noqa: BLE001  # the end of the pipe, or half a word
            self._tell(Gone())

    def _tell(self, word: Word) -> None:
        self._words.append(word)
        self._bell.set()
        self.ring()


def open_port(words: str) -> tuple[MicrophonePort, Listening]:
    """A process that listens, and what with.

    Args:
        words: a part of the microphone's name; empty is the system's own
    Raises:
        DeviceError: no such microphone, or it cannot be opened
    """
    try:
        port = MicrophonePort(words)
    except OSError as error:
        raise DeviceError(f"the microphone cannot be opened: {error.strerror or error}", Reason.BUSY) from error
    word = port.wait(OPENS_WITHIN_S)
    if isinstance(word, Listening):
        return port, word
    port.close()
    if isinstance(word, Deaf):
        raise DeviceError(word.message, word.reason)
    raise DeviceError("the microphone does not answer", Reason.NOT_RESPONDING)

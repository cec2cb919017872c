"""Requests to stop: Ctrl-C, a closed terminal, a shutting-down system. They set a flag; the session ends in order."""

import signal
from types import FrameType, TracebackType
from typing import Any, Self


class StopRequests:
    """While entered, the first request to stop only sets `is_set`; a second Ctrl-C interrupts at once.

    Threads: enter and leave in the main thread.
    """

    def __init__(self) -> None:
        """Nobody has asked yet."""
        self.is_set = False
        self._before: dict[int, Any] = {}

    def __enter__(self) -> Self:
        for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK"):  # not every system has them all
            number = getattr(signal, name, None)
            is_nohup = name == "SIGHUP" and number is not None and signal.getsignal(number) is signal.SIG_IGN
            if number is not None and not is_nohup:  # a program started with `nohup` outlives its terminal
                self._before[number] = signal.signal(number, self._note_request)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _note_request(self, number: int, frame: FrameType | None) -> None:
        if self.is_set and number == signal.SIGINT:
            signal.default_int_handler(number, frame)
        self.is_set = True


class Interrupts:
    """While entered, Ctrl-C is only counted, and any other request to end says to leave everything as it is.

    Threads: enter and leave in the main thread.

    Attributes:
        n: how often Ctrl-C was pressed
        is_leaving: the terminal was closed, or the system shuts down
    """

    def __init__(self) -> None:
        """Nobody has asked yet."""
        self.n, self.is_leaving = 0, False
        self._before: dict[int, Any] = {}

    def __enter__(self) -> Self:
        for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK"):  # not every system has them all
            number = getattr(signal, name, None)
            is_nohup = name == "SIGHUP" and number is not None and signal.getsignal(number) is signal.SIG_IGN
            if number is not None and not is_nohup:
                self._before[number] = signal.signal(number, self._note)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _note(self, number: int, _: FrameType | None) -> None:
        if number == signal.SIGINT:
            self.n += 1
        else:
            self.is_leaving = True

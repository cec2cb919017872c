"""One of our own commands for somebody else: it runs beside, and what it prints is read line by line."""

import queue
import subprocess
import threading
from collections.abc import Sequence
from contextlib import suppress
from typing import Final

from cadencecoach.devices.own_command import OwnCommand

MAX_LINES: Final = 256  # that wait to be read; older ones give way
END_S: Final = 5.0


class CommandLines(OwnCommand):
    """A command on its way. It must end by itself in a while: nothing ends it when we are killed.

    Threads: `next` is for one; `end` for any.
    """

    def __init__(self, words: Sequence[str]) -> None:
        """Start it, in a session of its own: it hears no Ctrl-C of ours.

        Args:
            words: of the command line, without the program's name
        """
        super().__init__(words, {"PYTHONUNBUFFERED": "1", "PYTHONIOENCODING": "utf-8"}, is_read=True)
        self._lines: queue.Queue[str | None] = queue.Queue()
        threading.Thread(target=self._read, name="lines", daemon=True).start()

    def next(self, within_s: float) -> str | None:
        """The next line without its end; empty where none came in time, None once the command is over."""
        try:
            line = self._lines.get(timeout=within_s)
        except queue.Empty:
            return ""
        if line is None:
            self._lines.put(None)  # whoever asks again is told again
        return line

    def end(self) -> None:
        """End it, as Ctrl-C would; it parts from its sensors."""
        with suppress(OSError):
            self._process.terminate()
        try:
            self._process.wait(END_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(END_S)

    def _read(self) -> None:
        stream = self._process.stdout
        assert stream is not None
        with suppress(OSError, ValueError), stream:
            for line in stream:
                if self._lines.qsize() >= MAX_LINES:
                    with suppress(queue.Empty):
                        self._lines.get_nowait()
                self._lines.put(line.rstrip("\n"))
        self._process.wait()
        self._lines.put(None)

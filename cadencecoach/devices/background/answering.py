"""Questions answered in a process of its own: what somebody has sent may take long to look at, or too long."""

import threading
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any, Final, TypeVar

from cadencecoach.devices.background.process import follow_parent, step_back
from cadencecoach.errors import CadencecoachError, UsageError

T = TypeVar("T")

WITHIN_S: Final = 30.0  # with the start of the process, which a busy computer puts behind everything else
IDLE_S: Final = 120.0  # then the process goes; the next question starts another
END_S: Final = 1.0
TOO_LONG: Final = "it takes too long to read; is it what it should be?"


class Answerer:
    """One process, started when it is needed. Questions wait for each other.

    Threads: any may ask.

    Attributes:
        within_s: an answer that takes longer is given up
    """

    def __init__(self, within_s: float = WITHIN_S, idle_s: float = IDLE_S) -> None:
        """Start nothing yet.

        Args:
            within_s: an answer that takes longer is given up
            idle_s: the process ends after so long without a question
        """
        self.within_s, self._idle_s = within_s, idle_s
        self._lock = threading.Lock()
        self._process: Any = None
        self._pipe: Any = None

    def ask(self, function: Callable[..., T], *given: object) -> T:
        """The value of a function, which stands at the top of a module.

        Raises:
            UsageError: it took too long, or its process was ended
            CadencecoachError: whatever it raised
        """
        with self._lock:
            for _ in range(2):  # the process may have gone just now, since nobody had asked for a while
                if self._process is None:
                    self._begin()
                try:
                    self._pipe.send((function, given))
                    if not self._pipe.poll(self.within_s):
                        self._end()
                        raise UsageError(TOO_LONG)
                    error, value = self._pipe.recv()
                except (EOFError, OSError):
                    self._end()
                    continue
                if error is not None:
                    raise error
                return value  # type: ignore[no-any-return]  # what the function gives
            raise UsageError("it could not be read: the process that reads it was ended")

    def close(self) -> None:
        """End the process."""
        with self._lock:
            self._end()

    def _begin(self) -> None:
        context = get_context("spawn")
        self._pipe, childs_end = context.Pipe()
        self._process = context.Process(
            target=answer_questions, args=(childs_end, self._idle_s), name="cadencecoach-answers", daemon=True
        )
        self._process.start()
        childs_end.close()

    def _end(self) -> None:
        if self._process is None:
            return
        self._process.kill()
        self._process.join(END_S)
        self._pipe.close()
        self._process = None


def answer_questions(pipe: Connection, idle_s: float) -> None:
    """Live the life of such a process.

    It steps back once it has been asked: what the first question imports is as urgent as the start of any program, and
    behind everything else a busy computer would take minutes over it.
    """
    follow_parent()
    has_stepped_back = False
    with suppress(EOFError, OSError):
        while pipe.poll(idle_s):
            function, given = pipe.recv()
            if not has_stepped_back:
                step_back()
                has_stepped_back = True
            try:
                pipe.send((None, function(*given)))
            except CadencecoachError as error:
                pipe.send((error, None))
            except Exception as error:  # noqa: BLE001  # whatever it is, somebody waits for an answer
                pipe.send((UsageError(f"unexpected error ({type(error).__name__}: {error})"), None))

"""A piece of work in a process of its own: behind all others, ended at once, and never left over.

It may take as long as it likes, and use what memory and disk it is allowed; the process that asked only looks now and
then how far it is. When that process goes, however it ends, the work ends too.
"""

import os
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import connection, get_context, parent_process
from multiprocessing.connection import Connection
from typing import Any, Final

from cadencecoach.errors import CadencecoachError

TellRatio = Callable[[float], None]  # how far it is, 0 to 1
Work = Callable[..., None]  # at the top of a module; called with a `TellRatio`, then what it is given

MAX_FILE_BYTES: Final = 1_000_000_000
LEAST_STEP: Final = 0.005  # smaller steps of the ratio are not worth a message
END_S: Final = 1.0
NICE: Final = 10
_BELOW_NORMAL: Final = 0x4000  # a priority class of Windows


class WorkProcess:
    """A piece of work that goes on.

    Attributes:
        ratio: how far it is, as of the last look
        is_over: it is done, or has failed
        wrong: why it has failed; empty while it has not
    """

    def __init__(self, work: Work, *given: object) -> None:
        """Start it.

        Args:
            work: a function at the top of a module
            given: what it is called with, after the function it tells how far it is
        """
        self.ratio, self.is_over, self.wrong = 0.0, False, ""
        context = get_context("spawn")
        self._pipe, childs_end = context.Pipe(duplex=False)
        self._process: Any = context.Process(
            target=_do, args=(childs_end, work, given), name="cadencecoach-work", daemon=True
        )
        self._process.start()
        childs_end.close()

    def look(self) -> None:
        """Take note of what it has told."""
        try:
            while not self.is_over and self._pipe.poll(0):
                self._note(*self._pipe.recv())
        except (EOFError, OSError):
            self._note("wrong", "it was ended from outside")

    def end(self) -> None:
        """End it now; nothing is asked of it."""
        self._process.kill()
        self._process.join(END_S)
        self._pipe.close()

    def _note(self, what: str, value: Any) -> None:  # noqa: ANN401  # by what it tells
        match what:
            case "ratio":
                self.ratio = value
            case "done":
                self.ratio, self.is_over = 1.0, True
            case _:
                self.wrong, self.is_over = value, True


def _do(pipe: Connection, work: Work, given: tuple[object, ...]) -> None:
    """The life of the process."""
    follow_parent()
    step_back()
    told = 0.0

    def tell(ratio: float) -> None:
        nonlocal told
        if ratio - told >= LEAST_STEP:
            told = min(ratio, 1.0)
            pipe.send(("ratio", told))

    try:
        work(tell, *given)
    except CadencecoachError as error:
        pipe.send(("wrong", str(error)))
    except Exception as error:  # noqa: BLE001  # whatever it is, somebody waits for an answer
        pipe.send(("wrong", f"unexpected error ({type(error).__name__}: {error})"))
    else:
        pipe.send(("done", None))


def follow_parent() -> None:
    """End with the process that started this one, from now on."""
    threading.Thread(target=end_with_parent, name="parent", daemon=True).start()


def end_with_parent(clear: Callable[[], None] = lambda: None) -> None:
    """Wait until the process that started this one is gone, and end; an orphan would work for nobody.

    Args:
        clear: what is to be done first
    """
    parent = parent_process()
    assert parent is not None
    connection.wait([parent.sentinel])
    clear()
    os._exit(1)


def step_back() -> None:
    """Let everything else of this computer go first, and take no more of its disk than is allowed.

    A session of its own: it hears no Ctrl-C, and on Linux desktops, which share out time by sessions, only so its nice
    value counts beside a beat that another session plays.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415  # only there

        ctypes.windll.kernel32.SetPriorityClass(ctypes.windll.kernel32.GetCurrentProcess(), _BELOW_NORMAL)
        return
    import resource  # noqa: PLC0415  # not on every system

    with suppress(OSError):
        os.setsid()
    os.nice(NICE)
    if sys.platform == "linux":
        with suppress(OSError), open("/proc/self/autogroup", "w", encoding="ascii") as file:  # noqa: PTH123  # the system's
            file.write(str(NICE))
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_FSIZE, (MAX_FILE_BYTES, MAX_FILE_BYTES))

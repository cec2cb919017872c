"""The private folder of results that are made and fetched: gone with the process that made it, however that ends."""

import os
import shutil
import signal
import sys
import tempfile
import weakref
from contextlib import ExitStack
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Final, Self

from cadencecoach.devices.background.process import end_with_parent
from cadencecoach.devices.lock import is_marked, set_mark
from cadencecoach.devices.private_file import make_private_folder

PREFIX: Final = "results-"


class WorkFolder:
    """A folder of this process alone.

    It lies with what can be made again, on a disk: half an hour of sound is more than the memory that some systems give
    to temporary files. A process of its own removes it when this one is killed; what a power cut left is removed by the
    next one.

    Attributes:
        path: of the folder
    """

    def __init__(self, home: Path) -> None:
        """Make it.

        Args:
            home: the folder of such folders
        Raises:
            OSError: it cannot be made
        """
        make_private_folder(home)
        for one in home.glob(f"{PREFIX}*"):
            if not is_marked(one):
                shutil.rmtree(one, ignore_errors=True)
        self.path = Path(tempfile.mkdtemp(dir=home, prefix=PREFIX))  # mode 0700
        stack = ExitStack()
        stack.enter_context(set_mark(self.path))
        guard: Any = get_context("spawn").Process(
            target=_guard, args=(self.path,), name="cadencecoach-clear", daemon=True
        )
        guard.start()
        self.close = weakref.finalize(self, _close, self.path, stack, guard)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _close(path: Path, stack: ExitStack, guard: Any) -> None:  # noqa: ANN401  # a process
    shutil.rmtree(path, ignore_errors=True)
    stack.close()
    guard.kill()
    guard.join()


def _guard(path: Path) -> None:
    """The life of the process that outlives the other by a moment."""

    def clear(*_: object) -> None:
        shutil.rmtree(path, ignore_errors=True)
        os._exit(0)

    for name in ("SIGINT", "SIGHUP"):  # of a terminal that is closed; the end of the other is what counts
        number = getattr(signal, name, None)
        if number is not None:
            signal.signal(number, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, clear)
    if sys.platform != "win32":
        os.setsid()
    end_with_parent(clear)

"""Work done again and again beside what a program does."""

import contextlib
import threading
from collections.abc import Callable, Iterator


@contextlib.contextmanager
def repeating(work: Callable[[], object], every_s: float, *, name: str) -> Iterator[None]:
    """Do it every so often meanwhile, in a thread of its own: nobody waits for it, also not at the end.

    Args:
        work: what is done; an exception of it ends the thread
        every_s: from the end of one time to the beginning of the next, and before the first
        name: of the thread
    """
    ended = threading.Event()

    def repeat() -> None:
        while not ended.wait(every_s):
            work()

    threading.Thread(target=repeat, daemon=True, name=name).start()
    try:
        yield
    finally:
        ended.set()

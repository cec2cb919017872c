"""Several processors at one piece of work. It takes time to load."""

import signal
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import cpu_count, current_process, get_context
from typing import TypeVar

Item = TypeVar("Item")
Answer = TypeVar("Answer")

MOST_PROCESSES = 4  # with more of them the disk is what takes the time
AT_ONCE = 5  # items handed over in one go


def map_side_by_side(
    function: Callable[[Item], Answer], items: Sequence[Item], *, n_processes: int | None = None
) -> Generator[Answer]:
    """What a function makes of each item, in their order; this process does what others do not deliver.

    Args:
        function: at the top of a module, so that another process finds it
        items: what it is given
        n_processes: None is one for each processor, up to a few
    """
    n_done = 0
    if current_process().daemon:  # it may start none, and is one of several at work as it is
        yield from map(function, items)
        return
    try:
        # Not forked: a process of ours may have threads by then.
        pool = ProcessPoolExecutor(
            n_processes or min(cpu_count(), MOST_PROCESSES),
            mp_context=get_context("spawn"),
            initializer=_leave_interrupts,
        )
        try:
            for answer in pool.map(function, items, chunksize=AT_ONCE):
                yield answer
                n_done += 1
        finally:
            pool.shutdown(cancel_futures=True)
    except (BrokenProcessPool, OSError, ImportError, NotImplementedError):  # none may be started, or one was ended
        yield from map(function, items[n_done:])


def _leave_interrupts() -> None:
    """Ctrl-C is for the process that asked; it ends the others."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)

"""Many journals read into rows of the index, by several processors at once. It takes time to load."""

import signal
from collections.abc import Generator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import cpu_count, get_context
from pathlib import Path

from cadencecoach.store.rows_read import Values, read_in_turn, values_at

MOST_PROCESSES = 4  # with more of them the disk and the table are what takes the time
AT_ONCE = 5  # journals handed over in one go


def read_side_by_side(paths: Sequence[Path], *, n_processes: int | None = None) -> Generator[Values]:
    """Journals in their order; those that other processes do not deliver are read by this one.

    Args:
        paths: of the journals
        n_processes: None is one for each processor, up to a few
    """
    n_done = 0
    try:
        # Not forked: a process of ours may have threads by then.
        pool = ProcessPoolExecutor(
            n_processes or min(cpu_count(), MOST_PROCESSES),
            mp_context=get_context("spawn"),
            initializer=_leave_interrupts,
        )
        try:
            for values in pool.map(values_at, paths, chunksize=AT_ONCE):
                yield values
                n_done += 1
        finally:
            pool.shutdown(cancel_futures=True)
    except (BrokenProcessPool, OSError, ImportError, NotImplementedError):  # none may be started, or one was ended
        yield from read_in_turn(paths[n_done:])


def _leave_interrupts() -> None:
    """Ctrl-C is for the process that asked; it ends the others."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)

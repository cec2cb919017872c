"""Questions answered by a few processes at once, each within its time: one that hangs or dies costs its question.

Unlike `processors`, which shares out work of our own, this is for what others have made: a file may be built to crash
whoever reads it, or to keep them reading.
"""

import time
from collections.abc import Callable, Generator, Iterable
from multiprocessing import connection, cpu_count, get_context
from typing import Any, Final, TypeVar

from cadencecoach.devices.background.answering import answer_questions
from cadencecoach.errors import CadencecoachError, UsageError

Item = TypeVar("Item")
Answer = TypeVar("Answer")

MOST_PROCESSES: Final = 4
END_S: Final = 1.0
IDLE_S: Final = 3600.0  # they are ended when nothing is left to ask


class _Worker:
    """One process, and what it was asked."""

    def __init__(self) -> None:
        """Start it."""
        context = get_context("spawn")
        self.pipe, childs_end = context.Pipe()
        self._process: Any = context.Process(
            target=answer_questions, args=(childs_end, IDLE_S), name="cadencecoach-answers", daemon=True
        )
        self._process.start()
        childs_end.close()
        self.item: Any = None
        self.until_s = 0.0

    def ask(self, function: Callable[..., Any], item: Any, within_s: float) -> None:  # noqa: ANN401  # whatever is asked
        """Send a question."""
        self.item, self.until_s = item, time.monotonic() + within_s
        self.pipe.send((function, (item,)))

    def end(self) -> None:
        """End it at once."""
        self._process.kill()
        self._process.join(END_S)
        self.pipe.close()


def answers_side_by_side(
    function: Callable[[Item], Answer], items: Iterable[Item], *, within_s: float, n_processes: int | None = None
) -> Generator[tuple[Item, Answer | CadencecoachError]]:
    """What a function makes of each item, as it comes, with the item; or the error it raised.

    Closing the generator ends all processes.

    Args:
        function: at the top of a module
        items: asked for only when one of the processes is free
        within_s: an answer that takes longer is given up
        n_processes: None is one for each processor, up to a few
    """
    todo, workers, free = iter(items), list[_Worker](), list[_Worker]()
    n_most = n_processes or min(cpu_count(), MOST_PROCESSES)
    is_over = False
    try:
        while True:
            while not is_over and (free or len(workers) < n_most):
                try:
                    item = next(todo)
                except StopIteration:
                    is_over = True
                    break
                worker = free.pop() if free else _Worker()
                if worker not in workers:
                    workers.append(worker)
                worker.ask(function, item, within_s)
            busy = [worker for worker in workers if worker not in free]
            if not busy:
                return
            wait_s = max(0.0, min(worker.until_s for worker in busy) - time.monotonic())
            ready = connection.wait([worker.pipe for worker in busy], wait_s)
            for worker in busy:
                answer = _answer_of(worker, is_ready=worker.pipe in ready)
                if answer is None:
                    continue
                given, is_alive = answer
                if is_alive:
                    free.append(worker)
                else:
                    workers.remove(worker)
                    worker.end()
                yield worker.item, given
    finally:
        for worker in workers:
            worker.end()


def _answer_of(worker: _Worker, *, is_ready: bool) -> tuple[Any, bool] | None:
    """What a worker says, and whether it can be asked again; None while it has time left."""
    if is_ready:
        try:
            error, value = worker.pipe.recv()
        except (EOFError, OSError):
            return UsageError("the process that read it came to a sudden end; is it damaged?"), False
        return (value if error is None else error), True
    if time.monotonic() >= worker.until_s:
        return UsageError("it takes too long to read; is it what it should be?"), False
    return None

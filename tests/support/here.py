"""Workers that are this very process: for tests of what is done, not of who does it."""

from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Any

from cadencecoach.cohort.pool import Pool


class Here(Executor):
    """Does a job as it is handed over."""

    def submit(self, fn: Callable[..., Any], /, *args: object, **kwargs: object) -> Future[Any]:
        """Do it now."""
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except BaseException as error:  # noqa: BLE001  # as an executor hands it out
            future.set_exception(error)
        return future


POOL = Pool(Here, 1)

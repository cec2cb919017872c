"""Many pieces of work, on the processors here or on the workers of a Dask cluster; each comes back when it is done."""

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, CancelledError, Executor, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from multiprocessing import cpu_count, get_context
from typing import Any, Generic, TypeVar
from urllib.parse import urlsplit

from cadencecoach.devices.background.process import follow_parent, step_back
from cadencecoach.errors import CadencecoachError, UsageError

Job = TypeVar("Job")
Done = TypeVar("Done")
TRIES = 3  # of a job whose worker died; after that it is the job that kills them
AHEAD = 2  # jobs a worker has waiting, so that none stands still
CONNECT_S = 10.0
DIED = {"KilledWorker", "FutureCancelledError", "FuturesCancelledError", "CommClosedError"}  # as Dask tells it
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
TLS = "DASK_DISTRIBUTED__COMM__TLS__"
NO_CERTIFICATE = (
    f"Dask has no certificate of yours; set {TLS}CA_FILE, {TLS}CLIENT__CERT and {TLS}CLIENT__KEY to its files"
)
EXTRA = "--cluster needs Dask; in the folder of the program: uv tool install '.[research]'"


@dataclass(frozen=True, slots=True)
class Outcome(Generic[Job, Done]):
    """What came of a job.

    Attributes:
        job: it
        done: its value; None where there is none
        wrong: why not, in one line; empty where it is done
    """

    job: Job
    done: Done | None
    wrong: str = ""


class Pool:
    """Workers, here or elsewhere: `run` is the same for both.

    Attributes:
        n_workers: how many there were when it was opened
    """

    def __init__(self, open_executor: Callable[[], Executor], n_workers: int) -> None:
        """Start no work yet.

        Args:
            open_executor: makes one, again where it broke
            n_workers: how many it has
        """
        self.n_workers = n_workers
        self._open = open_executor

    def run(self, function: Callable[[Job], Done], jobs: Iterable[Job]) -> Generator[Outcome[Job, Done]]:
        """What a function makes of each job, in the order in which they are done.

        A job whose worker dies is tried again, and alone: where one process of a pool dies, all that ran in it is lost,
        and nothing says whose fault it was. One that has cost three workers is told as wrong, and the others go on.
        Closing the generator ends what waits.

        Args:
            function: at the top of a module
            jobs: taken as they are needed: never many at once
        """
        left = ((job, 1) for job in jobs)
        again: list[tuple[Job, int]] = []
        executor: Executor | None = None  # none is started where there is nothing to do
        running: dict[Future[Done], tuple[Job, int]] = {}
        try:
            while True:
                while job := self._next(left, again, running):
                    executor = executor or self._open()
                    running[executor.submit(function, job[0])] = job
                if not running:
                    return
                for future in wait(running, return_when=FIRST_COMPLETED).done:
                    one, n_tries = running.pop(future)
                    outcome = _outcome_of(one, future)
                    if outcome is None and n_tries < TRIES:
                        again.append((one, n_tries + 1))
                    else:
                        yield outcome or Outcome(one, None, f"its worker died {TRIES} times")
                if executor is not None and _is_broken(executor):
                    again += [(one, n_tries + 1) for one, n_tries in running.values()]
                    running.clear()
                    _end(executor)
                    executor = None
        finally:
            if executor is not None:
                for future in running:
                    future.cancel()
                _end(executor, is_idle=not running)

    def _next(
        self, left: Iterator[tuple[Job, int]], again: list[tuple[Job, int]], running: Mapping[Any, tuple[Job, int]]
    ) -> tuple[Job, int] | None:
        """The next job and which try it is; None while it has to wait, or where there is none."""
        if any(n_tries > 1 for _, n_tries in running.values()):
            return None
        if again:
            return None if running else again.pop()
        return None if len(running) >= self.n_workers + AHEAD else next(left, None)


def _end(executor: Executor, *, is_idle: bool = False) -> None:
    """End a pool without waiting for what it is at; one of Dask takes no more than that."""
    try:
        executor.shutdown(wait=is_idle, cancel_futures=True)
    except TypeError:
        executor.shutdown(wait=is_idle)


def _outcome_of(job: Job, future: Future[Done]) -> Outcome[Job, Done] | None:
    """What came of a job; None where its worker died, in whichever way its kind of pool tells that."""
    try:
        return Outcome(job, future.result())
    except CadencecoachError as error:
        return Outcome(job, None, str(error).partition("\n")[0])
    except Exception as error:
        if isinstance(error, BrokenProcessPool | CancelledError) or type(error).__name__ in DIED:
            return None
        raise


def _is_broken(executor: Executor) -> bool:
    """Whether a pool takes nothing any more: the one here does not once a process of it has died."""
    return bool(getattr(executor, "_broken", False))


@contextmanager
def open_pool(cluster: str | None, n_workers: int | None = None) -> Iterator[Pool]:
    """Workers for as long as the block lasts.

    Args:
        cluster: address of a Dask scheduler; None is a process for each processor here
        n_workers: of the processes here; None is one for each processor
    Raises:
        UsageError: Dask is not there, the address may not be used, or nobody answers there
    """
    if cluster is None:
        n_here = n_workers or cpu_count()

        def start() -> Executor:
            return ProcessPoolExecutor(n_here, mp_context=get_context("spawn"), initializer=_begin)

        yield Pool(start, n_here)
        return
    check_cluster(cluster)
    if find_spec("distributed") is None:
        raise UsageError(EXTRA)
    from distributed import Client  # noqa: PLC0415  # an extra

    try:
        client: Any = Client(cluster, timeout=CONNECT_S, set_as_default=False)  # type: ignore[no-untyped-call]
    except TypeError:
        raise UsageError(f"--cluster {cluster}: {NO_CERTIFICATE}") from None
    except (OSError, TimeoutError, ValueError) as error:
        raise UsageError(
            f"--cluster {cluster}: no scheduler answers there ({type(error).__name__}); is it running?"
        ) from None
    with client:
        n_there = len(client.scheduler_info(n_workers=-1)["workers"])
        if not n_there:
            raise UsageError(f"--cluster {cluster}: the scheduler has no workers; start some with `dask worker`")
        yield Pool(lambda: client.get_executor(pure=False, retries=TRIES), n_there)


def _begin() -> None:
    """The first thing a process here does: a beat on this computer comes before all of this."""
    follow_parent()
    step_back()


def check_cluster(address: str) -> None:
    """Refuse an address over which anybody on the way could run a program, or read what is sent.

    Raises:
        UsageError: it is neither tls:// nor on this computer
    """
    parts = urlsplit(address)
    try:
        is_whole = parts.scheme in {"tls", "tcp"} and parts.hostname is not None and parts.port is not None
    except ValueError:
        is_whole = False
    if not is_whole:
        raise UsageError(f"--cluster {address}: an address is tls://HOST:PORT, or tcp://127.0.0.1:PORT here")
    if parts.scheme != "tls" and parts.hostname not in LOOPBACK:
        raise UsageError(
            f"--cluster {address}: a scheduler runs whatever it is sent; over a network use tls://, "
            "and tcp:// on this computer alone"
        )

"""Workers of both kinds: all that is asked is done, whoever dies, and what cannot be done is told."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from each_row import each_row
from page_rig import signal_called
from pool_jobs import kill_its_worker, square

from cadencecoach.cohort.pool import check_cluster, open_pool
from cadencecoach.cohort.population.courses import Size
from cadencecoach.cohort.population.kept import kept_courses
from cadencecoach.errors import UsageError


@pytest.mark.slow
@pytest.mark.timeout(180)
def test_jobs_are_done_here_and_what_is_wrong_with_one_is_told() -> None:
    """In whichever order; the first line of what was wrong."""
    with open_pool(None, 2) as pool:
        outcomes = {one.job: (one.done, one.wrong) for one in pool.run(square, [3, -1, 5, 2])}
    assert outcomes == {3: (9, ""), 5: (25, ""), 2: (4, ""), -1: (None, "no number")}


@pytest.mark.slow
@pytest.mark.timeout(180)
@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
def test_a_worker_that_dies_costs_its_job_another_try_and_nobody_else_theirs(tmp_path: Path) -> None:
    """A job that kills its worker each time is told; those beside it are done."""
    places = [str(tmp_path / f"{n}") for n in range(2)]
    Path(places[1]).touch()  # one that has killed its worker before
    with open_pool(None, 1) as pool:
        outcomes = {one.job: (one.done, one.wrong) for one in pool.run(kill_its_worker, [*places, ""])}
    assert outcomes[""] == (None, "its worker died 3 times")
    assert {job: outcomes[job] for job in places} == {job: (Path(job).name, "") for job in places}


WITHIN_S = 90
# A scheduler and two workers, copies of one process that has loaded Dask: how they start is Dask's, and takes a second.
CLUSTER = """
import os, sys
from distributed.cli.dask_scheduler import main as scheduler
from distributed.cli.dask_worker import main as worker
file = ["--scheduler-file", sys.argv[1], "--host", "127.0.0.1", "--no-dashboard"]
for number in range(3):
    if (pid := os.fork()) == 0:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        if number == 0:
            scheduler([*file, "--port", "0"])
        worker([*file, "--nthreads", "1", "--no-nanny"])
        os._exit(1)
    print(pid, flush=True)
for _ in range(3):
    os.wait()
"""


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list[int]]]:
    """A scheduler and two workers, each a process on the loopback of this computer: its address, and their ids."""
    distributed = pytest.importorskip("distributed", reason="Dask is an extra")
    file = tmp_path / "scheduler.json"
    path = os.pathsep.join([str(Path(__file__).parents[1] / "support"), os.environ.get("PYTHONPATH", "")])
    environment = {**os.environ, "PYTHONPATH": path, "DASK_DISTRIBUTED__WORKER__MEMORY__TERMINATE": "false"}

    begin = [sys.executable, "-c", CLUSTER, str(file)]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(
        begin, env=environment, cwd=tmp_path, text=True, stdout=subprocess.PIPE, stderr=quiet
    ) as begun:
        assert begun.stdout is not None
        pids = [int(begun.stdout.readline()) for _ in range(3)]
        try:
            with distributed.Client(scheduler_file=str(file), timeout=WITHIN_S) as client:
                address = client.scheduler.address
            yield address, pids
        finally:
            for pid in pids:
                with suppress(ProcessLookupError):  # the one that was lost
                    os.kill(pid, signal_called("SIGKILL"))


def wait_for_both(address: str) -> None:
    """Until the scheduler knows both workers."""
    with pytest.importorskip("distributed").Client(address, timeout=WITHIN_S) as client:
        client.wait_for_workers(2, timeout=WITHIN_S)


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_a_simulated_population_is_the_same_here_and_on_a_cluster_that_loses_a_worker(
    cluster: tuple[str, list[int]], tmp_path: Path
) -> None:
    """Every figure of every course; each course is kept once, and whatever the lost one had is done by the other."""
    address, pids = cluster
    jobs = list(Size(n_runners=1, n_sessions=1).jobs())
    assert len(jobs) > 4
    with open_pool(None, 1) as pool:
        here = kept_courses(jobs, pool=pool, path=None, tell=lambda _done, _all: None)
    wait_for_both(address)

    def tell(n_done: int, _: int) -> None:
        if n_done == 3:
            os.kill(pids[-1], signal_called("SIGKILL"))

    with open_pool(address) as pool:
        there = kept_courses(jobs, pool=pool, path=tmp_path / "kept.jsonl", tell=tell)
    assert there == here
    assert (tmp_path / "kept.jsonl").read_text(encoding="utf-8").count('"key"') == len(jobs)


@each_row(
    ("address", "told"),
    [
        ("tcp://10.0.0.5:8786", "over a network use tls://"),
        ("tcp://example.org:8786", "over a network use tls://"),
        ("127.0.0.1:8786", "an address is tls://HOST:PORT"),
        ("tls://example.org", "an address is tls://HOST:PORT"),
        ("tls://example.org:99999999", "an address is tls://HOST:PORT"),
        ("http://127.0.0.1:8786", "an address is tls://HOST:PORT"),
        ("", "an address is tls://HOST:PORT"),
    ],
)
def test_an_address_over_which_anybody_could_run_programs_is_refused(address: str, told: str) -> None:
    """In one line with what is allowed."""
    with pytest.raises(UsageError, match=told):
        check_cluster(address)


@each_row("address", ["tls://example.org:8786", "tcp://127.0.0.1:8786", "tcp://localhost:1", "tcp://[::1]:2"])
def test_tls_anywhere_and_tcp_here_are_taken(address: str) -> None:
    """Nothing is connected to yet."""
    check_cluster(address)

"""Research tables of many sessions: build, five questions, fold again; here and on a Dask cluster; killed in between.

    python -m bench.cohort [N_SESSIONS [N_ATHLETES]]          100 000 sessions, 500 athletes
    python -m bench.cohort 1000 50 --without-cluster

The sessions are a minute long and decided by the coach, with a simulated runner; all athletes have the same few. Files
lie in a temporary folder of the disk that TMPDIR names. What is told: time on the wall, processor time of this process
and of its workers, memory of the largest process, disk; whether answers are those of the product's own rows.
"""

import argparse
import contextlib
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))

from kept_plan import kept_journal

from cadencecoach.cohort.asking import Limits, ask_tables
from cadencecoach.cohort.building import ALL_TABLES, build_cohort
from cadencecoach.cohort.pool import open_pool
from cadencecoach.cohort.questions import question_of
from cadencecoach.cohort.refolding import refold_store
from cadencecoach.record.entries import CheckIn, Entry, Moment, SessionRun
from cadencecoach.record.entry_lines import line_of_entry
from cadencecoach.record.profile import Profile
from cadencecoach.store.file_store import FileStore

DAY = timedelta(days=1)
FIRST = date(2024, 1, 1)
HOURS = ("running_h", ("athlete",))
QUESTIONS = (
    ("in_band_ratio", ("week",)),
    ("cadence_spm", ("athlete",)),
    ("corrections_per_min", ("week",)),
    ("pain", ("week",)),
    HOURS,
)
SQL = "SELECT athlete, sum(lasts_s) FILTER (WHERE running = 1) FROM series GROUP BY 1 ORDER BY 1"
SAMPLE = 5  # athletes whose answers are held against their rows
TOLD_S = 0.5


def made(home: Path, n_sessions: int, n_athletes: int) -> FileStore:
    """The store with so many sessions."""
    store = FileStore(home)
    text = kept_journal("NAME", "START").decode()
    for number in range(n_athletes):
        name = f"r{number:05}"
        store.write_profile(Profile(athlete=name))
        log: list[Entry] = []
        for n in range(n_sessions // n_athletes):
            day = FIRST + n * DAY
            at, session = f"{day}T08:00:00Z", f"{day}T080000Z-{name}"
            path = store.sessions_folder / f"{session}.jsonl"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text.replace("NAME", name).replace("START", at), encoding="utf-8")
            log += [
                SessionRun(at=at, day=day, session=session, item=n),
                CheckIn(at=at, day=day, moment=Moment.AFTER, session=session, pain=(n + number) % 4),
            ]
        store.write_log(name, [line_of_entry(entry) for entry in log])
    return store


def size_mb(folder: Path) -> float:
    """Of a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


assert sys.platform != "win32", "measures with what POSIX systems have"


@contextlib.contextmanager
def measured(what: str) -> Iterator[None]:
    """Tell what a block takes."""
    wall_s, own_s = time.perf_counter(), _cpu_s()
    yield
    memory_mb = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1e3
    wall_s, cpu_s = time.perf_counter() - wall_s, _cpu_s() - own_s
    print(f"{what:<44}{wall_s:9.1f} s wall {cpu_s:9.1f} s cpu {memory_mb:7.0f} MB largest", flush=True)


def _cpu_s() -> float:
    return sum(
        use.ru_utime + use.ru_stime for use in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


def answers(folder: Path) -> list[tuple[tuple[Any, ...], ...]]:
    """The five questions and one in SQL."""
    asked = [question_of(measure, groups) for measure, groups in QUESTIONS]
    return [ask_tables(folder, ALL_TABLES, sql, Limits(within_s=600.0)).rows for sql in (*asked, SQL)]


def are_own(store: FileStore, folder: Path, n_athletes: int) -> bool:
    """Whether running hours by athlete are those of the product's own rows."""
    told = dict(row[:2] for row in answers(folder)[QUESTIONS.index(HOURS)])
    with store.sessions() as sessions:
        for number in range(0, n_athletes, max(1, n_athletes // SAMPLE)):
            name = f"r{number:05}"
            own_h = sum(row.running_s for row in sessions.rows(athlete=name)) / 3600
            if abs(told[name] - own_h) > 1e-9 * max(1.0, own_h):
                return False
    return True


def build_killed(home: Path, folder: Path) -> int:
    """Build by the command, kill it when a part is there, and build again; how many sessions were left to fold."""
    environment = {**os.environ, "XDG_DATA_HOME": str(home)}
    words = [sys.executable, "-m", "cadencecoach", "cohort", "build", str(folder), "--parquet"]
    process = subprocess.Popen(words, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    draft = folder.parent / f".{folder.name}.building"
    while process.poll() is None and not any(draft.glob("series/part-*")):
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(TOLD_S)
    process.send_signal(signal.SIGKILL)
    process.wait()
    again = subprocess.run([*words, "--json"], env=environment, capture_output=True, text=True, check=False)
    return int(again.stdout.split('"folded": ')[1].split(",")[0].split("\n")[0])


@contextlib.contextmanager
def cluster(folder: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A scheduler and two workers on the loopback."""
    file = folder / "scheduler.json"

    def start(*words: str) -> subprocess.Popen[bytes]:
        words = (sys.executable, "-m", *words, "--scheduler-file", str(file))
        return subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder)

    worker = ("distributed.cli.dask_worker", "--host", "127.0.0.1", "--nthreads", "1", "--no-nanny", "--no-dashboard")
    processes = [start("distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")]
    processes += [start(*worker), start(*worker)]
    try:
        while not file.exists() or b'"address"' not in file.read_bytes():
            with contextlib.suppress(subprocess.TimeoutExpired):
                processes[0].wait(TOLD_S)
        yield json.loads(file.read_bytes())["address"], processes
    finally:
        for one in processes:
            one.kill()
            one.wait()


def main() -> int:
    """Run it; 1 where an answer is another."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("n_sessions", type=int, nargs="?", default=100_000)
    parser.add_argument("n_athletes", type=int, nargs="?", default=500)
    parser.add_argument("--without-cluster", action="store_true")
    asked = parser.parse_args()
    root = Path(tempfile.mkdtemp(prefix="cohort-"))
    wrong = []
    try:
        home = root / "home"
        with measured(f"{asked.n_sessions} sessions made"):
            store = made(home / "cadencecoach", asked.n_sessions, asked.n_athletes)
        with measured("index"), store.sessions() as sessions:
            sessions.refresh()
        with measured("build"), open_pool(None) as pool:
            built = build_cohort(store, root / "study", pool, for_research=False, parquet_alone=True)
        print(f"  {built.n_rows['series']} rows of the series, {size_mb(root / 'study'):.0f} MB; ", end="")
        print(f"journals {size_mb(store.sessions_folder):.0f} MB")
        with measured("build again, nothing new"), open_pool(None) as pool:
            build_cohort(store, root / "study", pool, for_research=False, parquet_alone=True)
        with measured("five questions, and one of the series"):
            here = answers(root / "study")
        print(
            f"  running hours by athlete as in the product's rows: {are_own(store, root / 'study', asked.n_athletes)}"
        )
        with measured("fold again"), open_pool(None) as pool:
            whole = refold_store(store, pool, {})
        print(f"  {whole.n_same} the same, {len(whole.others)} others, not decided {whole.not_decided}")
        wrong += [] if whole.n_same == asked.n_sessions // asked.n_athletes * asked.n_athletes else ["refold"]
        with measured("built by the command, killed, built again"):
            left = build_killed(home, root / "killed")
        print(f"  {left} sessions were left to fold")
        wrong += [] if answers(root / "killed") == here else ["after a kill"]
        if not asked.without_cluster:
            with cluster(root) as (address, processes):
                with measured("built on Dask, one of two workers killed"), open_pool(address) as pool:

                    def tell(n_done: int, n_all: int) -> None:
                        if n_done >= n_all // 3:
                            processes[-1].kill()

                    build_cohort(store, root / "dask", pool, for_research=False, parquet_alone=True, tell=tell)
                wrong += [] if answers(root / "dask") == here else ["on Dask"]
    finally:
        shutil.rmtree(root)
    print(f"answers elsewhere: {', '.join(wrong) or 'equal'}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

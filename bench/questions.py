"""What questions cost over 100 000 to ten million sessions: time, processor and memory of the process that answers.

    python -m bench.questions [N_SESSIONS...]       100 000, a million, ten million

One part of 500 sessions of a minute is built as the program builds it. 200 copies with other names of sessions and
athletes stand for 100 000 sessions; a folder of more has these 200 files again and again, by links. So what is read is
as much as it would be, and the disk's own time is not in it.
"""

import os
import resource
import shutil
import sys
import tempfile
import time
from multiprocessing import active_children
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import parquet

from bench.cohort import QUESTIONS, SQL, made, size_mb
from cadencecoach.cohort.asking import Limits, ask_tables
from cadencecoach.cohort.building import ALL_TABLES, build_cohort
from cadencecoach.cohort.folder import SERIES_FOLDER, STATE
from cadencecoach.cohort.pool import open_pool
from cadencecoach.cohort.questions import question_of
from cadencecoach.errors import UsageError

assert sys.platform != "win32", "measures with what POSIX systems have"

PART, N_PARTS = 500, 200
NAMES = ("athlete", "session")
WITHIN_S = 900.0


def renamed(table: Any, number: int) -> Any:  # noqa: ANN401  # pyarrow's own
    """Other sessions of other athletes."""
    for name in set(NAMES) & set(table.column_names):
        at = table.column_names.index(name)
        words = pc.binary_join_element_wise(table[name], pa.scalar(str(number)), "-")
        table = table.set_column(at, table.schema.field(name), words)
    return table


def multiply(base: Path, distinct: Path, folder: Path, n_sessions: int) -> None:
    """A folder of so many sessions."""
    shutil.copytree(base, folder, ignore=shutil.ignore_patterns(SERIES_FOLDER, STATE))
    (folder / SERIES_FOLDER).mkdir()
    for number in range(n_sessions // PART):
        os.link(distinct / f"{number % N_PARTS}.parquet", folder / SERIES_FOLDER / f"part-{number + 1:04}.parquet")
    for name in ("sessions", "checkins", "people"):
        table = parquet.read_table(base / f"{name}.parquet")
        whole = pa.concat_tables([renamed(table, number) for number in range(N_PARTS)]).combine_chunks()
        with parquet.ParquetWriter(folder / f"{name}.parquet", whole.schema) as file:
            for _ in range(n_sessions // (PART * N_PARTS)):
                file.write_table(whole)


def tell_questions(folder: Path) -> None:
    """Ask each, and tell what it took."""
    for what in (*QUESTIONS, SQL):
        before, began_s = _used(), time.perf_counter()
        try:
            sql = what if isinstance(what, str) else question_of(*what)
            told = f"{len(ask_tables(folder, ALL_TABLES, sql, Limits(within_s=WITHIN_S)).rows)} rows"
        except UsageError as error:
            told = str(error)
        wall_s = time.perf_counter() - began_s
        for child in active_children():  # the system counts what it took when it has ended
            child.join()
        after = _used()
        name = "one of the series" if isinstance(what, str) else f"{what[0]} by {what[1][0]}"
        print(f"  {name:<32}{wall_s:8.1f} s wall {after - before:8.1f} s cpu  {told}", flush=True)
    print(
        f"  most memory of a process {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1e3:.0f} MB", flush=True
    )


def _used() -> float:
    use = resource.getrusage(resource.RUSAGE_CHILDREN)
    return use.ru_utime + use.ru_stime


def main(sizes: list[int]) -> None:
    """Run it."""
    root = Path(tempfile.mkdtemp(prefix="questions-"))
    try:
        store, base, distinct = made(root / "home", PART, 5), root / "base", root / "distinct"
        with store.sessions() as sessions:
            sessions.refresh()
        with open_pool(None) as pool:
            build_cohort(store, base, pool, for_research=False, parquet_alone=True)
        series = parquet.read_table(next((base / SERIES_FOLDER).glob("*.parquet")))
        distinct.mkdir()
        for number in range(N_PARTS):
            parquet.write_table(renamed(series, number), distinct / f"{number}.parquet")
        for n_sessions in sizes:
            folder = root / f"{n_sessions}"
            multiply(base, distinct, folder, n_sessions)
            n_rows = len(series) * (n_sessions // PART)
            print(f"{n_sessions} sessions: {n_rows} rows of the series, {size_mb(folder):.0f} MB", flush=True)
            tell_questions(folder)
    finally:
        shutil.rmtree(root)


if __name__ == "__main__":
    main([int(word) for word in sys.argv[1:]] or [10**5, 10**6, 10**7])

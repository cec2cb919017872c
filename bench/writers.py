"""Processes that write to one athlete's files, and to the books, at one instant: what is found of their work.

`python bench/writers.py [--short]`; systems where the user's folders follow XDG. What is counted stands in
tests/support/many_writers.py. After it the price of the lock: the same entry appended with and without it.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from subprocess import PIPE

from cadencecoach.devices.lock import hold_lock
from cadencecoach.record.entries import ItemDone
from cadencecoach.record.entry_lines import line_of_entry
from cadencecoach.record.journal import encode
from cadencecoach.store.log_file import append_entries
from cadencecoach.store.own_files import LOG_NAME

WRITERS = Path(__file__).parents[1] / "tests" / "support" / "many_writers.py"
LONG = {
    "one-log": (8, 1000),
    "first-entries": (8, 60),
    "imports-beside": (4, 50, 4, 50),
    "shoes": (40,),
    "sensors": (24,),
    "delays": (24,),
    "killed": (60, 1),
}
MANY_AT_ONE_LOG = ("first-entries", (60, 1))
SHORT = {
    "one-log": (4, 50),
    "first-entries": (4, 8),
    "imports-beside": (2, 10, 1, 20),
    "shoes": (12,),
    "sensors": (12,),
    "delays": (12,),
    "killed": (3, 1),
}
N_APPENDS = 300
ENTRY = ItemDone(at="2026-11-23T07:00:00Z", day=date(2026, 11, 23), item="Calf raises")


def reports_of(rows: Sequence[tuple[str, tuple[int, ...]]]) -> Iterator[dict[str, float]]:
    """What many writers left of their work, row by row, on a machine of its own each."""
    with tempfile.TemporaryDirectory() as folder:
        told = [",".join([what, *map(str, numbers)]) for what, numbers in rows]
        with subprocess.Popen([sys.executable, str(WRITERS), folder, *told], stdout=PIPE, text=True) as writers:
            assert writers.stdout is not None
            yield from map(json.loads, writers.stdout)


def is_whole(report: dict[str, float]) -> bool:
    """Whether all that was acknowledged is there, nothing was refused, and every file can be read."""
    return report["n_kept"] == report["n_acknowledged"] > 0 == report["n_refused"] == report["n_unreadable"]


def price_ms(n_appends: int) -> dict[str, float]:
    """Milliseconds an entry: appended and synced by hand, under the lock alone, and as the log does it."""
    raw = f"{encode(line_of_entry(ENTRY))}\n".encode()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "r7" / LOG_NAME
        append_entries(path, "r7", [ENTRY])

        def by_hand() -> None:
            fd = os.open(path, os.O_WRONLY | os.O_APPEND)
            os.write(fd, raw)
            os.fsync(fd)
            os.close(fd)

        def lock_alone() -> None:
            with hold_lock(Path(folder)):
                pass

        return {
            "by hand": _each_ms(by_hand, n_appends),
            "lock alone": _each_ms(lock_alone, n_appends),
            "as the log does": _each_ms(lambda: append_entries(path, "r7", [ENTRY]), n_appends),
        }


def _each_ms(work: Callable[[], None], n_times: int) -> float:
    began_s = time.perf_counter()
    for _ in range(n_times):
        work()
    return (time.perf_counter() - began_s) / n_times * 1000


if __name__ == "__main__":
    is_short = "--short" in sys.argv
    rows = [*SHORT.items()] if is_short else [*LONG.items(), MANY_AT_ONE_LOG]
    reports = []
    for (what, numbers), report in zip(rows, reports_of(rows), strict=True):
        reports.append(report)
        name = f"{what} {' x '.join(map(str, numbers))}"
        print(
            f"{name:32} kept {report['n_kept']:5} of {report['n_acknowledged']:5}, refused {report['n_refused']}, "
            f"unreadable {report['n_unreadable']}, {report['seconds']:.1f} s"
        )
    prices = price_ms(50 if is_short else N_APPENDS)
    ratio = prices["as the log does"] / prices["by hand"]
    print(", ".join(f"{name} {ms:.2f} ms" for name, ms in prices.items()), f"({ratio:.2f} times by hand)")
    sys.exit(0 if all(map(is_whole, reports)) else 1)

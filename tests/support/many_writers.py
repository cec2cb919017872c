"""Processes that write at one instant to the files of one athlete, and to the books; what is found of their work.

`python many_writers.py FOLDER WHAT[,NUMBER...]...` prints a report as JSON for each WHAT. A write is acknowledged when
the call that made it has come back. Each WHAT has a machine of its own in FOLDER; a process finds its files there and
nowhere else.
"""

import json
import multiprocessing
import os
import random
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import date
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any

from cadencecoach.desk.travel.comparing import compare
from cadencecoach.desk.travel.opening import open_file
from cadencecoach.desk.travel.packing import pack
from cadencecoach.desk.travel.taking import How, take_in
from cadencecoach.errors import CadencecoachError
from cadencecoach.record.entries import ItemDone
from cadencecoach.record.profile import Profile
from cadencecoach.store.log_file import append_entries
from cadencecoach.store.own_files import LOG_NAME
from cadencecoach.store.roster import add_to_profile, make_athlete
from cadencecoach.store.sensor_book import Remembered, change_book, open_book
from cadencecoach.store.sound_book import change_sound_book, open_sound_book
from cadencecoach.store.user_store import user_files, user_machine

NAME = "r7"
AT = "2026-11-23T07:00:00Z"
DAY = date(2026, 11, 23)
WITHIN_S = 300.0  # for a process to end
Work = Callable[..., int]

# A copy of a process that has loaded the package is there in no time, and shares nothing else with it.
STARTS = multiprocessing.get_all_start_methods()
CONTEXT = multiprocessing.get_context("forkserver" if "forkserver" in STARTS else "spawn")
LOADED = (  # before a process is copied; Python 3.11 leaves out what is not installed, this file too
    "cadencecoach.desk.travel.comparing",
    "cadencecoach.desk.travel.packing",
    "cadencecoach.desk.travel.taking",
    "cadencecoach.store.roster",
    "cadencecoach.store.sensor_book",
    "cadencecoach.store.sound_book",
    "cadencecoach.store.user_store",
    "filelock",
)


@dataclass(slots=True)
class Report:
    """What became of the work of many writers.

    Attributes:
        n_processes: that wrote at once
        n_acknowledged, n_kept: writes that came back, and those of them that are there
        n_refused: writes that said in a line that they were not done
        n_unreadable: files that cannot be read, or say of themselves that something is wrong
        seconds: from the start of all to the end of the last, the start of the processes left out
    """

    n_processes: int
    n_acknowledged: int = 0
    n_kept: int = 0
    n_refused: int = 0
    n_unreadable: int = 0
    seconds: float = 0.0


def home_in(root: Path) -> None:
    """Have all files of this process and of those it starts lie in a folder."""
    for kind in ("DATA", "CONFIG", "CACHE"):
        os.environ[f"XDG_{kind}_HOME"] = str(root / kind.lower())


def entry(name: str) -> ItemDone:
    """An entry that is like no other."""
    return ItemDone(at=AT, day=DAY, item=name)


def add_many(writer: int, n_entries: int, athlete: str = NAME) -> int:
    """Add entries one by one."""
    for number in range(n_entries):
        user_files().add_entries(athlete, entry(f"{writer}-{number}"))
    return n_entries


def begin_logs(writer: int, barrier: Barrier, n_logs: int) -> int:
    """Add the first entry of many logs, each at the same instant as the others do."""
    for number in range(n_logs):
        barrier.wait(WITHIN_S)
        user_files().add_entries(f"a{number}", entry(f"{writer}-{number}"))
    return n_logs


def note_shoes(writer: int) -> int:
    """Note a pair of shoes of its own."""
    add_to_profile(user_files(), NAME, shoes=f"Shoes {writer}")
    return 1


def remember_sensor(writer: int) -> int:
    """Remember a sensor of its own."""
    change_book(
        user_machine().sensors_file,
        lambda book: book.with_sensor(Remembered(name=f"Pod {writer}", address=str(writer))),
    )
    return 1


def remember_delay(writer: int) -> int:
    """Remember the delay of a device of its own."""
    change_sound_book(user_machine().sounds_file, lambda book: book.with_delay(f"Card {writer}", writer / 1000))
    return 1


def take_in_package(package: Path, n_entries: int) -> int:
    """Take in a package, merging."""
    with open_file(user_files(), package) as arrived:
        take_in(user_files(), arrived, compare(user_files(), arrived), How.MERGE)
    return n_entries


def worked(
    homes: dict[str, str],
    barrier: Barrier,
    results: Any,  # noqa: ANN401  # a queue
    work: Work,
    told: Sequence[Any],
) -> None:
    """The life of a process: wait for all others, work, and say what came of it."""
    os.environ.update(homes)
    barrier.wait(WITHIN_S)
    try:
        results.put((work(*told), 0))
    except CadencecoachError as error:
        print(error, file=sys.stderr)  # noqa: T201
        results.put((0, 1))


def our_homes() -> dict[str, str]:
    """Where files of this process lie, for one that it starts."""
    return {name: word for name, word in os.environ.items() if name.startswith("XDG_")}


def at_once(works: Sequence[tuple[Work, Sequence[Any]]]) -> Report:
    """Do all works at one instant, each in a process of its own."""
    barrier, results = CONTEXT.Barrier(len(works) + 1), CONTEXT.SimpleQueue()
    homes = our_homes()
    begin = CONTEXT.Process  # type: ignore[attr-defined]  # each way of the system has its own
    processes = [begin(target=worked, args=(homes, barrier, results, *told)) for told in works]
    for process in processes:
        process.start()
    barrier.wait(WITHIN_S)
    began_s = time.monotonic()
    report = Report(n_processes=len(works))
    for _ in works:
        n_acknowledged, n_refused = results.get()
        report.n_acknowledged += n_acknowledged
        report.n_refused += n_refused
    report.seconds = round(time.monotonic() - began_s, 2)
    for process in processes:
        process.join(WITHIN_S)
        assert process.exitcode == 0
    return report


def names_in(athlete: str, report: Report) -> set[str]:
    """What stands in a log; a note on the file counts as one that cannot be read."""
    try:
        log = user_files().log_of(athlete)
    except CadencecoachError as error:
        print(error, file=sys.stderr)  # noqa: T201
        report.n_unreadable += 1
        return set()
    report.n_unreadable += bool(log.notes)
    return {one.item for one in log.entries if isinstance(one, ItemDone)}


def one_log(n_processes: int, n_entries: int) -> Report:
    """Many processes with many entries for one log."""
    make_athlete(user_files(), Profile(athlete=NAME))
    report = at_once([(add_many, (writer, n_entries)) for writer in range(n_processes)])
    wanted = {f"{writer}-{number}" for writer in range(n_processes) for number in range(n_entries)}
    report.n_kept = len(wanted & names_in(NAME, report))
    return report


def first_entries(n_processes: int, n_logs: int) -> Report:
    """The first entries of many logs, all processes at one log in one instant."""
    for number in range(n_logs):
        make_athlete(user_files(), Profile(athlete=f"a{number}"))
    inner = CONTEXT.Barrier(n_processes)
    report = at_once([(begin_logs, (writer, inner, n_logs)) for writer in range(n_processes)])
    for number in range(n_logs):
        found = names_in(f"a{number}", report)
        report.n_kept += len({f"{writer}-{number}" for writer in range(n_processes)} & found)
    return report


def imports_beside(n_imports: int, n_in_each: int, n_processes: int, n_entries: int) -> Report:
    """Packages of another machine taken in, while entries are added here."""
    here = os.environ["XDG_DATA_HOME"]
    packages = [Path(here).parent / f"{number}.zip" for number in range(n_imports)]
    for number, package in enumerate(packages):
        os.environ["XDG_DATA_HOME"] = f"{here}-{number}"
        make_athlete(user_files(), Profile(athlete=NAME, shoes=(f"Shoes {number}",)))
        append_entries(
            user_files().athlete_folder(NAME) / LOG_NAME,
            NAME,
            [entry(f"package {number}-{n}") for n in range(n_in_each)],
        )
        pack(user_files(), NAME, package, made=AT)
    os.environ["XDG_DATA_HOME"] = here
    make_athlete(user_files(), Profile(athlete=NAME))
    imports = [(take_in_package, (package, n_in_each)) for package in packages]
    report = at_once([*imports, *((add_many, (writer, n_entries)) for writer in range(n_processes))])
    wanted = {f"{writer}-{number}" for writer in range(n_processes) for number in range(n_entries)}
    wanted |= {f"package {number}-{n}" for number in range(n_imports) for n in range(n_in_each)}
    report.n_kept = len(wanted & names_in(NAME, report))
    report.n_unreadable += len(user_files().read_profile(NAME).shoes) != n_imports
    return report


def shoes(n_processes: int) -> Report:
    """A pair of shoes by each process."""
    make_athlete(user_files(), Profile(athlete=NAME))
    report = at_once([(note_shoes, (writer,)) for writer in range(n_processes)])
    report.n_kept = len(set(user_files().read_profile(NAME).shoes))
    return report


def sensors(n_processes: int) -> Report:
    """A sensor by each process."""
    report = at_once([(remember_sensor, (writer,)) for writer in range(n_processes)])
    report.n_kept = len({one.address for one in open_book(user_machine().sensors_file).sensors})
    return report


def delays(n_processes: int) -> Report:
    """A sound device's delay by each process."""
    report = at_once([(remember_delay, (writer,)) for writer in range(n_processes)])
    report.n_kept = len(open_sound_book(user_machine().sounds_file).delays_s)
    return report


def killed(n_kills: int, seed: int) -> Report:
    """Writers that are killed amid their writes, one after the other, at one log."""
    make_athlete(user_files(), Profile(athlete=NAME))
    chance = random.Random(seed)  # noqa: S311  # no secret
    report = Report(n_processes=n_kills)
    wanted = set[str]()
    began_s = time.monotonic()
    for writer in range(n_kills):
        reads, writes = CONTEXT.Pipe(duplex=False)
        process = CONTEXT.Process(target=write_for_ever, args=(our_homes(), writer, writes))  # type: ignore[attr-defined]
        process.start()
        writes.close()
        for _ in range(chance.randrange(1, 60)):
            wanted.add(reads.recv())
        process.kill()
        with suppress(EOFError, OSError):  # the last word may be torn
            while True:
                wanted.add(reads.recv())
        process.join()
    report.seconds = round(time.monotonic() - began_s, 2)
    user_files().add_entries(NAME, entry("last"))  # what was torn is mended by it
    wanted.add("last")
    report.n_acknowledged = len(wanted)
    report.n_kept = len(wanted & names_in(NAME, report))
    return report


def write_for_ever(homes: dict[str, str], writer: int, pipe: Connection) -> None:
    """A writer that says each entry once it is acknowledged."""
    os.environ.update(homes)
    number = 0
    while True:
        user_files().add_entries(NAME, entry(f"{writer}-{number}"))
        pipe.send(f"{writer}-{number}")
        number += 1


KINDS: dict[str, Callable[..., Report]] = {
    "one-log": one_log,
    "first-entries": first_entries,
    "imports-beside": imports_beside,
    "shoes": shoes,
    "sensors": sensors,
    "delays": delays,
    "killed": killed,
}

if __name__ == "__main__":
    CONTEXT.set_forkserver_preload([*LOADED])
    for row in sys.argv[2:]:
        what, *numbers = row.split(",")
        home_in(Path(sys.argv[1]) / what)
        print(json.dumps(asdict(KINDS[what](*map(int, numbers)))), flush=True)  # noqa: T201

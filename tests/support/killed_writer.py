"""Writers of journals that are killed at random moments, and what is found of their work. POSIX only.

`python killed_writer.py FOLDER N SEED` prints a report as JSON. It is a process of its own, without threads, because
each writer is a fork of it: hundreds of them start in seconds.
"""

import json
import os
import random
import select
import signal
import struct
import sys
import threading
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from cadencecoach.desk.history.finishing import finish
from cadencecoach.devices.journal.live import LiveJournalFile
from cadencecoach.devices.journal.reading import journal_lines
from cadencecoach.record.journal import Header, encode, read_journal
from cadencecoach.record.line_json import json_of_line
from cadencecoach.store.file_store import FileStore
from cadencecoach.store.indexing import FileSessions

assert sys.platform != "win32"  # no fork there

HEADER = Header(
    app="a test",
    started="2026-03-01T08:00:00Z",
    plan_name="Killed",
    plan_sha256="",
    athlete=None,
    feet="none",
    sound="none",
)
LONGEST_LIFE_S = 0.06
NUMBER = struct.Struct("q")


@dataclass(slots=True)
class Report:
    """What became of all the writers.

    Attributes:
        n_killed: all of them
        n_files: those that left a journal; the others were killed before they had one
        n_lines, n_acknowledged: lines found, and lines the disk had acknowledged, in all journals together
        n_torn: journals with a torn last line
        n_lost: journals in which an acknowledged line is missing or another than was written
        n_unreadable: journals that could not be opened or finished
        n_left_over: other files in the folder, after the list of sessions was asked for once
    """

    n_killed: int = 0
    n_files: int = 0
    n_lines: int = 0
    n_acknowledged: int = 0
    n_torn: int = 0
    n_lost: int = 0
    n_unreadable: int = 0
    n_left_over: int = 0


def line_of(n: int) -> dict[str, object]:
    """The n-th line of every writer."""
    return {"t": n / 100, "what": "reading", "cadence_spm": 160 + n % 20, "speed_mps": 2.9}


def write_for_ever(path: Path, pipe: int) -> None:
    """The writer: lines and flushes, and after each flush how many the disk has acknowledged by then."""
    journal = LiveJournalFile(path, HEADER.line)
    pause = threading.Event()
    n = 0
    while True:
        for _ in range(1 + n % 7):
            journal.write(encode(line_of(n)))
            n += 1
        journal.flush()
        pause.wait(0.0005)
        os.write(pipe, NUMBER.pack(journal.n_acknowledged))


def killed(path: Path, life_s: float) -> int:
    """Start a writer and kill it; how many lines it said were acknowledged."""
    reads, writes = os.pipe()
    process = os.fork()
    if process == 0:
        os.close(reads)
        write_for_ever(path, writes)
    os.close(writes)
    said = b""
    until_s = time.monotonic() + life_s
    while (left_s := until_s - time.monotonic()) > 0:
        if select.select([reads], [], [], left_s)[0]:
            said += os.read(reads, 65_536)
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)
    while more := os.read(reads, 65_536):
        said += more
    os.close(reads)
    whole = len(said) // NUMBER.size * NUMBER.size
    return int(NUMBER.unpack(said[whole - NUMBER.size : whole])[0]) if whole else 0


def look(path: Path, n_acknowledged: int, report: Report) -> None:
    """Add what is found in one journal."""
    try:
        journal = read_journal(journal_lines(path))
        finished = finish(FileStore(path.parents[1]), path)
    except Exception as error:  # noqa: BLE001  # whatever it is, it is what we look for
        report.n_unreadable += 1
        print(f"{path}: {error}", file=sys.stderr)  # noqa: T201
        return
    is_whole = [json_of_line(line) for line in journal.lines] == [line_of(n) for n in range(len(journal.lines))]
    is_finished = finished.journal.lines[:-1] == journal.lines and finished.summary.is_ended
    report.n_files += 1
    report.n_lines += len(journal.lines)
    report.n_torn += bool(journal.notes)
    report.n_lost += not (is_whole and is_finished and len(journal.lines) >= n_acknowledged)


def campaign(folder: Path, n_kills: int, seed: int) -> Report:
    """Kill many writers, each at a moment of its own, from its very first on."""
    chance = random.Random(seed)  # noqa: S311  # no secret
    report = Report(n_killed=n_kills)
    for n in range(n_kills):
        path = folder / f"{n}.jsonl"
        n_acknowledged = killed(path, chance.uniform(0.0, LONGEST_LIFE_S) * chance.random())
        report.n_acknowledged += n_acknowledged
        if path.exists():
            look(path, n_acknowledged, report)
        else:
            report.n_lost += n_acknowledged > 0
    with FileSessions(folder) as sessions:
        sessions.refresh()
        report.n_unreadable += len(sessions.unreadable())
    report.n_left_over = sum(1 for path in folder.iterdir() if path.suffix != ".jsonl")
    return report


if __name__ == "__main__":
    Path(sys.argv[1]).mkdir(parents=True, exist_ok=True)
    print(json.dumps(asdict(campaign(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])))))  # noqa: T201

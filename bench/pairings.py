"""Logs and packages of one program read, added to and sent back by another: what is lost, refused, or counts otherwise.

    uv run python -m bench.pairings --against DIR [--against DIR ...] [--rows 4-8]

Each DIR holds the sources of another version; all are started with this interpreter. One program writes the log of an
athlete: a stop for pain 9, corrected to pain 1, and a second check-in withdrawn; another one is given that log, or its
package, asks what comes next, adds a check-in, and packs the athlete. A row says what came of it: `same` where the
verdict is the writer's and every line of the writer's log is still there, byte by byte. Each program writes its log
once, and every row begins with a copy of it; rows run two at a time, and `--rows` names some of them.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from datetime import date
from pathlib import Path

HERE = Path(__file__).parents[1]
N_AT_ONCE = 2
DAY = date.today().isoformat()  # noqa: DTZ011  # a programme begins on the day it is set
WHY = ("--because", "typed by mistake")
STORY: tuple[tuple[str, ...], ...] = (
    ("athlete", "new", "r7"),
    ("programme", "start", "clinic8", "--athlete", "r7"),
    ("checkin", "--athlete", "r7", "--before", "--day", DAY, "--pain", "9", "--site", "knee"),
)
MENDED: tuple[tuple[str, ...], ...] = (
    ("checkin", "--athlete", "r7", "--correct", "last", "--pain", "1", *WHY),
    ("checkin", "--athlete", "r7", "--before", "--day", DAY, "--pain", "8", "--site", "hip"),
    ("checkin", "--athlete", "r7", "--withdraw", "last", *WHY),
    ("finding", "add", "r7", "--what", "knee valgus", "--side", "left", "--value", "8", "--unit", "deg"),
    ("message", "add", "r7", "Land softly."),
)
ADDED = ("checkin", "--athlete", "r7", "--morning", "--day", DAY, "--soreness", "1")


@dataclass(frozen=True)
class Program:
    """One version, and where what it keeps is kept.

    Attributes:
        name: as the table calls it
        sources: folder
        home: of its data
    """

    name: str
    sources: Path
    home: Path

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Start it with words and wait for its end."""
        kinds = ("DATA", "CONFIG", "CACHE", "RUNTIME")
        folders = {f"XDG_{kind}_{'DIR' if kind == 'RUNTIME' else 'HOME'}": str(self.home / kind) for kind in kinds}
        environment = {**os.environ, **folders, "PYTHONPATH": str(self.sources), "COLUMNS": "200"}
        return subprocess.run(
            (sys.executable, "-m", "cadencecoach", *words),
            env=environment,
            cwd=self.home,
            capture_output=True,
            text=True,
            check=False,
            stdin=subprocess.DEVNULL,
        )

    @property
    def log(self) -> Path:
        """The athlete's log."""
        return self.home / "DATA" / "cadencecoach" / "athletes" / "r7" / "log.jsonl"

    def at(self, home: Path) -> "Program":
        """The same program on a machine where nothing is kept."""
        home.mkdir(parents=True)
        return Program(name=self.name, sources=self.sources, home=home)

    def verdict(self) -> str:
        """What comes next, in a word; else what is wrong, in a line."""
        done = self.run("programme", "next", "--athlete", "r7", "--day", DAY, "--json")
        return str(json.loads(done.stdout)["verdict"]) if done.stdout.strip() else complaint(done)


def complaint(done: subprocess.CompletedProcess[str]) -> str:
    """The last line of what a program complained of."""
    lines = done.stderr.strip().splitlines() or [f"status {done.returncode}, no word"]
    return f"{'TRACEBACK ' if 'Traceback' in done.stderr else ''}{lines[-1][:110]}"


def write_story(program: Program) -> Program:
    """Have a program write the athlete's log, as far as it can, and pack it."""
    for words in STORY:
        done = program.run(*words)
        assert done.returncode in {0, 1}, f"{program.name}: {words}: {complaint(done)}"
    for words in MENDED:
        program.run(*words)  # what an older program cannot do it refuses
    done = program.run("athlete", "export", "r7", "-o", "r7.zip")
    assert done.returncode == 0, f"{program.name}: export: {complaint(done)}"
    return program


def lines_of(raw: bytes) -> list[bytes]:
    """The entries of a log, byte by byte."""
    return raw.splitlines()[1:]


def outcome_of(writer: Program, reader: Program, *, by_package: bool) -> str:
    """What comes of it when one program is given what another wrote."""
    if by_package:
        done = reader.run("athlete", "import", str(writer.home / "r7.zip"))
        if done.returncode:
            return f"refused: {complaint(done)}"
    else:
        shutil.copytree(writer.home / "DATA", reader.home / "DATA", ignore=shutil.ignore_patterns(".*"))
    verdict = reader.verdict()
    added = reader.run(*ADDED)
    if added.returncode not in {0, 1} or verdict.startswith("cadencecoach"):
        kept = by_package or reader.log.read_bytes() == writer.log.read_bytes()
        return f"refused{'' if kept else ', LOG CHANGED'}: {complaint(added)}"
    reader.run("athlete", "export", "r7", "-o", "back.zip")
    with zipfile.ZipFile(reader.home / "back.zip") as archive:
        back = lines_of(archive.read("log.jsonl"))
    lost = [line for line in lines_of(writer.log.read_bytes()) if line not in back]
    home = writer.run("athlete", "import", str(reader.home / "back.zip"))
    wanted = writer.verdict()
    told = [] if verdict == wanted else [f"OTHERWISE: {verdict}, not {wanted}"]
    told += [f"LOST {len(lost)} lines"] if lost else []
    returned = "sent back" if home.returncode == 0 else f"sent back, and refused there: {complaint(home)}"
    return "; ".join([*(told or [f"same ({verdict})"]), f"{len(back)} entries", returned])


def rows_asked(text: str | None, n_rows: int) -> range:
    """The rows of `--rows`, as indices: `3` is the third alone, `4-8` are five; all where it is not given."""
    if text is None:
        return range(n_rows)
    first, _, last = text.partition("-")
    return range(int(first) - 1, min(n_rows, int(last or first)))


def main() -> None:
    """Print a row for each pair."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--against", action="append", type=Path, default=[])
    parser.add_argument("--rows", help="those of all pairs that are run, from 1: 4-8")
    asked = parser.parse_args()
    sources = {"this": HERE, **{folder.name: folder.resolve() for folder in asked.against}}
    with tempfile.TemporaryDirectory() as name, ThreadPoolExecutor(N_AT_ONCE) as pool:
        work = Path(name)
        programs = [Program(name=one, sources=folder, home=work) for one, folder in sources.items()]
        pairs = [(one, other, by) for one in programs for other in programs for by in (False, True)]
        rows = [(number, *pairs[number]) for number in rows_asked(asked.rows, len(pairs))]
        writers = {one.name: one for _, one, _, _ in rows}.values()
        wrote = {one.name: pool.submit(write_story, one.at(work / "stories" / one.name)) for one in writers}

        def told(number: int, writer: Program, reader: Program, by_package: bool) -> str:  # noqa: FBT001  # of a row
            place = work / f"row-{number}"
            shutil.copytree(wrote[writer.name].result().home, place / "writer")
            copy = Program(name=writer.name, sources=writer.sources, home=place / "writer")
            outcome = outcome_of(copy, reader.at(place / "reader"), by_package=by_package)
            way = "package" if by_package else "log"
            return f"{number + 1:2} {way:8}of {writer.name:8}in {reader.name:8}: {outcome}"

        for line in as_completed([pool.submit(told, *row) for row in rows]):
            print(line.result(), flush=True)


if __name__ == "__main__":
    main()

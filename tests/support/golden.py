"""Sessions whose journals are kept, line by line or as hashes: what is run, and where its journal stands.

`python tools/make_golden.py` writes them again. That is done only for a change that is meant to change what a session
decides or writes, and the commit says which lines changed and why.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "data" / "golden"
RECORDED = Path(__file__).parents[3] / "shared" / "runs"  # of others: only hashes of what came of them are kept
HASHED_LINES = 100
STARTED = "2026-11-23T07:30:00Z"
WHOLE = str(FOLDER / "plans" / "whole.yaml")
DEAF = "sim:beat_gain=0.2,noise=2,lost_per_hour=120,lost_s=8,words_gain=1.5"


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """One session in virtual time.

    Attributes:
        name: of its file
        plan: a path, or the name of one that comes with the program
        feet: what runs
        is_whole: the journal is kept line by line; else a hash of every 100 lines
    """

    name: str
    plan: str
    feet: str
    is_whole: bool = False

    @property
    def words(self) -> tuple[str, ...]:
        """The command line, without the name of the journal."""
        about = ("--feet", self.feet, "--seed", "3", "--started", STARTED, "--open-stage", "1 min")
        return ("rehearse", self.plan, *about, "--baseline", "164", "--sound", "none")

    @property
    def path(self) -> Path:
        """What is kept of it."""
        return FOLDER / f"{self.name}{'.jsonl' if self.is_whole else '.sha256'}"


SIMULATED = (
    Rehearsed("demo", "demo", "sim", is_whole=True),
    Rehearsed("follows", WHOLE, "sim", is_whole=True),
    Rehearsed("hardly-follows", WHOLE, DEAF, is_whole=True),
    Rehearsed("hurries", WHOLE, "sim:spm=176,beat_gain=0.4", is_whole=True),
)
LONG = tuple(
    Rehearsed(name, name, feet)
    for name, feet in (
        ("plus-5-percent", "sim"),
        ("faded", DEAF),
        ("rampblocks", "sim"),
        ("rescue-beat", DEAF),
        ("walk-run-return", "sim"),
        ("own-cadence", "sim"),
        ("easy-metronome", DEAF),
        ("refresher", DEAF),
    )
)
OF_RECORDINGS = tuple(
    Rehearsed(f"recorded-{number}", plan, f"replay:{RECORDED / file}")
    for number, plan, file in (
        ("1", "plus-5-percent", "01_steady_stryd.csv"),
        ("2", "walk-run-return", "05_intervals_walkbreaks.csv"),
    )
)


def hashed(lines: Sequence[str]) -> list[str]:
    """A hash of every 100 lines, the header left out."""
    rest = lines[1:]
    return [
        hashlib.sha256("\n".join(rest[first : first + HASHED_LINES]).encode()).hexdigest()
        for first in range(0, len(rest), HASHED_LINES)
    ]


def kept_of(session: Rehearsed, lines: Sequence[str]) -> list[str]:
    """What is kept of a journal: all of its lines after the header, which names the version and paths, or hashes."""
    return list(lines[1:]) if session.is_whole else hashed(lines)

"""What is fed with files made wrong: one way in, and the good files that the wrong ones are made of."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
KEPT = ROOT / "tests" / "data" / "kept-by-0.1.0"
Read = Callable[[Path], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """One way in.

    Attributes:
        name: for the report
        ending: of the file's name
        read: takes the file, and does with it what the program does
        seeds: good files
    """

    name: str
    ending: str
    read: Read
    seeds: tuple[bytes, ...]


def files_below(root: Path, pattern: str, limit_bytes: int = 100_000) -> tuple[bytes, ...]:
    """The beginnings of files."""
    return tuple(path.read_bytes()[:limit_bytes] for path in sorted(root.glob(pattern)))

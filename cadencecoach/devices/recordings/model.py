"""What a recorded run is, whatever file it came from."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

from cadencecoach.errors import RecordingError

Counts = Literal["strides", "steps"]

MAX_ROWS = 200_000  # two days at 1 Hz, five hours at 10 Hz; more is no run, and takes longer than anybody waits
LARGEST = 1e6  # no cadence, speed or heart rate comes near; what does is damage, and damage is missing
UNUSABLE = "values that are nan, infinite or a million and more treated as missing"


# Oscillation in mm, contact time in ms, length of a stride in m, and who told them (`watch`, `strap`, `pod`).
Movement = tuple[float | None, float | None, float | None, str]


class RecordedRow(NamedTuple):
    """One row of a recorded run; missing is None. A plain tuple, so that rooms that do not know this one can read it.

    Attributes:
        time_s: seconds; from 0 and rising once the clock is repaired
        raw_per_min: cadence as the file has it, strides or steps
        speed_mps: speed
        hr_bpm: heart rate
        movement: what was told beyond these; None where that is nothing
    """

    time_s: float
    raw_per_min: float | None
    speed_mps: float | None
    hr_bpm: float | None
    movement: Movement | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """A recorded run, ready to play.

    Attributes:
        rows: from 0 s, strictly rising; of a sparse run each is there again once a second until the next
        counts: what the format says its cadence counts
        notes: what was repaired, held or left out, each for a person to read
        started: wall time of the first row, ISO 8601 in UTC, a label; empty where the file does not tell
    """

    rows: tuple[RecordedRow, ...]
    counts: Counts
    notes: tuple[str, ...]
    started: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """What a format's reader found.

    Attributes:
        rows: with the file's own finite times in seconds, in the file's order
        counts: what the cadence counts
        notes: for a person to read
        lacks: what to say if no row has a cadence
    """

    rows: list[RecordedRow]
    counts: Counts
    notes: list[str]
    lacks: str = "no cadence in it; a recorded run needs cadence values with their times"


def usable(value: float | None) -> float | None:
    """A value that may be one of a sensor; None for one that is missing, nan, infinite or too large."""
    return value if value is not None and -LARGEST < value < LARGEST else None


def check_rows(n_rows: int) -> None:
    """Stop at a file that is larger than any run.

    Raises:
        RecordingError: more rows than a run has
    """
    if n_rows > MAX_ROWS:
        raise RecordingError(f"more than {MAX_ROWS} rows; too many for a run")

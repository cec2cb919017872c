"""What a recorded run is, whatever file it came from."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

Counts = Literal["strides", "steps"]


class RecordedRow(NamedTuple):
    """One row of a recorded run; missing is None. A plain tuple, so that rooms that do not know this one can read it.

    Attributes:
        time_s: seconds; from 0 and rising once the clock is repaired
        raw_per_min: cadence as the file has it, strides or steps
        speed_mps: speed
        hr_bpm: heart rate
    """

    time_s: float
    raw_per_min: float | None
    speed_mps: float | None
    hr_bpm: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """A recorded run, ready to play.

    Attributes:
        rows: from 0 s, strictly rising
        counts: what the format says its cadence counts
        notes: what was repaired or left out, each for a person to read
    """

    rows: tuple[RecordedRow, ...]
    counts: Counts
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """What a format's reader found: rows with the file's own times in seconds, in the file's order."""

    rows: list[RecordedRow]
    counts: Counts
    notes: list[str]

"""The clock of a recorded run, repaired: from 0 and rising, with honest gaps.

A pause or lost data is a gap and stays one: missing is missing. A clock that was set (by satellite, by hand, at the
start of a second session) is not a gap: the run goes on one second later.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice, zip_longest

from cadencecoach.devices.recordings.model import RecordedRow

LONGEST_GAP_S = 3600.0  # longer, and it is a clock that was set, or another run in the same file
STRAY_WITHIN_S = 10.0  # a wrong time between two that follow each other this closely is one row's error
SAME_TIME_S = 0.001  # no recorder writes a thousand rows a second; closer is one instant, written twice
GOES_ON_S = 1.0  # watches record once a second
TOLD_GAP_S = 60.0  # gaps from here on are worth a note


@dataclass(slots=True)
class Repairs:
    """What was done; counts for the notes."""

    n_strays: int = 0
    n_repeated: int = 0
    n_back: int = 0
    n_forward: int = 0
    gaps_s: list[float] = field(default_factory=list)

    def is_jump(self, step_s: float) -> bool:
        """Whether a step of the file's clock is no time that passed; counted, as gaps are."""
        self.n_back += step_s < 0
        self.n_forward += step_s > LONGEST_GAP_S
        if TOLD_GAP_S < step_s <= LONGEST_GAP_S:
            self.gaps_s.append(step_s)
        return not 0 < step_s <= LONGEST_GAP_S

    def notes(self) -> list[str]:
        """One line each, for a person to read."""
        longest_s = max(self.gaps_s, default=0.0)
        told = (
            (self.n_repeated, "rows repeated a time; the later one is kept"),
            (self.n_strays, "rows with a stray time left out"),
            (self.n_back, "backward jumps of the clock; the run continues 1 s later"),
            (self.n_forward, "forward jumps of the clock by more than an hour; the run continues 1 s later"),
            (len(self.gaps_s), f"gaps over {TOLD_GAP_S:g} s, the longest {longest_s:g} s"),
        )
        return [f"{text}: {n}" for n, text in told if n]


def repair_times(rows: Sequence[RecordedRow]) -> tuple[list[RecordedRow], list[str]]:
    """Rows from 0 s with strictly rising times, and notes of what was done.

    Args:
        rows: finite times in seconds of any origin, in the order of the file
    """
    repairs = Repairs()
    kept: list[RecordedRow] = []
    told_s = from_s = rows[0].time_s if rows else 0.0  # the file's time of the newest row kept, and of the newest jump
    at_s = 0.0  # the run's time of that jump: times are placed from it and not added up
    for row, following in zip_longest(rows, islice(rows, 1, None)):
        step_s = row.time_s - told_s
        if not SAME_TIME_S <= step_s <= STRAY_WITHIN_S and kept:
            if abs(step_s) < SAME_TIME_S:
                repairs.n_repeated += 1
                kept[-1] = _merge(kept[-1], row)
                continue
            if _is_stray(told_s, row, following):
                repairs.n_strays += 1
                continue
            if repairs.is_jump(step_s):
                at_s, from_s = kept[-1].time_s + GOES_ON_S, row.time_s
        told_s = row.time_s
        kept.append(_at_time(row, at_s + (told_s - from_s)))
    return kept, repairs.notes()


def _at_time(row: RecordedRow, time_s: float) -> RecordedRow:
    """A row with its time in the run; most rows of most tables have it already."""
    return row if row.time_s == time_s else row._replace(time_s=time_s)


def _merge(earlier: RecordedRow, later: RecordedRow) -> RecordedRow:
    """Two rows of one instant: the later stands where it says something."""
    return RecordedRow(
        earlier.time_s,
        earlier.raw_per_min if later.raw_per_min is None else later.raw_per_min,
        earlier.speed_mps if later.speed_mps is None else later.speed_mps,
        earlier.hr_bpm if later.hr_bpm is None else later.hr_bpm,
        earlier.movement if later.movement is None else later.movement,
    )


def _is_stray(told_s: float, row: RecordedRow, following: RecordedRow | None) -> bool:
    """Whether a row's time, far from the one before, is out of line while the next row goes on from the one before."""
    return following is not None and 0 < following.time_s - told_s <= STRAY_WITHIN_S and following.time_s != row.time_s

"""The clock of a recorded run, repaired: from 0 and rising, with honest gaps.

A pause or lost data is a gap and stays one: missing is missing. A clock that was set (by satellite, by hand, at the
start of a second session) is not a gap: the run goes on one second later.
"""

from dataclasses import dataclass, field

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

    def notes(self) -> list[str]:
        """One line each, for a person to read."""
        longest_s = max(self.gaps_s, default=0.0)
        told = (
            (self.n_repeated, "rows repeated a time; the later one stands"),
            (self.n_strays, "rows with a stray time left out"),
            (self.n_back, "jumps of the clock back; the run goes on 1 s later"),
            (self.n_forward, "jumps of the clock forward by more than an hour; the run goes on 1 s later"),
            (len(self.gaps_s), f"gaps over {TOLD_GAP_S:g} s, the longest {longest_s:g} s"),
        )
        return [f"{text}: {n}" for n, text in told if n]


def repaired(rows: list[RecordedRow]) -> tuple[list[RecordedRow], list[str]]:
    """Rows from 0 s with strictly rising times, and notes of what was done.

    Args:
        rows: finite times in seconds of any origin, in the order of the file
    """
    repairs = Repairs()
    kept: list[RecordedRow] = []
    told_s = 0.0  # the file's time of the newest row kept
    for place, row in enumerate(rows):
        if not kept:
            kept.append(row._replace(time_s=0.0))
        elif abs(row.time_s - told_s) < SAME_TIME_S:
            repairs.n_repeated += 1
            kept[-1] = _merged(kept[-1], row)
            continue
        elif _is_stray(told_s, row, rows[place + 1 : place + 2]):
            repairs.n_strays += 1
            continue
        else:
            kept.append(row._replace(time_s=kept[-1].time_s + _step_s(row.time_s - told_s, repairs)))
        told_s = row.time_s
    return kept, repairs.notes()


def _merged(earlier: RecordedRow, later: RecordedRow) -> RecordedRow:
    """Two rows of one instant: the later stands where it says something."""
    return RecordedRow(
        earlier.time_s,
        earlier.raw_per_min if later.raw_per_min is None else later.raw_per_min,
        earlier.speed_mps if later.speed_mps is None else later.speed_mps,
        earlier.hr_bpm if later.hr_bpm is None else later.hr_bpm,
    )


def _is_stray(told_s: float, row: RecordedRow, following: list[RecordedRow]) -> bool:
    """Whether a row's time is out of line while the next row goes on from the one before."""
    if 0 < row.time_s - told_s <= STRAY_WITHIN_S or not following:
        return False
    return 0 < following[0].time_s - told_s <= STRAY_WITHIN_S and following[0].time_s != row.time_s


def _step_s(step_s: float, repairs: Repairs) -> float:
    """How far the run goes on for a step of the file's clock."""
    if step_s < 0:
        repairs.n_back += 1
        return GOES_ON_S
    if step_s > LONGEST_GAP_S:
        repairs.n_forward += 1
        return GOES_ON_S
    if step_s > TOLD_GAP_S:
        repairs.gaps_s.append(step_s)
    return step_s

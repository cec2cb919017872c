"""How far apart a recorded run's rows stand, and what is made of it.

Watches that "record smartly" write a row when something has changed: between two rows the value was what the first one
says, and the watch knew it. Such a file is read so: each row is repeated once a second until the next one, and over a
longer time where both rows say the same. A file that was written once a second and has a hole is something else: there
nothing was known, and a gap stays a gap.
"""

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise
from operator import sub
from statistics import median_high

from cadencecoach.devices.recordings.model import RecordedRow
from cadencecoach.units import STALE_AFTER_S

SPARSE_ABOVE_S = 2.5  # every other second missing is 2 s apart, and is a poor signal, not a way to record
OFTEN = 0.2  # of the steps between rows are longer than that: a watch that writes more often while more changes
HELD_FOR_S = 10.0  # a runner who stops or begins to walk is written down sooner than that
HELD_AGREEING_S = 30.0  # a watch that writes nothing for longer was stopped; a red light takes about so long
AGREE_RATIO = 0.05  # 8 steps a minute at 160: what feet do while nothing changes
MOVING_MPS = 0.5  # slower is standing, as satellites see it
EVERY_S = 1.0
LONGEST_RUN_S = 100_000.0  # a day and a bit; what is longer is no run, and would fill the memory


def hold_sparse(rows: Sequence[RecordedRow]) -> tuple[Sequence[RecordedRow], list[str]]:
    """Rows of a sparse run with each held until the next; other runs as they are; and notes for a person.

    Args:
        rows: strictly rising times from 0 s
    """
    times_s = [row.time_s for row in rows]
    apart_s = _typical_step_s(times_s)
    notes = []
    if is_sparse(times_s) and rows[-1].time_s <= LONGEST_RUN_S:
        n_written = len(rows)
        rows = list(_hold_each(rows))
        held = f"each value is held until the next, over {HELD_FOR_S:g} s at most, {HELD_AGREEING_S:g} s if they agree"
        notes.extend([f"rows are {apart_s:g} s apart: {held}"] if len(rows) > n_written else [])
    value_apart_s = _typical_step_s([row.time_s for row in rows if row.raw_per_min is not None])
    if value_apart_s > STALE_AFTER_S:
        notes.append(
            f"cadence values are {value_apart_s:g} s apart: one older than {STALE_AFTER_S:g} s is not coached on, "
            "so there is little to coach in this run"
        )
    return rows, notes


def is_sparse(times_s: Sequence[float]) -> bool:
    """Whether rows were written when something changed."""
    apart_s = _typical_step_s(times_s)
    if not 0 < apart_s <= HELD_AGREEING_S:
        return False
    n_long = sum(SPARSE_ABOVE_S < later - earlier <= HELD_AGREEING_S for earlier, later in pairwise(times_s))
    return apart_s > SPARSE_ABOVE_S or n_long > OFTEN * (len(times_s) - 1)


def _typical_step_s(times_s: Sequence[float]) -> float:
    """The upper median of the steps between times; 0 where there are none."""
    return median_high(map(sub, times_s[1:], times_s)) if len(times_s) > 1 else 0.0


def _hold_each(rows: Sequence[RecordedRow]) -> Iterator[RecordedRow]:
    """Each row, and again once a second before the next one, unless that is too far away."""
    for row, following in pairwise(rows):
        yield row
        apart_s = following.time_s - row.time_s
        held_s = HELD_AGREEING_S if _agree(row, following) else HELD_FOR_S
        n_steps = math.ceil(apart_s / EVERY_S) if apart_s <= held_s else 1
        for step in range(1, n_steps):
            time_s = row.time_s + step * EVERY_S
            if time_s < following.time_s:  # the last may be rounded onto it
                yield row._replace(time_s=time_s)
    yield rows[-1]


def _agree(row: RecordedRow, following: RecordedRow) -> bool:
    """Whether the cadence was the same at both ends and not 0, and the runner as far as is known was moving at both."""
    first, last = row.raw_per_min, following.raw_per_min
    if not first or not last or abs(last - first) > AGREE_RATIO * max(first, last):
        return False
    return all(speed_mps is None or speed_mps > MOVING_MPS for speed_mps in (row.speed_mps, following.speed_mps))

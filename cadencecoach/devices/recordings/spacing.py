"""How far apart a recorded run's rows stand, and what is made of it.

Watches that "record smartly" write a row when something has changed: between two rows the value was what the first one
says, and the watch knew it. Such a file is read so: each row is repeated once a second until the next one. A file
that was written once a second and has a hole is something else: there nothing was known, and a gap stays a gap.
"""

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise
from operator import sub

from cadencecoach.devices.recordings.model import RecordedRow
from cadencecoach.units import STALE_AFTER_S

SPARSE_ABOVE_S = 2.5  # every other second missing is 2 s apart, and is a poor signal, not a way to record
HELD_FOR_S = 10.0  # a runner who stops or begins to walk is written down sooner than that
EVERY_S = 1.0
LONGEST_RUN_S = 100_000.0  # a day and a bit; what is longer is no run, and would fill the memory


def filled(rows: Sequence[RecordedRow]) -> tuple[Sequence[RecordedRow], list[str]]:
    """Rows of a sparse run with each held until the next; other runs as they are; and notes for a person.

    Args:
        rows: strictly rising times from 0 s
    """
    apart_s = _typical_step_s([row.time_s for row in rows])
    notes = []
    if SPARSE_ABOVE_S < apart_s <= HELD_FOR_S and rows[-1].time_s <= LONGEST_RUN_S:
        rows = list(_held(rows))
        held = f"each value is held until the next, over {HELD_FOR_S:g} s at most"
        notes.append(f"rows are {apart_s:g} s apart: {held}")
    value_apart_s = _typical_step_s([row.time_s for row in rows if row.raw_per_min is not None])
    if value_apart_s > STALE_AFTER_S:
        notes.append(
            f"cadence values are {value_apart_s:g} s apart: one older than {STALE_AFTER_S:g} s is not coached on, "
            "so there is little to coach in this run"
        )
    return rows, notes


def _typical_step_s(times_s: list[float]) -> float:
    """The upper median of the steps between times; 0 where there are none."""
    steps_s = sorted(map(sub, times_s[1:], times_s))
    return steps_s[len(steps_s) // 2] if steps_s else 0.0


def _held(rows: Sequence[RecordedRow]) -> Iterator[RecordedRow]:
    """Each row, and again once a second before the next one, unless that is too far away."""
    for row, following in pairwise(rows):
        yield row
        apart_s = following.time_s - row.time_s
        n_steps = math.ceil(apart_s / EVERY_S) if apart_s <= HELD_FOR_S else 1
        for step in range(1, n_steps):
            time_s = row.time_s + step * EVERY_S
            if time_s < following.time_s:  # the last may be rounded onto it
                yield row._replace(time_s=time_s)
    yield rows[-1]

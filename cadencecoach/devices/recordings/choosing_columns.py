"""Which column of several is the cadence, the speed, the heart rate of a recorded run.

A file often has a quantity more than once: a watch writes 0 beside the cadence of a pod's app, an old element stays
beside a new one. What says nothing does not win because it stands first: the first column counts that has at least
half as many values above zero as the fullest one. Where it is silent, the others speak for it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import median_high
from typing import NamedTuple

from cadencecoach.devices.recordings.clock import GOES_ON_S
from cadencecoach.devices.recordings.columns import Column, Quantity, Table, Values
from cadencecoach.devices.recordings.model import Counts, RecordedRow
from cadencecoach.devices.recordings.movement import movements
from cadencecoach.devices.recordings.spacing import HELD_AGREEING_S, HELD_FOR_S, is_sparse
from cadencecoach.devices.recordings.sports import UNSAID_NOTE, keep_on_foot
from cadencecoach.units import FASTEST_WALK_MPS

ENOUGH = 0.5  # of the values above zero that the fullest column has
MIN_CONSTANT = 20  # values that are all the same: of feet that is half a minute as by a machine
MIN_VARIED = 3  # different values
CADENCE_PER_MIN = (20.0, 240.0)  # strides of a stroll to steps of a sprint; anything else is another quantity
EMPTY = frozenset({255.0, 65535.0})  # "no value" of one byte and of two, written out as a number
MIN_COMMON = 5  # rows that tell how two columns are to each other
SAME, HALF, TWICE = (0.8, 1.25), (0.4, 0.62), (1.6, 2.5)  # strides beside steps, or the same of both
STOOD = 0.5  # of the way that the speed before a gap would have made in it


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """The run in a table.

    Attributes:
        rows: those done on foot
        counts: what their cadence counts
        columns: which column each quantity was read from, if the table has one
        notes: for a person to read
    """

    rows: list[RecordedRow]
    counts: Counts
    columns: dict[Quantity, Column]
    notes: list[str]


def run_of(table: Table, *, names_sport: bool = True) -> Run:
    """The rows of a table that were done on foot, each quantity from the column that tells it.

    Args:
        table: as read
        names_sport: files of this format name their sport, and one that does not gets a note
    Raises:
        RecordingError: there are rows, and none was done on foot
    """
    places, notes = keep_on_foot(table.sports)
    table = table.only(places)
    speeds = _choose(table.of(Quantity.SPEED), len(places))
    hearts = _choose(table.of(Quantity.HEART), len(places))
    cadences = [(column, _without_empty(values)) for column, values in table.of(Quantity.CADENCE)]
    raws = _choose(_of_feet(cadences), len(places), speeds.values)
    distances = _choose(table.of(Quantity.DISTANCE), len(places))
    chosen = (raws, speeds, hearts)
    counts = raws.column.counts if raws.column else "strides"
    spms = [raw and raw * (2 if counts == "strides" else 1) for raw in raws.values]
    moved = movements(table, spms, speeds.values)
    rows = list(map(RecordedRow, table.times_s, raws.values, speeds.values, hearts.values, moved))
    return Run(
        rows=list(_with_stops(rows, distances.values, table.stops)) if is_sparse(table.times_s) else rows,
        counts=counts,
        columns={one.column.quantity: one.column for one in chosen if one.column},
        notes=[*(note for note in notes if names_sport or note != UNSAID_NOTE), *_notes(raws, cadences)],
    )


def _with_stops(rows: list[RecordedRow], distances_m: Values, stops: set[float]) -> Iterator[RecordedRow]:
    """The rows of a sparse run, with one of nothing known after each that stands before a stop.

    A stop is told by the watch, or is a gap in which there was little way for its speed, or for the usual one.
    """
    usual_mps = _usual_mps(rows, distances_m)
    for place, row in enumerate(rows):
        yield row
        apart_s = rows[place + 1].time_s - row.time_s if place + 1 < len(rows) else 0.0
        if not HELD_FOR_S < apart_s <= HELD_AGREEING_S:
            continue
        speed_mps = None if usual_mps is None else row.speed_mps or usual_mps  # without any way there is no distance
        if row.time_s in stops or _stood(distances_m[place : place + 2], speed_mps, apart_s):
            yield RecordedRow(row.time_s + GOES_ON_S, None, None, None)


def _usual_mps(rows: list[RecordedRow], distances_m: Values) -> float | None:
    """The upper median of the speeds from row to row, by the ways between them."""
    ways = (
        (end_m - start_m) / (later.time_s - row.time_s)
        for (row, later), (start_m, end_m) in zip(pairwise(rows), pairwise(distances_m), strict=True)
        if start_m is not None and end_m is not None and later.time_s > row.time_s
    )
    speeds_mps = [speed_mps for speed_mps in ways if speed_mps > 0]
    return median_high(speeds_mps) if speeds_mps else None


def _stood(ends_m: Values, speed_mps: float | None, apart_s: float) -> bool:
    """Whether a runner of some speed made little way between two rows, as far as that is known."""
    if speed_mps is None or None in ends_m:
        return False
    start_m, end_m = (end or 0.0 for end in ends_m)
    return end_m - start_m < STOOD * speed_mps * apart_s


def _notes(raws: "_Chosen", cadences: list[tuple[Column, Values]]) -> list[str]:
    """Where the cadence was read, if that is not where it is looked for first."""
    if raws.column is None or not _n_positive(raws.values):
        return []
    first = cadences[0][0]
    is_other = raws.column is not first
    because = f" because {first.name} has no usable values" if is_other else ""
    read = f"cadence is read from {raws.column.name}{because}"
    filled = [f"in {n} rows where {raws.column.name} has no cadence, that of {name} is read" for name, n in raws.filled]
    return [*([read] if is_other or raws.column.is_told else []), *filled]


class _Chosen(NamedTuple):
    """What is read of one quantity: the values, their column, and how many are of which other."""

    values: Values
    column: Column | None
    filled: list[tuple[str, int]]


def _choose(columns: list[tuple[Column, Values]], n_rows: int, speeds: Values | None = None) -> _Chosen:
    """The values of the first column that says enough, with those of the others where it is silent.

    Args:
        columns: of one quantity, best rank first
        n_rows: how many rows there are
        speeds: of the rows, where the quantity is a cadence; one of 0 is silent, unless the speed is no run's
    """
    if not columns:
        return _Chosen([None] * n_rows, None, [])
    fullest = max(_n_positive(values) for _, values in columns)
    column, values = next(one for one in columns if _n_positive(one[1]) >= ENOUGH * fullest)
    if not fullest:  # zeros are said too
        column, values = max(columns, key=lambda one: len(one[1]) - one[1].count(None))
    told: list[tuple[str, int]] = []
    for other, its_values in columns:
        factor = 1.0 if speeds is None else _factor(values, its_values)
        if other is column or factor is None:
            continue
        pairs = enumerate(zip(values, its_values, strict=True))
        filled = [_value_or(mine, its, factor, speeds, place) for place, (mine, its) in pairs]
        n_filled = sum(now is not None and now != before for before, now in zip(values, filled, strict=True))
        told.extend([(other.name, n_filled)] if n_filled else [])
        values = filled
    return _Chosen(values, column, told)


def _value_or(mine: float | None, its: float | None, factor: float, speeds: Values | None, place: int) -> float | None:
    """A value, or that of another column where this one says nothing."""
    if its is None or mine:
        return mine
    if mine is None:
        return its * factor
    speed_mps = None if speeds is None else speeds[place]
    # A cadence of 0 where nobody walks is one that was not measured.
    is_silent = speeds is not None and its > 0 and (speed_mps is None or speed_mps >= FASTEST_WALK_MPS)
    return its * factor if is_silent else mine


def _factor(values: Values, others: Values) -> float | None:
    """What another column is multiplied by to count as this one does; None where they are not the same thing."""
    pairs = [(one, other) for one, other in zip(values, others, strict=True) if one and other]
    if len(pairs) < MIN_COMMON:
        mine, its = _typical(values), _typical(others)
    else:
        mine, its = _typical([one for one, _ in pairs]), _typical([other for _, other in pairs])
    if not mine or not its:
        return 1.0
    ratio = mine / its
    fitting = ((SAME, 1.0), (HALF, 0.5), (TWICE, 2.0))
    return next((factor for (low, high), factor in fitting if low <= ratio <= high), None)


def _of_feet(columns: list[tuple[Column, Values]]) -> list[tuple[Column, Values]]:
    """Without columns that are no cadence where another one is: numbers of no feet, and one number for ever."""
    fitting = [one for one in columns if CADENCE_PER_MIN[0] <= _typical(one[1]) <= CADENCE_PER_MIN[1]]
    varied = [one for one in fitting if len(set(filter(None, one[1]))) >= MIN_VARIED]
    most = max((_n_positive(values) for _, values in varied), default=0)
    alive = [one for one in fitting if one in varied or not _is_constant(one[1]) or most < ENOUGH * _n_positive(one[1])]
    return alive or columns


def _is_constant(values: Values) -> bool:
    return _n_positive(values) >= MIN_CONSTANT and len(set(filter(None, values))) == 1


def _without_empty(values: Values) -> Values:
    return [None if value in EMPTY else value for value in values]


def _n_positive(values: Values) -> int:
    return sum(value is not None and value > 0 for value in values)


def _typical(values: Values) -> float:
    """The upper median of the values above zero; 0 where there are none."""
    positive = [value for value in values if value is not None and value > 0]
    return median_high(positive) if positive else 0.0

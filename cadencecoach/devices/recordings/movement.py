"""Oscillation, contact time and stride of a recorded run: in which unit they stand, and who told them.

A 0 is what devices write before they know. "Stride length" is two steps in one program and one in the next: speed and
cadence of the same rows say which, and where they do not, there is none.
"""

from collections.abc import Iterable, Iterator
from statistics import median_high
from typing import NamedTuple

from cadencecoach.devices.recordings.columns import Column, Quantity, Table, Values
from cadencecoach.devices.recordings.model import Movement

MM_OF = {**dict.fromkeys(("mm", "millimeters"), 1.0), **dict.fromkeys(("cm", "centimeters"), 10.0), "m": 1000.0}
MS_OF = {**dict.fromkeys(("ms", "msec", "milliseconds"), 1.0), **dict.fromkeys(("s", "sec", "seconds"), 1000.0)}
M_OF = {**dict.fromkeys(("mm", "millimeters"), 0.001), **dict.fromkeys(("cm", "centimeters"), 0.01),
        **dict.fromkeys(("m", "meters", "metres"), 1.0)}  # fmt: skip
FACTORS = {Quantity.OSCILLATION: MM_OF, Quantity.CONTACT: MS_OF, Quantity.STRIDE: M_OF}
LEAST_MM, LEAST_MS, LARGEST_M = 20.0, 10.0, 6.0  # typical: in mm, in ms and in m; less or more is another unit
STRIDE_RATIO, STEP_RATIO = (0.85, 1.18), (0.42, 0.59)  # of the way that speed and cadence make in two steps
WATCH, POD = "watch", "pod"  # as `gait.dynamics` calls them


class _Told(NamedTuple):
    """What is read of one quantity, in mm, ms or m, and whether a pod told it."""

    values: Values
    is_pod: bool


def movements(table: Table, spms: Values, speeds_mps: Values) -> Iterator[Movement | None]:
    """For each row what was told beyond cadence; None where that is nothing.

    Args:
        table: the rows done on foot
        spms: their step rates
        speeds_mps: their speeds
    """
    n_rows = len(table.times_s)
    oscillation = _told(table.of(Quantity.OSCILLATION), n_rows)
    contact = _told(table.of(Quantity.CONTACT), n_rows)
    stride = _in_strides(table.of(Quantity.STRIDE), n_rows, spms, speeds_mps)
    is_pod = oscillation.is_pod or contact.is_pod or stride.is_pod
    for values in zip(oscillation.values, contact.values, stride.values, strict=True):
        yield None if values == (None, None, None) else (*values, POD if is_pod else WATCH)


def _told(columns: list[tuple[Column, Values]], n_rows: int) -> _Told:
    """The values of the column that says most."""
    if not columns:
        return _Told([None] * n_rows, is_pod=False)
    column, values = max(columns, key=lambda one: sum(map(bool, one[1])))
    known = [value or None for value in values]
    factor = _factor(column, known)
    return _Told([None if value is None else value * factor for value in known], column.is_pod)


def _factor(column: Column, values: Iterable[float | None]) -> float:
    """What a column is multiplied by to be in mm, ms or m: as its unit says, else by the size of its values."""
    factor = FACTORS[column.quantity].get(column.unit)
    told = [value for value in values if value is not None]
    if factor is not None or not told:
        return factor or 1.0
    typical = median_high(told)
    match column.quantity:
        case Quantity.OSCILLATION:
            return 1.0 if typical >= LEAST_MM else 10.0
        case Quantity.CONTACT:
            return 1.0 if typical >= LEAST_MS else 1000.0
        case _:
            return 1.0 if typical <= LARGEST_M else 0.001


def _in_strides(columns: list[tuple[Column, Values]], n_rows: int, spms: Values, speeds_mps: Values) -> _Told:
    """Lengths of two steps, where it can be told what a column counts."""
    told = _told(columns, n_rows)
    column = max(columns, key=lambda one: sum(map(bool, one[1])))[0] if columns else None
    if column is None or column.counts_said:
        factor = 2.0 if column is not None and column.counts == "steps" else 1.0
        return _Told([None if value is None else factor * value for value in told.values], told.is_pod)
    rows = zip(told.values, spms, speeds_mps, strict=True)
    ratios = [value * spm / (120 * mps) for value, spm, mps in rows if value and spm and mps]
    typical = median_high(ratios) if ratios else 0.0
    fitting = ((STRIDE_RATIO, 1.0), (STEP_RATIO, 2.0))
    by = next((factor for (low, high), factor in fitting if low <= typical <= high), None)
    return _Told([None if value is None or by is None else by * value for value in told.values], told.is_pod)

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


class _Triple(NamedTuple):
    """What one teller says of the rows: oscillation, contact time and stride, in mm, ms and m."""

    oscillations_mm: Values
    contacts_ms: Values
    strides_m: Values

    @property
    def n_known(self) -> int:
        """How many values there are."""
        return sum(len(values) - values.count(None) for values in self)


def movements(table: Table, spms: Values, speeds_mps: Values) -> Iterator[Movement | None]:
    """For each row what was told beyond cadence; None where that is nothing. Of two tellers the one that says more.

    Args:
        table: the rows done on foot
        spms: their step rates
        speeds_mps: their speeds
    """
    columns = [table.of(quantity) for quantity in FACTORS]
    tellers = dict.fromkeys(column.told_by for of_one in columns for column, _ in of_one)
    n_rows = len(table.times_s)
    told: dict[str, _Triple] = {}
    for teller in tellers:
        of_it = [[one for one in of_one if one[0].told_by == teller] for of_one in columns]
        oscillations, contacts, strides = (_choose_values(of_one, n_rows) for of_one in of_it)
        told[teller] = _Triple(oscillations, contacts, _in_strides(of_it[2], strides, spms, speeds_mps))
    if not told:
        yield from [None] * n_rows
        return
    by = max(told, key=lambda teller: told[teller].n_known)
    for values in zip(*told[by], strict=True):
        yield None if values == (None, None, None) else (*values, by)


def _fullest(columns: list[tuple[Column, Values]]) -> tuple[Column, Values]:
    """The column that says most."""
    return max(columns, key=lambda one: sum(map(bool, one[1])))


def _choose_values(columns: list[tuple[Column, Values]], n_rows: int) -> Values:
    """The values of the column that says most, in mm, ms or m."""
    if not columns:
        return [None] * n_rows
    column, values = _fullest(columns)
    known = [value or None for value in values]
    factor = _factor(column, known)
    return [None if value is None else value * factor for value in known]


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


def _in_strides(columns: list[tuple[Column, Values]], lengths_m: Values, spms: Values, speeds_mps: Values) -> Values:
    """Lengths of two steps, where it can be told what a column counts."""
    if not columns:
        return lengths_m
    column, _ = _fullest(columns)
    by: float | None = 2.0 if column.counts == "steps" else 1.0
    if not column.counts_said:
        rows = zip(lengths_m, spms, speeds_mps, strict=True)
        ratios = [value * spm / (120 * mps) for value, spm, mps in rows if value and spm and mps]
        typical = median_high(ratios) if ratios else 0.0
        fitting = ((STRIDE_RATIO, 1.0), (STEP_RATIO, 2.0))
        by = next((factor for (low, high), factor in fitting if low <= typical <= high), None)
    return [None if value is None or by is None else by * value for value in lengths_m]

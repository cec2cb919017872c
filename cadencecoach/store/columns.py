"""Rows of the index as the table keeps them: days as text, truths as 0 and 1, and what was wrong with a journal."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date

from cadencecoach.record.row import NO_DAY, SessionRow
from cadencecoach.record.rows import PRACTICE, SIMULATION

FORM = 7  # of the numbers in docs/metrics.md; counts up when a definition changes, and every row is made again

Value = str | int | float | None

_FIELDS = fields(SessionRow)
NAMES = tuple(field.name for field in _FIELDS)
# Beside a row: why the journal cannot be read, or empty; what lists show of a session, and rules do not ask for.
COLUMNS = (*NAMES, "problem", "kind", "spark")
_TRUTHS = tuple(NAMES.index(field.name) for field in _FIELDS if field.type is bool)
_DAY = NAMES.index("day")


def values_of(row: SessionRow, *, kind: str = "", spark: str = "") -> dict[str, Value]:
    """A row as the table takes it."""
    values = {name: _storable(getattr(row, name)) for name in NAMES}
    return {**values, "day": row.day.isoformat(), "problem": "", "kind": kind, "spark": spark}


def values_of_broken(key: str, problem: str) -> dict[str, Value]:
    """A journal that cannot be read, as the table takes it."""
    return {"id": _storable(key), "started": "", "day": NO_DAY.isoformat(), "problem": _storable(problem)}


def json_of(row: SessionRow) -> dict[str, object]:
    """A row as plain values: seconds, spm, ratios from 0 to 1; null where something is not known."""
    values: dict[str, object] = {name: _storable(getattr(row, name)) for name in NAMES}
    day = row.day.isoformat() if row.day != NO_DAY else None
    return {**values, "day": day, "is_simulated": row.origin in {SIMULATION, PRACTICE}}


def _storable(value: Value) -> Value:
    """Half a character, which JSON can hold, goes into no table."""
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value


def row_from_values(values: Sequence[Value]) -> SessionRow:
    """The row again; `values` are those of `NAMES`, in that order."""
    words: Mapping[str, object] = dict(zip(NAMES, values, strict=True))
    truths = {NAMES[place]: bool(values[place]) for place in _TRUTHS}
    try:
        day = date.fromisoformat(str(values[_DAY]))
    except ValueError:  # a table that was damaged
        day = NO_DAY
    return SessionRow(**{**words, **truths, "day": day})  # type: ignore[arg-type]

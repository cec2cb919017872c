"""A column of a research table as one row: from it follow the CSV, the Parquet and the dictionary."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Generic, TypeVar

Cell = float | int | str | date | None  # None is not known, and never 0
Kind = type[float] | type[int] | type[str] | type[date]
OTHER = "other"
Row = TypeVar("Row")


class Risk(Enum):
    """What somebody might learn of a person from a column; the last five are left out for research."""

    NONE = "none by itself"
    HINT = "may help to recognise somebody, together with other columns"
    NAME = "names a person, a session or an entry as the program does"
    DAY = "a date or a time of day"
    TEXT = "somebody's own words, which may name anybody"
    WHO = "who wrote it, or on which device"
    FILE = "names a file"

    @property
    def is_for_research(self) -> bool:
        """Whether a column of it is in the tables for research."""
        return self in {Risk.NONE, Risk.HINT}


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """A column.

    Attributes:
        name: with its unit, where it has one
        kind: of its values
        unit: empty where there is none
        meaning: what a value says
        source: where it comes from
        value: of a row; None is not known
        risk: what it may tell of a person
        known: the only words there are for research, and `other` for all others; None where the program makes them
    """

    name: str
    kind: Kind
    unit: str
    meaning: str
    source: str
    value: Callable[[Row], Cell]
    risk: Risk = Risk.NONE
    known: frozenset[str] | None = None

    def cells(self, rows: Sequence[Row], *, for_research: bool) -> list[Cell]:
        """The values of rows, as they are written: an empty word is nothing known. One column at a time is quicker."""
        cells = [
            None if one == "" or one != one else int(one) if type(one) is bool else one  # noqa: PLR0124  # no number
            for one in map(self.value, rows)
        ]
        known = self.known
        if for_research and known is not None:
            return [one if one is None or one in known else OTHER for one in cells]
        return cells


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(Generic[Row]):
    """A table.

    Attributes:
        name: of its files
        about: what a row is
        columns: in their order
    """

    name: str
    about: str
    columns: tuple[Column[Row], ...]

    def choose(self, *, for_research: bool) -> Sequence[Column[Row]]:
        """The columns that are written."""
        return [one for one in self.columns if one.risk.is_for_research or not for_research]

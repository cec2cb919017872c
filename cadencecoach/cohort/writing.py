"""Rows into files as they come: CSV always, Parquet where pyarrow is there. Nothing but a few thousand rows is held."""

import csv
import io
import os
from collections.abc import Iterable, Sequence
from contextlib import ExitStack, suppress
from datetime import date
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import IO, Any, Generic

from cadencecoach.cohort.column import Cell, Column, Row, Table
from cadencecoach.devices.private_file import FILE_MODE
from cadencecoach.record.exports.csv_table import cell_text

ROWS_AT_ONCE = 1000  # whose cells are worked out together
HELD_ROWS = 50_000  # of a Parquet, until they are written as one group
CSV, PARQUET = "csv", "parquet"
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


def can_write_parquet() -> bool:
    """Whether pyarrow, an extra, is installed."""
    try:
        return find_spec("pyarrow") is not None
    except ValueError:  # somebody has taken it out
        return False


class TableWriter(Generic[Row]):
    """One table of one folder, open until it is closed."""

    def __init__(self, table: Table[Row], stem: Path, *, for_research: bool, endings: frozenset[str]) -> None:
        """Begin the files: `stem` is their path without the ending, and `endings` say which there are."""
        self.n_rows = 0
        self._columns: Sequence[Column[Row]] = table.choose(for_research=for_research)
        self._for_research = for_research
        self._files = ExitStack()
        self._csv = None
        if CSV in endings:
            text = io.TextIOWrapper(_new_file(stem, CSV), encoding="utf-8", errors="backslashreplace", newline="")
            self._csv = csv.writer(self._files.enter_context(text))
            self._csv.writerow([column.name for column in self._columns])
        self._parquet = None
        if PARQUET in endings:
            self._parquet = _ParquetRows(self._columns, self._files.enter_context(_new_file(stem, PARQUET)))

    def add(self, rows: Iterable[Row]) -> None:
        """Write rows."""
        rows = iter(rows)
        while some := list(islice(rows, ROWS_AT_ONCE)):
            columns = [column.cells(some, for_research=self._for_research) for column in self._columns]
            if self._csv is not None:
                self._csv.writerows(zip(*(map(_text_of, cells) for cells in columns), strict=True))
            if self._parquet is not None:
                self._parquet.add(columns)
            self.n_rows += len(some)

    def close(self) -> None:
        """Write what is held; the files are whole."""
        with self._files:
            if self._parquet is not None:
                self._parquet.close()

    def drop(self) -> None:
        """Close the files as they are; they are about to go."""
        with suppress(OSError), self._files:
            if self._parquet is not None:
                self._parquet.drop()


class _ParquetRows:
    """Rows of a Parquet: held until they make a group."""

    def __init__(self, columns: Sequence[Column[Any]], file: IO[bytes]) -> None:
        import pyarrow as pa  # noqa: PLC0415  # an extra
        from pyarrow import parquet  # noqa: PLC0415

        kinds = {int: pa.int64(), float: pa.float64(), str: pa.string(), date: pa.date32()}
        self._fields = [
            pa.field(one.name, kinds[one.kind], metadata={"unit": one.unit, "is": one.meaning, "risk": one.risk.value})
            for one in columns
        ]
        self._make = pa.table
        self._schema = pa.schema(self._fields)
        self._writer = parquet.ParquetWriter(file, self._schema, compression="snappy")
        self._is_text = [one.kind is str for one in columns]
        self._held: list[list[Cell]] = [[] for _ in columns]

    def add(self, columns: Sequence[list[Cell]]) -> None:
        for held, is_text, cells in zip(self._held, self._is_text, columns, strict=True):
            held.extend(map(_whole, cells) if is_text else cells)
        if len(self._held[0]) >= HELD_ROWS:
            self._write()

    def close(self) -> None:
        if self._held[0]:
            self._write()
        self._writer.close()

    def drop(self) -> None:
        self._writer.close()

    def _write(self) -> None:
        self._writer.write_table(self._make(self._held, schema=self._schema))
        self._held = [[] for _ in self._fields]


def _new_file(stem: Path, ending: str) -> IO[bytes]:
    return os.fdopen(os.open(f"{stem}.{ending}", _NEW, FILE_MODE), "wb")


def _text_of(cell: Cell) -> str:
    return cell.isoformat() if isinstance(cell, date) else cell_text(cell)


def _whole(cell: Cell) -> Cell:
    """Half a character, which JSON can hold, goes into no table."""
    return cell.encode("utf-8", "replace").decode() if isinstance(cell, str) and not cell.isascii() else cell

"""A session as CSV: a header, one row a second, an empty field for what is missing. `--feet replay:` reads it back."""

import csv
import io

from cadencecoach.plan.syntax.findings import visible
from cadencecoach.record.exports.activity import Activity
from cadencecoach.record.exports.table import COLUMNS, Cell, rows_of

FORMULA = tuple("=+-@\t\r")  # a spreadsheet would reckon with a text that begins so
N_DIGITS = 10  # more than any sensor has, and no 0.30000000000000004


def csv_bytes(activity: Activity) -> bytes:
    """The file: UTF-8, commas, lines end in CR LF (RFC 4180)."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([column.name for column in COLUMNS])
    writer.writerows([cell_text(cell) for cell in row] for row in rows_of(activity))
    return text.getvalue().encode("utf-8", "backslashreplace")


def cell_text(cell: Cell) -> str:
    """A cell as it stands in a CSV: nothing where it is missing, and no text that a spreadsheet would reckon with."""
    match cell:
        case None:
            return ""
        case str():
            return f"'{visible(cell)}" if cell.startswith(FORMULA) else visible(cell)
        case _:
            return f"{cell:.{N_DIGITS}g}"

"""Recorded runs as a table: `t_s,cadence_spm[,speed_mps,hr]`, steps per minute of both feet.

Columns stand in any order, further ones are ignored, an empty field is missing. Commas, semicolons or tabs part the
columns, whichever the header uses; with semicolons or tabs a comma inside a number is a decimal comma.
"""

import csv
import io
import math
from collections.abc import Iterator

from cadencecoach.devices.recordings.model import Parsed, RecordedRow
from cadencecoach.errors import RecordingError

TIME, CADENCE, SPEED, HR = "t_s", "cadence_spm", "speed_mps", "hr"
NEEDED = (TIME, CADENCE)
HEADER = "t_s,cadence_spm[,speed_mps,hr]"
MAX_HEADER = 10_000
DELIMITERS = ("\t", ";", ",")
ENCODINGS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def parse_csv(data: bytes) -> Parsed:
    """Rows of a CSV file.

    Raises:
        RecordingError: no such header, or a field that is no number; with its line
    """
    text = _text(data)
    header = next(iter(text[:MAX_HEADER].strip().splitlines()), "")
    delimiter = next((mark for mark in DELIMITERS if mark in header), ",")
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    numbered = ((lines.line_num, fields) for fields in lines if any(field.strip() for field in fields))
    try:
        return _parsed(numbered, decimal="," if delimiter != "," else ".")
    except csv.Error as error:
        raise RecordingError(f"line {lines.line_num}: not a table: {error}") from error


def _text(data: bytes) -> str:
    """The file as text; other columns may hold anything, so bytes that are no text do not stop it."""
    encoding = next((name for mark, name in ENCODINGS if data.startswith(mark)), "utf-8-sig")
    return data.decode(encoding, errors="replace")


def _parsed(lines: Iterator[tuple[int, list[str]]], *, decimal: str) -> Parsed:
    """Rows and notes of an open table: line numbers and fields, blank lines left out."""
    columns = _columns(*next(lines, (1, [])))
    rows: list[RecordedRow] = []
    n_timeless = n_infinite = 0
    for line, fields in lines:
        values = {
            name: _number(fields[at], name, line, decimal) if at < len(fields) else None for name, at in columns.items()
        }
        n_infinite += sum(value is not None and not math.isfinite(value) for value in values.values())
        time_s = _finite(values[TIME])
        if time_s is None:
            n_timeless += 1
            continue
        speed_mps, hr_bpm = _finite(values.get(SPEED)), _finite(values.get(HR))
        rows.append(RecordedRow(time_s, _finite(values[CADENCE]), speed_mps, hr_bpm))
    return Parsed(rows=rows, counts="steps", notes=_notes(n_timeless, n_infinite))


def _notes(n_timeless: int, n_infinite: int) -> list[str]:
    """What was left out, one line each."""
    told = (
        (n_timeless, "rows without a time left out"),
        (n_infinite, "values that are nan or infinite taken as missing"),
    )
    return [f"{text}: {n}" for n, text in told if n]


def _columns(line: int, header: list[str]) -> dict[str, int]:
    """Where the known columns stand."""
    names = [name.strip().lower() for name in header]
    for name in NEEDED:
        if name not in names:
            raise RecordingError(f"line {line}: no column {name}; the first line must name the columns, {HEADER}")
    for name in (TIME, CADENCE, SPEED, HR):
        if names.count(name) > 1:
            raise RecordingError(f"line {line}: column {name} is there twice")
    return {name: names.index(name) for name in (TIME, CADENCE, SPEED, HR) if name in names}


def _number(text: str, name: str, line: int, decimal: str) -> float | None:
    """A field's number; None where it is empty."""
    text = text.strip()
    if not text:
        return None
    try:
        return float(text.replace(decimal, ".") if "_" not in text else "")
    except ValueError:
        raise RecordingError(
            f"line {line}: {name} is {text[:40]!r}; allowed are numbers, or nothing for missing"
        ) from None


def _finite(value: float | None) -> float | None:
    """The value, or None for one that is missing, nan or infinite."""
    return value if value is not None and math.isfinite(value) else None

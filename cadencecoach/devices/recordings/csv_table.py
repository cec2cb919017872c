"""Recorded runs as a table: `t_s,cadence_spm[,speed_mps,hr]`, steps per minute of both feet.

Columns stand in any order, further ones are ignored, an empty field is missing. Commas, semicolons or tabs part the
columns, whichever the header uses; with semicolons or tabs a comma inside a number is a decimal comma.
"""

import csv
import io
import math
from collections.abc import Iterable, Iterator
from functools import lru_cache
from operator import itemgetter

from cadencecoach.devices.recordings.model import UNUSABLE, Parsed, RecordedRow, usable
from cadencecoach.errors import RecordingError

TIME, CADENCE, SPEED, HR = "t_s", "cadence_spm", "speed_mps", "hr"
COLUMNS = (TIME, CADENCE, SPEED, HR)
NEEDED = (TIME, CADENCE)
HEADER = "t_s,cadence_spm[,speed_mps,hr]"
MAX_HEADER = 10_000
DELIMITERS = ("\t", ";", ",")
N_KNOWN_TEXTS = 10_000  # the same rates come again and again: each is made a number once, and that one is shared
ENCODINGS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def parse_csv(data: bytes) -> Parsed:
    """Rows of a CSV file.

    Raises:
        RecordingError: no such header, or a field that is no number; with its line
    """
    encoding = next((name for mark, name in ENCODINGS if data.startswith(mark)), "utf-8-sig")
    header = next(iter(data[:MAX_HEADER].decode(encoding, errors="replace").strip().splitlines()), "")
    delimiter = next((mark for mark in DELIMITERS if mark in header), ",")
    # Other columns may hold anything, so bytes that are no text do not stop it.
    text = io.TextIOWrapper(io.BytesIO(data), encoding=encoding, errors="replace", newline="")
    lines = _numbered(text, delimiter)
    columns = _columns(*next(lines, (1, [])))
    return _parsed(lines, columns, decimal="," if delimiter != "," else ".")


def _numbered(text: Iterable[str], delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Line numbers and fields of a table, blank lines left out."""
    lines = csv.reader(text, delimiter=delimiter)
    line = 0
    try:
        for fields in lines:
            line = lines.line_num
            if any(map(str.strip, fields)):
                yield line, fields
    except csv.Error:  # it knows no other reason
        limit = csv.field_size_limit()
        raise RecordingError(
            f"line {line + 1}: a field of more than {limit} characters; perhaps a quotation mark is not closed"
        ) from None


def _columns(line: int, header: list[str]) -> dict[str, int]:
    """Where the known columns stand."""
    names = [name.strip().lower() for name in header]
    for name in NEEDED:
        if name not in names:
            raise RecordingError(f"line {line}: no column {name}; the first line must name the columns, {HEADER}")
    for name in COLUMNS:
        if names.count(name) > 1:
            raise RecordingError(f"line {line}: column {name} is there twice")
    return {name: names.index(name) for name in COLUMNS if name in names}


def _parsed(lines: Iterator[tuple[int, list[str]]], columns: dict[str, int], *, decimal: str) -> Parsed:
    """Rows and notes of the lines below the header; a day has 86 400, so little is done for each."""
    places = [columns.get(name, -1) for name in COLUMNS]
    pick, widest = itemgetter(*places), max(places)
    wild: set[str] = set()  # texts of numbers that no sensor sends

    @lru_cache(N_KNOWN_TEXTS)
    def number(text: str) -> float | None:
        value = _number(text, decimal)
        if value is not None and usable(value) is None:
            wild.add(text)
        return usable(value)

    rows: list[RecordedRow] = []
    n_timeless = n_unusable = 0
    for line, fields in lines:
        fields.append("")  # what a column says that is not there
        texts = pick(fields) if len(fields) > widest else _picked(fields, places)
        time_text, cadence_text, speed_text, hr_text = texts
        try:
            time_s = _number(time_text, decimal)
            values = number(cadence_text), number(speed_text), number(hr_text)
        except ValueError:
            raise _fault(line, texts, decimal) from None
        if not wild.isdisjoint(texts):
            n_unusable += sum(text in wild for text in texts[1:])
        if time_s is not None and math.isfinite(time_s):
            rows.append(RecordedRow(time_s, *values))
        else:
            n_timeless += 1
            n_unusable += time_s is not None
    return Parsed(rows=rows, counts="steps", notes=_notes(n_timeless, n_unusable))


def _picked(fields: list[str], places: Iterable[int]) -> tuple[str, ...]:
    """Fields of a line that is too short; what is beyond its end is empty."""
    return tuple(fields[place] if place < len(fields) else "" for place in places)


def _notes(n_timeless: int, n_unusable: int) -> list[str]:
    """What was left out, one line each."""
    told = ((n_timeless, "rows without a time left out"), (n_unusable, UNUSABLE))
    return [f"{text}: {n}" for n, text in told if n]


def _number(text: str, decimal: str) -> float | None:
    """A field's number; None where it is empty.

    Raises:
        ValueError: something else
    """
    text = text.strip()
    if not text:
        return None
    if "_" in text:  # a number to Python, and to nobody else
        raise ValueError(text)
    return float(text.replace(decimal, "."))


def _fault(line: int, texts: Iterable[str], decimal: str) -> RecordingError:
    """What is wrong with a line in which a field is no number."""
    for name, text in zip(COLUMNS, texts, strict=True):
        try:
            _number(text, decimal)
        except ValueError:
            shown = repr(text.strip()[:40])
            return RecordingError(f"line {line}: {name} is {shown}; allowed are numbers, or nothing for missing")
    raise AssertionError(texts)

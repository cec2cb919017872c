"""Recorded runs as a table: ours (`t_s,cadence_spm[,speed_mps,hr]`) and those of other programs.

Columns stand in any order, further ones are ignored, an empty field is missing. Tabs, semicolons, commas or bars part
the columns, whichever gives a header; where it is no comma, a comma inside a number is a decimal comma.
"""

import csv
import io
import math
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain, islice
from operator import itemgetter

from cadencecoach.devices.recordings.model import UNUSABLE, Parsed, RecordedRow, check_rows, usable
from cadencecoach.devices.recordings.table_columns import Columns, find_columns, missing_column
from cadencecoach.devices.recordings.table_values import ALLOWED, ALLOWED_TIMES, number_of, seconds_of
from cadencecoach.errors import RecordingError

DELIMITERS = ("\t", ";", ",", "|")
HEADER_WITHIN = 30  # lines: some programs write about the run first
REMARK = "#"
MAX_BLANK = 100_000
MAX_FIELDS = 12_000_000  # a day at 1 Hz with more columns than any program writes
N_KNOWN_TEXTS = 10_000  # the same rates come again and again: each is made a number once, and that one is shared
ENCODINGS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
NO_RUNNER_MPS = 6.5  # typical of a whole run: faster than the best marathon, so it is km/h
MPS_OF_KMH = 1 / 3.6

Lines = Iterator[tuple[int, list[str]]]


def parse_csv(data: bytes) -> Parsed:
    """Rows of a CSV file.

    Raises:
        RecordingError: no such header, or a field that is no number; with its line
    """
    for delimiter in DELIMITERS:
        lines = _lines(data, delimiter)
        columns = _header(lines)
        if columns is not None:
            return _parsed(lines, columns, decimal="." if delimiter == "," else ",")
    raise _no_header(data)


def _lines(data: bytes, delimiter: str) -> Lines:
    encoding = next((name for mark, name in ENCODINGS if data.startswith(mark)), "utf-8-sig")
    # Other columns may hold anything, so bytes that are no text do not stop it.
    text = io.TextIOWrapper(io.BytesIO(data), encoding=encoding, errors="replace", newline="")
    return _numbered(text, delimiter)


def _numbered(text: Iterable[str], delimiter: str) -> Lines:
    """Line numbers and fields of a table, blank lines left out."""
    lines = csv.reader(text, delimiter=delimiter)
    line = n_blank = n_fields = 0
    try:
        for fields in lines:
            line = lines.line_num
            n_fields += len(fields)
            if n_fields > MAX_FIELDS:
                raise RecordingError(f"line {line}: more than {MAX_FIELDS} fields up to here; too many for a run")
            if any(map(str.strip, fields)):
                yield line, fields
                continue
            n_blank += 1
            if n_blank > MAX_BLANK:
                raise RecordingError(f"line {line}: more than {MAX_BLANK} lines are blank; this is not a table")
    except csv.Error:  # it knows no other reason
        limit = csv.field_size_limit()
        raise RecordingError(
            f"line {line + 1}: a field of more than {limit} characters; perhaps a quotation mark is not closed"
        ) from None


def _header(lines: Lines) -> Columns | None:
    """The first line that names a time and a cadence; the lines go on after it."""
    for line, fields in islice(lines, HEADER_WITHIN):
        try:
            columns = find_columns(fields)
        except RecordingError as error:
            raise RecordingError(f"line {line}: {error}") from None
        if columns is not None:
            return columns
    return None


def _no_header(data: bytes) -> RecordingError:
    """What is missing in the first line, parted as it gives the most columns."""
    firsts = [next(_lines(data, delimiter), (1, [""])) for delimiter in DELIMITERS]
    line, fields = max(firsts, key=lambda first: len(first[1]))
    return RecordingError(f"line {line}: {missing_column(fields)}")


def _parsed(lines: Lines, columns: Columns, *, decimal: str) -> Parsed:
    """Rows and notes of the lines below the header."""
    rows, n_timeless, n_unusable = _rows(_values(lines, columns, decimal), columns, decimal)
    rows, speed_notes = _in_mps(rows, columns)
    notes = [*columns.notes, *speed_notes, *_notes(n_timeless, n_unusable)]
    return Parsed(rows=rows, counts=columns.counts, notes=notes)


def _values(lines: Lines, columns: Columns, decimal: str) -> Lines:
    """The lines without remarks, and without one of units right below the header."""
    told = (one for one in _counted(lines) if not one[1][0].startswith(REMARK))
    first = next(told, None)
    if first is None or _is_units(_picked(first[1], columns.places), decimal):
        return told
    return chain((first,), told)


def _counted(lines: Lines) -> Lines:
    """The lines, remarks among them, as long as there are not more than a run has rows."""
    for n_lines, one in enumerate(lines):
        check_rows(n_lines)
        yield one


def _rows(lines: Lines, columns: Columns, decimal: str) -> tuple[list[RecordedRow], int, int]:
    """Rows, how many had no time, how many values were unusable; a day has 86 400, so little is done for each."""
    places = (*columns.places, columns.fraction)
    pick, widest = itemgetter(*places), max(places)
    wild: set[str] = set()  # texts of numbers that no sensor sends

    @lru_cache(N_KNOWN_TEXTS)
    def number(text: str) -> float | None:
        value = number_of(text, decimal)
        if value is not None and usable(value) is None:
            wild.add(text)
        return usable(value)

    rows: list[RecordedRow] = []
    n_timeless = n_unusable = 0
    for line, fields in lines:
        fields.append("")  # what a column says that is not there
        texts = pick(fields) if len(fields) > widest else _picked(fields, places)
        try:
            time_s = seconds_of(texts[0], decimal, columns.seconds_of)
            raw, speed, hr, fraction = map(number, texts[1:])
        except ValueError:
            raise _fault(line, columns, texts, decimal) from None
        if not wild.isdisjoint(texts):
            n_unusable += sum(text in wild for text in texts[1:])
        if time_s is None or not math.isfinite(time_s):
            n_timeless += 1
            n_unusable += time_s is not None
            continue
        rows.append(RecordedRow(time_s, raw if raw is None or fraction is None else raw + fraction, speed, hr))
    return rows, n_timeless, n_unusable


def _picked(fields: list[str], places: Iterable[int]) -> tuple[str, ...]:
    """Fields of a line that is too short; what is beyond its end is empty."""
    return tuple(fields[place] if place < len(fields) else "" for place in places)


def _is_units(texts: Iterable[str], decimal: str) -> bool:
    """Whether a line has no value at all: some programs put the units below the names."""
    return all(_is_word(text, decimal) for text in texts if text.strip())


def _is_word(text: str, decimal: str) -> bool:
    try:
        return seconds_of(text, decimal, None) is None
    except ValueError:
        return not any(map(str.isdigit, text)) or "/" in text


def _in_mps(rows: list[RecordedRow], columns: Columns) -> tuple[list[RecordedRow], list[str]]:
    """Speeds in m/s; where the header does not say their unit, they are km/h if no runner were so fast in m/s."""
    factor, notes = columns.mps_of, []
    if factor is None:
        speeds = sorted(row.speed_mps for row in rows if row.speed_mps)
        is_kmh = bool(speeds) and speeds[len(speeds) // 2] > NO_RUNNER_MPS
        factor = MPS_OF_KMH if is_kmh else 1.0
        notes = ["speeds are read as km/h: in m/s they are too fast for a runner"] if is_kmh else []
    if factor == 1.0:
        return rows, notes
    return [row if row.speed_mps is None else row._replace(speed_mps=row.speed_mps * factor) for row in rows], notes


def _notes(n_timeless: int, n_unusable: int) -> list[str]:
    """What was left out, one line each."""
    told = ((n_timeless, "rows without a time left out"), (n_unusable, UNUSABLE))
    return [f"{text}: {n}" for n, text in told if n]


def _fault(line: int, columns: Columns, texts: tuple[str, ...], decimal: str) -> RecordingError:
    """What is wrong with a line in which a field is no number."""
    time_text, *values = texts
    try:
        seconds_of(time_text, decimal, columns.seconds_of)
    except ValueError:
        return _fault_of(line, columns.names[0], time_text, ALLOWED_TIMES)
    for name, text in zip((*columns.names[1:], "fractional_cadence"), values, strict=True):
        try:
            number_of(text, decimal)
        except ValueError:
            return _fault_of(line, name, text, ALLOWED)
    raise AssertionError(texts)


def _fault_of(line: int, name: str, text: str, allowed: str) -> RecordingError:
    shown = repr(text.strip()[:40])
    return RecordingError(f"line {line}: {ascii(name)[1:-1]} is {shown}; {allowed}")

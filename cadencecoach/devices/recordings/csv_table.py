"""Recorded runs as a table: ours (`t_s,cadence_spm[,speed_mps,hr]`) and those of other programs.

Columns stand in any order, further ones are ignored, an empty field is missing. Tabs, semicolons, commas or bars part
the columns, whichever gives a header; where it is no comma, a comma inside a number is a decimal comma.
"""

import csv
import io
from collections.abc import Iterable
from itertools import chain, islice, product
from statistics import median_high

from cadencecoach.devices.recordings.choosing_columns import run_of
from cadencecoach.devices.recordings.columns import Column, Quantity, Table, Values
from cadencecoach.devices.recordings.model import UNUSABLE, Counts, Parsed, check_rows
from cadencecoach.devices.recordings.sports import UNSAID, Sport, sport_of
from cadencecoach.devices.recordings.table_cells import Cells, Lines, pick_fields
from cadencecoach.devices.recordings.table_columns import (
    Columns,
    Place,
    find_columns,
    missing_column,
    note_of_columns,
    sport_above,
)
from cadencecoach.devices.recordings.table_values import seconds_of
from cadencecoach.devices.recordings.text import encoding_of
from cadencecoach.errors import RecordingError

DELIMITERS = ("\t", ";", ",", "|")
HEADER_WITHIN, REMARKS_WITHIN = 30, 1_000  # lines: some programs write about the run first, and remarks among that
REMARK = "#"
MAX_BLANK = 100_000
MAX_FIELDS = 12_000_000  # a day at 1 Hz with more columns than any program writes
NO_RUNNER_MPS = 6.5  # typical of a whole run: faster than the best marathon, so it is km/h
MPS_OF_KMH = 1 / 3.6
STRYD = "stryd"  # in a column's name: the table is of a pod at the foot
TOLD = (Quantity.CADENCE, Quantity.SPEED, Quantity.HEART)


def parse_csv(data: bytes) -> Parsed:
    """Rows of a CSV file.

    Raises:
        RecordingError: no such header, a field that is no number, with its line, or no run
    """
    for is_remark, delimiter in product((False, True), DELIMITERS):  # some programs write their header as a remark
        lines = _lines(data, delimiter)
        columns, sport = _header(lines, is_remark=is_remark)
        if columns is not None:
            return _parse_lines(lines, columns, sport, decimal="." if delimiter == "," else ",")
    raise _no_header(data)


def _lines(data: bytes, delimiter: str) -> Lines:
    encoding, n_mark = encoding_of(data)
    raw = io.BytesIO(data)
    raw.seek(n_mark)
    # Other columns may hold anything, so bytes that are no text do not stop it.
    text = io.TextIOWrapper(raw, encoding=encoding, errors="replace", newline="")
    return _number_lines(text, delimiter)


def _number_lines(text: Iterable[str], delimiter: str) -> Lines:
    """Line numbers and fields of a table, blank lines left out."""
    lines = csv.reader(map(_without_quotes_in_remark, text), delimiter=delimiter)
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


def _without_quotes_in_remark(text: str) -> str:
    """A line; in a remark a quotation mark opens nothing, and blanks before it are none."""
    bare = text.lstrip(" \t")
    return bare.replace('"', "") if bare.startswith(REMARK) else text


def _header(lines: Lines, *, is_remark: bool) -> tuple[Columns | None, Sport]:
    """The first line that names a time and a cadence, and the sport told above it; the lines go on after it.

    Args:
        lines: from the beginning
        is_remark: look among the remarks, and not among the other lines
    """
    above: list[list[str]] = []
    n_others = 0
    for line, fields in islice(lines, REMARKS_WITHIN):
        of_remark = fields[0].startswith(REMARK)
        n_others += not of_remark
        if n_others > HEADER_WITHIN:
            break
        try:
            named = [fields[0].lstrip(REMARK), *fields[1:]]
            columns = find_columns(named) if of_remark == is_remark else None
        except RecordingError as error:
            raise RecordingError(f"line {line}: {error}") from None
        if columns is not None:
            return columns, sport_of(sport_above(above))
        above.append(fields)
    return None, UNSAID


def _no_header(data: bytes) -> RecordingError:
    """What is missing in the first line, parted as it gives the most columns."""
    firsts = [
        next(_without_remarks(islice(_lines(data, delimiter), REMARKS_WITHIN)), (1, [""])) for delimiter in DELIMITERS
    ]
    line, fields = max(firsts, key=lambda first: len(first[1]))
    return RecordingError(f"line {line}: {missing_column(fields)}")


def _parse_lines(lines: Lines, columns: Columns, sport: Sport, *, decimal: str) -> Parsed:
    """The run in the lines below the header."""
    cells = Cells(columns, decimal, sport)
    cells.read(_values(lines, columns, decimal))
    table = Table(cells.times_s, cells.sports)
    places: dict[Column, Place] = {}
    speed_notes: list[str] = []
    for rank, (place, values) in enumerate(zip(cells.places, cells.values, strict=True)):
        column = _column(place, rank, columns)
        places[column] = place
        table.columns[column], notes = _in_mps(values, place) if place in columns.speeds else (values, [])
        speed_notes.extend(notes)
    run = run_of(table, names_sport=False)
    read = [places.get(run.columns[one]) if one in run.columns else None for one in TOLD]
    notes = note_of_columns(columns, read)
    left_out = (
        (cells.n_timeless, "rows without a time left out"),
        (cells.n_unusable, UNUSABLE),
        (cells.n_stray, "values with bytes that are no text treated as missing"),
    )
    return Parsed(
        rows=run.rows,
        counts=run.counts,
        notes=[*notes, *dict.fromkeys(speed_notes), *(f"{text}: {n}" for n, text in left_out if n), *run.notes],
    )


def _column(place: Place, rank: int, columns: Columns) -> Column:
    if place in columns.cadences:
        counts, _ = columns.counts_of(place)
        return Column(Quantity.CADENCE, rank, f"column {place.name!r}", counts)
    if place in columns.speeds or place in columns.hearts:
        return Column(Quantity.SPEED if place in columns.speeds else Quantity.HEART, rank, place.name)
    return _column_beyond(place, rank, columns)


def _column_beyond(place: Place, rank: int, columns: Columns) -> Column:
    """A column of oscillation, contact time or stride; only our own says that a stride is two steps."""
    by = "pod" if any(STRYD in one.thing for one in columns.speeds) else "watch"
    if place in columns.strides:
        is_step = place.thing == "step length"
        is_said = is_step or place.thing == "stride"
        counts: Counts = "steps" if is_step else "strides"
        return Column(Quantity.STRIDE, rank, place.name, counts, unit=place.unit, counts_said=is_said, told_by=by)
    quantity = Quantity.OSCILLATION if place in columns.oscillations else Quantity.CONTACT
    return Column(quantity, rank, place.name, unit=place.unit, told_by=by)


def _values(lines: Lines, columns: Columns, decimal: str) -> Lines:
    """The lines without remarks, and without one of units right below the header."""
    told = _without_remarks(lines)
    first = next(told, None)
    if first is None or _is_units(pick_fields(first[1], _all_of(columns)), decimal):
        return told
    return chain((first,), told)


def _without_remarks(lines: Lines) -> Lines:
    """The lines that are no remarks."""
    return (one for one in _limit_lines(lines) if not one[1][0].startswith(REMARK))


def _limit_lines(lines: Lines) -> Lines:
    """The lines, remarks among them, as long as there are not more than a run has rows."""
    for n_lines, one in enumerate(lines):
        check_rows(n_lines)
        yield one


def _all_of(columns: Columns) -> list[int]:
    return [one.at for one in (columns.time, *columns.read)]


def _is_units(texts: Iterable[str], decimal: str) -> bool:
    """Whether a line has no value at all: some programs put the units below the names."""
    return all(_is_word(text, decimal) for text in texts if text.strip())


def _is_word(text: str, decimal: str) -> bool:
    try:
        return seconds_of(text, decimal, None) is None
    except ValueError:
        return not any(map(str.isdigit, text)) or "/" in text


def _in_mps(values: Values, place: Place) -> tuple[Values, list[str]]:
    """Speeds in m/s; where the header does not say their unit, they are km/h if no runner were so fast in m/s."""
    factor, notes = place.mps_of, []
    if factor is None:
        speeds = [value for value in values if value]
        is_kmh = bool(speeds) and median_high(speeds) > NO_RUNNER_MPS
        factor = MPS_OF_KMH if is_kmh else 1.0
        notes = ["speeds are read as km/h: in m/s they are too fast for a runner"] if is_kmh else []
    return (values if factor == 1.0 else [None if one is None else one * factor for one in values]), notes

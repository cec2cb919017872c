"""Recorded runs of watches and pods: FIT files. Their running cadence counts strides, in halves.

The decoder is fitdecode. What it finds before a file breaks off is used; the rest is noted.
"""

import math
from typing import Any

from cadencecoach.devices.recordings.model import UNUSABLE, Parsed, RecordedRow, usable
from cadencecoach.errors import RecordingError

# FIT profile, message `record` (20), by field number
RECORD = 20
TIMESTAMP, HEART_RATE, CADENCE, SPEED = 253, 3, 4, 6
CADENCE256, FRACTIONAL_CADENCE, ENHANCED_SPEED = 52, 53, 73


def parse_fit(data: bytes) -> Parsed:
    """Rows of the `record` messages of a FIT file, chained files and all sessions one after the other.

    Raises:
        RecordingError: not a FIT file, or nothing readable in it
    """
    import fitdecode  # noqa: PLC0415  # a tenth of a second that only FIT files need

    rows: list[RecordedRow] = []
    notes: list[str] = []
    options = {"check_crc": fitdecode.CrcCheck.READONLY, "error_handling": fitdecode.ErrorHandling.IGNORE}
    try:
        with fitdecode.FitReader(data, processor=None, **options) as frames:
            for frame in frames:
                if frame.frame_type == fitdecode.FIT_FRAME_CRC and not frame.matched:
                    notes.append("checksum does not match; the file may be damaged")
                elif frame.frame_type == fitdecode.FIT_FRAME_DATA and frame.global_mesg_num == RECORD:
                    rows.extend(_rows_of(frame))
    except Exception as error:  # the decoder meets damaged bytes with errors of many kinds
        if not rows:
            raise RecordingError(f"not a readable FIT file: {_said(error)}") from error
        notes.append(f"breaks off after {len(rows)} records ({_said(error)}); read up to there")
    return _checked(rows, notes)


def _checked(rows: list[RecordedRow], notes: list[str]) -> Parsed:
    """Rows without values that no sensor sends: a damaged definition turns any bytes into numbers of any size."""
    checked = [RecordedRow(time_s, *map(usable, values)) for time_s, *values in rows if math.isfinite(time_s)]
    n_unusable = _n_values(rows) - _n_values(checked)
    if n_unusable:
        notes.append(f"{UNUSABLE}: {n_unusable}")
    return Parsed(rows=checked, counts="strides", notes=notes)


def _n_values(rows: list[RecordedRow]) -> int:
    return sum(value is not None for row in rows for value in row)


def _said(error: Exception) -> str:
    """What the decoder said, on one line."""
    return " ".join(str(error).split())[:120] or type(error).__name__


def _rows_of(frame: Any) -> list[RecordedRow]:  # noqa: ANN401  # fitdecode has no types
    """The row of a record message; none where it has no time."""
    values: dict[int, float] = {}
    for field in frame.fields:
        definition = field.field_def  # None where the decoder expanded a component, a developer's own field otherwise
        if (definition is None or not definition.is_dev) and isinstance(field.value, int | float):
            values[field.def_num] = float(field.value)
    if TIMESTAMP not in values:
        return []
    speed_mps = values.get(ENHANCED_SPEED, values.get(SPEED))
    return [RecordedRow(values[TIMESTAMP], _cadence(values), speed_mps, values.get(HEART_RATE))]


def _cadence(values: dict[int, float]) -> float | None:
    """Strides per minute with their fraction."""
    if CADENCE in values:
        return values[CADENCE] + values.get(FRACTIONAL_CADENCE, 0.0)
    return values.get(CADENCE256)

"""Recorded runs of watches and pods: FIT files. Their running cadence counts strides, in halves.

The decoder is fitdecode. What it finds before a file breaks off is used; the rest is noted.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from cadencecoach.devices.recordings.model import UNUSABLE, Parsed, RecordedRow, usable
from cadencecoach.devices.recordings.sports import LEFT_OUT, NO_STEPS, REFUSED, WALK_NOTE, WALKS
from cadencecoach.errors import RecordingError
from cadencecoach.units import STEPS_PER_STRIDE

# FIT profile: messages, and fields by their numbers
FILE_ID, SPORT, SESSION, LAP, RECORD = 0, 12, 18, 19, 20
FILE_TYPE, SPORT_OF_SPORT, SPORT_OF_SESSION, START = 0, 0, 5, 2
TIMESTAMP, HEART_RATE, CADENCE, SPEED = 253, 3, 4, 6
CADENCE256, FRACTIONAL_CADENCE, ENHANCED_SPEED = 52, 53, 73
FILE_TYPES = {1: "device", 2: "settings", 3: "sport", 5: "workout", 6: "course", 9: "weight", 15: "monitoring",
              28: "monitoring", 32: "monitoring", 34: "segment"}  # fmt: skip

MAX_BYTES = 16_000_000  # a day at 1 Hz is below 10 MB; the decoder takes two seconds for each
MAX_MESSAGES = 400_000  # two days at 1 Hz, and everything beside the records; the smallest have one byte
HEADER_BYTES = (12, 14)
FOOTER_BYTES = 2
STEPS = ("spm", "step")  # how the unit of steps begins; everything else counts strides, as the profile does

Frame = Any  # fitdecode has no types


@dataclass(slots=True)
class _Found:
    """What the messages of a file have told so far.

    Attributes:
        rows: of the records
        sessions: when each began and ended in the file's seconds, and its sport
        sport: of the newest `sport` message, for files that end before their session does
        file_type: what kind of file it says it is
        n_laps: how many laps
    """

    rows: list[RecordedRow] = field(default_factory=list)
    sessions: list[tuple[float, float, int]] = field(default_factory=list)
    sport: int | None = None
    file_type: int | None = None
    n_laps: int = 0

    def take(self, frame: Frame) -> None:
        """One message."""
        take = _TAKE.get(frame.global_mesg_num)
        if take is not None:
            take(self, frame)

    def on_record(self, frame: Frame) -> None:
        values = _values(frame)
        if TIMESTAMP in values:
            speed_mps = values.get(ENHANCED_SPEED, values.get(SPEED))
            cadence = _cadence(values)
            cadence = _developers_cadence(frame) if cadence is None else cadence
            self.rows.append(RecordedRow(values[TIMESTAMP], cadence, speed_mps, values.get(HEART_RATE)))

    def on_session(self, frame: Frame) -> None:
        raw = _raw(frame)
        sport, end_s = raw.get(SPORT_OF_SESSION), raw.get(TIMESTAMP)
        if sport is not None and end_s is not None:
            self.sessions.append((raw.get(START, -math.inf), end_s, int(sport)))

    def on_sport(self, frame: Frame) -> None:
        sport = _raw(frame).get(SPORT_OF_SPORT)
        self.sport = self.sport if sport is None else int(sport)

    def on_file_id(self, frame: Frame) -> None:
        kind = _raw(frame).get(FILE_TYPE)
        self.file_type = self.file_type if kind is None else int(kind)

    def on_lap(self, _: Frame) -> None:
        self.n_laps += 1


_TAKE: dict[int, Callable[[_Found, Frame], None]] = {
    RECORD: _Found.on_record,
    SESSION: _Found.on_session,
    SPORT: _Found.on_sport,
    FILE_ID: _Found.on_file_id,
    LAP: _Found.on_lap,
}


def parse_fit(data: bytes) -> Parsed:
    """Rows of the `record` messages of a FIT file, chained files and all sessions one after the other.

    Raises:
        RecordingError: not a FIT file, nothing readable in it, or no run
    """
    if len(data) > MAX_BYTES:
        raise RecordingError(f"{len(data)} bytes; a run as FIT has at most {MAX_BYTES}")
    found = _Found()
    notes: list[str] = []
    try:
        _read(data, found, notes)
    except RecordingError:
        raise
    except Exception as error:  # the decoder meets damaged bytes with errors of many kinds
        if not found.rows:
            raise RecordingError(f"not a readable FIT file: {_said(error)}") from error
        notes.append(f"breaks off after {len(found.rows)} records ({_said(error)}); read up to there")
    rows, sport_notes = _of_feet(found)
    return _checked(rows, [*notes, *sport_notes], lacks=_lacks(found))


def _read(data: bytes, found: _Found, notes: list[str]) -> None:
    """The messages of a file go into `found`, what is wrong with it into `notes`."""
    import fitdecode  # noqa: PLC0415  # a tenth of a second that only FIT files need

    options = {"check_crc": fitdecode.CrcCheck.READONLY, "error_handling": fitdecode.ErrorHandling.IGNORE}
    with fitdecode.FitReader(_with_size(data), processor=None, **options) as frames:
        for n, frame in enumerate(frames):
            if n > MAX_MESSAGES:
                raise RecordingError(f"more than {MAX_MESSAGES} messages; too many for a run")
            if frame.frame_type == fitdecode.FIT_FRAME_DATA:
                found.take(frame)
            elif frame.frame_type == fitdecode.FIT_FRAME_CRC and not frame.matched:
                notes.append("checksum does not match; the file may be damaged")


def _with_size(data: bytes) -> bytes:
    """The file with its size in the header: a watch writes it last, and one that died has not."""
    head = data[0] if data else 0
    if head not in HEADER_BYTES or data[8:12] != b".FIT" or data[4:8] != bytes(4) or len(data) <= head + FOOTER_BYTES:
        return data
    return data[:4] + (len(data) - head - FOOTER_BYTES).to_bytes(4, "little") + data[8:]


def _of_feet(found: _Found) -> tuple[list[RecordedRow], list[str]]:
    """The rows whose cadence counts steps.

    Raises:
        RecordingError: there are rows, and none is
    """
    sessions = found.sessions or ([] if found.sport is None else [(-math.inf, math.inf, found.sport)])
    rows = found.rows
    notes: list[str] = []
    for from_s, to_s, sport in sessions:
        if sport in WALKS:
            notes.append(WALK_NOTE.format(sport=WALKS[sport]))
        if sport not in NO_STEPS:
            continue
        kept = [row for row in rows if not from_s <= row.time_s <= to_s]
        if rows and not kept:
            raise RecordingError(REFUSED.format(sport=NO_STEPS[sport]))
        if len(kept) < len(rows):
            notes.append(LEFT_OUT.format(n=len(rows) - len(kept), sport=NO_STEPS[sport]))
        rows = kept
    return rows, list(dict.fromkeys(notes))


def _lacks(found: _Found) -> str:
    """Why there is nothing to play, where there is no cadence."""
    if found.file_type in FILE_TYPES:
        return f"this is a {FILE_TYPES[found.file_type]} file, not an activity; a recorded run is needed"
    if found.rows:
        return f"no cadence in its {len(found.rows)} records; a recorded run needs cadence values with their times"
    laps = f", only {found.n_laps} laps" if found.n_laps else ""
    return f"no cadence in it: there are no records{laps}; a recorded run has one for every second or few"


def _checked(rows: list[RecordedRow], notes: list[str], *, lacks: str) -> Parsed:
    """Rows without values that no sensor sends: a damaged definition turns any bytes into numbers of any size."""
    checked = [RecordedRow(time_s, *map(usable, values)) for time_s, *values in rows if math.isfinite(time_s)]
    n_unusable = _n_values(rows) - _n_values(checked)
    if n_unusable:
        notes.append(f"{UNUSABLE}: {n_unusable}")
    return Parsed(rows=checked, counts="strides", notes=notes, lacks=lacks)


def _n_values(rows: list[RecordedRow]) -> int:
    return sum(value is not None for row in rows for value in row)


def _said(error: Exception) -> str:
    """What the decoder said, on one line."""
    return " ".join(str(error).split())[:120] or "its messages do not fit together"


def _values(frame: Frame) -> dict[int, float]:
    """The numbers of a message by their fields, in the profile's units; a developer's own fields are none of it."""
    return {
        one.def_num: float(one.value)
        for one in frame.fields
        # The definition is None where the decoder expanded a component.
        if (one.field_def is None or not one.field_def.is_dev) and isinstance(one.value, int | float)
    }


def _raw(frame: Frame) -> dict[int, float]:
    """The same as they stand in the file: words of lists are numbers there."""
    return {
        one.def_num: float(one.raw_value)
        for one in frame.fields
        if (one.field_def is None or not one.field_def.is_dev) and isinstance(one.raw_value, int | float)
    }


def _cadence(values: dict[int, float]) -> float | None:
    """Strides per minute with their fraction."""
    if CADENCE in values:
        return values[CADENCE] + values.get(FRACTIONAL_CADENCE, 0.0)
    return values.get(CADENCE256)


def _developers_cadence(frame: Frame) -> float | None:
    """Strides per minute of a developer's field that stands for the cadence; its unit may say that it counts steps."""
    for one in frame.fields:
        is_cadence = one.field_def is not None and one.field_def.is_dev and one.field.native_field_num == CADENCE
        if is_cadence and isinstance(one.value, int | float):
            is_steps = str(one.units or "").lower().startswith(STEPS)
            return one.value / STEPS_PER_STRIDE if is_steps else float(one.value)
    return None

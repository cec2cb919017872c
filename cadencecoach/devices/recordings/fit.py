"""Recorded runs of watches and pods: FIT files. Their running cadence counts strides, in halves.

The decoder is fitdecode. What it finds before a file breaks off is used; the rest is noted.
"""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from cadencecoach.devices.recordings.columns import Column, Quantity, Table, run_of
from cadencecoach.devices.recordings.fit_fields import AppFields, Key, held_value
from cadencecoach.devices.recordings.fit_sessions import Claims, Session, sports_of
from cadencecoach.devices.recordings.model import UNUSABLE, Parsed, usable
from cadencecoach.devices.recordings.sports import OnFoot, sport_of_fit
from cadencecoach.errors import RecordingError

# FIT profile: messages, and fields by their numbers
FILE_ID, SPORT, SESSION, LAP, RECORD, EVENT, FIELD_DESCRIPTION = 0, 12, 18, 19, 20, 21, 206
FILE_TYPE, START, ELAPSED = 0, 2, 7
SPORT_AND_SUB = {SPORT: (0, 1), SESSION: (5, 6), LAP: (25, 39)}
EVENT_OF_EVENT, EVENT_TYPE, TIMER, STOPS = 0, 1, 0, frozenset({1, 4, 8, 9})
TIMESTAMP, HEART_RATE, CADENCE, DISTANCE, SPEED = 253, 3, 4, 5, 6
CADENCE256, FRACTIONAL_CADENCE, ENHANCED_SPEED = 52, 53, 73
FILE_TYPES = {1: "device", 2: "settings", 3: "sport", 5: "workout", 6: "course", 9: "weight", 15: "monitoring",
              28: "monitoring", 32: "monitoring", 34: "segment"}  # fmt: skip
OWN = (  # the profile's fields of a record, the one that counts first
    (Column(Quantity.CADENCE, 0, "the watch's own field"), CADENCE),
    (Column(Quantity.CADENCE, 1, "the watch's field cadence256", is_told=True), CADENCE256),
    (Column(Quantity.SPEED, 0, "enhanced_speed"), ENHANCED_SPEED),
    (Column(Quantity.SPEED, 1, "speed"), SPEED),
    (Column(Quantity.HEART, 0, "heart_rate"), HEART_RATE),
    (Column(Quantity.DISTANCE, 0, "distance"), DISTANCE),
)

MAX_BYTES = 16_000_000  # a day at 1 Hz is below 10 MB; the decoder takes two seconds for each
MAX_MESSAGES = 400_000  # two days at 1 Hz, and everything beside the records; the smallest have one byte
HEADER_BYTES = (12, 14)
FOOTER_BYTES = 2

Frame = Any  # fitdecode has no types
Record = tuple[
    float, dict[int, float], dict[Key, float | bytes], bool
]  # time, own fields, apps' fields, low byte first


@dataclass(slots=True)
class _Part:
    """What the messages of one file have told so far; several may stand one after the other.

    Attributes:
        records: with a time; None where the watch was stopped
        claims: what it says about sports
        apps: what fields apps have added
    """

    records: list[Record | None] = field(default_factory=list)
    claims: Claims = field(default_factory=Claims)
    apps: AppFields = field(default_factory=AppFields)


@dataclass(slots=True)
class _Found:
    """What has been found so far.

    Attributes:
        parts: files in the file, the newest last
        file_type: what kind of file it says it is
        n_records: with a time
        n_laps: how many laps
    """

    parts: list[_Part] = field(default_factory=lambda: [_Part()])
    file_type: int | None = None
    n_records: int = 0
    n_laps: int = 0

    def take(self, frame: Frame) -> None:
        """One message."""
        take = _TAKE.get(frame.global_mesg_num)
        if take is not None:
            take(self, frame)

    def on_record(self, frame: Frame) -> None:
        values = _values(frame)
        time_s = values.pop(TIMESTAMP, math.nan)
        if math.isfinite(time_s):
            is_little = frame.def_mesg.endian == "<"
            self.parts[-1].records.append((time_s, values, _app_values(frame), is_little))
            self.n_records += 1

    def on_session(self, frame: Frame) -> None:
        raw = _raw(frame)
        end_s = raw.get(TIMESTAMP)
        if end_s is None:
            return
        claims = self.parts[-1].claims
        sessions = claims.laps if frame.global_mesg_num == LAP else claims.sessions
        start_s = raw.get(START, sessions[-1].to_s if sessions else -math.inf)
        elapsed_s = raw.get(ELAPSED, 0.0) / 1000
        sessions.append(
            Session(
                from_s=start_s,
                to_s=end_s,
                length_s=elapsed_s or max(0.0, end_s - start_s),
                sport=sport_of_fit(*_sport_words(frame)),
                n_before=len(self.parts[-1].records),
            )
        )

    def on_sport(self, frame: Frame) -> None:
        sport = sport_of_fit(*_sport_words(frame))
        if sport.on_foot is not OnFoot.UNSAID:
            self.parts[-1].claims.sports.append((len(self.parts[-1].records), sport))

    def on_file_id(self, frame: Frame) -> None:
        kind = _raw(frame).get(FILE_TYPE)
        self.file_type = self.file_type if kind is None else int(kind)

    def on_lap(self, frame: Frame) -> None:
        self.n_laps += 1
        self.on_session(frame)

    def on_event(self, frame: Frame) -> None:
        raw = _raw(frame)
        if raw.get(EVENT_OF_EVENT) == TIMER and raw.get(EVENT_TYPE) in STOPS:
            self.parts[-1].records.append(None)

    def on_description(self, frame: Frame) -> None:
        self.parts[-1].apps.describe({one.def_num: one.raw_value for one in frame.fields})


_TAKE: dict[int, Callable[[_Found, Frame], None]] = {
    RECORD: _Found.on_record,
    SESSION: _Found.on_session,
    SPORT: _Found.on_sport,
    FILE_ID: _Found.on_file_id,
    LAP: _Found.on_lap,
    EVENT: _Found.on_event,
    FIELD_DESCRIPTION: _Found.on_description,
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
        if not found.n_records:
            raise RecordingError(f"not a readable FIT file: {_said(error)}") from error
        notes.append(f"breaks off after {found.n_records} records ({_said(error)}); read up to there")
    table = Table()
    n_unusable = sum(_add(part, table, notes) for part in found.parts)
    if n_unusable:
        notes.append(f"{UNUSABLE}: {n_unusable}")
    run = run_of(table)
    return Parsed(rows=run.rows, counts=run.counts, notes=[*notes, *run.notes], lacks=_lacks(found))


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
            elif frame.frame_type == fitdecode.FIT_FRAME_HEADER:
                found.parts.append(_Part())
            elif frame.frame_type == fitdecode.FIT_FRAME_CRC and not frame.matched:
                notes.append("checksum does not match; the file may be damaged")


def _with_size(data: bytes) -> bytes:
    """The file with its size in the header: a watch writes it last, and one that died has not."""
    head = data[0] if data else 0
    if head not in HEADER_BYTES or data[8:12] != b".FIT" or data[4:8] != bytes(4) or len(data) <= head + FOOTER_BYTES:
        return data
    return data[:4] + (len(data) - head - FOOTER_BYTES).to_bytes(4, "little") + data[8:]


def _add(part: _Part, table: Table, notes: list[str]) -> int:
    """Put the records of one file into the table; return how many of its values no sensor sends.

    A damaged definition turns any bytes into numbers of any size.
    """
    records = [one for one in part.records if one is not None]
    sports, sport_notes = sports_of([time_s for time_s, *_ in records], part.claims)
    notes.extend(sport_notes)
    columns = list(part.apps.cadence_columns())
    next_sport = iter(sports)
    n_unusable = 0
    for one in part.records:
        if one is None:
            table.stop()
            continue
        values = list(_columns_of(one, part.apps, columns))
        n_unusable += sum(value is not None and usable(value) is None for _, value in values)
        table.add(one[0], next(next_sport), [(column, usable(value)) for column, value in values])
    return n_unusable


def _columns_of(
    record: Record, apps: AppFields, columns: list[tuple[Key, Column]]
) -> Iterator[tuple[Column, float | None]]:
    """The values of a record with their columns."""
    _, values, app_values, is_little = record
    for column, number in OWN:
        value = values.get(number)
        if value and number == CADENCE:  # a fraction of no stride is no stride
            value += values.get(FRACTIONAL_CADENCE, 0.0)
        if value is not None:
            yield column, value
    for key, column in columns:
        if key in app_values:
            yield column, apps.value_of(key, app_values[key], is_little=is_little)


def _lacks(found: _Found) -> str:
    """Why there is nothing to play, where there is no cadence."""
    if found.file_type in FILE_TYPES:
        return f"this is a {FILE_TYPES[found.file_type]} file, not an activity; a recorded run is needed"
    if found.n_records:
        return f"no cadence in its {found.n_records} records; a recorded run needs cadence values with their times"
    laps = f", only {found.n_laps} laps" if found.n_laps else ""
    return f"no cadence in it: there are no records{laps}; a recorded run has one for every second or few"


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


def _app_values(frame: Frame) -> dict[Key, float | bytes]:
    """The fields of apps, as far as they can be kept."""
    found = {}
    for one in frame.fields:
        if one.field_def is not None and one.field_def.is_dev:
            value = held_value(one.value)
            if value is not None:
                found[one.field_def.dev_data_index, one.def_num] = value
    return found


def _sport_words(frame: Frame) -> tuple[str, str]:
    """Sport and sub sport of a message: words, numbers that the decoder has no word for, or empty."""
    numbers = SPORT_AND_SUB[frame.global_mesg_num]
    said = {one.def_num: str(one.value) for one in frame.fields
            if one.field_def is not None and not one.field_def.is_dev and one.value is not None}  # fmt: skip
    return said.get(numbers[0], ""), said.get(numbers[1], "")

"""What the messages of a FIT file tell: records, sessions, laps, sports, stops, and the fields of apps."""

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from cadencecoach.devices.recordings.fit_fields import AppFields, Key, held_value
from cadencecoach.devices.recordings.fit_sessions import Claims, Session
from cadencecoach.devices.recordings.sports import OnFoot, sport_of_fit

# FIT profile: messages, and fields by their numbers
FILE_ID, SPORT, SESSION, LAP, RECORD, EVENT, FIELD_DESCRIPTION = 0, 12, 18, 19, 20, 21, 206
FILE_TYPE, MANUFACTURER, START, ELAPSED = 0, 1, 2, 7
STRYD, GARMIN = 95, 1  # manufacturers: the first of pods at the foot
DEVICE_INFO, DEVICE_MANUFACTURER, DEVICE_PRODUCT = 23, 2, 4
# Garmin's straps that tell how the trunk moves: HRM-Tri, HRM-Run, HRM4-Run, HRM-Pro, HRM-Pro Plus, HRM-Fit.
STRAPS = frozenset({1743, 1752, 2327, 3300, 4130, 4446})
SPORT_AND_SUB = {SPORT: (0, 1), SESSION: (5, 6), LAP: (25, 39)}
EVENT_OF_EVENT, EVENT_TYPE, TIMER, STOPS = 0, 1, 0, frozenset({1, 4, 8, 9})
TIMESTAMP, HEART_RATE, CADENCE, DISTANCE, SPEED = 253, 3, 4, 5, 6
CADENCE256, FRACTIONAL_CADENCE, ENHANCED_SPEED = 52, 53, 73
COMPRESSED_SPEED_DISTANCE = 8
VERTICAL_OSCILLATION, STANCE_TIME, STEP_LENGTH = 39, 41, 85  # mm, ms, mm
WANTED = frozenset(  # of a record
    {
        *(TIMESTAMP, HEART_RATE, CADENCE, DISTANCE, SPEED, COMPRESSED_SPEED_DISTANCE),
        *(CADENCE256, FRACTIONAL_CADENCE, ENHANCED_SPEED),
        *(VERTICAL_OSCILLATION, STANCE_TIME, STEP_LENGTH),
    }
)

Frame = Any  # fitdecode has no types
# Time, own fields, fields of apps, and whether the low byte comes first.
Record = tuple[float, dict[int, float], dict[Key, float | bytes], bool]


@dataclass(slots=True)
class Part:
    """What the messages of one file have told so far; several may stand one after the other.

    Attributes:
        records: with a time; None where the watch was stopped
        claims: what it says about sports
        apps: what fields apps have added
        told_by: who told what goes beyond cadence, as `Column` has it
    """

    records: list[Record | None] = field(default_factory=list)
    claims: Claims = field(default_factory=Claims)
    apps: AppFields = field(default_factory=AppFields)
    told_by: str = "watch"


@dataclass(slots=True)
class Found:
    """What has been found so far.

    Attributes:
        parts: files in the file, the newest last
        file_type: what kind of file it says it is
        n_records: with a time
        n_laps: how many laps
    """

    parts: list[Part] = field(default_factory=lambda: [Part()])
    file_type: int | None = None
    n_records: int = 0
    n_laps: int = 0

    def take(self, frame: Frame) -> None:
        """One message."""
        take = TAKERS.get(frame.global_mesg_num)
        if take is not None:
            take(self, frame)

    def on_record(self, frame: Frame) -> None:
        """Take a record; one without a time cannot be placed."""
        values, app_values = _values(frame)
        time_s = values.pop(TIMESTAMP, math.nan)
        if math.isfinite(time_s):
            is_little = frame.def_mesg.endian == "<"
            self.parts[-1].records.append((time_s, values, app_values, is_little))
            self.n_records += 1

    def on_session(self, frame: Frame) -> None:
        """Take a session or a lap."""
        raw = _raw(frame)
        claims = self.parts[-1].claims
        sessions = claims.laps if frame.global_mesg_num == LAP else claims.sessions
        start_s = raw.get(START, sessions[-1].to_s if sessions else -math.inf)
        elapsed_s = raw.get(ELAPSED, 0.0) / 1000
        end_s = raw.get(TIMESTAMP, start_s + elapsed_s if math.isfinite(start_s) and elapsed_s else math.inf)
        sessions.append(
            Session(
                from_s=start_s,
                to_s=end_s,
                length_s=elapsed_s or (max(0.0, end_s - start_s) if math.isfinite(end_s - start_s) else 0.0),
                sport=sport_of_fit(*_sport_words(frame)),
                n_before=len(self.parts[-1].records),
            )
        )

    def on_sport(self, frame: Frame) -> None:
        """Take what is going to be done."""
        sport = sport_of_fit(*_sport_words(frame))
        if sport.on_foot is not OnFoot.UNSAID:
            self.parts[-1].claims.sports.append((len(self.parts[-1].records), sport))

    def on_file_id(self, frame: Frame) -> None:
        """Take the kind of file."""
        raw = _raw(frame)
        kind = raw.get(FILE_TYPE)
        if raw.get(MANUFACTURER) == STRYD:
            self.parts[-1].told_by = "pod"
        self.file_type = self.file_type if kind is None else int(kind)

    def on_device(self, frame: Frame) -> None:
        """Take a device that was worn: a strap at the chest tells what the watch writes."""
        raw = _raw(frame)
        if raw.get(DEVICE_MANUFACTURER) == GARMIN and raw.get(DEVICE_PRODUCT) in STRAPS:
            self.parts[-1].told_by = "strap"

    def on_lap(self, frame: Frame) -> None:
        """Count a lap, and take it."""
        self.n_laps += 1
        self.on_session(frame)

    def on_event(self, frame: Frame) -> None:
        """Take a stop of the watch."""
        raw = _raw(frame)
        if raw.get(EVENT_OF_EVENT) == TIMER and raw.get(EVENT_TYPE) in STOPS:
            self.parts[-1].records.append(None)

    def on_description(self, frame: Frame) -> None:
        """Take how an app describes its field."""
        self.parts[-1].apps.describe({one.def_num: one.raw_value for one in frame.fields})


TAKERS: dict[int, Callable[[Found, Frame], None]] = {
    RECORD: Found.on_record,
    SESSION: Found.on_session,
    SPORT: Found.on_sport,
    FILE_ID: Found.on_file_id,
    DEVICE_INFO: Found.on_device,
    LAP: Found.on_lap,
    EVENT: Found.on_event,
    FIELD_DESCRIPTION: Found.on_description,
}


def _values(frame: Frame) -> tuple[dict[int, float], dict[Key, float | bytes]]:
    """The numbers of a record by their fields, in the profile's units, and beside them the fields of apps."""
    own: dict[int, float] = {}
    of_apps: dict[Key, float | bytes] = {}
    for one in frame.fields:
        definition, value = one.field_def, one.value
        if value is None:
            continue
        # The definition is None where the decoder expanded a component.
        number = one.def_num if definition is None else definition.def_num
        if definition is not None and definition.is_dev:
            kept = held_value(value)
            if kept is not None:
                of_apps[definition.dev_data_index, number] = kept
        elif number in WANTED and isinstance(value, int | float):
            own[number] = float(value)
    return own, of_apps


def _raw(frame: Frame) -> dict[int, float]:
    """The numbers of a message by their fields, as they stand in the file: words of lists are numbers there."""
    return {
        one.def_num: float(one.raw_value)
        for one in frame.fields
        if (one.field_def is None or not one.field_def.is_dev) and isinstance(one.raw_value, int | float)
    }


def _sport_words(frame: Frame) -> tuple[str, str]:
    """Sport and sub sport of a message: words, numbers that the decoder has no word for, or empty."""
    numbers = SPORT_AND_SUB[frame.global_mesg_num]
    said = {one.def_num: str(one.value) for one in frame.fields
            if one.field_def is not None and not one.field_def.is_dev and one.value is not None}  # fmt: skip
    return said.get(numbers[0], ""), said.get(numbers[1], "")

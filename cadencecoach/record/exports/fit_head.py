"""What stands first in a FIT file of ours: which file it is, what our own fields mean, what measured."""

import re
from collections.abc import Iterator

from cadencecoach.fit import profile as fit
from cadencecoach.fit.wire import Base, Field, Fields
from cadencecoach.record.exports.activity import Activity
from cadencecoach.record.moments import Start

APPLICATION = b"cadencecoach.fit"  # 16 bytes that say whose fields these are; never to be changed
PRODUCT = 1

# Fields of our own: where there is no value there is no field.
TARGET = Field(0, Base.FLOAT32, is_developers=True)
CUE = Field(1, Base.STRING, is_developers=True)
REASON = Field(2, Base.STRING, is_developers=True)
STAGE = Field(3, Base.STRING, is_developers=True)
IN_BAND = Field(4, Base.FLOAT32, is_developers=True)
DESCRIBED = (
    (TARGET, "target", "spm"),
    (CUE, "cue", ""),
    (REASON, "cue_reason", ""),
    (STAGE, "stage", ""),
    (IN_BAND, "in_band", "%"),
)


def head_of(activity: Activity, start: Start) -> Iterator[tuple[int, Fields]]:
    """The messages before the first second."""
    app = str(activity.header.get("app") or "cadencecoach")
    yield fit.FILE_ID, _file_id(activity, start, app)
    yield fit.FILE_CREATOR, [(fit.short(0), _version(app))]
    yield fit.DEVELOPER_DATA_ID, [(Field(1, Base.BYTE), APPLICATION), (fit.byte(3), 0)]
    for field, name, unit in DESCRIBED:
        yield fit.FIELD_DESCRIPTION, _description(field, name, unit)
    for index, name in enumerate((app, *activity.sensors)):
        known = _program(activity, app) if index == 0 else []
        named = [(fit.TIMESTAMP, start.fit_s(0)), (fit.byte(0), index), *known, (fit.text(27), name)]
        yield fit.DEVICE_INFO, named


def _file_id(activity: Activity, start: Start, app: str) -> Fields:
    return [
        (fit.enum(0), fit.ACTIVITY_FILE),
        (fit.short(1), fit.DEVELOPMENT),
        (fit.short(2), PRODUCT),
        (Field(3, Base.UINT32Z), activity.serial),
        (fit.long(4), start.fit_s(0)),
        (fit.text(8), app),
    ]


def _description(field: Field, name: str, unit: str) -> Fields:
    return [
        (fit.byte(0), 0),
        (fit.byte(1), field.number),
        (fit.byte(2), field.base.number),
        (fit.text(3), name),
        *([(fit.text(8), unit)] if unit else []),
    ]


def _program(activity: Activity, app: str) -> Fields:
    """What is known of the device that wrote the file, beside its name."""
    return [
        (fit.short(2), fit.DEVELOPMENT),
        (Field(3, Base.UINT32Z), activity.serial),
        (fit.short(4), PRODUCT),
        (fit.short(5), _version(app)),
    ]


def _version(app: str) -> int | None:
    """A program's version in hundredths, as FIT has it."""
    match = re.search(r"\d{1,2}\.\d{1,2}", app)
    return round(float(match[0]) * 100) if match else None

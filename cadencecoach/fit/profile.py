"""Numbers of the FIT profile that activities and workouts need: messages, fields with their scale, words of enums.

Source: FIT SDK 21, Profile.xlsx, sheets "Types" and "Messages".
"""

from cadencecoach.fit.wire import Base, Field

FILE_ID, SESSION, LAP, RECORD, EVENT, DEVICE_INFO, ACTIVITY = 0, 18, 19, 20, 21, 23, 34
FILE_CREATOR, FIELD_DESCRIPTION, DEVELOPER_DATA_ID = 49, 206, 207
WORKOUT, WORKOUT_STEP = 26, 27

ACTIVITY_FILE, WORKOUT_FILE = 4, 5
DEVELOPMENT = 255  # manufacturer "for development": for programs that have no number of their own
RUNNING, WALKING = 1, 11  # sports
SUB_SPORTS = {"treadmill": 1, "road": 2, "trail": 3, "track": 4}
TIMER, SESSION_OVER, LAP_OVER, ACTIVITY_OVER = 0, 8, 9, 26
STARTED, STOPPED, STOPPED_ALL = 0, 1, 4
BY_TIME, BY_END = 1, 7  # what ended a lap
FIRST_DATE_S, LAST_DATE_S = 0x10000000, 0xFFFFFFFE  # below are seconds since a device was switched on

TIMESTAMP = Field(253, Base.UINT32)
MESSAGE_INDEX = Field(254, Base.UINT16)


def enum(number: int) -> Field:
    """A word of a list."""
    return Field(number, Base.ENUM)


def byte(number: int) -> Field:
    """A whole number: strides or beats a minute, an index."""
    return Field(number, Base.UINT8)


def fraction(number: int) -> Field:
    """What a whole number has lost, in 1/128."""
    return Field(number, Base.UINT8, 128)


def short(number: int) -> Field:
    """A whole number of two bytes."""
    return Field(number, Base.UINT16)


def long(number: int) -> Field:
    """A whole number of four bytes, or a moment."""
    return Field(number, Base.UINT32)


def seconds(number: int) -> Field:
    """A time in ms."""
    return Field(number, Base.UINT32, 1000)


def metres(number: int) -> Field:
    """A distance in cm."""
    return Field(number, Base.UINT32, 100)


def mps(number: int) -> Field:
    """A speed in mm/s."""
    return Field(number, Base.UINT16, 1000)


def tenths(number: int) -> Field:
    """A length in 1/10 mm, or a time in 1/10 ms."""
    return Field(number, Base.UINT16, 10)


def percent(number: int) -> Field:
    """A part in hundredths of a percent."""
    return Field(number, Base.UINT16, 100)


def text(number: int) -> Field:
    """Words."""
    return Field(number, Base.STRING)

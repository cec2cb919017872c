"""Recorded runs of watches and pods: FIT files. Their running cadence counts strides, in halves.

The decoder is fitdecode. What it finds before a file breaks off is used; the rest is noted.
"""

from collections.abc import Iterable, Iterator

from cadencecoach.devices.recordings.choosing_columns import run_of
from cadencecoach.devices.recordings.columns import Column, Quantity, Table
from cadencecoach.devices.recordings.fit_fields import AppFields, Key
from cadencecoach.devices.recordings.fit_messages import (
    CADENCE,
    CADENCE256,
    DISTANCE,
    ENHANCED_SPEED,
    FRACTIONAL_CADENCE,
    HEART_RATE,
    SPEED,
    STANCE_TIME,
    STEP_LENGTH,
    VERTICAL_OSCILLATION,
    Found,
    Part,
    Record,
)
from cadencecoach.devices.recordings.fit_sessions import sports_of
from cadencecoach.devices.recordings.model import UNUSABLE, Parsed, usable
from cadencecoach.errors import RecordingError

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
BEYOND = (  # of a watch, or of a pod that writes them there
    (Column(Quantity.OSCILLATION, 0, "vertical_oscillation", unit="mm"), VERTICAL_OSCILLATION),
    (Column(Quantity.CONTACT, 0, "stance_time", unit="ms"), STANCE_TIME),
    (Column(Quantity.STRIDE, 0, "step_length", "steps", unit="mm"), STEP_LENGTH),
)
MAX_BYTES = 16_000_000  # a day at 1 Hz is below 10 MB; the decoder takes a second for each
MAX_MESSAGES = 400_000  # two days at 1 Hz, and everything beside the records; the smallest have one byte
HEADER_BYTES = (12, 14)
FOOTER_BYTES = 2


def parse_fit(data: bytes) -> Parsed:
    """Rows of the `record` messages of a FIT file, chained files and all sessions one after the other.

    Raises:
        RecordingError: not a FIT file, nothing readable in it, or no run
    """
    if len(data) > MAX_BYTES:
        raise RecordingError(f"{len(data)} bytes; a run as FIT has at most {MAX_BYTES}")
    found = Found()
    notes: list[str] = []
    try:
        _read(data, found, notes)
    except RecordingError:
        raise
    except Exception as error:  # the decoder meets damaged bytes with errors of many kinds
        if not found.n_records:
            raise RecordingError(f"not a readable FIT file: {_error_text(error)}") from error
        notes.append(f"breaks off after {found.n_records} records ({_error_text(error)}); read up to there")
    table = Table()
    n_unusable = sum(_add(part, table, notes) for part in found.parts)
    if n_unusable:
        notes.append(f"{UNUSABLE}: {n_unusable}")
    run = run_of(table)
    return Parsed(rows=run.rows, counts=run.counts, notes=[*notes, *run.notes], lacks=_lacks(found))


def _read(data: bytes, found: Found, notes: list[str]) -> None:
    """The messages of a file go into `found`, what is wrong with it into `notes`."""
    import fitdecode  # noqa: PLC0415  # a tenth of a second that only FIT files need

    from cadencecoach.devices.recordings.fit_reader import MessageReader  # noqa: PLC0415  # needs it too

    options = {"check_crc": fitdecode.CrcCheck.READONLY, "error_handling": fitdecode.ErrorHandling.IGNORE}
    with MessageReader(_with_size(data), processor=None, **options) as frames:
        for n, frame in enumerate(frames):
            if n > MAX_MESSAGES:
                raise RecordingError(f"more than {MAX_MESSAGES} messages; too many for a run")
            if frame.frame_type == fitdecode.FIT_FRAME_DATA:
                found.take(frame)
            elif frame.frame_type == fitdecode.FIT_FRAME_HEADER:
                found.parts.append(Part())
            elif frame.frame_type == fitdecode.FIT_FRAME_CRC and not frame.matched:
                notes.append("checksum does not match; the file may be damaged")


def _with_size(data: bytes) -> bytes:
    """The file with its size in the header: a watch writes it last, and one that died has not."""
    head = data[0] if data else 0
    if head not in HEADER_BYTES or data[8:12] != b".FIT" or data[4:8] != bytes(4) or len(data) <= head + FOOTER_BYTES:
        return data
    return data[:4] + (len(data) - head - FOOTER_BYTES).to_bytes(4, "little") + data[8:]


def _add(part: Part, table: Table, notes: list[str]) -> int:
    """Put the records of one file into the table; return how many of its values no sensor sends.

    A damaged definition turns any bytes into numbers of any size.
    """
    records = [one for one in part.records if one is not None]
    sports, sport_notes = sports_of([time_s for time_s, *_ in records], part.claims)
    notes.extend(sport_notes)
    columns = [*part.apps.cadence_columns(), *part.apps.movement_columns()]
    own = (*OWN, *((column._replace(told_by=part.told_by), number) for column, number in BEYOND))
    next_sport = iter(sports)
    n_unusable = 0
    for one in part.records:
        if one is None:
            table.stop()
            continue
        values = list(_columns_of(one, part.apps, own, columns))
        if any(value is not None and usable(value) is None for _, value in values):
            n_unusable += sum(value is not None and usable(value) is None for _, value in values)
            values = [(column, usable(value)) for column, value in values]
        table.add(one[0], next(next_sport), values)
    return n_unusable


def _columns_of(
    record: Record, apps: AppFields, own: Iterable[tuple[Column, int]], columns: Iterable[tuple[Key, Column]]
) -> Iterator[tuple[Column, float | None]]:
    """The values of a record with their columns."""
    _, values, app_values, is_little = record
    for column, number in own:
        value = values.get(number)
        if value and number == CADENCE:  # a fraction of no stride is no stride
            value += values.get(FRACTIONAL_CADENCE, 0.0)
        if value is not None:
            yield column, value
    for key, column in columns:
        if key in app_values:
            yield column, apps.value_of(key, app_values[key], is_little=is_little)


def _lacks(found: Found) -> str:
    """Why there is nothing to play, where there is no cadence."""
    if found.file_type in FILE_TYPES:
        return f"this is a {FILE_TYPES[found.file_type]} file, not an activity; a recorded run is needed"
    if found.n_records:
        return f"no cadence in its {found.n_records} records; a recorded run needs cadence values with their times"
    laps = f", only {found.n_laps} laps" if found.n_laps else ""
    return f"no cadence in it: there are no records{laps}; a recorded run has one for every second or few"


def _error_text(error: Exception) -> str:
    """What the decoder said, on one line."""
    return " ".join(str(error).split())[:120] or "its messages do not fit together"

import struct

import pytest
from each_row import each_row
from hypothesis import given
from hypothesis import strategies as st

from cadencecoach.devices.recordings.fit import parse_fit
from cadencecoach.devices.recordings.model import UNUSABLE, RecordedRow
from cadencecoach.devices.recordings.sports import UNSAID_NOTE
from cadencecoach.errors import RecordingError

# The smallest FIT writer that will do: definitions and records, no profile.
CRC_TABLE = (0x0, 0xCC01, 0xD801, 0x1400, 0xF001, 0x3C00, 0x2800, 0xE401,
             0xA001, 0x6C00, 0x7800, 0xB401, 0x5000, 0x9C01, 0x8801, 0x4400)  # fmt: skip
UINT8, UINT16, UINT32 = (0x02, "B", 0xFF), (0x84, "H", 0xFFFF), (0x86, "I", 0xFFFFFFFF)
RECORD = 20
Field = tuple[int, tuple[int, str, int]]
TIME: Field = (253, UINT32)
CADENCE: Field = (4, UINT8)
FRACTION: Field = (53, UINT8)  # 1/128
SPEED: Field = (6, UINT16)  # 1/1000 m/s
ENHANCED_SPEED: Field = (73, UINT32)
HEART_RATE: Field = (3, UINT8)
POWER: Field = (7, UINT16)


def crc(data: bytes) -> int:
    """FIT's checksum."""
    value = 0
    for byte in data:
        for nibble in (byte & 0xF, byte >> 4):
            value = (value >> 4) & 0x0FFF ^ CRC_TABLE[value & 0xF] ^ CRC_TABLE[nibble]
    return value


def definition(fields: list[Field], *, message: int = RECORD, local: int = 0) -> bytes:
    """A definition message; little-endian."""
    sizes = [(number, struct.calcsize(code), base) for number, (base, code, _) in fields]
    return struct.pack("<BBBHB", 0x40 | local, 0, 0, message, len(fields)) + b"".join(bytes(one) for one in sizes)


def record(fields: list[Field], values: list[int | None], *, local: int = 0) -> bytes:
    """A data message; None is the invalid value of its type."""
    packed = [
        struct.pack("<" + code, invalid if value is None else value)
        for (_, (_, code, invalid)), value in zip(fields, values, strict=True)
    ]
    return bytes([local]) + b"".join(packed)


def fit_file(body: bytes) -> bytes:
    """A whole file around some messages."""
    header = struct.pack("<BBHI4s", 14, 0x10, 2100, len(body), b".FIT")
    head = header + struct.pack("<H", crc(header))
    return head + body + struct.pack("<H", crc(head + body))


def run_file(fields: list[Field], rows: list[list[int | None]]) -> bytes:
    """A file of record messages."""
    return fit_file(definition(fields) + b"".join(record(fields, row) for row in rows))


START = 853_607_207
FULL = [TIME, CADENCE, FRACTION, SPEED, HEART_RATE]
A_RUN: list[list[int | None]] = [[START + i, 82, 64, 2900, 140] for i in range(20)]


def test_cadence_counts_strides_with_their_fraction() -> None:
    """82 and 64/128 strides a minute are 82.5; speed is in thousandths."""
    parsed = parse_fit(run_file(FULL, A_RUN[:1]))
    assert parsed.counts == "strides"
    assert parsed.rows == [RecordedRow(float(START), 82.5, 2.9, 140.0)]
    assert parsed.notes == [UNSAID_NOTE]


def test_the_enhanced_speed_is_preferred() -> None:
    """Newer watches write both; the enhanced one has no upper end at 65 m/s."""
    parsed = parse_fit(run_file([TIME, CADENCE, SPEED, ENHANCED_SPEED], [[START, 82, 2000, 2900]]))
    assert parsed.rows[0].speed_mps == 2.9


def test_invalid_values_are_missing() -> None:
    """FIT's mark for "no value" is missing, and zero is zero."""
    parsed = parse_fit(run_file(FULL, [[START, None, None, None, None], [START + 1, 0, 0, 0, 0]]))
    assert parsed.rows == [
        RecordedRow(float(START), None, None, None),
        RecordedRow(float(START + 1), 0.0, 0.0, 0.0),
    ]


def test_numbers_that_no_sensor_sends_are_missing_and_noted() -> None:
    """A definition may say that a cadence is a float of any size."""
    wide: Field = (4, (0x89, "d", 0))
    data = definition([TIME, wide]) + b"".join(
        bytes([0]) + struct.pack("<Id", START + i, value) for i, value in enumerate((1e300, -1e6, 82.0))
    )
    parsed = parse_fit(fit_file(data))
    assert [row.raw_per_min for row in parsed.rows] == [None, None, 82.0]
    assert parsed.notes == [f"{UNUSABLE}: 2", UNSAID_NOTE]


def test_a_record_without_a_time_is_left_out() -> None:
    """A value that cannot be placed is no row."""
    assert parse_fit(run_file([CADENCE], [[82]]) + run_file(FULL, A_RUN)).rows[0].time_s == START


def test_only_records_count() -> None:
    """Laps, sessions and messages nobody knows are passed over, even with fields of the same numbers."""
    other = definition(FULL, message=19, local=1) + record(FULL, [START, 99, 0, 0, 0], local=1)
    unknown = definition([TIME, CADENCE], message=250, local=2) + record([TIME, CADENCE], [START, 99], local=2)
    body = other + definition(FULL) + record(FULL, A_RUN[0]) + unknown + record(FULL, A_RUN[1])
    assert [row.raw_per_min for row in parse_fit(fit_file(body)).rows] == [82.5, 82.5]


def test_a_developers_field_is_not_the_cadence() -> None:
    """Pods write fields of their own under numbers that mean something else in the profile."""
    described = definition([(0, UINT8), (1, UINT8), (2, UINT8)], message=206, local=1)
    index = definition([(3, UINT8)], message=207, local=2) + record([(3, UINT8)], [0], local=2)
    own = described + record([(0, UINT8), (1, UINT8), (2, UINT8)], [0, 4, 2], local=1)
    with_own = bytes([0x60]) + definition([TIME])[1:] + bytes([1, 4, 1, 0])
    row = record([TIME], [START]) + bytes([200])
    assert parse_fit(fit_file(index + own + with_own + row)).rows == [RecordedRow(float(START), None, None, None)]


def test_chained_files_are_one_recording() -> None:
    """Two files in one, as some watches write sessions, are read one after the other."""
    later: list[list[int | None]] = [[START + 100 + i, 84, 0, 3000, 150] for i in range(5)]
    assert len(parse_fit(run_file(FULL, A_RUN) + run_file(FULL, later)).rows) == 25


def test_a_wrong_checksum_is_noted() -> None:
    """The data is used, and the reader is told."""
    data = bytearray(run_file(FULL, A_RUN))
    data[-1] ^= 0xFF
    parsed = parse_fit(bytes(data))
    assert len(parsed.rows) == 20
    assert parsed.notes == ["checksum does not match; the file may be damaged", UNSAID_NOTE]


def test_a_file_that_breaks_off_is_read_up_to_there() -> None:
    """A watch that died in mid-run has still recorded the first part."""
    parsed = parse_fit(run_file(FULL, A_RUN)[:-40])
    assert 0 < len(parsed.rows) < 20
    assert "breaks off after" in parsed.notes[0]


def test_big_endian_messages_are_read() -> None:
    """A definition says in which order the bytes of its messages stand."""
    sizes = b"".join(bytes((number, struct.calcsize(code), base)) for number, (base, code, _) in FULL)
    described = struct.pack(">BBBHB", 0x40, 0, 1, RECORD, len(FULL)) + sizes
    body = described + struct.pack(">BIBBHB", 0, START, 82, 64, 2900, 140)
    assert parse_fit(fit_file(body)).rows == [RecordedRow(float(START), 82.5, 2.9, 140.0)]


def test_compressed_times_count_on_from_the_last_whole_one() -> None:
    """A header of such a message has the lowest five bits of its time, and they roll over."""
    start = START | 0x1F  # the next second rolls over
    body = definition(FULL) + record(FULL, [start, 82, 0, 2900, 140])
    body += definition([CADENCE], local=1) + bytes([0x80 | 1 << 5 | 0, 83]) + bytes([0x80 | 1 << 5 | 1, 84])
    rows = parse_fit(fit_file(body)).rows
    assert [(row.time_s - start, row.raw_per_min) for row in rows] == [(0, 82), (1, 83), (2, 84)]


def test_a_fraction_without_a_cadence_is_missing() -> None:
    """Half a stride of nothing is nothing."""
    assert parse_fit(run_file([TIME, FRACTION], [[START, 64]])).rows[0].raw_per_min is None


def test_a_file_whose_watch_died_has_no_size_in_its_header() -> None:
    """It is written last; what is there is read."""
    data = bytearray(run_file(FULL, A_RUN))
    data[4:8] = bytes(4)
    assert parse_fit(bytes(data)).rows == parse_fit(run_file(FULL, A_RUN)).rows


def text(words: str) -> tuple[int, str, int]:
    """The type of a string of that length."""
    return (0x07, f"{len(words)}s", 0)


@each_row("unit", ["spm", "rpm", "strides/min"])
def test_a_developers_field_that_stands_for_the_cadence_is_one(unit: str) -> None:
    """Pods that a watch does not know write it so. The watch's own goes before, and says what the field counts."""
    index = definition([(3, UINT8)], message=207, local=2) + record([(3, UINT8)], [0], local=2)
    fields: list[Field] = [(0, UINT8), (1, UINT8), (2, UINT8), (8, text(unit)), (14, UINT16), (15, UINT8)]
    sizes = b"".join(bytes((n, struct.calcsize("<" + code), base)) for n, (base, code, _) in fields)
    described = struct.pack("<BBBHB", 0x41, 0, 0, 206, len(fields)) + sizes
    described += bytes([1, 0, 7, 2]) + unit.encode() + struct.pack("<HB", RECORD, 4)
    with_own = bytes([0x60]) + definition([TIME, CADENCE])[1:] + bytes([1, 7, 1, 0])
    rows = (
        record([TIME, CADENCE], [START, None]) + bytes([164]) + record([TIME, CADENCE], [START + 1, 81]) + bytes([164])
    )
    parsed = parse_fit(fit_file(index + described + with_own + rows))
    assert [row.raw_per_min for row in parsed.rows] == [82.0, 81.0]


SPORT_OF_SESSION: Field = (5, (0x00, "B", 0xFF))
STARTED: Field = (2, UINT32)
RUNNING, CYCLING, WALKING = 1, 2, 11


def session(sport: int, first_s: int, last_s: int) -> bytes:
    """A session message."""
    fields = [TIME, STARTED, SPORT_OF_SESSION]
    return definition(fields, message=18, local=3) + record(fields, [START + last_s, START + first_s, sport], local=3)


def test_a_ride_is_refused() -> None:
    """Its cadence is that of pedals."""
    body = run_file(FULL, A_RUN)[14:-2] + session(CYCLING, 0, 19)
    with pytest.raises(RecordingError, match="this is cycling: its cadence counts no steps; a run is needed"):
        parse_fit(fit_file(body))


def test_a_ride_that_broke_off_is_refused_by_its_sport() -> None:
    """The session is written last; some watches say before what it is going to be."""
    body = definition([SPORT_OF_SPORT], message=12, local=4) + record([SPORT_OF_SPORT], [CYCLING], local=4)
    with pytest.raises(RecordingError, match="this is cycling"):
        parse_fit(fit_file(body + run_file(FULL, A_RUN)[14:-2]))


SPORT_OF_SPORT: Field = (0, (0x00, "B", 0xFF))


def test_of_a_triathlon_the_run_is_read() -> None:
    """Rows of the ride are left out, with a note."""
    body = run_file(FULL, A_RUN)[14:-2] + session(CYCLING, 0, 11) + session(RUNNING, 12, 19)
    parsed = parse_fit(fit_file(body))
    assert [row.time_s - START for row in parsed.rows] == list(range(12, 20))
    assert parsed.notes == ["12 rows of cycling left out: their cadence counts no steps"]


def test_a_walk_is_said() -> None:
    """It may be played, and there will be little coaching."""
    parsed = parse_fit(fit_file(run_file(FULL, A_RUN)[14:-2] + session(WALKING, 0, 19)))
    assert (len(parsed.rows), parsed.notes) == (
        20,
        ["the file says walking: below 140 steps a minute nothing is coached"],
    )


@each_row(
    ("body", "says"),
    [
        (definition([TIME], message=19) + 3 * record([TIME], [START]), "there are no records, only 3 laps"),
        (
            definition([SPORT_OF_SPORT], message=0) + record([SPORT_OF_SPORT], [5]),
            "this is a workout file, not an activity",
        ),
        (definition([TIME]) + 2 * record([TIME], [START]), "no cadence in its 2 records"),
    ],
)
def test_a_file_without_cadence_says_what_it_has(body: bytes, says: str) -> None:
    """Laps alone, a plan of a training, or a run without a sensor."""
    assert says in parse_fit(fit_file(body)).lacks


@each_row("data", [b"", b"hello", b"PK\x03\x04" * 20, run_file(FULL, A_RUN)[:10], bytes(100)])
def test_what_is_not_fit_is_refused(data: bytes) -> None:
    """Empty, foreign and headless files are an error or no rows, never a crash."""
    try:
        assert parse_fit(data).rows == []
    except RecordingError as error:
        assert "not a readable FIT file" in str(error)  # noqa: PT017  # both ends are allowed


@given(st.data())
def test_damaged_bytes_never_crash(data: st.DataObject) -> None:
    """A few bytes changed anywhere give rows or one clear error."""
    damaged = bytearray(run_file(FULL, A_RUN[:5]))
    for _ in range(data.draw(st.integers(1, 4))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    try:
        rows = parse_fit(bytes(damaged)).rows
    except RecordingError:
        return
    assert all(isinstance(row.time_s, float) for row in rows)

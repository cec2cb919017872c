"""The decoder reads quicker, and reads the same."""

import struct

import fitdecode
import pytest
from each_row import each_row

from cadencecoach.devices.recordings.fit_messages import RECORD, WANTED
from cadencecoach.devices.recordings.fit_reader import READ_WHOLE, MessageReader
from tests.devices.recordings.test_fit import UINT8, UINT16, UINT32, Field, definition, fit_file, record

START = 853_607_207
TIME: Field = (253, UINT32)
SUB_SPORT: Field = (6, (0x00, "B", 0xFF))
SPORT: Field = (5, (0x00, "B", 0xFF))
BYTES: Field = (8, (0x0D, "3s", 0))
PLACE: Field = (0, (0x85, "i", 0x7FFFFFFF))
POWERS: Field = (7, (0x84, "4s", 0))  # two numbers of two bytes


def big_endian(body_fields: list[Field]) -> bytes:
    """A definition of records whose high byte comes first."""
    sizes = [(number, struct.calcsize(code), base) for number, (base, code, _) in body_fields]
    head = struct.pack(">BBBHB", 0x40, 0, 1, RECORD, len(body_fields))
    return head + b"".join(bytes(one) for one in sizes)


def described(words: bytes) -> bytes:
    """An app, and one field of it that is named."""
    app = definition([(3, UINT8)], message=207, local=2) + record([(3, UINT8)], [0], local=2)
    fields: list[Field] = [(0, UINT8), (1, UINT8), (2, UINT8), (3, (0x07, f"{len(words)}s", 0))]
    sizes = b"".join(bytes((n, struct.calcsize("<" + code), base)) for n, (base, code, _) in fields)
    return app + struct.pack("<BBBHB", 0x41, 0, 0, 206, len(fields)) + sizes + bytes([1, 0, 7, 2]) + words


def with_app(n_bytes: int) -> bytes:
    """Records with a field of an app of so many bytes."""
    return bytes([0x60]) + definition([TIME, (4, UINT8)])[1:] + bytes([1, 7, n_bytes, 0])


FILES = {
    "fields nobody wants among wanted ones": definition([PLACE, TIME, POWERS, (4, UINT8), (3, UINT8)])
    + b"".join(
        bytes([0]) + struct.pack("<iI4sBB", -5, START + n, b"\1\0\2\0", 80 + n, 140) for n in range(3)
    ),
    "bytes that are speed and distance": definition([TIME, BYTES])
    + bytes([0]) + struct.pack("<I", START) + b"\x10\x20\x30",
    "a name with its zeros": described(b"Cadence\0\0\0")
    + with_app(1)
    + bytes([0]) + struct.pack("<IBB", START, 80, 170),
    "an app's field that is described nowhere": with_app(2) + bytes([0]) + struct.pack("<IBH", START, 80, 170),
    "high bytes first": big_endian([TIME, (6, UINT16), PLACE]) + bytes([0]) + struct.pack(">IHi", START, 2900, 7),
    "short times": definition([TIME, (4, UINT8)])
    + record([TIME, (4, UINT8)], [START, 80])
    + definition([(4, UINT8), PLACE], local=1)
    + bytes([0x80 | 1 << 5 | (START + 3) & 31, 81, 0, 0, 0, 0]),
    "short times after a message that nobody reads": definition([TIME, (4, UINT8)], message=104, local=1)
    + record([TIME, (4, UINT8)], [START, 80], local=1)
    + definition([(4, UINT8)], local=0)
    + bytes([0x80 | (START + 3) & 31, 81]),
    "a session": definition([TIME, SPORT, SUB_SPORT], message=18)
    + record([TIME, SPORT, SUB_SPORT], [START, 1, 1]),
    "a type that is told again": definition([TIME]) + record([TIME], [START]) + definition([TIME, (4, UINT8)])
    + record([TIME, (4, UINT8)], [START + 1, 80]),
}  # fmt: skip


def told(reader: fitdecode.FitReader) -> list[object]:
    """What the messages say that are read, and whether the checksum holds."""
    found: list[object] = []
    for frame in reader:
        if frame.frame_type == fitdecode.FIT_FRAME_CRC:
            found.append(frame.matched)
        elif frame.frame_type == fitdecode.FIT_FRAME_DATA and frame.global_mesg_num in READ_WHOLE | {RECORD}:
            found.extend(
                (one.def_num, one.value, one.raw_value)
                for one in frame.fields
                if frame.global_mesg_num != RECORD or one.def_num in WANTED or (one.field_def and one.field_def.is_dev)
            )
    return found


@each_row("body", FILES.values(), ids=list(FILES))
def test_wanted_fields_say_what_the_decoder_alone_says(body: bytes) -> None:
    """Whatever stands between them, and in whichever order their bytes come."""
    options = {"processor": None, "error_handling": fitdecode.ErrorHandling.IGNORE}
    data = fit_file(body)
    read = told(MessageReader(data, **options))
    assert read == told(fitdecode.FitReader(data, **options))
    assert len(read) > 1
    assert read[-1] is True


def test_a_file_that_breaks_off_is_the_decoders_error() -> None:
    """It is read as far as it goes."""
    data = fit_file(definition([TIME]) + 3 * record([TIME], [START]))[:-4]
    with pytest.raises(fitdecode.FitEOFError):
        told(MessageReader(data, processor=None))

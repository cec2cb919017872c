"""FIT on the wire: messages with their definitions, a header and a checksum. Little-endian, one file.

A message is a list of fields, and only those it has are written: each set of fields gets a definition of its own.
Source: Flexible and Interoperable Data Transfer (FIT) Protocol, sections "Header", "Definition Message", "CRC".
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple


class Base(Enum):
    """Base types: the byte that names one, its code for `struct`, and the number that means "no value"."""

    ENUM = (0x00, "B", 0xFF)
    UINT8 = (0x02, "B", 0xFF)
    UINT16 = (0x84, "H", 0xFFFF)
    UINT32 = (0x86, "I", 0xFFFFFFFF)
    STRING = (0x07, "s", 0)
    FLOAT32 = (0x88, "f", 0xFFFFFFFF)  # its "no value" is a NaN: a field of this type is left out instead
    UINT8Z = (0x0A, "B", 0)
    UINT32Z = (0x8C, "I", 0)
    BYTE = (0x0D, "s", 0xFF)

    @property
    def number(self) -> int:
        """How a definition names it."""
        return self.value[0]

    @property
    def code(self) -> str:
        """Its code for `struct`."""
        return self.value[1]

    @property
    def invalid(self) -> int:
        """What stands where a value is missing."""
        return self.value[2]


class Field(NamedTuple):
    """A field of a message as the profile knows it: its number, type and scale."""

    number: int
    base: Base
    scale: float = 1.0
    is_developers: bool = False


Value = float | str | bytes | None
Fields = Sequence[tuple[Field, Value]]
LARGEST_STRING = 240  # a size is a byte
STRING_SIZES = (16, 32, 64, 128, LARGEST_STRING)  # few sizes make few definitions
N_LOCAL = 16  # local message types there are
VERSION, PROFILE = 0x20, 21_158  # protocol 2.0, which developer fields need; the profile the numbers were taken from
HEADER_BYTES = 14
DEVELOPER_INDEX = 0

_CRC_OF_NIBBLE = (
    *(0x0000, 0xCC01, 0xD801, 0x1400, 0xF001, 0x3C00, 0x2800, 0xE401),
    *(0xA001, 0x6C00, 0x7800, 0xB401, 0x5000, 0x9C01, 0x8801, 0x4400),
)


def _crc_of_byte(byte: int) -> int:
    low = _CRC_OF_NIBBLE[byte & 0xF]
    return (low >> 4) ^ _CRC_OF_NIBBLE[low & 0xF] ^ _CRC_OF_NIBBLE[byte >> 4]


_CRC_TABLE = tuple(map(_crc_of_byte, range(256)))


def crc(data: bytes) -> int:
    """FIT's checksum, 16 bits."""
    value = 0
    for byte in data:
        value = (value >> 8) ^ _CRC_TABLE[(value ^ byte) & 0xFF]
    return value


@dataclass(frozen=True, slots=True)
class _Layout:
    """The fields of a message without their values: a definition."""

    message: int
    fields: tuple[tuple[Field, int], ...]  # with the size in bytes

    def definition(self, local: int) -> bytes:
        own = [(field, size) for field, size in self.fields if not field.is_developers]
        developers = [(field, size) for field, size in self.fields if field.is_developers]
        head = struct.pack("<BBBHB", 0x40 | (0x20 if developers else 0) | local, 0, 0, self.message, len(own))
        body = b"".join(bytes((field.number, size, field.base.number)) for field, size in own)
        if not developers:
            return head + body
        tail = b"".join(bytes((field.number, size, DEVELOPER_INDEX)) for field, size in developers)
        return head + body + bytes((len(developers),)) + tail

    def packer(self) -> struct.Struct:
        """From the values, in the order of the definition, to the message with its local type."""
        codes = [f"{size}s" if field.base.code == "s" else field.base.code for field, size in self.fields]
        return struct.Struct("<B" + "".join(codes))


class FitWriter:
    """Messages in, a FIT file out. A developer's fields come after the others in each message."""

    def __init__(self) -> None:
        """Begin with no message."""
        self._body = bytearray()
        self._known: dict[_Layout, tuple[int, struct.Struct]] = {}
        self._n_defined = 0

    def add(self, message: int, fields: Fields) -> None:
        """Write one message.

        Args:
            message: its global number
            fields: with values in the profile's units; None is written as "no value"
        """
        packed = [_pack(field, value) for field, value in fields]
        sizes = [len(value) if isinstance(value, bytes) else struct.calcsize(field.base.code)
                 for (field, _), value in zip(fields, packed, strict=True)]  # fmt: skip
        layout = _Layout(message, tuple((field, size) for (field, _), size in zip(fields, sizes, strict=True)))
        if layout not in self._known:
            self._define(layout)
        local, packer = self._known[layout]
        self._body += packer.pack(local, *packed)

    def file(self) -> bytes:
        """The whole file."""
        head = struct.pack("<BBHI4s", HEADER_BYTES, VERSION, PROFILE, len(self._body), b".FIT")
        head += struct.pack("<H", crc(head))
        whole = head + bytes(self._body)
        return whole + struct.pack("<H", crc(whole))

    def _define(self, layout: _Layout) -> None:
        local = self._n_defined % N_LOCAL
        self._n_defined += 1
        self._known = {known: place for known, place in self._known.items() if place[0] != local}
        self._known[layout] = (local, layout.packer())
        self._body += layout.definition(local)


def text_bytes(text: str) -> bytes:
    """A string as FIT has it: UTF-8, cut between characters, ended and filled up with zeros to one of a few sizes."""
    raw = text.replace("\0", "").encode("utf-8", "replace")[: LARGEST_STRING - 1].decode("utf-8", "ignore").encode()
    size = next(size for size in STRING_SIZES if len(raw) < size)
    return raw.ljust(size, b"\0")


def _pack(field: Field, value: Value) -> float | bytes:
    """A value as it is written; one that its type cannot hold is missing."""
    match value:
        case str():
            return text_bytes(value)
        case bytes():
            return value
        case None:
            assert field.base is not Base.FLOAT32, field
            return field.base.invalid
    if field.base is Base.FLOAT32:
        return value
    scaled = round(value * field.scale)
    top = (1 << 8 * struct.calcsize(field.base.code)) - 1
    return scaled if 0 <= scaled <= top and scaled != field.base.invalid else field.base.invalid

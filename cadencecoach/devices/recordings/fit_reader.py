"""The decoder of FIT files, with each message fetched and checked in one piece, and only wanted fields unpacked.

fitdecode does all that for every field by itself, which takes three times as long. What it makes of the values is left
to it.
"""

import struct
from collections.abc import Callable
from typing import Any, NamedTuple

from fitdecode import FitEOFError, FitReader, types
from fitdecode.utils import compute_crc

from cadencecoach.devices.recordings.fit_messages import RECORD, TAKERS, TIMESTAMP, WANTED

Definition = Any  # fitdecode has no types
DEVELOPER_DATA_ID = 207  # the decoder's own need
READ_WHOLE = {*TAKERS, DEVELOPER_DATA_ID} - {RECORD}
CRC_OF_BYTE = [compute_crc(bytes((byte,)), crc=0) for byte in range(256)]


class _Layout(NamedTuple):
    """How the fields of a message stand in its bytes.

    Attributes:
        unpacker: of all fields together
        parsers: of fields that have one value each; None where one has several
        fields: first and last value of each field, its parser, and whether it is read as one list of bytes
    """

    unpacker: struct.Struct
    parsers: tuple[Callable[[Any], Any], ...] | None
    fields: tuple[tuple[int, int, Callable[[Any], Any], bool], ...]


class MessageReader(FitReader):  # type: ignore[misc]  # fitdecode has no types
    """A reader that fetches a message's bytes once."""

    def __init__(self, data: bytes, **options: Any) -> None:  # noqa: ANN401  # fitdecode's own
        """Begin at the first byte."""
        super().__init__(data, **options)
        self._crc: int
        self._layouts: dict[int, tuple[Definition, _Layout | None]] = {}  # of the newest definition of each local type

    def _read_bytes(self, size: int) -> bytes:
        """The next bytes, which the checksum has then.

        Raises:
            FitEOFError: there are not so many
        """
        chunk: bytes = self._fd.read(size)
        if len(chunk) != size:
            raise FitEOFError(size, len(chunk), self._read_offset)
        crc: int = self._crc
        for byte in chunk:
            crc = crc >> 8 ^ CRC_OF_BYTE[(crc ^ byte) & 0xFF]
        self._crc = crc
        self._chunk_size += size
        self._read_offset += size
        self._read_size += size
        return chunk

    def _read_data_message_raw_values(self, definition: Definition) -> tuple[list[bytes], list[Any]]:
        """The bytes of a message and the values in them."""
        known, layout = self._layouts.get(definition.local_mesg_num, (None, None))
        if known is not definition:
            layout = _layout_of(definition)
            self._layouts[definition.local_mesg_num] = (definition, layout)
        if layout is None:
            chunks, values = super()._read_data_message_raw_values(definition)
            return chunks, values
        chunk = self._read_bytes(layout.unpacker.size)
        values = layout.unpacker.unpack(chunk)
        if layout.parsers is not None:
            return [chunk], [parse(value) for parse, value in zip(layout.parsers, values, strict=True)]
        return [chunk], [
            _parse_values(values[first:end], parse, are_bytes) for first, end, parse, are_bytes in layout.fields
        ]


def _parse_values(values: tuple[Any, ...], parse: Callable[[Any], Any], are_bytes: bool) -> Any:  # noqa: ANN401, FBT001
    """The value of a field, or all it has."""
    if are_bytes:
        return parse(values)
    return tuple(map(parse, values)) if len(values) > 1 else parse(values[0])


def _layout_of(definition: Definition) -> _Layout | None:
    """The layout of a message, whose definition keeps the wanted fields only.

    None where a field has no room for a value, which is the decoder's to refuse.
    """
    codes, fields, n_values = [], [], 0
    if any(one.size < one.base_type.size for one in definition.all_field_defs):
        return None
    for one in definition.all_field_defs:
        base = one.base_type
        n_units = one.size // base.size
        if not one.is_dev and not _is_wanted(definition.global_mesg_num, one.def_num):
            codes.append(f"{n_units * base.size}x")
            continue
        codes.append(f"{n_units}{base.fmt}")
        n_own = 1 if base.fmt == "s" else n_units
        fields.append((n_values, n_values + n_own, base.parse, base.identifier == types.BASE_TYPE_BYTE.identifier))
        n_values += n_own
    definition.field_defs = [
        one for one in definition.field_defs if _is_wanted(definition.global_mesg_num, one.def_num)
    ]
    is_plain = all(end - first == 1 and not are_bytes for first, end, _, are_bytes in fields)
    parsers = tuple(parse for _, _, parse, _ in fields) if is_plain else None
    return _Layout(struct.Struct(definition.endian + "".join(codes)), parsers, tuple(fields))


def _is_wanted(message: int, number: int) -> bool:
    """Whether somebody reads a field of the profile; the times of all messages carry the short ones of records."""
    return message in READ_WHOLE or number in (WANTED if message == RECORD else (TIMESTAMP,))

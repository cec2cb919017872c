"""Bytes of Polar's measurement service (PMD): control messages out, answers and acceleration frames in.

Every frame of the data characteristic: measurement type u8, time of its last sample u64 in ns of the sensor's own
clock, frame type u8, samples. Frame types with the top bit set are compressed, see `deltas`. All fields are
little-endian; acceleration is in thousandths of g, or, in compressed type 0, in units of a factor.

Sources: Polar's "Measurement Data Specification for 3rd party", and the bytes in the tests of polarofficial/
polar-ble-sdk and in its issues 280 and 443, which stand in `tests/gait/test_polar.py`.
"""

import math
import struct
from collections.abc import Iterator
from dataclasses import dataclass

from cadencecoach.errors import PayloadError
from cadencecoach.gait.deltas import Axes, unpack

SERVICE = "fb005c80-02e7-f387-1cad-8acd2d8df0c8"
CONTROL = "fb005c81-02e7-f387-1cad-8acd2d8df0c8"  # written to, and answers by indication
DATA = "fb005c82-02e7-f387-1cad-8acd2d8df0c8"  # notifies

ACCELERATION = 0x02  # measurement type
ASK_SETTINGS = bytes((0x01, ACCELERATION))
STOP = bytes((0x03, ACCELERATION))

RATE, RESOLUTION, RANGE, RANGE_MILLI, CHANNELS, FACTOR = range(6)  # kinds of settings
SETTING_BYTES = {RATE: 2, RESOLUTION: 2, RANGE: 2, RANGE_MILLI: 4, CHANNELS: 1, FACTOR: 4}

ANSWER = 0xF0
STATUS_TEXTS = (
    "done",
    "unknown command",
    "unknown measurement",
    "not supported",
    "wrong length",
    "wrong parameter",
    "already so",
    "wrong resolution",
    "wrong rate",
    "wrong range",
    "packets too small",
    "wrong number of channels",
    "wrong state",
    "in the charger",
)

_HEAD = struct.Struct("<BQB")
_COMPRESSED = 0x80
_BYTES_PER_VALUE = {0: 1, 1: 2, 2: 3}  # of raw frames, by frame type
_MILLI = 1000
G_PER_UNIT = 8 / 32768  # compressed type 0 without a factor: 16 bits over 8 g, the only range such sensors offer


def start_acceleration(*, rate_hz: int, range_g: int, n_channels: int | None = None) -> bytes:
    """The message that starts the stream with 16 bits.

    Args:
        rate_hz: one of the rates the sensor offers; at 25 Hz a frame of an H10 takes 1.4 s, at 200 Hz 0.2 s
        range_g: one of the ranges it offers
        n_channels: only for sensors that offer it as a setting; others refuse the message
    """
    message = struct.pack("<BBBBHBBH", 0x02, ACCELERATION, RANGE, 1, range_g, RATE, 1, rate_hz)
    message += struct.pack("<BBH", RESOLUTION, 1, 16)
    return message if n_channels is None else message + bytes((CHANNELS, 1, n_channels))


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the sensor answered to a control message.

    Attributes:
        command: which message it answers: 1 settings, 2 start, 3 stop
        measurement: of which measurement
        status: 0 is done
        settings: kind of setting -> what it offers, or has chosen; of kinds we know
        factor: unit of compressed samples in g, where the sensor says one
    """

    command: int
    measurement: int
    status: int
    settings: dict[int, tuple[int, ...]]
    factor: float | None = None

    @property
    def status_text(self) -> str:
        """For a person."""
        return STATUS_TEXTS[self.status] if self.status < len(STATUS_TEXTS) else f"error {self.status}"


def decode_answer(payload: bytes) -> Answer:
    """Decode what the control characteristic indicates.

    Raises:
        PayloadError: not an answer, or cut short
    """
    if len(payload) < 4 or payload[0] != ANSWER:  # noqa: PLR2004  # mark, command, measurement, status
        raise PayloadError("not an answer of the measurement service", payload)
    raw = dict(_settings(payload, 5)) if payload[3] == 0 else {}  # byte 4 says whether more follows
    factors = [value for (value,) in struct.iter_unpack("<f", raw.pop(FACTOR, b""))]
    return Answer(
        command=payload[1],
        measurement=payload[2],
        status=payload[3],
        settings={kind: _numbers(data, SETTING_BYTES[kind]) for kind, data in raw.items()},
        factor=next((factor for factor in factors if math.isfinite(factor) and factor > 0), None),
    )


def _settings(payload: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """Kind and bytes of each setting; the first kind we do not know, whose width we do not know, ends the list."""
    while start + 1 < len(payload) and (width := SETTING_BYTES.get(payload[start])):
        end = start + 2 + width * payload[start + 1]
        if len(payload) < end:
            raise PayloadError(f"settings end before byte {end}", payload)
        yield payload[start], payload[start + 2 : end]
        start = end


def _numbers(data: bytes, width: int) -> tuple[int, ...]:
    return tuple(int.from_bytes(data[at : at + width], "little") for at in range(0, len(data), width))


@dataclass(frozen=True, slots=True, kw_only=True)
class AccelerationFrame:
    """Samples that came together.

    Attributes:
        last_ns: time of the last sample on the sensor's clock, whose origin is the sensor's business
        samples_g: x, y, z in g, oldest first, at least one
    """

    last_ns: int
    samples_g: tuple[tuple[float, float, float], ...]


def decode_acceleration(payload: bytes, factor: float | None = None) -> AccelerationFrame:
    """Decode a frame of acceleration, raw or compressed.

    Args:
        payload: as notified
        factor: of the sensor's answer to the start; None takes what every known sensor without one means
    Raises:
        PayloadError: another measurement, an unknown frame type, no samples, or cut short
    """
    if len(payload) < _HEAD.size:
        raise PayloadError(f"acceleration frame ends before byte {_HEAD.size}", payload)
    kind, last_ns, frame_type = _HEAD.unpack_from(payload)
    if kind & 0x3F != ACCELERATION:  # the two bits above mark recordings
        raise PayloadError(f"measurement {kind} is not acceleration", payload)
    values = _decode_compressed(payload) if frame_type & _COMPRESSED else _raw(payload, frame_type)
    unit_g = _unit_g(frame_type, factor)
    if not values:
        raise PayloadError("acceleration frame without samples", payload)
    return AccelerationFrame(
        last_ns=last_ns, samples_g=tuple((x * unit_g, y * unit_g, z * unit_g) for x, y, z in values)
    )


def _unit_g(frame_type: int, factor: float | None) -> float:
    """What one unit of a sample is worth: compressed type 0 counts the factor in g, all others in thousandths."""
    if frame_type == _COMPRESSED:
        return G_PER_UNIT if factor is None else factor
    return (1.0 if factor is None or not frame_type & _COMPRESSED else factor) / _MILLI


def _raw(payload: bytes, frame_type: int) -> list[Axes]:
    """Samples side by side, each value so many bytes wide as the frame type says."""
    width = _BYTES_PER_VALUE.get(frame_type)
    content = payload[_HEAD.size :]
    if width is None:
        raise PayloadError(f"acceleration frame type {frame_type} is unknown", payload)
    if len(content) % (3 * width):
        raise PayloadError("acceleration frame ends within a sample", payload)
    ends = range(0, len(content), width)
    values = [int.from_bytes(content[at : at + width], "little", signed=True) for at in ends]
    return list(zip(values[::3], values[1::3], values[2::3], strict=True))


def _decode_compressed(payload: bytes) -> list[Axes]:
    """Samples as differences; types 0 and 1 are laid out alike."""
    if payload[_HEAD.size - 1] & ~_COMPRESSED > 1:
        raise PayloadError(f"acceleration frame type {payload[_HEAD.size - 1]} is unknown", payload)
    try:
        return unpack(payload[_HEAD.size :])
    except ValueError as error:
        raise PayloadError(f"compressed acceleration: {error}", payload) from error

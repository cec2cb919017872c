"""Bytes of the running pod, decoded and encoded. All fields are little-endian.

Source: Running Speed and Cadence Service 1.0 of the Bluetooth SIG, field table as in the SIG's published XML. Worked
bytes of three other projects stand in `tests/gait/test_rsc.py`.

Bytes after the last known field and reserved flags are let through: later versions of a service may add to the end.
Where the bytes end before a field their flags promise, what stands before it is used: some pods set flags for fields
they never send.
"""

import struct
from dataclasses import dataclass

from cadencecoach.errors import PayloadError

HAS_STRIDE_LENGTH = 0b001  # RSC Measurement, Flags bit 0
HAS_DISTANCE = 0b010  # bit 1
IS_RUNNING = 0b100  # bit 2: 0 walking, 1 running; a pod without the feature leaves it 0

SPEED_UNITS_PER_MPS = 256  # u16, 1/256 m/s
STRIDE_UNITS_PER_M = 100  # u16, 1/100 m
DISTANCE_UNITS_PER_M = 10  # u32, 1/10 m

_HEAD = struct.Struct("<BHB")
_SPEED_END = 3  # flags and speed: the least that says anything
_STRIDE = struct.Struct("<H")
_DISTANCE = struct.Struct("<I")


@dataclass(frozen=True, slots=True, kw_only=True)
class RscMeasurement:
    """One RSC Measurement (0x2A53).

    Attributes:
        speed_mps: instantaneous speed
        raw_per_min: the cadence byte as sent: strides per minute by the service, steps per minute by some pods; None
            where the bytes end before it
        stride_length_m: None where the pod does not send it
        distance_m: total since the pod was reset; None where the pod does not send it
        is_running: the walk/run bit; False also from pods that do not know
    """

    speed_mps: float
    raw_per_min: int | None
    stride_length_m: float | None = None
    distance_m: float | None = None
    is_running: bool


def decode_rsc(payload: bytes) -> RscMeasurement:
    """Decode an RSC Measurement.

    Raises:
        PayloadError: the payload ends before its first field
    """
    if len(payload) < _SPEED_END:
        raise PayloadError(f"RSC Measurement ends before byte {_SPEED_END}", payload)
    flags, speed, raw_per_min = _HEAD.unpack(payload[: _HEAD.size].ljust(_HEAD.size, b"\0"))
    stride, after_stride = _optional(payload, _STRIDE, _HEAD.size, flags & HAS_STRIDE_LENGTH)
    distance, _ = _optional(payload, _DISTANCE, after_stride, flags & HAS_DISTANCE)
    return RscMeasurement(
        speed_mps=speed / SPEED_UNITS_PER_MPS,
        raw_per_min=raw_per_min if len(payload) >= _HEAD.size else None,
        stride_length_m=None if stride is None else stride / STRIDE_UNITS_PER_M,
        distance_m=None if distance is None else distance / DISTANCE_UNITS_PER_M,
        is_running=bool(flags & IS_RUNNING),
    )


def _optional(payload: bytes, field: struct.Struct, start: int, flag: int) -> tuple[int | None, int]:
    """The value of an optional field and where the next one starts; None where it is not sent, or cut short."""
    if not flag:
        return None, start
    end = start + field.size
    if len(payload) < end:
        return None, end  # nothing stands after it either
    (value,) = field.unpack_from(payload, start)
    return int(value), end


def encode_rsc(measurement: RscMeasurement) -> bytes:
    """The bytes a pod would send; values beyond a field's range are held at its ends."""
    flags = IS_RUNNING if measurement.is_running else 0
    tail = b""
    if measurement.stride_length_m is not None:
        flags |= HAS_STRIDE_LENGTH
        tail += _STRIDE.pack(_fit(measurement.stride_length_m * STRIDE_UNITS_PER_M, 16))
    if measurement.distance_m is not None:
        flags |= HAS_DISTANCE
        tail += _DISTANCE.pack(_fit(measurement.distance_m * DISTANCE_UNITS_PER_M, 32))
    speed = _fit(measurement.speed_mps * SPEED_UNITS_PER_MPS, 16)
    head = _HEAD.pack(flags, speed, _fit(measurement.raw_per_min or 0, 8))
    return head[:_SPEED_END] if measurement.raw_per_min is None else head + tail


def _fit(value: float, bits: int) -> int:
    """The nearest whole number an unsigned field of so many bits can hold."""
    return min(max(round(value), 0), (1 << bits) - 1)

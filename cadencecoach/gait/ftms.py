"""Bytes of a treadmill: Treadmill Data (0x2ACD) of the Fitness Machine Service, decoded. No belt is driven here.

All fields are little-endian. Source: Fitness Machine Service 1.0 of the Bluetooth SIG, field order as in the SIG's
published XML; worked bytes of other projects stand in `tests/gait/test_ftms.py`.

There is no cadence in it. Bytes after the last known field and reserved flags are let through. Where the bytes end
before a field their flags promise, what stands before it is used.
"""

from dataclasses import dataclass, replace

from cadencecoach.errors import PayloadError
from cadencecoach.units import mps_from_kmh

N_FLAGS_BYTES = 2
NO_SPEED = 1 << 0  # "More Data", inverted: 0 means that the speed is in this record
HAS_AVERAGE_SPEED = 1 << 1
HAS_DISTANCE = 1 << 2
HAS_INCLINATION = 1 << 3
HAS_GAIN = 1 << 4
HAS_PACE = 1 << 5
HAS_AVERAGE_PACE = 1 << 6
HAS_ENERGY = 1 << 7
HAS_HEART_RATE = 1 << 8
HAS_MET = 1 << 9
HAS_ELAPSED = 1 << 10
HAS_REMAINING = 1 << 11
HAS_FORCE = 1 << 12
HAS_STEPS = 1 << 13  # reserved in the service; KingSmith's belts append a u16 of steps (hughesjs/FitnessMachine)

PACES = HAS_PACE | HAS_AVERAGE_PACE
NARROW_PACE_BYTES = 1  # the SIG's XML
WIDE_PACE_BYTES = 2  # later tables, and belts that follow them


@dataclass(frozen=True, slots=True, kw_only=True)
class TreadmillData:
    """One Treadmill Data record; what it does not say, or says it does not know, is None.

    Attributes:
        speed_mps: speed of the belt; None in the second part of a record that came in two
        average_speed_mps: since the start
        distance_m: since the start
        inclination_ratio: rise by run, negative downhill; 0.01 is 1 %
        ramp_angle_deg: the angle set
        gain_up_m, gain_down_m: climbed and descended since the start
        pace_raw, average_pace_raw: as sent; tables disagree about width and unit, so nothing here is built on them
        energy_kcal, energy_kcal_per_h, energy_kcal_per_min: as the belt guesses them
        hr_bpm: of a strap the belt hears; 0 is None
        met: metabolic equivalent
        elapsed_s, remaining_s: time of the belt's own session
        force_n: on the belt
        power_w: of the runner, as the belt guesses it
        n_steps: of belts that count steps, since the start
    """

    speed_mps: float | None = None
    average_speed_mps: float | None = None
    distance_m: float | None = None
    inclination_ratio: float | None = None
    ramp_angle_deg: float | None = None
    gain_up_m: float | None = None
    gain_down_m: float | None = None
    pace_raw: float | None = None
    average_pace_raw: float | None = None
    energy_kcal: float | None = None
    energy_kcal_per_h: float | None = None
    energy_kcal_per_min: float | None = None
    hr_bpm: float | None = None
    met: float | None = None
    elapsed_s: float | None = None
    remaining_s: float | None = None
    force_n: float | None = None
    power_w: float | None = None
    n_steps: int | None = None


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the record.

    Attributes:
        flag: the bit that says it is there; `NO_SPEED` by being clear
        name: of the attribute it becomes
        n_bytes: how wide; 0 is a pace, whose width the length of the record tells
        is_signed: two's complement
        per_unit: raw units in one of ours
        unknown: the raw value that says "not available"
    """

    flag: int
    name: str
    n_bytes: int
    is_signed: bool = False
    per_unit: float = 1
    unknown: int | None = None


_KMH_100 = 100 / mps_from_kmh(1.0)  # raw units of 0.01 km/h in one m/s
_U8_UNKNOWN, _U16_UNKNOWN, _S16_UNKNOWN = 0xFF, 0xFFFF, 0x7FFF

FIELDS = (
    Field(NO_SPEED, "speed_mps", 2, per_unit=_KMH_100),
    Field(HAS_AVERAGE_SPEED, "average_speed_mps", 2, per_unit=_KMH_100),
    Field(HAS_DISTANCE, "distance_m", 3),
    Field(HAS_INCLINATION, "inclination_ratio", 2, is_signed=True, per_unit=1000, unknown=_S16_UNKNOWN),
    Field(HAS_INCLINATION, "ramp_angle_deg", 2, is_signed=True, per_unit=10, unknown=_S16_UNKNOWN),
    Field(HAS_GAIN, "gain_up_m", 2, per_unit=10),
    Field(HAS_GAIN, "gain_down_m", 2, per_unit=10),
    Field(HAS_PACE, "pace_raw", 0),
    Field(HAS_AVERAGE_PACE, "average_pace_raw", 0),
    Field(HAS_ENERGY, "energy_kcal", 2, unknown=_U16_UNKNOWN),
    Field(HAS_ENERGY, "energy_kcal_per_h", 2, unknown=_U16_UNKNOWN),
    Field(HAS_ENERGY, "energy_kcal_per_min", 1, unknown=_U8_UNKNOWN),
    Field(HAS_HEART_RATE, "hr_bpm", 1, unknown=0),
    Field(HAS_MET, "met", 1, per_unit=10),
    Field(HAS_ELAPSED, "elapsed_s", 2),
    Field(HAS_REMAINING, "remaining_s", 2),
    Field(HAS_FORCE, "force_n", 2, is_signed=True, unknown=_S16_UNKNOWN),
    Field(HAS_FORCE, "power_w", 2, is_signed=True, unknown=_S16_UNKNOWN),
)
_N_STEPS_BYTES = 2


def decode_treadmill(payload: bytes) -> TreadmillData:
    """Decode a Treadmill Data record.

    Raises:
        PayloadError: the payload ends before its first field
    """
    if len(payload) < N_FLAGS_BYTES:
        raise PayloadError(f"Treadmill Data ends before byte {N_FLAGS_BYTES}", payload)
    flags = int.from_bytes(payload[:N_FLAGS_BYTES], "little")
    pace_bytes = _pace_bytes(flags, len(payload))
    values: dict[str, float | None] = {}
    start = N_FLAGS_BYTES
    for field in _present(flags):
        n_bytes = field.n_bytes or pace_bytes
        end = start + (n_bytes or 1)
        if len(payload) < end and not values:
            raise PayloadError(f"Treadmill Data ends before byte {end}", payload)
        if len(payload) < end or n_bytes is None:
            return TreadmillData(**values)  # type: ignore[arg-type]
        raw = int.from_bytes(payload[start:end], "little", signed=field.is_signed)
        values[field.name] = None if raw == field.unknown else raw / field.per_unit
        start = end
    return replace(TreadmillData(**values), n_steps=_steps(flags, payload[start:]))  # type: ignore[arg-type]


def _present(flags: int) -> list[Field]:
    """The fields a record holds, in their order; the first flag is inverted."""
    return [field for field in FIELDS if bool(flags & field.flag) is not (field.flag == NO_SPEED)]


def _pace_bytes(flags: int, n_bytes: int) -> int | None:
    """How wide a pace is in a record of this length: wide if that fits, else narrow; None in one cut short.

    A length that fits the narrow form exactly is narrow even if it could hold wide ones and something cut short.
    """
    fields = _present(flags)
    n_paces = sum(not field.n_bytes for field in fields)
    narrow = N_FLAGS_BYTES + sum(field.n_bytes for field in fields) + n_paces * NARROW_PACE_BYTES
    if n_bytes >= narrow + n_paces * (WIDE_PACE_BYTES - NARROW_PACE_BYTES):
        return WIDE_PACE_BYTES
    return NARROW_PACE_BYTES if n_bytes == narrow else None


def _steps(flags: int, rest: bytes) -> int | None:
    """The steps some belts append; None where the flag is set and nothing follows: it is reserved, after all."""
    if not flags & HAS_STEPS or len(rest) < _N_STEPS_BYTES:
        return None
    return int.from_bytes(rest[:_N_STEPS_BYTES], "little")

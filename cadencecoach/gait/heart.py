"""Bytes of a heart-rate strap: Heart Rate Measurement (0x2A37), decoded with all its fields.

Source: Heart Rate Service 1.0 of the Bluetooth SIG, field table as in the SIG's published XML. All fields are
little-endian. Where the bytes end before a field their flags promise, what stands before it is used. Worked bytes of
another project stand in `tests/gait/test_heart.py`.
"""

from dataclasses import dataclass

from cadencecoach.errors import PayloadError

IS_WIDE = 1 << 0  # Flags bit 0: the rate is u16 instead of u8
HAS_CONTACT = 1 << 1  # bit 1: skin contact, if the strap can tell
KNOWS_CONTACT = 1 << 2  # bit 2: the strap can tell
HAS_ENERGY = 1 << 3  # bit 3: u16, kJ
HAS_RR = 1 << 4  # bit 4: the rest of the payload is u16, 1/1024 s

RR_UNITS_PER_S = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class HeartRate:
    """One Heart Rate Measurement.

    Attributes:
        hr_bpm: beats a minute, as sent; straps without contact send 0 or their last value
        has_contact: whether the strap feels skin; None from straps that cannot tell
        energy_kj: since the strap was reset; None where it is not sent
        rr_s: times between beats since the last measurement, oldest first
    """

    hr_bpm: int
    has_contact: bool | None = None
    energy_kj: int | None = None
    rr_s: tuple[float, ...] = ()

    @property
    def usable_bpm(self) -> int | None:
        """The rate, if it is one: not 0, and not of a strap that says it feels no skin."""
        return self.hr_bpm if self.hr_bpm and self.has_contact is not False else None


def decode_heart(payload: bytes) -> HeartRate:
    """Decode a Heart Rate Measurement; a lone byte after the RR intervals is let through.

    Raises:
        PayloadError: the payload ends before the heart rate does
    """
    flags = payload[0] if payload else 0
    energy_kj = None
    hr_bpm, start = _number(payload, 1, 2 if flags & IS_WIDE else 1)
    if hr_bpm is None:
        raise PayloadError(f"Heart Rate Measurement ends before byte {start}", payload)
    if flags & HAS_ENERGY:
        energy_kj, start = _number(payload, start, 2)
    return HeartRate(
        hr_bpm=hr_bpm,
        has_contact=bool(flags & HAS_CONTACT) if flags & KNOWS_CONTACT else None,
        energy_kj=energy_kj,
        rr_s=_intervals(payload[start:]) if flags & HAS_RR else (),
    )


def _number(payload: bytes, start: int, n_bytes: int) -> tuple[int | None, int]:
    """An unsigned field and where the next one starts; None where it is cut short."""
    end = start + n_bytes
    if len(payload) < end:
        return None, end
    return int.from_bytes(payload[start:end], "little"), end


def _intervals(rest: bytes) -> tuple[float, ...]:
    """RR intervals, as many as are whole."""
    whole = range(0, len(rest) - 1, 2)
    return tuple(int.from_bytes(rest[at : at + 2], "little") / RR_UNITS_PER_S for at in whole)

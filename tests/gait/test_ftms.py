from dataclasses import fields

import pytest
from each_row import each_row
from hypothesis import given
from hypothesis import strategies as st

from cadencecoach.errors import PayloadError
from cadencecoach.gait.ftms import FIELDS, TreadmillData, decode_treadmill

BLUETOOTH_SIG = "bluetooth-sig-python, test_treadmill_data.py"
KINGSMITH = "hughesjs/FitnessMachine, protocol/CS-WP8/1_to_3_with_person_60s_49m_3cal.log (a real belt)"
BY_HAND = "by hand from the service's field table"
KMH = 1 / 3.6

EVERYTHING = TreadmillData(
    speed_mps=8.0 * KMH,
    average_speed_mps=7.5 * KMH,
    distance_m=5000.0,
    inclination_ratio=-0.05,
    ramp_angle_deg=3.0,
    gain_up_m=10.0,
    gain_down_m=5.0,
    pace_raw=300.0,
    average_pace_raw=310.0,
    energy_kcal=500.0,
    energy_kcal_per_h=600.0,
    energy_kcal_per_min=10.0,
    hr_bpm=140.0,
    met=8.5,
    elapsed_s=1800.0,
    remaining_s=600.0,
    force_n=-100.0,
    power_w=250.0,
)
EVERYTHING_HEX = (
    "fe1f 2003 ee02 881300 ceff 1e00 6400 3200 2c01 3601 f401 5802 0a 8c 55 0807 5802 9cff fa00"  # paces of two bytes
)

VECTORS = [
    ("0100", TreadmillData(), BLUETOOTH_SIG),
    ("0201 e204 b004 9b", TreadmillData(speed_mps=12.5 * KMH, average_speed_mps=12 * KMH, hr_bpm=155), BLUETOOTH_SIG),
    (EVERYTHING_HEX, EVERYTHING, BLUETOOTH_SIG),
    ("0000 e803", TreadmillData(speed_mps=10 * KMH), BLUETOOTH_SIG),
    ("0900 1900 f1ff", TreadmillData(inclination_ratio=0.025, ramp_angle_deg=-1.5), BLUETOOTH_SIG),
    ("0900 9cff 0000", TreadmillData(inclination_ratio=-0.1, ramp_angle_deg=0.0), BLUETOOTH_SIG),
    ("1100 c800 9600", TreadmillData(gain_up_m=20.0, gain_down_m=15.0), BLUETOOTH_SIG),
    ("0110 38ff 5e01", TreadmillData(force_n=-200.0, power_w=350.0), BLUETOOTH_SIG),
    ("0200 d204 5704", TreadmillData(speed_mps=12.34 * KMH, average_speed_mps=11.11 * KMH), BLUETOOTH_SIG),
    (
        "8424 2c01 060000 0000 0000 00 0900 0700 00",
        TreadmillData(
            speed_mps=3 * KMH,
            distance_m=6.0,
            energy_kcal=0.0,
            energy_kcal_per_h=0.0,
            energy_kcal_per_min=0.0,
            elapsed_s=9.0,
            n_steps=7,
        ),
        KINGSMITH,
    ),
    ("2100 32", TreadmillData(pace_raw=50.0), BY_HAND + ": a pace of one byte"),
    ("2100 2c01", TreadmillData(pace_raw=300.0), BY_HAND + ": a pace of two"),
    ("6100 32 33", TreadmillData(pace_raw=50.0, average_pace_raw=51.0), BY_HAND + ": two of one byte"),
    ("6001 6400 32 33 8c", TreadmillData(speed_mps=KMH, pace_raw=50, average_pace_raw=51, hr_bpm=140), BY_HAND),
]


@each_row(("payload", "want", "source"), VECTORS)
def test_worked_bytes_mean_what_their_source_says(payload: str, want: TreadmillData, source: str) -> None:
    """Bytes printed by other projects, sent by a real belt, or taken from the field table decode to their values."""
    got = decode_treadmill(bytes.fromhex(payload))
    for field in fields(TreadmillData):
        assert getattr(got, field.name) == pytest.approx(getattr(want, field.name)), f"{field.name}: {source}"


@each_row(("payload", "missing"), [("", 2), ("00", 2), ("0000", 4), ("0000 e8", 4), ("0500 0100", 5), ("2100", 3)])
def test_a_payload_without_a_whole_field_is_refused_with_its_bytes(payload: str, missing: int) -> None:
    """The error says which byte is missing and shows what came."""
    data = bytes.fromhex(payload)
    with pytest.raises(PayloadError, match=f"ends before byte {missing}") as caught:
        decode_treadmill(data)
    assert caught.value.payload == data


# How many bytes it takes to have a field of EVERYTHING whole; paces and what follows them only in the whole record.
ENDS = {
    "speed_mps": 4,
    "average_speed_mps": 6,
    "distance_m": 9,
    "inclination_ratio": 11,
    "ramp_angle_deg": 13,
    "gain_up_m": 15,
    "gain_down_m": 17,
}


@each_row("n_bytes", [n for n in range(4, 36) if n != 34])
def test_what_stands_in_the_full_record_cut_anywhere_is_used(n_bytes: int) -> None:
    """Up to the paces: how wide they are only the whole length tells, and a rate read beside its place is none."""
    got = decode_treadmill(bytes.fromhex(EVERYTHING_HEX)[:n_bytes])
    for field in fields(TreadmillData):
        is_whole = ENDS.get(field.name, 99) <= n_bytes
        assert getattr(got, field.name) == (pytest.approx(getattr(EVERYTHING, field.name)) if is_whole else None)


def test_a_cut_of_exactly_what_two_paces_differ_by_is_taken_for_a_whole_record() -> None:
    """Nothing tells the two apart; speed and slope, which stand before the paces, are right."""
    got = decode_treadmill(bytes.fromhex(EVERYTHING_HEX)[:34])
    assert got.speed_mps == pytest.approx(8 * KMH)
    assert got.inclination_ratio == -0.05
    assert got.pace_raw == 0x2C


NO_PACE_HEX = "8c05 2003 881300 ceff 1e00 f401 5802 0a 8c 0807"
NO_PACE_ENDS = {
    "speed_mps": 4,
    "distance_m": 7,
    "inclination_ratio": 9,
    "ramp_angle_deg": 11,
    "energy_kcal": 13,
    "energy_kcal_per_h": 15,
    "energy_kcal_per_min": 16,
    "hr_bpm": 17,
    "elapsed_s": 19,
}


@each_row("n_bytes", range(4, 20))
def test_what_stands_in_a_record_without_paces_cut_anywhere_is_used(n_bytes: int) -> None:
    """Every field that is whole, and none that is not."""
    got = decode_treadmill(bytes.fromhex(NO_PACE_HEX)[:n_bytes])
    for field in fields(TreadmillData):
        is_whole = NO_PACE_ENDS.get(field.name, 99) <= n_bytes
        assert getattr(got, field.name) == (pytest.approx(getattr(EVERYTHING, field.name)) if is_whole else None)


def test_what_the_belt_does_not_know_is_missing() -> None:
    """The service's values for "not available" are None, not 6553.5 degrees or 65535 kcal."""
    got = decode_treadmill(bytes.fromhex("8911 ff7f ff7f ffff ffff ff 00 ff7f ff7f"))
    assert got == TreadmillData()


def test_reserved_flags_and_trailing_bytes_are_let_through() -> None:
    """All flags set, and more bytes than fields: the known fields are read."""
    got = decode_treadmill(b"\xff" * 60)
    assert (got.speed_mps, got.distance_m, got.hr_bpm, got.n_steps) == (None, 0xFFFFFF, 255, 0xFFFF)


def test_the_step_flag_without_steps_is_just_a_reserved_flag() -> None:
    """A belt that sets bit 13 for a reason of its own is read like any other."""
    assert decode_treadmill(bytes.fromhex("0020 e803")).n_steps is None


@given(st.binary(max_size=48))
def test_any_bytes_decode_or_are_refused(payload: bytes) -> None:
    """Whatever a belt sends, there is a record or a PayloadError; the speed is there just if the first bit is 0."""
    try:
        got = decode_treadmill(payload)
    except PayloadError:
        assert len(payload) < 5
    else:
        assert (got.speed_mps is None) is bool(payload[0] & 1)


def test_every_field_has_its_attribute() -> None:
    """The table names attributes that exist, each once."""
    names = [field.name for field in FIELDS]
    assert sorted([*names, "n_steps"]) == sorted(field.name for field in fields(TreadmillData))

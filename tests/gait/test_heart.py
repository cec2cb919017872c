import pytest
from each_row import each_row
from hypothesis import given
from hypothesis import strategies as st

from cadencecoach.errors import PayloadError
from cadencecoach.gait.heart import HeartRate, decode_heart

AUUKI = "Auuki, test/ble/heart-rate-measurement.test.js"
BY_HAND = "by hand from the service's field table"


@each_row(
    ("payload", "want", "source"),
    [
        ("10 43 7203", HeartRate(hr_bpm=67, rr_s=(882 / 1024,)), AUUKI),
        ("18 43 d007 7203", HeartRate(hr_bpm=67, energy_kj=2000, rr_s=(882 / 1024,)), AUUKI),
        ("01 2c01", HeartRate(hr_bpm=300), BY_HAND),
        ("00 00", HeartRate(hr_bpm=0), BY_HAND),
        ("04 48", HeartRate(hr_bpm=72, has_contact=False), BY_HAND),
        ("06 48", HeartRate(hr_bpm=72, has_contact=True), BY_HAND),
        ("02 48", HeartRate(hr_bpm=72), BY_HAND + ": contact from a strap that cannot tell"),
        ("16 48 0004 0002", HeartRate(hr_bpm=72, has_contact=True, rr_s=(1.0, 0.5)), BY_HAND),
        ("10 48 0004 02", HeartRate(hr_bpm=72, rr_s=(1.0,)), BY_HAND + ": half an interval"),
        ("e0 48 ff", HeartRate(hr_bpm=72), BY_HAND + ": reserved flags, a byte too many"),
        (
            "ff ffff ffff ffff",
            HeartRate(hr_bpm=65535, has_contact=True, energy_kj=65535, rr_s=(65535 / 1024,)),
            BY_HAND,
        ),
    ],
)
def test_heart_rate_bytes(payload: str, want: HeartRate, source: str) -> None:
    """Rate, contact, energy and intervals are where the flags say."""
    assert decode_heart(bytes.fromhex(payload)) == want, source


WITH_ENERGY = HeartRate(hr_bpm=67, energy_kj=2000)


@each_row(
    ("n_bytes", "want"),
    [
        (2, HeartRate(hr_bpm=67)),
        (3, HeartRate(hr_bpm=67)),
        (4, WITH_ENERGY),
        (5, WITH_ENERGY),
        (6, HeartRate(hr_bpm=67, energy_kj=2000, rr_s=(882 / 1024,))),
    ],
)
def test_what_stands_in_a_heart_rate_cut_short_is_used(n_bytes: int, want: HeartRate) -> None:
    """A strap that promises energy and intervals and sends neither still tells the heart rate."""
    assert decode_heart(bytes.fromhex("18 43 d007 7203")[:n_bytes]) == want


@each_row("payload", ["", "00", "01 2c"])
def test_a_heart_rate_that_is_not_whole_is_refused(payload: str) -> None:
    """A strap's broken bytes are an error that names the missing byte."""
    with pytest.raises(PayloadError, match="ends before byte"):
        decode_heart(bytes.fromhex(payload))


@each_row(("payload", "usable_bpm"), [("06 48", 72), ("00 48", 72), ("04 48", None), ("06 00", None)])
def test_a_strap_in_the_air_has_no_heart_rate(payload: str, usable_bpm: int | None) -> None:
    """Without skin contact straps send 0 or their last value; neither is a heart rate."""
    assert decode_heart(bytes.fromhex(payload)).usable_bpm == usable_bpm


@given(st.binary(max_size=24))
def test_any_bytes_decode_or_are_refused(payload: bytes) -> None:
    """Whatever a strap sends, there is a measurement or a PayloadError."""
    try:
        got = decode_heart(payload)
    except PayloadError:
        assert len(payload) < 5
    else:
        assert 2 * len(got.rr_s) < len(payload)

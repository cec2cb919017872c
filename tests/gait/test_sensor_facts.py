from contextlib import suppress

import pytest
from each_row import each_row
from hypothesis import given
from hypothesis import strategies as st

from cadencecoach.errors import PayloadError
from cadencecoach.gait.sensor_facts import (
    LOCATIONS,
    RscFeature,
    decode_battery,
    decode_location,
    decode_rsc_feature,
    decode_text,
)


@each_row(("payload", "percent"), [("00", 0), ("55", 85), ("64", 100), ("64 ff", 100)])
def test_battery(payload: str, percent: int) -> None:
    """One byte, percent; bytes after it are let through."""
    assert decode_battery(bytes.fromhex(payload)) == percent


@each_row("payload", ["", "65", "ff"])
def test_a_battery_without_a_level_is_refused(payload: str) -> None:
    """No byte, and values above 100 %, are no level."""
    with pytest.raises(PayloadError, match="Battery Level"):
        decode_battery(bytes.fromhex(payload))


@each_row(
    ("payload", "text"),
    [
        (b"Polar Electro Oy\0", "Polar Electro Oy"),
        (b"Stryd\0\0\0\0\0", "Stryd"),
        (b"H10\0left over", "H10"),
        ("Läufer".encode(), "Läufer"),
        (b"\xff\xfe1.0", "\ufffd\ufffd1.0"),
        (b"\x1b[31mred\x07", "[31mred"),
        (b"a\xe2\x80\xaeb", "ab"),
        (b"", ""),
        (b"x" * 512, "x" * 80),
    ],
)
def test_names_are_fit_for_a_screen(payload: bytes, text: str) -> None:
    """Padding, bytes that are no UTF-8, and what could steer a terminal do no harm."""
    assert decode_text(payload) == text


@given(st.binary(max_size=64))
def test_any_bytes_have_a_text_that_prints(payload: bytes) -> None:
    """Whatever a sensor calls itself, the name is printable and not long."""
    text = decode_text(payload)
    assert len(text) <= 80
    assert all(char.isprintable() or char.isspace() for char in text)


@each_row(("payload", "where"), [("02", "in shoe"), ("0e", "chest"), ("10", "chain ring"), ("ff", "other")])
def test_where_a_sensor_sits(payload: str, where: str) -> None:
    """The location is a word; values of later versions are "other"."""
    assert decode_location(bytes.fromhex(payload)) == where


def test_what_a_pod_can_tell() -> None:
    """The feature bits, with reserved ones left out."""
    assert decode_rsc_feature(bytes.fromhex("0500")) == RscFeature.STRIDE_LENGTH | RscFeature.WALK_OR_RUN
    assert decode_rsc_feature(b"\xff\xff\xff") == ~RscFeature(0)


@given(st.binary(max_size=4))
def test_any_bytes_are_a_fact_or_refused(payload: bytes) -> None:
    """Each small decoder answers with a value that means something, or raises PayloadError."""
    with suppress(PayloadError):
        assert 0 <= decode_battery(payload) <= 100
    with suppress(PayloadError):
        assert decode_location(payload) in LOCATIONS
    with suppress(PayloadError):
        assert 0 <= decode_rsc_feature(payload).value <= 0b11111

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cadencecoach.desk.sensors.values import fact_of, values_of
from cadencecoach.gait.sources import SOURCES


@pytest.mark.parametrize(
    ("source", "payload", "name", "value"),
    [
        ("rsc", "04000352", "raw_per_min", 82),
        ("hr", "008c", "hr_bpm", 140),
        ("treadmill", "00003804", "speed_mps", 3.0),
        ("accel", "f0020200", "answer", "done"),
    ],
)
def test_the_fields_have_names(source: str, payload: str, name: str, value: object) -> None:
    """One field of each kind of message."""
    assert values_of(source, bytes.fromhex(payload))[name] == value


def test_what_is_missing_is_left_out() -> None:
    """Not null, not zero."""
    assert "stride_length_m" not in values_of("rsc", bytes.fromhex("04000352"))


@given(st.sampled_from(sorted(SOURCES)), st.binary(max_size=300))
def test_any_bytes_are_shown(source: str, payload: bytes) -> None:
    """As values, or as an error in words."""
    assert values_of(source, payload) is not None


@given(st.sampled_from(("battery", "manufacturer", "location", "features", "anything")), st.binary(max_size=40))
def test_any_fact_is_words(about: str, value: bytes) -> None:
    """Also from bytes that mean nothing."""
    assert isinstance(fact_of(about, value), str)

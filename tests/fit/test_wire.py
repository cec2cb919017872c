import io

import fitdecode
import pytest
from fitdecode.utils import compute_crc
from hypothesis import given
from hypothesis import strategies as st

from cadencecoach.fit.wire import LARGEST_STRING, Base, Field, FitWriter, crc, text_bytes

HEART, CADENCE, POWER = Field(3, Base.UINT8), Field(4, Base.UINT8), Field(7, Base.UINT16)
TIME, DISTANCE = Field(253, Base.UINT32), Field(5, Base.UINT32, 100)
RECORD = 20


def decoded(data: bytes) -> list[dict[str, object]]:
    """Messages of a file as fitdecode reads them, strictly."""
    strict = {"check_crc": fitdecode.CrcCheck.RAISE, "error_handling": fitdecode.ErrorHandling.RAISE}
    with fitdecode.FitReader(io.BytesIO(data), **strict) as frames:
        data_frames = [frame for frame in frames if frame.frame_type == fitdecode.FIT_FRAME_DATA]
    return [{one.name: one.value for one in frame.fields} for frame in data_frames]


@given(st.binary(min_size=1, max_size=300))
def test_the_checksum_is_that_of_another_implementation(data: bytes) -> None:
    """Of any bytes."""
    assert crc(data) == compute_crc(data)


def test_values_come_back_and_missing_ones_are_missing() -> None:
    """Scaled and rounded; what a type cannot hold, or uses for "no value", is missing, and zero is zero."""
    writer = FitWriter()
    for heart, metres in ((0, 0.004), (None, 12.346), (255, -1.0), (256, 5e7), (140.4, None)):
        writer.add(RECORD, [(HEART, heart), (DISTANCE, metres)])
    read = decoded(writer.file())
    assert [one["heart_rate"] for one in read] == [0, None, None, None, 140]
    assert [one["distance"] for one in read] == [0.0, 12.35, None, None, None]


def test_more_kinds_of_messages_than_local_types() -> None:
    """Sixteen definitions stand at a time; the seventeenth takes the place of the first, which is defined anew."""
    writer = FitWriter()
    kinds = [[(TIME, 1000 + n), (HEART, 60 + n)] + [(CADENCE, 80)] * (n % 2) for n in range(2)]
    for n in range(40):
        writer.add(RECORD, kinds[n % 2])
        writer.add(100 + n % 20, [(POWER, n)])
    read = decoded(writer.file())
    assert len(read) == 80
    assert [one["heart_rate"] for one in read if "heart_rate" in one] == [60, 61] * 20


@given(st.text(max_size=300))
def test_strings_are_whole_characters_ended_by_a_zero(text: str) -> None:
    """In one of a few sizes; too long ones are cut between characters."""
    raw = text_bytes(text)
    kept = raw.rstrip(b"\0").decode()
    assert raw.endswith(b"\0")
    assert len(raw) <= LARGEST_STRING
    plain = text.replace("\0", "").encode("utf-8", "replace").decode()
    assert plain.startswith(kept)
    assert len(plain.encode()) - len(kept.encode()) < 4 or len(kept.encode()) > LARGEST_STRING - 5


def test_a_float_that_is_missing_is_a_mistake_of_ours() -> None:
    """Its "no value" is a NaN: such a field is left out."""
    with pytest.raises(AssertionError):
        FitWriter().add(RECORD, [(Field(0, Base.FLOAT32, is_developers=True), None)])

import struct
from contextlib import suppress
from itertools import pairwise

import pytest
from each_row import each_row
from hypothesis import given
from hypothesis import strategies as st

from cadencecoach.errors import PayloadError
from cadencecoach.gait.deltas import MAX_SAMPLES, unpack
from cadencecoach.gait.polar import (
    ASK_SETTINGS,
    CHANNELS,
    RANGE,
    RATE,
    RESOLUTION,
    STOP,
    Answer,
    decode_acceleration,
    decode_answer,
    start_acceleration,
)

HEAD = "02 0094357700000000 "  # acceleration, 2 s

# polar-ble-sdk, AccDataTest.kt: 36 raw samples of an H10, 57 compressed ones with a factor, two with type 1
RAW = (
    "f7ffffffe703f8fffeffe503f9ffffffe503faffffffe603fafffeffe603f9ffffffe503f8ffffffe603f8fffeffe603faff"
    "ffffe503faffffffe703faffffffe503f8ffffffe603f7ffffffe603f8fffeffe603f9fffeffe703f9ff0000e603f9ffffff"
    "e603f7fffeffe503f9ffffffe503f9ffffffe503faff0000e603f9fffeffe603f8ffffffe603f8ffffffe503f9ffffffe603"
    "f9ffffffe503faffffffe603f9ffffffe503f9ffffffe503f8fffeffe603f9ffffffe603f9ffffffe603f9ff0000e503f9ff"
    "feffe603f8fffeffe603f7fffeffe603"
)
COMPRESSED = (
    "7107f06a9e8d0a38be5cbeba2f96b3ee4be5adfb42b9ebbe4cfeba2f92bfee4be4b1fb12b9ecbd3c3ebb2f8fd3de4be3b5f7"
    "d2b8edbd307e7b2f8be3ce8be2baf7a2b8eebc20be7b2f88f3cecbe1bdef52f8efbc18fe3b2f8403bfcbe0c2ef32b8f0bb04"
    "4ebc2e8113af0be0c6eff2f7f1b9fc7dbc2e7d279f4bdfcaebc2f7f2b8eccd7c2e7b378f4bdecee392f7f3b8e00dfd2d774b"
    "7fcbddd2df6237f5b7d44dbd2d745b6fcbdcd7d73237f6b5c88d7d2d716b4f4bdcdcd3f236f7b4bcddfd2c6f7b3f4bdbe0cf"
    "d236f8b2b02dbe2c6c8f1fcbdae3c7a276f9"
)
SMALL = "f1ff 1400 f003 06 01 7b0f08"

# polar-ble-sdk issue 443: the beginning of a frame of a real Verity Sense, one sample and the first block
VERITY = "02 00416fc41245930a 81 ee02 1ffe 82ff 08 0a10da20d6a30bd9cbe7d6f6c4e6f1e1f3e0151afe281bf8372c2520131911"


def test_a_raw_frame_of_an_h10() -> None:
    """36 samples of a strap that lies still, with the time of the last."""
    frame = decode_acceleration(bytes.fromhex(HEAD + "01" + RAW))
    assert frame.last_ns == 2_000_000_000
    assert len(frame.samples_g) == 36
    assert frame.samples_g[0] == pytest.approx((-0.009, -0.001, 0.999))
    assert frame.samples_g[1] == pytest.approx((-0.008, -0.002, 0.997))
    assert frame.samples_g[-1] == pytest.approx((-0.009, -0.002, 0.998))


def test_a_compressed_frame_with_a_factor() -> None:
    """Type 0x80: the first sample whole, 56 differences of 10 bits, all times a factor in g, all within 8 g."""
    frame = decode_acceleration(bytes.fromhex(HEAD + "80" + COMPRESSED), 2.44e-4)
    assert len(frame.samples_g) == 57
    assert frame.samples_g[0] == pytest.approx((1905 * 2.44e-4, 27376 * 2.44e-4, -29282 * 2.44e-4))
    assert frame.samples_g[1] == pytest.approx((2095 * 2.44e-4, 27271 * 2.44e-4, -29367 * 2.44e-4))
    assert all(abs(value) <= 8.0 for sample in frame.samples_g for value in sample)


def test_without_a_factor_the_sensors_range_is_taken() -> None:
    """A sensor that sends type 0x80 and no factor means 16 bits over 8 g, which is the factor of the test above."""
    frame = decode_acceleration(bytes.fromhex(HEAD + "80" + COMPRESSED))
    assert frame.samples_g[0] == pytest.approx((1905 * 2.44e-4, 27376 * 2.44e-4, -29282 * 2.44e-4), rel=1e-3)


def test_a_compressed_frame_in_thousandths() -> None:
    """Type 0x81: differences of 6 bits, in thousandths of g."""
    frame = decode_acceleration(bytes.fromhex("02 6500000000000000 81" + SMALL))
    assert frame.last_ns == 101
    assert len(frame.samples_g) == 2
    assert frame.samples_g[0] == pytest.approx((-0.015, 0.020, 1.008))
    assert frame.samples_g[1] == pytest.approx((-0.020, 0.017, 1.008))


def test_a_frame_of_a_real_verity_sense() -> None:
    """Eleven samples near 1 g, of an arm that moves a little."""
    frame = decode_acceleration(bytes.fromhex(VERITY))
    assert len(frame.samples_g) == 11
    assert frame.samples_g[0] == pytest.approx((0.750, -0.481, -0.126))
    assert frame.samples_g[1] == pytest.approx((0.766, -0.519, -0.094))
    assert all(0.7 < sum(value**2 for value in sample) ** 0.5 < 1.1 for sample in frame.samples_g)


@each_row(
    ("content", "want"),
    [
        ("00 7f80ff", (0.127, -0.128, -0.001)),
        ("02 ffff7f 000080 e80300", (8388.607, -8388.608, 1.0)),
    ],
)
def test_raw_frames_of_other_widths(content: str, want: tuple[float, float, float]) -> None:
    """Raw types 0 and 2 hold one and three bytes a value."""
    assert decode_acceleration(bytes.fromhex(HEAD + content)).samples_g[0] == pytest.approx(want)


@each_row(
    ("payload", "says"),
    [
        ("", "ends before byte 10"),
        ("02 00943577000000", "ends before byte 10"),
        ("00 0094357700000000 01 f7ffffffe703", "not acceleration"),
        (HEAD + "01", "without samples"),
        (HEAD + "01 f7ffffffe7", "within a sample"),
        (HEAD + "05 f7ffffffe703", "type 5 is unknown"),
        (HEAD + "85 f7ffffffe703", "type 133 is unknown"),
        (HEAD + "81 f1ff1400f0", "within the first sample"),
        (HEAD + "81 f1ff1400f003 06", "within the head of a block"),
        (HEAD + "81 f1ff1400f003 06 01 7b0f", "a block of 3 bytes ends after 2"),
        (HEAD + "81 f1ff1400f003 21 01 " + "00" * 13, "differences of 33 bits"),
        (HEAD + "81 f1ff1400f003 " + "00ff" * 9, "more than 2000 samples"),
        ("ff" * 226, "not acceleration"),
    ],
)
def test_broken_frames_are_refused_with_their_bytes(payload: str, says: str) -> None:
    """The error says what is wrong and shows what came."""
    data = bytes.fromhex(payload)
    with pytest.raises(PayloadError, match=says) as caught:
        decode_acceleration(data)
    assert caught.value.payload == data


@given(st.binary(max_size=260) | st.binary(max_size=240).map(lambda tail: bytes.fromhex(HEAD) + tail))
def test_any_bytes_decode_or_are_refused(payload: bytes) -> None:
    """Whatever a sensor sends, there is a frame with at least one sample or a PayloadError."""
    with suppress(PayloadError):
        assert 1 <= len(decode_acceleration(payload).samples_g) <= MAX_SAMPLES


@given(
    st.lists(st.tuples(*[st.integers(-8000, 8000)] * 3), min_size=1, max_size=60),
    st.integers(1, 255),
)
def test_packed_samples_come_back(samples: list[tuple[int, int, int]], block: int) -> None:
    """Whatever the samples and the blocks: packing as the document says and unpacking is the identity."""
    assert unpack(packed(samples, block)) == samples


def packed(samples: list[tuple[int, int, int]], block: int) -> bytes:
    """A compressed frame in blocks of at most so many samples, each as narrow as it can be."""
    data = struct.pack("<3h", *samples[0])
    steps = [[b - a for a, b in zip(*pair, strict=True)] for pair in pairwise(samples)]
    for start in range(0, len(steps), block):
        values = [value for step in steps[start : start + block] for value in step]
        n_bits = max(max(value, ~value).bit_length() + 1 for value in values)
        stream = sum((value & (1 << n_bits) - 1) << index * n_bits for index, value in enumerate(values))
        data += bytes((n_bits, len(values) // 3)) + stream.to_bytes((n_bits * len(values) + 7) // 8, "little")
    return data


def test_messages_to_the_sensor() -> None:
    """The bytes of Polar's document for an H10 and, in another order of settings, of issue 443 for a Verity Sense."""
    assert bytes.fromhex("0102") == ASK_SETTINGS
    assert bytes.fromhex("0302") == STOP
    assert start_acceleration(rate_hz=200, range_g=8) == bytes.fromhex("0202 020108 00 0001c800 01011000")
    verity = start_acceleration(rate_hz=52, range_g=8, n_channels=3)
    assert verity == bytes.fromhex("0202 02010800 00013400 01011000 040103")


@each_row(
    ("payload", "want"),
    [
        (  # the document's example of an H10
            "f0010200 00 0004 1900 3200 6400 c800 0101 1000 0203 0200 0400 0800",
            Answer(
                command=1,
                measurement=2,
                status=0,
                settings={RATE: (25, 50, 100, 200), RESOLUTION: (16,), RANGE: (2, 4, 8)},
            ),
        ),
        (  # issue 280: the optical sensor of a Verity Sense
            "f0010100 00 0001 8700 0101 1600 0401 04",
            Answer(command=1, measurement=1, status=0, settings={RATE: (135,), RESOLUTION: (22,), CHANNELS: (4,)}),
        ),
        (  # PmdSettingTest.kt behind the head of an answer: a gyroscope
            "f0010500 00 0001 3400 0101 1000 0204 f500 f401 e803 d007 0401 03",
            Answer(
                command=1,
                measurement=5,
                status=0,
                settings={RATE: (52,), RESOLUTION: (16,), RANGE: (245, 500, 1000, 2000), CHANNELS: (3,)},
            ),
        ),
        ("f0020200 00", Answer(command=2, measurement=2, status=0, settings={})),  # issue 443: started
        ("f0020206", Answer(command=2, measurement=2, status=6, settings={})),
        ("f0020200 00 0501 00008039", Answer(command=2, measurement=2, status=0, settings={}, factor=2.0**-12)),
        ("f0020200 00 0501 0000c07f", Answer(command=2, measurement=2, status=0, settings={}, factor=None)),
        ("f0010200 00 0001 1900 7f 05", Answer(command=1, measurement=2, status=0, settings={RATE: (25,)})),
    ],
)
def test_answers(payload: str, want: Answer) -> None:
    """Settings by kind; a factor only if it can be one; the first unknown kind ends the list."""
    assert decode_answer(bytes.fromhex(payload)) == want


def test_an_answer_says_what_is_wrong_in_words() -> None:
    """Known and unknown states both have a text."""
    assert decode_answer(bytes.fromhex("f0020206")).status_text == "already so"
    assert decode_answer(bytes.fromhex("f00202ff")).status_text == "error 255"


@each_row("payload", ["", "f00202", "0f050000", "f0010200 00 0004 1900 32"])
def test_what_is_no_answer_is_refused(payload: str) -> None:
    """Too short, another message, or settings cut short."""
    with pytest.raises(PayloadError):
        decode_answer(bytes.fromhex(payload))


@given(st.binary(max_size=40).map(lambda tail: b"\xf0\x01\x02\x00" + tail) | st.binary(max_size=40))
def test_any_answer_decodes_or_is_refused(payload: bytes) -> None:
    """Whatever the sensor indicates, there is an answer or a PayloadError."""
    with suppress(PayloadError):
        factor = decode_answer(payload).factor
        assert factor is None or factor > 0

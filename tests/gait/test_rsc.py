import pytest
from each_row import each_row
from hypothesis import given
from hypothesis import strategies as st

from cadencecoach.errors import PayloadError
from cadencecoach.gait.rsc import RscMeasurement, decode_rsc, encode_rsc

OPENTRACKS = "OpenTracks, BluetoothHandlerRunningSpeedAndCadenceTest.java"
NRF_TOOLBOX = "Android-nRF-Toolbox, RSCSDataParserTest.kt (which names the raw 800 mm and 4096 m)"
BLUETOOTH_SIG = "bluetooth-sig-python, test_rsc_measurement.py"
BY_HAND = "by hand from the service's field table"


def rsc(
    *, speed: float, raw: int, stride: float | None = None, distance: float | None = None, run: bool = False
) -> RscMeasurement:
    """A measurement, short enough for a table."""
    return RscMeasurement(speed_mps=speed, raw_per_min=raw, stride_length_m=stride, distance_m=distance, is_running=run)


VECTORS = [
    ("02 0005 50 ffff0001", rsc(speed=5.0, raw=80, distance=1684275.1), OPENTRACKS),
    ("07 8002 50 2003 00100000", rsc(speed=2.5, raw=80, stride=8.0, distance=409.6, run=True), NRF_TOOLBOX),
    ("00 8002 b4", rsc(speed=2.5, raw=180), BLUETOOTH_SIG),
    ("01 8002 b4 5500", rsc(speed=2.5, raw=180, stride=0.85), BLUETOOTH_SIG),
    ("04 0003 50", rsc(speed=3.0, raw=80, run=True), BY_HAND),
    ("03 0000 00 0000 00000000", rsc(speed=0.0, raw=0, stride=0.0, distance=0.0), BY_HAND),
    (
        "07 ffff ff ffff ffffffff",
        rsc(speed=65535 / 256, raw=255, stride=655.35, distance=429496729.5, run=True),
        BY_HAND,
    ),
]


@each_row(("payload", "want", "source"), VECTORS)
def test_worked_bytes_mean_what_their_source_says(payload: str, want: RscMeasurement, source: str) -> None:
    """Bytes printed by other projects, and by the field table, decode to the values printed beside them."""
    assert decode_rsc(bytes.fromhex(payload)) == want, source


@each_row(("payload", "want", "source"), VECTORS)
def test_encoding_gives_the_worked_bytes_back(payload: str, want: RscMeasurement, source: str) -> None:
    """The simulated pod sends the very bytes a pod would send for these values."""
    assert encode_rsc(want) == bytes.fromhex(payload), source


FULL = bytes.fromhex("07 8002 50 2003 00100000")
NO_STRIDE = bytes.fromhex("06 8002 50 00100000")
SPEED_ALONE = RscMeasurement(speed_mps=2.5, raw_per_min=None, is_running=True)
TO_CADENCE = rsc(speed=2.5, raw=80, run=True)
TO_STRIDE = rsc(speed=2.5, raw=80, stride=8.0, run=True)
WHOLE = rsc(speed=2.5, raw=80, stride=8.0, distance=409.6, run=True)


@each_row(
    ("whole", "n_bytes", "want"),
    [
        *((FULL, n, SPEED_ALONE) for n in (3,)),
        *((FULL, n, TO_CADENCE) for n in (4, 5)),
        *((FULL, n, TO_STRIDE) for n in (6, 7, 8, 9)),
        (FULL, 10, WHOLE),
        (NO_STRIDE, 3, SPEED_ALONE),
        *((NO_STRIDE, n, TO_CADENCE) for n in (4, 5, 6, 7)),
        (NO_STRIDE, 8, rsc(speed=2.5, raw=80, distance=409.6, run=True)),
    ],
)
def test_what_stands_in_a_payload_cut_short_is_used(whole: bytes, n_bytes: int, want: RscMeasurement) -> None:
    """Flags promise stride length and distance, and a pod never sends them: its cadence counts all the same."""
    assert decode_rsc(whole[:n_bytes]) == want


@each_row("n_bytes", range(3))
def test_a_payload_without_a_whole_field_is_refused_with_its_bytes(n_bytes: int) -> None:
    """The error says which byte is missing and shows what came."""
    with pytest.raises(PayloadError, match="ends before byte 3") as caught:
        decode_rsc(FULL[:n_bytes])
    assert caught.value.payload == FULL[:n_bytes]


def test_reserved_flags_and_trailing_bytes_are_let_through() -> None:
    """A later version of the service may add flags and fields at the end."""
    assert decode_rsc(bytes.fromhex("fc 0003 50 aabbcc")) == rsc(speed=3.0, raw=80, run=True)


@given(st.binary(max_size=24))
def test_any_bytes_decode_or_are_refused(payload: bytes) -> None:
    """Whatever a pod sends, there is a measurement or a PayloadError, and the cadence is the fourth byte."""
    try:
        measurement = decode_rsc(payload)
    except PayloadError:
        assert len(payload) < 3
    else:
        assert measurement.raw_per_min == (payload[3] if len(payload) > 3 else None)


@given(
    st.floats(0, 255),
    st.integers(0, 255),
    st.none() | st.floats(0, 655),
    st.none() | st.floats(0, 4e8),
    st.booleans(),
)
def test_what_is_encoded_decodes_to_the_nearest_unit(
    speed: float,
    raw: int,
    stride: float | None,
    distance: float | None,
    run: bool,  # noqa: FBT001  # a value
) -> None:
    """A round trip through the bytes loses at most half a unit of each field."""
    got = decode_rsc(encode_rsc(rsc(speed=speed, raw=raw, stride=stride, distance=distance, run=run)))
    assert (got.raw_per_min, got.is_running) == (raw, run)
    assert got.speed_mps == pytest.approx(speed, abs=0.5 / 256)
    assert got.stride_length_m == (None if stride is None else pytest.approx(stride, abs=0.5001 / 100))
    assert got.distance_m == (None if distance is None else pytest.approx(distance, abs=0.5001 / 10))


def test_values_beyond_a_field_are_held_at_its_ends() -> None:
    """A simulated sprint of 300 strides a minute is the largest byte, not an error."""
    got = decode_rsc(encode_rsc(rsc(speed=-1.0, raw=300)))
    assert (got.speed_mps, got.raw_per_min) == (0.0, 255)


def test_a_measurement_without_a_cadence_is_encoded_as_far_as_it_goes() -> None:
    """It would otherwise come back as a cadence of zero."""
    assert decode_rsc(encode_rsc(SPEED_ALONE)) == SPEED_ALONE

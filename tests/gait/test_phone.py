"""A phone's samples as bytes: what goes in comes out, and what means nothing says so."""

import pytest
from each_row import each_row
from hypothesis import given
from hypothesis import strategies as st

from cadencecoach.errors import PayloadError
from cadencecoach.gait.phone import FARTHEST_NS, MOST_SAMPLES, TICK_NS, decode_samples, encode_samples

MS = 1_000_000
ONE = (0.5, -1.0, 0.25)


def test_the_bytes_are_those_of_the_document() -> None:
    """Version, epoch, time of the first sample; for each sample the time since the one before and thousandths of g."""
    (payload,) = encode_samples(7, [1_000 * MS, 1_010 * MS], [(0.001, -0.002, 1.0), (0.0, 0.0, -1.0)])
    assert payload.hex(" ") == (
        "01 07 00 ca 9a 3b 00 00 00 00 "  # 1 s in ns
        "00 00 01 00 fe ff e8 03 e8 03 00 00 00 00 18 fc"  # 0, then 1000 ticks of 10 us
    )


@given(
    st.lists(st.integers(0, 400_000), min_size=1, max_size=900),
    st.tuples(*[st.floats(-32.0, 32.0)] * 3),
    st.integers(0, 255),
    st.integers(0, 10**18),
)
def test_what_is_encoded_is_decoded(
    steps: list[int], sample: tuple[float, float, float], epoch: int, first_ns: int
) -> None:
    """Times to the tick, values to a thousandth, however long the silences are."""
    times_ns = [first_ns]
    for step in steps:
        times_ns.append(times_ns[-1] + step * TICK_NS)
    decoded = [decode_samples(one) for one in encode_samples(epoch, times_ns, [sample] * len(times_ns))]
    assert [time_ns for one in decoded for time_ns in one.times_ns] == [t // TICK_NS * TICK_NS for t in times_ns]
    assert {one.epoch for one in decoded} == {epoch}
    assert all(len(one.times_ns) <= MOST_SAMPLES for one in decoded)
    assert all(value == pytest.approx(sample, abs=0.0005) for one in decoded for value in one.samples_g)


@each_row(("step_ns", "n"), [(65_535 * TICK_NS, 1), (65_536 * TICK_NS, 2)], ids=["the longest step", "one tick more"])
def test_a_silence_that_does_not_fit_begins_another_payload(step_ns: int, n: int) -> None:
    """0.65535 s still fits."""
    assert len(encode_samples(0, [0, step_ns], [ONE, ONE])) == n


def test_more_than_any_phone_measures_is_cut() -> None:
    """To 32 g, and nothing wraps around."""
    (payload,) = encode_samples(0, [0], [(40.0, -40.0, 0.0)])
    assert decode_samples(payload).samples_g == ((32.0, -32.0, 0.0),)


GOOD = encode_samples(0, [5 * MS], [ONE])[0]


@each_row(
    ("payload", "says"),
    [
        (b"", "end before byte 10"),
        (GOOD[:9], "end before byte 10"),
        (GOOD[:10], "or there are none"),
        (GOOD[:-1], "end within a sample"),
        (b"\x02" + GOOD[1:], "version 2"),
        (GOOD[:2] + FARTHEST_NS.to_bytes(8, "little") + GOOD[10:], "cannot be that far"),
    ],
)
def test_bytes_that_mean_nothing_are_an_error(payload: bytes, says: str) -> None:
    """With words that say why."""
    with pytest.raises(PayloadError, match=says):
        decode_samples(payload)

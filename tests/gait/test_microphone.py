import pytest
from each_row import each_row
from hypothesis import given
from hypothesis import strategies as st

from cadencecoach.errors import PayloadError
from cadencecoach.gait.hearing.verdict import Unheard
from cadencecoach.gait.microphone import MOST_ONSETS, HeardSteps, decode_heard, encode_heard

TOLD = HeardSteps(cadence_spm=168.25, quality=0.62, clicks=2, delay_s=0.1213, drift=-0.000045, onsets=((0.4, 1.5),))


def test_a_word_is_read_back_as_it_was_told() -> None:
    """With its onsets, the delay of our clicks, and its drift."""
    assert decode_heard(encode_heard(TOLD)) == TOLD
    silent = HeardSteps(cadence_spm=None, unheard=Unheard.NOTES, quality=0.31)
    assert decode_heard(encode_heard(silent)) == silent


def test_the_bytes_are_those_of_the_documents() -> None:
    """Pinned: old journals stay readable."""
    assert encode_heard(TOLD).hex(" ") == "01 00 b9 41 3e 02 bd 04 d3 ff 01 90 01 96"


@given(
    st.lists(st.tuples(st.floats(0, 100), st.floats(0, 100)), max_size=80),
    st.floats(-1, 1),
    st.floats(0, 100),
)
def test_what_is_too_much_is_bounded(onsets: list[tuple[float, float]], drift: float, delay_s: float) -> None:
    """Of too many onsets the newest are kept; numbers that are too large become the largest."""
    heard = HeardSteps(cadence_spm=160.0, clicks=2, delay_s=delay_s, drift=drift, onsets=tuple(onsets))
    back = decode_heard(encode_heard(heard))
    assert back.cadence_spm == 160.0
    assert len(back.onsets) == min(MOST_ONSETS, len(onsets))
    assert back.delay_s is not None
    assert back.delay_s <= 6.5535
    assert abs(back.drift) <= 0.032767


@each_row(
    "raw",
    [
        "",
        "01",
        "02 00 b9 41 3e 00 00 00 00 00 00",  # another version
        "01 00 b9 41 3e 00 00 00 00 00 01",  # an onset is missing
        "01 00 b9 41 3e 00 00 00 00 00 00 00",  # a byte too many
        "01 00 00 00 3e 00 00 00 00 00 00",  # neither a step rate nor why not
        "01 03 b9 41 3e 00 00 00 00 00 00",  # both
        "01 00 ff ff 3e 00 00 00 00 00 00",  # 655 steps a minute
    ],
)
def test_bytes_that_mean_nothing_are_refused(raw: str) -> None:
    """With words."""
    with pytest.raises(PayloadError, match="microphone"):
        decode_heard(bytes.fromhex(raw))


def test_a_step_rate_at_the_limit_is_read_and_one_above_is_not() -> None:
    """240 steps a minute, which nobody runs."""
    assert decode_heard(encode_heard(HeardSteps(cadence_spm=240.0))).cadence_spm == 240.0
    with pytest.raises(PayloadError):
        decode_heard(encode_heard(HeardSteps(cadence_spm=240.01)))

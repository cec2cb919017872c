import pytest
from hypothesis import given
from hypothesis import strategies as st

from cadencecoach.desk.doctor.delay import ANTICIPATION_S, MIN_TAPS, N_LEARNING, delay_from_taps

BEATS_S = [10.0 + 0.6 * k for k in range(24)]


@given(st.floats(-0.1, 0.4), st.lists(st.floats(-0.02, 0.02), min_size=24, max_size=24))
def test_taps_that_are_late_alike_are_a_delay(late_s: float, wobble_s: list[float]) -> None:
    """Their median, and what people tap early by; the wobble of the hand is the spread."""
    taps_s = [beat_s + late_s + off_s for beat_s, off_s in zip(BEATS_S, wobble_s, strict=True)]
    found = delay_from_taps(taps_s, BEATS_S, "headphones")
    assert found is not None
    assert found.delay_s == pytest.approx(late_s + ANTICIPATION_S, abs=0.021)
    assert found.spread_s <= 0.021
    assert found.device == "headphones"


def test_missed_beats_do_no_harm() -> None:
    """Every other tap left out: the same delay from half the taps."""
    found = delay_from_taps([beat_s + 0.2 for beat_s in BEATS_S[::2]], BEATS_S)
    assert found is not None
    assert found.delay_s == pytest.approx(0.2 + ANTICIPATION_S)


def test_too_few_taps_are_no_delay() -> None:
    """The first ones look for the beat and do not count."""
    taps_s = [beat_s + 0.2 for beat_s in BEATS_S]
    assert delay_from_taps(taps_s[: N_LEARNING + MIN_TAPS - 1], BEATS_S) is None
    assert delay_from_taps(taps_s[: N_LEARNING + MIN_TAPS], BEATS_S) is not None
    assert delay_from_taps([1.0, 2.0], BEATS_S) is None

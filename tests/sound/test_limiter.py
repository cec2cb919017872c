"""The limiter's claims: a wall, and nothing at all below it."""

import numpy as np
from each_row import each_row
from hypothesis import given
from hypothesis import strategies as st

from cadencecoach.sound.limiter import QUANTUM, RELEASE_QUANTA, THRESHOLD, Limiter


@given(st.integers(0, 2**32 - 1), st.lists(st.floats(0.0, 20.0), min_size=3, max_size=40))
def test_no_sample_passes_the_threshold(seed: int, loudness: list[float]) -> None:
    """Whatever comes, quanta of any loudness in any order, nothing is above the wall."""
    rows = np.random.default_rng(seed).uniform(-1, 1, (len(loudness), QUANTUM)) * np.array(loudness)[:, None]
    mix = rows.astype(np.float32).ravel()
    Limiter().limit(mix)
    assert np.abs(mix[:-QUANTUM]).max() <= THRESHOLD


@each_row("level", [0.1, THRESHOLD - 1e-6])
def test_what_is_not_too_loud_is_not_touched(level: float) -> None:
    """Below the threshold every bit stays."""
    mix = np.full(10 * QUANTUM, level, np.float32)
    before = mix.copy()
    Limiter().limit(mix)
    assert np.array_equal(mix, before)


def test_the_gain_is_down_before_the_peak_and_comes_back_slowly() -> None:
    """One quantum of fall, then a rise of at most 1 / RELEASE_QUANTA a quantum, without a step between."""
    mix = np.full(200 * QUANTUM, 0.1, np.float32)
    mix[10 * QUANTUM + 64] = 8.9
    Limiter().limit(mix)
    gain = mix[: 199 * QUANTUM] / np.float32(0.1)
    assert np.allclose(gain[: 9 * QUANTUM], 1.0)
    assert np.allclose(gain[10 * QUANTUM : 10 * QUANTUM + 64], 0.1, atol=1e-3)
    risen = gain[11 * QUANTUM :: QUANTUM]
    assert np.diff(risen).max() <= 1.0 / RELEASE_QUANTA + 1e-6
    assert np.allclose(risen[RELEASE_QUANTA:], 1.0)


@each_row("cut", [1, 2, 7, 19])
def test_where_the_quanta_are_cut_makes_no_difference(cut: int) -> None:
    """Fed a few quanta at a time, the last of each call first in the next, it gives the same samples."""
    mix = (np.random.default_rng(0).normal(0, 0.6, 41 * QUANTUM)).astype(np.float32)
    whole = mix.copy()
    Limiter().limit(whole)
    limiter, out = Limiter(), []
    for first in range(0, 40, cut):
        piece = mix[first * QUANTUM : (min(first + cut, 40) + 1) * QUANTUM].copy()
        limiter.limit(piece)
        out.append(piece[:-QUANTUM])
    assert np.array_equal(np.concatenate(out), whole[:-QUANTUM])

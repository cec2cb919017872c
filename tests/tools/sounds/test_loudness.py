"""Loudness, against the values the standard itself gives."""

import numpy as np
import pytest
from each_row import each_row

from tools.sounds.loudness import FS_HZ, OFFSET_LU, loudness_lkfs, weighted_energy


def sine(hz: float, peak: float = 1.0) -> "np.ndarray[tuple[int], np.dtype[np.float32]]":
    """A second of it."""
    return (peak * np.sin(2 * np.pi * hz * np.arange(FS_HZ) / FS_HZ)).astype(np.float32)


def test_a_sine_at_full_scale_is_what_the_standard_says() -> None:
    """997 Hz, one channel: -3.01 LKFS (BS.1770, Annex 1)."""
    assert loudness_lkfs(sine(997.0), every_s=1.0) == pytest.approx(-3.01, abs=0.01)


@each_row(("hz", "gain_db"), [(100.0, -1.1), (1000.0, 0.7), (10_000.0, 4.0)])
def test_the_weighting_cuts_the_low_and_lifts_the_high(hz: float, gain_db: float) -> None:
    """As the standard's curve (Figures 2 and 4): bass down, the head's shelf of 4 dB on top."""
    mean_square = weighted_energy(sine(hz)) / FS_HZ
    assert 10 * np.log10(mean_square / 0.5) == pytest.approx(gain_db, abs=0.25)


def test_half_as_often_is_three_units_less() -> None:
    """Loudness is power over time."""
    click = sine(1000.0)[:1440]
    apart = loudness_lkfs(click, every_s=1 / 3) - loudness_lkfs(click, every_s=2 / 3)
    assert apart == pytest.approx(3.01, abs=0.01)
    assert OFFSET_LU == -0.691

"""The noise that wakes headphones."""

import numpy as np
import pytest

from cadencecoach.sound.lead_in import LEVEL, lead_in_clip


def test_it_is_quiet_and_never_silent() -> None:
    """At its level once it has risen, from nothing at first; no stretch of 10 ms is digital silence."""
    clip = np.asarray(lead_in_clip(0.4)) / 32_767
    assert len(clip) == 19_200
    assert clip[0] == 0.0
    assert np.sqrt(np.mean(clip[4800:] ** 2)) == pytest.approx(LEVEL, rel=0.05)
    assert np.abs(clip[480:]).reshape(-1, 480).max(axis=1).min() > 30 / 32_767


def test_it_is_the_same_each_time() -> None:
    """So that a session gives the same file."""
    once = lead_in_clip(0.4)
    lead_in_clip.cache_clear()
    assert lead_in_clip(0.4) == once
    assert lead_in_clip(0.4) is not once
    assert len(lead_in_clip(0.0)) == 1

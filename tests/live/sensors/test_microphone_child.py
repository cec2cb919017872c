"""Sound that waits for its clicks to be told, in the process that listens."""

import math

import numpy as np
import pytest

from cadencecoach.devices.microphone import BLOCK_S, FS_HZ
from cadencecoach.live.sensors.microphone_child import MOST_HELD_S, HeldSound

BLOCK = np.ones(round(BLOCK_S * FS_HZ))


def put_s(held: HeldSound, seconds: float) -> None:
    """So much sound, block by block."""
    for _ in range(round(seconds / BLOCK_S)):
        held.put(BLOCK)


def test_sound_is_let_go_as_soon_as_its_clicks_have_been_told_and_once() -> None:
    """By whole blocks: of half a block the clicks are not known."""
    held = HeldSound()
    put_s(held, 0.3)
    assert len(held.take(0.24)) == 4 * len(BLOCK)
    assert len(held.take(0.24)) == 0
    assert len(held.take(0.30)) == 2 * len(BLOCK)


def test_sound_does_not_wait_long_for_a_parent_that_says_nothing() -> None:
    """Nor for one that has never said anything, as where no beat sounds."""
    held = HeldSound()
    n = 0
    for number in range(1, 41):
        held.put(BLOCK)
        n += len(held.take(-math.inf))
        assert n == pytest.approx(max(0.0, number * BLOCK_S - MOST_HELD_S) * FS_HZ, abs=1.01 * len(BLOCK))
    assert n > 0


def test_sound_comes_out_in_its_order() -> None:
    """And whole."""
    held = HeldSound()
    sound = np.arange(10 * len(BLOCK), dtype=np.float64)
    out = []
    for number in range(10):
        held.put(sound[number * len(BLOCK) : (number + 1) * len(BLOCK)])
        out.append(held.take((number - 1.5) * BLOCK_S))
    out.append(held.take(math.inf))
    assert np.array_equal(np.concatenate(out), sound)

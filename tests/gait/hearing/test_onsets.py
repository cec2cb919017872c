import numpy as np
import pytest

from cadencecoach.gait.hearing.onsets import HOP, WINDOW, OnsetStrength
from cadencecoach.gait.hearing.tones import ToneCounter

FS_HZ = 16_000
rng = np.random.default_rng(3)
NOISE = 0.01 * rng.standard_normal(3 * FS_HZ)


def test_blocks_of_any_length_give_the_same_number_of_values() -> None:
    """One for each 5 ms, as soon as its window is whole."""
    noise = NOISE[:4000]
    for size in (HOP - 1, 1600, 4000):
        strength = OnsetStrength()
        n = sum(len(strength.feed(noise[at : at + size])) for at in range(0, len(noise), size))
        assert n == (len(noise) - WINDOW) // HOP + 1


def test_a_thump_stands_out_and_where_it_is() -> None:
    """A low tone that begins in noise: by far the strongest, in the windows that meet its beginning."""
    sound = NOISE.copy()
    t = np.arange(1600) / FS_HZ
    sound[32_000:33_600] += 0.5 * np.sin(2 * np.pi * 90 * t) * np.exp(-t / 0.03)
    values = np.concatenate([OnsetStrength().feed(sound)])
    at = int(np.argmax(values))
    assert at * HOP <= 32_000 <= at * HOP + WINDOW + 3 * HOP
    assert values[at] > 4 * np.percentile(values, 95)


def test_twice_as_loud_is_as_strong() -> None:
    """A computer's gain control changes nothing."""
    assert OnsetStrength().feed(NOISE) == pytest.approx(OnsetStrength().feed(4 * NOISE), abs=0.01)


def test_zeros_give_zeros_and_what_follows_them_is_a_number() -> None:
    """A gap in a microphone's sound once made every later comparison false, and so let a made-up step rate through."""
    strength = OnsetStrength()
    assert not strength.feed(np.zeros(FS_HZ)).any()
    assert np.isfinite(strength.feed(NOISE)).all()


def test_a_held_note_is_counted_and_noise_and_a_hum_are_not() -> None:
    """A hum is usual in its place after some seconds; a note of half a second is not."""
    t = np.arange(len(NOISE)) / FS_HZ
    hum = 0.05 * np.sin(2 * np.pi * 196 * t)
    note = hum.copy()
    note[32_000:40_000] += 0.05 * np.sin(2 * np.pi * 440 * t[:8000])
    assert ToneCounter().feed(NOISE + hum)[20:].sum() == 0
    assert ToneCounter().feed(NOISE + note)[20:].sum() >= 6

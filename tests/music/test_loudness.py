"""Loudness is that of ITU-R BS.1770-4, by the signals of EBU Tech 3341."""

import math

import numpy as np
import pytest
from each_row import each_row
from numpy.typing import NDArray

from cadencecoach.music.loudness import LoudnessMeter


def tone(levels_db: list[tuple[float, float]], fs_hz: int, hz: float = 1000.0) -> NDArray[np.float64]:
    """A sine, at a level for some seconds, then at the next."""
    gains = np.concatenate([np.full(int(seconds * fs_hz), 10 ** (db / 20)) for db, seconds in levels_db])
    return np.asarray(gains * np.sin(2 * np.pi * hz * np.arange(len(gains)) / fs_hz))


def crest_db_of(sound: NDArray[np.float64], fs_hz: int, block: int = 10_000) -> float:
    """How far the peaks of frames by channels stand above their loudness, taken in blocks."""
    meter = LoudnessMeter(fs_hz, sound.shape[1])
    for first in range(0, len(sound), block):
        meter.add(sound[first : first + block].astype(np.float32))
    return meter.crest_db()


def measured(sound: NDArray[np.float64], fs_hz: int, block: int = 10_000) -> float:
    """The loudness of frames by channels, taken in blocks."""
    meter = LoudnessMeter(fs_hz, sound.shape[1])
    for first in range(0, len(sound), block):
        meter.add(sound[first : first + block].astype(np.float32))
    return meter.lufs()


@each_row("fs_hz", [8000, 44_100, 48_000])
def test_a_tone_of_full_scale_in_one_channel_is_minus_3_lufs(fs_hz: int) -> None:
    """As the standard calibrates it, at each rate."""
    assert measured(tone([(0, 2)], fs_hz, 997.0)[:, None], fs_hz) == pytest.approx(-3.01, abs=0.05)


def test_quiet_parts_do_not_count() -> None:
    """Tech 3341, case 3, a fifth as long: what is 10 LU below the rest is left out."""
    sound = tone([(-36, 2), (-23, 12), (-36, 2)], 8000)
    assert measured(np.stack([sound, sound], 1), 8000) == pytest.approx(-23.0, abs=0.1)


def test_channels_behind_count_more_and_low_effects_not_at_all() -> None:
    """Tech 3341, case 6, with low effects beside."""
    one = tone([(0, 3)], 8000)
    front_and_behind = [one * 10 ** (db / 20) for db in (-28, -28, -24, 0, -30, -30)]
    assert measured(np.stack(front_and_behind, 1), 8000) == pytest.approx(-23.0, abs=0.1)


def test_silence_and_less_than_a_block_have_no_loudness() -> None:
    """Below -70 LUFS is silence."""
    assert measured(np.zeros((8000, 1)), 8000) == -math.inf
    assert measured(tone([(0, 0.3)], 8000)[:, None], 8000) == -math.inf


def test_blocks_of_any_size_give_the_same() -> None:
    """To a hundredth."""
    sound = tone([(-20, 1), (-10, 1)], 8000)[:, None]
    assert measured(sound, 8000, 777) == pytest.approx(measured(sound, 8000, 16_000), abs=0.01)


def test_the_crest_is_from_the_loudness_to_peaks_that_come_again() -> None:
    """3 dB of a tone at any level, in any channel; a spike of 20 ms in 20 s is none of its peaks, one a second is."""
    soft = tone([(-30, 20)], 8000, 997.0)
    assert crest_db_of(soft[:, None], 8000) == pytest.approx(3.01, abs=0.05)
    assert crest_db_of(np.stack([0 * soft, soft], 1), 8000) == pytest.approx(3.01, abs=0.05)
    once, often = soft.copy(), soft.copy()
    once[8000:8160] = 0.9
    assert crest_db_of(once[:, None], 8000) < 3.1
    often[4000::8000] = 0.9
    assert crest_db_of(often[:, None], 8000) > 25
    assert crest_db_of(often[:, None], 8000, 777) == pytest.approx(crest_db_of(often[:, None], 8000), abs=0.05)
    assert crest_db_of(np.zeros((8000, 1)), 8000) == -math.inf

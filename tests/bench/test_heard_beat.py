"""What counts as a beat in a recording: every click wherever it lies, whole or cut off, and no word."""

import numpy as np
from each_row import each_row
from heard_beat import LENGTH_FRAMES, RISE_FRAMES, click_frames, click_intervals
from numpy.typing import NDArray
from sound_servers import FS_HZ

CLICK = (0.6 * np.exp(-np.arange(960) / 200) * np.cos(np.arange(960) / 10)).astype(np.float32)


def word(rises_frames: int) -> NDArray[np.float32]:
    """A tone of a second that is as loud as it gets after so many frames."""
    frames = np.arange(FS_HZ)
    return (0.5 * np.minimum(1, (frames + 5) / (rises_frames + 5)) * np.exp(-frames / FS_HZ)).astype(np.float32)


def recording(*sounds: tuple[int, NDArray[np.float32]]) -> NDArray[np.float32]:
    """Three seconds in which sounds begin at these frames."""
    heard = np.zeros(3 * FS_HZ, np.float32)
    for at, sound in sounds:
        heard[at : at + len(sound)] += sound
    return heard


def test_a_word_after_the_last_click_is_no_beat() -> None:
    """The voice says that a session is over: that is not a beat that came early."""
    heard = recording((1000, CLICK), (17000, CLICK), (30000, word(LENGTH_FRAMES // 2)))
    assert click_intervals(heard) == [16000]


@each_row(("rises_frames", "n_clicks"), [(RISE_FRAMES - 1, 1), (RISE_FRAMES, 0)])
def test_a_click_is_loudest_within_5_ms(rises_frames: int, n_clicks: int) -> None:
    """What is louder later is a word: those that were recorded take 60 ms and more."""
    sound = word(rises_frames)
    sound[0] = 0.051
    assert click_frames(recording((9000, sound))) == [9000] * n_clicks


@each_row("n_frames", [1, 50, 960])
def test_a_click_that_is_cut_off_is_found(n_frames: int) -> None:
    """One frame of it can be heard, and would be an interval that is off."""
    heard = recording((1000, CLICK), (17000, CLICK), (28000, CLICK[:n_frames]))
    assert click_intervals(heard) == [16000, 11000]

"""A song is heard with a click on each of its beats."""

from pathlib import Path
from typing import Self

import numpy as np
import pytest
import soundfile

from cadencecoach.desk.music.playing import TapTaker, song_blocks
from cadencecoach.music.song import Song


def test_clicks_begin_on_the_beats_and_nowhere_else(tmp_path: Path) -> None:
    """In a song that is silent otherwise, at another rate than the file's."""
    soundfile.write(tmp_path / "a.wav", np.zeros(3 * 8000), 8000)
    song = Song(tmp_path / "a.wav", 150.0, (0.5, 0.9, 1.3, 2.999), 0.0, -20.0, 12.0, 3.0)
    heard = np.concatenate(list(song_blocks(song, fs_hz=16_000, has_clicks=True)))
    loud = np.flatnonzero(np.abs(heard) > 0.02)
    begun = loud[np.flatnonzero(np.diff(loud, prepend=-16_000) > 3000)] / 16_000
    assert np.abs(begun - np.array(song.beats_s)).max() < 0.002
    assert not np.concatenate(list(song_blocks(song, fs_hz=16_000, has_clicks=False))).any()


def test_a_quiet_song_is_checked_as_loud_as_any(tmp_path: Path) -> None:
    """By 28 dB from -48 LUFS to -20; what is nearly silence is raised by 30 dB and no more."""
    soundfile.write(tmp_path / "a.wav", np.full(3 * 8000, 0.01), 8000, subtype="FLOAT")
    for lufs, gain_db in ((-48.0, 28.0), (-69.0, 30.0)):
        song = Song(tmp_path / "a.wav", 150.0, (0.5,), 0.0, lufs, 12.0, 3.0)
        heard = np.concatenate(list(song_blocks(song, fs_hz=8000, has_clicks=False)))
        assert 20 * np.log10(heard[4000:-4000].mean() / 0.01) == pytest.approx(gain_db, abs=0.01)


class Pressed:
    """A keyboard on which keys were pressed."""

    look_every_s = 0.01

    def __init__(self, *keys: str) -> None:
        self._keys = list(keys)

    def poll(self) -> str | None:
        """The next of them."""
        return self._keys.pop(0) if self._keys else None

    def close(self) -> None:
        """Nothing to give back."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        return


def test_space_is_a_tap_enter_the_end_and_q_gives_up() -> None:
    """A tap before the song begins is none."""
    marks = list[None]()
    taker = TapTaker(Pressed("space", "x", "space", "enter"), lambda: marks.append(None))
    assert taker.look(lambda _: -0.1) is False
    assert marks == []
    taker = TapTaker(Pressed("space", "space"), lambda: marks.append(None))
    assert taker.look(lambda _: 1.5)
    assert len(marks) == 2
    given_up = TapTaker(Pressed("space", "q"), lambda: None)
    assert not given_up.look(lambda _: 1.5)

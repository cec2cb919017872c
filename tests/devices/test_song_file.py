"""Songs are found in folders and decoded block by block; whatever else is there costs one line."""

import os
import struct
import sys
from pathlib import Path

import numpy as np
import pytest
import soundfile

from cadencecoach.devices.song_file import MOST_S, SongSound, mark_of, others_under, songs_under
from cadencecoach.errors import UsageError


def write(path: Path, *, fs_hz: int = 8000, n_channels: int = 1, seconds: float = 0.5) -> Path:
    """A soft noise."""
    noise = 0.1 * np.random.default_rng(1).standard_normal((int(seconds * fs_hz), n_channels))
    soundfile.write(path, noise, fs_hz)
    return path


def header(path: Path, *, n_data_bytes: int, fs_hz: int = 8000, n_channels: int = 1) -> Path:
    """A WAV header, and as many bytes of nothing, which take no place on the disk."""
    fmt = struct.pack("<IHHIIHH", 16, 1, n_channels, fs_hz, fs_hz * 2 * n_channels, 2 * n_channels, 16)
    start = struct.pack("<4sI4s4s", b"RIFF", 36 + n_data_bytes, b"WAVE", b"fmt ") + fmt
    path.write_bytes(start + struct.pack("<4sI", b"data", n_data_bytes))
    os.truncate(path, 44 + n_data_bytes)
    return path


def refusal(path: Path) -> str:
    """Why a file is not read."""
    with pytest.raises(UsageError) as caught, SongSound(path) as sound:
        list(sound.blocks())
    return str(caught.value)


@pytest.mark.parametrize("ending", ["wav", "flac", "ogg", "mp3"])
@pytest.mark.parametrize("n_channels", [1, 2])
def test_each_form_is_decoded(tmp_path: Path, ending: str, n_channels: int) -> None:
    """As floats, by channels, to the last frame or nearly."""
    with SongSound(write(tmp_path / f"a.{ending}", n_channels=n_channels)) as sound:
        blocks = list(sound.blocks())
    assert (sound.fs_hz, sound.n_channels) == (8000, n_channels)
    assert {block.shape[1] for block in blocks} == {n_channels}
    assert sum(map(len, blocks)) == pytest.approx(4000, abs=1200)


def test_six_and_eight_channels_are_read_and_nine_are_not(tmp_path: Path) -> None:
    """5.1 and 7.1."""
    for n_channels in (6, 8):
        with SongSound(write(tmp_path / "a.wav", n_channels=n_channels)) as sound:
            assert sound.n_channels == n_channels
    assert refusal(write(tmp_path / "b.wav", n_channels=9)).endswith("b.wav has 9 channels; at most 8 are read")


def test_an_empty_file_a_text_and_noise_are_no_songs(tmp_path: Path) -> None:
    """By their content, whatever their names."""
    for name, content in (("a.mp3", b""), ("b.wav", b"hello"), ("c.ogg", bytes(range(256)) * 40)):
        (tmp_path / name).write_bytes(content)
        assert "is not a WAV, FLAC, OGG or MP3 file: it is" in refusal(tmp_path / name)
    assert refusal(tmp_path / "a.mp3").endswith("it is empty")


def test_another_form_of_sound_is_named(tmp_path: Path) -> None:
    """Few decoders, few ways in."""
    assert refusal(write(tmp_path / "a.aiff")).endswith("but AIFF")


def test_a_file_of_2_gb_and_one_of_two_hours_are_refused_at_once(tmp_path: Path) -> None:
    """By size, and by what the header says; the limits are told, and an hour is within."""
    large = header(tmp_path / "a.wav", n_data_bytes=2_000_000_000, n_channels=8, fs_hz=192_000)
    assert refusal(large).endswith("has 2.0 GB; a song may have 1 GB")
    assert refusal(header(tmp_path / "b.wav", n_data_bytes=2 * 8000 * 7200)).endswith(
        "lasts 120 min; a song may last 90 min"
    )
    with SongSound(header(tmp_path / "c.wav", n_data_bytes=int(2 * 8000 * MOST_S))) as sound:
        assert len(next(sound.blocks()))


def test_a_pipe_a_device_and_a_folder_are_not_opened(tmp_path: Path) -> None:
    """Nothing waits for what never comes."""
    if sys.platform == "win32":
        pytest.skip("pipes have no names in folders there")
    os.mkfifo(tmp_path / "a.mp3")
    assert refusal(tmp_path / "a.mp3").endswith("is a pipe; name a song")
    (tmp_path / "b.mp3").symlink_to("/dev/zero")
    assert refusal(tmp_path / "b.mp3").endswith("is a device; name a song")
    assert "is a folder" in refusal(tmp_path)


def test_what_is_left_of_a_file_that_was_cut_is_read(tmp_path: Path) -> None:
    """A download that broke off."""
    whole = write(tmp_path / "a.ogg", seconds=20).read_bytes()
    (tmp_path / "a.ogg").write_bytes(whole[: len(whole) // 2])
    with SongSound(tmp_path / "a.ogg") as sound:
        assert 20_000 < sum(map(len, sound.blocks())) < 160_000


def test_numbers_that_are_none_are_silence(tmp_path: Path) -> None:
    """A file of floats may hold anything."""
    soundfile.write(tmp_path / "a.wav", np.array([np.nan, np.inf, -np.inf, 1e30, 0.5] * 100), 8000, subtype="DOUBLE")
    with SongSound(tmp_path / "a.wav") as sound:
        assert np.abs(np.concatenate(list(sound.blocks()))).max() <= 8


def test_songs_of_a_folder_come_by_name_without_hidden_ones(tmp_path: Path) -> None:
    """And of folders in it; other forms are counted."""
    (tmp_path / "b").mkdir()
    (tmp_path / ".trash").mkdir()
    for name in ("z.MP3", "b/a.ogg", "._z.mp3", ".trash/x.mp3", "cover.jpg", "c.m4a", "b/d.wma"):
        (tmp_path / name).write_bytes(b"")
    assert [path.relative_to(tmp_path.resolve()).as_posix() for path in songs_under(tmp_path, [])] == [
        "z.MP3",
        "b/a.ogg",
    ]
    assert others_under(tmp_path) == 2
    assert list(songs_under(tmp_path / "cover.jpg", [])) == [(tmp_path / "cover.jpg").resolve()]


def test_a_mark_changes_with_size_time_and_beginning(tmp_path: Path) -> None:
    """Each alone."""
    path = tmp_path / "a.mp3"
    path.write_bytes(b"abc")
    os.utime(path, ns=(0, 1000))
    before = mark_of(path)
    assert mark_of(path) == before
    path.write_bytes(b"xbc")
    os.utime(path, ns=(0, 1000))
    assert mark_of(path) != before
    path.write_bytes(b"abc")
    os.utime(path, ns=(0, 2000))
    assert mark_of(path) != before

"""Sound files that grow: what is written is there, whenever it ends."""

import contextlib
import io
import struct
import wave
from pathlib import Path

import numpy as np
import pytest
import soundfile

from cadencecoach.devices.sound_file import FITS_IN_RIFF_BYTES, WAV_HEADER_BYTES, open_sound_file, wav_header
from cadencecoach.errors import UsageError

FRAMES = np.random.default_rng(0).integers(-30_000, 30_000, 100_000, dtype=np.int16)


@pytest.mark.parametrize("ending", [".wav", ".WAV", ".flac", ".Flac"])
@pytest.mark.parametrize("block", [256, 48_000])
def test_what_is_written_is_read_back(tmp_path: Path, ending: str, block: int) -> None:
    """Lossless, 48 kHz, 16 bit, mono, whatever the blocks."""
    path = tmp_path / f"run{ending}"
    file = open_sound_file(path)
    for first in range(0, len(FRAMES), block):
        file.write(FRAMES[first : first + block])
    file.close()
    file.close()
    samples, fs_hz = soundfile.read(path, dtype="int16")
    assert fs_hz == 48_000
    assert soundfile.info(path).subtype == "PCM_16"
    assert np.array_equal(samples, FRAMES)


def test_the_standard_library_reads_the_wav(tmp_path: Path) -> None:
    """The reserved chunk is skipped by readers that do not know it."""
    file = open_sound_file(tmp_path / "run.wav")
    file.write(FRAMES)
    file.close()
    with wave.open(str(tmp_path / "run.wav")) as read:
        assert read.getparams()[:4] == (1, 2, 48_000, len(FRAMES))


def test_a_wav_that_was_cut_short_can_be_played(tmp_path: Path) -> None:
    """Not closed, as after a kill: at most the last second is missing."""
    file = open_sound_file(tmp_path / "run.wav")
    for first in range(0, len(FRAMES), 1000):
        file.write(FRAMES[first : first + 1000])
    (tmp_path / "copy.wav").write_bytes((tmp_path / "run.wav").read_bytes())
    samples, _ = soundfile.read(tmp_path / "copy.wav", dtype="int16")
    assert len(FRAMES) - 48_000 <= len(samples) <= len(FRAMES)
    assert np.array_equal(samples, FRAMES[: len(samples)])
    file.close()


def test_the_same_sound_is_the_same_file(tmp_path: Path) -> None:
    """Byte for byte, in either format: no date, no name of a machine."""
    for ending in ("wav", "flac"):
        for name in ("a", "b"):
            file = open_sound_file(tmp_path / f"{name}.{ending}")
            file.write(FRAMES)
            file.close()
        assert (tmp_path / f"a.{ending}").read_bytes() == (tmp_path / f"b.{ending}").read_bytes()


def test_slices_and_other_layouts_are_written_as_they_read(tmp_path: Path) -> None:
    """An array that is not one piece of memory, or in another byte order, is no trap."""
    file = open_sound_file(tmp_path / "run.wav")
    file.write(FRAMES[::2])
    file.write(FRAMES.astype(">i2"))
    file.close()
    samples, _ = soundfile.read(tmp_path / "run.wav", dtype="int16")
    assert np.array_equal(samples, np.concatenate((FRAMES[::2], FRAMES)))


@pytest.mark.parametrize("name", ["run.ogg", "run", "run.wav.txt", ".wav"])
def test_another_ending_is_refused(tmp_path: Path, name: str) -> None:
    """The message names what is allowed."""
    with pytest.raises(UsageError, match=r"must end in \.wav, \.flac or \.mp3"):
        open_sound_file(tmp_path / name)


@pytest.mark.parametrize("name", ["gone/run.wav", "gone/run.flac", "folder.wav", "folder.flac"])
def test_a_path_that_cannot_be_written_is_said(tmp_path: Path, name: str) -> None:
    """A missing folder, or a folder in its place: one line with the path."""
    (tmp_path / "folder.wav").mkdir()
    (tmp_path / "folder.flac").mkdir()
    with pytest.raises(UsageError, match=r"cannot be written: .+"):
        open_sound_file(tmp_path / name)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full, a disk that is always full")
@pytest.mark.parametrize("ending", ["wav", "flac"])
def test_a_full_disk_is_said(tmp_path: Path, ending: str) -> None:
    """At the latest when the file is closed, and as a UsageError."""
    path = tmp_path / f"run.{ending}"
    path.symlink_to("/dev/full")

    def fill() -> None:
        with contextlib.closing(open_sound_file(path)) as file:
            for _ in range(20):
                file.write(FRAMES)

    with pytest.raises(UsageError, match=rf"run\.{ending} cannot be written: No space left on device"):
        fill()


def test_beyond_four_gigabytes_the_header_is_rf64() -> None:
    """The sizes move to the 64-bit chunk that was kept free, and the samples stay where they are."""
    small, large = (wav_header(n_data_bytes=n, fs_hz=48_000) for n in (FITS_IN_RIFF_BYTES, FITS_IN_RIFF_BYTES + 1))
    assert len(small) == len(large) == WAV_HEADER_BYTES
    assert struct.unpack_from("<4sI", small) == (b"RIFF", 2**32 - 1 - 8)
    assert struct.unpack_from("<4sI", small, 72) == (b"data", FITS_IN_RIFF_BYTES)
    n_bytes = 5 * 10**9
    header = wav_header(n_data_bytes=n_bytes, fs_hz=48_000)
    assert struct.unpack_from("<4sI4s4sIQQQI", header) == (
        b"RF64", 2**32 - 1, b"WAVE", b"ds64", 28, n_bytes + 72, n_bytes, n_bytes // 2, 0,
    )  # fmt: skip


def test_libsndfile_reads_the_rf64_header() -> None:
    """A reader that knows RF64 finds the format and the samples behind it."""
    header = wav_header(n_data_bytes=5 * 10**9, fs_hz=48_000)
    samples, fs_hz = soundfile.read(io.BytesIO(header + FRAMES[:1000].tobytes()), dtype="int16", frames=1000)
    assert fs_hz == 48_000
    assert np.array_equal(samples, FRAMES[:1000])

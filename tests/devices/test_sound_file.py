"""Sound files that grow: what is written is there, whenever it ends."""

import contextlib
import io
import stat
import struct
import subprocess
import sys
import wave
from pathlib import Path

import numpy as np
import pytest
import soundfile

from cadencecoach.devices.output_file import OutputFile
from cadencecoach.devices.sound_file import (
    MARK,
    MOST_IN_RIFF_BYTES,
    WAV_HEADER_BYTES,
    SoundForm,
    is_sound_of_ours,
    open_sound_file,
    wav_header,
)
from cadencecoach.devices.sound_tags import SoundTags
from cadencecoach.errors import UsageError

KINDS = ["wav", "flac", "mp3"]
FRAMES = np.random.default_rng(0).integers(-30_000, 30_000, 100_000, dtype=np.int16)


LIMIT_BYTES = 100_000
FILL = f"""
import resource, sys, numpy as np
from pathlib import Path
from cadencecoach.devices.output_file import OutputFile
from cadencecoach.devices.sound_file import is_sound_of_ours, open_sound_file
from cadencecoach.errors import UsageError
resource.setrlimit(resource.RLIMIT_FSIZE, ({LIMIT_BYTES}, {LIMIT_BYTES}))
path = Path(sys.argv[1])
noise = np.random.default_rng(0).integers(-30_000, 30_000, 100_000, dtype=np.int16)
file = open_sound_file(OutputFile(path=path, name=f"--sound {{path}}", is_ours=is_sound_of_ours))
try:
    for _ in range(40):
        file.write(noise)
    file.close()
except UsageError as error:
    print(error)
"""


def output(path: Path) -> OutputFile:
    """Where a sound file goes, as `--sound` names it."""
    return OutputFile(path=path, name=f"--sound {path}", is_ours=is_sound_of_ours)


def write_sound(path: Path, form: SoundForm = SoundForm()) -> None:  # noqa: B008  # a value
    """Write a short sound of ours."""
    with contextlib.closing(open_sound_file(output(path), form)) as file:
        file.write(FRAMES[:5000])


@pytest.mark.parametrize("ending", [".wav", ".WAV", ".flac", ".Flac"])
@pytest.mark.parametrize("block", [256, 48_000])
def test_what_is_written_is_read_back(tmp_path: Path, ending: str, block: int) -> None:
    """Lossless, 48 kHz, 16 bit, mono, whatever the blocks."""
    path = tmp_path / f"run{ending}"
    file = open_sound_file(output(path))
    for first in range(0, len(FRAMES), block):
        file.write(FRAMES[first : first + block])
    file.close()
    file.close()
    samples, fs_hz = soundfile.read(path, dtype="int16")
    assert fs_hz == 48_000
    assert soundfile.info(path).subtype == "PCM_16"
    assert np.array_equal(samples, FRAMES)


@pytest.mark.parametrize("n_channels", [1, 2])
def test_an_mp3_sounds_like_what_was_written(tmp_path: Path, n_channels: int) -> None:
    """Loud music in both channels, block by block: libsndfile garbles whole numbers of two channels."""
    path = tmp_path / "run.mp3"
    t_s = np.arange(48_000) / 48_000
    tones = np.stack([9000 * np.sin(2 * np.pi * hz * t_s) for hz in (220, 330)], axis=1) * (t_s % 0.25 < 0.1)[:, None]
    written = tones[:, :n_channels].astype(np.int16)
    with contextlib.closing(open_sound_file(output(path), SoundForm(n_channels=n_channels))) as file:
        for first in range(0, len(written), 1024):
            file.write(written[first : first + 1024])
    heard, _ = soundfile.read(path, always_2d=True, frames=len(written))
    for channel in range(n_channels):
        assert np.corrcoef(heard[:, channel], written[:, channel])[0, 1] > 0.99
        assert np.std(heard[:, channel]) * 2**15 == pytest.approx(np.std(written[:, channel]), rel=0.1)


def test_the_standard_library_reads_the_wav(tmp_path: Path) -> None:
    """The reserved chunk is skipped by readers that do not know it."""
    file = open_sound_file(output(tmp_path / "run.wav"))
    file.write(FRAMES)
    file.close()
    with wave.open(str(tmp_path / "run.wav")) as read:
        assert read.getparams()[:4] == (1, 2, 48_000, len(FRAMES))


def test_a_wav_that_was_cut_short_can_be_played(tmp_path: Path) -> None:
    """Not closed, as after a kill: at most the last second is missing."""
    file = open_sound_file(output(tmp_path / "run.wav"))
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
            file = open_sound_file(output(tmp_path / f"{name}.{ending}"))
            file.write(FRAMES)
            file.close()
        assert (tmp_path / f"a.{ending}").read_bytes() == (tmp_path / f"b.{ending}").read_bytes()


def test_slices_and_other_layouts_are_written_as_they_read(tmp_path: Path) -> None:
    """An array that is not one piece of memory, or in another byte order, is no trap."""
    file = open_sound_file(output(tmp_path / "run.wav"))
    file.write(FRAMES[::2])
    file.write(FRAMES.astype(">i2"))
    file.close()
    samples, _ = soundfile.read(tmp_path / "run.wav", dtype="int16")
    assert np.array_equal(samples, np.concatenate((FRAMES[::2], FRAMES)))


@pytest.mark.parametrize("name", ["run.ogg", "run", "run.wav.txt", ".wav"])
def test_another_ending_is_refused(tmp_path: Path, name: str) -> None:
    """The message names what is allowed."""
    with pytest.raises(UsageError, match=r"must end in \.wav, \.flac or \.mp3"):
        open_sound_file(output(tmp_path / name))


@pytest.mark.parametrize("name", ["gone/run.wav", "gone/run.flac", "folder.wav", "folder.flac"])
def test_a_path_that_cannot_be_written_is_said(tmp_path: Path, name: str) -> None:
    """A missing folder, or a folder in its place: one line with the path."""
    (tmp_path / "folder.wav").mkdir()
    (tmp_path / "folder.flac").mkdir()
    with pytest.raises(UsageError, match=r"its folder does not exist|cannot be written: .+|this is a folder"):
        open_sound_file(output(tmp_path / name))


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="limits of a process are not there")
@pytest.mark.parametrize("ending", KINDS)
@pytest.mark.parametrize("was_there", [False, True], ids=["new", "in place of an older one"])
def test_a_full_disk_is_said_and_costs_no_older_file(*, tmp_path: Path, ending: str, was_there: bool) -> None:
    """At the latest when it is closed; under a free name what was written stays, an older file stays as it was."""
    path = tmp_path / f"run.{ending}"
    if was_there:
        write_sound(path)
    before = path.read_bytes() if was_there else b""
    done = subprocess.run([sys.executable, "-c", FILL, str(path)], check=False, capture_output=True, text=True)
    assert f"--sound {path}: cannot be written: File too large" in done.stdout
    assert ("what was there is still there" in done.stdout) == was_there
    assert [one.name for one in tmp_path.iterdir()] == [path.name]
    assert path.read_bytes() == before if was_there else path.stat().st_size == LIMIT_BYTES


@pytest.mark.parametrize("ending", KINDS)
@pytest.mark.parametrize(
    "form", [SoundForm(), SoundForm(tags=SoundTags(title="x" * 90, comment="y" * 500, tempo_spm=170))]
)
def test_a_sound_of_ours_carries_a_mark(tmp_path: Path, ending: str, form: SoundForm) -> None:
    """In the place where its format tells the software, or who plays; the file is its owner's only."""
    path = tmp_path / f"run.{ending}"
    write_sound(path, form)
    assert is_sound_of_ours(path)
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    write_sound(path, form)  # and may be made again


@pytest.mark.parametrize("ending", KINDS)
def test_a_sound_of_others_carries_none(tmp_path: Path, ending: str) -> None:
    """Whatever it is called, and though the mark's word be in its title or among its samples."""
    path = tmp_path / f"{MARK}.{ending}"
    with soundfile.SoundFile(path, "w", samplerate=48_000, channels=1) as file:
        file.title = MARK
        file.write(np.frombuffer(MARK.encode() * 4000, np.int16))
    before = path.read_bytes()
    assert not is_sound_of_ours(path)
    with pytest.raises(UsageError, match="already exists; choose another name, or add --force to replace it"):
        open_sound_file(output(path))
    assert path.read_bytes() == before


@pytest.mark.parametrize("ending", KINDS)
@pytest.mark.parametrize("content", [b"x", b"RIFF", b"RIFF\0\0\0\0WAVE", b"ID3", b"fLaC" + bytes(40), b"\xff\xfb" * 99])
def test_what_only_begins_like_a_sound_is_not_ours(tmp_path: Path, ending: str, content: bytes) -> None:
    """Torn headers and other files are read without a fault."""
    path = tmp_path / f"run.{ending}"
    path.write_bytes(content)
    assert not is_sound_of_ours(path)


@pytest.mark.parametrize("ending", KINDS)
def test_an_older_file_stays_until_the_new_one_is_whole(tmp_path: Path, ending: str) -> None:
    """Nobody hears half of a file in place of a whole one; one that is given up leaves nothing."""
    path = tmp_path / f"run.{ending}"
    write_sound(path)
    before = path.read_bytes()
    file = open_sound_file(output(path))
    file.write(FRAMES)
    assert path.read_bytes() == before
    file.close()
    assert len(path.read_bytes()) > len(before)
    assert [one.name for one in tmp_path.iterdir()] == [path.name]


def test_beyond_four_gigabytes_the_header_is_rf64() -> None:
    """The sizes move to the 64-bit chunk that was kept free, and the samples stay where they are."""
    fits = MOST_IN_RIFF_BYTES - WAV_HEADER_BYTES
    small, large = (wav_header(n_data_bytes=n, fs_hz=48_000) for n in (fits, fits + 1))
    assert len(small) == len(large) == WAV_HEADER_BYTES
    assert struct.unpack_from("<4sI", small) == (b"RIFF", 2**32 - 1 - 8)
    assert struct.unpack_from("<4sI", small, WAV_HEADER_BYTES - 8) == (b"data", fits)
    n_bytes = 5 * 10**9
    header = wav_header(n_data_bytes=n_bytes, fs_hz=48_000)
    assert struct.unpack_from("<4sI4s4sIQQQI", header) == (
        b"RF64", 2**32 - 1, b"WAVE", b"ds64", 28, n_bytes + WAV_HEADER_BYTES - 8, n_bytes, n_bytes // 2, 0,
    )  # fmt: skip


def test_libsndfile_reads_the_rf64_header() -> None:
    """A reader that knows RF64 finds the format and the samples behind it."""
    header = wav_header(n_data_bytes=5 * 10**9, fs_hz=48_000)
    samples, fs_hz = soundfile.read(io.BytesIO(header + FRAMES[:1000].tobytes()), dtype="int16", frames=1000)
    assert fs_hz == 48_000
    assert np.array_equal(samples, FRAMES[:1000])

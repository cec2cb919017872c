"""Reading sounds: what is taken, and what is said of the rest."""

import wave
from pathlib import Path

import numpy as np
import pytest

from cadencecoach.errors import UsageError
from cadencecoach.sound.bank import load_bank, load_wav, write_wav


def wav(path: Path, *, channels: int, n_bytes: int, fs_hz: int, payload: bytes) -> None:
    """A WAV file of any format."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(n_bytes)
        file.setframerate(fs_hz)
        file.writeframes(payload)


def test_what_is_written_is_read(tmp_path: Path) -> None:
    """To half a step of 16 bits."""
    samples = np.linspace(-1, 1, 1000, dtype=np.float32)
    write_wav(tmp_path / "line.wav", samples)
    assert np.abs(load_bank(tmp_path)["line"] - samples).max() <= 0.5 / 32767 + 1e-7


@pytest.mark.parametrize(
    ("channels", "n_bytes", "fs_hz", "said"),
    [
        (2, 2, 48_000, "16 bit, 2 channels"),
        (1, 1, 48_000, "8 bit"),
        (1, 2, 44_100, "44100 Hz"),
    ],
)
def test_another_format_is_named(tmp_path: Path, channels: int, n_bytes: int, fs_hz: int, said: str) -> None:
    """The message says what it is and what it must be."""
    wav(tmp_path / "x.wav", channels=channels, n_bytes=n_bytes, fs_hz=fs_hz, payload=bytes(12))
    with pytest.raises(UsageError, match=f"x.wav is .*{said}.*48000 Hz, 16 bit, mono"):
        load_wav(tmp_path / "x.wav")


@pytest.mark.parametrize("payload", [b"", b"RIFF", b"not a sound at all", bytes(100)])
def test_what_is_no_sound_is_said(tmp_path: Path, payload: bytes) -> None:
    """Torn and foreign files give one clear line."""
    (tmp_path / "x.wav").write_bytes(payload)
    with pytest.raises(UsageError, match=r"x\.wav cannot be read as a sound: \w+"):
        load_bank(tmp_path)


def test_a_file_without_samples_is_refused(tmp_path: Path) -> None:
    """A click of no length is no click."""
    wav(tmp_path / "x.wav", channels=1, n_bytes=2, fs_hz=48_000, payload=b"")
    with pytest.raises(UsageError, match="is empty"):
        load_wav(tmp_path / "x.wav")


def test_an_empty_or_missing_folder_is_named(tmp_path: Path) -> None:
    """Both are said, with the name."""
    with pytest.raises(UsageError, match="holds no sounds"):
        load_bank(tmp_path)
    with pytest.raises(UsageError, match="gone is not a folder"):
        load_bank(tmp_path / "gone")

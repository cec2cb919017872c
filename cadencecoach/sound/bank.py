"""The sounds on disk: 48 kHz, 16 bit, mono WAV, one file a sound, named by its file name. stdlib `wave` reads them."""

import wave
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cadencecoach.errors import UsageError
from cadencecoach.sound.pcm import from_pcm16, to_pcm16
from cadencecoach.sound.rate import FS_HZ

__all__ = ["FS_HZ", "load_bank", "load_wav", "write_wav"]

FORMAT = (1, 2, FS_HZ)  # channels, bytes a sample, frames a second
FORMAT_IN_WORDS = "a 48000 Hz, 16 bit, mono WAV file"


def load_bank(folder: Path, fs_hz: int = FS_HZ) -> dict[str, NDArray[np.float32]]:
    """Every .wav file of a folder as samples in -1..1, by file name without the ending.

    Args:
        folder: where they are
        fs_hz: the rate they are wanted at
    Raises:
        UsageError: no such folder, no sound in it, or a file that is not what the engine takes
    """
    if not folder.is_dir():
        raise UsageError(f"{folder} is not a folder of sounds")
    bank = {path.stem: clip_at_rate(load_wav(path), fs_hz) for path in sorted(folder.glob("*.wav"))}
    if not bank:
        raise UsageError(f"{folder} holds no sounds; each must be {FORMAT_IN_WORDS}")
    return bank


def clip_at_rate(samples: NDArray[np.float32], fs_hz: int) -> NDArray[np.float32]:
    """One of our clips for a card of another rate; the same samples where it is our own."""
    if fs_hz == FS_HZ:
        return samples
    import soxr  # type: ignore[import-untyped]  # noqa: PLC0415  # few cards need it

    resampled: NDArray[np.float32] = soxr.resample(samples, FS_HZ, fs_hz)
    return resampled


def load_wav(path: Path) -> NDArray[np.float32]:
    """The samples of one file, shape (n,), in -1..1.

    Raises:
        UsageError: unreadable, of another format, or empty
    """
    try:
        with wave.open(str(path), "rb") as file:
            found = (file.getnchannels(), file.getsampwidth(), file.getframerate())
            payload = file.readframes(file.getnframes())
    except (OSError, EOFError, wave.Error) as error:
        raise UsageError(f"{path} cannot be read as a sound: {str(error) or 'it ends too early'}") from error
    if found != FORMAT:
        channels, n_bytes, fs_hz = found
        raise UsageError(f"{path} is {fs_hz} Hz, {8 * n_bytes} bit, {channels} channels; it must be {FORMAT_IN_WORDS}")
    if not payload:
        raise UsageError(f"{path} is empty; it must be {FORMAT_IN_WORDS}")
    return from_pcm16(np.frombuffer(payload, "<i2").astype(np.int16))


def write_wav(path: Path, samples: NDArray[np.float32]) -> None:
    """Write one row of samples as a file that `load_wav` reads."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(FS_HZ)
        file.writeframes(to_pcm16(samples).astype("<i2").tobytes())

"""Sounds read from disk as samples and brought to a card's rate; what makes them is in `tools/sounds`."""

import wave
from array import array
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cadencecoach.sound.pcm import from_pcm16, to_pcm16
from cadencecoach.sound.rate import FS_HZ
from cadencecoach.sound.wav import wav_bytes, wav_files

__all__ = ["FS_HZ", "load_bank", "load_wav", "write_wav"]


def load_bank(folder: Path, fs_hz: int = FS_HZ) -> dict[str, NDArray[np.float32]]:
    """Every .wav file of a folder as samples in -1..1, by file name without the ending.

    Args:
        folder: where they are
        fs_hz: the rate they are wanted at
    Raises:
        UsageError: no such folder, no sound in it, or a file that is not what the engine takes
    """
    return {path.stem: clip_at_rate(load_wav(path), fs_hz) for path in wav_files(folder)}


def clip_at_rate(samples: "NDArray[np.float32] | array[int]", fs_hz: int) -> NDArray[np.float32]:
    """One of our clips, floats or 16-bit numbers, for a card of another rate; floats of our own rate as they are."""
    floats = from_pcm16(np.asarray(samples)) if isinstance(samples, array) else samples
    if fs_hz == FS_HZ:
        return floats
    import soxr  # type: ignore[import-untyped]  # noqa: PLC0415  # few cards need it

    resampled: NDArray[np.float32] = soxr.resample(floats, FS_HZ, fs_hz)
    return resampled


def load_wav(path: Path) -> NDArray[np.float32]:
    """The samples of one file, shape (n,), in -1..1.

    Raises:
        UsageError: unreadable, of another format, or empty
    """
    return from_pcm16(np.frombuffer(wav_bytes(path), "<i2").astype(np.int16))


def write_wav(path: Path, samples: NDArray[np.float32]) -> None:
    """Write one row of samples as a file that `load_wav` reads."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(FS_HZ)
        file.writeframes(to_pcm16(samples).astype("<i2").tobytes())

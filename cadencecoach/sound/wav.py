"""The sounds on disk: 48 kHz, 16 bit, mono WAV, one file a sound, named by its file name. Read without numpy."""

import wave
from pathlib import Path

from cadencecoach.errors import UsageError
from cadencecoach.sound.rate import FS_HZ

FORMAT = (1, 2, FS_HZ)  # channels, bytes a sample, frames a second
FORMAT_IN_WORDS = "a 48000 Hz, 16 bit, mono WAV file"


def wav_files(folder: Path) -> list[Path]:
    """The sounds of a folder.

    Raises:
        UsageError: no such folder, or no sound in it
    """
    if not folder.is_dir():
        raise UsageError(f"{folder} is not a folder of sounds")
    paths = sorted(folder.glob("*.wav"))
    if not paths:
        raise UsageError(f"{folder} holds no sounds; each must be {FORMAT_IN_WORDS}")
    return paths


def wav_lengths_s(folder: Path) -> dict[str, float]:
    """How long each sound of a folder lasts, by file name without the ending; raises as `wav_bytes`."""
    return {path.stem: len(wav_bytes(path)) / FORMAT[1] / FS_HZ for path in wav_files(folder)}


def wav_bytes(path: Path) -> bytes:
    """The samples of one file, little-endian.

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
    return payload

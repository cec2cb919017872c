"""A sound file that grows block by block: WAV written here, FLAC by libsndfile, chosen by the ending.

The file stands under its own name from the first block on and can be played if the program is killed: a WAV header is
brought up to date once a second of sound, a FLAC stream needs none.
"""

import struct
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from cadencecoach.errors import UsageError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from soundfile import SoundFile as LibsndfileFile

N_CHANNELS = 1  # the engine's two are alike; half the bytes say the same
BYTES_PER_FRAME = 2 * N_CHANNELS  # 16 bit
WAV_HEADER_BYTES = 80
PROBE_BYTES = 65_536  # more than the last blocks of a full disk take
FITS_IN_RIFF_BYTES = 2**32 - 1 - WAV_HEADER_BYTES  # about 12.4 h; beyond, the header becomes RF64's (EBU Tech 3306)


class SoundFile(Protocol):
    """Something that takes sound until it is closed."""

    def write(self, samples: "NDArray[np.int16]") -> None:
        """Append frames, shape (n,).

        Raises:
            UsageError: the file cannot take them (a full disk); what was written before stays playable
        """

    def close(self) -> None:
        """Bring the file to its final state. Closing twice does nothing."""


def open_sound_file(path: Path, *, fs_hz: int = 48_000) -> SoundFile:
    """A new 16-bit mono file at `path`, replacing what is there; `.wav` or `.flac`, in either case.

    Raises:
        UsageError: another ending, or a path that cannot be written
    """
    kinds: dict[str, type[WavFile | FlacFile]] = {".wav": WavFile, ".flac": FlacFile}
    if path.suffix.lower() not in kinds:
        raise UsageError(f"{path} cannot be written as sound: the name must end in {' or '.join(kinds)}")
    return kinds[path.suffix.lower()](path, fs_hz=fs_hz)


def wav_header(*, n_data_bytes: int, fs_hz: int) -> bytes:
    """The 80 bytes before the samples. A reserved chunk makes room for the 64-bit sizes of RF64."""
    fmt = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, N_CHANNELS, fs_hz, fs_hz * BYTES_PER_FRAME, BYTES_PER_FRAME, 16)
    n_after_riff = WAV_HEADER_BYTES - 8 + n_data_bytes
    if n_data_bytes <= FITS_IN_RIFF_BYTES:
        riff = struct.pack("<4sI4s4sI28x", b"RIFF", n_after_riff, b"WAVE", b"JUNK", 28)
        return riff + fmt + struct.pack("<4sI", b"data", n_data_bytes)
    sizes = (n_after_riff, n_data_bytes, n_data_bytes // BYTES_PER_FRAME, 0)
    rf64 = struct.pack("<4sI4s4sIQQQI", b"RF64", 2**32 - 1, b"WAVE", b"ds64", 28, *sizes)
    return rf64 + fmt + struct.pack("<4sI", b"data", 2**32 - 1)


class WavFile:
    """A WAV file that is valid after every second of sound."""

    def __init__(self, path: Path, *, fs_hz: int) -> None:
        """Create it with no sound in it."""
        self._path, self._fs_hz = path, fs_hz
        self._n_bytes = self._n_bytes_in_header = 0
        try:
            self._file = path.open("wb")
            self._file.write(wav_header(n_data_bytes=0, fs_hz=fs_hz))
        except OSError as error:
            raise _unwritable(path, error) from error

    def write(self, samples: "NDArray[np.int16]") -> None:
        """Append frames, shape (n,)."""
        try:
            self._n_bytes += self._file.write(samples.astype("<i2", order="C", copy=False).data)
            if self._n_bytes - self._n_bytes_in_header >= self._fs_hz * BYTES_PER_FRAME:
                self._renew_header()
        except OSError as error:
            raise _unwritable(self._path, error) from error

    def close(self) -> None:
        """Write the final header."""
        if self._file.closed:
            return
        try:
            with self._file:  # closed even if the header cannot be written
                self._renew_header()
        except OSError as error:
            raise _unwritable(self._path, error) from error

    def _renew_header(self) -> None:
        self._file.seek(0)
        self._file.write(wav_header(n_data_bytes=self._n_bytes, fs_hz=self._fs_hz))
        self._file.seek(0, 2)
        self._n_bytes_in_header = self._n_bytes


class FlacFile:
    """A FLAC file, lossless at about a tenth of the size."""

    def __init__(self, path: Path, *, fs_hz: int) -> None:
        """Create it with no sound in it."""
        import soundfile  # noqa: PLC0415  # takes 60 ms and numpy; most sessions write no FLAC

        self._path = path
        try:
            self._file: LibsndfileFile = soundfile.SoundFile(
                path, "w", samplerate=fs_hz, channels=N_CHANNELS, subtype="PCM_16", format="FLAC"
            )
        except (OSError, soundfile.LibsndfileError) as error:
            raise _unwritable(path, _cause(path, error)) from error

    def write(self, samples: "NDArray[np.int16]") -> None:
        """Append frames, shape (n,)."""
        try:
            self._file.write(samples)
        except (OSError, RuntimeError) as error:  # LibsndfileError is a RuntimeError
            raise _unwritable(self._path, _cause(self._path, error)) from error

    def close(self) -> None:
        """Write what the encoder still holds."""
        self._file.close()


def _cause(path: Path, error: Exception) -> Exception:
    """What the system says of a file where libsndfile only tells that its encoder had trouble."""
    if isinstance(error, OSError):
        return error
    try:
        with path.open("ab", buffering=0) as file:  # what is there stays as it is
            n_bytes = file.tell()
            try:
                for _ in range(2):  # the first may be taken in part
                    file.write(bytes(PROBE_BYTES))
            finally:
                if path.is_file():
                    file.truncate(n_bytes)
    except OSError as system_error:
        return system_error
    return error


def _unwritable(path: Path, error: Exception) -> UsageError:
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return UsageError(f"{path} cannot be written: {reason}")

"""A sound file that grows block by block: WAV written here, FLAC and MP3 by libsndfile, chosen by the ending.

The file stands under its own name from the first block on and can be played if the program is killed: a WAV header is
brought up to date once a second of sound, a FLAC stream needs none.
"""

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from cadencecoach.errors import UsageError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from soundfile import SoundFile as LibsndfileFile

BYTES_PER_SAMPLE = 2  # 16 bit
WAV_HEADER_BYTES = 80
PROBE_BYTES = 65_536  # more than the last blocks of a full disk take
FITS_IN_RIFF_BYTES = 2**32 - 1 - WAV_HEADER_BYTES  # about 12.4 h; beyond, the header becomes RF64's (EBU Tech 3306)


class SoundFile(Protocol):
    """Something that takes sound until it is closed."""

    def write(self, samples: "NDArray[np.int16]") -> None:
        """Append frames, shape (n,) of one channel, (n, 2) of two.

        Raises:
            UsageError: the file cannot take them (a full disk); what was written before stays playable
        """

    def close(self) -> None:
        """Bring the file to its final state. Closing twice does nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundForm:
    """How a file is made.

    Attributes:
        fs_hz: frames per second
        n_channels: one where nothing is panned: half the bytes say the same
        title: for a player to show; empty is none. WAV keeps no tags
        comment: likewise
    """

    fs_hz: int = 48_000
    n_channels: int = 1
    title: str = ""
    comment: str = ""

    @property
    def n_frame_bytes(self) -> int:
        """Bytes of one frame of 16 bit."""
        return BYTES_PER_SAMPLE * self.n_channels


MONO = SoundForm()
# A constant rate, so that every player finds its place; about 70 kbit/s in one channel, 100 in two.
MP3 = {"format": "MP3", "subtype": "MPEG_LAYER_III", "bitrate_mode": "CONSTANT", "compression_level": 0.8}
KINDS = (".wav", ".flac", ".mp3")


def check_sound_file(path: Path) -> None:
    """Refuse what `open_sound_file` would, and leave everything as it is.

    Raises:
        UsageError: as there
    """
    if path.suffix.lower() not in KINDS:
        raise _no_kind(path)
    if path.suffix.lower() == ".mp3":
        _check_format(path, "MP3")
    is_new = not path.exists()
    try:
        path.open("ab").close()
        if is_new:
            path.unlink()
    except OSError as error:
        raise _unwritable(path, error) from error


def open_sound_file(path: Path, form: SoundForm = MONO) -> SoundFile:
    """A new file at `path`, replacing what is there; `.wav`, `.flac` or `.mp3`, in either case.

    Raises:
        UsageError: another ending, a path that cannot be written, or an MP3 where the library at hand makes none
    """
    match path.suffix.lower():
        case ".wav":
            return WavFile(path, form)
        case ".flac":
            return EncodedFile(path, form, kind={"format": "FLAC", "subtype": "PCM_16"})
        case ".mp3":
            return EncodedFile(path, form, kind=MP3)
        case _:
            raise _no_kind(path)


def wav_header(*, n_data_bytes: int, fs_hz: int, n_channels: int = 1) -> bytes:
    """The 80 bytes before the samples. A reserved chunk makes room for the 64-bit sizes of RF64."""
    n_frame = BYTES_PER_SAMPLE * n_channels
    fmt = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, n_channels, fs_hz, fs_hz * n_frame, n_frame, 16)
    n_after_riff = WAV_HEADER_BYTES - 8 + n_data_bytes
    if n_data_bytes <= FITS_IN_RIFF_BYTES:
        riff = struct.pack("<4sI4s4sI28x", b"RIFF", n_after_riff, b"WAVE", b"JUNK", 28)
        return riff + fmt + struct.pack("<4sI", b"data", n_data_bytes)
    sizes = (n_after_riff, n_data_bytes, n_data_bytes // n_frame, 0)
    rf64 = struct.pack("<4sI4s4sIQQQI", b"RF64", 2**32 - 1, b"WAVE", b"ds64", 28, *sizes)
    return rf64 + fmt + struct.pack("<4sI", b"data", 2**32 - 1)


class WavFile:
    """A WAV file that is valid after every second of sound."""

    def __init__(self, path: Path, form: SoundForm = MONO) -> None:
        """Create it with no sound in it."""
        self._path, self._form = path, form
        self._n_bytes = self._n_bytes_in_header = 0
        try:
            self._file = path.open("wb")
            self._file.write(self._header())
        except OSError as error:
            raise _unwritable(path, error) from error

    def write(self, samples: "NDArray[np.int16]") -> None:
        """Append frames."""
        try:
            self._n_bytes += self._file.write(samples.astype("<i2", order="C", copy=False).data)
            if self._n_bytes - self._n_bytes_in_header >= self._form.fs_hz * self._form.n_frame_bytes:
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
        self._file.write(self._header())
        self._file.seek(0, 2)
        self._n_bytes_in_header = self._n_bytes

    def _header(self) -> bytes:
        form = self._form
        return wav_header(n_data_bytes=self._n_bytes, fs_hz=form.fs_hz, n_channels=form.n_channels)


class EncodedFile:
    """A file that libsndfile encodes: FLAC, lossless at about a tenth of the size, or MP3 for any player."""

    def __init__(self, path: Path, form: SoundForm, *, kind: Mapping[str, Any]) -> None:
        """Create it with its tags and no sound in it.

        Args:
            path: where
            form: how
            kind: what libsndfile is told: format, subtype, rate
        """
        import soundfile  # noqa: PLC0415  # takes 60 ms and numpy; most sessions write no such file

        self._path = path
        _check_format(path, kind["format"])
        try:
            self._file: LibsndfileFile = soundfile.SoundFile(
                path, "w", samplerate=form.fs_hz, channels=form.n_channels, **kind
            )
        except (OSError, soundfile.LibsndfileError) as error:
            raise _unwritable(path, _cause(path, error)) from error
        for tag, text in (("title", form.title), ("comment", form.comment), ("software", "cadencecoach")):
            if text:
                setattr(self._file, tag, text)

    def write(self, samples: "NDArray[np.int16]") -> None:
        """Append frames."""
        try:
            self._file.write(samples)
        except (OSError, RuntimeError) as error:  # LibsndfileError is a RuntimeError
            raise _unwritable(self._path, _cause(self._path, error)) from error

    def close(self) -> None:
        """Write what the encoder still holds."""
        self._file.close()


def _check_format(path: Path, name: str) -> None:
    import soundfile  # noqa: PLC0415  # see EncodedFile

    if name not in soundfile.available_formats():
        raise UsageError(f"{path} cannot be written: the sound library here makes no {name}")


def _no_kind(path: Path) -> UsageError:
    return UsageError(f"{path} cannot be written as sound: the name must end in {', '.join(KINDS[:-1])} or {KINDS[-1]}")


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

"""A sound file that grows block by block: WAV written here, FLAC and MP3 by libsndfile, chosen by the ending.

Under a name that was free the file stands from the first block on and can be played if the program is killed: a WAV
header is brought up to date once a second of sound, a FLAC stream needs none. In place of an older file it stands when
it is whole. Each carries a mark by which a later session knows that it may be made anew.
"""

import contextlib
import os
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from cadencecoach.devices.output_file import OpenedOutput, OutputFile
from cadencecoach.devices.sound_tags import (
    ARTIST,
    MARK_OF_LIST,
    SoundTags,
    flac_comment,
    id3_chunk,
    id3_tag,
    info_list,
    put_flac_tempo,
)
from cadencecoach.errors import UsageError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from soundfile import SoundFile as LibsndfileFile

BYTES_PER_SAMPLE = 2  # 16 bit
SCALE_16_BIT = 2**15
MARK = ARTIST
NO_TAGS = SoundTags()
PLAIN_LIST = info_list(NO_TAGS)
WAV_HEADER_BYTES = 80 + len(PLAIN_LIST)  # without tags
MARK_WITHIN_BYTES = 4096  # of the beginning of a WAV file
PROBE_BYTES = 65_536  # more than the last blocks of a full disk take
MOST_IN_RIFF_BYTES = 2**32 - 1  # about 12.4 h; beyond, the header becomes RF64's (EBU Tech 3306)


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
        tags: for a player to show
    """

    fs_hz: int = 48_000
    n_channels: int = 1
    tags: SoundTags = NO_TAGS

    @property
    def n_frame_bytes(self) -> int:
        """Bytes of one frame of 16 bit."""
        return BYTES_PER_SAMPLE * self.n_channels


MONO = SoundForm()
# A constant rate, so that every player finds its place; about 70 kbit/s in one channel, 100 in two.
MP3 = {"format": "MP3", "subtype": "MPEG_LAYER_III", "bitrate_mode": "CONSTANT", "compression_level": 0.8}
KINDS = (".wav", ".flac", ".mp3")


def check_sound_file(output: OutputFile) -> None:
    """Refuse what `open_sound_file` would, and leave everything as it is.

    Raises:
        UsageError: as there
    """
    ending = output.path.suffix.lower()
    if ending not in KINDS:
        raise UsageError(f"{output.name}: a sound file's name must end in {', '.join(KINDS[:-1])} or {KINDS[-1]}")
    if ending == ".mp3":
        import soundfile  # noqa: PLC0415  # see EncodedFile

        if "MP3" not in soundfile.available_formats():
            raise UsageError(f"{output.name}: cannot be written: the sound library here makes no MP3")
    output.check()


def open_sound_file(output: OutputFile, form: SoundForm = MONO) -> SoundFile:
    """A new sound file: `.wav`, `.flac` or `.mp3`, in either case.

    Raises:
        UsageError: another ending, a place where nothing may be written, or an MP3 where the library at hand makes none
    """
    check_sound_file(output)
    match output.path.suffix.lower():
        case ".wav":
            return WavFile(output, form)
        case ".flac":
            return EncodedFile(output, form, kind={"format": "FLAC", "subtype": "PCM_16"})
        case _:
            return EncodedFile(output, form, kind=MP3)


def is_sound_of_ours(path: Path) -> bool:
    """Whether a sound file carries the program's mark; it was computed then, and can be again."""
    if path.suffix.lower() == ".wav":
        with path.open("rb") as file:
            return _has_mark(file.read(MARK_WITHIN_BYTES))
    import soundfile  # noqa: PLC0415  # see EncodedFile

    try:
        with soundfile.SoundFile(path) as file:
            return bool(file.software.startswith(MARK)) or file.artist == MARK
    except soundfile.LibsndfileError:
        return False


def _has_mark(start: bytes) -> bool:
    """Whether the chunks at the beginning of a WAV file tell the software that made it, and it is this one."""
    if start[:4] not in {b"RIFF", b"RF64"} or start[8:12] != b"WAVE":
        return False
    at = 12
    while at + 8 <= len(start):
        name, n_bytes = struct.unpack_from("<4sI", start, at)
        if name == b"LIST" and start[at + 8 :].startswith(MARK_OF_LIST):
            return True
        if name == b"data":
            return False
        at += 8 + n_bytes + n_bytes % 2
    return False


def wav_header(*, n_data_bytes: int, fs_hz: int, n_channels: int = 1, told: bytes = PLAIN_LIST) -> bytes:
    """All that stands before the samples. A reserved chunk makes room for the 64-bit sizes of RF64.

    Args:
        n_data_bytes: of the samples
        fs_hz: frames per second
        n_channels: one or two
        told: chunks about the file
    """
    n_frame = BYTES_PER_SAMPLE * n_channels
    fmt = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, n_channels, fs_hz, fs_hz * n_frame, n_frame, 16) + told
    n_header_bytes = WAV_HEADER_BYTES - len(PLAIN_LIST) + len(told)
    n_after_riff = n_header_bytes - 8 + n_data_bytes
    if n_header_bytes + n_data_bytes <= MOST_IN_RIFF_BYTES:
        riff = struct.pack("<4sI4s4sI28x", b"RIFF", n_after_riff, b"WAVE", b"JUNK", 28)
        return riff + fmt + struct.pack("<4sI", b"data", n_data_bytes)
    sizes = (n_after_riff, n_data_bytes, n_data_bytes // n_frame, 0)
    rf64 = struct.pack("<4sI4s4sIQQQI", b"RF64", 2**32 - 1, b"WAVE", b"ds64", 28, *sizes)
    return rf64 + fmt + struct.pack("<4sI", b"data", 2**32 - 1)


class WavFile:
    """A WAV file that is valid after every second of sound."""

    def __init__(self, output: OutputFile, form: SoundForm = MONO) -> None:
        """Create it with no sound in it."""
        self._output, self._form = output, form
        self._n_bytes = self._n_bytes_in_header = 0
        self._opened = output.open(at_once=True)
        self._file = os.fdopen(self._opened.fd, "wb")
        try:
            self._file.write(self._header())
        except OSError as error:
            raise _error_after_drop(output, self._opened, error) from error

    def write(self, samples: "NDArray[np.int16]") -> None:
        """Append frames."""
        try:
            self._n_bytes += self._file.write(samples.astype("<i2", order="C", copy=False).data)
            if self._n_bytes - self._n_bytes_in_header >= self._form.fs_hz * self._form.n_frame_bytes:
                self._renew_header()
        except OSError as error:
            raise _error_after_drop(self._output, self._opened, error) from error

    def close(self) -> None:
        """Write the final header."""
        if self._file.closed:
            return
        try:
            with self._file:  # closed even if the header cannot be written
                self._renew_header()
        except OSError as error:
            raise _error_after_drop(self._output, self._opened, error) from error
        self._opened.keep()

    def _renew_header(self) -> None:
        self._file.seek(0)
        self._file.write(self._header())
        self._file.seek(0, 2)
        self._n_bytes_in_header = self._n_bytes

    def _header(self) -> bytes:
        form = self._form
        told = info_list(form.tags) + id3_chunk(form.tags)
        return wav_header(n_data_bytes=self._n_bytes, fs_hz=form.fs_hz, n_channels=form.n_channels, told=told)


class EncodedFile:
    """A file that libsndfile encodes: FLAC, lossless at about a tenth of the size, or MP3 for any player."""

    def __init__(self, output: OutputFile, form: SoundForm, *, kind: Mapping[str, Any]) -> None:
        """Create it with its tags and no sound in it.

        Args:
            output: where
            form: how
            kind: what libsndfile is told: format, subtype, rate
        """
        import soundfile  # noqa: PLC0415  # takes 60 ms and numpy; most sessions write no such file

        self._output, self._opened = output, output.open(at_once=True)
        self._tags = form.tags
        self._after: FileAfter | None = None
        try:
            if kind["format"] != "FLAC":
                # libsndfile writes the tags of an MP3 file at its end, without album and tempo: ours stand before all.
                self._after = FileAfter(self._opened.fd, id3_tag(form.tags))
            self._file: LibsndfileFile = soundfile.SoundFile(
                self._after or self._opened.fd, "w", samplerate=form.fs_hz, channels=form.n_channels, **kind
            )
        except (OSError, soundfile.LibsndfileError) as error:
            raise self._unwritable(error) from error
        told = {**form.tags.texts(), "software": MARK, "artist": MARK}
        if self._after is None:
            told["comment"] = flac_comment(form.tags)
        for tag in ("title", "comment", "software", "artist", "album"):
            if told.get(tag):
                setattr(self._file, tag, told[tag])

    def write(self, samples: "NDArray[np.int16]") -> None:
        """Append frames."""
        try:
            # libsndfile garbles whole numbers of two channels in an MP3 (1.2.2), and takes fractions as they are.
            self._file.write(samples if self._after is None else samples / SCALE_16_BIT)
            self._check_taken()
        except (OSError, RuntimeError) as error:  # LibsndfileError is a RuntimeError
            self._drop_encoder()
            raise self._unwritable(error) from error

    def close(self) -> None:
        """Write what the encoder still holds."""
        if self._file.closed:
            return
        try:
            self._file.close()
            self._check_taken()
            if self._after is not None:
                self._after.close()
            else:
                put_flac_tempo(self._opened.path, self._tags)
        except (OSError, RuntimeError) as error:
            self._drop_encoder()
            raise self._unwritable(error) from error
        self._opened.keep()

    def _drop_encoder(self) -> None:
        """What the encoder still holds is not wanted any more."""
        with contextlib.suppress(RuntimeError):
            self._file.close()

    def _check_taken(self) -> None:
        """Raise what the disk said."""
        if self._after is not None and self._after.trouble is not None:
            raise self._after.trouble

    def _unwritable(self, error: Exception) -> UsageError:
        if self._after is not None:
            self._after.close()
        return _error_after_drop(self._output, self._opened, _cause(self._opened.path, error))


class FileAfter:
    """A file as libsndfile wants one, that begins behind something else.

    Attributes:
        trouble: why the disk took no more; None while it takes all
    """

    def __init__(self, fd: int, before: bytes) -> None:
        """Write what comes before.

        Raises:
            OSError: it cannot be written
        """
        self._file = os.fdopen(fd, "r+b", buffering=0)  # a program that is killed leaves all it wrote
        self._file.write(before)
        self._n_before = len(before)
        self.trouble: OSError | None = None

    def write(self, content: bytes) -> int:
        """Append or overwrite; why the disk takes no more is kept: of MP3, libsndfile says nothing."""
        n_taken = 0
        try:
            if self.trouble is not None:
                return 0
            while n_taken < len(content):
                n_taken += self._file.write(content[n_taken:])
        except OSError as error:
            self.trouble = self.trouble or error
        return n_taken

    def read(self, n_bytes: int) -> bytes:
        """Read what was written."""
        return self._file.read(n_bytes)

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Go to a place."""
        return self._file.seek(offset + (self._n_before if whence == os.SEEK_SET else 0), whence) - self._n_before

    def tell(self) -> int:
        """The place where it is."""
        return self._file.tell() - self._n_before

    def flush(self) -> None:
        """Give the system what is held back."""
        self._file.flush()

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()


def _cause(path: Path, error: Exception) -> Exception:
    """What the system says of a file where libsndfile only tells that its encoder had trouble."""
    if isinstance(error, OSError):
        return error
    try:
        with path.open("r+b", buffering=0) as file:  # what is there stays as it is
            n_bytes = file.seek(0, 2)
            try:
                for _ in range(2):  # the first may be taken in part
                    file.write(bytes(PROBE_BYTES))
            finally:
                if path.is_file():
                    file.truncate(n_bytes)
    except OSError as system_error:
        return system_error
    return error


def _error_after_drop(output: OutputFile, opened: OpenedOutput, error: Exception) -> UsageError:
    """What is told of a file that the disk does not take: in place of another it is dropped, else it ends there."""
    refusal = output.refusal(error)
    if not opened.is_draft:
        return refusal
    opened.drop()
    return UsageError(f"{refusal}; what was there is still there")

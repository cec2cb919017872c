"""Songs as files: found in folders, recognised, and decoded block by block, so that memory does not grow with them."""

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from cadencecoach.devices.input_file import check_file, clean_name, open_plain, real_path
from cadencecoach.errors import UsageError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

ENDINGS = (".wav", ".flac", ".ogg", ".oga", ".mp3")
OTHER_ENDINGS = (".m4a", ".aac", ".wma", ".m4b", ".alac", ".aif", ".aiff", ".opus", ".ape", ".mp4")  # named, not read
FORMATS = {"WAV", "WAVEX", "RF64", "W64", "FLAC", "OGG", "MP3"}
WHAT = "song"
MOST_S = 5400.0  # an hour and a half: longer than songs and mixes
MOST_BYTES = 1_000_000_000  # an hour and a half of WAV in two channels
MOST_CHANNELS = 8
N_SIDES = 2
LOWEST_HZ, HIGHEST_HZ = 6_000, 384_000
BLOCK_FRAMES = 65_536
HEAD_BYTES = 4096
LOUDEST = 8.0  # of a file of floats; beyond is damage


@dataclass(frozen=True, slots=True)
class FileMark:
    """By what a file is known to be the one it was.

    Attributes:
        size: bytes
        mtime_ns: when it was written
        head: hash of its beginning
    """

    size: int
    mtime_ns: int
    head: str


def mark_of(path: Path) -> FileMark:
    """The mark of a file as it is now.

    Raises:
        UsageError: it is not there, or no file that can be read
    """
    with open_plain(path, what=WHAT) as file:
        about = os.fstat(file.fileno())
        head = hashlib.sha256(file.read(HEAD_BYTES)).hexdigest()
    return FileMark(about.st_size, about.st_mtime_ns, head)


def songs_under(path: Path, closed: list[Path]) -> Iterator[Path]:
    """The files of a folder, and of those in it, whose names end like songs; a file itself, whatever its name.

    In order of their names; names that begin with a dot are left out.

    Args:
        path: of either
        closed: takes folders that cannot be looked into
    """

    def note(error: OSError) -> None:
        closed.append(Path(error.filename))

    if not path.is_dir():
        yield real_path(path)
        return
    for folder, inner, names in os.walk(real_path(path), onerror=note):
        inner[:] = sorted(name for name in inner if not name.startswith("."))
        for name in sorted(names):
            if name.lower().endswith(ENDINGS) and not name.startswith("."):
                yield real_path(Path(folder, name))


def others_under(path: Path) -> int:
    """How many files of a folder are songs by their names, and in forms that are not read."""
    if not path.is_dir():
        return 0
    return sum(name.lower().endswith(OTHER_ENDINGS) for _, _, names in os.walk(path) for name in names)


def check_song(path: Path) -> None:
    """Refuse what cannot be a song, without opening it.

    Raises:
        UsageError: it is not there, a folder, a device, a pipe, empty or too large
    """
    check_file(path, what=WHAT, may_be_pipe=False)
    n_bytes = path.stat().st_size
    if not n_bytes:
        raise _not_a_song(path, "it is empty")
    if n_bytes > MOST_BYTES:
        most_gb = MOST_BYTES / 1e9
        raise UsageError(f"{clean_name(path)} has {n_bytes / 1e9:.1f} GB; a song may have {most_gb:.0f} GB")


def _not_a_song(path: Path, reason: str) -> UsageError:
    return UsageError(f"{clean_name(path)} is not a WAV, FLAC, OGG or MP3 file: {reason}")


def on_two_sides(block: "NDArray[np.float32]") -> "NDArray[np.float32]":
    """Sound of any number of channels as it is played: shape (frames, 2); what is more than two, from the middle."""
    import numpy as np  # noqa: PLC0415  # where there is music

    middle = block.mean(axis=1, keepdims=True) if block.shape[1] > N_SIDES else block
    return np.repeat(middle, N_SIDES, axis=1) if middle.shape[1] == 1 else middle


class SongSound:
    """A song being decoded. As a context it is closed at the end.

    Attributes:
        fs_hz: frames per second
        n_channels: 1 to 8
    """

    def __init__(self, path: Path) -> None:
        """Open it.

        Raises:
            UsageError: it cannot be read, is no song, or too long
        """
        import soundfile  # noqa: PLC0415  # takes 60 ms and numpy

        check_song(path)
        self._path = path
        try:
            # As bytes, since a name may be none in the system's encoding.
            self._file: Any = soundfile.SoundFile(str(path) if os.name == "nt" else os.fsencode(path))
        except (soundfile.LibsndfileError, RuntimeError, OSError, ValueError) as error:
            raise _not_a_song(path, "it is damaged, or something else") from error
        self.fs_hz, self.n_channels = int(self._file.samplerate), int(self._file.channels)
        try:
            self._check()
        except UsageError:
            self._file.close()
            raise

    def _check(self) -> None:
        name = clean_name(self._path)
        if self._file.format not in FORMATS:
            raise UsageError(f"{name} is not a WAV, FLAC, OGG or MP3 file, but {self._file.format}")
        if self.n_channels > MOST_CHANNELS:
            raise UsageError(f"{name} has {self.n_channels} channels; at most {MOST_CHANNELS} are read")
        if not LOWEST_HZ <= self.fs_hz <= HIGHEST_HZ:
            raise UsageError(f"{name} has {self.fs_hz} Hz; {LOWEST_HZ} to {HIGHEST_HZ} Hz are read")
        if self._file.frames > MOST_S * self.fs_hz:
            raise self._too_long(f"{self._file.frames / self.fs_hz / 60:.0f}")

    def blocks(self) -> "Iterator[NDArray[np.float32]]":
        """The sound, shape (frames, channels), as far as the file can be decoded.

        Raises:
            UsageError: it is damaged from the beginning on, or goes on for longer than it said
        """
        import numpy as np  # noqa: PLC0415  # as above

        n_frames, n_block = 0, max(4096, BLOCK_FRAMES // self.n_channels)
        while True:
            try:
                block = self._file.read(n_block, dtype="float32", always_2d=True)
            except (RuntimeError, OSError) as error:
                if not n_frames:
                    raise UsageError(f"{clean_name(self._path)} is damaged: no sound can be read from it") from error
                return
            if not len(block):
                return
            n_frames += len(block)
            if n_frames > MOST_S * self.fs_hz:
                raise self._too_long(f"more than {MOST_S / 60:.0f}")
            yield np.clip(np.nan_to_num(block, copy=False, posinf=0, neginf=0), -LOUDEST, LOUDEST)

    def _too_long(self, minutes: str) -> UsageError:
        return UsageError(f"{clean_name(self._path)} lasts {minutes} min; a song may last {MOST_S / 60:.0f} min")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

"""Sound of a song at the rate of a stream, read as it is needed: an hour takes no more memory than a minute."""

import math
import weakref
from pathlib import Path

import numpy as np
import soundfile
import soxr  # type: ignore[import-untyped]
from numpy.typing import NDArray

from cadencecoach.devices.input_file import clean_name, open_plain
from cadencecoach.devices.song_file import N_SIDES, on_two_sides
from cadencecoach.errors import UsageError

BLOCK_S = 0.5  # read at a time
BEFORE_S = 0.5  # of the place that is asked for: a splice looks at what came before it


class MusicFile:
    """A song from some place on, for whoever asks for it more or less in order.

    Threads: one at a time.
    """

    def __init__(self, path: Path, *, fs_hz: int, from_s: float, keep_s: float) -> None:
        """Open it.

        Args:
            path: of a WAV, FLAC, OGG or MP3
            fs_hz: frames a second that are asked for
            from_s: in the file, where reading begins
            keep_s: how long what was read can be asked for again
        Raises:
            UsageError: it is not there, or no sound
        """
        self._raw = open_plain(path, what="song")
        weakref.finalize(self, self._raw.close)  # whoever plays it lets go of it without a word
        try:
            self._file = soundfile.SoundFile(self._raw)
            # Where both rates have a frame, so that a frame here is a frame of the file, wherever reading begins.
            step = self._file.samplerate // math.gcd(self._file.samplerate, fs_hz)
            begins = max(0, math.floor((from_s - BEFORE_S) * self._file.samplerate / step) * step)
            self._file.seek(min(begins, self._file.frames // step * step))
        except (soundfile.LibsndfileError, RuntimeError, OSError) as error:
            raise UsageError(f"{clean_name(path)}: cannot be read as sound: {error}") from error
        self._to_rate = soxr.ResampleStream(self._file.samplerate, fs_hz, N_SIDES, dtype="float32")
        self._keep_frames = round(keep_s * fs_hz)
        self._first = self._file.tell() * fs_hz // self._file.samplerate
        self._blocks = np.zeros((0, N_SIDES), np.float32)
        self._has_ended = False

    def window(self, first: int, end: int) -> NDArray[np.float32]:
        """Frames first..end-1 of the file at the rate asked for, shape (frames, 2); silence where it has none."""
        while self._first + len(self._blocks) < end and not self._has_ended:
            self._read()
        out = np.zeros((max(0, end - first), N_SIDES), np.float32)
        begin, stop = max(first, self._first), min(end, self._first + len(self._blocks))
        if begin < stop:
            out[begin - first : stop - first] = self._blocks[begin - self._first : stop - self._first]
        n_old = len(self._blocks) - 2 * self._keep_frames
        if n_old > 0:
            self._blocks = self._blocks[n_old + self._keep_frames :]
            self._first += n_old + self._keep_frames
        return out

    def _read(self) -> None:
        """Take in the next block; a file that breaks off ends there."""
        try:
            block = self._file.read(round(BLOCK_S * self._file.samplerate), dtype="float32", always_2d=True)
        except (soundfile.LibsndfileError, RuntimeError, OSError):
            block = np.zeros((0, self._file.channels), np.float32)
        self._has_ended = len(block) == 0
        block = np.nan_to_num(on_two_sides(block), posinf=0.0, neginf=0.0)
        heard = self._to_rate.resample_chunk(np.ascontiguousarray(block), last=self._has_ended)
        self._blocks = np.concatenate((self._blocks, heard))

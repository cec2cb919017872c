"""Spoken clips kept on disk, so that a plan's words are synthesised once and never again.

One file a clip, 16 bit at 48 kHz, named by everything that made it. Files are written whole or not at all; what cannot
be read is as good as not there; an empty clip is never kept.
"""

import contextlib
import hashlib
import sys
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from cadencecoach.devices.private_file import write_private

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FORM = "1"  # of the files; counts up when they change
FULL_SCALE = 32767
SAMPLE_BYTES = 2


class Speaker(Protocol):
    """Whoever turns texts into samples."""

    def prepare(self, texts: Iterable[str]) -> "Mapping[str, NDArray[np.float32]]":
        """Mono samples at 48 kHz, by text."""

    def close(self) -> None:
        """End it."""


class CachedVoice:
    """A voice that is asked only for what was never asked before.

    Args:
        open_voice: starts the voice; not called while the disk has everything
        made_by: engine, version, voice and rate: everything that changes the sound of a text
        folder: where the clips are kept; None keeps none
    """

    def __init__(self, open_voice: Callable[[], Speaker], *, made_by: str, folder: Path | None) -> None:
        """Nothing is opened yet."""
        self._open = open_voice
        self._made_by = made_by
        self._folder = folder
        self._voice: Speaker | None = None

    def prepare(self, texts: Iterable[str]) -> "dict[str, array[int]]":
        """Each text spoken, the same to the bit whether it was kept or is new.

        Raises:
            DeviceError: something is new and the voice cannot speak
        """
        asked = list(dict.fromkeys(texts))
        kept = {text: clip for text in asked if (clip := self.load_kept(text)) is not None}
        missing = [text for text in asked if text not in kept]
        return {**kept, **dict(self._new(missing))}

    def keep(self, texts: Iterable[str]) -> dict[str, int]:
        """Have texts on the disk, and in memory one at a time; the frames of each that is there then.

        Raises:
            DeviceError: something is new and the voice cannot speak
        """
        asked = list(dict.fromkeys(texts))
        n_frames = {text: n for text in asked if (n := self._n_kept(text))}
        missing = [text for text in asked if text not in n_frames]
        for text, _ in self._new(missing):
            n_frames[text] = self._n_kept(text)
        return {text: n for text, n in n_frames.items() if n}

    def load_kept(self, text: str) -> "array[int] | None":
        """The clip of a text that is on the disk; None where there is none, or nothing whole."""
        path = self.path_of(text)
        try:
            payload = b"" if path is None else path.read_bytes()
        except OSError:
            return None
        if not payload or len(payload) % SAMPLE_BYTES:
            return None
        return _in_own_order(array("h", payload))

    def close(self) -> None:
        """End the voice, if it was ever needed."""
        if self._voice is not None:
            self._voice.close()
            self._voice = None

    def path_of(self, text: str) -> Path | None:
        """Where a text's clip is kept; None where there is no home."""
        if self._folder is None:
            return None
        name = hashlib.sha256(f"{FORM}\0{self._made_by}\0{text}".encode(errors="replace")).hexdigest()
        return self._folder / f"{name}.pcm"

    def _new(self, texts: list[str]) -> "Iterator[tuple[str, array[int]]]":
        """Texts that nobody kept, spoken one by one and kept."""
        if texts:
            self._voice = self._voice or self._open()
        for text in texts:
            for said, samples in self._voice.prepare([text]).items() if self._voice else ():
                yield said, self._keep(said, samples)

    def _n_kept(self, text: str) -> int:
        """Frames of the clip of a text on the disk, without reading it; 0 where there is none, or nothing whole."""
        path = self.path_of(text)
        try:
            n_bytes = 0 if path is None else path.stat().st_size
        except OSError:
            return 0
        return 0 if n_bytes % SAMPLE_BYTES else n_bytes // SAMPLE_BYTES

    def _keep(self, text: str, samples: "NDArray[np.float32]") -> "array[int]":
        clip = clip_of(samples)
        path = self.path_of(text)
        if len(clip) and path is not None:
            with contextlib.suppress(OSError):  # a full or read-only disk: the words are said all the same
                write_private(path, _in_own_order(clip[:]).tobytes(), sync=lambda _: None)
        return clip


def clip_of(samples: "NDArray[np.float32]") -> "array[int]":
    """Floats in -1..1 as a clip: 16 bit, which is what a disk keeps and half of what floats take."""
    import numpy as np  # noqa: PLC0415  # what is kept needs no numpy

    return array("h", np.rint(np.clip(samples, -1.0, 1.0) * FULL_SCALE).astype(np.int16).tobytes())


def _in_own_order(clip: "array[int]") -> "array[int]":
    """The same from the order of bytes on the disk, little-endian, to this machine's, or back; in place."""
    if sys.byteorder == "big":
        clip.byteswap()
    return clip

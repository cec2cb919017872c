"""Spoken clips kept on disk, so that a plan's words are synthesised once and never again.

One file a clip, 16 bit at 48 kHz, named by everything that made it. Files are written whole or not at all; what cannot
be read is as good as not there; an empty clip is never kept.
"""

import contextlib
import hashlib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from cadencecoach.devices.private_file import write_private

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FORM = "1"  # of the files; counts up when they change
FULL_SCALE = 32767


class Speaker(Protocol):
    """Whoever turns texts into clips."""

    def prepare(self, texts: Iterable[str]) -> "Mapping[str, NDArray[np.float32]]":
        """Mono clips at 48 kHz, by text."""

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

    def prepare(self, texts: Iterable[str]) -> "dict[str, NDArray[np.float32]]":
        """Each text spoken, the same to the bit whether it was kept or is new.

        Raises:
            DeviceError: something is new and the voice cannot speak
        """
        asked = list(dict.fromkeys(texts))
        kept = {text: clip for text in asked if (clip := self._kept(text)) is not None}
        missing = [text for text in asked if text not in kept]
        if missing:
            self._voice = self._voice or self._open()
            for text, clip in self._voice.prepare(missing).items():
                kept[text] = self._keep(text, clip)
        return kept

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

    def _kept(self, text: str) -> "NDArray[np.float32] | None":
        import numpy as np  # noqa: PLC0415  # a session without sound goes without numpy

        path = self.path_of(text)
        try:
            payload = b"" if path is None else path.read_bytes()
        except OSError:
            return None
        if not payload or len(payload) % 2:
            return None
        return np.frombuffer(payload, "<i2").astype(np.float32) / np.float32(FULL_SCALE)

    def _keep(self, text: str, clip: "NDArray[np.float32]") -> "NDArray[np.float32]":
        import numpy as np  # noqa: PLC0415

        samples = np.rint(np.clip(clip, -1.0, 1.0) * FULL_SCALE).astype("<i2")
        path = self.path_of(text)
        if len(samples) and path is not None:
            with contextlib.suppress(OSError):  # a full or read-only disk: the words are said all the same
                write_private(path, samples.tobytes(), sync=lambda _: None)
        return np.asarray(samples.astype(np.float32) / np.float32(FULL_SCALE), np.float32)

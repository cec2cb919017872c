"""The words that come with the program: one sound file a language and an index, for a machine without any voice.

Numbers are spliced: "94 percent on target" is the number and the rest. `python tools/make_clips.py` renders both files.
"""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cadencecoach.devices.voices.cache import clip_of
from cadencecoach.errors import DeviceError, Reason

if TYPE_CHECKING:
    from array import array

    import numpy as np
    from numpy.typing import NDArray

    Samples = NDArray[np.float32]

JOIN_S = 0.03  # between the pieces of a spliced phrase: less runs together, more falls apart
FS_HZ = 48_000


class ClipBank:
    """The clips of one language, read when they are asked for.

    The index holds `clips`, {text: [first frame, frame after the last]}, and `templates`, [[before, after]]: phrases
    with a number between two pieces, each of them, if it is not empty, a clip too.
    """

    def __init__(self, folder: Path, language: str) -> None:
        """Read the index.

        Raises:
            DeviceError: there are no words in this language
        """
        self._sound = folder / f"words.{language}.ogg"
        try:
            index: Any = json.loads((folder / f"words.{language}.json").read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise DeviceError(f"no recorded words in {language!r}", Reason.NO_DEVICE) from error
        self._clips: dict[str, list[int]] = index["clips"]
        self._templates: list[list[str]] = index["templates"]

    def prepare(self, texts: Iterable[str]) -> "dict[str, array[int]]":
        """The texts that can be said; the others are left out.

        Raises:
            DeviceError: the sound file cannot be read
        """
        pieces = {text: self.pieces(text) for text in dict.fromkeys(texts)}
        whole = self._samples() if any(pieces.values()) else None
        return {} if whole is None else {text: self._splice(whole, parts) for text, parts in pieces.items() if parts}

    def keep(self, texts: Iterable[str]) -> Mapping[str, int]:  # noqa: ARG002  # as other voices
        """None: to find a word in the file, all that stand before it are read."""
        return {}

    def load_kept(self, text: str) -> "array[int] | None":  # noqa: ARG002  # likewise
        """None, since nothing is kept."""
        return None

    def close(self) -> None:
        """Nothing is open."""

    def pieces(self, text: str) -> list[str]:
        """The clips a text is made of, none if it cannot be said."""
        for same in (text, text.removesuffix(".")):  # a number is recorded without its full stop
            if same in self._clips:
                return [same]
        for before, after in self._templates:
            number = text[len(before) : len(text) - len(after)]
            if text == f"{before}{number}{after}" and number in self._clips:
                return [piece for piece in (before, number, after) if piece]
        return []

    def _samples(self) -> "Samples":
        import numpy as np  # noqa: PLC0415  # a session without sound goes without numpy

        try:
            import soundfile  # noqa: PLC0415

            samples, fs_hz = soundfile.read(self._sound, dtype="float32")
        except (OSError, ImportError, RuntimeError) as error:  # LibsndfileError is a RuntimeError
            raise DeviceError(f"the recorded words cannot be read: {error}", Reason.LIBRARY_MISSING) from error
        assert fs_hz == FS_HZ
        return np.asarray(samples, np.float32)

    def _splice(self, whole: "Samples", pieces: list[str]) -> "array[int]":
        import numpy as np  # noqa: PLC0415

        gap = np.zeros(round(JOIN_S * FS_HZ), np.float32)
        parts = [whole[slice(*self._clips[piece])] for piece in pieces]
        return clip_of(np.concatenate([part for clip in parts for part in (gap, clip)][1:]))

"""Clips for the sentences a session says: from the voice process, loaded into the engine, their lengths remembered."""

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Protocol

from cadencecoach.errors import DeviceError
from cadencecoach.plan.phrasebook import ENGLISH, Phrasebook
from cadencecoach.plan.screen_texts import filled
from cadencecoach.sound.speech_text import spoken

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Clip = NDArray[np.float32]


class Synthesiser(Protocol):
    """Turns texts into clips; `live.audio.voices.LayeredVoice` is one."""

    @property
    def trouble(self) -> str | None:
        """Why it is not the voice that was chosen; None while it is."""

    def prepare(self, texts: Iterable[str]) -> "Mapping[str, Clip]":
        """Mono clips at the engine's rate, by text; a text that cannot be said may be left out."""

    def close(self) -> None:
        """End it."""


class Speech:
    """The clips of one session.

    Args:
        voice: None where there is none; then every length of a sentence is None and earcons stand in
        bank: the clips that come with the program, by name
        load: takes a new clip to the engine
        fs_hz: of the clips
        book: whose numbers and signs are read out
    """

    def __init__(
        self,
        voice: Synthesiser | None,
        *,
        bank: "Mapping[str, Clip]",
        load: "Callable[[str, Clip], None]",
        fs_hz: int,
        book: Phrasebook = ENGLISH,
    ) -> None:
        """Know the bank, and no sentence yet."""
        self._voice = voice
        self._load = load
        self._fs_hz = fs_hz
        self._book = book
        self._refused: set[str] = set()
        self._lengths_s = {name: len(clip) / fs_hz for name, clip in bank.items()}
        self._trouble: str | None = None

    @property
    def trouble(self) -> str | None:
        """Why there is no voice, or another than was chosen, for a person to read; None while all is well."""
        return self._trouble or (None if self._voice is None else self._voice.trouble)

    def prepare(self, sentences: Iterable[str]) -> None:
        """Have sentences ready; a voice that fails is not asked again."""
        known = self._lengths_s.keys() | self._refused
        new = [sentence for sentence in dict.fromkeys(sentences) if sentence not in known]
        if self._voice is None or not new:
            return
        texts = {sentence: spoken(sentence, self._book) for sentence in new}
        try:
            clips = self._voice.prepare(texts.values())
        except DeviceError as error:
            self._voice.close()
            self._voice = None
            self._trouble = filled(self._book.screen.no_voice, reason=error)
            return
        for sentence, text in texts.items():
            if text not in clips:  # recorded words are not all words
                self._refused.add(sentence)
                continue
            self._load(sentence, clips[text])
            self._lengths_s[sentence] = len(clips[text]) / self._fs_hz

    def length_s(self, name: str) -> float | None:
        """Length of what is ready; None for what is not."""
        return self._lengths_s.get(name)

    def length_when_asked_s(self, sentence: str) -> float | None:
        """The same, but made ready now if it is not: in virtual time there is no hurry."""
        if sentence not in self._lengths_s:
            self.prepare((sentence,))
        return self._lengths_s.get(sentence)

    def close(self) -> None:
        """End the voice."""
        if self._voice is not None:
            self._voice.close()
            self._voice = None

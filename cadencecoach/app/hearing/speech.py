"""Clips for the sentences a session says: from the voice process, loaded into the engine, their lengths remembered."""

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Protocol

from cadencecoach.app.opening.settings import VoiceTable
from cadencecoach.devices.voice import Voice, VoiceSettings
from cadencecoach.errors import DeviceError
from cadencecoach.sound.speech_text import spoken

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Clip = NDArray[np.float32]


class Synthesiser(Protocol):
    """Turns texts into clips; `devices.voice.Voice` is one."""

    def prepare(self, texts: Iterable[str]) -> "Mapping[str, Clip]":
        """Mono clips at the engine's rate, by text."""

    def close(self) -> None:
        """End it."""


class Speech:
    """The clips of one session.

    Args:
        voice: None where there is none; then every length of a sentence is None and earcons stand in
        bank: the clips that come with the program, by name
        load: takes a new clip to the engine
        fs_hz: of the clips

    Attributes:
        trouble: why there is no voice, for a person to read; None while there is one
    """

    def __init__(
        self,
        voice: Synthesiser | None,
        *,
        bank: "Mapping[str, Clip]",
        load: "Callable[[str, Clip], None]",
        fs_hz: int,
    ) -> None:
        """Know the bank, and no sentence yet."""
        self._voice = voice
        self._load = load
        self._fs_hz = fs_hz
        self._lengths_s = {name: len(clip) / fs_hz for name, clip in bank.items()}
        self.trouble: str | None = None

    def prepare(self, sentences: Iterable[str]) -> None:
        """Have sentences ready; a voice that fails is not asked again."""
        new = [sentence for sentence in dict.fromkeys(sentences) if sentence not in self._lengths_s]
        if self._voice is None or not new:
            return
        texts = {sentence: spoken(sentence) for sentence in new}
        try:
            clips = self._voice.prepare(texts.values())
        except DeviceError as error:
            self._voice.close()
            self._voice = None
            self.trouble = f"no voice, tones instead: {error}"
            return
        for sentence, text in texts.items():
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


def open_voice(table: VoiceTable) -> Voice | None:
    """The voice of the settings; None where its process cannot even be started."""
    try:
        return Voice(VoiceSettings(language=table.language, rate_wpm=table.rate_wpm))
    except DeviceError:
        return None

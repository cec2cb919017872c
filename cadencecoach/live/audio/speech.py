"""Clips for the sentences a session says: from the voice process, loaded into the engine, their lengths remembered."""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Protocol

from cadencecoach.errors import DeviceError
from cadencecoach.plan.forms import fill
from cadencecoach.plan.phrasebook import ENGLISH, Phrasebook
from cadencecoach.sound.speech_text import spoken_text

if TYPE_CHECKING:
    from array import array


class Words(Protocol):
    """Turns texts into clips."""

    def prepare(self, texts: Iterable[str]) -> "Mapping[str, array[int]]":
        """Mono clips of 16 bit at 48 kHz, by text; a text that cannot be said may be left out."""

    def keep(self, texts: Iterable[str]) -> Mapping[str, int]:
        """Have texts on the disk; the frames of each that is there then, so that `load_kept` finds it."""

    def load_kept(self, text: str) -> "array[int] | None":
        """The clip of a text that was kept; None where it can no longer be read. Asks no voice."""

    def close(self) -> None:
        """End it."""


class Synthesiser(Words, Protocol):
    """Words by whoever can say them; `live.audio.voices.LayeredVoice` is one."""

    @property
    def trouble(self) -> str | None:
        """Why it is not the voice that was chosen; None while it is."""


class Speech:
    """The clips of one session.

    Args:
        voice: None where there is none; then every length of a sentence is None and earcons stand in
        lengths_s: of the clips that come with the program, by name
        load: takes a new clip to the engine
        fs_hz: of the clips
        book: whose numbers and signs are read out
    """

    def __init__(
        self,
        voice: Synthesiser | None,
        *,
        lengths_s: Mapping[str, float],
        load: "Callable[[str, array[int]], None]",
        fs_hz: int,
        book: Phrasebook = ENGLISH,
    ) -> None:
        """Know the bank, and no sentence yet."""
        self._voice = voice
        self._load = load
        self._fs_hz = fs_hz
        self._book = book
        self._refused: set[str] = set()
        self._lengths_s = dict(lengths_s)
        self._later: dict[str, str] = {}  # sentences on the disk, and as they are spoken
        self._kept: Callable[[str], array[int] | None] = lambda _: None
        self._trouble: str | None = None

    @property
    def trouble(self) -> str | None:
        """Why there is no voice, or another than was chosen, for a person to read; None while all is well."""
        return self._trouble or (None if self._voice is None else self._voice.trouble)

    def prepare(self, sentences: Iterable[str], counted: Collection[str] = ()) -> None:
        """Have sentences ready; a voice that fails is not asked again.

        Args:
            sentences: all of them
            counted: those that stand for every number there may be; of most of them nobody hears anything, so they
                stay on the disk, where the voice keeps its clips there, until their length is asked for
        """
        known = self._lengths_s.keys() | self._refused
        new = [sentence for sentence in dict.fromkeys(sentences) if sentence not in known]
        if self._voice is None or not new:
            return
        texts = {sentence: spoken_text(sentence, self._book) for sentence in new}
        try:
            n_frames = self._voice.keep([texts[sentence] for sentence in new if sentence in counted]) if counted else {}
            clips = self._voice.prepare([text for text in texts.values() if text not in n_frames])
        except DeviceError as error:
            self._voice.close()
            self._voice = None
            self._trouble = fill(self._book.screen.no_voice, reason=error)
            return
        self._kept = self._voice.load_kept
        for sentence, text in texts.items():
            if text in n_frames:
                self._later[sentence] = text
                self._lengths_s[sentence] = n_frames[text] / self._fs_hz
            elif text in clips:
                self._take(sentence, clips[text])
            else:  # recorded words are not all words
                self._refused.add(sentence)

    def length_s(self, name: str) -> float | None:
        """Length of what is ready; None for what is not. What is on the disk is loaded: it is about to be heard."""
        if name in self._later:
            clip = self._kept(self._later.pop(name))
            if clip is None:  # somebody emptied the disk's cache: a tone stands in
                del self._lengths_s[name]
            else:
                self._take(name, clip)
        return self._lengths_s.get(name)

    def length_when_asked_s(self, sentence: str) -> float | None:
        """The same, but made ready now if it is not: in virtual time there is no hurry."""
        if sentence not in self._lengths_s:
            self.prepare((sentence,))
        return self._lengths_s.get(sentence)

    def close(self) -> None:
        """End the voice; what it has kept is still found."""
        if self._voice is not None:
            self._voice.close()
            self._voice = None

    def _take(self, sentence: str, clip: "array[int]") -> None:
        self._load(sentence, clip)
        self._lengths_s[sentence] = len(clip) / self._fs_hz

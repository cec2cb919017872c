from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import numpy as np

from cadencecoach.errors import DeviceError, Reason
from cadencecoach.live.audio.speech import Speech

if TYPE_CHECKING:
    from numpy.typing import NDArray

FS_HZ = 1000
BANK = {"count": np.zeros(100, np.float32)}


class SlowVoice:
    """A synthesiser that speaks 10 ms a letter, and keeps what it was asked."""

    trouble = None

    def __init__(self) -> None:
        """Not asked yet."""
        self.asked: list[tuple[str, ...]] = []
        self.n_closed = 0

    def prepare(self, texts: Iterable[str]) -> "Mapping[str, NDArray[np.float32]]":
        """Silence as long as the words."""
        self.asked.append(tuple(texts))
        return {text: np.zeros(10 * len(text), np.float32) for text in self.asked[-1]}

    def close(self) -> None:
        """End it."""
        self.n_closed += 1


class HoarseVoice(SlowVoice):
    """A synthesiser that cannot speak."""

    def prepare(self, texts: Iterable[str]) -> "Mapping[str, NDArray[np.float32]]":
        """It tries."""
        super().prepare(texts)
        raise DeviceError("the voice cannot speak", Reason.NOT_RESPONDING)


def speech_of(voice: SlowVoice | None) -> tuple[Speech, dict[str, int]]:
    """Speech, and what it has loaded into the engine with its length in frames."""
    loaded: dict[str, int] = {}

    def load(name: str, clip: "NDArray[np.float32]") -> None:
        assert name not in loaded
        loaded[name] = len(clip)

    return Speech(voice, bank=BANK, load=load, fs_hz=FS_HZ), loaded


def test_sentences_are_prepared_together_and_known_by_their_text() -> None:
    """One question to the voice; the engine has each clip before anybody asks for its length."""
    voice = SlowVoice()
    speech, loaded = speech_of(voice)
    speech.prepare(["Quicker.", "Walk."])
    assert len(voice.asked) == 1
    assert set(loaded) == {"Quicker.", "Walk."}
    assert speech.length_s("Quicker.") == loaded["Quicker."] / FS_HZ


def test_each_sentence_is_prepared_once() -> None:
    """Named twice, asked for again, or a sound of the bank: the voice is not troubled."""
    voice = SlowVoice()
    speech, _ = speech_of(voice)
    speech.prepare(["Quicker.", "Quicker.", "count"])
    speech.prepare(["Quicker."])
    speech.length_when_asked_s("Quicker.")
    assert [len(texts) for texts in voice.asked] == [1]


def test_a_sentence_may_be_made_ready_when_asked() -> None:
    """In virtual time: unknown to `length_s`, ready for `length_when_asked_s`."""
    speech, loaded = speech_of(SlowVoice())
    assert speech.length_s("Walk.") is None
    assert speech.length_when_asked_s("Walk.") == loaded["Walk."] / FS_HZ


def test_a_voice_that_fails_is_closed_and_not_asked_again() -> None:
    """The reason is kept for a person to read; tones stay known, sentences do not become so."""
    voice = HoarseVoice()
    speech, loaded = speech_of(voice)
    speech.prepare(["Quicker."])
    speech.prepare(["Walk."])
    assert speech.length_when_asked_s("Walk.") is None
    assert len(voice.asked) == 1
    assert voice.n_closed == 1
    assert loaded == {}
    assert speech.trouble == "no voice, tones instead: the voice cannot speak"
    assert speech.length_s("count") == 0.1


def test_closing_ends_the_voice_once() -> None:
    """A second close, or one after a failure, does nothing."""
    voice = SlowVoice()
    speech, _ = speech_of(voice)
    speech.close()
    speech.close()
    assert voice.n_closed == 1


def test_without_a_voice_only_the_bank_is_known() -> None:
    """No trouble to tell either: nobody failed."""
    speech, _ = speech_of(None)
    speech.prepare(["Walk."])
    assert speech.length_s("Walk.") is None
    assert speech.length_s("count") == 0.1
    assert speech.trouble is None

from array import array
from collections.abc import Iterable, Mapping

from cadencecoach.errors import DeviceError, Reason
from cadencecoach.live.audio.speech import Speech

FS_HZ = 1000
LENGTHS_S = {"count": 0.1}


class SlowVoice:
    """A synthesiser that speaks 10 ms a letter, and keeps what it was asked."""

    trouble = None

    def __init__(self) -> None:
        """Not asked yet."""
        self.asked: list[tuple[str, ...]] = []
        self.n_closed = 0

    def prepare(self, texts: Iterable[str]) -> "Mapping[str, array[int]]":
        """Silence as long as the words."""
        self.asked.append(tuple(texts))
        return {text: array("h", bytes(20 * len(text))) for text in self.asked[-1]}

    def keep(self, texts: Iterable[str]) -> Mapping[str, int]:  # noqa: ARG002  # the face
        """It keeps nothing."""
        return {}

    def load_kept(self, text: str) -> "array[int] | None":  # noqa: ARG002  # the face
        """None, since nothing is kept."""
        return None

    def close(self) -> None:
        """End it."""
        self.n_closed += 1


class HoarseVoice(SlowVoice):
    """A synthesiser that cannot speak."""

    def prepare(self, texts: Iterable[str]) -> "Mapping[str, array[int]]":
        """It tries."""
        super().prepare(texts)
        raise DeviceError("the voice cannot speak", Reason.NOT_RESPONDING)


def speech_of(voice: SlowVoice | None) -> tuple[Speech, dict[str, int]]:
    """Speech, and what it has loaded into the engine with its length in frames."""
    loaded: dict[str, int] = {}

    def load(name: str, clip: "array[int]") -> None:
        assert name not in loaded
        loaded[name] = len(clip)

    return Speech(voice, lengths_s=LENGTHS_S, load=load, fs_hz=FS_HZ), loaded


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


class KeepingVoice(SlowVoice):
    """A synthesiser with a disk."""

    def __init__(self) -> None:
        """Nothing is kept yet."""
        super().__init__()
        self.disk: dict[str, array[int]] = {}
        self.read: list[str] = []

    def keep(self, texts: Iterable[str]) -> Mapping[str, int]:  # the face
        """All of them are."""
        self.disk = {text: array("h", bytes(20 * len(text))) for text in texts}
        return {text: len(clip) for text, clip in self.disk.items()}

    def load_kept(self, text: str) -> "array[int] | None":  # the face
        """The clip, if nobody has emptied the disk."""
        self.read.append(text)
        return self.disk.get(text)


def test_counted_sentences_stay_on_the_disk_until_they_are_said() -> None:
    """Of all numbers few are: one is read and loaded when its length is asked for, and once."""
    voice = KeepingVoice()
    speech, loaded = speech_of(voice)
    speech.prepare(["Walk.", "171.", "172."], {"171.", "172."})
    assert (set(loaded), voice.asked) == ({"Walk."}, [("Walk.",)])
    speech.close()
    assert [speech.length_s("172."), speech.length_s("172.")] == [0.05, 0.05]
    assert (set(loaded), voice.read) == ({"Walk.", "172."}, ["1 72."])


def test_a_counted_sentence_that_is_gone_from_the_disk_is_not_ready() -> None:
    """A tone stands in for it, as for any that has no clip; the others are there."""
    voice = KeepingVoice()
    speech, loaded = speech_of(voice)
    speech.prepare(["171.", "172."], {"171.", "172."})
    del voice.disk["1 71."]
    assert [speech.length_s("171."), speech.length_s("171."), speech.length_s("172.")] == [None, None, 0.05]
    assert set(loaded) == {"172."}


def test_a_voice_without_a_disk_has_counted_sentences_ready_too() -> None:
    """In one question with the others."""
    voice = SlowVoice()
    speech, loaded = speech_of(voice)
    speech.prepare(["Walk.", "171."], {"171."})
    assert voice.asked == [("Walk.", "1 71.")]
    assert set(loaded) == {"Walk.", "171."}

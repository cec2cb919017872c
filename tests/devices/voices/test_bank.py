"""The words that come with the program: all that a session says by itself, in every language."""

import json
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import numpy as np
import pytest
from numpy.typing import NDArray
from sampling import slow_but

from cadencecoach.coach.phrases import metronome_vocabulary, vocabulary
from cadencecoach.devices.assets import asset
from cadencecoach.devices.voices.bank import JOIN_S, ClipBank
from cadencecoach.errors import DeviceError
from cadencecoach.plan.model import MeasuredBaseline, Plan
from cadencecoach.sound.speech_text import spoken_text
from cadencecoach.store.machine import NO_MACHINE
from cadencecoach.store.phrases import find_phrasebook
from cadencecoach.store.settings import VoiceTable

Clip = NDArray[np.float64]
NOTHING = Plan(name="", about="", sha256="", baseline=MeasuredBaseline(), stages=())


@pytest.mark.parametrize("language", slow_but(["en", "de", "fr", "es"], "en"))
def test_every_sentence_that_is_not_the_authors_can_be_said(language: str) -> None:
    """Phrases, numbers from 60 to 260, percents and minutes."""
    book = find_phrasebook(NO_MACHINE, VoiceTable(language=language))
    bank = ClipBank(asset("sounds"), language)
    sayable = [*vocabulary(NOTHING, book), *metronome_vocabulary(book, 60.0, 3600.0)]
    assert [text for text in sayable if not bank.pieces(spoken_text(text, book))] == []


@pytest.fixture(scope="module")
def said() -> Mapping[str, Clip]:
    """Some English words; the file is a second's work to read, however few they are."""
    words = ["Quicker, lighter steps.", "1 74.", "1 minute.", "Session over.", "94 percent on target.", "94."]
    clips = ClipBank(asset("sounds"), "en").prepare(words)
    return MappingProxyType({text: np.asarray(clip) / 32_767 for text, clip in clips.items()})


@pytest.mark.slow
@pytest.mark.parametrize("text", ["Quicker, lighter steps.", "1 74.", "1 minute.", "Session over."])
def test_a_clip_is_words_and_not_silence(said: Mapping[str, Clip], text: str) -> None:
    """A third of a second to three, and at both ends of the file as in the middle."""
    clip = said[text]
    assert 0.3 < len(clip) / 48_000 < 3
    assert np.abs(clip).max() > 0.1
    assert np.sqrt(np.mean(clip**2)) > 0.02


def test_a_number_is_spliced_into_its_phrase() -> None:
    """The percent, and the rest."""
    assert ClipBank(asset("sounds"), "en").pieces("94 percent on target.") == ["94", " percent on target."]


@pytest.mark.slow
def test_there_is_a_short_breath_between_the_pieces(said: Mapping[str, Clip]) -> None:
    """As somebody who counts aloud takes it."""
    assert len(said["94 percent on target."]) > len(said["94."]) + JOIN_S * 48_000


def test_what_is_not_recorded_is_left_out() -> None:
    """An author's words, and a number out of range."""
    assert ClipBank(asset("sounds"), "en").prepare(["Relax your shoulders.", "3 27."]) == {}


def test_a_language_without_recordings_is_said(tmp_path: Path) -> None:
    """No index, or one that is none."""
    with pytest.raises(DeviceError, match="no recorded words in 'sv'"):
        ClipBank(asset("sounds"), "sv")
    (tmp_path / "words.en.json").write_text("{")
    with pytest.raises(DeviceError, match="no recorded words"):
        ClipBank(tmp_path, "en")


def test_a_sound_file_that_is_gone_is_said(tmp_path: Path) -> None:
    """The index alone says nothing."""
    (tmp_path / "words.en.json").write_text(json.dumps({"clips": {"Walk.": [0, 10]}, "templates": []}))
    with pytest.raises(DeviceError, match="cannot be read"):
        ClipBank(tmp_path, "en").prepare(["Walk."])

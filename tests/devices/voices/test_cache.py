"""Spoken clips on disk: asked once, the same to the bit for ever, and never half a one."""

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from cadencecoach.devices.voices.cache import CachedVoice, clip_of
from cadencecoach.errors import DeviceError, Reason


class CountingVoice:
    """Speaks a short tone, and counts."""

    def __init__(self) -> None:
        """Not asked yet."""
        self.asked: list[str] = []
        self.n_closed = 0

    def prepare(self, texts: Iterable[str]) -> dict[str, NDArray[np.float32]]:
        """A tone as long as the text."""
        new = list(texts)
        self.asked += new
        return {text: np.sin(np.arange(10 * len(text)) / 7).astype(np.float32) for text in new}

    def close(self) -> None:
        """End it."""
        self.n_closed += 1


def cached(folder: Path, voice: CountingVoice, made_by: str = "test 1") -> CachedVoice:
    """A voice with a cache in a folder."""
    return CachedVoice(lambda: voice, made_by=made_by, folder=folder)


def test_a_text_is_spoken_once_on_a_machine(tmp_path: Path) -> None:
    """A second session asks nobody and gets the same samples, to the bit."""
    first, second = CountingVoice(), CountingVoice()
    new = cached(tmp_path, first).prepare(["Walk.", "1 74."])
    kept = cached(tmp_path, second).prepare(["1 74.", "Walk."])
    assert second.asked == []
    assert new == kept


def test_only_what_is_missing_is_asked_for(tmp_path: Path) -> None:
    """In one question."""
    voice = CountingVoice()
    cached(tmp_path, voice).prepare(["a."])
    cached(tmp_path, voice).prepare(["a.", "b.", "b.", "c."])
    assert voice.asked == ["a.", "b.", "c."]


def test_another_engine_voice_or_rate_is_another_clip(tmp_path: Path) -> None:
    """What made it is part of the name."""
    voice = CountingVoice()
    for made_by in ("espeak 1 en 175", "espeak 1 en 180", "espeak 2 en 175"):
        cached(tmp_path, voice, made_by).prepare(["a."])
    assert voice.asked == ["a."] * 3


@pytest.mark.parametrize("payload", [b"", b"\1"])
def test_what_is_torn_is_spoken_again(tmp_path: Path, payload: bytes) -> None:
    """An empty file, or half a sample, is as good as none."""
    voice = CountingVoice()
    one = cached(tmp_path, voice)
    one.prepare(["a."])
    path = one.path_of("a.")
    assert path is not None
    path.write_bytes(payload)
    assert len(one.prepare(["a."])["a."]) == 20
    assert voice.asked == ["a.", "a."]


def test_an_empty_clip_is_never_kept(tmp_path: Path) -> None:
    """An engine that fell silent is asked again next time."""
    voice = CountingVoice()
    cached(tmp_path, voice).prepare([""])
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_keeps_nobody_from_speaking(tmp_path: Path) -> None:
    """The words are said all the same."""
    (tmp_path / "file").write_text("in the way")
    clips = cached(tmp_path / "file", CountingVoice()).prepare(["a."])
    assert len(clips["a."]) == 20


def test_no_voice_is_opened_while_the_disk_has_everything(tmp_path: Path) -> None:
    """Nor closed."""

    def refused() -> CountingVoice:
        raise DeviceError("no voice here", Reason.NO_DEVICE)

    cached(tmp_path, CountingVoice()).prepare(["a."])
    late = CachedVoice(refused, made_by="test 1", folder=tmp_path)
    assert len(late.prepare(["a."])["a."]) == 20
    late.close()
    with pytest.raises(DeviceError, match="no voice here"):
        late.prepare(["b."])


def test_closing_ends_the_voice_once(tmp_path: Path) -> None:
    """A second close does nothing."""
    voice = CountingVoice()
    one = cached(tmp_path, voice)
    one.prepare(["a."])
    one.close()
    one.close()
    assert voice.n_closed == 1


def test_what_is_to_be_kept_is_on_the_disk_and_found_there(tmp_path: Path) -> None:
    """With its number of frames, whether it is new or not; found without the voice, and the same as prepared."""
    voice = CountingVoice()
    one = cached(tmp_path, voice)
    clip = one.prepare(["a."])["a."]
    assert one.keep(["a.", "bb.", "a."]) == {"a.": 20, "bb.": 30}
    assert voice.asked == ["a.", "bb."]
    one.close()
    assert one.load_kept("a.") == clip
    assert len(one.load_kept("bb.") or ()) == 30
    assert one.load_kept("c.") is None


@pytest.mark.parametrize("payload", [b"", b"\1"])
def test_what_is_torn_is_kept_anew(tmp_path: Path, payload: bytes) -> None:
    """As for `prepare`."""
    voice = CountingVoice()
    one = cached(tmp_path, voice)
    one.prepare(["a."])
    path = one.path_of("a.")
    assert path is not None
    path.write_bytes(payload)
    assert one.load_kept("a.") is None
    assert one.keep(["a."]) == {"a.": 20}


def test_what_cannot_be_kept_is_not_said_to_be(tmp_path: Path) -> None:
    """A folder that cannot be written: whoever asks holds the clip itself."""
    (tmp_path / "file").write_text("in the way")
    one = cached(tmp_path / "file", CountingVoice())
    assert one.keep(["a."]) == {}
    assert one.load_kept("a.") is None


def test_samples_beyond_full_scale_are_clipped_and_halves_go_to_even() -> None:
    """The same numbers as in sound files."""
    assert clip_of(np.array([1.5, -1.5, 0.5, 0.0], np.float32)).tolist() == [32_767, -32_767, 16_384, 0]

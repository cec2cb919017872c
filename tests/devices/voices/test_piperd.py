"""The piper process: how it answers with a voice, and what it says without one. No model is at hand here."""

import io
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import pytest

from cadencecoach.devices.voice import Voice, VoiceSettings
from cadencecoach.devices.voices.piperd import serve
from cadencecoach.errors import DeviceError

COMMAND = (sys.executable, "-m", "cadencecoach.devices.voices.piperd")


@dataclass
class Chunk:
    """A piece of what piper says."""

    audio_int16_bytes: bytes


class TwoChunks:
    """Has piper's face: a sentence in two pieces."""

    config = SimpleNamespace(sample_rate=22050)

    def synthesize(self, text: str, syn_config: object) -> list[Chunk]:
        """As many samples as letters, twice; nothing can be said of numbers."""
        assert syn_config == "slow"
        if text == "9":
            raise ValueError("no phonemes")
        return [Chunk(b"ab" * len(text)), Chunk(b"cd" * len(text))]


def test_each_line_is_answered_in_the_voices_own_form() -> None:
    """A header and the samples of all pieces; a refusal keeps it alive."""
    answers = io.BytesIO()
    serve(TwoChunks(), "slow", io.BytesIO(b'"Los"\n"9"\n"a"\n'), answers)
    answers.seek(0)
    assert json.loads(answers.readline()) == {"fs_hz": 22050, "n_frames": 6}
    assert answers.read(12) == b"abababcdcdcd"
    assert json.loads(answers.readline()) == {"error": "piper: no phonemes"}
    assert json.loads(answers.readline()) == {"fs_hz": 22050, "n_frames": 2}


def test_without_piper_or_its_model_there_is_one_line(tmp_path: Path) -> None:
    """Which says what to install, or what cannot be loaded."""
    voice = Voice(VoiceSettings(language=str(tmp_path / "none.onnx"), command=COMMAND, timeout_s=30.0))
    with pytest.raises(DeviceError, match=r"piper is not installed|piper cannot load"):
        voice.prepare(["Los."])
    voice.close()

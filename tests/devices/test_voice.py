"""The voice: a real engine where there is one, and processes that misbehave as engines do."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from each_row import each_row

from cadencecoach.devices import speechd
from cadencecoach.devices.voice import FS_HZ, PEAK, RMS, Voice, VoiceSettings, level
from cadencecoach.errors import DeviceError, Reason

espeakng_loader = pytest.importorskip("espeakng_loader", reason="needs the engine that comes with pip")
PHRASES = ("Quicker, lighter steps.", "1 74.", "Back in the band.")


@pytest.fixture
def voice() -> Iterator[Voice]:
    """The real engine."""
    voice = Voice()
    yield voice
    voice.close()


def stand_in(program: str, *, timeout_s: float = 5.0) -> Voice:
    """A voice whose process runs a few lines instead of an engine."""
    return Voice(VoiceSettings(command=(sys.executable, "-c", program), timeout_s=timeout_s))


def test_words_become_samples(voice: Voice) -> None:
    """Mono at 48 kHz, equally loud or held by their peak, from silence to silence."""
    for samples in voice.prepare(PHRASES).values():
        rms = float(np.sqrt(np.mean(samples.astype(float) ** 2)))
        assert samples.dtype == np.float32
        assert 0.3 < len(samples) / FS_HZ < 3.0
        assert rms == pytest.approx(RMS, rel=0.01) or np.abs(samples).max() == pytest.approx(PEAK, rel=0.01)
        assert samples[0] == samples[-1] == 0.0


@pytest.mark.slow
def test_a_phrase_sounds_the_same_whatever_was_said_before(voice: Voice) -> None:
    """In another order, in another process, again: the same samples, or the same session would be another file."""
    other = Voice()
    forwards, backwards = voice.prepare(PHRASES), other.prepare(PHRASES[::-1])
    other.close()
    again = voice.prepare(PHRASES[1:])
    for text in PHRASES:
        assert np.array_equal(forwards[text], backwards[text])
    assert all(np.array_equal(forwards[text], samples) for text, samples in again.items())


@each_row("language", ["en", "de", "fr", "es"])
def test_other_languages_speak(language: str) -> None:
    """By espeak-ng's own names."""
    voice = Voice(VoiceSettings(language=language))
    assert len(voice.prepare(["1 2 3"])["1 2 3"]) > 0.3 * FS_HZ
    voice.close()


@pytest.mark.parametrize("text", ["", "   ", "\n"])
def test_silence_is_an_error_and_not_a_clip(voice: Voice, text: str) -> None:
    """Nothing heard is never handed out as a phrase; the voice goes on."""
    with pytest.raises(DeviceError, match="no sound"):
        voice.prepare([text])
    assert voice.prepare(["yes"])


@pytest.mark.slow
@pytest.mark.parametrize(
    "text", ["<b>&amp;</b> [[x]]", "\x1b[31m", "\ud800", "caf\u00e9 \U0001f3c3", "a\0b", "x" * 3000]
)
def test_hostile_text_does_no_harm(voice: Voice, text: str) -> None:
    """It may sound odd; the engine lives."""
    try:
        voice.prepare([text])
    except DeviceError as error:
        assert "no sound" in str(error)  # noqa: PT017  # either outcome is right
    assert voice.prepare(["yes"])


def test_an_unknown_voice_is_named() -> None:
    """The message holds the name that was asked for."""
    voice = Voice(VoiceSettings(language="xx-nowhere"))
    with pytest.raises(DeviceError, match="no voice 'xx-nowhere'") as caught:
        voice.prepare(["yes"])
    voice.close()
    assert caught.value.reason is Reason.NO_DEVICE


@pytest.mark.slow
def test_a_data_path_too_long_for_the_engine_works(tmp_path: Path) -> None:
    """In a folder whose path has more than 159 bytes the engine itself would not start."""
    deep = tmp_path / ("d" * 100) / ("e" * 100)
    deep.mkdir(parents=True)
    shutil.copytree(espeakng_loader.get_data_path(), deep / "espeak-ng-data")
    assert len(str(deep)) > speechd.MAX_DATA_PATH_BYTES
    voice = Voice(VoiceSettings(data_path=str(deep / "espeak-ng-data")))
    assert voice.prepare(["yes"])
    voice.close()


def test_missing_data_are_said(tmp_path: Path) -> None:
    """A wrong folder is an error with its name, not a crash and not another voice."""
    voice = Voice(VoiceSettings(data_path=str(tmp_path / "gone")))
    with pytest.raises(DeviceError, match="gone"):
        voice.prepare(["yes"])
    voice.close()


GREETING = """import sys; sys.stdout.write('{"fs_hz": 22050, "n_frames": 0}\\n'); sys.stdout.flush(); """


@each_row(
    ("program", "reason"),
    [
        ("raise SystemExit(1)", Reason.VANISHED),
        (GREETING + "sys.stdin.readline()", Reason.VANISHED),
        (GREETING + 'sys.stdin.readline(); print(\'{"fs_hz": 22050, "n_frames": 9}\')', Reason.VANISHED),
        (GREETING + "import os, signal; sys.stdin.readline(); os.abort()", Reason.VANISHED),
        ("print('Segmentation fault')", Reason.VANISHED),
        ("print('[]')", Reason.VANISHED),
        ('print(\'{"error": "no engine"}\')', Reason.NO_DEVICE),
    ],
)
def test_an_engine_that_dies_or_raves_is_a_device_error(program: str, reason: Reason) -> None:
    """Whatever it does, the caller hears one error and can go on with earcons."""
    voice = stand_in(program)
    with pytest.raises(DeviceError) as caught:
        voice.prepare(["yes"])
    voice.close()
    assert caught.value.reason is reason


HANGING = "import threading; threading.Event().wait()"


@each_row("program", [HANGING, GREETING + HANGING])
def test_an_engine_that_hangs_is_given_up(program: str) -> None:
    """After the timeout it is killed."""
    voice = stand_in(program, timeout_s=0.3)
    with pytest.raises(DeviceError) as caught:
        voice.prepare(["yes"])
    voice.close()
    assert caught.value.reason is Reason.NOT_RESPONDING


def test_a_closed_voice_says_so_and_a_missing_program_too() -> None:
    """Both are DeviceErrors, at the latest when words are asked for."""
    voice = Voice()
    voice.close()
    voice.close()
    with pytest.raises(DeviceError):
        voice.prepare(["yes"])
    with pytest.raises(DeviceError, match="cannot be started"):
        Voice(VoiceSettings(command=("/no/such/program",)))


def test_a_very_short_sound_is_faded_and_kept() -> None:
    """Shorter than its fades it is still a clip."""
    samples = level(np.full(20, 8000, np.int16).tobytes(), fs_hz=22_050, text="t")
    assert len(samples) > 20
    assert np.isfinite(samples).all()


@pytest.mark.slow
def test_the_engine_is_loaded_in_its_own_process_only() -> None:
    """Preparing words leaves no GPL library in this process, and imports no engine."""
    code = (
        "import sys; from cadencecoach.devices.voice import Voice; v = Voice(); v.prepare(['yes']); v.close();"
        "assert not [m for m in sys.modules if 'espeak' in m or m.endswith('speechd')], sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)

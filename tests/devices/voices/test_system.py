"""The system's voice, with stand-ins for its command: a WAV file from what stands on stdin."""

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from each_row import each_row

from cadencecoach.devices.voices import system
from cadencecoach.devices.voices.system import Command, SystemVoice, sapi_command, say_command, system_voice
from cadencecoach.errors import DeviceError, Reason

SPEAK = """
import math, struct, sys, wave
text = sys.stdin.buffer.read().decode()
tone = [round(9000 * math.sin(n / 8)) for n in range(2000 * len(text))]
with wave.open(sys.argv[1], "wb") as file:
    file.setnchannels({n_channels}); file.setsampwidth(2); file.setframerate(22050)
    file.writeframes(struct.pack(f"<{{len(tone)}}h", *tone))
"""


def stand_in(script: str) -> Command:
    """A command that runs a script with the path of the WAV file."""

    def command(path: Path) -> Sequence[str]:
        return [sys.executable, "-c", script, str(path)]

    return command


def test_what_the_command_writes_is_made_a_clip() -> None:
    """48 kHz, levelled, its length that of the words; umlauts arrive whole."""
    clips = SystemVoice(stand_in(SPEAK.format(n_channels=1))).prepare(["Los.", "Größer."])
    assert len(clips["Los."]) == pytest.approx(4 * 2000 / 22050 * 48_000, rel=0.01)
    assert len(clips["Größer."]) == pytest.approx(7 * 2000 / 22050 * 48_000, rel=0.01)
    assert np.sqrt(np.mean(clips["Los."] ** 2)) == pytest.approx(0.126, rel=0.02)


@each_row(
    ("command", "said", "reason"),
    [
        (stand_in("raise SystemExit(1)"), "did not speak", Reason.NOT_RESPONDING),
        (stand_in("pass"), "has no voice to ask", Reason.LIBRARY_MISSING),
        (stand_in("import sys; open(sys.argv[1], 'w').write('no sound')"), "did not speak", Reason.NOT_RESPONDING),
        (stand_in(SPEAK.format(n_channels=2)), "another format", Reason.NOT_RESPONDING),
        (lambda _: ["no-such-program-here"], "has no voice to ask", Reason.LIBRARY_MISSING),
    ],
)
def test_a_voice_that_does_not_speak_is_one_line(command: Command, said: str, reason: Reason) -> None:
    """It fails, writes nothing, writes something else, or is not there."""
    with pytest.raises(DeviceError, match=said) as caught:
        SystemVoice(command).prepare(["Los."])
    assert caught.value.reason is reason


def test_a_command_that_hangs_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """After its time."""
    monkeypatch.setattr(system, "TIMEOUT_S", 0.2)
    with pytest.raises(DeviceError, match="did not speak"):
        SystemVoice(stand_in("import sys; sys.stdin.read(); import threading; threading.Event().wait()")).prepare(["a"])


def test_text_is_never_part_of_a_command() -> None:
    """Nor is anything but the path, the voice's name and the rate."""
    assert say_command("Anna", 170)(Path("a.wav")) == [
        *("say", "-o", "a.wav", "--file-format=WAVE", "--data-format=LEI16@22050", "-r", "170"),
        *("-v", "Anna", "-f", "-"),
    ]
    assert sapi_command("", 180)(Path("a.wav"))[-3:] == ["a.wav", "''", "0"]


@pytest.mark.skipif(sys.platform in {"darwin", "win32"}, reason="this system has a voice")
def test_elsewhere_it_is_said_what_to_use_instead() -> None:
    """Linux has no voice of the system's that hands over samples."""
    with pytest.raises(DeviceError, match="use espeak or piper"):
        system_voice("", 175)

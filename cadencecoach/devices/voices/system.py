"""The voice of macOS or Windows, by the system's own command: text to a WAV file, read back, nothing played.

Chosen by the user in the settings. Not heard by us on either system; the commands are tested with stand-ins.
"""

import subprocess
import sys
import tempfile
import wave
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cadencecoach.devices.voice import level
from cadencecoach.errors import DeviceError, Reason

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

TIMEOUT_S = 20.0
FORMAT = (1, 2)  # channels, bytes a sample
# The text comes in by stdin and never becomes part of a command.
SAPI = """
Add-Type -AssemblyName System.Speech
[Console]::InputEncoding = [Text.Encoding]::UTF8
$s = New-Object System.Speech.Synthesis.SpeechSynthesizer
if ($args[1]) { $s.SelectVoice($args[1]) }
$s.Rate = [int]$args[2]
$f = New-Object System.Speech.AudioFormat.SpeechAudioFormatInfo 22050, Sixteen, Mono
$s.SetOutputToWaveFile($args[0], $f)
$s.Speak([Console]::In.ReadToEnd())
$s.Dispose()
"""

Command = Callable[[Path], Sequence[str]]


def say_command(speaker: str, rate_wpm: int) -> Command:
    """MacOS."""
    named = ["-v", speaker] if speaker else []
    return lambda path: [
        *("say", "-o", str(path), "--file-format=WAVE", "--data-format=LEI16@22050", "-r", str(rate_wpm)),
        *named,
        *("-f", "-"),
    ]


def sapi_command(speaker: str, rate_wpm: int) -> Command:
    """Windows; its rates are -10 to 10, 0 is about 180 words a minute, each step some 9 %."""
    rate = max(-10, min(10, round((rate_wpm / 180 - 1) / 0.09)))
    script = f"& {{{SAPI}}}"
    return lambda path: ["powershell", "-NoProfile", "-Command", script, str(path), speaker or "''", str(rate)]


class SystemVoice:
    """Texts to clips by a command that writes a WAV file of what it reads on stdin."""

    def __init__(self, command: Command) -> None:
        """Nothing is started yet."""
        self._command = command

    def prepare(self, texts: Iterable[str]) -> "dict[str, NDArray[np.float32]]":
        """Each text spoken: mono at 48 kHz, equally loud.

        Raises:
            DeviceError: the command is missing, fails, hangs, or gives no sound
        """
        with tempfile.TemporaryDirectory(prefix="cadencecoach") as folder:
            return {text: self._speak(text, Path(folder) / "phrase.wav") for text in dict.fromkeys(texts)}

    def close(self) -> None:
        """Nothing runs between phrases."""

    def _speak(self, text: str, path: Path) -> "NDArray[np.float32]":
        path.unlink(missing_ok=True)
        try:
            subprocess.run(  # noqa: S603  # fixed programs, no shell
                self._command(path), input=text.encode(), check=True, timeout=TIMEOUT_S, capture_output=True
            )
            with wave.open(str(path), "rb") as file:
                if (file.getnchannels(), file.getsampwidth()) != FORMAT:
                    raise DeviceError("the system's voice gave another format", Reason.NOT_RESPONDING)
                payload, fs_hz = file.readframes(file.getnframes()), file.getframerate()
        except FileNotFoundError as error:
            raise DeviceError(f"the system has no voice to ask: {error}", Reason.LIBRARY_MISSING) from error
        except (OSError, EOFError, wave.Error, subprocess.SubprocessError) as error:
            raise DeviceError(f"the system's voice did not speak: {error}", Reason.NOT_RESPONDING) from error
        return level(payload, fs_hz=fs_hz, text=text)


def system_voice(speaker: str, rate_wpm: int) -> SystemVoice:
    """This system's own voice.

    Raises:
        DeviceError: it has none that we know how to ask
    """
    if sys.platform == "darwin":
        return SystemVoice(say_command(speaker, rate_wpm))
    if sys.platform == "win32":
        return SystemVoice(sapi_command(speaker, rate_wpm))
    raise DeviceError("a system voice is asked on macOS and Windows only; here use espeak or piper", Reason.NO_DEVICE)

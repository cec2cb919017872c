"""Spoken words, prepared before they are needed: text in, samples out, from a process of the engine's own.

The text is spoken as it is given; numbers are put into words by the caller (`sound.speech_text`).
"""

import contextlib
import json
import subprocess
import sys
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cadencecoach.errors import DeviceError, Reason

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FS_HZ = 48_000
RMS = 0.126  # -18 dBFS, so that all phrases are equally loud
PEAK = 0.9  # what a phrase with a sharp consonant is held to instead
SILENCE = 0.003  # -50 dBFS; below it, at either end, the engine only breathes
FADE_S = 0.004
CLOSE_GRACE_S = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceSettings:
    """How the words are spoken.

    Attributes:
        language: espeak-ng's name of the voice, such as `en-us`, `en`, `de`, `fr`
        rate_wpm: words per minute
        data_path: the engine's data, empty for those it came with
        timeout_s: longest wait for one phrase, and for the engine to start
        command: the program that speaks; see `speechd` for what it must answer
    """

    language: str = "en-us"
    rate_wpm: int = 175
    data_path: str = ""
    timeout_s: float = 5.0
    command: Sequence[str] = (sys.executable, "-m", "cadencecoach.devices.speechd")


class Voice:
    """A speech engine in a child process. Close it when done; a closed or broken one raises DeviceError.

    Threads: one at a time.
    """

    def __init__(self, settings: VoiceSettings | None = None) -> None:
        """Start the child; that it speaks is known only with the first `prepare`.

        Raises:
            DeviceError: the program cannot be started
        """
        self._settings = settings or VoiceSettings()
        said = (self._settings.language, str(self._settings.rate_wpm), self._settings.data_path)
        try:
            self._process = subprocess.Popen(  # noqa: S603  # our own interpreter and module, no shell
                [*self._settings.command, *said],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            )  # fmt: skip
        except OSError as error:
            raise DeviceError(f"the voice cannot be started: {error}", Reason.LIBRARY_MISSING) from error
        self._has_greeted = False

    def prepare(self, texts: Iterable[str]) -> "dict[str, NDArray[np.float32]]":
        """Each text spoken: mono at 48 kHz, equally loud, silent ends cut, faded in and out.

        Raises:
            DeviceError: the engine is missing, has no such voice, died, hangs, or gave no sound for a text
        """
        if not self._has_greeted:
            self._answer("its start")
            self._has_greeted = True
        return {text: self._speak(text) for text in dict.fromkeys(texts)}

    def close(self) -> None:
        """End the child. Closing twice does nothing."""
        with contextlib.suppress(OSError):  # it died with a request unread
            self._stdin.close()
        try:
            self._process.wait(CLOSE_GRACE_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if self._process.stdout:
            self._process.stdout.close()

    def _speak(self, text: str) -> "NDArray[np.float32]":
        try:
            self._stdin.write(json.dumps(text).encode() + b"\n")
            self._stdin.flush()
        except (OSError, ValueError) as error:
            raise DeviceError(f"the voice is gone; {text!r} was not spoken", Reason.VANISHED) from error
        fs_hz, payload = self._answer(repr(text))
        return level(payload, fs_hz=fs_hz, text=text)

    def _answer(self, what: str) -> tuple[int, bytes]:
        """Rate and samples of the next answer; a child that does not give one in time is killed."""
        answers = self._process.stdout
        assert answers
        if answers.closed:
            raise DeviceError("the voice was closed", Reason.VANISHED)
        is_late = threading.Event()
        watchdog = threading.Timer(self._settings.timeout_s, self._give_up, (is_late,))
        watchdog.start()
        try:
            header = _header(answers.readline())
            payload = answers.read(2 * header["n_frames"])
        except ValueError as error:
            reason = Reason.NOT_RESPONDING if is_late.is_set() else Reason.VANISHED
            raise DeviceError(f"the voice gave no answer to {what}: {reason.value}", reason) from error
        finally:
            watchdog.cancel()
        if len(payload) < 2 * header["n_frames"]:
            raise DeviceError(f"the voice broke off in its answer to {what}", Reason.VANISHED)
        return header["fs_hz"], payload

    def _give_up(self, is_late: threading.Event) -> None:
        is_late.set()
        self._process.kill()  # which ends the wait for its answer

    @property
    def _stdin(self) -> Any:  # noqa: ANN401  # typeshed's IO[bytes]; Popen was given a pipe
        assert self._process.stdin
        return self._process.stdin


def _header(line: bytes) -> dict[str, int]:
    """What an answer begins with; ValueError where the line is none, DeviceError where it is a refusal."""
    header: Any = json.loads(line)
    match header:
        case {"error": error}:
            raise DeviceError(f"the voice cannot speak: {error}", Reason.NO_DEVICE)
        case {"fs_hz": int(), "n_frames": int()}:
            return dict(header)
        case _:
            raise ValueError(f"not the beginning of an answer: {line!r}")


def level(payload: bytes, *, fs_hz: int, text: str) -> "NDArray[np.float32]":
    """Raw 16-bit samples made ready for the engine: 48 kHz, silent ends cut, levelled once, faded.

    Raises:
        DeviceError: nothing is heard in it
    """
    import numpy as np  # noqa: PLC0415  # a session without sound goes without numpy
    import soxr  # type: ignore[import-untyped]  # noqa: PLC0415

    raw = np.frombuffer(payload, np.int16).astype(np.float32) / np.float32(32768.0)
    heard = np.flatnonzero(np.abs(raw) > SILENCE)
    if not len(heard):
        raise DeviceError(f"the voice gave no sound for {text!r}", Reason.NOT_RESPONDING)
    words = soxr.resample(raw[heard[0] : heard[-1] + 1], fs_hz, FS_HZ)
    gain = min(RMS / float(np.sqrt(np.mean(np.square(words, dtype=np.float64)))), PEAK / float(np.abs(words).max()))
    n_fade = min(round(FADE_S * FS_HZ), len(words) // 2)
    ramp = np.arange(n_fade) / n_fade if n_fade else np.ones(0)
    envelope = np.concatenate((ramp, np.ones(len(words) - 2 * n_fade), ramp[::-1]))
    return np.asarray(words * (gain * envelope), np.float32)

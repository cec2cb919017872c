"""Microphones: which one is meant, which must not be opened, and their samples with the time they were taken.

Nothing is written anywhere: samples go to whoever reads, in the process that reads them.
"""

import shutil
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cadencecoach.devices.portaudio import missing_library
from cadencecoach.errors import DeviceError, Reason

FS_HZ = 16_000  # feet are below 1 kHz, our clicks below 8
BLOCK_S = 0.05
LATENCY_S = 0.2  # deep: nothing hurries
HANDS_FREE = (
    "headset",
    "hands-free",
    "handsfree",
    "hands free",
    "hfp",
    "hsp",
    "bluez",
    "bluetooth",
    "airpods",
    "earbuds",
    "buds",
)
GENERIC = ("default", "pulse", "pipewire")  # of ALSA: which microphone that is, the sound server says
ASKED_WITHIN_S = 2.0
NEWEST_S, BEFORE_S = 2.0, 12.0
GAP_S = 0.08  # samples that come so much later than before were preceded by some that never came
LONGEST_GAP_S = 60.0
NO_MICROPHONE = "no microphone found"


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundInput:
    """A device that can listen.

    Attributes:
        index: PortAudio's number for it
        name: as the system has it; a part of it chooses the device
        host_api: by which way PortAudio reaches it
        fs_hz: the rate it proposes
        is_default: whether the system proposes it
        behind: the sound server's name for what is behind a generic device; empty where that is not known
    """

    index: int
    name: str
    host_api: str
    fs_hz: int
    is_default: bool
    behind: str = ""

    @property
    def is_hands_free(self) -> bool:
        """Whether it is a Bluetooth headset's: opening it turns all that is heard there into telephone sound."""
        words = f"{self.name} {self.host_api} {self.behind}".casefold()
        return any(word in words for word in HANDS_FREE)


def inputs_of(sounddevice: Any) -> list[SoundInput]:  # noqa: ANN401  # untyped library
    """Every device that can listen, the system's own first."""
    apis = sounddevice.query_hostapis()
    default = sounddevice.default.device[0]
    behind = _default_source()
    found = [
        SoundInput(
            index=index,
            name=row["name"],
            host_api=apis[row["hostapi"]]["name"],
            fs_hz=round(row["default_samplerate"]),
            is_default=index == default,
            behind=behind if row["name"] in GENERIC else "",
        )
        for index, row in enumerate(sounddevice.query_devices())
        if row["max_input_channels"] > 0
    ]
    return sorted(found, key=lambda one: not one.is_default)


def meant_input(inputs: Sequence[SoundInput], words: str) -> tuple[SoundInput, str]:
    """The microphone a person means, and what they should know of that choice; mostly nothing.

    Args:
        inputs: all there are, the system's own first
        words: a part of its name, in any case; empty is the system's own, or another where that is a headset's
    Raises:
        ValueError: there is none, the words fit none or several, or it is a Bluetooth headset's
    """
    allowed = [one for one in inputs if not one.is_hands_free]
    if not inputs:
        raise ValueError(NO_MICROPHONE)
    if not words:
        if not allowed:
            raise ValueError(_why_refused(inputs[0], allowed))
        note = "" if allowed[0] == inputs[0] else f"{_why_refused(inputs[0], ())}; listening with {allowed[0].name}"
        return allowed[0], note
    asked = words.casefold()
    whole = [one for one in inputs if one.name.casefold() == asked]
    fitting = whole or [one for one in inputs if asked in f"{one.name}, {one.host_api}".casefold()]
    fitting = [one for one in fitting if one.host_api == fitting[0].host_api]  # Windows has each once for each way
    if not fitting:
        raise ValueError(f"no microphone fits {words}; there are: {_names(inputs)}")
    if len(fitting) > 1:
        raise ValueError(f"{len(fitting)} microphones fit {words}: {_names(fitting)}; write more of the name")
    if fitting[0].is_hands_free:
        raise ValueError(_why_refused(fitting[0], allowed))
    return fitting[0], ""


class Pace:
    """Whether samples went missing: those after a gap come later than all before them."""

    def __init__(self) -> None:
        self._late: deque[tuple[float, float]] = deque()

    def note(self, n_samples: int, host_s: float) -> int:
        """So many samples, the missing ones with them, had come by a time of the host; how many more are missing."""
        self._late.append((host_s, host_s - n_samples / FS_HZ))
        while self._late[0][0] < host_s - BEFORE_S:
            self._late.popleft()
        before = [late_s for at_s, late_s in self._late if at_s <= host_s - NEWEST_S]
        newest = [late_s for at_s, late_s in self._late if at_s > host_s - NEWEST_S]
        if not before or min(newest) - min(before) < GAP_S:
            return 0
        missing_s = min(LONGEST_GAP_S, min(newest) - min(before))
        self._late.clear()
        return round(missing_s * FS_HZ)


class Microphone:
    """An open microphone at 16 kHz, one channel.

    Attributes:
        device: which it is
        note: what a person should know of the choice
        origin_s: host monotonic time of its sample 0, as well as is known
    """

    def __init__(self, sounddevice: Any, words: str) -> None:  # noqa: ANN401  # untyped library
        """Open and start it: `open_microphone`.

        Raises:
            ValueError: as `meant_input`
            Exception: PortAudio's own, where it cannot be opened
        """
        self.device, self.note = meant_input(inputs_of(sounddevice), words)
        self._resample: Any = None
        options = {"device": self.device.index, "channels": 1, "dtype": "float32", "latency": LATENCY_S}
        try:
            self._stream = sounddevice.InputStream(samplerate=FS_HZ, **options)
        except sounddevice.PortAudioError:  # some cards have one rate
            import soxr  # type: ignore[import-untyped]  # noqa: PLC0415  # few cards need it

            self._stream = sounddevice.InputStream(samplerate=self.device.fs_hz, **options)
            self._resample = soxr.ResampleStream(self.device.fs_hz, FS_HZ, 1, dtype="float32")
        self._stream.start()
        self._n_read = round(BLOCK_S * self._stream.samplerate)
        self._pace = Pace()
        self._n_samples = 0
        self.origin_s = float("inf")

    def read(self) -> NDArray[np.float64]:
        """The next twentieth of a second, waited for; zeros stand for what went missing before it."""
        block, _ = self._stream.read(self._n_read)
        host_s = time.monotonic()
        mono = block[:, 0]
        samples = (mono if self._resample is None else self._resample.resample_chunk(mono)).astype(np.float64)
        self._n_samples += len(samples)
        if self._n_samples < NEWEST_S * FS_HZ:  # the least late of the first ones; later ones only drift
            self.origin_s = min(self.origin_s, host_s - self._n_samples / FS_HZ)
        n_missing = self._pace.note(self._n_samples, host_s)
        self._n_samples += n_missing
        return np.concatenate((np.zeros(n_missing), samples)) if n_missing else samples

    def close(self) -> None:
        """Let go of it."""
        self._stream.close()


def open_microphone(words: str) -> Microphone:
    """The microphone that is meant, open.

    Args:
        words: a part of its name; empty is the system's own
    Raises:
        DeviceError: PortAudio is missing, no such microphone, or it does not open; the message says which
    """
    try:
        import sounddevice  # noqa: PLC0415  # not before somebody listens
    except (OSError, ImportError) as error:
        missing = missing_library(error)
        raise DeviceError(missing.message, missing.reason) from error
    try:
        return Microphone(sounddevice, words)
    except ValueError as error:
        raise DeviceError(str(error), Reason.NO_DEVICE) from error
    except sounddevice.PortAudioError as error:
        raise DeviceError(f"the microphone does not work: {error.args[0]}", Reason.NO_DEVICE) from error


def _default_source() -> str:
    """What the sound server of Linux has behind its default microphone; empty where nobody says."""
    program = shutil.which("pactl")
    if program is None:
        return ""
    import subprocess  # noqa: PLC0415  # only where there is a sound server to ask

    try:
        done = subprocess.run(  # noqa: S603  # a fixed question to a program of the system
            [program, "get-default-source"], capture_output=True, text=True, timeout=ASKED_WITHIN_S, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def _why_refused(device: SoundInput, others: Sequence[SoundInput]) -> str:
    """Why a headset's microphone is not opened, and what to name instead."""
    harm = "opening its microphone would turn the beat into telephone sound, and late"
    why = f"{device.name} is a Bluetooth headset: {harm}"
    return f"{why}; name another microphone: {_names(others)}" if others else why


def _names(inputs: Sequence[SoundInput]) -> str:
    return ", ".join(dict.fromkeys(one.name for one in inputs))

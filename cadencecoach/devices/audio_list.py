"""The sound devices of this machine, asked for in a child process: PortAudio freezes its list when it is loaded."""

from dataclasses import dataclass
from multiprocessing import get_context
from typing import Any

from cadencecoach.devices.audio_child import silence_stderr
from cadencecoach.devices.audio_wire import Pipe, Refused
from cadencecoach.devices.portaudio import missing_library
from cadencecoach.errors import DeviceError, Reason

TIMEOUT_S = 15.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundDevice:
    """A device that can play.

    Attributes:
        name: as the system has it; a part of it chooses the device
        host_api: by which way PortAudio reaches it
        n_channels: at most
        latency_s: of the buffer the device itself proposes for steady playing
        is_default: whether the system proposes it
    """

    name: str
    host_api: str
    n_channels: int
    latency_s: float
    is_default: bool


def sound_devices() -> list[SoundDevice]:
    """Every device that can play, the system's own first.

    Raises:
        DeviceError: PortAudio is missing, or does not answer
    """
    context = get_context("spawn")
    pipe, childs_end = context.Pipe()
    process: Any = context.Process(target=_tell_devices, args=(childs_end,), name="cadencecoach-devices", daemon=True)
    process.start()
    childs_end.close()
    try:
        word = pipe.recv() if pipe.poll(TIMEOUT_S) else None
    except (EOFError, OSError):
        word = None
    process.kill()
    process.join()
    match word:
        case list():
            return sorted(word, key=lambda one: not one.is_default)
        case Refused(message=message, reason=reason):
            raise DeviceError(message, reason)
        case _:
            raise DeviceError("the sound system does not answer", Reason.NOT_RESPONDING)


def _tell_devices(pipe: Pipe) -> None:
    """In the child: ask PortAudio, and send what it says."""
    silence_stderr()
    try:
        import sounddevice  # noqa: PLC0415  # not before the child runs
    except (OSError, ImportError) as error:
        pipe.send(missing_library(error))
        return
    apis = sounddevice.query_hostapis()
    default = sounddevice.default.device[1]
    pipe.send(
        [
            SoundDevice(
                name=row["name"],
                host_api=apis[row["hostapi"]]["name"],
                n_channels=row["max_output_channels"],
                latency_s=row["default_high_output_latency"],
                is_default=index == default,
            )
            for index, row in enumerate(sounddevice.query_devices())
            if row["max_output_channels"] > 0
        ]
    )

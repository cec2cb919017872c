"""The sound devices of this machine, asked for in a child process: PortAudio freezes its list when it is loaded."""

from multiprocessing import get_context
from typing import Any

from cadencecoach.devices.audio_card import SoundDevice, devices_of
from cadencecoach.devices.audio_child import silence_stderr
from cadencecoach.devices.audio_wire import Pipe, Refused
from cadencecoach.devices.portaudio import missing_library
from cadencecoach.errors import DeviceError, Reason

TIMEOUT_S = 15.0


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
    finally:
        pipe.close()
        process.kill()
        process.join()
        process.close()
    match word:
        case list():
            return word
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
    pipe.send(devices_of(sounddevice))

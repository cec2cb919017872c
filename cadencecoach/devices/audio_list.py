"""The sound devices of this machine, asked for in a child process: PortAudio freezes its list when it is loaded."""

import threading
from contextlib import suppress
from typing import Any

from cadencecoach.devices.audio_card import SoundDevice, devices_of
from cadencecoach.devices.audio_wire import Refused
from cadencecoach.devices.child import Child, Pipe
from cadencecoach.devices.portaudio import missing_library
from cadencecoach.errors import DeviceError, Reason

TIMEOUT_S = 15.0


def sound_devices() -> list[SoundDevice]:
    """Every device that can play, the system's own first.

    Raises:
        DeviceError: PortAudio is missing, or does not answer
    """
    word: Any = None
    child = Child(_tell_devices)
    watchdog = threading.Timer(TIMEOUT_S, child.kill)
    watchdog.start()
    with suppress(Exception):  # the end of the pipe: it was killed, or died
        word = child.pipe.recv()
    watchdog.cancel()
    child.kill()
    child.pipe.close()
    match word:
        case list():
            return word
        case Refused(message=message, reason=reason):
            raise DeviceError(message, reason)
        case _:
            raise DeviceError("the sound system does not answer", Reason.NOT_RESPONDING)


def _tell_devices(pipe: Pipe) -> None:
    """In the child: ask PortAudio, and send what it says."""
    try:
        import sounddevice  # noqa: PLC0415  # not before the child runs
    except (OSError, ImportError) as error:
        pipe.send(missing_library(error))
        return
    pipe.send(devices_of(sounddevice))

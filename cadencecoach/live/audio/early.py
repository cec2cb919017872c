"""The audio process, begun before anything is known but that there will be sound: it loads while the program does.

Light to import, because everything it comes before has to wait for it.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from cadencecoach.devices.audio_port import LiveAudio
from cadencecoach.errors import DeviceError
from cadencecoach.live.audio.engine_factory import trial_engine


@contextmanager
def early_audio(sound_text: str) -> Iterator[LiveAudio | None]:
    """A process that warms up, where `--sound` names a card; ended with the command, whatever became of it."""
    if sound_text.partition(":")[0] not in {"default", "device", "sink"}:
        yield None
        return
    audio = LiveAudio()
    with suppress(DeviceError):  # said where the card is opened
        audio.warm(trial_engine)
    try:
        yield audio
    finally:
        audio.kill()

"""A process that listens, as its parent sees it: opened, heard, told of clicks, ended."""

from contextlib import suppress
from dataclasses import dataclass

from cadencecoach.devices.child_port import ChildPort
from cadencecoach.errors import DeviceError, Reason
from cadencecoach.live.sensors.microphone_child import Deaf, Heard, Listening, Played, listen

OPENS_WITHIN_S = 30.0  # a process behind all others, as the page has it, takes its time on a busy computer


@dataclass(frozen=True, slots=True)
class Gone:
    """The process has ended."""


Word = Listening | Deaf | Heard | Gone


class MicrophonePort(ChildPort[Word]):
    """A process that listens, as its parent sees it.

    Args:
        words: a part of the microphone's name; empty is the system's own
    """

    def __init__(self, words: str) -> None:
        """Start it.

        Raises:
            OSError: the system starts no more processes
        """
        super().__init__(listen, words, ended=Gone())

    def play(self, played: Played) -> None:
        """Tell when clicks were played, and until when all of them have been told."""
        with suppress(OSError):  # it is gone, and says so
            self._child.pipe.send(played)


def open_port(words: str) -> tuple[MicrophonePort, Listening]:
    """A process that listens, and what with.

    Args:
        words: a part of the microphone's name; empty is the system's own
    Raises:
        DeviceError: no such microphone, or it cannot be opened
    """
    try:
        port = MicrophonePort(words)
    except OSError as error:
        raise DeviceError(f"the microphone cannot be opened: {error.strerror or error}", Reason.BUSY) from error
    word = port.wait(OPENS_WITHIN_S)
    if isinstance(word, Listening):
        return port, word
    port.close()
    if isinstance(word, Deaf):
        raise DeviceError(word.message, word.reason)
    raise DeviceError("the microphone does not answer", Reason.NOT_RESPONDING)

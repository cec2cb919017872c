"""The process that phones speak with, and what it hands up. A flood from the network never reaches the session.

It stands back behind everything else, ends with its parent, and reads what comes by functions it is given: only what
could be read goes up the pipe, with the time at which it had arrived.
"""

import asyncio
import contextlib
import os
import signal
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

from cadencecoach.devices.child import Pipe
from cadencecoach.devices.child_port import ChildPort
from cadencecoach.devices.phone.asking import PhoneGoneError, RemotePhone
from cadencecoach.devices.phone.listening import Receiver, open_listeners

NICE: Final = 5
TELL_EVERY_S: Final = 1.0
ASK_EVERY_S: Final = 0.2
ASK_AGAIN_S: Final = 1.0
START_WITHIN_S: Final = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Listening:
    """The receiver is open.

    Attributes:
        port: at every address
    """

    port: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """Something a phone sent.

    Attributes:
        time_s: when, host monotonic seconds
        value: what was read of it
    """

    time_s: float
    value: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnedAway:
    """What the receiver has turned away so far.

    Attributes:
        time_s: now
        counts: how often, by why
    """

    time_s: float
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoAnswer:
    """The phone that is asked does not answer, or answers something else.

    Attributes:
        time_s: now
        is_other: it answers, and is no phyphox that measures acceleration
    """

    time_s: float
    is_other: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CannotListen:
    """Nothing can be heard: the receiver could not be opened, or its process has ended.

    Attributes:
        why: as the system says it; empty where the process has ended
    """

    why: str = ""


Event = Listening | Came | TurnedAway | NoAnswer | CannotListen
Read = Callable[[str, bytes], Any]  # raises ValueError for what it cannot read


class Asker(Protocol):
    """Knows what to ask a phone."""

    @property
    def target(self) -> str:
        """Path and query of the next question."""

    def take(self, body: bytes) -> Any:  # noqa: ANN401  # whatever is handed up
        """What an answer says; None is nothing to hand up. Raises ValueError where it is none."""

    def begin_again(self) -> None:
        """The answer was none."""


class PhoneProcess(ChildPort[Event]):
    """The process, and what has come from it.

    Args:
        life: `listen` or `ask`
        values: what it is given
    """

    def __init__(self, life: Callable[..., None], *values: object) -> None:
        """Start it.

        Raises:
            OSError: the system starts no more processes
        """
        super().__init__(life, *values, ended=CannotListen())


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What phones have been told by a process before this one.

    Attributes:
        port: where they push to
        n_loaded: how many of them may have a number
    """

    port: int
    n_loaded: int


def listen(
    pipe: Pipe, addresses: Sequence[str], secret: str, experiment: bytes, read: Read, known: Known | None = None
) -> None:
    """The life of a process that phones push to.

    Args:
        pipe: to the parent
        addresses: of this computer, where to listen
        secret: of the path
        experiment: what a phone loads, with the word ADDRESS where the first address and the port belong
        read: reads a body, given what it was sent to
        known: to phones, where this process follows another one
    """
    _stand_back(pipe)
    try:
        listeners = open_listeners(addresses, None if known is None else known.port)
    except OSError as error:
        pipe.send(CannotListen(why=error.strerror or str(error)))
        return
    port = listeners[0].getsockname()[1]
    pipe.send(Listening(port=port))

    def take(number: str, body: bytes) -> bool:
        came_s = time.monotonic()
        try:
            pipe.send(Came(time_s=came_s, value=read(number, body)))
        except ValueError:
            return False
        return True

    place = f"{addresses[0]}:{port}".encode()
    receiver = Receiver(secret, experiment.replace(b"ADDRESS", place), take, 0 if known is None else known.n_loaded)
    with contextlib.suppress(OSError):  # nobody reads the pipe any more
        asyncio.run(_serve(pipe, receiver, listeners))


async def _serve(pipe: Pipe, receiver: Receiver, listeners: Sequence[Any]) -> None:
    serving = asyncio.create_task(receiver.serve(listeners))
    told = dict[str, int]()
    while not serving.done():
        await asyncio.sleep(TELL_EVERY_S)
        if told != receiver.refused:
            told = dict(receiver.refused)
            pipe.send(TurnedAway(time_s=time.monotonic(), counts=told))
    serving.result()


def ask(pipe: Pipe, host: str, port: int | None, asker: Asker) -> None:
    """The life of a process that asks a phone."""
    _stand_back(pipe)
    phone = RemotePhone(host, port)
    with contextlib.suppress(OSError):  # nobody reads the pipe any more
        while True:
            _ask_once(pipe, phone, asker)


def _ask_once(pipe: Pipe, phone: RemotePhone, asker: Asker) -> None:
    try:
        value = asker.take(phone.ask(asker.target))
    except (PhoneGoneError, ValueError) as error:
        pipe.send(NoAnswer(time_s=time.monotonic(), is_other=isinstance(error, ValueError)))
        asker.begin_again()
        time.sleep(ASK_AGAIN_S)
        return
    if value is not None:
        pipe.send(Came(time_s=time.monotonic(), value=value))
        time.sleep(ASK_EVERY_S)


def _stand_back(pipe: Pipe) -> None:
    """Let the beat and the session go first, hear no Ctrl-C, and end when the parent has."""
    if hasattr(os, "nice"):
        os.nice(NICE)
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    def end_with_parent() -> None:
        with contextlib.suppress(EOFError, OSError):
            pipe.recv()
        os._exit(0)

    threading.Thread(target=end_with_parent, daemon=True).start()

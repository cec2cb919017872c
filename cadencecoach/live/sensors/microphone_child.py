"""The life of the process that listens: a microphone, what is heard in it, and no way out for the sound itself.

The parent gets two messages a second, and tells when clicks are played. It shares no interpreter lock with the parent,
whose screen and journal would make samples wait, nor with the process that plays.
"""

import math
import os
import signal
import threading
from collections import deque
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cadencecoach.devices.child import Pipe
from cadencecoach.devices.microphone import FS_HZ, Microphone, open_microphone
from cadencecoach.errors import DeviceError, Reason
from cadencecoach.gait.hearing.listener import Listener, Look
from cadencecoach.gait.hearing.own_clicks import Clicks
from cadencecoach.gait.microphone import HeardSteps, encode_heard

CLICKS = (Clicks.NONE, Clicks.SOUGHT, Clicks.FOUND, Clicks.UNHEARD)  # by number in the journal
MOST_HELD_S = 0.4  # a parent that is busy tells of its clicks later; who is heard does not wait for longer


@dataclass(frozen=True, slots=True, kw_only=True)
class Listening:
    """It listens.

    Attributes:
        device: name of the microphone
        note: what a person should know of the choice; mostly empty
    """

    device: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Deaf:
    """It cannot listen, and why."""

    message: str
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """What the parent tells of its clicks.

    Attributes:
        host_times_s: when they left the card, or will soon; each is told once
        until_host_s: all that were played until then have been told
    """

    host_times_s: tuple[float, ...]
    until_host_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """Half a second.

    Attributes:
        host_s: monotonic time of its end
        payload: as the journal keeps it
        level_db: of the sound, 0 is the loudest there can be
        found_spm: of the best period, told or not; None while too little has been heard
        alike: of that period
        notes: how many were held at a time
    """

    host_s: float
    payload: bytes
    level_db: float
    found_spm: float | None
    alike: float
    notes: float


def listen(pipe: Pipe, words: str) -> None:
    """The child's life: open the microphone that is meant, and tell what is heard until the parent is gone.

    Args:
        pipe: to the parent, who sends `Played`
        words: a part of the microphone's name; empty is the system's own
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        microphone = open_microphone(words)
    except DeviceError as error:
        pipe.send(Deaf(message=str(error), reason=error.reason))
        return
    pipe.send(Listening(device=microphone.device.name, note=microphone.note))
    clicks: deque[Played] = deque()
    threading.Thread(target=_take_clicks, args=(pipe, clicks), daemon=True).start()
    try:
        _hear(pipe, microphone, clicks)
    except Exception:  # noqa: BLE001  # PortAudio's, or the end of the pipe: the parent sees that nobody is left
        os._exit(1)


def _take_clicks(pipe: Pipe, clicks: deque[Played]) -> None:
    """Take what the parent says until it is gone."""
    try:
        while True:
            clicks.append(pipe.recv())
    except (EOFError, OSError):
        os._exit(0)  # closing a stream whose server is gone can hang


class HeldSound:
    """Sound that waits until the clicks in it have been told: no longer than it must, and never long.

    Times are seconds of the microphone's samples.
    """

    def __init__(self) -> None:
        """Nothing waits."""
        self._blocks: deque[tuple[float, NDArray[np.float64]]] = deque()  # with the time of the end
        self._n_samples = 0

    def put(self, samples: NDArray[np.float64]) -> None:
        """Take what came last."""
        self._n_samples += len(samples)
        self._blocks.append((self._n_samples / FS_HZ, samples))

    def take(self, told_until_s: float) -> NDArray[np.float64]:
        """What need not wait any more, the clicks until then being told; mostly one block, or nothing."""
        ready_s = max(told_until_s, self._n_samples / FS_HZ - MOST_HELD_S)
        ready = []
        while self._blocks and self._blocks[0][0] <= ready_s:
            ready.append(self._blocks.popleft()[1])
        return np.concatenate(ready) if ready else np.empty(0)


def _hear(pipe: Pipe, microphone: Microphone, clicks: deque[Played]) -> None:
    """Hear block after block, each as soon as its clicks have been told."""
    listener, held, told_until_s = Listener(), HeldSound(), -math.inf
    while True:
        held.put(microphone.read())
        while clicks:
            played = clicks.popleft()
            listener.play([host_s - microphone.origin_s for host_s in played.host_times_s])
            told_until_s = played.until_host_s - microphone.origin_s
        for look in listener.feed(held.take(told_until_s)):
            pipe.send(heard_of(look, microphone.origin_s))


def heard_of(look: Look, origin_s: float) -> Heard:
    """A look as the parent is told of it.

    Args:
        look: what was heard
        origin_s: host time of the microphone's first sample
    """
    arrival = look.arrival
    steps = HeardSteps(
        cadence_spm=look.cadence_spm,
        unheard=0 if look.unheard is None else look.unheard,
        quality=look.quality,
        clicks=CLICKS.index(look.clicks),
        delay_s=None if arrival is None else arrival.delay_s,
        drift=0.0 if arrival is None else arrival.drift,
        onsets=look.onsets,
    )
    rhythm = look.rhythm
    return Heard(
        host_s=origin_s + look.time_s,
        payload=encode_heard(steps),
        level_db=look.level_db,
        found_spm=None if rhythm is None else rhythm.cadence_spm,
        alike=0.0 if rhythm is None else rhythm.alike,
        notes=look.notes,
    )

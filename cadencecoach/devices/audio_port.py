"""The parent's side of the audio process: start it, tell it, look at it, end it. Nothing here waits for the card."""

import ctypes
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any

from cadencecoach.devices.audio_child import run, run_reserve
from cadencecoach.devices.audio_watch import StallWatch
from cadencecoach.devices.audio_wire import (
    N_ROWS,
    AudioMemory,
    AudioSettings,
    AudioState,
    AudioStatus,
    CallbackRow,
    Close,
    Drop,
    EngineFactory,
    Load,
    Look,
    Open,
    Opened,
    Refused,
    Tell,
)
from cadencecoach.devices.child import Child, CommonMemory, Pipe
from cadencecoach.devices.heard import HeardFrames
from cadencecoach.errors import DeviceError, Reason
from cadencecoach.timebase import ClockMap

if TYPE_CHECKING:
    from array import array

    import numpy as np
    from numpy.typing import NDArray

START_TIMEOUT_S = 15.0  # a cold machine, a sleepy sound server; below it the first start in the morning failed
CLOSE_GRACE_S = 1.0  # to play out the buffer; a stream whose server is gone would hang for ever
READ_TRIES = 1000  # a write takes microseconds; one that never ends belongs to a child that was stopped in it

__all__ = ["AudioSettings", "AudioStatus", "LiveAudio"]


class LiveAudio:
    """One sound card played by one child process. Close it when done.

    Threads: one at a time.
    """

    def __init__(self) -> None:
        """Nothing runs yet."""
        self._memory = CommonMemory(ctypes.sizeof(AudioMemory))
        shared = AudioMemory.from_buffer(self._memory.buffer)
        self._state, self._rows = shared.state, shared.rows
        self._n_rows_seen = 0
        self._outbox: SimpleQueue[Tell | Load | Drop | Look | Close] = SimpleQueue()
        self._heard = HeardFrames()
        self._opened = Opened(fs_hz=48_000, latency_s=0.0, device="")
        self._watch = StallWatch()
        self._child: Child | None = None
        self._sender: threading.Thread | None = None

    def warm(self, factory: EngineFactory) -> None:
        """Start the child, which loads and tries what it needs while the parent gets ready; `start` opens the card.

        Args:
            factory: as for `start`; an engine of its kind, to try
        """
        self._begin(run, factory)

    def wait_in_reserve(self, factory: EngineFactory) -> None:
        """As `warm`, for a card that is asked for much later: its devices are looked for only then."""
        self._begin(run_reserve, factory)

    def start(self, factory: EngineFactory, settings: AudioSettings | None = None) -> None:
        """Start the child, unless it is warm, and wait until the card plays.

        Args:
            factory: makes the engine for a rate, in the child: a function of a module, or a `functools.partial` of one
            settings: how the card is opened
        Raises:
            DeviceError: PortAudio is missing, there is no such device, it is busy, or it does not answer
        """
        order = Open(settings=settings or AudioSettings(), factory=factory if self._child is not None else None)
        child = self._child or self._begin(run, factory)
        with suppress(OSError):  # a child that found no PortAudio has said so, and is gone
            child.pipe.send(order)
        self._opened = self._first_word(child)
        self.status()  # the first pair of the clock map
        self._sender = threading.Thread(target=_send_all, args=(self._outbox, child.pipe), daemon=True)
        self._sender.start()

    def tell(self, command: Any) -> None:  # noqa: ANN401  # the engine's language, passed on unread
        """Send the engine a command, in stream seconds. Never waits; a dead child does not mind."""
        self._put(Tell(command=command))

    def drop(self, command: Any) -> None:  # noqa: ANN401  # likewise
        """Have the card throw away what it has not played, and send the engine a command that ends what sounds.

        What is told for later is heard when it would have been. Never waits.
        """
        self._put(Drop(command=command))

    def load(self, name: str, samples: "NDArray[np.float32] | array[int]") -> None:
        """Send the engine a clip. Never waits; what is told later finds it there."""
        self._put(Load(name=name, samples=samples))

    def status(self) -> AudioStatus:
        """The state now; also takes a pair for the clock map, so look a few times a second."""
        state = self._read()
        if state.n_callbacks:
            self._heard.note(state.heard_frame, state.heard_s, fs_hz=self._opened.fs_hz)
        if state.n_callbacks and self._watch.look(now_s=time.monotonic(), called_s=state.called_s):
            self._outbox.put(Look())
        return AudioStatus(
            is_running=state.n_callbacks > 0 and self.is_alive and not self._watch.is_hung,
            position_frames=state.position_frames,
            slip_frames=state.slip_frames,
            n_flags=state.n_flags,
            n_refused=state.n_refused,
            latency_s=self._opened.latency_s or state.heard_s - state.called_s,  # JACK does not say at the start
            fs_hz=self._opened.fs_hz,
            busy_s=state.busy_s,
            peak=state.peak,
        )

    def callbacks(self) -> list[CallbackRow]:
        """What the callbacks did since the last time this was asked; the oldest are gone after some twenty seconds."""
        n_rows = self._read().n_callbacks
        first = max(self._n_rows_seen, n_rows - N_ROWS + N_ROWS // 8)  # those next in turn may be written just now
        self._n_rows_seen = n_rows
        return [CallbackRow.from_buffer_copy(self._rows[row % N_ROWS]) for row in range(first, n_rows)]

    def clock_map(self) -> ClockMap:
        """Host time at which a stream frame is heard.

        Raises:
            DeviceError: nothing was started yet
        """
        if not self._heard.is_known:
            raise DeviceError("the sound device has not played yet", Reason.NOT_RESPONDING)
        return self._heard.clock_map(fs_hz=self._opened.fs_hz)

    @property
    def memory(self) -> CommonMemory:
        """What the child shares, an `AudioMemory`: for another process that makes music for it."""
        return self._memory

    @property
    def has_played(self) -> bool:
        """Whether anything was heard, so that there is a clock map."""
        return self._heard.is_known

    @property
    def fs_hz(self) -> int:
        """Frames per second of the card that plays."""
        return self._opened.fs_hz

    @property
    def device(self) -> str:
        """Name of the device that plays, empty before the start."""
        return self._opened.device

    @property
    def pid(self) -> int | None:
        """The child's process id, None before the start."""
        return self._child.pid if self._child is not None else None

    @property
    def is_alive(self) -> bool:
        """Whether there is a child, playing or waiting to."""
        return self._child is not None and self._child.is_alive

    def close(self) -> None:
        """Let the child play out its buffer, and end it; one that does not end is killed. Never hangs."""
        if self._child is not None and self._sender is not None:
            self._outbox.put(Close())
            self._child.wait(CLOSE_GRACE_S)
        self.kill()

    def kill(self) -> None:
        """End a child from which nothing is expected any more, at once, and give back its thread and descriptors."""
        if self._child is None:
            return
        child, self._child = self._child, None
        child.kill()
        if self._sender is not None:
            self._outbox.put(Close())  # sent to nobody: the end of the thread
            self._sender.join()
        child.pipe.close()

    def _begin(self, life: Callable[..., None], factory: EngineFactory) -> Child:
        """Start the child.

        Raises:
            DeviceError: the system starts no more processes
        """
        try:
            self._child = Child(life, factory, self._memory)
        except OSError as error:
            raise DeviceError(f"the audio process does not start: {error.strerror or error}", Reason.BUSY) from error
        return self._child

    def _put(self, message: Tell | Load | Drop) -> None:
        """Have a message sent, where there is somebody to read it."""
        if self._child is not None:
            self._outbox.put(message)

    def _first_word(self, child: Child) -> Opened:
        """Wait for the child to say how it went; one that says nothing in time is killed, which ends the wait."""
        word: Any = None
        is_late = threading.Event()
        watchdog = threading.Timer(START_TIMEOUT_S, _give_up, (child, is_late))
        watchdog.start()
        with suppress(Exception):  # the end of the pipe, or of a child in the middle of a word
            word = child.pipe.recv()
        watchdog.cancel()
        if isinstance(word, Opened):
            return word
        self.kill()
        if is_late.is_set():
            raise DeviceError("the sound device does not answer", Reason.NOT_RESPONDING)
        if isinstance(word, Refused):
            raise DeviceError(word.message, word.reason)
        raise DeviceError("the audio process died as it started", Reason.VANISHED)

    def _read(self) -> AudioState:
        """A copy of the shared state, whole."""
        for _ in range(READ_TRIES):
            before = self._state.version
            copy = AudioState.from_buffer_copy(self._state)
            if before % 2 == 0 and self._state.version == before:
                break
        return copy


def _give_up(child: Child, is_late: threading.Event) -> None:
    is_late.set()
    child.kill()


def _send_all(outbox: "SimpleQueue[Tell | Load | Drop | Look | Close]", pipe: Pipe) -> None:
    """Empty the outbox into the pipe, which blocks when the child hangs; in a thread, so that nothing else does."""
    with suppress(OSError):
        while True:
            message = outbox.get()
            pipe.send(message)
            if isinstance(message, Close):
                return

"""The audio process: an engine, a sound card, and nothing that could make the beat stumble.

The parent's screen, radio, journal and garbage do not share this process's interpreter lock. Here are three things: the
card's callback (`audio_player`), which asks the engine for frames; the main thread, which takes commands off a pipe
into a deque, and makes clips ready for the engine; and a piece of shared memory, where the callback leaves what the
parent wants to know. The callback waits for nothing. How it is started: `child`.

Only child processes import sounddevice (here, `audio_list`, `microphone`): without PortAudio everything else runs.
"""

import gc
import os
import signal
import sys
import threading
import time
from collections import deque
from contextlib import suppress
from importlib import import_module
from typing import Any

from cadencecoach.devices.audio_card import PLAIN, USUAL_FS_HZ, open_stream
from cadencecoach.devices.audio_player import Player
from cadencecoach.devices.audio_report import Report
from cadencecoach.devices.audio_wire import (
    AudioMemory,
    AudioState,
    Close,
    Drop,
    EngineFactory,
    LiveEngine,
    Load,
    Look,
    Open,
    Opened,
    Refused,
    Tell,
)
from cadencecoach.devices.child import CommonMemory, Pipe
from cadencecoach.devices.portaudio import missing_library
from cadencecoach.devices.priority import before_others, keep_up
from cadencecoach.devices.slip import Loss
from cadencecoach.errors import Reason

PLAYS_TIMEOUT_S = 10.0
PLAYS_POLL_S = 0.002
FILLED_WITHIN_S = 0.02  # filling the longest buffer takes less, and no buffer is shorter
WARM_UP_FRAMES = 48_000
SWITCH_INTERVAL_S = 0.0005  # the longest the command thread may hold the interpreter against the callback
ONE_AT_A_TIME = "it may play for one program at a time: use JACK, a dmix device, or a sink for each pair"
BUSY_CODE = -9985  # PaErrorCode paDeviceUnavailable


def run(pipe: Pipe, rehearsed: EngineFactory, memory: CommonMemory) -> None:
    """The child's life: warm up, open the card when told which, pass commands on until told to close or left alone.

    Args:
        pipe: to the parent, whose first word is an `Open`
        rehearsed: makes an engine to warm up with, like the one to be played
        memory: shared with the parent, for an `AudioMemory`
    """
    with before_others():
        _ready(rehearsed, ahead="sounddevice")
    _live(pipe, rehearsed, memory)


def run_reserve(pipe: Pipe, rehearsed: EngineFactory, memory: CommonMemory) -> None:
    """As `run`, for a child that may have to wait for an hour.

    PortAudio freezes its list of devices when it is loaded, and holds on to sound servers: it is loaded when the card
    is asked for, all else before.
    """
    _ready(rehearsed, ahead="_sounddevice")
    _live(pipe, rehearsed, memory)


def _ready(rehearsed: EngineFactory, *, ahead: str) -> None:
    """Load the module `ahead` and numpy, and play a second to nobody."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # numpy would start a thread for every core, for nothing
    with suppress(Exception):  # what is wrong comes up again, and is said, where the card is opened
        import_module(ahead)
        rehearsed(USUAL_FS_HZ).render(WARM_UP_FRAMES)


def _live(pipe: Pipe, rehearsed: EngineFactory, memory: CommonMemory) -> None:
    """From the parent's first word on."""
    shared = AudioMemory.from_buffer(memory.buffer)
    state: AudioState = shared.state
    try:
        order: Open = pipe.recv()
        with before_others():
            import sounddevice  # noqa: PLC0415  # not before the child runs

        inbox: deque[Tell | Drop] = deque()
        is_dropping = threading.Event()

        def player_of(engine: LiveEngine, n_channels: int, loss: Loss) -> Player:
            engine.use_music(shared.music)
            report, pair = Report(state, shared.rows), order.settings.pair
            return Player(engine, inbox=inbox, report=report, loss=loss, n_channels=n_channels, pair=pair)

        def finish() -> None:  # JACK does not say that a stream has finished: there the parent asks
            if not is_dropping.is_set():
                _leave()

        stream, device, player = open_stream(
            sounddevice, order.settings, player_of, order.factory or rehearsed, finished=finish
        )
        _pause_for_nothing()
        stream.start()
        keep_up()  # after it: a thread that PortAudio starts inherits nothing
        _wait_until_it_plays(stream, state)
        pipe.send(Opened(fs_hz=player.fs_hz, latency_s=stream.latency, device=device.name))
    except EOFError:
        return  # nobody wanted it
    except (OSError, ImportError) as error:
        pipe.send(missing_library(error))
    except Exception as error:  # noqa: BLE001  # PortAudioError and ValueError; whatever it is, the parent must hear it
        pipe.send(refusal(error, is_pair=order.settings.pair is not None))
    else:
        _pass_on(pipe, inbox, player, stream, is_dropping)


def _pause_for_nothing() -> None:
    """No garbage is collected from here on, and no thread holds the interpreter for long."""
    sys.setswitchinterval(SWITCH_INTERVAL_S)
    gc.collect()
    gc.freeze()
    gc.disable()


def _wait_until_it_plays(stream: Any, state: AudioState) -> None:  # noqa: ANN401  # untyped library
    """Wait for a callback that comes because the card has played something.

    The first ones only fill the buffer, all at once. A sound server may take more than a second from there to the
    first sound (Pulse: 1.1 s), and until then it says nothing true about when a frame is heard.
    """
    give_up_s = time.monotonic() + PLAYS_TIMEOUT_S
    first_s: float | None = None
    while first_s is None or state.called_s < first_s + FILLED_WITHIN_S:
        if not stream.active or time.monotonic() > give_up_s:
            raise ValueError("it opened but does not play")
        first_s = state.called_s if first_s is None and state.n_callbacks else first_s
        time.sleep(PLAYS_POLL_S)


def _pass_on(
    pipe: Pipe,
    inbox: deque[Tell | Drop],
    player: Player,
    stream: Any,  # noqa: ANN401  # untyped library
    is_dropping: threading.Event,
) -> None:
    """Take messages off the pipe until one says close, or the parent is gone.

    It sleeps until there is one: a thread that woke up to look would hold the interpreter while a busy machine lets
    it wait, and the card's callback with it.
    """
    try:
        while not isinstance(message := pipe.recv(), Close):
            match message:
                case Look():
                    if not stream.active:
                        _leave()
                case Load(name=name, samples=samples):
                    player.load(name, samples)
                case Drop():
                    is_dropping.set()
                    stream.abort()
                    inbox.append(message)  # the callback finds it before anything else it does
                    stream.start()
                    is_dropping.clear()
                case _:
                    inbox.append(message)
        stream.stop()
    except Exception:  # noqa: BLE001  # the end of the pipe, or of a card that does not begin again
        _leave()


def _leave() -> None:
    """Nobody to play for, or nothing to play on: closing a stream whose server is gone can hang."""
    os._exit(1)


def refusal(error: Exception, *, is_pair: bool = False) -> Refused:
    """What the parent hears of an error; PortAudio's code is the last of its arguments that is a number.

    Args:
        error: as the library raised it
        is_pair: one pair of channels of several was asked for
    """
    codes = [argument for argument in error.args if isinstance(argument, int)]
    is_plain = str(error).startswith(PLAIN)  # says what there is, or that there is nothing
    message = str(error) if is_plain else f"the sound device does not work: {error}"
    if is_pair and BUSY_CODE in codes:
        message = f"{message}; {ONE_AT_A_TIME}"
    return Refused(message=message, reason=Reason.BUSY if BUSY_CODE in codes else Reason.NO_DEVICE)

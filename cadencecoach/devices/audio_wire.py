"""What crosses between the audio process and its parent: settings, messages, and the state in shared memory."""

import ctypes
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from cadencecoach.devices.slip import USUAL_LATENCY_S
from cadencecoach.errors import Reason

if TYPE_CHECKING:
    from array import array

    import numpy as np
    from numpy.typing import NDArray


class LiveEngine(Protocol):
    """What the child plays: see `sound.engine.Engine`, of which this room knows nothing."""

    @property
    def fs_hz(self) -> int:
        """Frames per second."""

    @property
    def position_frames(self) -> int:
        """The next frame `render` will give."""

    def tell(self, command: Any) -> None:  # noqa: ANN401  # the engine's language, passed on unread
        """Take a command; ValueError for one that means nothing."""

    def load(self, name: str, samples: "NDArray[np.float32] | array[int]") -> None:
        """Add a clip, from any thread; ValueError for one that cannot be played."""

    def render(self, n_frames: int) -> "NDArray[np.float32]":
        """The next frames, shape (n_frames, 2)."""

    def skip_silence(self, n_frames: int) -> bool:
        """Go by the next frames if all of them are silence; else do nothing."""

    def use_music(self, memory: Any) -> None:  # noqa: ANN401  # memory that is shared, passed on unread
        """Play what another process of the parent's writes there."""


EngineFactory = Callable[[int], LiveEngine]  # makes the engine for a rate in Hz, in the audio process


@dataclass(frozen=True, slots=True, kw_only=True)
class AudioSettings:
    """How the card is opened.

    Attributes:
        device: part of its name, None for the system's own choice
        latency_s: buffer asked for
        block_frames: frames per callback; a JACK server has blocks of its own
        pair: the two channels that are heard, counted from 1, of a device with more; None takes its first ones
        sink: of PipeWire or PulseAudio, by its name; then `device` is None
        is_only: no other device stands in for one that is gone: it may be another runner's
    """

    device: str | None = None
    latency_s: float = USUAL_LATENCY_S
    block_frames: int = 512
    pair: tuple[int, int] | None = None
    sink: str = ""
    is_only: bool = False


class AudioState(ctypes.Structure):
    """What the callback leaves for the parent, in shared memory.

    `version` is odd while the callback writes; a reader that sees it odd, or changed, reads again. Written by
    `audio_report`, which knows the order of the fields.
    """

    _fields_ = (
        ("version", ctypes.c_int64),
        ("position_frames", ctypes.c_int64),  # the next frame to be given to the card
        ("slip_frames", ctypes.c_int64),  # lost by the card, all in all
        ("n_callbacks", ctypes.c_int64),
        ("n_flags", ctypes.c_int64),  # under-runs the card reported
        ("n_refused", ctypes.c_int64),  # commands that meant nothing to the engine
        ("heard_frame", ctypes.c_int64),  # this frame ...
        ("heard_s", ctypes.c_double),  # ... is heard at this host time
        ("called_s", ctypes.c_double),  # host time of the latest callback
        ("busy_s", ctypes.c_double),  # the longest callback
        ("peak", ctypes.c_double),  # the highest sample so far
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class AudioStatus:
    """The audio process as seen at one moment.

    Attributes:
        is_running: it lives, and has not hung (`audio_watch`)
        position_frames: the next frame to be given to the card
        slip_frames: frames the card lost, made up for by skipping
        n_flags: under-runs the card reported; not to be trusted, see `slip`
        n_refused: commands the engine could not take
        latency_s: from the callback to the ear, as the card says
        fs_hz: frames per second
        busy_s: the longest callback so far
        peak: the highest sample so far, 1 is full scale
    """

    is_running: bool
    position_frames: int
    slip_frames: int
    n_flags: int
    n_refused: int
    latency_s: float
    fs_hz: int
    busy_s: float
    peak: float


class CallbackRow(ctypes.Structure):
    """One callback, as its child saw it."""

    _fields_ = (
        ("first_frame", ctypes.c_int64),  # the first it gave to the card
        ("n_frames", ctypes.c_int64),
        ("slip_frames", ctypes.c_int64),  # skipped before it
        ("called_s", ctypes.c_double),  # host time
        ("busy_s", ctypes.c_double),  # how long it took
        ("heard_s", ctypes.c_double),  # host time at which its first frame is heard
    )


N_ROWS = 4096  # 22 s of blocks of 256 frames
CallbackRows = CallbackRow * N_ROWS


MUSIC_BYTES = 6_400_000  # for what the engine takes from there, 5 s of it; costs nothing while nobody writes


class AudioMemory(ctypes.Structure):
    """All that is shared."""

    _fields_ = (("state", AudioState), ("rows", CallbackRows), ("music", ctypes.c_byte * MUSIC_BYTES))


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """The parent's first word: what to play, and on which card.

    Attributes:
        settings: of the card
        factory: makes the engine; None is the one to warm up with, which may hold memory that no pipe takes
    """

    settings: AudioSettings
    factory: EngineFactory | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """The child's first word when all is well."""

    fs_hz: int
    latency_s: float
    device: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """The child's first and only word when there is no sound."""

    message: str
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Tell:
    """A command for the engine."""

    command: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """A clip for the engine."""

    name: str
    samples: "NDArray[np.float32] | array[int]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Drop:
    """Throw away what the card holds and has not played. The command comes in its place."""

    command: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """See whether the card's stream still stands: no callback has come for a while."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Close:
    """Play out what is buffered, and end."""

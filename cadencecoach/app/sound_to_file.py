"""A session's sound into a file: the engine is asked for frames as far as the session's time has come."""

from typing import TYPE_CHECKING, Protocol

from cadencecoach.sound.engine import LEAD_FRAMES, Engine
from cadencecoach.units import frame_at

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BLOCK_FRAMES = 1 << 16  # what is rendered at once
TAIL_S = 0.5  # the last sound dies away


class Sink(Protocol):
    """Takes frames; `devices.sound_file` has them."""

    def write(self, samples: "NDArray[np.int16]") -> None:
        """Append frames, shape (n, 2)."""

    def close(self) -> None:
        """Finish."""


class SoundToFile:
    """Renders behind the session, so that no command comes too late."""

    def __init__(self, engine: Engine, sink: Sink) -> None:
        """Begin at frame 0."""
        self._engine = engine
        self._sink = sink

    def advance(self, time_s: float) -> None:
        """Render whole blocks up to a time after which commands may still come."""
        safe = frame_at(time_s, self._engine.fs_hz) - LEAD_FRAMES
        while self._engine.position_frames + BLOCK_FRAMES <= safe:
            self._sink.write(self._engine.render_pcm16(BLOCK_FRAMES))

    def finish(self, time_s: float) -> None:
        """Render to the end of the last sound and close the file."""
        end = frame_at(time_s + TAIL_S, self._engine.fs_hz)
        while (left := end - self._engine.position_frames) > 0:
            self._sink.write(self._engine.render_pcm16(min(BLOCK_FRAMES, left)))
        self._sink.close()

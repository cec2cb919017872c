"""What the card's callback leaves for the parent, in shared memory: the state now, and one row for each callback.

The callback comes a hundred times a second, each time with cold caches: one packed write costs a tenth of what writing
field by field does.
"""

import struct
from typing import TYPE_CHECKING

from cadencecoach.devices.audio_wire import N_ROWS

if TYPE_CHECKING:
    import ctypes

    from cadencecoach.devices.audio_wire import AudioState, CallbackRow

    Rows = ctypes.Array[CallbackRow]

STATE = struct.Struct("=7q4d")  # AudioState, field by field
ROW = struct.Struct("=3q3d")  # CallbackRow


class Report:
    """Writes both.

    Attributes:
        n_refused: commands that meant nothing to the engine
        peak: the highest sample so far

    Threads: audio only. Real-time safe: no lock, no I/O, no wait.
    """

    __slots__ = ("_busy_s", "_n_callbacks", "_n_flags", "_rows", "_slip_frames", "_state", "n_refused", "peak")

    def __init__(self, state: "AudioState", rows: "Rows") -> None:
        """Nothing happened yet."""
        self._state, self._rows = state, rows
        self._n_callbacks = self._n_flags = self._slip_frames = 0
        self._busy_s = 0.0
        self.n_refused = 0
        self.peak = 0.0

    def note(  # one for each thing a callback knows
        self,
        *,
        first_frame: int,
        end_frame: int,
        slip_frames: int,
        has_flag: bool,
        called_s: float,
        busy_s: float,
        heard_s: float,
    ) -> None:
        """One callback: frames first..end-1, heard from `heard_s` on; see `CallbackRow` and `AudioState`."""
        at = self._n_callbacks % N_ROWS * ROW.size
        n_frames = end_frame - first_frame
        ROW.pack_into(self._rows, at, first_frame, n_frames, slip_frames, called_s, busy_s, heard_s)
        self._n_callbacks += 1
        self._n_flags += has_flag
        self._slip_frames += slip_frames
        self._busy_s = max(self._busy_s, busy_s)
        version = 2 * self._n_callbacks
        STATE.pack_into(
            self._state,
            0,
            version - 1,  # odd while the rest is written
            end_frame,
            self._slip_frames,
            self._n_callbacks,
            self._n_flags,
            self.n_refused,
            first_frame,
            heard_s,
            called_s,
            self._busy_s,
            self.peak,
        )
        self._state.version = version

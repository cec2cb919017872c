"""The card's callback: it takes commands from a deque, asks the engine for frames, and leaves word of how it went.

It runs in the card's own thread and waits for nothing.
"""

import time
from collections import deque
from typing import TYPE_CHECKING, Any

from cadencecoach.devices.audio_report import Report
from cadencecoach.devices.audio_wire import LiveEngine, Load, Tell
from cadencecoach.devices.slip import Loss, SlipMeter

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FRAME_BYTES = 8  # two channels of float32
FADE_IN_S = 0.005  # after a slip the sound goes on from another place


class Player:
    """The callback: commands in, frames out, state left behind.

    Threads: audio only, but `inbox`, which the main thread fills. Real-time safe: no lock, no I/O, no wait.
    """

    def __init__(
        self,
        engine: LiveEngine,
        *,
        inbox: deque[Tell | Load],
        report: Report,
        loss: Loss = Loss.FRAMES,
        n_channels: int = 2,
    ) -> None:
        """Play `engine`, telling it what comes into `inbox`.

        Args:
            engine: what plays
            inbox: commands and clips for it
            report: takes how it went
            loss: what the card loses at a time
            n_channels: of the card, 1 or 2
        """
        self._engine, self._inbox, self._report = engine, inbox, report
        self._slips = SlipMeter(fs_hz=engine.fs_hz, loss=loss)
        self._silence = b""
        self._is_mono = n_channels == 1

    def __call__(self, out: Any, n_frames: int, times: Any, flags: Any) -> None:  # noqa: ANN401  # CFFI
        """Fill one block: `out` is the card's memory, `times` and `flags` are PortAudio's."""
        called_s = time.monotonic()
        engine, report, dac_s, has_flag = self._engine, self._report, times.outputBufferDacTime, flags.output_underflow
        if self._inbox:
            self._take_commands()
        slip_frames = self._slips.slip_frames(dac_s=dac_s, n_frames=n_frames, has_flag=has_flag)
        if slip_frames:
            engine.render(slip_frames)  # gone: the beat is where the card's clock is
        first_frame = engine.position_frames
        if engine.passed(n_frames):
            if len(self._silence) != len(out):
                self._silence = bytes(len(out))  # once: blocks are mostly of one length
            out[:] = self._silence
        else:
            block = engine.render(n_frames)
            report.peak = max(report.peak, float(block.max()))
            if slip_frames:
                fade_in(block, n_frames=round(FADE_IN_S * engine.fs_hz))
            out[:] = block.mean(axis=1).data if self._is_mono else block.data
        report.note(
            first_frame=first_frame,
            end_frame=first_frame + n_frames,
            slip_frames=slip_frames,
            has_flag=has_flag,
            called_s=called_s,
            busy_s=time.monotonic() - called_s,
            heard_s=called_s + dac_s - times.currentTime,
        )

    def _take_commands(self) -> None:
        while self._inbox:
            try:
                match self._inbox.popleft():
                    case Tell(command=command):
                        self._engine.tell(command)
                    case Load(name=name, samples=samples):
                        self._engine.load(name, samples)
            except ValueError:
                self._report.n_refused += 1  # the beat goes on


def fade_in(block: "NDArray[np.float32]", *, n_frames: int) -> None:
    """Raise the beginning of a block from silence, in place."""
    n_fade = min(n_frames, len(block))
    for frame in range(n_fade):  # rare and short; numpy is not imported by this file
        block[frame] *= frame / n_fade

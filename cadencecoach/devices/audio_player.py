"""The card's callback: it takes commands from a deque, asks the engine for frames, and leaves word of how it went.

It runs in the card's own thread and waits for nothing. Clips are made ready outside of it.
"""

import time
from collections import deque
from typing import TYPE_CHECKING, Any

from cadencecoach.devices.audio_report import Report
from cadencecoach.devices.audio_wire import Drop, LiveEngine, Tell
from cadencecoach.devices.slip import Loss, SlipMeter

if TYPE_CHECKING:
    from array import array

    import numpy as np
    from numpy.typing import NDArray

FRAME_BYTES = 8  # two channels of float32
FADE_IN_S = 0.005  # after a slip the sound goes on from another place
DROPPED_S = 0.020  # skipped after a drop: what the mix is ahead, and the longest fade, music's


class Player:
    """The callback: commands in, frames out, state left behind.

    Threads: audio only, but `inbox`, which the main thread fills, and `load`. Real-time safe: no lock, no I/O, no wait.
    """

    def __init__(
        self,
        engine: LiveEngine,
        *,
        inbox: deque[Tell | Drop],
        report: Report,
        loss: Loss = Loss.FRAMES,
        n_channels: int = 2,
        pair: tuple[int, int] | None = None,
    ) -> None:
        """Play `engine`, telling it what comes into `inbox`.

        Args:
            engine: what plays
            inbox: commands for it
            report: takes how it went
            loss: what the card loses at a time
            n_channels: of the card: 1 or 2, or more with a pair of them
            pair: which two are heard, counted from 1; the others are silent
        """
        self._engine, self._inbox, self._report = engine, inbox, report
        self._slips = SlipMeter(fs_hz=engine.fs_hz, loss=loss)
        self._silence = b""
        self._is_mono = n_channels == 1
        self._frame_bytes = FRAME_BYTES // 2 * n_channels
        self._pair, self._n_channels = pair, n_channels
        self._n_early = 0  # frames of silence before the engine's next one is due

    @property
    def fs_hz(self) -> int:
        """Frames per second."""
        return self._engine.fs_hz

    def __call__(self, out: Any, n_frames: int, times: Any, flags: Any) -> None:  # noqa: ANN401  # CFFI
        """Fill one block: `out` is the card's memory, `times` and `flags` are PortAudio's."""
        called_s = time.monotonic()
        engine, report, dac_s, has_flag = self._engine, self._report, times.outputBufferDacTime, flags.output_underflow
        if self._inbox:
            self._take_commands(dac_s)
        slip_frames = self._slips.slip_frames(dac_s=dac_s, n_frames=n_frames, has_flag=has_flag)
        if slip_frames:
            engine.render(slip_frames)  # gone: the beat is where the card's clock is
        first_frame = engine.position_frames - self._n_early
        if self._n_early:
            out[:] = self._silence_before(n_frames)
        elif engine.skip_silence(n_frames):
            if len(self._silence) != len(out):
                self._silence = bytes(len(out))  # once: blocks are mostly of one length
            out[:] = self._silence
        else:
            block = engine.render(n_frames)
            report.peak = max(report.peak, block.item(block.argmax()))  # quicker than its `max`
            if slip_frames:
                fade_in(block, n_frames=round(FADE_IN_S * engine.fs_hz))
            out[:] = self._samples(block)
        report.note(
            first_frame=first_frame,
            end_frame=first_frame + n_frames,
            slip_frames=slip_frames,
            has_flag=has_flag,
            called_s=called_s,
            busy_s=time.monotonic() - called_s,
            heard_s=called_s + dac_s - times.currentTime,
        )

    def load(self, name: str, samples: "NDArray[np.float32] | array[int]") -> None:
        """Give the engine a clip, before a command that plays it is put into the inbox.

        Threads: the main one. A hundred sentences at the start, turned into floats, take longer than a block lasts.
        """
        try:
            self._engine.load(name, samples)
        except ValueError:
            self._report.n_refused += 1

    def _take_commands(self, dac_s: float) -> None:
        while self._inbox:
            try:
                match self._inbox.popleft():
                    case Tell(command=command):
                        self._engine.tell(command)
                    case Drop(command=command):
                        self._engine.tell(command)
                        self._wait_after_drop(dac_s)  # before the next command: words begin after it, and whole
            except ValueError:
                self._report.n_refused += 1  # the beat goes on

    def _wait_after_drop(self, dac_s: float) -> None:
        """What the card held is gone: what comes next is heard when it would have been."""
        n_dropped = round(DROPPED_S * self._engine.fs_hz)
        self._engine.render(n_dropped)
        n_early = self._n_early + n_dropped + self._slips.begin_anew(dac_s)
        if n_early < 0:  # the card took longer than its buffer lasted
            self._engine.render(-n_early)
        self._n_early = max(n_early, 0)

    def _silence_before(self, n_frames: int) -> bytes:
        """The next frames for the card, of which the first, or all, are silent."""
        n_silent = min(self._n_early, n_frames)
        self._n_early -= n_silent
        block = self._engine.render(n_frames - n_silent)
        heard: bytes = self._samples(block).tobytes()
        return bytes(n_silent * self._frame_bytes) + heard

    def _samples(self, block: "NDArray[np.float32]") -> Any:  # noqa: ANN401  # memory for CFFI
        """A block as the card takes it."""
        if self._pair is not None:
            wide = block.repeat(self._n_channels, axis=1)[:, : self._n_channels]  # numpy is not imported by this file
            wide[:] = 0.0
            wide[:, self._pair[0] - 1 : self._pair[1]] = block
            return wide.copy().data
        return block.mean(axis=1).data if self._is_mono else block.data


def fade_in(block: "NDArray[np.float32]", *, n_frames: int) -> None:
    """Raise the beginning of a block from silence, in place."""
    n_fade = min(n_frames, len(block))
    for frame in range(n_fade):  # rare and short; numpy is not imported by this file
        block[frame] *= frame / n_fade

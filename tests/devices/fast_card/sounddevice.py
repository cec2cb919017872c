"""A sound card whose crystal runs 500 ppm fast, in sounddevice's place: a module the audio process imports instead.

It asks for blocks as fast as they come and says when each will be heard by its own clock. It complains now and then of
under-runs that never were, as cards do. What it is given goes to the file named by CC_HEARD.
"""

import os
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

FAST = 1 + 500e-6
COMPLAINS_EVERY = 997
BYTES_PER_FRAME = 8


class RawOutputStream:
    """What is used of sounddevice's."""

    device = 0

    def __init__(
        self, *, samplerate: int, blocksize: int, latency: float, callback: Callable[..., None], **_: object
    ) -> None:
        """Stand still."""
        self.latency, self.active = latency, False
        self._block_s, self._n_frames, self._callback = blocksize / (samplerate * FAST), blocksize, callback
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> None:
        """Begin to ask."""
        self.active = True
        self._thread.start()

    def stop(self) -> None:
        """Ask no more."""
        self.active = False
        self._thread.join()

    def _run(self) -> None:
        origin_s, k = time.monotonic() + self.latency, 0
        with Path(os.environ["CC_HEARD"]).open("wb") as file:
            while self.active:
                block = bytearray(self._n_frames * BYTES_PER_FRAME)
                times = SimpleNamespace(outputBufferDacTime=origin_s + k * self._block_s, currentTime=time.monotonic())
                flags = SimpleNamespace(output_underflow=k % COMPLAINS_EVERY == COMPLAINS_EVERY - 1)
                self._callback(block, self._n_frames, times, flags)
                file.write(block)
                k += 1


default = SimpleNamespace(device=(-1, 0))


def query_devices() -> list[dict[str, Any]]:
    """The one there is."""
    row = {"hostapi": 0, "name": "fast card", "max_output_channels": 2, "default_samplerate": 48_000.0}
    return [row | {"default_high_output_latency": 0.1}]


def query_hostapis() -> list[dict[str, Any]]:
    """Its way to the card."""
    return [{"name": "fast"}]

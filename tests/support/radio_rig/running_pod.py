"""A runner with a foot pod and a strap, in a thread of their own beside a test that waits for something else."""

import asyncio
import itertools
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from radio_rig.bluez import FakeBluez
from radio_rig.bus import private_bus
from radio_rig.driving import Rig
from radio_rig.pods import foot_pod, heart_strap

HEART_RATES_BPM = range(120, 180)  # one after the other: each is seen to have come


@dataclass(frozen=True)
class Runner:
    """What there is to know of somebody who runs.

    Attributes:
        address: of the bus with the sensors
        beats: each heart rate that was sent, and when by the clock that only goes on
    """

    address: str
    beats: list[tuple[int, float]] = field(default_factory=list)


@contextmanager
def running_pod(raw_per_min: int, speed_mps: float) -> Iterator[Runner]:
    """Somebody whose pod counts strides, four times a second, until the end of the block."""
    with private_bus() as address:
        runner = Runner(address)
        loop, has_begun = asyncio.new_event_loop(), threading.Event()
        running: list[asyncio.Task[None]] = []

        async def run() -> None:
            async with FakeBluez(address, foot_pod(), heart_strap()) as bluez:
                rig = Rig(bluez, bluez.pods)
                has_begun.set()
                for hr_bpm in itertools.cycle(HEART_RATES_BPM):
                    runner.beats.append((hr_bpm, time.monotonic()))
                    rig.beats(rig.pods[1], hr_bpm)
                    await rig.runs(1.0, raw_per_min, speed_mps=speed_mps)

        def play() -> None:
            running.append(loop.create_task(run()))
            try:
                loop.run_until_complete(running[0])
            except asyncio.CancelledError:
                loop.close()

        thread = threading.Thread(target=play)
        thread.start()
        try:
            assert has_begun.wait(30.0)
            yield runner
        finally:
            loop.call_soon_threadsafe(running[0].cancel)
            thread.join()

"""The real program against a script: `cadencecoach run` as a process, pods that do as told, the journal that comes of it."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from radio_rig.bluez import FakeBluez
from radio_rig.bus import ADDRESS, private_bus
from radio_rig.pods import HEART_MEASUREMENT, RSC_MEASUREMENT, Pod, rsc

PLAN = """plan: On the rig
tolerance: 3 %
stages:
  - {name: Run, duration: 10 min, target: 170 spm}
"""
EVERY_S = 0.25  # four times a second: a vote of ten takes 2.5 s
EXIT_WITHIN_S = 30.0


@dataclass
class Rig:
    """What a script plays on.

    Attributes:
        bluez: the service
        pods: in reach, the first one leads
        marks: host-independent notes of a script: name -> how many seconds something took
    """

    bluez: FakeBluez
    pods: tuple[Pod, ...]
    marks: dict[str, float] = field(default_factory=dict)
    n_sent: int = 0

    @property
    def pod(self) -> Pod:
        """The first one."""
        return self.pods[0]

    async def listened_to(self, pod: Pod | None = None, *, within_s: float = 20.0) -> None:
        """Wait until somebody has subscribed to a pod's first stream; how long that took is a mark."""
        one = (pod or self.pod).characteristics[0]
        began_s = asyncio.get_running_loop().time()
        await self.bluez.until(lambda: bool(one.listeners), within_s=within_s)
        self.marks["waited_s"] = asyncio.get_running_loop().time() - began_s

    async def passes(self, seconds: float) -> None:
        """The pod keeps quiet for a while."""
        await asyncio.sleep(seconds)

    async def runs(self, seconds: float, raw: int = 84, *, speed_mps: float = 3.0, pod: Pod | None = None) -> None:
        """The pod counts, four times a second; its distance grows, so that no two messages are the same."""
        for _ in range(round(seconds / EVERY_S)):
            self.says(rsc(raw, speed_mps, running=speed_mps > 2.0, distance=self.n_sent), pod)
            await asyncio.sleep(EVERY_S)

    def says(self, payload: bytes, pod: Pod | None = None) -> None:
        """The pod sends these bytes."""
        self.n_sent += 1
        self.bluez.notify(pod or self.pod, RSC_MEASUREMENT, payload)

    def beats(self, pod: Pod, hr_bpm: int) -> None:
        """A strap sends a heart rate."""
        self.bluez.notify(pod, HEART_MEASUREMENT, bytes((0, hr_bpm)))


Script = Callable[[Rig], Awaitable[None]]


@dataclass(frozen=True)
class Run:
    """What came of a run.

    Attributes:
        lines: the journal
        rig: what the script noted
        exit_status: of the process
        output: what it printed
        config: the user's settings folder
    """

    lines: list[dict[str, Any]]
    rig: Rig
    exit_status: int
    output: str
    config: Path

    def of(self, *kinds: str) -> list[dict[str, Any]]:
        """Lines of some kinds."""
        return [line for line in self.lines if line["what"] in kinds]

    def links(self) -> list[tuple[str, str, str]]:
        """State, source and name of each link line."""
        return [(line["state"], line["source"], line["name"]) for line in self.of("link")]


async def driven(folder: Path, script: Script, *pods: Pod, feet: str = "ble") -> Run:
    """Run the program while a script plays, then ask it to stop; what came of it."""
    folder.mkdir(parents=True, exist_ok=True)
    plan, journal = folder / "plan.yaml", folder / "out.jsonl"
    plan.write_text(PLAN, encoding="utf-8")
    with private_bus() as address:
        async with FakeBluez(address, *pods) as bluez:
            rig = Rig(bluez, pods)
            process = await _started(folder, address, plan, journal, feet)
            reading = asyncio.ensure_future(process.communicate())
            try:
                await rig.listened_to()
                await _journal_begun(journal, process)
                await script(rig)
            finally:
                process.send_signal(signal.SIGINT)
                output, _ = await asyncio.wait_for(reading, EXIT_WITHIN_S)
    text = journal.read_text(encoding="utf-8") if journal.exists() else ""
    lines = [json.loads(line) for line in text.splitlines()[1:]]
    return Run(lines, rig, process.returncode or 0, output.decode(), folder / "config" / "cadencecoach")


async def _started(folder: Path, address: str, plan: Path, journal: Path, feet: str) -> asyncio.subprocess.Process:
    environment = {
        **os.environ,
        ADDRESS: address,
        "XDG_CONFIG_HOME": str(folder / "config"),
        "XDG_DATA_HOME": str(folder / "data"),
    }
    words = ("run", str(plan), "--feet", feet, "--sound", "none", "--journal", str(journal))
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "cadencecoach", "--debug", *words),
        env=environment,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )


async def _journal_begun(journal: Path, process: asyncio.subprocess.Process) -> None:
    """Wait for the session's first lines: a script begins with the session, not with the connection."""
    async with asyncio.timeout(EXIT_WITHIN_S):
        while not (journal.exists() and journal.stat().st_size) and process.returncode is None:
            await asyncio.sleep(0.05)

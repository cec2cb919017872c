"""The real program against a script: `cadencecoach run` as a process, pods that do as told, the journal of it."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from copied_commands import CopiedProcess

from radio_rig.bluez import FakeBluez
from radio_rig.bus import ADDRESS, private_bus
from radio_rig.pace import ticks
from radio_rig.pods import HEART_MEASUREMENT, RSC_MEASUREMENT, Pod, rsc

PLAN = """plan: On the rig
tolerance: 3 %
stages:
  - {name: Run, duration: 10 min, target: 170 spm, feedback: {settle: 1 s, dwell: 1 s, spacing: 3 s, lost-after: 0 s}}
"""
EVERY_S = 0.25  # four times a second: a vote of ten takes 2.5 s
EXIT_WITHIN_S = 60.0  # on a machine that is busy with other things


@dataclass
class Rig:
    """What a script plays on.

    Attributes:
        bluez: the service
        pods: in reach, the first one leads
        waits_s: how long each wait for a subscription took
        n_sent: messages of the running pods
    """

    bluez: FakeBluez
    pods: tuple[Pod, ...]
    waits_s: list[float] = field(default_factory=list)
    n_sent: int = 0

    @property
    def pod(self) -> Pod:
        """The first one."""
        return self.pods[0]

    async def listened_to(self, pod: Pod | None = None, *, within_s: float = 30.0) -> None:
        """Wait until somebody has subscribed to a pod's first stream; how long that took is a mark."""
        one = (pod or self.pod).characteristics[0]
        began_s = asyncio.get_running_loop().time()
        await self.bluez.until(lambda: bool(one.listeners), within_s=within_s)
        self.waits_s.append(asyncio.get_running_loop().time() - began_s)

    async def passes(self, seconds: float) -> None:
        """The pod keeps quiet for a while."""
        async for _ in ticks(seconds, n=1):
            pass

    async def runs(self, seconds: float, raw: int = 75, *, speed_mps: float = 3.0, pod: Pod | None = None) -> None:
        """The pod counts, four times a second; its distance grows, so that no two messages are the same."""
        async for _ in ticks(EVERY_S, n=round(seconds / EVERY_S)):
            self.says(rsc(raw, speed_mps, running=speed_mps > 2.0, distance=self.n_sent), pod)

    def says(self, payload: bytes, pod: Pod | None = None) -> None:
        """The pod sends these bytes."""
        self.n_sent += 1
        self.bluez.notify(pod or self.pod, RSC_MEASUREMENT, payload)

    def beats(self, pod: Pod, hr_bpm: int) -> None:
        """A strap sends a heart rate."""
        self.bluez.notify(pod, HEART_MEASUREMENT, bytes((0, hr_bpm)))


Process = asyncio.subprocess.Process | CopiedProcess
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


async def driven(folder: Path, script: Script, *pods: Pod, feet: str = "ble", is_fresh: bool = False) -> Run:
    """Run the program while a script plays, then ask it to stop; what came of it.

    Args:
        folder: an empty one, for the plan, the journal and the user's settings
        script: begins when the session has begun and the pods are listened to
        pods: in reach
        feet: as on the command line; where it names several sensors, all of them are waited for
        is_fresh: whether a Python is started anew
    """
    plan, journal = folder / "plan.yaml", folder / "out.jsonl"
    with private_bus() as address:
        async with FakeBluez(address, *pods) as bluez:
            rig = Rig(bluez, pods)
            words = ("run", str(plan), "--feet", feet, "--journal", str(journal))
            async with gone(await started(folder, address, *words, is_fresh=is_fresh)) as process:
                output: list[str] = []
                has_begun = asyncio.Event()
                reading = asyncio.ensure_future(_read(process, output, has_begun))
                try:
                    for pod in pods if "," in feet else pods[:1]:
                        await rig.listened_to(pod)
                    await asyncio.wait_for(has_begun.wait(), EXIT_WITHIN_S)
                    await script(rig)
                finally:
                    process.send_signal(signal.SIGINT)
                    await asyncio.wait_for(reading, EXIT_WITHIN_S)
                    await process.wait()
    return Run(journal_of(journal), rig, process.returncode or 0, "".join(output), folder / "config" / "cadencecoach")


def prepared(folder: Path) -> Path:
    """The folder, with the plan in it."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "plan.yaml").write_text(PLAN, encoding="utf-8")
    return folder


def journal_of(path: Path) -> list[dict[str, Any]]:
    """The lines of a journal after its header."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()[1:]]


async def started(folder: Path, address: str, *words: str, stdin: int | None = None, is_fresh: bool = False) -> Process:
    """The program, with a bus and a user's folders of its own: a copy of one that is loaded, or started anew."""
    environment = {
        **os.environ,
        ADDRESS: address,
        "XDG_CONFIG_HOME": str(folder / "config"),
        "XDG_DATA_HOME": str(folder / "data"),
    }
    quiet = ("--sound", "none") if words[0] == "run" else ()
    whole = ("--debug", *words, *quiet)
    if not is_fresh:
        return await CopiedProcess.begin(whole, folder=folder, environment=environment, stdin=stdin)
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "cadencecoach", *whole),
        env=environment,
        stdin=asyncio.subprocess.DEVNULL if stdin is None else stdin,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )


@asynccontextmanager
async def gone(process: Process) -> AsyncIterator[Process]:
    """A process that is ended with the block, also where a test gives up waiting for it."""
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def _read(process: Process, output: list[str], has_begun: asyncio.Event) -> None:
    """Collect what the program prints; its first stage is the beginning."""
    assert process.stdout is not None
    async for line in process.stdout:
        output.append(line.decode())
        if "stage 1 of" in output[-1]:
            has_begun.set()

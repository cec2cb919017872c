"""A room of runners as real processes: scripted pods on a private bus, a sound server with a null sink for each lane.

Used by the slow suite in short and by `bench/room.py` in full.
"""

import asyncio
import itertools
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from page_rig import signal_called
from radio_rig.bluez import FakeBluez
from radio_rig.bus import ADDRESS, private_bus
from radio_rig.pace import reach
from radio_rig.pods import RSC_MEASUREMENT, foot_pod, rsc
from sound_servers import PulseServer, alsa_config, wait_until

KILL, STOP = signal_called("SIGKILL"), signal_called("SIGSTOP")
TEMPO_SPM, PERIOD_FRAMES = 180, 16_000
TOLERANCE_FRAMES = 48  # a millisecond
RAW_PER_MIN = TEMPO_SPM // 2
EVERY_S = 0.25
WRAP_US = 1 << 32
PATIENCE_S = 240.0  # eight starts on a busy machine
PLAN = f"plan: Beat\nstages:\n  - {{name: Run, duration: 120 min, target: {TEMPO_SPM} spm, feedback: none}}\n"
PROBE = '''"""Notes in each session when a pod's message was sent, and when the coach had decided on it."""
import importlib.abc, importlib.util, os, struct, sys, time
NAME, LANE, FOLDER = "cadencecoach.session.recorder", os.environ.get("CADENCECOACH_LANE", ""), os.environ["ROOM_PROBE"]
class Finder(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name != NAME:
            return None
        sys.meta_path.remove(self)
        spec = importlib.util.find_spec(name)
        run = spec.loader.exec_module
        def load(module):
            run(module)
            write, newest = module.SessionRecorder.write, [0]
            out = open(os.path.join(FOLDER, f"{LANE[-1]}.us"), "a", buffering=1)
            def probed(self, line):
                kind = type(line).__name__
                if kind == "PayloadLine":
                    newest[0] = struct.unpack_from("<I", bytes.fromhex(line.hex), 4)[0]
                elif kind == "EstimateLine" and newest[0]:
                    out.write(f"{(time.monotonic_ns() // 1000 - newest[0]) % (1 << 32)}\\n")
                    newest[0] = 0
                return write(self, line)
            module.SessionRecorder.write = probed
        spec.loader.exec_module = load
        return spec
if LANE:
    sys.meta_path.insert(0, Finder())
'''


def now_us() -> int:
    """The clock of all processes, as a pod's distance field can hold it."""
    return time.monotonic_ns() // 1000 % WRAP_US


class PodThread:
    """Pods that run, each four times a second, with the moment of sending inside.

    Attributes:
        n_sent: messages by pod, of those somebody listened to
    """

    def __init__(self, address: str, n: int) -> None:
        """Begin to run."""
        self.pods = tuple(foot_pod(f"Pod {k}", f"C0:00:00:00:00:{k:02X}") for k in range(1, n + 1))
        self.n_sent = [0] * n
        self._address = address
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._play)
        self._running: asyncio.Task[None] | None = None
        self._has_begun = threading.Event()
        self._thread.start()
        assert self._has_begun.wait(30.0)

    def close(self) -> None:
        """Stand still."""
        running = self._running
        assert running is not None
        self._loop.call_soon_threadsafe(running.cancel)
        self._thread.join()

    @property
    def n_listened(self) -> int:
        """Pods somebody listens to now."""
        return sum(bool(pod.at(RSC_MEASUREMENT).listeners) for pod in self.pods)

    def _play(self) -> None:
        self._running = self._loop.create_task(self._run())
        with suppress(asyncio.CancelledError):
            self._loop.run_until_complete(self._running)
        self._loop.close()

    async def _run(self) -> None:
        async with FakeBluez(self._address, *self.pods) as bluez:
            self._has_begun.set()
            began_s = time.monotonic()
            for k in itertools.count():
                for number, pod in enumerate(self.pods):
                    due_s = began_s + (k + number / len(self.pods)) * EVERY_S
                    await reach(due_s)
                    payload = rsc(RAW_PER_MIN, distance=now_us())
                    self.n_sent[number] += bluez.notify(pod, RSC_MEASUREMENT, payload)


@dataclass
class RoomRig:
    """A room that runs.

    Attributes:
        home: its user's folders
        servers: the sound of each lane
        pods: what they run with
        environment: of every command
        supervisor: the process that is typed
        output: what it has printed, all of them one after the other
    """

    home: Path
    servers: Sequence[PulseServer]
    pods: PodThread
    environment: dict[str, str]
    output: Path
    supervisor: "subprocess.Popen[bytes]" = field(init=False)

    @property
    def lanes(self) -> range:
        """Their numbers."""
        return range(1, len(self.servers) + 1)

    def start(self) -> None:
        """Type the command."""
        words = [sys.executable, "-m", "cadencecoach", "--debug", "room", str(self.home / "room.yaml")]
        with self.output.open("ab") as output:
            self.supervisor = subprocess.Popen(
                words,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )

    def places(self) -> dict[str, dict[str, Any]]:
        """Every place that is published: lanes by number, the radio as `radio`."""
        found = {}
        for path in (self.home / "run" / "cadencecoach").glob("*.place"):
            with suppress(OSError, ValueError, KeyError):
                place = json.loads(path.read_text())
                if Path(f"/proc/{place['pid']}").exists():
                    found["radio" if place["about"]["kind"] == "radio" else place["about"]["lane"]] = place
        return found

    def pid_of(self, what: str) -> int:
        """Of a lane's session, or of the radio's owner."""
        return int(self.places()[what]["pid"])

    def audio_of(self, lane: int) -> int:
        """Of the process that plays a lane: the oldest child of its session."""
        return min(children_of(self.pid_of(str(lane))))

    def journal(self, lane: int) -> Path:
        """Of the session of a lane."""
        return Path(self.places()[str(lane)]["about"]["journal"])

    def is_whole(self) -> bool:
        """Whether every lane runs, is heard, and its pod is listened to."""
        places = self.places()
        return all(str(lane) in places for lane in self.lanes) and self.pods.n_listened == len(self.servers)

    def end(self) -> None:
        """Ctrl-C, and once more."""
        said = self.output.stat().st_size
        self.supervisor.send_signal(signal.SIGINT)
        wait_until(lambda: self.supervisor.poll() is not None or self.output.stat().st_size > said, within_s=PATIENCE_S)
        with suppress(ProcessLookupError):
            self.supervisor.send_signal(signal.SIGINT)
        self.supervisor.wait(PATIENCE_S)


@contextmanager
def room_rig(folder: Path, n: int) -> Iterator[RoomRig]:
    """A room of so many lanes, whose sessions all run; everything is over at the end."""
    home = folder / "home"
    probe = folder / "probe"
    for one in (home / "run", probe):
        one.mkdir(parents=True, mode=0o700)
    (probe / "sitecustomize.py").write_text(PROBE, encoding="utf-8")
    (home / "plan.yaml").write_text(PLAN, encoding="utf-8")
    with ExitStack() as stack:
        servers = [stack.enter_context(PulseServer()) for _ in range(n)]
        pods = PodThread(stack.enter_context(private_bus()), n)
        stack.callback(pods.close)
        cards = [
            f'pcm.cclane{k} {{ type pulse  server "unix:{one.folder}/native" }}' for k, one in enumerate(servers, 1)
        ]
        lanes = [
            f"  - {{lane: {k}, guest: yes, plan: plan, sensor: 'ble:{pod.address}', output: 'device:cclane{k}'}}"
            for k, pod in enumerate(pods.pods, 1)
        ]
        lines = [f"room: Rig\nconnections: {n}\nlanes:", *lanes]
        (home / "room.yaml").write_text("\n".join(lines), encoding="utf-8")
        folders = {f"XDG_{kind}_HOME": str(home / kind.lower()) for kind in ("DATA", "CONFIG", "CACHE")}
        own = {"XDG_RUNTIME_DIR": str(home / "run"), "PYTHONPATH": str(probe), "ROOM_PROBE": str(probe)}
        address = {ADDRESS: pods._address}  # of the bus it plays on
        environment = {**os.environ, **alsa_config(folder, *cards), **folders, **own, **address}
        rig = RoomRig(home, servers, pods, environment, folder / "output.txt")
        settings = home / "config" / "cadencecoach" / "settings.toml"
        settings.parent.mkdir(parents=True)
        settings.write_text('[voice]\nengine = "none"\n[sound]\nearcon_db = -60.0\n')  # only clicks are heard
        rig.start()
        stack.callback(kill_all, rig)
        wait_until(rig.is_whole, within_s=PATIENCE_S)
        yield rig


def kill_all(rig: RoomRig) -> None:
    """Leave nothing running."""
    with suppress(ProcessLookupError):
        rig.supervisor.kill()
        rig.supervisor.wait()
    for place in rig.places().values():
        with suppress(ProcessLookupError):
            os.kill(place["pid"], KILL)


def children_of(pid: int) -> list[int]:
    """Processes that a process has started."""
    with suppress(OSError):
        tasks = Path(f"/proc/{pid}/task").iterdir()
        return [int(one) for task in tasks for one in (task / "children").read_text().split()]
    return []


def onsets_of(heard: NDArray[np.float32]) -> NDArray[np.int64]:
    """Frames at which clicks begin; nothing else sounds."""
    loud = np.flatnonzero(np.abs(heard) > 0.1)
    return loud[np.diff(loud, prepend=-PERIOD_FRAMES) > PERIOD_FRAMES // 8]


def n_off(onsets: NDArray[np.int64]) -> int:
    """Intervals that are off by more than a millisecond."""
    return int((np.abs(np.diff(onsets) - PERIOD_FRAMES) > TOLERANCE_FRAMES).sum())


def delays_ms(rig: RoomRig) -> list[float]:
    """From the sending of a pod's message to the coach's decision on it, of all lanes, in order of size."""
    found = []
    for path in Path(rig.environment["ROOM_PROBE"]).glob("*.us"):
        found += [int(line) / 1000 for line in path.read_text().split()]
    return sorted(found)

"""How long from a pod's notification to the coach's decision, how soon after a drop, and whether anything is lost.

    python bench/ble.py            needs dbus-daemon; a minute

The pods and the stand-in for BlueZ run in this process, the program's own radio, session and live loop in another. The
time a notification was sent travels inside it, in the field for the distance; both processes read one monotonic clock.
Nothing here is a radio: over the air the connection interval (30-50 ms) comes on top.
"""

import asyncio
import json
import os
import statistics
import struct
import sys
import threading
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))

from radio_rig.bluez import FakeBluez
from radio_rig.bus import ADDRESS, private_bus
from radio_rig.pods import RSC_MEASUREMENT, Pod, foot_pod, rsc

from cadencecoach.coach.key_table import ScreenKey
from cadencecoach.devices.ble.events import Linked, Notified
from cadencecoach.devices.ble.link import Wanted
from cadencecoach.devices.ble.radio import Radio
from cadencecoach.devices.ble.scanning import matches_text
from cadencecoach.devices.clock import HostClock
from cadencecoach.devices.keyboard import NoKeyboard
from cadencecoach.gait.rsc import decode_rsc
from cadencecoach.gait.sources import RSC
from cadencecoach.gait.unit import Unit
from cadencecoach.gait.vote import Vote
from cadencecoach.live.sensors.radio_feet import RadioFeet
from cadencecoach.plan.checks.reading import load_plan
from cadencecoach.record.lines import EstimateLine, Line, PayloadLine
from cadencecoach.session.audio_output import NoAudio
from cadencecoach.session.live import Edge, run_live
from cadencecoach.session.session import Session
from cadencecoach.store.sensor_book import SensorBook

PLAN = b"plan: Bench\nstages:\n  - {name: Run, duration: 10 min, target: 170 spm}\n"
N_NOTIFICATIONS, HZ = 400, 20.0
N_PODS, FAST_HZ, FAST_S = 8, 50.0, 10.0
N_DROPS = 50
WRAP_US = 1 << 32
STREAMS = (RSC,)


def now_us() -> int:
    """The clock of both processes, as the distance field can hold it."""
    return time.monotonic_ns() // 1000 % WRAP_US


def sent_us(payload: bytes) -> int:
    """The same, out of a payload."""
    return int(struct.unpack_from("<I", payload, 4)[0])


# The program's side


class NoDisplay:
    """Nobody looks."""

    def press(self, session: Session, key: ScreenKey | None) -> None:
        """There is no screen."""

    def show(self, session: Session, time_s: float) -> None:
        """Nothing."""


def told_to_end() -> threading.Event:
    """Set once the other process closes our standard input."""
    is_over = threading.Event()

    def wait() -> None:
        sys.stdin.read()
        is_over.set()

    threading.Thread(target=wait, daemon=True).start()
    return is_over


def decide() -> None:
    """Run a live session until its standard input is closed; print milliseconds from sending to deciding."""
    radio = Radio()
    wanted = Wanted(matches=matches_text("Pod A"), streams=STREAMS)
    feet = RadioFeet(radio, SensorBook(path=Path(os.devnull)), (wanted,), "Pod A")
    delays_ms: list[float] = []
    newest = [0]

    def write(line: Line) -> None:
        if isinstance(line, PayloadLine):
            newest[0] = sent_us(bytes.fromhex(line.hex))
        elif isinstance(line, EstimateLine):  # written when tracker and coach have made up their minds about it
            delays_ms.append((now_us() - newest[0]) % WRAP_US / 1000)

    session = Session(
        load_plan(PLAN, "bench"), baseline_spm=None, vote=Vote(unit=Unit.STRIDES), perform=lambda _: None, write=write
    )
    is_over = told_to_end()
    clock = HostClock()
    feet.begin(clock)
    edge = Edge(
        clock=clock,
        feet=feet,
        keyboard=NoKeyboard(),
        output=NoAudio(),
        display=NoDisplay(),
        write=write,
        flush=lambda: None,
        should_stop=is_over.is_set,
    )
    run_live(session, edge)
    feet.close()
    print(json.dumps(delays_ms))


def gather() -> None:
    """Listen to all pods until standard input is closed; print how many messages came from each, and the files open."""
    radio = Radio()
    for n in range(N_PODS):
        radio.keep(Wanted(matches=matches_text(f"Fast {n}"), streams=STREAMS))
    is_over = told_to_end()
    counts: Counter[str] = Counter()
    n_links, n_files = 0, list[int]()
    clock = HostClock()
    while not is_over.is_set() or radio.peek() is not None:
        match radio.take():
            case Notified() as event:
                counts[event.sensor.name] += 1
                decode_rsc(event.payload)
            case Linked():
                n_links += 1
                n_files.append(len(os.listdir("/proc/self/fd")))  # noqa: PTH208  # names are not needed
            case None:
                clock.wait(0.01)
    radio.close()
    print(json.dumps({"counts": counts, "n_links": n_links, "n_files": n_files}))


# The pods' side


async def child(address: str, what: str) -> asyncio.subprocess.Process:
    """The other process."""
    return await asyncio.create_subprocess_exec(
        *(sys.executable, __file__, what),
        env={**os.environ, ADDRESS: address},
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )


async def answer(process: asyncio.subprocess.Process) -> object:
    """What it prints once it is told to end."""
    output, _ = await process.communicate(b"")
    return json.loads(output)


async def listened(bluez: FakeBluez, pod: Pod) -> float:
    """Seconds until somebody has subscribed."""
    began_s = time.monotonic()
    await bluez.until(lambda: bool(pod.at(RSC_MEASUREMENT).listeners), within_s=30.0)
    return time.monotonic() - began_s


async def speak(bluez: FakeBluez, pod: Pod, n: int, hz: float) -> None:
    """A pod notifies so many times, each with the moment inside."""
    began_s = time.monotonic()
    for k in range(n):
        await asyncio.sleep(max(0.0, began_s + k / hz - time.monotonic()))
        bluez.notify(pod, RSC_MEASUREMENT, rsc(85, distance=now_us()))


async def delays(address: str) -> None:
    """From notification to decision."""
    pod = foot_pod("Pod A")
    async with FakeBluez(address, pod) as bluez:
        process = await child(address, "decide")
        await listened(bluez, pod)
        await asyncio.sleep(1.0)
        await speak(bluez, pod, N_NOTIFICATIONS, HZ)
        delays_ms = sorted(await answer(process))  # type: ignore[call-overload]
    print(f"notification to decision, {len(delays_ms)} of {N_NOTIFICATIONS} at {HZ:g} Hz:")
    print(f"  median {statistics.median(delays_ms):.2f} ms", end=", ")
    print(f"95 % {delays_ms[int(0.95 * len(delays_ms))]:.2f} ms, most {delays_ms[-1]:.2f} ms")


async def losses(address: str) -> None:
    """Many pods at once, then one of them dropping again and again."""
    pods = tuple(foot_pod(f"Fast {n}", f"C0:00:00:00:01:{n:02X}") for n in range(N_PODS))
    async with FakeBluez(address, *pods) as bluez:
        process = await child(address, "gather")
        for pod in pods:
            await listened(bluez, pod)
        await asyncio.sleep(0.5)
        n_each = round(FAST_S * FAST_HZ)
        await asyncio.gather(*(speak(bluez, pod, n_each, FAST_HZ) for pod in pods))
        backs_s = []
        for _ in range(N_DROPS):
            bluez.drop(pods[0])
            backs_s.append(await listened(bluez, pods[0]))
            await asyncio.sleep(0.05)
        result = await answer(process)
    assert isinstance(result, dict)
    n_lost = N_PODS * n_each - sum(result["counts"].values())
    print(f"{N_PODS} pods at {FAST_HZ:g} Hz for {FAST_S:g} s: {N_PODS * n_each} sent, {n_lost} lost")
    backs_s.sort()
    median_ms, most_ms = 1000 * statistics.median(backs_s), 1000 * backs_s[-1]
    print(f"{N_DROPS} drops: back after {median_ms:.0f} ms (median), {most_ms:.0f} ms (most)")
    files = result["n_files"]
    print(f"  open files at the first reconnect {files[N_PODS]}, at the last {files[-1]}")


def main() -> None:
    """Print the figures."""
    with private_bus() as address:
        asyncio.run(delays(address))
    with private_bus() as address:
        asyncio.run(losses(address))


if __name__ == "__main__":
    {"decide": decide, "gather": gather}.get(sys.argv[1] if len(sys.argv) > 1 else "", main)()

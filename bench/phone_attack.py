"""The receiver of a phone under attack, beside a beat that is recorded: `python -m bench.phone attack`.

Attackers are processes of their own (`phone_attackers`): they take none of the session's interpreter.
"""

import contextlib
import http.client
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))

from phone_batches import worn
from sound_servers import HAS_PULSE, NO_PULSE, PulseServer

from bench.busy import heard_of, play_ours
from bench.phone_attackers import ATTACKS, HOME
from cadencecoach.devices.clock import HostClock
from cadencecoach.devices.phone.process import PhoneProcess
from cadencecoach.gait.phone import decode_samples
from cadencecoach.gait.phone_source import PhoneSource
from cadencecoach.gait.steps import Placement
from cadencecoach.live.opening.phone import begin_phone
from cadencecoach.live.sensors.phone_feet import PhoneFeet
from cadencecoach.session.host import NOBODY
from cadencecoach.store.settings import SoundSettings

ATTACK_S, N_ATTACKERS = 10.0, 4
TICKS_A_SECOND = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100
PUSH_S, HELD_S = 0.25, 2.0
MOST_CORE_RATIO = 0.05


def cpu_s(pid: int) -> float:
    """Seconds of processor a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS_A_SECOND


@contextmanager
def attackers(name: str, port: int, secret: str) -> Iterator[list["subprocess.Popen[str]"]]:
    """Attackers, ready; they come from another address than the phone."""
    words = (
        sys.executable,
        str(Path(__file__).with_name("phone_attackers.py")),
        name,
        str(port),
        secret,
        str(ATTACK_S),
    )
    n = N_ATTACKERS if name in ATTACKS else 0
    pipe = subprocess.PIPE
    found = [subprocess.Popen(words, stdin=pipe, stdout=pipe, text=True) for _ in range(n)]
    try:
        for one in found:
            assert one.stdout is not None
            one.stdout.readline()
        yield found
    finally:
        for one in found:
            one.kill()
            one.wait()


def begin(found: list["subprocess.Popen[str]"]) -> None:
    """Let them go."""
    for one in found:
        assert one.stdin is not None
        one.stdin.write("\n")
        one.stdin.flush()


def sent_by(found: list["subprocess.Popen[str]"]) -> int:
    """How many requests they have sent, when they are done."""
    return sum(int(one.communicate(timeout=60)[0]) for one in found)


def push_for_ever(port: int, secret: str, is_over: threading.Event) -> None:
    """A phone that runs, at another address of the loopback interface, as our experiment pushes."""
    motion = worn(Placement.HIP, [(ATTACK_S + 20.0, 168.0)])
    begun_s = time.monotonic()
    while not is_over.wait(PUSH_S):
        now_s = time.monotonic() - begun_s
        part = (motion.times_s <= now_s) & (motion.times_s > now_s - HELD_S)
        columns: dict[str, Any] = {"acc_time": motion.times_s[part].tolist()}
        for axis, name in enumerate(("accX", "accY", "accZ")):
            columns[name] = (motion.accel_g[part, axis] * 9.80665).tolist()
        with contextlib.suppress(OSError, http.client.HTTPException):
            phone = http.client.HTTPConnection(HOME, port, timeout=3, source_address=("127.0.0.2", 0))
            phone.request("POST", f"/{secret}/1", json.dumps(columns))
            phone.getresponse().read()
            phone.close()


class Heard:
    """A session that reads and counts."""

    def __init__(self) -> None:
        self.source, self.n, self.cadences = PhoneSource(), 0, list[float]()

    def take_payload(self, time_s: float, _source: str, payload: bytes, _sensor: str) -> None:
        """Samples."""
        self.n += len(decode_samples(payload).times_ns)
        reading = self.source.take(time_s, payload)
        if reading is not None and reading.cadence_spm:
            self.cadences.append(reading.cadence_spm)

    def take_link(self, _time_s: float, **_: str) -> None:
        """Connected or lost."""


def listen_for(feet: PhoneFeet, clock: HostClock, seconds: float) -> Heard:
    """What is heard of the phone meanwhile."""
    heard = Heard()
    session: Any = heard
    while clock.now_s() < seconds:
        while feet.next_s() <= clock.now_s():
            feet.deliver(session)
        clock.wait(0.05)
    return heard


def address_of(feet: PhoneFeet) -> str:
    """Where the experiment is."""
    return next(word for word in feet.message.split() if word.startswith("http://"))


def process_of(feet: PhoneFeet) -> int:
    """The number of its process."""
    process = feet.events
    assert isinstance(process, PhoneProcess)
    return process.pid


def measure_one(name: str) -> tuple[str, bool]:
    """One attack, with the phone and the beat beside it."""
    is_over = threading.Event()
    with ExitStack() as stack:
        server = stack.enter_context(PulseServer())
        os.environ.update(server.environment)
        feet = begin_phone("", NOBODY, addresses=lambda: (HOME,))
        stack.callback(feet.close)
        _, _, place, secret, _ = address_of(feet).split("/")
        port, pid = int(place.rpartition(":")[2]), process_of(feet)
        found = stack.enter_context(attackers(name, port, secret))
        phone = threading.Thread(target=push_for_ever, args=(port, secret, is_over))
        phone.start()
        beat = threading.Thread(target=lambda: play_ours(server.device, ATTACK_S, SoundSettings().latency_s))
        beat.start()
        clock = HostClock()
        feet.begin(clock)
        begin(found)
        before_s, own_s = cpu_s(pid), time.thread_time()
        heard = listen_for(feet, clock, ATTACK_S)
        child, own = (cpu_s(pid) - before_s) / ATTACK_S, (time.thread_time() - own_s) / ATTACK_S
        n_sent = sent_by(found)
        beat.join()
        is_over.set()
        phone.join()
        beats = heard_of("", server.heard(), latency_ms=0.0)
        lines = feet.remember(Any)  # type: ignore[arg-type]
        is_same = process_of(feet) == pid
    cadence = f"{np.median(heard.cadences):.0f}" if heard.cadences else "-"
    figures = (
        f"{n_sent / ATTACK_S:>9.0f}{100 * child:>9.1f}{100 * own:>9.1f}{heard.n:>9}{cadence:>9}"
        f"{beats.n_intervals:>8}{beats.n_losses:>5}{beats.worst_ms:>9.2f}  {'; '.join(lines) or '-'}"
    )
    is_quiet = name in ATTACKS or child + own < MOST_CORE_RATIO
    return figures, beats.n_losses == 0 and len(lines) <= 1 and is_quiet and is_same


def load_now() -> float:
    """How many processes want a processor, over a minute; not known on Windows."""
    if sys.platform == "win32":
        return 0.0
    return os.getloadavg()[0]


def measure_attack() -> bool:
    """The table; whether all is within its limits."""
    if not HAS_PULSE:
        raise SystemExit(NO_PULSE)
    print(f"{ATTACK_S:g} s each, a phone at 168 spm beside it; {os.cpu_count()} processors")
    heads = ("a second", "child %", "ours %", "samples", "cadence")
    print(
        f"{'attack':<28}"
        + "".join(f"{one:>9}" for one in heads)
        + f"{'beats':>8}{'off':>5}{'worst ms':>9}  lines; load {load_now():.1f}"
    )
    is_good = True
    for name in ("nothing", *ATTACKS):
        figures, is_within = measure_one(name)
        is_good &= is_within
        print(f"{name:<28}{figures}{'' if is_within else '!'}", flush=True)
    return is_good

"""The receiver of a phone under attack, beside a beat that is recorded: `python -m bench.phone attack`.

Attackers are processes of their own on one processor, so that they take none of the session's interpreter, and the beat
finds another one. `python -m bench.phone_attack NAME PORT SECRET AT_S` is the life of one: it begins at that time of the
system's clock that only goes on, and prints how much it has sent.
"""

import contextlib
import http.client
import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))

from phone_batches import worn
from sound_servers import HAS_PULSE, NO_PULSE, PulseServer

from bench.busy import heard_of, play_ours
from cadencecoach.devices.clock import HostClock
from cadencecoach.devices.phone.process import PhoneProcess
from cadencecoach.gait.phone import decode_samples
from cadencecoach.gait.phone_source import PhoneSource
from cadencecoach.gait.steps import Placement
from cadencecoach.live.opening.phone import begin_phone
from cadencecoach.live.sensors.phone_feet import PhoneFeet
from cadencecoach.session.host import NOBODY
from cadencecoach.store.settings import SoundSettings

HOME = "127.0.0.1"
ATTACK_S, N_ATTACKERS = 10.0, 4
BEGINS_IN_S = 3.0  # until all are loaded
N_PIPELINED = 4
TICKS_A_SECOND = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100
PUSH_S, HELD_S = 0.25, 2.0
MOST_CORE_RATIO = 0.05

Attack = Callable[[int, str], int]  # port, secret; how many requests were sent


def cpu_s(pid: int) -> float:
    """Seconds of processor a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS_A_SECOND


def ask(port: int, target: str, body: bytes) -> int:
    """One request, whatever comes of it."""
    with contextlib.suppress(OSError, http.client.HTTPException):
        connection = http.client.HTTPConnection(HOME, port, timeout=6)
        connection.request("POST", target, body)
        connection.getresponse().read()
        connection.close()
    return 1


def drip(port: int, secret: str) -> int:
    """A head, and then a byte now and then."""
    with contextlib.suppress(OSError), socket.create_connection((HOME, port), timeout=6) as one:
        one.sendall(f"POST /{secret}/9 HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n\r\n".encode())
        for _ in range(20):
            one.sendall(b"x")
            time.sleep(0.4)
    return 1


def pour(port: int, secret: str) -> int:
    """100 MB."""
    with contextlib.suppress(OSError), socket.create_connection((HOME, port), timeout=6) as one:
        one.sendall(f"POST /{secret}/9 HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n".encode())
        for _ in range(1600):
            one.sendall(b"10000\r\n" + b"x" * 65536 + b"\r\n")
    return 1


def knock(port: int, _secret: str) -> int:
    """A connection, some requests with a wrong secret at once, and gone, as quick as it goes: no answer is waited for."""
    with socket.socket() as one:
        one.setblocking(False)  # noqa: FBT003  # the socket's face
        with contextlib.suppress(BlockingIOError):
            one.connect((HOME, port))
        try:
            one.sendall(b"GET /guess/1 HTTP/1.1\r\nHost: x\r\n\r\n" * N_PIPELINED)
        except OSError:  # it is not taken
            return 0
    return N_PIPELINED


ATTACKS: dict[str, Attack | None] = {
    "nothing": None,
    "wrong secret, as many as go": knock,
    "100 MB": pour,
    "nested JSON": lambda port, secret: ask(port, f"/{secret}/9", b"[" * 900_000),
    "NaN": lambda port, secret: ask(port, f"/{secret}/9", b'{"acc_time":[1],"accX":[NaN],"accY":[1],"accZ":[1]}'),
    "slow drip": drip,
}


def attack_for_a_while(name: str, port: int, secret: str, at_s: float) -> None:
    """The life of an attacker."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {0})
    attack, n = ATTACKS[name], 0
    assert attack is not None
    time.sleep(max(0.0, at_s - time.monotonic()))
    while time.monotonic() < at_s + ATTACK_S:
        n += attack(port, secret)
    print(n)


@contextmanager
def attacked(name: str, port: int, secret: str, at_s: float) -> Iterator[Callable[[], int]]:
    """Attackers, each as quick as it can, from another address than the phone; the answer says what they have sent."""
    words = (sys.executable, "-m", "bench.phone_attack", name, str(port), secret, str(at_s))
    n = 0 if ATTACKS[name] is None else N_ATTACKERS
    attackers = [subprocess.Popen(words, stdout=subprocess.PIPE, text=True) for _ in range(n)]
    try:
        yield lambda: sum(int(one.communicate(timeout=30)[0] or 0) for one in attackers)
    finally:
        for one in attackers:
            one.kill()
            one.wait()


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
        at_s = time.monotonic() + BEGINS_IN_S
        sent = stack.enter_context(attacked(name, port, secret, at_s))
        time.sleep(at_s - time.monotonic())
        phone = threading.Thread(target=push_for_ever, args=(port, secret, is_over))
        phone.start()
        beat = threading.Thread(target=lambda: play_ours(server.device, ATTACK_S, SoundSettings().latency_s))
        beat.start()
        clock = HostClock()
        feet.begin(clock)
        before_s, own_s = cpu_s(pid), time.thread_time()
        heard = listen_for(feet, clock, ATTACK_S)
        child, own = (cpu_s(pid) - before_s) / ATTACK_S, (time.thread_time() - own_s) / ATTACK_S
        n_sent = sent()
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
    is_quiet = ATTACKS[name] is not None or child + own < MOST_CORE_RATIO
    return figures, beats.n_losses == 0 and len(lines) <= 1 and is_quiet and is_same


def measure_attack() -> bool:
    """The table; whether all is within its limits."""
    if not HAS_PULSE:
        raise SystemExit(NO_PULSE)
    print(f"{ATTACK_S:g} s each, a phone at 168 spm beside it; {os.cpu_count()} processors")
    heads = ("a second", "child %", "ours %", "samples", "cadence")
    print(
        f"{'attack':<28}"
        + "".join(f"{one:>9}" for one in heads)
        + f"{'beats':>8}{'off':>5}{'worst ms':>9}  lines; load {os.getloadavg()[0]:.1f}"
    )
    is_good = True
    for name in ATTACKS:
        figures, is_within = measure_one(name)
        is_good &= is_within
        print(f"{name:<28}{figures}{'' if is_within else '!'}", flush=True)
    return is_good


if __name__ == "__main__":
    attack_for_a_while(sys.argv[1], int(sys.argv[2]), sys.argv[3], float(sys.argv[4]))

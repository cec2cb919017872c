"""What a running beat costs: processor and memory of each process and of the whole, beside a bare callback.

`python bench/cost.py [SECONDS]`; needs Linux and a PulseAudio server's programs. The bare callback is the least one
can write with sounddevice: a click copied where the counted sample says so. All play at the same time, each on a
private null sink of its own, with the same block and buffer, so that what else the machine does falls on all. Ours are
the metronome with its screen, on a terminal of 100 columns, and without, where it prints lines; and a session with a
simulated runner and a screen, its words in the voice's cache as after the first time.

Memory is what each process has to itself, and for the whole what files they share besides, counted once: whatever other
programs of the machine use the same libraries, the figure stays.
"""

import fcntl
import os
import pty
import struct
import subprocess
import sys
import tempfile
import termios
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))

from sound_servers import HAS_PULSE, NO_PULSE, PulseServer, wait_until

assert sys.platform != "win32", "measures with what POSIX systems have"

SETTLE_S = 15.0  # the voice has prepared its words and is gone, and a second process waits in reserve
TEMPO_SPM = 173.7
ROWS, COLUMNS = 30, 100
CPU_CLOCK = 2  # the kernel's clock of a whole process: ~pid << 3 | CPUCLOCK_SCHED (linux/posix-timers.h)
BARE = """
import sys, threading
import numpy as np, sounddevice as sd
click = np.exp(-np.arange(1440) / 300).astype(np.float32)
period, at = 60 / 173.7 * 48000, 0
def callback(out, n, times, flags):
    global at
    out[:] = 0
    beat = int(at // period)
    for k in (beat, beat + 1):
        onset = int(k * period + 0.5)
        a, b = max(at, onset), min(at + n, onset + len(click))
        if a < b:
            out[a - at : b - at] = click[a - onset : b - onset, None]
    at += n
with sd.OutputStream(48000, 512, sys.argv[1], 2, "float32", latency=0.1, callback=callback):
    threading.Event().wait()
"""


KINDS = ("Private_Clean", "Private_Dirty", "Shared_Clean", "Shared_Dirty")


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """What one process used.

    Attributes:
        percent: of one core
        own_mb: memory of its own
        shared_mb: what it shares with any other process, by file
    """

    percent: float
    own_mb: float
    shared_mb: dict[str, float]


class Player:
    """One program that plays, on a sound server of its own, and its processes."""

    def __init__(self, words: Sequence[str], server: PulseServer, *, terminal: int | None = None) -> None:
        """Start it; `terminal` is where it reads and writes, nowhere if None."""
        where = subprocess.DEVNULL if terminal is None else terminal
        environment = (
            os.environ
            | server.environment
            | dict.fromkeys(("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR"), str(server.folder))
            | {"TERM": "xterm-256color"}
        )
        self._process = subprocess.Popen(words, stdin=where, stdout=where, env=environment, start_new_session=True)
        self._before: dict[int, float] = {}

    def mark(self) -> None:
        """Count from here."""
        self._before = {pid: used_s(pid) for pid in family(self._process.pid)}

    def used(self, seconds: float) -> list[Use]:
        """By process, the parent first, since `mark`."""
        here = [pid for pid in self._before if Path(f"/proc/{pid}").exists()]
        return [use_of(pid, percent=100 * (used_s(pid) - self._before[pid]) / seconds) for pid in here]

    def end_after(self, seconds: float) -> None:
        """Let it play for a while, and end it."""
        time.sleep(seconds)
        self.end()

    def end(self) -> None:
        """End it, if it has not ended."""
        self._process.terminate()
        self._process.wait()


def family(pid: int) -> Iterator[int]:
    """A process and its children."""
    yield pid
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            yield from family(int(child))


def used_s(pid: int) -> float:
    """Processor time of one process so far, all threads."""
    return time.clock_gettime(~pid << 3 | CPU_CLOCK)


def use_of(pid: int, *, percent: float) -> Use:
    """The memory of one process, beside the processor time it was given."""
    own_kb, shared_kb, file = 0, Counter[str](), ""
    for row in Path(f"/proc/{pid}/smaps").read_text().splitlines():
        words = row.split(maxsplit=5)
        kind = words[0].removesuffix(":")
        if not words[0].endswith(":"):  # a range of addresses: what comes after is about it
            file = words[5] if len(words) > 5 else words[0]
        elif kind in KINDS[:2]:
            own_kb += int(words[1])
        elif kind in KINDS[2:]:
            shared_kb[file] += int(words[1])
    return Use(percent=percent, own_mb=own_kb / 1024, shared_mb={name: kb / 1024 for name, kb in shared_kb.items()})


def whole_mb(uses: Sequence[Use]) -> float:
    """Memory of a program in all its processes; what they share, once."""
    files = {name for use in uses for name in use.shared_mb}
    once_mb = sum(max(use.shared_mb.get(name, 0.0) for use in uses) for name in files)
    return sum(use.own_mb for use in uses) + once_mb


def terminal() -> int:
    """A terminal that somebody reads."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
    threading.Thread(target=_read_for_ever, args=(ours,), daemon=True).start()
    return theirs


def _read_for_ever(fd: int) -> None:
    while os.read(fd, 1 << 16):
        pass


def main(seconds: float) -> None:
    """All at once."""
    if not HAS_PULSE:
        sys.exit(NO_PULSE)
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        os.environ["XDG_CACHE_HOME"] = folder
        program = [sys.executable, "-m", "cadencecoach"]
        where = ["--sound", "device:ccpulse", "--journal"]
        beat = [*program, "metronome", f"{TEMPO_SPM:g}", *where]
        session = [*program, "run", "plus-5-percent", "--baseline", "165", "--feet", "sim", *where]

        def start(words: Sequence[str], *, has_screen: bool = False) -> Player:
            server = stack.enter_context(PulseServer())
            wait_until(server.recording.exists)
            player = Player(words, server, terminal=terminal() if has_screen else None)
            stack.callback(player.end)
            return player

        start([*session, f"{folder}/0.jsonl"]).end_after(SETTLE_S)
        players = {
            "bare sounddevice callback": start([sys.executable, "-c", BARE, "ccpulse"]),
            "metronome with a screen": start([*beat, f"{folder}/1.jsonl"], has_screen=True),
            "metronome without": start([*beat, f"{folder}/2.jsonl"]),
            "session with a screen": start([*session, f"{folder}/3.jsonl"], has_screen=True),
        }
        time.sleep(SETTLE_S)
        for player in players.values():
            player.mark()
        time.sleep(seconds)
        uses = {who: player.used(seconds) for who, player in players.items()}
    _print(uses, seconds)


def _print(uses: dict[str, list[Use]], seconds: float) -> None:
    bare, *_ = uses.values()
    print(f"{seconds:g} s at {TEMPO_SPM:g} spm, percent of one core and MB, all at the same time")
    for who, (parent, *children) in uses.items():
        rows = {"screen, keys, coach" if children else "": parent}
        for n, use in enumerate(sorted(children, key=lambda use: -use.percent)):
            rows[f"waiting ({n})" if n else "audio process"] = use
        for what, use in rows.items():
            print(f"{who:<27}{what:<21}{use.percent:6.2f} %{use.own_mb:8.1f} MB")
        if children:
            percent, mb = sum(use.percent for use in rows.values()), whole_mb([*rows.values()])
            ratio = percent / bare[0].percent
            print(f"{who:<27}{'in all':<21}{percent:6.2f} %{mb:8.1f} MB   x{ratio:.2f} processor of the bare callback")
        else:
            print(f"{who:<27}{'with what it shares':<21}{'':8}{whole_mb([parent]):8.1f} MB")


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 30.0)

"""What a running beat costs: processor and memory of the audio process and of the whole, beside a bare callback.

`python bench/cpu.py [SECONDS]`; needs Linux and a PulseAudio server's programs. The bare callback is the least one
can write with sounddevice: a click copied where the counted sample says so. Both play at the same time, each on a
private null sink of its own, with the same block and buffer, so that what else the machine does falls on both. Ours
runs twice: with its screen, on a terminal of 100 columns, and without, where it prints lines.
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
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))

from sound_servers import HAS_PULSE, NO_PULSE, PulseServer, wait_until

assert sys.platform != "win32", "measures with what POSIX systems have"

SETTLE_S = 6.0  # the voice has prepared its words and is gone
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """What one process used."""

    percent: float
    mb: float


class Player:
    """One program that plays, on a sound server of its own, and its processes."""

    def __init__(self, words: Sequence[str], server: PulseServer, *, terminal: int | None = None) -> None:
        """Start it; `terminal` is where it reads and writes, nowhere if None."""
        where = subprocess.DEVNULL if terminal is None else terminal
        environment = (
            os.environ | server.environment | {"XDG_CONFIG_HOME": str(server.folder), "TERM": "xterm-256color"}
        )
        self._process = subprocess.Popen(words, stdin=where, stdout=where, env=environment, start_new_session=True)
        self._before: dict[int, float] = {}

    def mark(self) -> None:
        """Count from here."""
        self._before = {pid: used_s(pid) for pid in family(self._process.pid)}

    def used(self, seconds: float) -> list[Use]:
        """By process, the parent first, since `mark`."""
        here = [pid for pid in self._before if Path(f"/proc/{pid}").exists()]
        return [Use(percent=100 * (used_s(pid) - self._before[pid]) / seconds, mb=megabytes(pid)) for pid in here]

    def end(self) -> None:
        """End it."""
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


def megabytes(pid: int) -> float:
    """Memory of its own, shared pages counted in part."""
    rows = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return int(next(row for row in rows if row.startswith("Pss:")).split()[1]) / 1024


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
        servers = [stack.enter_context(PulseServer()) for _ in range(3)]
        for server in servers:
            wait_until(server.recording.exists)
        ours = [sys.executable, "-m", "cadencecoach", "metronome", str(TEMPO_SPM), "--sound", "device:ccpulse"]
        players = {
            "bare callback": Player([sys.executable, "-c", BARE, "ccpulse"], servers[0]),
            "with a screen": Player([*ours, "--journal", f"{folder}/1.jsonl"], servers[1], terminal=terminal()),
            "without": Player([*ours, "--journal", f"{folder}/2.jsonl"], servers[2]),
        }
        for player in players.values():
            stack.callback(player.end)
        time.sleep(SETTLE_S)
        for player in players.values():
            player.mark()
        time.sleep(seconds)
        uses = {who: player.used(seconds) for who, player in players.items()}
    _print(uses, seconds)


def _print(uses: dict[str, list[Use]], seconds: float) -> None:
    (bare,) = uses.pop("bare callback")
    print(f"{seconds:g} s at {TEMPO_SPM:g} spm, percent of one core and MB, all at the same time")
    print(f"bare sounddevice callback              {bare.percent:5.2f} %  {bare.mb:6.1f} MB")
    for who, (parent, *children) in uses.items():
        audio = max(children, key=lambda use: use.percent)
        total = sum(use.percent for use in (parent, *children))
        ratios = f"x{audio.percent / bare.percent:.2f} processor, x{audio.mb / bare.mb:.2f} memory of the bare callback"
        print(f"metronome {who:<14} audio process {audio.percent:5.2f} %  {audio.mb:6.1f} MB  {ratios}")
        print(f"          {'':<14} parent        {parent.percent:5.2f} %  {parent.mb:6.1f} MB")
        print(f"          {'':<14} in all        {total:5.2f} %")


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 30.0)

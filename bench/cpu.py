"""What a running beat costs: processor and memory of the audio process and of the whole, beside a bare callback.

`python bench/cpu.py [SECONDS]`; needs Linux and a PulseAudio server's programs. The bare callback is the least one
can write with sounddevice: a click copied where the counted sample says so. Both play on the same private null sink
with the same block and buffer.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))

from sound_servers import HAS_PULSE, NO_PULSE, PulseServer, wait_until

from cadencecoach.app.table import COMMANDS

TICK_S = 0.01  # /proc counts in hundredths of a second
SETTLE_S = 6.0  # the voice has prepared its words and is gone
PLAN = "plan: Bench\nstages:\n  - {name: Beat, until: key, target: 173.7 spm}\n"
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


def family(pid: int) -> Iterator[int]:
    """A process and its children."""
    yield pid
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            yield from family(int(child))


def used_s(pid: int) -> float:
    """Processor time of one process so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) * TICK_S


def megabytes(pid: int) -> float:
    """Memory of its own, shared pages counted in part."""
    rows = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return int(next(row for row in rows if row.startswith("Pss:")).split()[1]) / 1024


def measured(words: list[str], seconds: float) -> dict[int, tuple[float, float]]:
    """Percent of one core and megabytes by process, the parent first."""
    process = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    try:
        time.sleep(SETTLE_S)
        before = {pid: used_s(pid) for pid in family(process.pid)}
        time.sleep(seconds)
        here = {pid: was_s for pid, was_s in before.items() if Path(f"/proc/{pid}/stat").exists()}
        return {pid: (100 * (used_s(pid) - was_s) / seconds, megabytes(pid)) for pid, was_s in here.items()}
    finally:
        process.terminate()
        process.wait()


def main(seconds: float) -> None:
    """Both."""
    if not HAS_PULSE:
        sys.exit(NO_PULSE)
    with PulseServer() as server, tempfile.TemporaryDirectory() as folder:
        os.environ.update(server.environment)
        wait_until(server.recording.exists)
        ((bare_percent, bare_mb),) = measured([sys.executable, "-c", BARE, server.device], seconds).values()
        sink = ("--sound", f"device:{server.device}", "--journal", f"{folder}/bench.jsonl")
        os.environ["XDG_CONFIG_HOME"] = folder
        (Path(folder) / "bench.yaml").write_text(PLAN)
        words = ("metronome", "173.7") if "metronome" in COMMANDS else ("run", f"{folder}/bench.yaml")
        ours = measured([sys.executable, "-m", "cadencecoach", *words, *sink], seconds)
    print(f"{seconds:g} s at one beat each 0.35 s, percent of one core and MB")
    print(f"bare sounddevice callback            {bare_percent:5.1f} %  {bare_mb:6.1f} MB")
    for (percent, mb), who in zip(ours.values(), ("parent", *[f"child {n}" for n in range(1, 9)]), strict=False):
        print(f"cadencecoach {words[0]:<15} {who:<8} {percent:5.1f} %  {mb:6.1f} MB  x{percent / bare_percent:.2f}")
    print(f"in all                               {sum(percent for percent, _ in ours.values()):5.1f} %")


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 30.0)

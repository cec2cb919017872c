"""From the start of `metronome 170` to the first beat out of the audio process, and where the time goes.

    uv run python bench/metronome_start.py

The card is ALSA's `file` plugin (Debian: libportaudio2); a beat is out when its samples are in the plugin's file. Warm
starts, with compiled bytecode, as an installed program has it; the best and the median, so that what else the machine
does is seen and counts little. In the breakdown each step stands with the processor time used by then, which another
program's load changes less: that of the parent, and that of the audio process beside it.
"""

import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

N_RUNS = 9
ALSA_BASE = Path("/usr/share/alsa/alsa.conf")
POLL_S = 0.002
STEPS = """
import json, os, sys, time
begun_s = float(os.environ["BEGUN_S"])
marks = {}
def mark(name, child=None):
    used_s = time.process_time(), 0.0 if child is None else time.clock_gettime(~child << 3 | 2)
    marks.setdefault(name, (time.monotonic() - begun_s, *used_s))
mark("python")
from cadencecoach.cli.group import call
from cadencecoach.devices.audio_port import LiveAudio
warm, start, tell = LiveAudio.warm, LiveAudio.start, LiveAudio.tell
def warmed(self, *args):
    warm(self, *args)
    mark("audio process begun")
def started(self, *args):
    mark("settings read, card asked for", self.pid)
    start(self, *args)
    mark("card plays", self.pid)
def told(self, *args):
    mark("voice, journal, screen ready", self.pid)
    tell(self, *args)
LiveAudio.warm, LiveAudio.start, LiveAudio.tell = warmed, started, told
call(sys.argv[1:])
print(json.dumps(marks), file=sys.stderr)
"""


def main() -> None:
    """Print all figures."""
    with tempfile.TemporaryDirectory() as folder:
        heard = Path(folder) / "heard.f32"
        own = {"ALSA_CONFIG_PATH": str(card(Path(folder), heard)), "XDG_CONFIG_HOME": folder}
        environment = os.environ | own | {"PYTHONPYCACHEPREFIX": f"{folder}/compiled"}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        start(environment, heard, ("-m", "cadencecoach"))  # compiles
        first_s = [start(environment, heard, ("-m", "cadencecoach"))[0] for _ in range(N_RUNS)]
        print(f"metronome 170 to the first beat  best {min(first_s):.2f} s  median {statistics.median(first_s):.2f} s")
        print(f"  {'':30} {'at':>8}   processor: parent, audio process")
        for name, (at_s, parent_s, child_s) in breakdown(environment, heard).items():
            print(f"  {name:30} {at_s:6.2f} s {parent_s:18.2f} s {child_s:12.2f} s")


def card(folder: Path, heard: Path) -> Path:
    """A machine with one sound card, `ccfile`, that writes what it is given to a file."""
    base = re.sub(r"(?ms)^@hooks.*?^\]\n", "", ALSA_BASE.read_text())
    one = f'pcm.ccfile {{ type file  file "{heard}"  format raw  slave.pcm {{ type null }} }}\n'
    path = folder / "asound.conf"
    path.write_text(base + one)
    return path


def start(environment: dict[str, str], heard: Path, how: tuple[str, ...]) -> tuple[float, str]:
    """One start: seconds to the first sample that is not zero, and what was said on the error stream."""
    heard.unlink(missing_ok=True)
    journal = heard.with_suffix(".jsonl")
    words = ("metronome", "170", "--for", "2s", "--sound", "device:ccfile", "--journal", str(journal))
    begun_s = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, *how, *words],
        env=environment | {"BEGUN_S": str(begun_s)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    first_s = until_heard(heard, process) - begun_s
    return first_s, process.communicate()[1]


def until_heard(heard: Path, process: "subprocess.Popen[str]") -> float:
    """When the first sample that is not zero stands in the file."""
    seen = 0
    while process.poll() is None:
        if heard.exists():
            with heard.open("rb") as file:
                file.seek(seen)
                new = file.read()
            if new.strip(b"\0"):
                return time.monotonic()
            seen += len(new)
        time.sleep(POLL_S)
    raise SystemExit("no beat was heard; is PortAudio here?")


def breakdown(environment: dict[str, str], heard: Path) -> dict[str, tuple[float, float, float]]:
    """Seconds from the start to each step, and processor seconds of both, in the quickest run."""
    runs = []
    for _ in range(N_RUNS):
        first_s, said = start(environment, heard, ("-c", STEPS))
        marks = json.loads(said.splitlines()[-1])
        runs.append(marks | {"first beat": (first_s, *marks["voice, journal, screen ready"][1:])})
    return min(runs, key=lambda run: run["first beat"][0])


if __name__ == "__main__":
    main()

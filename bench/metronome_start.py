"""From the start of `metronome 170` to the first beat out of the audio process, and where the time goes.

    uv run python bench/metronome_start.py

The card is ALSA's `file` plugin (Debian: libportaudio2); a beat is out when its samples are in the plugin's file. Five
warm starts; the best and the median, so that what else the machine does is seen and counts little.
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

N_RUNS = 5
ALSA_BASE = Path("/usr/share/alsa/alsa.conf")
POLL_S = 0.002
STEPS = """
import json, os, sys, time
begun_s = float(os.environ["BEGUN_S"])
marks = {"python": time.monotonic() - begun_s}
def mark(name):
    marks[name] = time.monotonic() - begun_s
from cadencecoach.app.group import called
from cadencecoach.app import metronome, live_session
from cadencecoach.app.opening.metronome import MetronomeRequest, prepare_metronome
from cadencecoach.app.opening.setup import Request
from cadencecoach.devices import audio_port
start, wait = audio_port.LiveAudio.start, live_session.run_live
def started(self, *args):
    mark("imports and settings")
    answer = start(self, *args)
    mark("audio process plays")
    return answer
def run(*args):
    mark("voice, journal, screen")
    return wait(*args)
audio_port.LiveAudio.start, live_session.run_live = started, run
called(sys.argv[1:])
print(json.dumps(marks), file=sys.stderr)
"""


def main() -> None:
    """Print all figures."""
    with tempfile.TemporaryDirectory() as folder:
        heard = Path(folder) / "heard.f32"
        environment = os.environ | {"ALSA_CONFIG_PATH": str(card(Path(folder), heard))}
        first_s = [start(environment, heard, ("-m", "cadencecoach"))[0] for _ in range(N_RUNS)]
        print(f"metronome 170 to the first beat  best {min(first_s):.2f} s  median {statistics.median(first_s):.2f} s")
        for name, value_s in breakdown(environment, heard).items():
            print(f"  {name:24} {value_s:6.2f} s")


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
    words = ("metronome", "170", "--for", "1s", "--sound", "device:ccfile", "--journal", str(journal))
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


def breakdown(environment: dict[str, str], heard: Path) -> dict[str, float]:
    """Seconds from the start to each step, the best of the runs for each."""
    runs = []
    for _ in range(N_RUNS):
        first_s, said = start(environment, heard, ("-c", STEPS))
        runs.append(json.loads(said.splitlines()[-1]) | {"first beat": first_s})
    return {name: min(run[name] for run in runs) for name in runs[0]}


if __name__ == "__main__":
    main()

"""From the start of a process to the first sample of the beat, and what a rehearsal costs, against another checkout.

    uv run python -m bench.first_beat --against DIR

DIR is a checkout of another commit with a `.venv` of its own (`uv sync` there). Both programs are started in turn, so
that what else the machine does meets both alike. Beside the time stands the processor time used by then, by the
program and the processes it has started, which another program's load changes less. Best and median of some starts, and
the ratio of each to the other checkout's in the same run.

The card is ALSA's `file` plugin (Debian: libportaudio2); a beat is there when its samples are in the plugin's file.
What is quieter than a beat, the lead-in before words, is none; nobody speaks.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bench.metronome_start import card

N_STARTS = 9
N_REHEARSALS = 5
GIVEN_UP_S = 60.0
POLL_S = 0.002
BEAT_FROM = 0.05  # of full scale; the lead-in stays below a thousandth
PLAN = "plan: Short\nstages:\n  - {name: A, duration: 3 s, target: 170 spm}\n"
SILENT = '[voice]\nengine = "none"\n'
HEARD: dict[str, tuple[str, ...]] = {
    "metronome 170": ("metronome", "170", "--for", "3s"),
    "run PLAN --feet sim": ("run", "short.yaml", "--feet", "sim"),
}
HOUR = "sessions/plus-5-percent.yaml"
REHEARSED: dict[str, tuple[str, ...]] = {
    "rehearse, an hour, journal": ("--sound", "none"),
    "rehearse, an hour, journal and WAV": ("--sound", "file:hour.wav"),
}


@dataclass(frozen=True)
class Checkout:
    """A program to start.

    Attributes:
        folder: of its sources
        python: its own, with what it needs
        work: where it is started: its plan, its settings, and what it writes
    """

    folder: Path
    python: Path
    work: Path

    def popen(self, words: tuple[str, ...]) -> "subprocess.Popen[bytes]":
        """Start it with some words; its sound card writes to `heard.f32`."""
        folders = {f"XDG_{kind}_HOME": str(self.work / kind) for kind in ("CACHE", "DATA", "CONFIG")}
        own = folders | {"XDG_RUNTIME_DIR": str(self.work), "PYTHONPATH": str(self.folder), "LC_ALL": "C.UTF-8"}
        own |= {"PYTHONPYCACHEPREFIX": str(self.work / "compiled"), "ALSA_CONFIG_PATH": str(self.work / "asound.conf")}
        environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
        return subprocess.Popen(
            [self.python, "-m", "cadencecoach", *words],
            cwd=self.work,
            env=environment | own,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )


@dataclass(frozen=True)
class Cost:
    """What one start came to: seconds until it was done, and processor seconds until then."""

    time_s: float
    processor_s: float


Measure = Callable[[Checkout, tuple[str, ...]], Cost]


def main() -> None:
    """Print all figures."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--against", type=Path, required=True, help="another checkout, with its .venv")
    other = parser.parse_args().against.resolve()
    with tempfile.TemporaryDirectory() as folder:
        here = prepared(Path(__file__).parents[1], Path(sys.executable), Path(folder) / "here")
        there = prepared(other, other / ".venv" / "bin" / "python", Path(folder) / "there")
        print(f"{'':45} {'this checkout':>21} {'the other':>21} {'ratio':>15}")
        print(f"{'':45} {'best   median':>21} {'best   median':>21} {'best  median':>15}")
        for name, words in HEARD.items():
            show(name, *in_turn(here, there, (*words, "--sound", "device:ccfile"), N_STARTS, until_first_beat))
        for name, words in REHEARSED.items():
            hour = ("rehearse", str(other / HOUR), "--feet", "sim", *words)
            show(name, *in_turn(here, there, hour, N_REHEARSALS, until_ended))


def prepared(folder: Path, python: Path, work: Path) -> Checkout:
    """A checkout with a card, a plan and settings."""
    (work / "CONFIG" / "cadencecoach").mkdir(parents=True)
    (work / "CONFIG" / "cadencecoach" / "settings.toml").write_text(SILENT, encoding="utf-8")
    (work / "short.yaml").write_text(PLAN, encoding="utf-8")
    card(work, work / "heard.f32")
    return Checkout(folder=folder, python=python, work=work)


def in_turn(
    here: Checkout, there: Checkout, words: tuple[str, ...], n_starts: int, measure: Measure
) -> tuple[list[Cost], list[Cost]]:
    """Both again and again with the same words; the first start of each compiles, and is not counted."""
    costs: tuple[list[Cost], list[Cost]] = ([], [])
    for _ in range(n_starts + 1):
        for checkout, found in zip((here, there), costs, strict=True):
            for one in ("run.jsonl", "heard.f32", "hour.wav"):
                (checkout.work / one).unlink(missing_ok=True)
            found.append(measure(checkout, (*words, "--journal", "run.jsonl")))
    return costs[0][1:], costs[1][1:]


def until_first_beat(checkout: Checkout, words: tuple[str, ...]) -> Cost:
    """Start a program and wait for the first sample of its beat."""
    begun_s = time.monotonic()
    process = checkout.popen(words)
    heard = checkout.work / "heard.f32"
    seen = 0
    while process.poll() is None and time.monotonic() < begun_s + GIVEN_UP_S:
        time.sleep(POLL_S)
        if not heard.exists():
            continue
        with heard.open("rb") as file:
            file.seek(seen)
            new = file.read()
        new = new[: len(new) // 4 * 4]
        if np.abs(np.nan_to_num(np.frombuffer(new, "<f4"))).max(initial=0.0) > BEAT_FROM:
            cost = Cost(time.monotonic() - begun_s, processor_s_of(process.pid))
            process.communicate()
            return cost
        seen += len(new)
    process.kill()
    raise SystemExit(f"{checkout.folder}: no beat was heard: {process.communicate()[1].decode(errors='replace')}")


def until_ended(checkout: Checkout, words: tuple[str, ...]) -> Cost:
    """Run a program to its end."""
    begun_s, before = time.monotonic(), os.times()
    process = checkout.popen(words)
    said = process.communicate()[1]
    after = os.times()
    if process.returncode != 0:
        raise SystemExit(f"{checkout.folder}: {said.decode(errors='replace')}")
    used_s = after.children_user + after.children_system - before.children_user - before.children_system
    return Cost(time.monotonic() - begun_s, used_s)


def processor_s_of(pid: int) -> float:
    """Processor seconds of a process and of all it has started that still run, as Linux tells them."""
    if sys.platform != "linux":
        return 0.0
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="utf-8").split()
    except OSError:  # it has ended meanwhile
        return 0.0
    own_s = sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")  # that of children that have ended, too
    return own_s + sum(processor_s_of(int(child)) for child in children)


def show(name: str, here: list[Cost], there: list[Cost]) -> None:
    """One line for the time, and one for the processor's."""
    for what, of in (("time", lambda cost: cost.time_s), ("processor", lambda cost: cost.processor_s)):
        figures = [(min(times), statistics.median(times)) for times in (list(map(of, here)), list(map(of, there)))]
        cells = "".join(f"{best:12.2f} {middle:6.2f} s" for best, middle in figures)
        best, middle = (a / b for a, b in zip(*figures, strict=True))
        print(f"{name if what == 'time' else '':35} {what:>9} {cells} {best:7.2f} {middle:7.2f}", flush=True)


if __name__ == "__main__":
    main()

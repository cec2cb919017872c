"""How fast a rehearsal is: whole processes against real time, and where the time goes inside one.

    uv run python bench/rehearsal.py [--feet SOURCE]

Every figure is the best of three in this run, so that what else the machine does counts least; ratios are of figures
of the same run.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from cadencecoach.coach.actions import Action
from cadencecoach.devices.journal.file import JournalFile
from cadencecoach.devices.output_file import OutputFile
from cadencecoach.live.audio.file_output import FileOutput
from cadencecoach.live.opening.sources import open_feet
from cadencecoach.plan.model import Plan
from cadencecoach.record.lines import Line, MusicLine
from cadencecoach.session.audio_output import NoAudio
from cadencecoach.session.recorder import SessionRecorder
from cadencecoach.session.rehearsal import rehearse
from cadencecoach.session.session import Session
from cadencecoach.store.machine import NO_MACHINE
from cadencecoach.store.plan_files import find_plan, open_plan
from cadencecoach.store.settings import Settings

PLAN = "plus-5-percent"  # an hour
N_RUNS = 3


def main() -> None:
    """Print all figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--feet", default="sim", help="as for rehearse; default: sim")
    feet_text = parser.parse_args().feet
    plan = open_plan(find_plan(NO_MACHINE, PLAN))
    assert plan.duration_s is not None
    with tempfile.TemporaryDirectory() as folder:
        whole_processes(plan.duration_s, feet_text, Path(folder))
        print()
        inside(plan, feet_text, Path(folder), NoAudio, "without sound")
        print()
        inside(plan, feet_text, Path(folder), lambda: TimedFileOutput(Path(folder) / "in.wav"), "with sound, WAV")


def whole_processes(session_s: float, feet_text: str, folder: Path) -> None:
    """Start-up, and an hour as a person waits for it."""
    journal, sound = folder / "a.jsonl", folder / "a.wav"
    command = ["-m", "cadencecoach"]
    rehearsal = [*command, "rehearse", PLAN, "--feet", feet_text, "--journal", str(journal)]
    bare_s = best(lambda: call("-c", "pass"))
    help_s = best(lambda: call(*command, "--help"))
    silent_s = best(lambda: call(*rehearsal))
    heard_s = best(lambda: call(*rehearsal, "--sound", f"file:{sound}"))
    print(f"python -c pass              {bare_s:7.3f} s")
    print(f"cadencecoach --help         {help_s:7.3f} s   {help_s / bare_s:5.1f} x python -c pass")
    print(f"rehearse, journal           {silent_s:7.3f} s   {session_s / silent_s:5.0f} x real time")
    print(f"rehearse, journal and WAV   {heard_s:7.3f} s   {session_s / heard_s:5.0f} x real time")


def inside(
    plan: Plan, feet_text: str, folder: Path, make_output: Callable[[], "NoAudio | TimedFileOutput"], name: str
) -> None:
    """One rehearsal in this process, taken apart."""
    taken: dict[str, float] = {}
    with timed(taken, "feet opened"):
        opened = open_feet(NO_MACHINE, feet_text, plan=plan, seed=1, unit="auto")
    output = make_output()
    journal = folder / "inside.jsonl"
    journal.unlink(missing_ok=True)
    with JournalFile(journal) as file:
        recorder = SessionRecorder(file, plan, None)

        def write(line: Line) -> None:
            with timed(taken, "journal and summary"):
                recorder.write(line)

        def perform(action: Action) -> float | None:
            opened.feet.hear(action)
            return output.perform(action)

        session = Session(plan, baseline_spm=None, vote=opened.vote, perform=perform, write=write)
        started_s = time.perf_counter()
        rehearse(session, opened.feet, output=output)
        output.close(session.now_s)
        whole_s = time.perf_counter() - started_s
    taken |= output.taken if isinstance(output, TimedFileOutput) else {}
    named_s = sum(seconds for part, seconds in taken.items() if part != "feet opened")
    taken["feet and coach, and all else"] = whole_s - named_s
    assert plan.duration_s is not None
    print(f"inside, {name}: {whole_s:.3f} s, {plan.duration_s / whole_s:.0f} x real time")
    for part, seconds in sorted(taken.items(), key=lambda item: -item[1]):
        print(f"  {part:30} {seconds:7.3f} s")


class TimedFileOutput(FileOutput):
    """A sound file that counts its own time."""

    def __init__(self, path: Path) -> None:
        self.taken: dict[str, float] = {}
        with timed(self.taken, "voice and sounds opened"):
            super().__init__(OutputFile(path=path, name=str(path)), Settings())

    def perform(self, action: Action) -> float | None:
        """With the voice's time: what is new is spoken when it is first wanted."""
        with timed(self.taken, "orders to the engine, words spoken"):
            return super().perform(action)

    def follow(self, time_s: float) -> MusicLine | None:
        """With the time for samples and file."""
        with timed(self.taken, "samples, and writing them"):
            return super().follow(time_s)

    def close(self, time_s: float) -> None:
        """With the time for the rest."""
        with timed(self.taken, "samples, and writing them"):
            super().close(time_s)


@contextmanager
def timed(taken: dict[str, float], part: str) -> Iterator[None]:
    """Add the time spent inside to a part."""
    started_s = time.perf_counter()
    yield
    taken[part] = taken.get(part, 0.0) + time.perf_counter() - started_s


def best(run: Callable[[], None]) -> float:
    """Seconds of the quickest of some runs."""
    times_s = []
    for _ in range(N_RUNS):
        started_s = time.perf_counter()
        run()
        times_s.append(time.perf_counter() - started_s)
    return min(times_s)


def call(*words: str) -> None:
    """Run this Python with some words."""
    subprocess.run([sys.executable, *words], check=True, capture_output=True)


if __name__ == "__main__":
    main()

"""Make the old data again with 0.1.0, on Linux with faketime: `python tools/make_old_data.py PROGRAM PYTHON FOLDER`.

PROGRAM is the `cadencecoach` of version 0.1.0, PYTHON the interpreter it is installed in, FOLDER an empty one. The days
are those of a made-up March; times within a day are those of the clock, so that another folder differs in seconds.
"""

import contextlib
import json
import os
import pty
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

assert sys.platform != "win32"  # pseudo-terminals and signals to a group of processes
PROGRAM, PYTHON, ROOT = sys.argv[1], sys.argv[2], Path(sys.argv[3]).resolve()
ENV = os.environ | {f"XDG_{kind}_HOME": str(ROOT / kind.lower()) for kind in ("DATA", "CONFIG", "CACHE")}
ENV |= {"DONT_FAKE_MONOTONIC": "1", "TZ": "UTC"}
SESSIONS = ROOT / "data" / "cadencecoach" / "sessions"
BOOKS = """
from cadencecoach.store.sensor_book import Remembered, open_book
from cadencecoach.store.sound_book import SoundBook, keep_sound_book
pod = Remembered(name="Pod 7", address="C0:FF:EE:00:00:07", platform="linux", kinds=("foot pod",), unit="strides")
belt = Remembered(name="Strap 9", address="C0:FF:EE:00:00:09", platform="linux", kinds=("heart rate",))
open_book().with_sensor(belt).with_sensor(pod).save()
keep_sound_book(SoundBook(device="Headphones").with_delay("Headphones", 0.18))
"""
SETTINGS = """[sound]
device = "Headphones"
click = "wood"
latency_s = 0.2

[voice]
language = "de"
engine = "recorded"

[feet]
unit = "strides"
"""


def order(day: str, *words: str, clock: str = "07:00:00") -> list[str]:
    """A command of the program, on that day."""
    return ["faketime", "-f", f"@{day} {clock}", PROGRAM, *words]


def do(day: str, *words: str, clock: str = "07:00:00") -> None:
    """Run a command to its end."""
    subprocess.run(order(day, *words, clock=clock), check=True, env=ENV, cwd=ROOT)


def live(day: str, seconds: float, *words: str, by: signal.Signals = signal.SIGINT) -> None:
    """Run a session live for so long, without a terminal, and end it by a signal."""
    line = order(day, *words)
    with subprocess.Popen(line, env=ENV, cwd=ROOT, stdin=subprocess.DEVNULL, start_new_session=True) as child:
        time.sleep(seconds)
        os.killpg(child.pid, by)


def typed(day: str, keys: list[tuple[float, str]], *words: str) -> None:
    """Run a session live at a terminal, and press keys, each after so many seconds."""
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(ROOT)
        os.execvpe("faketime", order(day, *words), ENV | {"TERM": "xterm"})  # noqa: S606, S607  # in the pseudo-terminal
    since = time.monotonic()
    os.set_blocking(terminal, False)
    while os.waitpid(child, os.WNOHANG) == (0, 0):
        if keys and time.monotonic() - since > keys[0][0]:
            os.write(terminal, keys.pop(0)[1].encode())
        with contextlib.suppress(OSError):  # nothing to read now, or no more
            os.read(terminal, 65_536)
        time.sleep(0.05)


def as_if_run(journal: Path) -> None:
    """A rehearsal's journal as that of a run with a pod: the log takes no simulation."""
    first, _, rest = journal.read_text("utf-8").partition("\n")
    header = json.loads(first)
    header.pop("rehearsal", None)
    header["feet"] = "ble:Pod 7"
    journal.write_text(json.dumps(header, separators=(",", ":"), ensure_ascii=False) + "\n" + rest, "utf-8")


def main() -> None:
    """Live through the eleven days."""
    (ROOT / "config" / "cadencecoach").mkdir(parents=True)
    (ROOT / "config" / "cadencecoach" / "settings.toml").write_text(SETTINGS, "utf-8")
    subprocess.run([PYTHON, "-c", BOOKS], env=ENV, check=True)
    # r7: baselines, a programme, sessions of it, another programme.
    do("2026-03-01", "athlete", "new", "r7", "--language", "en", "--shoes", "Blue 1")
    before = ("--pain", "2", "--site", "knee", "--soreness", "1", "--readiness", "7")
    do("2026-03-01", "checkin", "--athlete", "r7", "--before", *before)
    for day, spm, seen in (("2026-03-01", "164", "pelvic drop=7 deg"), ("2026-03-02", "162", "video=left-01.mp4")):
        more = ("--speed", "10 km/h", "--minutes", "12", "--surface", "treadmill", "--seen", seen)
        do(day, "baseline", "--athlete", "r7", "--spm", spm, *more, clock="08:00:00")
    do("2026-03-03", "programme", "start", "clinic8", "--athlete", "r7")
    today = ("run", "--athlete", "r7", "--feet", "none", "--sound", "none", "--surface", "treadmill")
    live("2026-03-04", 75.0, *today, "--shoes", "Blue 1")
    after = ("--pain", "3", "--site", "knee", "--effort", "6", "--mood", "8", "--note", "Knie zwickt, später gut")
    do("2026-03-04", "checkin", "--athlete", "r7", "--after", *after, clock="09:00:00")
    do("2026-03-05", "checkin", "--athlete", "r7", "--morning", "--pain", "1", "--soreness", "4", "--sore-hours", "30")
    do("2026-03-05", "checkin", "--athlete", "r7", "--during", "--pain", "4", "--site", "shin", clock="10:00:00")
    do("2026-03-06", "checkin", "--athlete", "r7", "--done", "calf raises", "--part", "50")
    keys = [(3.0, "\r"), (4.0, "\r"), (5.0, "\r"), (20.0, "p"), (21.0, "3"), (80.0, "q"), (82.0, "\r"), (83.0, "\r")]
    typed("2026-03-07", keys, *today)
    live("2026-03-09", 15.0, "run", "--athlete", "r7", "--feet", "sim", "--sound", "none", by=signal.SIGKILL)
    do("2026-03-10", "programme", "start", "field6wk", "--athlete", "r7", "--because", "on the road from now on")
    # r8: a sign to stop.
    do("2026-03-01", "athlete", "new", "r8", clock="12:00:00")
    do("2026-03-01", "programme", "start", "return6", "--athlete", "r8", clock="12:05:00")
    flags = ("--pain", "6", "--site", "calf", "--flag", "acute-calf", "--flag", "night-pain")
    do("2026-03-02", "checkin", "--athlete", "r8", "--before", *flags, clock="12:00:00")
    # Journals: a guided run with a simulated runner, the same as if it had been run, a metronome.
    for hour, seed in (("08", "1"), ("09", "2")):
        guided = ("rehearse", "demo", "--started", f"2026-03-08T{hour}:00:00Z", "--athlete", "r7", "--seed", seed)
        do("2026-03-08", *guided, "--journal", str(SESSIONS / f"2026-03-08T{hour}0000Z.jsonl"))
    as_if_run(SESSIONS / "2026-03-08T090000Z.jsonl")
    beat = ("metronome", "172", "--for", "20s", "--feet", "sim:spm=168", "--sound", f"file:{ROOT / 'beat.wav'}")
    do(
        "2026-03-08",
        *beat,
        "--started",
        "2026-03-08T10:00:00Z",
        "--journal",
        str(SESSIONS / "2026-03-08T100000Z.jsonl"),
    )
    (ROOT / "beat.wav").unlink(missing_ok=True)
    do("2026-03-11", "programme", "next", "--athlete", "r7", "--day", "2026-03-11")
    do("2026-03-11", "history", "list")
    do("2026-03-11", "athlete", "export", "r7", "-o", str(ROOT / "r7.athlete.zip"))
    shutil.rmtree(ROOT / "cache", ignore_errors=True)


if __name__ == "__main__":
    main()

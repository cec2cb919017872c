"""Treadmill computers that run sessions while the database of their clinic is killed and started.

Each is a home of its own with processes of the real program: a check-in, a run with the simulated runner that is heard
on a sound server, and the command that hands over.
"""

import contextlib
import json
import os
import random
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from copied_commands import typed
from heard_beat import click_intervals
from postgres_server import PostgresServer
from sound_servers import FS_HZ, PulseServer
from sql_stores import LEAD, PRODUCT, new_database, password_of

from cadencecoach.record.entries import CheckIn, SessionRun
from cadencecoach.record.profile import Profile
from cadencecoach.store.sql_store import SqlStore

TARGET_SPM = 170
INTERVAL_FRAMES = 60 * FS_HZ // TARGET_SPM  # and one more, since the beat is no whole number of frames
PLAN = "plan: Steady\nstages:\n  - {{name: A, duration: {seconds} s, target: {target} spm, feedback: none}}\n"
END_WITHIN_S = 240.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """What the sessions of three computers came to.

    Attributes:
        n_kills: of the server while they ran
        n_sessions: that were begun
        n_said: answers that a command had taken
        n_intervals: from one click to the next, in all recordings
        n_off: those that are longer or shorter than the plan's by more than one frame
        wrong: what was lost, is there twice or is not whole; empty where nothing is
    """

    n_kills: int
    n_sessions: int
    n_said: int
    n_intervals: int
    n_off: int
    wrong: tuple[str, ...]


@dataclass(slots=True)
class Computer:
    """One beside a treadmill: a home of its own, and whoever runs there.

    Attributes:
        is_heard: whether what it plays is recorded, or it plays nothing
        said, sessions: what was acknowledged: answers, and ids of runs
        intervals: from click to click, in frames
        wrong: what failed
    """

    root: Path
    athlete: str
    url: str
    password_file: Path
    feet: str
    is_heard: bool
    said: list[str] = field(default_factory=list)
    sessions: list[str] = field(default_factory=list)
    intervals: list[int] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def run(self, *words: str, sound: PulseServer | None = None) -> str:
        """A command of the program, as somebody types it here; what it printed. One that failed is kept as wrong."""
        here = {name: str(self.root) for name in ("HOME", "XDG_RUNTIME_DIR")}
        folders = {f"XDG_{kind}_HOME": str(self.root / kind.lower()) for kind in ("DATA", "CONFIG", "CACHE")}
        store = {
            "CADENCECOACH_STORE": self.url,
            "CADENCECOACH_STORE_PASSWORD_FILE": str(self.password_file),
            "CADENCECOACH_STORE_PERSON": LEAD,
        }
        environment = {**os.environ, **here, **folders, **store, **({} if sound is None else sound.environment)}
        done = typed(words, folder=self.root, environment=environment, ends_within_s=END_WITHIN_S)
        if done.returncode:
            self.wrong.append(f"{self.athlete}: {' '.join(words)}: {done.returncode}, {done.stderr or done.stdout}")
        return done.stdout

    def run_sessions(self, n: int, seconds: int) -> None:
        """Say that nothing hurts, and run; again and again. What was acknowledged is remembered."""
        plan = self.root / "plan.yaml"
        plan.write_text(PLAN.format(seconds=seconds, target=TARGET_SPM), encoding="utf-8")
        for _ in range(n):
            n_wrong = len(self.wrong)
            self.run("checkin", "--athlete", self.athlete, "--before", "--pain", "0")
            if len(self.wrong) > n_wrong:
                return
            self.said.append(self.athlete)
            with PulseServer() if self.is_heard else contextlib.nullcontext() as sound:
                output = "none" if sound is None else f"device:{sound.device}"
                words = ("--feet", self.feet, "--sound", output, "--json", "--athlete", self.athlete)
                told = self.run("run", str(plan), *words, sound=sound)
                if len(self.wrong) > n_wrong:
                    return
                self.sessions.append(json.loads(told[told.index("\n{") :])["session_id"])
                self.intervals += [] if sound is None else click_intervals(sound.heard())


@contextlib.contextmanager
def three_computers(
    server: PostgresServer, folder: Path, n_heard: int = 3
) -> Iterator[tuple[SqlStore, list[Computer]]]:
    """A clinic with three athletes, whom each computer has seen."""
    with new_database(server) as store:
        url = server.address(str(store.database.address.url.database), PRODUCT)
        computers = []
        people = (("r7", "none"), ("r8", "none"), ("r9", "sim"))  # of a simulation the log says nothing
        for number, (athlete, feet) in enumerate(people):
            store.write_profile(Profile(athlete=athlete))
            root = folder / f"computer of {athlete}"
            root.mkdir(mode=0o700)
            computers.append(Computer(root, athlete, url, password_of(server), feet, number < n_heard))
        for computer in computers:
            computer.run("store", "hand-over")
        store.database.close()
        yield store, computers


def run_under_kills(
    server: PostgresServer,
    folder: Path,
    *,
    n_kills: int,
    n_sessions: int,
    seconds: int,
    n_heard: int = 3,
    seed: int = 1,
) -> Ran:
    """Run sessions on three computers, kill and start the server at random until they are over; then compare.

    Args:
        server: that runs
        folder: for the computers
        n_kills: at least so many, the last of them perhaps after the sessions
        n_sessions: on each computer, one after the other
        seconds: each of them lasts
        n_heard: computers of which the sound is recorded; the others play none
        seed: of when it is killed
    """
    draw = random.Random(seed)  # noqa: S311  # no secret
    pause = threading.Event()
    with three_computers(server, folder, n_heard) as (store, computers):
        workers = [threading.Thread(target=one.run_sessions, args=(n_sessions, seconds)) for one in computers]
        for worker in workers:
            worker.start()
        killed, end_s = 0, time.monotonic() + n_sessions * END_WITHIN_S * 3
        while (any(worker.is_alive() for worker in workers) or killed < n_kills) and time.monotonic() < end_s:
            killed += server.is_running
            (server.kill if server.is_running else server.start)()
            pause.wait(draw.uniform(0.1, 2.0))
        if not server.is_running:
            server.start()
        for worker in workers:
            worker.join()
        for computer in computers:
            computer.run("store", "hand-over")
        intervals = [one for computer in computers for one in computer.intervals]
        return Ran(
            n_kills=killed,
            n_sessions=sum(len(one.sessions) for one in computers),
            n_said=sum(len(one.said) for one in computers),
            n_intervals=len(intervals),
            n_off=sum(one not in {INTERVAL_FRAMES, INTERVAL_FRAMES + 1} for one in intervals),
            wrong=tuple(_compare(store, computers, seconds)),
        )


def _compare(store: SqlStore, computers: Sequence[Computer], seconds: int) -> Iterator[str]:
    """What the database lacks, has twice, or has otherwise."""
    for computer in computers:
        yield from computer.wrong
        log = store.log_of(computer.athlete).every
        n_said = sum(isinstance(one, CheckIn) for one in log)
        if n_said != len(computer.said):
            yield f"{computer.athlete}: {len(computer.said)} answers, {n_said} in the log"
        runs = Counter(one.session for one in log if isinstance(one, SessionRun))
        if runs != Counter(computer.sessions if computer.feet == "none" else ()):
            yield f"{computer.athlete}: {computer.sessions} run, {dict(runs)} in the log"
        kept = list(store.journals_of(computer.athlete))
        if kept != sorted(computer.sessions):
            yield f"{computer.athlete}: {computer.sessions} run, {kept} kept"
        for session in store.journals_of(computer.athlete):
            summary = store.load_session(session).summary.session
            if not seconds <= summary.duration_s < seconds + 1:
                yield f"{session}: {summary.duration_s} s"
    yield from store.changed_journals()

"""What a copied process does to be a command: see copied_commands and weeks_rig. It loads what it needs alone."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, tzinfo
from multiprocessing import get_context
from multiprocessing import process as processes
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import SimpleNamespace
from typing import IO, Self

from copies import Handed, begin_copy

from cadencecoach.cli.main import entry
from cadencecoach.devices import clock, own_command
from cadencecoach.devices.background import process as background

if sys.platform != "win32":
    import resource


def be_typed(
    words: Sequence[str], folder: str, environment: Mapping[str, str], most_bytes: int | None, streams: Sequence[Handed]
) -> None:
    """Be `python -m cadencecoach WORDS`, typed in a folder; no file may have more bytes than some."""
    begin(words, folder, environment, streams)
    if most_bytes is not None and sys.platform != "win32":
        resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes))
    sys.orig_argv = [sys.executable, "-m", "cadencecoach", *words]  # by which it knows how it was started
    entry()


def be_typed_on(
    words: Sequence[str], folder: str, environment: Mapping[str, str], now: datetime, streams: Sequence[Handed]
) -> None:
    """Be `cadencecoach WORDS` at this time of this day."""
    begin(words, folder, environment, streams)
    ahead = now - datetime.now(UTC)

    class ThatDay(datetime):
        """The calendar of the story."""

        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Self:
            """Now, that day."""
            return super().now(tz) + ahead

    wall = SimpleNamespace(**{**vars(time), "time": lambda: time.time() + ahead.total_seconds()})
    vars(clock).update(datetime=ThatDay, time=wall)
    entry()


def begin(words: Sequence[str], folder: str, environment: Mapping[str, str], streams: Sequence[Handed]) -> None:
    """Have a program's surroundings, and nothing of whoever makes the copies."""
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    if sys.platform != "win32":
        time.tzset()
    signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever makes the copies hears none
    for theirs, one in enumerate(streams):
        os.dup2(one.number, theirs)
    for one in streams:
        os.close(one.number)
    sys.stdin, sys.stdout, sys.stderr = open(0), open(1, "w", buffering=1), open(2, "w", buffering=1)  # noqa: SIM115
    sys.argv = ["cadencecoach", *words]
    # What it starts are copies, too: other commands of ours, and its work behind all others.
    vars(background)["get_context"] = lambda _: get_context("forkserver")
    vars(own_command)["subprocess"] = SimpleNamespace(**{**vars(subprocess), "Popen": StartedCopy})


def be_started(words: Sequence[str], folder: str, environment: Mapping[str, str], streams: Sequence[Handed]) -> None:
    """Be `python -m cadencecoach WORDS`, started by another copy: apart from it, in a session of its own."""
    if sys.platform != "win32":
        os.setsid()
    be_typed(words, folder, environment, None, streams)


class StartedCopy:
    """A command of ours that a copy starts, as `subprocess.Popen` is one; it is one more copy.

    Attributes:
        pid: of its process
        stdout: what it prints, where that is asked for
        returncode: the status of its exit; None while it runs
    """

    def __init__(
        self,
        command: Sequence[str],
        *,
        stdin: int,
        stdout: int,
        stderr: IO[bytes],
        env: Mapping[str, str],
        start_new_session: bool,
        **_: object,
    ) -> None:
        """Start it, with nobody who types."""
        assert list(command[:3]) == [sys.executable, "-m", "cadencecoach"]
        assert (stdin, start_new_session) == (subprocess.DEVNULL, True)
        nothing = os.open(os.devnull, os.O_RDWR)
        reads, writes = os.pipe() if stdout == subprocess.PIPE else (None, os.dup(nothing))
        try:
            streams = (nothing, writes, stderr.fileno())
            process = begin_copy(be_started, command[3:], str(Path.cwd()), dict(env), streams=streams)
        finally:
            os.close(nothing)
            os.close(writes)
        vars(processes)["_children"].discard(process)  # whoever started it may end before it
        assert process.pid is not None
        self.pid = process.pid
        self.stdout = None if reads is None else os.fdopen(reads, encoding="utf-8", errors="replace")
        self.returncode: int | None = None
        self._has_ended = threading.Event()
        threading.Thread(target=self._wait, args=(process,), daemon=True).start()

    def poll(self) -> int | None:
        """The status of its exit; None while it runs."""
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """The status of its exit, waited for.

        Raises:
            subprocess.TimeoutExpired: it goes on
        """
        if not self._has_ended.wait(timeout) or self.returncode is None:
            raise subprocess.TimeoutExpired("cadencecoach", timeout or 0.0)
        return self.returncode

    def terminate(self) -> None:
        """Ask it to end."""
        self._send(signal.SIGTERM)

    def kill(self) -> None:
        """Kill it."""
        self._send(getattr(signal, "SIGKILL", signal.SIGTERM))

    def _send(self, number: int) -> None:
        if self.returncode is None:
            os.kill(self.pid, number)

    def _wait(self, process: BaseProcess) -> None:
        process.join()
        self.returncode = process.exitcode
        self._has_ended.set()

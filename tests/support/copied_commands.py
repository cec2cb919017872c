"""Commands of ours, each in a copy of a process that has loaded the package: a twentieth of a second, not a whole one.

A copy has what a program started anew has: folders, variables and streams of its own, signals, an exit. What a shell
does with a line it does not have: words come parted. How Python starts is claimed where it is started.
"""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from functools import partial
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

import copies
import pytest
from copied_child import be_typed
from copies import CAN_COPY
from source_trees import PACKAGE

ENDS_WITHIN_S = 50.0
INTERRUPTED_ENDS_WITHIN_S = 20.0
# Each copy runs the script anew that began the tests; its imports, half a second, are there then. xdist has no script.
MAIN = ("pytest",) if hasattr(sys.modules["__main__"], "__file__") else ()
LOADED = (  # before a process is copied; found without this folder, which Python 3.11 does not tell the one that copies
    *("bleak", "sqlalchemy.dialects.postgresql.psycopg", "cadencecoach.devices.ble.radio"),
    *(
        ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts)
        for room in ("cli", "desk", "live/opening", "store", "view", "web")
        for path in sorted((PACKAGE / room).rglob("*.py"))
        if path.stem != "__init__" and path.parent.name not in {"migrations", "versions"}  # run, and not imported
    ),
)
needs_copies = pytest.mark.skipif(not CAN_COPY, reason="processes are not copied here")


def begin_copy(target: Callable[..., None], *args: object, streams: Sequence[int]) -> BaseProcess:
    """Copy the process that has loaded the package, as `copies.begin_copy` does; here it loads it first."""
    get_context("forkserver").set_forkserver_preload([*MAIN, *LOADED])
    return copies.begin_copy(target, *args, streams=streams)


def typed(
    words: Sequence[str],
    *,
    folder: Path,
    environment: Mapping[str, str],
    answers: str = "",
    interrupted_after_s: float | None = None,
    most_bytes: int | None = None,
    ends_within_s: float = ENDS_WITHIN_S,
) -> "subprocess.CompletedProcess[str]":
    """Be `python -m cadencecoach WORDS`; what came of it.

    Args:
        words: of the command
        folder: where it is typed
        environment: all of its variables
        answers: what is typed when it asks
        interrupted_after_s: Ctrl-C is pressed then, where it still runs
        most_bytes: that a file may have, as on a disk without room
        ends_within_s: or it is killed
    """
    if not CAN_COPY:
        started = [sys.executable, "-m", "cadencecoach", *words]
        done = partial(subprocess.run, started, check=False, capture_output=True, text=True, input=answers)
        return done(cwd=folder, env=environment, timeout=ends_within_s)
    with ThreadPoolExecutor(2) as readers, ExitStack() as ours, TemporaryFile() as stdin:
        stdin.write(answers.encode())
        stdin.seek(0)
        said, complained = (_pipe(ours) for _ in range(2))
        texts = [readers.submit(one.read) for one, _ in (said, complained)]
        streams = [one.fileno() for one in (stdin, said[1], complained[1])]
        try:
            process = begin_copy(be_typed, words, str(folder), dict(environment), most_bytes, streams=streams)
        finally:
            for _, theirs in (said, complained):
                theirs.close()
        status = _ended(process, ends_within_s, interrupted_after_s)
        return subprocess.CompletedProcess(words, status, *(one.result().decode() for one in texts))


def _pipe(stack: ExitStack) -> tuple[IO[bytes], IO[bytes]]:
    """Its two ends: the one that is read, and the one that is written to."""
    reads, writes = os.pipe()
    return stack.enter_context(os.fdopen(reads, "rb")), stack.enter_context(os.fdopen(writes, "wb"))


def _ended(process: BaseProcess, ends_within_s: float, interrupted_after_s: float | None) -> int:
    """The status of its exit; whoever does not end is killed."""
    process.join(ends_within_s if interrupted_after_s is None else interrupted_after_s)
    if process.exitcode is None and interrupted_after_s is not None:
        assert process.pid is not None
        os.kill(process.pid, signal.SIGINT)
        process.join(INTERRUPTED_ENDS_WITHIN_S)
    if process.exitcode is None:
        process.kill()
        process.join()
    assert process.exitcode is not None
    return process.exitcode


class RunningCopy:
    """A copy as `subprocess.Popen` is a process; what it complains about comes among what it prints.

    Attributes:
        stdout: what it prints
    """

    def __init__(
        self, words: Sequence[str], *, folder: Path, environment: Mapping[str, str], stdin: int | None = None
    ) -> None:
        """Be `python -m cadencecoach WORDS`; without a stdin nobody types anything."""
        reads, writes = os.pipe()
        nobody = os.open(os.devnull, os.O_RDONLY)
        try:
            streams = (nobody if stdin is None else stdin, writes, writes)
            self._process = begin_copy(be_typed, words, str(folder), dict(environment), None, streams=streams)
        finally:
            os.close(writes)
            os.close(nobody)
        self.stdout: IO[str] = os.fdopen(reads)

    @property
    def pid(self) -> int:
        """Its process id."""
        assert self._process.pid is not None
        return self._process.pid

    def poll(self) -> int | None:
        """The status of its exit; None while it runs."""
        return self._process.exitcode

    def wait(self, seconds: float | None = None) -> int:
        """The status of its exit, waited for."""
        self._process.join(seconds)
        assert self._process.exitcode is not None, "it does not end"
        return self._process.exitcode

    def send_signal(self, number: int) -> None:
        """Send a signal, if it runs."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """Kill it."""
        self._process.kill()


class CopiedProcess:
    """A copy as asyncio has a process; what it complains about comes among what it prints.

    Attributes:
        stdout: what it prints
    """

    def __init__(self, copy: RunningCopy, stdout: asyncio.StreamReader, pipe: asyncio.BaseTransport) -> None:
        """It has begun."""
        self.stdout = stdout
        self._copy, self._pipe = copy, pipe

    @classmethod
    async def begin(
        cls, words: Sequence[str], *, folder: Path, environment: Mapping[str, str], stdin: int | None = None
    ) -> "CopiedProcess":
        """Be `python -m cadencecoach WORDS`; without a stdin nobody types anything."""
        stdout = asyncio.StreamReader()
        begin = partial(RunningCopy, words, folder=folder, environment=environment, stdin=stdin)
        copy = await asyncio.to_thread(begin)  # the first one waits until all is loaded
        pipe, _ = await asyncio.get_running_loop().connect_read_pipe(
            lambda: asyncio.StreamReaderProtocol(stdout), copy.stdout
        )
        return cls(copy, stdout, pipe)

    @property
    def returncode(self) -> int | None:
        """The status of its exit; None while it runs."""
        return self._copy.poll()

    def send_signal(self, number: int) -> None:
        """Send a signal, if it runs."""
        self._copy.send_signal(number)

    def kill(self) -> None:
        """Kill it."""
        self._copy.kill()

    async def communicate(self) -> tuple[bytes, None]:
        """All it prints from now on, to its end."""
        said = await self.stdout.read()
        await self.wait()
        return said, None

    async def wait(self) -> int:
        """Wait for its end."""
        status = await asyncio.to_thread(self._copy.wait)
        self._pipe.close()
        return status

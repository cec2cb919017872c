"""What a copied process does to be a command: see copied_commands and weeks_rig. It loads what it needs alone."""

import os
import signal
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, tzinfo
from types import SimpleNamespace
from typing import Protocol, Self

from own_network import enter

from cadencecoach.cli.main import entry
from cadencecoach.devices import clock

if sys.platform != "win32":
    import resource


class Handed(Protocol):
    """A descriptor on its way to another process."""

    def detach(self) -> int:
        """The descriptor here."""


def be_there(network: Handed | None, target: Callable[..., None], *args: object) -> None:
    """Do what a copy does in the network of whoever asked for it, where the system has several."""
    if network is not None:
        enter(network.detach())
    target(*args)


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
        os.dup2(one.detach(), theirs)
    sys.stdin, sys.stdout, sys.stderr = open(0), open(1, "w", buffering=1), open(2, "w", buffering=1)  # noqa: SIM115
    sys.argv = ["cadencecoach", *words]

"""What a copied process does to be a command: see weeks_rig."""

import os
import sys
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, tzinfo
from types import SimpleNamespace
from typing import Protocol, Self

from cadencecoach.cli.main import entry
from cadencecoach.devices import clock


class Handed(Protocol):
    """A descriptor on its way to another process."""

    def detach(self) -> int:
        """The descriptor here."""


def be_called(
    words: Sequence[str], environment: Mapping[str, str], now: datetime, stdin: Handed | None, output: Handed
) -> None:
    """Be `cadencecoach WORDS` at this time of this day."""
    os.environ.update(environment)
    if sys.platform != "win32":
        time.tzset()
    said = output.detach()
    heard = os.open(os.devnull, os.O_RDONLY) if stdin is None else stdin.detach()
    for ours, theirs in ((heard, 0), (said, 1), (said, 2)):
        os.dup2(ours, theirs)
    sys.stdin, sys.stdout, sys.stderr = open(0), open(1, "w", buffering=1), open(2, "w", buffering=1)  # noqa: SIM115
    sys.argv = ["cadencecoach", *words]
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

"""Jobs for workers, where processes of their own find them."""

import os
import signal
import sys
from pathlib import Path

from cadencecoach.errors import UsageError


def square(number: int) -> int:
    """A job that can be done, but for one."""
    if number < 0:
        raise UsageError("no number\nof ours")
    return number * number


def _die() -> None:
    if sys.platform != "win32":
        os.kill(os.getpid(), signal.SIGKILL)


def kill_its_worker(place: str) -> str:
    """A job whose worker dies the first time, or, without a place, each time."""
    if not place:
        _die()
    path = Path(place)
    try:
        path.touch(exist_ok=False)
    except FileExistsError:
        return path.name
    _die()
    return ""

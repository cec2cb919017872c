"""Processes that a test starts: gone with it, also where it fails or runs out of time."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, AnyStr

if TYPE_CHECKING:
    import subprocess


@contextmanager
def ended(child: "subprocess.Popen[AnyStr]") -> Iterator["subprocess.Popen[AnyStr]"]:
    """The process for as long as the block lasts. `Popen` alone waits for it at the end, perhaps for ever."""
    with child:
        try:
            yield child
        finally:
            child.kill()

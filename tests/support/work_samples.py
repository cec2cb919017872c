"""Work for jobs of a test: where a process of its own finds it."""

import json
import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from cadencecoach.errors import UsageError


def write_words(tell: Callable[[float], None], path: Path, words: str) -> None:
    """Work that is done at once."""
    tell(0.5)
    path.write_text(words)


def write_until_ended(tell: Callable[[float], None], path: Path) -> None:
    """Work that is never done: half of it, and then a draft that grows."""
    tell(0.5)
    path.write_text("a draft")
    while True:
        path.with_suffix(".more").write_text("more")


def refuse(_: Callable[[float], None], path: Path) -> None:
    """Work that cannot be done."""
    raise UsageError(f"{path.name}: no such thing")


def own_nice() -> int:
    """How far this process stands back."""
    if sys.platform == "win32":
        return 0
    return os.getpriority(os.PRIO_PROCESS, 0)


def tell_pid(tell: Callable[[float], None], said: Path) -> None:
    """Say who one is, and go on for ever."""
    tell(0.1)
    draft = said.with_suffix(".draft")
    draft.write_text(json.dumps({"pid": os.getpid(), "nice": own_nice()}))
    draft.replace(said)
    threading.Event().wait()

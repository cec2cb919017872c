"""Sessions read into the index by a process of its own, which begins with no more than reading needs."""

from collections.abc import Callable
from pathlib import Path

from cadencecoach.store.protocol import Store

TellRatio = Callable[[float], None]


def read_sessions(tell_ratio: TellRatio, path: Path, store: Store) -> None:
    """Bring the index of sessions up to date; the file only says how many were read."""
    with store.sessions() as sessions:
        n_read = sessions.refresh(lambda n_done, n_all: tell_ratio(n_done / n_all))
    path.write_text(str(n_read), encoding="ascii")

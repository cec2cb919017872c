"""How long each process of a room has given no sign of life. Pure."""

from collections.abc import Iterable
from typing import Final

MOST_STEP_S: Final = 1.0


class Silences:
    """Counts on a clock that stands while we do not look: after a pause of our own nobody else is taken for hanging."""

    def __init__(self) -> None:
        """Nobody is known."""
        self._looked_s: float | None = None
        self._watched_s = 0.0
        self._signs: dict[str, tuple[object, float]] = {}  # of each process, and when it was new

    def look(self, now_s: float, names: Iterable[str]) -> None:
        """Look once more; who is not named is forgotten."""
        if self._looked_s is not None:
            self._watched_s += min(now_s - self._looked_s, MOST_STEP_S)
        self._looked_s = now_s
        self._signs = {name: self._signs[name] for name in names if name in self._signs}

    def silent_s(self, name: str, sign: object) -> float:
        """For how long a process has given this sign and no other one."""
        known, since_s = self._signs.setdefault(name, (sign, self._watched_s))
        if known != sign:
            self._signs[name], since_s = (sign, self._watched_s), self._watched_s
        return self._watched_s - since_s

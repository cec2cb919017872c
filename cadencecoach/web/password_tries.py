"""Wrong passwords, counted by name and by address; whether there is anybody of that name makes no difference."""

from collections import OrderedDict
from typing import Final

LOCKED_S: Final = 120.0
MAX_KEPT: Final = 4096
AT_ONE: Final = 5  # for one name from one address
FROM_ADDRESS: Final = 15  # for whatever names
FOR_NAME: Final = 30  # from whatever addresses: many must not lock out somebody at another computer too soon


class Tries:
    """What was tried, since the last right password or the last lock."""

    def __init__(self) -> None:
        """Nothing was tried yet."""
        self._tried: OrderedDict[tuple[str, str], tuple[int, float]] = OrderedDict()  # how many, locked until

    def begin(self, name: str, address: str, now_s: float) -> bool:
        """Whether one may be tried now; it counts as wrong until it has proved right: many at once count too."""
        keys = _keys(name, address)
        if any(now_s < self._tried.get(key, (0, 0.0))[1] for key in keys):
            return False
        for key, most in keys.items():
            n_tried, until_s = self._tried.pop(key, (0, 0.0))
            n_tried = n_tried + 1 if until_s == 0 else 1  # a lock that is over begins anew
            self._tried[key] = (n_tried, now_s + LOCKED_S if n_tried >= most else 0.0)
        while len(self._tried) > MAX_KEPT:
            self._tried.popitem(last=False)
        return True

    def note_right(self, name: str, address: str) -> None:
        """Take a try back, and forget those before it for this name here; others from this address go on counting."""
        here, from_there, for_name = _keys(name, address)
        self._tried.pop(here, None)
        for key in (from_there, for_name):
            n_tried, _ = self._tried.get(key, (0, 0.0))
            self._tried[key] = (max(0, n_tried - 1), 0.0)


def _keys(name: str, address: str) -> dict[tuple[str, str], int]:
    """What is counted, and the most of each: of one name from one address, from the address, for the name."""
    return {(name, address): AT_ONE, ("", address): FROM_ADDRESS, (name, ""): FOR_NAME}

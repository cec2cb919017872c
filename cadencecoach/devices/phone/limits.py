"""How much the receiver takes from the network: few connections, few of them from one address, for a short time."""

from collections import Counter, OrderedDict
from typing import Final

MOST_CONNECTIONS: Final = 32
MOST_OF_ONE: Final = 8  # a phone pushes four times a second, and each push may take a while in bad Wi-Fi
AT_ONCE: Final = 40.0  # connections from one address
A_SECOND: Final = 20.0
MOST_ADDRESSES: Final = 256


class ConnectionLimits:
    """What is open, and what is left to each address."""

    def __init__(self) -> None:
        """Nobody is connected."""
        self._open: Counter[str] = Counter()
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()  # how many, and when that was reckoned

    def take(self, address: str, now_s: float) -> bool:
        """Whether one more connection is kept; give each that is back. `now_s` is of a clock that only goes on."""
        left, then_s = self._left.pop(address, (AT_ONCE, now_s))
        left = min(AT_ONCE, left + (now_s - then_s) * A_SECOND)
        has_place = self._open.total() < MOST_CONNECTIONS and self._open[address] < MOST_OF_ONE
        is_kept = left >= 1 and has_place
        self._left[address] = (left - 1 if is_kept else left, now_s)
        while len(self._left) > MOST_ADDRESSES:
            self._left.popitem(last=False)
        if is_kept:
            self._open[address] += 1
        return is_kept

    def give_back(self, address: str) -> None:
        """A connection has ended."""
        self._open[address] -= 1
        if self._open[address] <= 0:
            del self._open[address]

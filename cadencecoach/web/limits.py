"""How much one device of the network may ask for: a few pages at once, and then so many requests a second."""

from collections import OrderedDict
from typing import Final

AT_ONCE: Final = 60.0
A_SECOND: Final = 20.0
MAX_ASKERS: Final = 1024


class RateLimits:
    """What is left to each who asks, by the name of a device or the address of a stranger."""

    def __init__(self) -> None:
        """Nobody has asked yet."""
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()  # how many, and when that was reckoned

    def take(self, asker: str, now_s: float) -> bool:
        """Whether one more request is answered; `now_s` is of a clock that only goes on."""
        left, then_s = self._left.pop(asker, (AT_ONCE, now_s))
        left = min(AT_ONCE, left + (now_s - then_s) * A_SECOND)
        is_answered = left >= 1
        self._left[asker] = (left - 1 if is_answered else left, now_s)
        while len(self._left) > MAX_ASKERS:
            self._left.popitem(last=False)
        return is_answered

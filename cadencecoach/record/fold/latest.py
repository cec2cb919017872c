"""The newest value of a kind, which counts until the next one, but not for ever."""

from dataclasses import dataclass

HOLD_S = 3.0  # no longer than it takes to count as stale


@dataclass(slots=True)
class LatestValue:
    """A value that counts from when it was true until it is too old.

    Attributes:
        value: cadence in spm, speed in m/s, heart rate in beats a minute
        until_s: session time up to which it counts
    """

    value: float = 0.0
    until_s: float = float("-inf")

    @property
    def is_known(self) -> bool:
        """There was one."""
        return self.until_s > float("-inf")

    def take(self, value: float, *, since_s: float) -> None:
        """A newer value."""
        self.value = value
        self.until_s = since_s + HOLD_S

    def span_s(self, from_s: float, to_s: float) -> float:
        """How much of a stretch of time the value counts for, from its beginning on."""
        return max(0.0, min(to_s, self.until_s) - from_s)

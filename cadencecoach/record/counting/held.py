"""A value of the journal that stands until the next one, but not for ever."""

from dataclasses import dataclass

from cadencecoach.units import STALE_AFTER_S

HOLD_S = STALE_AFTER_S


@dataclass(slots=True)
class Held:
    """A value that stands from when it was true until it is too old.

    Attributes:
        value: cadence in spm, speed in m/s
        until_s: session time up to which it stands
    """

    value: float = 0.0
    until_s: float = float("-inf")

    def take(self, value: float, *, since_s: float) -> None:
        """A newer value."""
        self.value = value
        self.until_s = since_s + HOLD_S

    def span_s(self, from_s: float, to_s: float) -> float:
        """How much of a stretch of time the value stands for, from its beginning on."""
        return max(0.0, min(to_s, self.until_s) - from_s)

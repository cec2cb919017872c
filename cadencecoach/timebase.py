"""Two clocks, one map: never compare two clocks, map one onto the other.

The stream counts frames; the host has a monotonic clock. A sound card's crystal is off by up to some hundred parts
per million, so the ratio is measured, not assumed: a straight line through the latest pairs of (frame, host time).
"""

from collections.abc import Sequence
from dataclasses import dataclass

MIN_PAIRS = 2


@dataclass(frozen=True, slots=True)
class ClockMap:
    """host time = intercept_s + seconds_per_frame * frame.

    Attributes:
        seconds_per_frame: the slope; 1 / fs of a perfect card
        intercept_s: host time of frame 0
    """

    seconds_per_frame: float
    intercept_s: float

    @classmethod
    def nominal(cls, *, fs_hz: int, frame: int, host_s: float) -> "ClockMap":
        """The map of a perfect card that stands at `frame` at `host_s`."""
        return cls(1.0 / fs_hz, host_s - frame / fs_hz)

    @classmethod
    def fit(cls, pairs: Sequence[tuple[int, float]]) -> "ClockMap":
        """Least squares through (frame, host time in s) pairs, at least two with different frames.

        Means are taken out first: frames reach 10^9 in a session and would drown the fit otherwise.
        """
        if len(pairs) < MIN_PAIRS:
            raise ValueError(f"a ClockMap needs at least {MIN_PAIRS} pairs, got {len(pairs)}")
        n = len(pairs)
        mean_frame = sum(frame for frame, _ in pairs) / n
        mean_s = sum(host_s for _, host_s in pairs) / n
        spread = sum((frame - mean_frame) ** 2 for frame, _ in pairs)
        if spread == 0:
            raise ValueError("a ClockMap needs pairs with different frames")
        slope = sum((frame - mean_frame) * (host_s - mean_s) for frame, host_s in pairs) / spread
        return cls(slope, mean_s - slope * mean_frame)

    def host_s(self, frame: float) -> float:
        """Host time of a frame."""
        return self.intercept_s + self.seconds_per_frame * frame

    def frame(self, host_s: float) -> float:
        """Position in frames at a host time: the inverse of `host_s`."""
        return (host_s - self.intercept_s) / self.seconds_per_frame

    def drift_ppm(self, fs_hz: int) -> float:
        """How much slower than nominal the stream runs, in parts per million of the host clock."""
        return (self.seconds_per_frame * fs_hz - 1.0) * 1e6

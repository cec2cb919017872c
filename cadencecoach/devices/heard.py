"""When a frame is heard: the card's frames against the host's clock, from single looks at both."""

from collections import deque
from statistics import median

from cadencecoach.timebase import ClockMap

N_PAIRS = 64  # the map goes through the latest ones: 11 s and more
PAIR_EVERY_S = 0.2
N_SOON, SOON_S = 8, 0.01  # the first few come quickly: one alone may be a stray
FIT_FROM_S = 5.0  # a card's clock wanders by some 0.1 ms: over less, the slope would be worse than the nominal one
STRAY_S = 0.002  # JACK's times are a block off, 5 ms, whenever a callback was late
BELIEVED_STRAYS = 5  # a server that paused, or a first pair that was itself a stray


class HeardFrames:
    """Pairs of a frame and the host time at which it is heard, and the map through them.

    Threads: one at a time.
    """

    __slots__ = ("_n_strays", "_pairs")

    def __init__(self) -> None:
        """Know nothing yet."""
        self._pairs: deque[tuple[int, float]] = deque(maxlen=N_PAIRS)
        self._n_strays = 0

    @property
    def is_known(self) -> bool:
        """Whether there is a pair to make a map of."""
        return bool(self._pairs)

    def note(self, frame: int, host_s: float, *, fs_hz: int) -> None:
        """Take a pair. One that is off the map is a late callback; several in a row are a new beginning."""
        every_s = SOON_S if len(self._pairs) < N_SOON else PAIR_EVERY_S
        if self._pairs and host_s - self._pairs[-1][1] < every_s:
            return
        is_stray = self.is_known and abs(self.clock_map(fs_hz=fs_hz).host_s(frame) - host_s) > STRAY_S
        self._n_strays = self._n_strays + 1 if is_stray else 0
        if self._n_strays >= BELIEVED_STRAYS:
            self._pairs.clear()
            self._n_strays = 0
        if not is_stray or not self._pairs:
            self._pairs.append((frame, host_s))

    def clock_map(self, *, fs_hz: int) -> ClockMap:
        """The map from frames to host time; at least one pair must be known.

        Over seconds it is a straight line through the pairs, and counts the card's crystal in. Before, it takes the
        card for perfect and the pairs for the offset only.
        """
        if self._pairs[-1][1] - self._pairs[0][1] >= FIT_FROM_S:
            return ClockMap.fit(self._pairs)
        zero_s = median(host_s - frame / fs_hz for frame, host_s in self._pairs)
        return ClockMap.nominal(fs_hz=fs_hz, frame=0, host_s=zero_s)

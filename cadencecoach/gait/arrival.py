"""A sensor's own clock laid on session time, from when its frames arrived.

A frame arrives later than it was sent, never sooner: the radio waits its turn and repeats what was lost, and none of
that says anything about the feet. So the frame that took least gives the map: session time is the sensor's time plus
the least difference of the last minute. A crystal is off by up to 100 parts per million, which is 6 ms in that time;
a slope fitted through the least delays of a minute would be further off than that, so none is.

What every frame takes, the air and the sensor's own filter, is in the map and cannot be told from it: footfalls come
out later by it. It is constant, and nobody has measured it.
"""

from collections import deque

KEPT_S = 60.0


class Arrivals:
    """The least delay of late. Times never go back; a sensor that was restarted needs a new one."""

    def __init__(self) -> None:
        self._later: deque[tuple[float, float]] = deque()  # (sensor time, session time minus it), rising in both

    def took(self, sensor_s: float, session_s: float) -> None:
        """A frame whose last sample is of `sensor_s` arrived at `session_s`."""
        later_s = session_s - sensor_s
        while self._later and self._later[-1][1] >= later_s:
            self._later.pop()
        self._later.append((sensor_s, later_s))
        while self._later[0][0] < sensor_s - KEPT_S:
            self._later.popleft()

    def session_s(self, sensor_s: float) -> float:
        """Session time of a moment on the sensor's clock; only after a frame."""
        return sensor_s + self._later[0][1]

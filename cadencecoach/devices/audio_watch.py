"""Is an audio process from which no callback comes dead, or does it only wait for a busy machine?

A process that ended is seen at once, and one whose stream has ended ends itself when it is asked to look. What is left
is a process that lives and does not play: it is given time, because killing it costs a second of silence, and the beat
comes back in phase by itself when the machine lets it go on.
"""

LOOK_AFTER_S = 0.5  # no callback for so long: longer than the usual buffer
HUNG_AFTER_S = 3.0  # beyond it nobody believes in a busy machine
LONGEST_COUNT_S = 0.25  # of one wait between two looks: a watch that got no time either says nothing about the process


class StallWatch:
    """Counts how long no callback has come, in the time in which the parent could look.

    Attributes:
        stalled_s: counted since the latest callback
    """

    def __init__(self) -> None:
        """Nothing was seen yet."""
        self._called_s = self._looked_s = -1.0
        self.stalled_s = 0.0
        self._has_asked = False

    @property
    def is_hung(self) -> bool:
        """Whether nothing is expected any more."""
        return self.stalled_s >= HUNG_AFTER_S

    def look(self, *, now_s: float, called_s: float) -> bool:
        """Look once more; the answer is whether the process should look at its stream, once for each stall.

        Args:
            now_s: host time
            called_s: host time of the latest callback
        """
        if called_s != self._called_s:
            self.stalled_s, self._has_asked = 0.0, False
            self._looked_s = max(called_s, self._looked_s)
        self.stalled_s += min(now_s - self._looked_s, LONGEST_COUNT_S)
        self._called_s, self._looked_s = called_s, now_s
        if self.stalled_s < LOOK_AFTER_S or self._has_asked:
            return False
        self._has_asked = True
        return True

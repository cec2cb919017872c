"""Headphones that fall asleep in silence: Bluetooth ones swallow the first half second of what comes after it.

So words and tones after a long silence get a lead-in of noise too quiet to mind. Where a beat has just begun it wakes
them by itself, and only the words wait. The beat is never moved, and the tones of a countdown are not either.
"""

import math

QUIET_S = 5.0  # of silence: before it no headphones fall asleep
LEAD_IN = "lead-in"  # name of the clip


class Waking:
    """What has been heard lately, in stream seconds, and when headphones are awake for a cue.

    Attributes:
        lead_in_s: what they need to wake up; 0 where nothing sleeps
    """

    def __init__(self, lead_in_s: float) -> None:
        """Nothing was heard yet."""
        self.lead_in_s = lead_in_s
        self._heard_until_s = -math.inf
        self._is_beat_heard = False
        self._awake_s = -math.inf

    def note_beat(self, at_s: float, *, is_heard: bool) -> None:
        """Take note that the beat is heard from a moment on, or is not."""
        if is_heard and not self._is_beat_heard:
            is_asleep = at_s - self._heard_until_s > QUIET_S
            self._awake_s = at_s + (self.lead_in_s if is_asleep else 0.0)
        elif self._is_beat_heard and not is_heard:
            self._heard_until_s = max(self._heard_until_s, at_s)
        self._is_beat_heard = is_heard

    def note_cue(self, end_s: float) -> None:
        """Take note of words or a tone that end at a moment."""
        self._heard_until_s = max(self._heard_until_s, end_s)

    def ready_s(self, at_s: float) -> float:
        """When a cue that could begin at `at_s` is heard from its first sound on."""
        if self._is_beat_heard:
            return max(at_s, self._awake_s)
        return at_s + (self.lead_in_s if self.needs_lead_in(at_s) else 0.0)

    def needs_lead_in(self, at_s: float) -> bool:
        """Whether nothing else wakes the headphones for a cue that could begin at `at_s`."""
        return self.lead_in_s > 0 and not self._is_beat_heard and at_s - self._heard_until_s > QUIET_S

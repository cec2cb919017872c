"""Tempo as a function of time: where each beat falls, and which beat it is at any time.

One Timeline is one linear ramp of tempo followed by a constant tempo. With n(t) the position in beats, t0 the start,
r0 and r1 the rates in beats per second and T the length of the ramp:

    on the ramp    n = n0 + r0 (t - t0) + (r1 - r0) / (2 T) (t - t0)^2
    after it       n = n0 + (r0 + r1) / 2 T + r1 (t - t0 - T)

Both are solved for t in closed form, so `beat_at` and `time_of` are inverses and nothing is ever added up. A change of
tempo is a new Timeline anchored at the moment of change (`retime`): position and, on a ramp, tempo go on unbroken.
"""

import math
from dataclasses import dataclass

from cadencecoach.units import SECONDS_PER_MINUTE


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """Beats from `start_s` on; one beat is one step.

    Attributes:
        start_s: the moment the ramp begins, in the caller's seconds (session or stream time)
        start_beat: position in beats at that moment; beat 0 is the first beat played
        from_spm: tempo at that moment, above zero
        to_spm: tempo from the end of the ramp on, above zero
        ramp_s: length of the ramp; 0 is a step
    """

    start_s: float
    start_beat: float
    from_spm: float
    to_spm: float
    ramp_s: float

    def __post_init__(self) -> None:
        """Refuse what has no inverse."""
        numbers = (self.start_s, self.start_beat, self.from_spm, self.to_spm, self.ramp_s)
        if not all(map(math.isfinite, numbers)) or min(self.from_spm, self.to_spm) <= 0 or self.ramp_s < 0:
            raise ValueError(f"a Timeline needs a start, tempos above zero and a ramp of 0 s or more, got {self}")

    @classmethod
    def steady(cls, *, start_s: float, tempo_spm: float) -> "Timeline":
        """Beat 0 at `start_s`, one tempo from there on."""
        return cls(start_s=start_s, start_beat=0.0, from_spm=tempo_spm, to_spm=tempo_spm, ramp_s=0.0)

    @property
    def end_s(self) -> float:
        """The moment the ramp has reached its tempo."""
        return self.start_s + self.ramp_s

    @property
    def end_beat(self) -> float:
        """Position in beats at `end_s`."""
        return self.start_beat + (self.from_spm + self.to_spm) / (2 * SECONDS_PER_MINUTE) * self.ramp_s

    def tempo_at(self, time_s: float) -> float:
        """Tempo in spm; before `start_s` it is that of the start."""
        if time_s >= self.end_s:
            return self.to_spm
        if time_s <= self.start_s:
            return self.from_spm
        return self.from_spm + (self.to_spm - self.from_spm) * (time_s - self.start_s) / self.ramp_s

    def beat_at(self, time_s: float) -> float:
        """Position in beats at a time; before `start_s` the first tempo is continued backwards."""
        since_end_s = time_s - self.end_s
        if since_end_s >= 0:
            return self.end_beat + self.to_spm / SECONDS_PER_MINUTE * since_end_s
        since_s = time_s - self.start_s
        rate = self.from_spm / SECONDS_PER_MINUTE
        if since_s <= 0:
            return self.start_beat + rate * since_s
        return self.start_beat + since_s * (rate + self._half_slope() * since_s)

    def time_of(self, beat: float) -> float:
        """The time at which a position is reached: the inverse of `beat_at`."""
        past_end = beat - self.end_beat
        if past_end >= 0:
            return self.end_s + past_end * SECONDS_PER_MINUTE / self.to_spm
        past = beat - self.start_beat
        rate = self.from_spm / SECONDS_PER_MINUTE
        if past <= 0:
            return self.start_s + past / rate
        # The form of the quadratic's root that does not cancel when the slope is small or negative.
        root = math.sqrt(max(0.0, rate * rate + 4 * self._half_slope() * past))
        return self.start_s + 2 * past / (rate + root)

    def retime(self, *, at_s: float, tempo_spm: float, ramp_s: float = 0.0) -> "Timeline":
        """The Timeline that takes over at `at_s`: same position there, and on to a new tempo.

        With a ramp the tempo starts from what it is at `at_s`; without one it steps.
        """
        from_spm = self.tempo_at(at_s) if ramp_s > 0 else tempo_spm
        return Timeline(start_s=at_s, start_beat=self.beat_at(at_s), from_spm=from_spm, to_spm=tempo_spm, ramp_s=ramp_s)

    def _half_slope(self) -> float:
        """Half the acceleration on the ramp, in beats per second squared."""
        return (self.to_spm - self.from_spm) / (2 * SECONDS_PER_MINUTE * self.ramp_s)

"""A phone as a source of readings: samples in, once a second a step rate out."""

import math

from cadencecoach.gait.acceleration import EARLY_S, NS_PER_S, READS_EVERY_S, AccelerationSource
from cadencecoach.gait.arrival import Arrivals
from cadencecoach.gait.phone import PhoneSamples, decode_samples
from cadencecoach.gait.reading import Reading
from cadencecoach.gait.steps import StepDetector

TOLD_WITHIN_S = 3.0  # what is older is not told as the cadence of now


class PhoneSource(AccelerationSource):
    """Turns the samples of one phone into readings.

    Footfalls are not told: how long an app keeps a sample before it sends it is not known, nor always the same.
    """

    _epoch: int | None = None
    _told_s = -math.inf  # up to where something has been told, on the phone's clock: what waits comes in bursts

    @property
    def footfalls_s(self) -> tuple[float, ...]:
        """None: see above."""
        return ()

    def take(self, time_s: float, payload: bytes) -> Reading | None:
        """Take samples.

        Args:
            time_s: session time of arrival
            payload: as `encode_samples` makes them
        Returns:
            a reading for about each second of the phone's clock, while what comes is of now; None in between, and
            while there is not enough to tell
        Raises:
            PayloadError: the bytes mean nothing
        """
        samples = decode_samples(payload)
        if samples.epoch != self._epoch:
            self._begin(samples)
        times_s = [(time_ns - self._origin_ns) / NS_PER_S for time_ns in samples.times_ns]
        self._lay(times_s, samples.samples_g, time_s)
        lag_s = max(0.0, time_s - self._arrivals.session_s(times_s[-1]))
        cadence_spm = self.detector.cadence_spm
        is_due = times_s[-1] - self._told_s >= READS_EVERY_S - EARLY_S
        if cadence_spm is None or not is_due or lag_s >= TOLD_WITHIN_S:
            return None
        self._told_s = times_s[-1]
        return Reading(time_s=time_s, cadence_spm=cadence_spm, dynamics=self.dynamics, lag_s=lag_s)

    def _begin(self, samples: PhoneSamples) -> None:
        """Begin with a clock that knows nothing of the one before; where the phone is worn stays known."""
        self._epoch, self._origin_ns, self._told_s = samples.epoch, samples.times_ns[0], -math.inf
        self.detector = StepDetector(self.placement)
        self._arrivals, self._steps_s, self._samples = Arrivals(), [], []

"""A sensor of acceleration as a source of readings: its bytes in, once a second a step rate out.

The sensor stamps each frame with the time of its last sample, on a clock of its own. Samples are laid between two
stamps; which is why the first frame only starts the clock. A frame that was lost leaves a gap, and a gap is no steps
and no silence either (`steps.detector`). Readings carry the time of arrival, as those of any sensor do.
"""

import math
from bisect import bisect_right
from collections.abc import Sequence
from operator import itemgetter

import numpy as np

from cadencecoach.gait.arrival import Arrivals
from cadencecoach.gait.dynamics import SIGNAL, Dynamics
from cadencecoach.gait.movement import contact_time_ms, vertical_oscillation_mm
from cadencecoach.gait.polar import ANSWER, AccelerationFrame, decode_acceleration, decode_answer
from cadencecoach.gait.reading import Reading
from cadencecoach.gait.steps import Placement, StepDetector
from cadencecoach.units import SECONDS_PER_MINUTE

READS_EVERY_S = 1.0  # as often as a pod: more often would outvote it
EARLY_S = 0.1  # frames are that much early or late
RATES_HZ = (12.0, 450.0)  # what stamps must say to be believed; sensors offer 25 to 416
SAME_RATE = 0.2  # as a part; a frame that claims another rate comes after a gap
NS_PER_S = 1e9
KEPT_S = 4.0  # of samples as they came: some strides, to see how long a foot is down
N_STEPS = 16  # kept: five seconds, enough to tell the next one, and how fast they come

Sample = tuple[float, float, float]

# A step's time is the middle of the time on the ground, as a part of a step after the foot came down: a trunk is pushed
# hardest then, as the force in running is close to half a sine (Alexander 1989), and a foot is down for 0.7 of a step.
# An arm's and a foot's swing has a phase of its own, which changes with the pace: there no footfall is told.
FOOTFALL_EARLIER = {Placement.TRUNK: 0.35, Placement.HIP: 0.35, Placement.CHEST: 0.35}


class AccelerationSource:
    """Turns what a sensor of acceleration sends into readings.

    Args:
        placement: where it sits, if that is known; None lets the signal tell
    """

    def __init__(self, placement: Placement | None = None) -> None:
        self.detector = StepDetector(placement)
        self._factor: float | None = None
        self._last_ns: int | None = None
        self._origin_ns = 0
        self._period_s: float | None = None
        self._read_s = -math.inf
        self._samples: list[tuple[float, Sample]] = []  # the newest, as they came
        self._arrivals = Arrivals()
        self._steps_s: list[float] = []  # the newest that were seen, on the sensor's clock
        self.n_seen = 0  # steps seen so far

    @property
    def placement(self) -> Placement | None:
        """Where the sensor sits: as given, else as the signal says; None before there was enough to tell."""
        return self.detector.placement

    @property
    def place(self) -> str:
        """The same in words; empty where it is not known."""
        return "" if self.placement is None else self.placement.value

    @property
    def dynamics(self) -> Dynamics | None:
        """Oscillation or contact time in the newest seconds, as far as the place allows it; None where neither is."""
        times_s = np.array([time_s for time_s, _ in self._samples])
        accel_g = np.array([sample for _, sample in self._samples]).reshape(-1, 3)
        cadence_spm, placement = self.detector.cadence_spm, self.placement
        told = Dynamics(
            oscillation_mm=vertical_oscillation_mm(self.detector.recent, cadence_spm, placement),
            contact_ms=contact_time_ms(times_s, accel_g, cadence_spm, placement),
            placement=self.place,
            told_by=SIGNAL,
        )
        return told if told.is_known else None

    @property
    def footfalls_s(self) -> tuple[float, ...]:
        """Session times at which the feet came down in the newest steps of a run; empty where that cannot be told.

        Later than true by what every frame takes on its way, which is constant and not known.
        """
        cadence_spm, earlier = self.detector.cadence_spm, self._footfall_earlier
        if not cadence_spm or earlier is None:
            return ()
        earlier_s = earlier * SECONDS_PER_MINUTE / cadence_spm
        return tuple(self._arrivals.session_s(step_s) - earlier_s for step_s in self._steps_s)

    @property
    def _footfall_earlier(self) -> float | None:
        return None if self.placement is None else FOOTFALL_EARLIER.get(self.placement)

    def take(self, time_s: float, payload: bytes) -> Reading | None:
        """Take a frame, or the answer to a control message, which may say what a unit is worth.

        Args:
            time_s: session time of arrival
            payload: as it came
        Returns:
            a reading about once a second; None in between, and before there is enough to tell
        Raises:
            PayloadError: the bytes mean nothing
        """
        if payload[:1] == bytes((ANSWER,)):
            self._factor = decode_answer(payload).factor
            return None
        self._feed(time_s, decode_acceleration(payload, self._factor))
        cadence_spm = self.detector.cadence_spm
        if cadence_spm is None or time_s - self._read_s < READS_EVERY_S - EARLY_S:
            return None
        self._read_s = time_s
        return Reading(time_s=time_s, cadence_spm=cadence_spm, dynamics=self.dynamics)

    def _feed(self, time_s: float, frame: AccelerationFrame) -> None:
        """Lay the samples of a frame on the sensor's clock."""
        last_ns, self._last_ns = self._last_ns, frame.last_ns
        n = len(frame.samples_g)
        if last_ns == frame.last_ns:
            return  # the same notification again
        if last_ns is None or frame.last_ns < last_ns:
            self._origin_ns, self._period_s = frame.last_ns, None
            self._arrivals, self._steps_s = Arrivals(), []
            self._arrivals.took(0.0, time_s)
            return
        self._period_s = self._period((frame.last_ns - last_ns) / NS_PER_S / n)
        if self._period_s is None:
            return
        end_s = (frame.last_ns - self._origin_ns) / NS_PER_S
        self._lay([end_s - self._period_s * (n - 1 - index) for index in range(n)], frame.samples_g, time_s)

    def _lay(self, times_s: Sequence[float], samples_g: Sequence[Sample], time_s: float) -> None:
        """Take samples whose times on the sensor's clock are known, the last of which arrived at `time_s`."""
        self._arrivals.took(times_s[-1], time_s)
        seen_s = [step.time_s for step in self.detector.feed(times_s, samples_g) if not step.is_inferred]
        self._steps_s = [*self._steps_s, *seen_s][-N_STEPS:]
        self.n_seen += len(seen_s)
        samples = [*self._samples, *zip(times_s, samples_g, strict=True)]
        self._samples = samples[bisect_right(samples, times_s[-1] - KEPT_S, key=itemgetter(0)) :]

    def _period(self, stamped_s: float) -> float | None:
        """Seconds from sample to sample: what two stamps say, unless a frame is missing between them."""
        low_hz, high_hz = RATES_HZ
        if not 1 / high_hz <= stamped_s <= 1 / low_hz:
            return self._period_s
        if self._period_s is not None and abs(stamped_s / self._period_s - 1) > SAME_RATE:
            return self._period_s
        return stamped_s

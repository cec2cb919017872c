"""The runner's own cadence at a moment: what the change asked for and the change made are counted from."""

from dataclasses import dataclass

from cadencecoach.gait.speed_curve import SpeedCurve
from cadencecoach.plan.defaults import FULL_FEEDBACK

MARGIN_MPS = FULL_FEEDBACK.speed_range_mps  # so far beyond the known speeds the line through them is still followed


@dataclass(slots=True)
class OwnCadence:
    """The baseline of the session, or that of each speed.

    Attributes:
        baseline_spm: one for all speeds; None until known
        curve: the same over speed; it wins. None where there is none
        speed_mps: the newest that is known; None before the first
    """

    baseline_spm: float | None = None
    curve: SpeedCurve | None = None
    speed_mps: float | None = None

    def take_measured(self, baseline_spm: float | None) -> None:
        """It has been measured in the session, and is one for all speeds."""
        self.baseline_spm, self.curve = baseline_spm, None

    @property
    def spm(self) -> float | None:
        """At the speed now, or the nearest that is known; before any speed, in the middle of the curve's."""
        if self.curve is None:
            return self.baseline_spm
        speed_mps = self.curve.v0_mps if self.speed_mps is None else self.speed_mps
        return self.curve.cadence_near_spm(speed_mps, MARGIN_MPS)

"""How one runner's cadence depends on speed: cadence(v) = c0 + b (v - v0), fitted from baselines at several speeds.

Who runs faster steps quicker, by 5.6 to 7.8 spm for each m/s in the studies at hand (Burns 2019, 100-km road runners,
japplphysiol.00374.2018: 5.6; treadmill and cross-sectional figures: 6.8 to 7.8). A target that is a change from the
baseline means the baseline at that speed. Treadmill and road have curves of their own (PMC5685089).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

PRIOR_SLOPE_SPM_PER_MPS = 6.5  # the middle of the studies ...
PRIOR_SPREAD_SPM_PER_MPS = 1.5  # ... and how far they lie apart (design)
ENOUGH_SPEEDS = 3  # a slope of two points is noise: day to day cadence varies by 2.3 % at one speed
ANOTHER_SPEED_MPS = 0.1  # nearer is the same speed, run twice


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeedCurve:
    """One runner's own cadence over speed, on one surface.

    Attributes:
        c0_spm: cadence at v0
        v0_mps: the middle of the speeds it was fitted from
        slope_spm_per_mps: b: by how much cadence rises with speed
        range_mps: the slowest and the fastest of those speeds
        surface: where they were run, in the runner's words; may be empty
    """

    c0_spm: float
    v0_mps: float
    slope_spm_per_mps: float
    range_mps: tuple[float, float]
    surface: str = ""

    @classmethod
    def fit(cls, points: Sequence[tuple[float, float]], *, surface: str = "") -> "SpeedCurve":
        """The curve nearest to baselines, by least squares.

        Of fewer than three speeds the slope is that of the literature: of one speed 6.5 spm per m/s, of two what they
        say, but no farther than 1.5 from it.

        Args:
            points: (speed in m/s, cadence in spm) of each baseline
            surface: where they were run
        Raises:
            ValueError: there is no point
        """
        if not points:
            raise ValueError("a speed curve needs at least one point")
        v0_mps, c0_spm = fmean(v for v, _ in points), fmean(c for _, c in points)
        speeds = sorted(v for v, _ in points)
        n_speeds = _n_different(speeds)
        slope = PRIOR_SLOPE_SPM_PER_MPS
        if n_speeds > 1:
            spread = sum((v - v0_mps) ** 2 for v, _ in points)
            slope = sum((v - v0_mps) * (c - c0_spm) for v, c in points) / spread
        if n_speeds < ENOUGH_SPEEDS:
            low, high = (PRIOR_SLOPE_SPM_PER_MPS + s * PRIOR_SPREAD_SPM_PER_MPS for s in (-1, 1))
            slope = min(max(slope, low), high)
        return cls(
            c0_spm=c0_spm,
            v0_mps=v0_mps,
            slope_spm_per_mps=slope,
            range_mps=(speeds[0], speeds[-1]),
            surface=surface,
        )

    def cadence_spm(self, speed_mps: float) -> float:
        """The runner's own cadence at a speed."""
        return self.c0_spm + self.slope_spm_per_mps * (speed_mps - self.v0_mps)

    def nearest_mps(self, speed_mps: float, margin_mps: float = 0.0) -> float:
        """The speed itself, or the edge of the range, widened by a margin, that is nearest to it."""
        low, high = self.range_mps
        return min(max(speed_mps, low - margin_mps), high + margin_mps)

    def cadence_near_spm(self, speed_mps: float, margin_mps: float) -> float:
        """The runner's own cadence at a speed, or at the nearest one within the range and a margin."""
        return self.cadence_spm(self.nearest_mps(speed_mps, margin_mps))


def _n_different(speeds_mps: Sequence[float]) -> int:
    """How many speeds there are among some in order, where near ones are the same."""
    kept = [speeds_mps[0]]
    for speed_mps in speeds_mps:
        if speed_mps - kept[-1] > ANOTHER_SPEED_MPS:
            kept.append(speed_mps)
    return len(kept)

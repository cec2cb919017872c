"""Sums over seconds that a tally is made of: a mean, judged seconds, seconds under one target."""

from dataclasses import dataclass, field

from cadencecoach.record.figures import Split
from cadencecoach.record.fold.trend import Trend


@dataclass(slots=True)
class Mean:
    """A mean over the seconds in which a rate is known."""

    weight_s: float = 0.0
    total: float = 0.0  # spm times seconds

    def add(self, value_spm: float | None, span_s: float) -> None:
        """More of them."""
        if value_spm is not None:
            self.weight_s += span_s
            self.total += value_spm * span_s

    @property
    def spm(self) -> float | None:
        """The mean; None when there are no seconds."""
        return self.total / self.weight_s if self.weight_s else None


@dataclass(slots=True)
class SplitTally:
    """Judged seconds, those in the band, and their cadence."""

    band_s: float = 0.0
    in_band_s: float = 0.0
    cadence_sum: float = 0.0  # spm times seconds
    target: Mean = field(default_factory=Mean)
    own: Mean = field(default_factory=Mean)

    def count(
        self, cadence_spm: float, judged_s: float, in_band_s: float, *, target_spm: float | None, own_spm: float | None
    ) -> None:
        """More of them."""
        self.band_s += judged_s
        self.in_band_s += in_band_s
        self.cadence_sum += cadence_spm * judged_s
        self.target.add(target_spm, judged_s)
        self.own.add(own_spm, judged_s)

    def split(self) -> Split:
        """As a value."""
        return Split(
            band_s=self.band_s,
            in_band_s=self.in_band_s,
            mean_cadence_spm=self.cadence_sum / self.band_s if self.band_s else None,
            mean_target_spm=self.target.spm,
            mean_own_spm=self.own.spm,
        )


@dataclass(slots=True)
class Settled:
    """Running seconds under one target, the ramp to it left out: with and without a known speed."""

    at_speed: Trend = field(default_factory=Trend)
    elsewhere: Trend = field(default_factory=Trend)

    def count(self, cadence_spm: float, settled_s: float, *, from_s: float, speed_mps: float | None) -> None:
        """More of them."""
        if speed_mps is None:
            self.elsewhere.add(cadence_spm, settled_s, from_s=from_s)
        else:
            self.at_speed.add(cadence_spm, settled_s, from_s=from_s, speed_mps=speed_mps)

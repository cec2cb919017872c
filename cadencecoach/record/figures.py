"""The numbers of a session, as values. docs/metrics.md defines them; `record.summary` makes them."""

from collections.abc import Mapping
from dataclasses import dataclass

from cadencecoach.coach.actions import CueReason, EndReason

CORRECTIONS = frozenset({CueReason.BELOW.value, CueReason.ABOVE.value})


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """The running seconds of a part with a band that were helped, or those that were not.

    Attributes:
        band_s: running seconds with a band, ramps left out
        in_band_s: those of them in the band
        mean_cadence_spm: over them; None when there are none
    """

    band_s: float = 0.0
    in_band_s: float = 0.0
    mean_cadence_spm: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The numbers of a stage, or of the whole session.

    Attributes:
        name: of the stage or the plan
        target_spm: the last target of the stage; None where nothing was asked for, and for the whole
        duration_s: pauses left out
        running_s: seconds in which the feet were known to run and the estimate was fresh
        mean_cadence_spm: over those seconds; None when there are none
        band_s: running seconds with a band, the ramp to it left out; None when there is no such stage
        in_band_s: those of them with the estimate inside the band
        steps: both feet, walking included
        covered_s: seconds with a usable reading at most 3 s old
        n_cues: how many cues were given, by reason; reasons without a cue are left out
        start_s: session time of its beginning
        is_probe: measured and not helped
        low_spm, high_spm: edges of the last band
        sd_spm: standard deviation of the estimate over running seconds
        helped, silent: the running seconds with a band, with and without beat or corrections on offer
        longest_streak_s: longest time in the band without a break
        drift_spm_per_10min: slope of the cadence over running time, after speed where that is known
        mean_speed_mps, distance_m: where the sensor told speed
    """

    name: str
    target_spm: float | None
    duration_s: float
    running_s: float
    mean_cadence_spm: float | None
    band_s: float | None
    in_band_s: float | None
    steps: float
    covered_s: float
    n_cues: Mapping[str, int]
    start_s: float = 0.0
    is_probe: bool = False
    low_spm: float | None = None
    high_spm: float | None = None
    sd_spm: float | None = None
    helped: Split = Split()
    silent: Split = Split()
    longest_streak_s: float = 0.0
    drift_spm_per_10min: float | None = None
    mean_speed_mps: float | None = None
    distance_m: float | None = None

    @property
    def in_band_ratio(self) -> float | None:
        """Time in band over running seconds with a band, 0 to 1; None when there are none."""
        return self.in_band_s / self.band_s if self.band_s and self.in_band_s is not None else None

    @property
    def coverage_ratio(self) -> float | None:
        """Part of the duration in which the sensor told us something, 0 to 1."""
        return self.covered_s / self.duration_s if self.duration_s else None

    @property
    def n_corrections(self) -> int:
        """Cues that judged the cadence: too slow or too quick."""
        return sum(n for reason, n in self.n_cues.items() if reason in CORRECTIONS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """A session in numbers.

    Attributes:
        session: the whole; its sums are those of the stages
        stages: in the order they were run; those that were never reached are not there
        baseline_spm: the last one set; None when there was none
        paused_s: seconds of pause
        end_reason: `interrupted` too when the journal just breaks off
    """

    session: Part
    stages: tuple[Part, ...]
    baseline_spm: float | None
    paused_s: float
    end_reason: EndReason


def whole(name: str, parts: tuple[Part, ...]) -> Part:
    """A session as the sum of its stages, so that the parts add up."""
    running_s = sum(part.running_s for part in parts)
    cadence_sum = sum((part.mean_cadence_spm or 0.0) * part.running_s for part in parts)
    banded = [part for part in parts if part.band_s is not None]
    reasons = dict.fromkeys(reason for part in parts for reason in part.n_cues)
    return Part(
        name=name,
        target_spm=None,
        duration_s=sum(part.duration_s for part in parts),
        running_s=running_s,
        mean_cadence_spm=cadence_sum / running_s if running_s else None,
        band_s=sum(part.band_s or 0.0 for part in banded) if banded else None,
        in_band_s=sum(part.in_band_s or 0.0 for part in banded) if banded else None,
        steps=sum(part.steps for part in parts),
        covered_s=sum(part.covered_s for part in parts),
        n_cues={reason: sum(part.n_cues.get(reason, 0) for part in parts) for reason in reasons},
    )

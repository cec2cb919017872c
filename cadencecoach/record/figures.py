"""The numbers of a session, as values. docs/metrics.md defines them; `record.fold.summary` makes them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cadencecoach.coach.actions import CueReason, EndReason
from cadencecoach.record.dynamics import NOTHING_TOLD, Compared, DynamicsFigures
from cadencecoach.record.entrainment import Entrainment
from cadencecoach.record.pain import PainSaid
from cadencecoach.units import SECONDS_PER_MINUTE

CORRECTIONS = frozenset({CueReason.BELOW.value, CueReason.ABOVE.value})


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """The running seconds of a part with a band that were helped, or those that were not.

    Attributes:
        band_s: running seconds with a band, ramps left out
        in_band_s: those of them in the band
        mean_cadence_spm: over them; None when there are none
        mean_target_spm: the same of the target
        mean_own_spm: the same of the runner's own cadence, at the speed of each where it is known by speed
    """

    band_s: float = 0.0
    in_band_s: float = 0.0
    mean_cadence_spm: float | None = None
    mean_target_spm: float | None = None
    mean_own_spm: float | None = None

    @property
    def in_band_ratio(self) -> float | None:
        """Time in band over these seconds, 0 to 1; None when there are none."""
        return self.in_band_s / self.band_s if self.band_s else None


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
        is_before_help: it began before anything was on offer in this session
        low_spm, high_spm: edges of the last band
        off_speed_s: running seconds off the speeds the baseline is known for, in which nothing is judged
        mean_target_spm: over the running seconds with a target, those off the known speeds left out
        mean_asked_cadence_spm: cadence over those seconds
        mean_own_spm: the runner's own cadence over those seconds, at the speed of each where it is known by speed
        sd_spm: standard deviation of the estimate over running seconds
        helped, silent: the running seconds with a band, with and without beat or corrections on offer
        longest_streak_s: longest time in the band without a break
        drift_spm_per_10min: slope of the cadence over running time; None for less than 5 minutes
        is_drift_after_speed: the speed was known, and its share is taken out of the slope
        mean_speed_mps: over running seconds, where the sensor told speed
        distance_m: the same, walking included
        moving_s: seconds with a reading above 0 standing, walking included
        above_band_s: seconds of `band_s` with the estimate above the band; None for the whole, and without a band
        mean_above_spm: cadence over those seconds; None when there are none
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
    is_before_help: bool = False
    low_spm: float | None = None
    high_spm: float | None = None
    off_speed_s: float = 0.0
    mean_target_spm: float | None = None
    mean_asked_cadence_spm: float | None = None
    mean_own_spm: float | None = None
    sd_spm: float | None = None
    helped: Split = Split()
    silent: Split = Split()
    longest_streak_s: float = 0.0
    drift_spm_per_10min: float | None = None
    is_drift_after_speed: bool = False
    mean_speed_mps: float | None = None
    distance_m: float | None = None
    moving_s: float = 0.0
    above_band_s: float | None = None
    mean_above_spm: float | None = None

    @property
    def shown_target_spm(self) -> float | None:
        """The target in one number: its mean, since it may follow the speed; before anything was run, the last one."""
        return self.target_spm if self.mean_target_spm is None or self.target_spm is None else self.mean_target_spm

    @property
    def moving_cadence_spm(self) -> float | None:
        """Steps over the time in which steps were made, walking included: what other programs call the average."""
        return self.steps / self.moving_s * SECONDS_PER_MINUTE if self.moving_s else None

    @property
    def in_band_ratio(self) -> float | None:
        """Time in band over running seconds with a band, 0 to 1; None when there are none."""
        return self.in_band_s / self.band_s if self.band_s and self.in_band_s is not None else None

    @property
    def coverage_ratio(self) -> float | None:
        """Part of the duration in which the sensor told us something, 0 to 1."""
        return self.covered_s / self.duration_s if self.duration_s else None

    @property
    def cv_ratio(self) -> float | None:
        """Standard deviation over mean of the cadence."""
        return self.sd_spm / self.mean_cadence_spm if self.mean_cadence_spm and self.sd_spm is not None else None

    @property
    def cues_per_min(self) -> float | None:
        """Cues of every reason, a minute of its duration."""
        return sum(self.n_cues.values()) / self.duration_s * SECONDS_PER_MINUTE if self.duration_s else None

    @property
    def corrections_per_min(self) -> float | None:
        """Corrections a minute of running with a band; None where there is none."""
        return self.n_corrections / self.band_s * SECONDS_PER_MINUTE if self.band_s else None

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
        is_own_by_speed: the runner's own cadence was known at several speeds, and the baseline is that of their middle
        paused_s: seconds of pause
        end_reason: `interrupted` too when the journal just breaks off
        is_ended: the journal says how it ended
        baseline_speed_mps: median speed of the stage the baseline was measured in; None where that is not known
        highest_pain: rated by key, 0 to 10; None when the runner rated none
        pains: all that was said of pain by key
        stopped_s: session time at which that stopped the beat; None where it did not
        steps_from: the source that its steps came from, of several the coarsest; empty where that is not known
        dynamics: oscillation, contact time and stride over the running
        dynamics_compared: of those what may be compared: the stage in which the baseline was set, with running for a
            target
        entrainment: how steps kept to the beat; None where no sensor told footfalls
        gaps: breaks after which the session went on: session time, and how long; None where nobody knows that
    """

    session: Part
    stages: tuple[Part, ...]
    baseline_spm: float | None
    paused_s: float
    end_reason: EndReason
    is_ended: bool = True
    is_own_by_speed: bool = False
    baseline_speed_mps: float | None = None
    highest_pain: int | None = None
    pains: tuple[PainSaid, ...] = ()
    stopped_s: float | None = None
    gaps: tuple[tuple[float, float | None], ...] = ()
    steps_from: str = ""
    dynamics: DynamicsFigures = NOTHING_TOLD
    dynamics_compared: tuple[Compared, ...] = ()
    entrainment: Entrainment | None = None

    @property
    def shown_own_spm(self) -> float | None:
        """The runner's own cadence in one number: the baseline; where it is known by speed, its mean at those run."""
        by_speed = self.session.mean_own_spm if self.is_own_by_speed else None
        return self.baseline_spm if by_speed is None else by_speed


def whole(name: str, parts: tuple[Part, ...]) -> Part:
    """A session as the sum of its stages, so that the parts add up. Slope and mean speed are not sums of the parts'."""
    running_s = sum(part.running_s for part in parts)
    banded = [part for part in parts if part.band_s is not None]
    ways = [part.distance_m for part in parts if part.distance_m is not None]
    reasons = dict.fromkeys(reason for part in parts for reason in part.n_cues)
    mean_spm = _mean((part.mean_cadence_spm, part.running_s) for part in parts)
    return Part(
        name=name,
        target_spm=None,
        duration_s=sum(part.duration_s for part in parts),
        running_s=running_s,
        mean_cadence_spm=mean_spm,
        band_s=sum(part.band_s or 0.0 for part in banded) if banded else None,
        in_band_s=sum(part.in_band_s or 0.0 for part in banded) if banded else None,
        steps=sum(part.steps for part in parts),
        covered_s=sum(part.covered_s for part in parts),
        n_cues={reason: sum(part.n_cues.get(reason, 0) for part in parts) for reason in reasons},
        start_s=parts[0].start_s if parts else 0.0,
        sd_spm=_sd(parts, mean_spm),
        helped=_together(part.helped for part in parts),
        silent=_together(part.silent for part in parts),
        longest_streak_s=max((part.longest_streak_s for part in parts), default=0.0),
        distance_m=sum(ways) if ways else None,
        moving_s=sum(part.moving_s for part in parts),
        off_speed_s=sum(part.off_speed_s for part in parts),
    )


def _mean(values: Iterable[tuple[float | None, float]]) -> float | None:
    """Mean of values weighted by seconds; None when there are none."""
    known = [(value, weight_s) for value, weight_s in values if value is not None and weight_s > 0]
    total_s = sum(weight_s for _, weight_s in known)
    return sum(value * weight_s for value, weight_s in known) / total_s if total_s else None


def _sd(parts: Iterable[Part], mean_spm: float | None) -> float | None:
    """Spread about the mean of the whole: within the parts and between them."""
    squares = (
        (part.sd_spm**2 + (part.mean_cadence_spm - mean_spm) ** 2, part.running_s)
        for part in parts
        if part.sd_spm is not None and part.mean_cadence_spm is not None and mean_spm is not None
    )
    variance = _mean(squares)
    return None if variance is None else variance**0.5


def _together(splits: Iterable[Split]) -> Split:
    known = tuple(splits)
    return Split(
        band_s=sum(split.band_s for split in known),
        in_band_s=sum(split.in_band_s for split in known),
        mean_cadence_spm=_mean((split.mean_cadence_spm, split.band_s) for split in known),
        mean_target_spm=_mean((split.mean_target_spm, split.band_s) for split in known),
        mean_own_spm=_mean((split.mean_own_spm, split.band_s) for split in known),
    )

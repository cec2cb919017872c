"""What a runner does without help: how much of it in the band, and how much above it but within the limit.

Who runs quicker unaided than was asked has learned more than that, and is not held for it: time above the band counts
for going up while its mean cadence is within the clinician's limit. Time off the speeds of the baseline is in no figure
here, since it is not judged (docs/metrics.md): a quicker step that only comes from a quicker run counts for nothing.
"""

from dataclasses import dataclass

from cadencecoach.plan.model import MOST_OVER_OWN_RATIO
from cadencecoach.programme.done import Done
from cadencecoach.programme.facts import Facts
from cadencecoach.programme.load import most_over_first_spm

EPSILON_SPM = 1e-6
TOLD_FROM = 0.005  # less is 0 % as printed


@dataclass(frozen=True, slots=True, kw_only=True)
class Unaided:
    """A session's probes.

    Attributes:
        in_band_ratio: part of their running time in the band
        below_ratio, above_ratio: parts below and above it
        above_spm: mean cadence of that part; None where there is none
        limit_spm: the highest that counts; None where no baseline is known
    """

    in_band_ratio: float
    below_ratio: float
    above_ratio: float
    above_spm: float | None
    limit_spm: float | None

    @property
    def is_within_limit(self) -> bool:
        """Whether what was above the band is known to be within the limit."""
        if self.above_spm is None or self.limit_spm is None:
            return False
        return self.above_spm <= self.limit_spm + EPSILON_SPM

    @property
    def learned_ratio(self) -> float:
        """Part that counts for going up."""
        return self.in_band_ratio + (self.above_ratio if self.is_within_limit else 0.0)

    @property
    def words(self) -> str:
        """The part in the band, and in which direction the rest was."""
        return f"{self.in_band_ratio * 100:.0f} %{self.outside_words}"

    @property
    def outside_words(self) -> str:
        """The parts below and above the band, and why what was above does not count; empty where there are none."""
        told = ""
        if self.below_ratio >= TOLD_FROM:
            told += f", below it {self.below_ratio * 100:.0f} %"
        if self.above_spm is None or self.above_ratio < TOLD_FROM:
            return told
        told += f", above it {self.above_ratio * 100:.0f} %"
        if self.limit_spm is None:
            return f"{told} (no baseline is known to tell whether that is within the limit)"
        if self.is_within_limit:
            return told
        return f"{told} at {self.above_spm:.0f} spm, and {self.limit_spm:.0f} spm is the limit: ease off"


def unaided_of(done: Done, facts: Facts) -> Unaided | None:
    """The probes of a session; None where it had none, and where nothing but taps tells of them.

    Args:
        done: the session
        facts: the programme's limit counts from the baseline the session went by, and where the clinician sets none it
            is +10 %; one that counts from a new baseline is held over the first one too
    """
    row = done.row
    if row is None or row.probe_s <= 0 or row.is_tapped:  # some taps do not show that a target is held
        return None
    programme = facts.programme
    most = programme.limits.target_ratio
    ratio = MOST_OVER_OWN_RATIO if most is None else most
    by_ratio_spm = None if row.baseline_spm is None else row.baseline_spm * (1 + ratio)
    over_first_spm = most_over_first_spm(programme, first_spm=facts.first_spm, counted_spm=row.baseline_spm)
    return Unaided(
        in_band_ratio=row.probe_in_band_s / row.probe_s,
        below_ratio=row.probe_below_s / row.probe_s,
        above_ratio=row.probe_above_s / row.probe_s,
        above_spm=row.probe_above_spm if row.probe_above_s > 0 else None,
        limit_spm=min((spm for spm in (by_ratio_spm, over_first_spm) if spm is not None), default=None),
    )

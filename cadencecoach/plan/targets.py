"""From a target and a runner's baseline to a band in spm.

A band must never be so wide that doing nothing counts as success: around +5 % a tolerance of 5 % would reach down to
0.9975 of the baseline. So the half-width around a relative target is at most half its distance from the baseline plus
half a percent (5 % gives 3 %, 2.5 % gives 1.75 %), and less than that distance.
"""

from dataclasses import dataclass

from cadencecoach.plan.model import Between, Fixed, Free, RatioTolerance, Relative, Target, Tolerance, Walk

NARROW_SHARE = 0.5  # half the distance of target from baseline ...
NARROW_EXTRA = 0.005  # ... and half a percent
NARROW_LIMIT = 0.9  # a target of +0.5 % still keeps the baseline outside its band


@dataclass(frozen=True, slots=True)
class Band:
    """The step rates that count as on target.

    Attributes:
        target_spm: what the beat plays
        low_spm: lower edge, included
        high_spm: upper edge, included
    """

    target_spm: float
    low_spm: float
    high_spm: float


def needs_baseline(target: Target) -> bool:
    """Whether the target says nothing in spm until a baseline is known."""
    return isinstance(target, Relative)


def widest_ratio(target: Relative) -> float:
    """The widest sensible half-width around a relative target, as a part of the target."""
    if target.ratio == 0:
        return 1.0
    distance = abs(target.ratio) / (1 + target.ratio)
    return min(NARROW_SHARE * abs(target.ratio) + NARROW_EXTRA, NARROW_LIMIT * distance)


def band_of(target: Target, tolerance: Tolerance, baseline_spm: float | None) -> Band | None:
    """The band of a target; None for free and walk, and for a relative target without a baseline."""
    match target:
        case Free() | Walk():
            return None
        case Between(low_spm=low, high_spm=high):
            return Band((low + high) / 2, low, high)
        case Fixed(spm=spm):
            return _around(spm, _half_width(tolerance, spm))
        case Relative(ratio=ratio):
            if baseline_spm is None:
                return None
            spm = baseline_spm * (1 + ratio)
            return _around(spm, min(_half_width(tolerance, spm), widest_ratio(target) * spm))


def _half_width(tolerance: Tolerance, target_spm: float) -> float:
    if isinstance(tolerance, RatioTolerance):
        return tolerance.ratio * target_spm
    return tolerance.spm


def _around(target_spm: float, half_width_spm: float) -> Band:
    return Band(target_spm, target_spm - half_width_spm, target_spm + half_width_spm)


def target_words(target: Target) -> str:
    """A target as a plan writes it: "free", "+5 %", "172 spm"."""
    match target:
        case Free():
            return "free"
        case Walk():
            return "walk"
        case Relative(ratio=ratio):
            return f"{ratio * 100:+.4g} %" if ratio else "baseline"
        case Fixed(spm=spm):
            return f"{spm:g} spm"
        case Between(low_spm=low, high_spm=high):
            return f"{low:g}-{high:g} spm"

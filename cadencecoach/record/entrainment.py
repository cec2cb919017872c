"""How well steps keep to a beat, as numbers: no rule hangs on them.

A beat comes round and round, and a footfall half a step late is half a step early too; so mean and spread are those of
angles (circular statistics), and not of the times themselves.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from cadencecoach.record.lines import EntrainmentLine
from cadencecoach.record.row import SessionRow
from cadencecoach.units import MS_PER_S

NEAR_S = 0.05  # a footfall within this of its beat is counted as with it
LEAST_STEPS = 20  # what fewer come to is chance


@dataclass(frozen=True, slots=True, kw_only=True)
class Entrainment:
    """How footfalls lie to the beats they met.

    Attributes:
        n_steps: that were counted
        mean_ms: asynchrony, footfall minus beat at the ear; negative is early
        sd_ms: their circular standard deviation
        near_ratio: part of them within `NEAR_S` of a beat
    """

    n_steps: int
    mean_ms: float
    sd_ms: float
    near_ratio: float


def entrainment_of(asynchronies_s: Sequence[float], interval_s: float) -> Entrainment | None:
    """The numbers of some running at one tempo; None where there are too few steps.

    Args:
        asynchronies_s: footfall minus a beat, any beat
        interval_s: from beat to beat, on the mean
    """
    n_steps = len(asynchronies_s)
    if n_steps < LEAST_STEPS or interval_s <= 0:
        return None
    angles = [2 * math.pi * one / interval_s for one in asynchronies_s]
    across, along = sum(map(math.sin, angles)) / n_steps, sum(map(math.cos, angles)) / n_steps
    length = min(1.0, math.hypot(across, along))
    ms_of_angle = interval_s * MS_PER_S / (2 * math.pi)
    # Steps that keep to no beat at all have no length, and no spread that is a number.
    spread = math.sqrt(-2 * math.log(max(length, 1e-6)))
    wrapped_s = [one - interval_s * round(one / interval_s) for one in asynchronies_s]
    return Entrainment(
        n_steps=n_steps,
        mean_ms=math.atan2(across, along) * ms_of_angle,
        sd_ms=spread * ms_of_angle,
        near_ratio=sum(abs(one) <= NEAR_S for one in wrapped_s) / n_steps,
    )


def in_step_columns(told: Entrainment | None) -> dict[str, float | None]:
    """The numbers as fields of a session's row."""
    if told is None:
        return {}
    return {
        "in_step_steps": told.n_steps,
        "in_step_mean_ms": told.mean_ms,
        "in_step_sd_ms": told.sd_ms,
        "in_step_near_ratio": told.near_ratio,
    }


def in_step_of_row(row: SessionRow) -> Entrainment | None:
    """The same again; None where no sensor told footfalls."""
    mean_ms, sd_ms, near_ratio = row.in_step_mean_ms, row.in_step_sd_ms, row.in_step_near_ratio
    if not row.in_step_steps or mean_ms is None or sd_ms is None or near_ratio is None:
        return None
    return Entrainment(n_steps=row.in_step_steps, mean_ms=mean_ms, sd_ms=sd_ms, near_ratio=near_ratio)


def join(lines: Sequence[EntrainmentLine | Entrainment]) -> Entrainment | None:
    """Several stretches as one: of the means as directions, each as heavy as its steps; None without any."""
    n_steps = sum(line.n_steps for line in lines)
    if not n_steps:
        return None
    mean_ms = sum(line.mean_ms * line.n_steps for line in lines) / n_steps
    within = sum((line.sd_ms**2 + (line.mean_ms - mean_ms) ** 2) * line.n_steps for line in lines) / n_steps
    near_ratio = sum(line.near_ratio * line.n_steps for line in lines) / n_steps
    return Entrainment(n_steps=n_steps, mean_ms=mean_ms, sd_ms=math.sqrt(within), near_ratio=near_ratio)

"""Single measures across sessions, a function each. docs/metrics.md has their definitions and sources."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from cadencecoach.record.row import NO_DAY, SessionRow
from cadencecoach.units import SECONDS_PER_MINUTE

SPM_PER_MPS = 6.5  # how cadence goes with speed, where nothing better is known
LEAST_STEP_SPM = 1.0  # a target nearer to the baseline asks for nothing that could carry over
BELOW_TARGET_RATIO = 0.03  # a run so near below its target came to it
LAYOFF_DAYS = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Dose:
    """How much was done.

    Attributes:
        n_sessions: with running in them
        running_min, target_min: running; the part of it with a band, ramps left out
        cued_min: the part of that with beat or corrections on offer
        corrections_per_min: corrections a minute of `target_min`; None without any
    """

    n_sessions: int
    running_min: float
    target_min: float
    cued_min: float
    corrections_per_min: float | None

    @property
    def target_ratio(self) -> float | None:
        """Part of the running that had a target."""
        return self.target_min / self.running_min if self.running_min else None


def carry_over_ratio(cadence_spm: float | None, baseline_spm: float | None, target_spm: float | None) -> float | None:
    """Part of the change asked for that is there without help: 0 at the baseline, 1 on the target.

    (cadence - baseline) / (target - baseline); None where one of them is missing, or hardly anything was asked for.
    """
    if cadence_spm is None or baseline_spm is None or target_spm is None:
        return None
    asked_spm = target_spm - baseline_spm
    return (cadence_spm - baseline_spm) / asked_spm if abs(asked_spm) >= LEAST_STEP_SPM else None


def at_speed(cadence_spm: float, *, speed_mps: float, wanted_mps: float) -> float:
    """The cadence as it would be at another speed, by the usual slope."""
    return cadence_spm + SPM_PER_MPS * (wanted_mps - speed_mps)


def change_ratio(value: float | None, reference: float | None) -> float | None:
    """By which part a value is above a reference; None where one of them is missing or the reference is zero."""
    return value / reference - 1 if value is not None and reference else None


def dose_of(rows: Iterable[SessionRow]) -> Dose:
    """How much was done in some sessions."""
    run = [row for row in rows if row.running_s > 0]
    target_min = sum(row.band_s or 0.0 for row in run) / SECONDS_PER_MINUTE
    return Dose(
        n_sessions=len(run),
        running_min=sum(row.running_s for row in run) / SECONDS_PER_MINUTE,
        target_min=target_min,
        cued_min=sum(row.helped_s for row in run) / SECONDS_PER_MINUTE,
        corrections_per_min=sum(row.n_corrections for row in run) / target_min if target_min else None,
    )


def session_load(effort: int | None, duration_s: float) -> float | None:
    """Session-RPE: effort of the whole session, 0 to 10, times its minutes; in arbitrary units."""
    return effort * duration_s / SECONDS_PER_MINUTE if effort is not None else None


def in_field_ratio(rows: Iterable[SessionRow]) -> float | None:
    """Part of the sessions with a target whose mean cadence came to it, less 3 %; None without such a session."""
    met = [
        row.mean_cadence_spm >= row.target_spm * (1 - BELOW_TARGET_RATIO)
        for row in rows
        if row.target_spm is not None and row.mean_cadence_spm is not None
    ]
    return sum(met) / len(met) if met else None


def layoffs(days: Iterable[date], *, at_least: int = LAYOFF_DAYS) -> tuple[tuple[date, date], ...]:
    """First and last day of every stretch without a session between two sessions, of so many days or more."""
    one_day = timedelta(days=1)
    run = sorted({day for day in days if day != NO_DAY})
    free = ((one + one_day, other - one_day) for one, other in pairwise(run))
    return tuple((first, last) for first, last in free if (last - first).days + 1 >= at_least)

"""From one baseline of an athlete to a later one."""

from collections.abc import Sequence

from cadencecoach.record.baselines import Assessment
from cadencecoach.record.progress.measures import at_speed
from cadencecoach.record.progress.noise import ROUNDING, Change, Noise, Run, change_between


def change_of(before: Assessment, after: Assessment, noise: Noise | None = None) -> Change:
    """From one baseline to a later one, at the speed of the first where both speeds are known."""
    change = change_between(_runs(before, before), _runs(after, before), noise or Noise())
    assert change is not None
    return change


def is_within_error(before: Assessment, after: Assessment) -> bool:
    """Whether two baselines differ by no more than their sources may be off."""
    change = change_of(before, after)
    return before.runs != after.runs and 0 < change.error_spm >= abs(change.change_spm) - ROUNDING


def _runs(of: Assessment, reference: Assessment) -> Sequence[Run]:
    wanted_mps, speed_mps = reference.speed_mps, of.speed_mps
    return [
        Run(
            cadence_spm=run.cadence_spm
            if wanted_mps is None or speed_mps is None
            else at_speed(run.cadence_spm, speed_mps=run.speed_mps or 0.0, wanted_mps=wanted_mps),
            source=run.taken_by,
            error_spm=run.off_by_spm,
        )
        for run in of.counted
    ]

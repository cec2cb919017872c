"""From one baseline of an athlete to a later one."""

from collections.abc import Sequence
from dataclasses import replace

from cadencecoach.record.baselines import Assessment
from cadencecoach.record.progress.measures import at_speed
from cadencecoach.record.progress.noise import Change, Noise, Run, change_between


def change_of(before: Assessment, after: Assessment, noise: Noise | None = None) -> Change:
    """From one baseline to a later one, at the speed of the first where both speeds are known."""
    change = change_between(_runs(before, before), _runs(after, before), noise or Noise())
    assert change is not None
    return replace(change, error_spm=before.error_spm + after.error_spm)


def _runs(of: Assessment, reference: Assessment) -> Sequence[Run]:
    wanted_mps = reference.speed_mps
    if wanted_mps is None or of.speed_mps is None:
        return [Run(cadence_spm=run.cadence_spm) for run in of.counted]
    brought = (at_speed(run.cadence_spm, speed_mps=run.speed_mps or 0.0, wanted_mps=wanted_mps) for run in of.counted)
    return [Run(cadence_spm=spm) for spm in brought]

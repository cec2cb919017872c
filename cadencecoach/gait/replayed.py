"""A recorded run, heard again: rows of a file as readings."""

from collections.abc import Iterable, Iterator

from cadencecoach.gait.dynamics import POD, STRAP, Dynamics, with_error
from cadencecoach.gait.reading import Reading
from cadencecoach.gait.unit import Unit, cadence_of

Movement = tuple[float | None, float | None, float | None, str]
Row = tuple[float, float | None, float | None, float | None, Movement | None]
PLACES = {POD: "foot", STRAP: "chest"}  # as `Placement` calls them


def readings_of(rows: Iterable[Row], unit: Unit) -> Iterator[Reading]:
    """Readings of a recorded run, in the order of the rows.

    Args:
        rows: time_s from the start, raw_per_min, speed_mps, hr_bpm, and beyond these oscillation in mm, contact time in
            ms, stride in m and who told them; None is missing
        unit: what `raw_per_min` counts
    """
    for time_s, raw_per_min, speed_mps, hr_bpm, movement in rows:
        cadence_spm = cadence_of(raw_per_min, speed_mps, unit)
        dynamics = None if movement is None else _dynamics_of(movement)
        yield Reading(time_s=time_s, cadence_spm=cadence_spm, speed_mps=speed_mps, hr_bpm=hr_bpm, dynamics=dynamics)


def _dynamics_of(movement: Movement) -> Dynamics | None:
    """What a device told, with its errors. Where a watch without a known strap measured, its file does not say."""
    oscillation_mm, contact_ms, stride_m, by = movement
    told = Dynamics(
        oscillation_mm=with_error("oscillation_mm", oscillation_mm, by),
        contact_ms=with_error("contact_ms", contact_ms, by),
        stride_m=with_error("stride_m", stride_m, by),
        placement=PLACES.get(by, ""),
        told_by=by,
        stride_by=by,
    )
    return told if told.is_known else None

"""A recorded run, heard again: rows of a file as readings."""

from collections.abc import Iterable, Iterator

from cadencecoach.gait.reading import Reading
from cadencecoach.gait.unit import Unit, cadence_of

Row = tuple[float, float | None, float | None, float | None]


def readings_of(rows: Iterable[Row], unit: Unit) -> Iterator[Reading]:
    """Readings of a recorded run, in the order of the rows.

    Args:
        rows: time_s from the start, raw_per_min, speed_mps, hr_bpm; None is missing
        unit: what `raw_per_min` counts
    """
    for time_s, raw_per_min, speed_mps, hr_bpm in rows:
        cadence_spm = cadence_of(raw_per_min, speed_mps, unit)
        yield Reading(time_s=time_s, cadence_spm=cadence_spm, speed_mps=speed_mps, hr_bpm=hr_bpm)

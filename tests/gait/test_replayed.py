from cadencecoach.gait.reading import Reading
from cadencecoach.gait.replayed import readings_of
from cadencecoach.gait.unit import Unit


def test_rows_become_readings_in_steps_per_minute() -> None:
    """Strides are doubled, zero stays zero, missing stays missing, the rest is passed on."""
    rows = [(0.0, 82.0, 2.9, 120.0), (1.0, 0.0, 0.1, None), (2.0, None, None, 121.0), (3.0, 21.0, 2.9, None)]
    assert list(readings_of(rows, Unit.STRIDES)) == [
        Reading(time_s=0.0, cadence_spm=164.0, speed_mps=2.9, hr_bpm=120.0),
        Reading(time_s=1.0, cadence_spm=0.0, speed_mps=0.1),
        Reading(time_s=2.0, cadence_spm=None, hr_bpm=121.0),
        Reading(time_s=3.0, cadence_spm=None, speed_mps=2.9),
    ]

from cadencecoach.gait.dynamics import Dynamics, Measured
from cadencecoach.gait.reading import Reading
from cadencecoach.gait.replayed import readings_of
from cadencecoach.gait.unit import Unit


def test_rows_become_readings_in_steps_per_minute() -> None:
    """Strides are doubled, zero stays zero, missing stays missing, the rest is passed on."""
    rows = [
        *((0.0, 82.0, 2.9, 120.0, None), (1.0, 0.0, 0.1, None, None)),
        *((2.0, None, None, 121.0, None), (3.0, 21.0, 2.9, None, None)),
    ]
    assert list(readings_of(rows, Unit.STRIDES)) == [
        Reading(time_s=0.0, cadence_spm=164.0, speed_mps=2.9, hr_bpm=120.0),
        Reading(time_s=1.0, cadence_spm=0.0, speed_mps=0.1),
        Reading(time_s=2.0, cadence_spm=None, hr_bpm=121.0),
        Reading(time_s=3.0, cadence_spm=None, speed_mps=2.9),
    ]


def test_what_a_device_told_beyond_cadence_has_its_error_and_its_place() -> None:
    """A pod sits at a foot; where a watch's strap is worn its file does not say. A 0 is not known."""
    movements = [(90.0, 250.0, 2.1, "watch"), (0.0, 250.0, None, "pod"), (0.0, 0.0, 0.0, "pod")]
    rows = [(0.0, 82.0, 2.9, None, movement) for movement in movements]
    watch, pod, nothing = (one.dynamics for one in readings_of(rows, Unit.STRIDES))
    assert watch == Dynamics(
        oscillation_mm=Measured(90.0, 9.0),
        contact_ms=Measured(250.0, 25.0),
        stride_m=Measured(2.1, 0.05 * 2.1),
        told_by="watch",
        stride_by="watch",
    )
    assert pod == Dynamics(contact_ms=Measured(250.0, 20.0), placement="foot", told_by="pod", stride_by="pod")
    assert nothing is None


def test_a_strap_tells_as_a_watch_does_from_a_place_that_is_known() -> None:
    """Its watch wrote its numbers."""
    (reading,) = readings_of([(0.0, 82.0, 2.9, None, (90.0, None, None, "strap"))], Unit.STRIDES)
    assert reading.dynamics is not None
    assert (reading.dynamics.oscillation_mm, reading.dynamics.placement) == (Measured(90.0, 9.0), "chest")

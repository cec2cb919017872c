import pytest
from each_row import each_row

from cadencecoach.gait.gaits import can_run, can_walk, step_length_m


def test_step_length_is_speed_over_steps_a_second() -> None:
    """2.6 m/s at 172 steps a minute are steps of 91 cm."""
    assert step_length_m(172.0, 2.6) == pytest.approx(0.907, abs=0.001)


@each_row(
    ("cadence_spm", "speed_mps", "can"),
    [
        (110.0, 1.35, True),
        (85.0, 0.86, True),  # a slow walk
        (100.0, 0.667, True),  # ratio 0.00400
        (100.0, 0.666, False),
        (100.0, 1.749, True),  # ratio 0.0105
        (100.0, 1.751, False),
        (140.0, 2.09, True),
        (140.0, 2.1, False),  # from here on it is a run
        (55.0, 1.3, False),  # half of a walk's steps
        (170.0, 0.86, False),  # twice a slow walk's
    ],
)
def test_a_walk_has_a_ratio_of_step_length_to_step_rate(cadence_spm: float, speed_mps: float, *, can: bool) -> None:
    """Within limits well outside those of adults, below the speed at which they run."""
    assert can_walk(cadence_spm, speed_mps) is can


@each_row(
    ("cadence_spm", "speed_mps", "can"),
    [
        (172.0, 2.6, True),
        (150.0, 0.951, True),  # steps of 38 cm
        (150.0, 0.949, False),
        (240.0, 10.79, True),  # steps of 2.7 m
        (240.0, 10.81, False),
        (125.0, 2.6, True),
        (124.9, 2.6, False),
        (240.0, 3.25, True),
        (240.1, 3.25, False),
        (205.0, 1.5, True),  # 175 and 20 for each m/s
        (205.1, 1.5, False),
        (86.0, 2.6, False),  # half of a run's steps
        (344.0, 2.6, False),  # twice a run's
        (220.0, 1.35, False),  # twice a walk's
    ],
)
def test_a_run_has_steps_of_some_length_and_rate(cadence_spm: float, speed_mps: float, *, can: bool) -> None:
    """From the short steps of a slow jog to those of a sprint; few at a jog make more than 200 a minute."""
    assert can_run(cadence_spm, speed_mps) is can

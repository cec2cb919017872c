import numpy as np
import pytest
from each_row import each_row
from numpy.typing import NDArray
from simulated_bodies import RUN, WALK, Motion, Shoe, Style, moving, shod, step_times

from cadencecoach.gait.steps import Placement
from cadencecoach.gait.steps.resampled import Resampler
from cadencecoach.gait.steps.rhythm import N_WINDOW, Rhythm, rhythm_of

FIRST = 300  # of the grid: six seconds in


def rhythms(motion: Motion) -> list[Rhythm]:
    """What four seconds look like, one look each half second."""
    (stretch,) = Resampler().feed(motion.times_s, motion.accel_g)
    return [rhythm_of(stretch.values[at : at + N_WINDOW]) for at in range(FIRST, FIRST + 200, 25)]


@each_row("seed", range(3))
@each_row(("style", "spm"), [(WALK, 78.0), (WALK, 112.0), (WALK, 140.0), (RUN, 145.0), (RUN, 180.0), (RUN, 208.0)])
def test_a_foot_is_told_neither_at_half_nor_at_double(style: Style, spm: float, seed: int) -> None:
    """A foot's rhythm is the stride: twice as many steps, never as many, whatever the shoe."""
    steps_s = step_times([(14.0, spm)], jitter=0.01, seed=seed)
    motion = shod(steps_s, Shoe.any(style, spm, seed), rate_hz=50.0, seed=seed)
    assert [one.cadence_spm for one in rhythms(motion)] == pytest.approx([spm] * 8, rel=0.06)


@each_row("times", [0.7, 1.0, 1.4])
@each_row("place", [Placement.HIP, Placement.CHEST, Placement.WRIST])
@each_row(("style", "spm"), [(WALK, 100.0), (WALK, 125.0), (RUN, 150.0), (RUN, 185.0)])
def test_how_hard_somebody_moves_does_not_change_the_count(
    style: Style, spm: float, place: Placement, times: float
) -> None:
    """Softer or harder by two fifths is the same cadence."""
    motion = moving(place, step_times([(14.0, spm)], jitter=0.01, seed=2), style, rate_hz=50.0, seed=2)
    rest_g = motion.accel_g[0]
    harder = Motion(times_s=motion.times_s, accel_g=rest_g + times * (motion.accel_g - rest_g), steps_s=motion.steps_s)
    assert [one.cadence_spm for one in rhythms(harder)] == pytest.approx([spm] * 8, rel=0.06)


def test_a_swing_without_footfalls_is_one_stride() -> None:
    """A pure wave of 1 Hz, as hard as a foot, comes again after a second and not before: 120 steps a minute."""
    assert rhythm_of(wave(hz=1.0, size_g=2.0)).cadence_spm == pytest.approx(120.0, rel=0.03)


def test_silence_has_no_rhythm() -> None:
    """Nothing moves: no strength, and no division by zero."""
    assert rhythm_of(np.tile([0.0, 0.0, 1.0, 1.0], (N_WINDOW, 1))).strength == 0.0


def wave(*, hz: float, size_g: float) -> NDArray[np.float64]:
    """A window in which one axis goes to and fro."""
    turn = 2 * np.pi * hz * np.arange(N_WINDOW) / 50.0
    axes = np.stack([size_g * np.sin(turn), 0 * turn, 0 * turn + 1], axis=1)
    return np.hstack([axes, np.linalg.norm(axes, axis=1, keepdims=True)])

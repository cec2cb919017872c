"""The runner's own cadence at a moment."""

import pytest
from each_row import each_row

from cadencecoach.gait.speed_curve import SpeedCurve
from cadencecoach.record.fold.own import OwnCadence

CURVE = SpeedCurve(c0_spm=163.0, v0_mps=3.0, slope_spm_per_mps=6.0, range_mps=(2.5, 3.5))


@each_row(
    ("speed_mps", "own_spm"),
    [(None, 163.0), (2.5, 160.0), (3.5, 166.0), (4.0, 169.0), (5.0, 169.0), (1.0, 157.0)],
)
def test_the_curve_holds_a_little_beyond_its_speeds(speed_mps: float | None, own_spm: float) -> None:
    """As a target follows it: half a metre a second on, then the nearest; in the middle where no speed is known."""
    assert OwnCadence(163.0, CURVE, speed_mps).spm == pytest.approx(own_spm)


def test_what_was_measured_in_the_session_holds_at_every_speed() -> None:
    """A baseline line is one cadence, and wins."""
    own = OwnCadence(None, CURVE, 3.5)
    own.take_measured(161.0)
    assert (own.spm, own.baseline_spm) == (161.0, 161.0)

"""Measures across sessions, worked out by hand."""

from datetime import date, timedelta

import pytest
from each_row import each_row
from hypothesis import given
from hypothesis import strategies as st

from cadencecoach.record.progress.measures import (
    at_speed,
    carry_over_ratio,
    change_ratio,
    dose_of,
    in_field_ratio,
    layoffs,
    session_load,
)
from cadencecoach.record.row import NO_DAY, SessionRow

DAY = date(2026, 3, 2)


def row(**fields: object) -> SessionRow:
    """A row of which only some fields matter."""
    return SessionRow(**{"id": "x", "started": "", "day": DAY, **fields})  # type: ignore[arg-type]


@each_row(
    ("cadence", "baseline", "target", "want"),
    [
        (166.0, 160.0, 168.0, 0.75),
        (160.0, 160.0, 168.0, 0.0),
        (168.0, 160.0, 168.0, 1.0),
        (158.0, 160.0, 168.0, -0.25),
        (162.0, 165.0, 160.0, 0.6),
        (166.0, 160.0, 160.5, None),
        (None, 160.0, 168.0, None),
        (166.0, None, 168.0, None),
        (166.0, 160.0, None, None),
    ],
)
def test_carry_over(cadence: float | None, baseline: float | None, target: float | None, want: float | None) -> None:
    """(probe - baseline) / (target - baseline), downwards too; None where nothing was asked for."""
    assert carry_over_ratio(cadence, baseline, target) == (None if want is None else pytest.approx(want))


@given(st.floats(120, 200), st.floats(2, 6), st.floats(2, 6))
def test_cadence_at_another_speed_and_back(cadence_spm: float, one_mps: float, other_mps: float) -> None:
    """Half a metre a second is 3.25 spm, and the way back leads home."""
    assert at_speed(cadence_spm, speed_mps=3.0, wanted_mps=3.5) == pytest.approx(cadence_spm + 3.25)
    there = at_speed(cadence_spm, speed_mps=one_mps, wanted_mps=other_mps)
    assert at_speed(there, speed_mps=other_mps, wanted_mps=one_mps) == pytest.approx(cadence_spm)


def test_dose_by_hand() -> None:
    """Thirty and ten minutes, of which fifteen and five had a target, ten and none help; 8 corrections in 20 min."""
    rows = [
        row(running_s=1800.0, band_s=900.0, helped_s=600.0, n_corrections=6),
        row(running_s=600.0, band_s=300.0, n_corrections=2),
        row(running_s=0.0, n_corrections=5),
    ]
    dose = dose_of(rows)
    assert (dose.n_sessions, dose.running_min, dose.target_min, dose.cued_min) == (2, 40.0, 20.0, 10.0)
    assert (dose.corrections_per_min, dose.target_ratio) == (0.4, 0.5)
    assert (dose_of([]).corrections_per_min, dose_of([]).target_ratio) == (None, None)


def test_load_and_change_by_hand() -> None:
    """Effort 6 for 40 min is 240; 3.3 against 3.0 m/s is 10 % faster; what is not known stays so."""
    assert (session_load(6, 2400.0), session_load(0, 2400.0), session_load(None, 2400.0)) == (240.0, 0.0, None)
    assert change_ratio(3.3, 3.0) == pytest.approx(0.1)
    assert (change_ratio(None, 3.0), change_ratio(3.0, None), change_ratio(3.0, 0.0)) == (None, None, None)


def test_runs_that_came_to_their_target() -> None:
    """Within 3 % below, or above: two of three; a run without a target does not count."""
    rows = [row(mean_cadence_spm=spm, target_spm=170.0) for spm in (164.8, 164.9 + 0.1, 172.0)]
    assert in_field_ratio([*rows, row(mean_cadence_spm=150.0)]) == pytest.approx(2 / 3)
    assert in_field_ratio([row(mean_cadence_spm=150.0)]) is None


def test_layoffs_by_hand() -> None:
    """A fortnight without a session is one, thirteen days are none, and order does not matter."""
    days = [DAY + timedelta(days=n) for n in (0, 2, 17, 31, 50)]
    assert layoffs([*reversed(days), NO_DAY]) == (
        (DAY + timedelta(days=3), DAY + timedelta(days=16)),
        (DAY + timedelta(days=32), DAY + timedelta(days=49)),
    )
    assert layoffs([]) == layoffs([DAY]) == ()

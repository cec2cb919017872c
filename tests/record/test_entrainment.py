"""How steps keep to a beat, as numbers: mean, circular spread, and the part that is near."""

import random
from datetime import date

import pytest
from each_row import each_row

from cadencecoach.record.entrainment import (
    LEAST_STEPS,
    NEAR_S,
    Entrainment,
    entrainment_of,
    in_step_columns,
    in_step_of_row,
    join,
)
from cadencecoach.record.lines import EntrainmentLine
from cadencecoach.record.row import SessionRow

INTERVAL_S = 60 / 170


def test_steps_a_little_early_are_told_as_such() -> None:
    """Twelve ms before the beat with a spread of 20 ms."""
    source = random.Random(1)  # noqa: S311  # made steps
    found = entrainment_of([source.gauss(-0.012, 0.020) for _ in range(4000)], INTERVAL_S)
    assert found is not None
    assert found.mean_ms == pytest.approx(-12.0, abs=1.0)
    assert found.sd_ms == pytest.approx(20.0, abs=1.0)
    assert found.near_ratio == pytest.approx(0.97, abs=0.01)


def test_half_a_step_late_is_half_a_step_early() -> None:
    """Around the far side of the circle the spread is still 10 ms, where a plain SD would be half a step."""
    half_s = INTERVAL_S / 2
    found = entrainment_of([half_s - 0.01, -half_s + 0.01] * 50, INTERVAL_S)
    assert found is not None
    assert found.sd_ms == pytest.approx(10.0, abs=0.1)
    assert abs(found.mean_ms) == pytest.approx(half_s * 1000, abs=0.1)
    assert found.near_ratio == 0


@each_row(("off_s", "near"), [(NEAR_S - 0.001, 1.0), (NEAR_S, 1.0), (NEAR_S + 0.001, 0.0)])
def test_near_is_within_50_ms(off_s: float, near: float) -> None:
    """At the edge, too."""
    found = entrainment_of([off_s] * 30, INTERVAL_S)
    assert found is not None
    assert found.near_ratio == near


def test_steps_that_keep_to_no_beat_have_a_large_spread_and_still_a_number() -> None:
    """Spread evenly over the whole of it."""
    found = entrainment_of([INTERVAL_S * n / 100 for n in range(100)], INTERVAL_S)
    assert found is not None
    assert found.sd_ms > INTERVAL_S * 1000 / 2


@each_row(("n_steps", "is_told"), [(LEAST_STEPS - 1, False), (LEAST_STEPS, True)])
def test_few_steps_are_no_number(n_steps: int, is_told: bool) -> None:  # noqa: FBT001
    """What fewer come to is chance."""
    assert (entrainment_of([0.0] * n_steps, INTERVAL_S) is not None) == is_told


def test_stages_are_joined_by_their_steps() -> None:
    """The mean of all steps, and a spread with the difference of the means in it."""
    lines = [
        EntrainmentLine(t=1.0, index=0, n_steps=100, mean_ms=-20.0, sd_ms=10.0, near_ratio=1.0),
        EntrainmentLine(t=2.0, index=1, n_steps=300, mean_ms=20.0, sd_ms=10.0, near_ratio=0.6),
    ]
    found = join(lines)
    assert found is not None
    assert (found.n_steps, found.mean_ms) == (400, 10.0)
    assert found.sd_ms == pytest.approx(20.0)
    assert found.near_ratio == pytest.approx(0.7)
    assert join([]) is None


def test_the_numbers_go_through_a_row() -> None:
    """And none are none."""
    for told in (Entrainment(n_steps=400, mean_ms=-12.5, sd_ms=38.0, near_ratio=0.8), None):
        row = SessionRow(id="a", started="", day=date(2026, 3, 2), **in_step_columns(told))  # type: ignore[arg-type]
        assert in_step_of_row(row) == told

"""How the feet met a held beat: every footfall once, against the beat of its time, as a mean and a spread."""

import pytest
from each_row import each_row

from cadencecoach.coach.footfalls import N_BEATS_KEPT, Met
from cadencecoach.plan.timeline import Timeline

HALVES = Timeline.steady(start_s=10.0, tempo_spm=120.0)  # a beat every half second


def test_footfalls_are_counted_from_the_first() -> None:
    """Late by 0.125 s and early by 0.125 s: two of them, a mean of 0 and a spread of 0.125 s."""
    met = Met().with_beat(HALVES).with_footfalls((10.625, 10.875), delay_s=0.0)
    assert (met.n, met.mean_s, met.sd_s) == (2, 0.0, 0.125)


def test_none_is_counted_twice() -> None:
    """The newest few are told again and again: only those after the last that was counted are new."""
    met = Met().with_beat(HALVES).with_footfalls((10.5, 11.125), delay_s=0.0)
    again = met.with_footfalls((11.125, 11.5), delay_s=0.0)
    assert (again.n, again.sum_s, again.upto_s) == (3, 0.125, 11.5)
    assert again.with_footfalls((), delay_s=0.0) == again


def test_even_feet_have_no_spread() -> None:
    """Always 0.1 s late: rounding below zero is no root of a negative number."""
    met = Met().with_beat(HALVES).with_footfalls(tuple(10.1 + 0.5 * n for n in range(40)), delay_s=0.0)
    assert met.mean_s == pytest.approx(0.1)
    assert met.sd_s == pytest.approx(0.0, abs=1e-6)


def test_the_beat_is_met_at_the_ear() -> None:
    """A beat heard 0.25 s after its session time is met by a footfall as much later."""
    assert Met().with_beat(HALVES).with_footfalls((10.75,), delay_s=0.25).mean_s == 0.0


@each_row(("time_s", "n"), [(9.999, 0), (10.0, 1), (10.001, 1)])
def test_before_the_first_beat_there_is_none_to_meet(time_s: float, n: int) -> None:
    """A footfall at the very start of the beat meets it, one before does not."""
    assert Met().with_beat(HALVES).with_footfalls((time_s,), delay_s=0.0).n == n


@each_row(("time_s", "off_s"), [(19.75, -0.25), (20.0, 0.0), (20.125, 0.125)])
def test_a_footfall_meets_the_beat_that_was_in_force(time_s: float, off_s: float) -> None:
    """Beats on whole and half seconds until 20 s, half a beat later from then on: each by the order of its time."""
    moved = Timeline.steady(start_s=20.0, tempo_spm=60.0)
    assert Met().with_beat(HALVES).with_beat(moved).with_footfalls((time_s,), delay_s=0.0).sum_s == off_s


def test_so_many_orders_are_kept() -> None:
    """The newest six; the same order again is no other one."""
    beats = [Timeline.steady(start_s=float(n), tempo_spm=120.0) for n in range(N_BEATS_KEPT + 1)]
    met = Met()
    for beat in beats:
        met = met.with_beat(beat).with_beat(beat)
    assert met.beats == tuple(beats[1:])
    assert len(met.beats) == 6

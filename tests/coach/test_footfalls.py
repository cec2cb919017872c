"""The next footfall told from the newest ones, and when none is told."""

from dataclasses import replace
from statistics import linear_regression

import pytest
from each_row import each_row
from hypothesis import given
from hypothesis import strategies as st
from own_feedback import FEEDBACK

from cadencecoach.coach.footfalls import N_LEAST, Footfalls
from cadencecoach.plan.feedback import Start

STEP_S = 0.36
EVEN_S = tuple(10.0 + STEP_S * index for index in range(8))
LAST_S = EVEN_S[-1]


def first_s(heard_s: tuple[float, ...], now_s: float = LAST_S + 1.0, **changes: object) -> float | None:
    """Where a first beat would begin, with some of the feedback changed."""
    return Footfalls(heard_s=heard_s).first_beat_s(now_s, replace(FEEDBACK, **changes))  # type: ignore[arg-type]


@given(
    st.floats(0.25, 0.6),
    st.floats(0.0, 2.9),
    st.floats(-0.2, 0.2),
    st.floats(0.0, 0.4),
)
def test_it_falls_on_a_footfall_to_come_within_one_step(
    interval_s: float, since_s: float, phase_s: float, delay_s: float
) -> None:
    """At the ear the beat is a footfall of the row plus the phase, begun now or less than a step later."""
    heard_s = tuple(10.0 + interval_s * index for index in range(8))
    now_s = heard_s[-1] + since_s
    feedback = replace(FEEDBACK, phase_s=phase_s)
    at_s = Footfalls(heard_s=heard_s, delay_s=delay_s).first_beat_s(now_s, feedback)
    assert at_s is not None
    assert -1e-9 <= at_s - now_s < interval_s + 1e-9
    steps = (at_s + delay_s - phase_s - heard_s[-1]) / interval_s
    assert abs(steps - round(steps)) < 1e-6


@each_row(
    ("heard_s", "why"),
    [
        ((), "a pod: no footfalls at all"),
        (EVEN_S[: N_LEAST - 1], "too few"),
        (tuple(10.0 + STEP_S * index + 0.1 * (index % 2) for index in range(8)), "uneven: a limp, or another rhythm"),
        (tuple(time_s - 3.0 for time_s in EVEN_S), "too old"),
    ],
)
def test_where_none_can_be_told_none_is(heard_s: tuple[float, ...], why: str) -> None:
    """The beat then begins at once."""
    assert first_s(heard_s, LAST_S + 0.5 if why != "too old" else LAST_S + 0.1) is None


def test_a_missed_step_is_no_unevenness() -> None:
    """One of eight was not seen: the row goes on through its place."""
    assert first_s(EVEN_S[:3] + EVEN_S[4:], LAST_S + 0.1) == pytest.approx(LAST_S + STEP_S)


def test_the_plan_says_how_old_how_uneven_and_whether_at_all() -> None:
    """`steps-age`, `steps-spread`, `start`, each for itself."""
    limp_s = tuple(10.0 + STEP_S * index + 0.02 * (index % 2) for index in range(8))
    assert first_s(EVEN_S, LAST_S + 3.5) is None
    assert first_s(EVEN_S, LAST_S + 3.5, steps_age_s=4.0) is not None
    assert first_s(limp_s) is not None
    assert first_s(limp_s, steps_spread_ratio=0.02) is None
    assert first_s(EVEN_S, start=Start.AT_ONCE) is None


def test_asynchrony_is_footfall_minus_beat_at_the_ear() -> None:
    """Negative is early; unknown until a footfall after the beat is told."""
    begun = Footfalls(heard_s=EVEN_S, delay_s=0.1).begin(EVEN_S[4] - 0.08)
    assert begun.asynchrony_s() == pytest.approx(-0.02)
    assert replace(begun, begun_s=LAST_S + 0.1).asynchrony_s() is None


@each_row(("n_heard", "is_told"), [(5, False), (6, True), (7, True)])
def test_a_row_is_six_footfalls(n_heard: int, *, is_told: bool) -> None:
    """Fewer are led by the noise of one."""
    assert (Footfalls(heard_s=EVEN_S[:n_heard]).row(LAST_S, FEEDBACK) is not None) is is_told


@each_row(("age_s", "is_told"), [(2.75, True), (3.0, True), (3.25, False)])
def test_a_row_is_too_old_after_steps_age(age_s: float, *, is_told: bool) -> None:
    """At the age itself it still is told."""
    halves_s = tuple(10.0 + 0.5 * n for n in range(8))
    assert (Footfalls(heard_s=halves_s).row(halves_s[-1] + age_s, FEEDBACK) is not None) is is_told


@each_row(("times", "is_told"), [(0.99, False), (1.01, True)])
def test_unevenness_is_the_root_mean_square_off_the_line(times: float, *, is_told: bool) -> None:
    """In parts of the interval: a limp of 20 ms is just in or just out, as the plan's `steps-spread` has it."""
    limp_s = [10.0 + STEP_S * n + 0.02 * (n % 2) for n in range(8)]
    interval_s, start_s = linear_regression(range(8), limp_s)
    squares = [(time_s - start_s - interval_s * n) ** 2 for n, time_s in enumerate(limp_s)]
    spread_ratio = (sum(squares) / 8) ** 0.5 / interval_s
    feedback = replace(FEEDBACK, steps_spread_ratio=times * spread_ratio)
    assert (Footfalls(heard_s=tuple(limp_s)).row(limp_s[-1], feedback) is not None) is is_told


def test_a_row_without_any_unevenness_is_even_under_every_plan() -> None:
    """Spread 0 where 0 is asked for: the limit itself is even enough."""
    halves_s = tuple(10.0 + 0.5 * n for n in range(8))
    feedback = replace(FEEDBACK, steps_spread_ratio=0.0)
    assert Footfalls(heard_s=halves_s).row(halves_s[-1], feedback) == (halves_s[-1], 0.5)


def test_a_footfall_at_the_beat_itself_tells_how_well_it_was_met() -> None:
    """Asynchrony 0 is known with that footfall; before it nothing is."""
    at_s = Footfalls(heard_s=EVEN_S, begun_s=LAST_S)
    assert at_s.asynchrony_s() == 0.0
    assert replace(at_s, heard_s=EVEN_S[:-1]).asynchrony_s() is None

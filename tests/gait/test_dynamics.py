import pytest
from each_row import each_row

from cadencecoach.gait.dynamics import BELT, ERRORS, LIMITS, POD, SIGNAL, SPEED, WATCH, Dynamics, stride_m, with_error


def test_the_errors_are_what_was_meant() -> None:
    """As a part of the value, and at least; each is read in a report, so a change of one is seen here."""
    assert {key: (error.ratio, error.least) for key, error in ERRORS.items()} == {
        ("oscillation_mm", SIGNAL): (0.15, 10.0),
        ("oscillation_mm", WATCH): (0.10, 8.0),
        ("oscillation_mm", POD): (0.15, 10.0),
        ("contact_ms", SIGNAL): (0.0, 40.0),
        ("contact_ms", WATCH): (0.10, 25.0),
        ("contact_ms", POD): (0.08, 15.0),
        ("stride_m", SPEED): (0.05, 0.05),
        ("stride_m", BELT): (0.03, 0.05),
        ("stride_m", WATCH): (0.05, 0.05),
        ("stride_m", POD): (0.03, 0.05),
    }


@each_row("quantity", LIMITS)
def test_a_value_that_no_runner_has_is_not_known(quantity: str) -> None:
    """At both edges it is one, beyond them and at 0 it is none; a device writes 0 before it knows."""
    low, high = LIMITS[quantity]
    assert [
        with_error(quantity, value, WATCH) is None for value in (None, 0.0, low - 0.01, low, high, high + 0.01)
    ] == [
        *(True, True, True),
        *(False, False, True),
    ]


def test_an_error_is_a_part_and_at_least_something() -> None:
    """Below and above where the two meet."""
    small, large = with_error("oscillation_mm", 60.0, WATCH), with_error("oscillation_mm", 100.0, WATCH)
    assert small is not None
    assert large is not None
    assert (small.error, large.error) == (8.0, 10.0)


def test_a_stride_is_two_steps() -> None:
    """At 3 m/s and 180 steps a minute a second has three steps of a metre."""
    assert stride_m(3.0, 180.0) == pytest.approx(2.0)


def test_nothing_is_known_of_nothing() -> None:
    """One number is enough."""
    assert not Dynamics().is_known
    assert Dynamics(contact_ms=with_error("contact_ms", 250.0, POD)).is_known

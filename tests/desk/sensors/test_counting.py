from each_row import each_row
from hypothesis import given
from hypothesis import strategies as st

from cadencecoach.desk.sensors.counting import N_STEPS, count_from
from cadencecoach.gait.unit import Unit


@each_row(
    ("seconds", "raw", "unit"),
    [
        (11.0, 55, Unit.STRIDES),
        (11.0, 109, Unit.STEPS),
        (11.0, 218, Unit.DOUBLED),
        (11.5, 52, Unit.STRIDES),
        (11.0, 80, None),  # between the two: a miscount, or a pod that had not settled
        (2.0, 55, None),  # nobody takes twenty steps in two seconds
        (60.0, 10, None),
    ],
)
def test_twenty_steps_settle_the_unit(seconds: float, raw: int, unit: Unit | None) -> None:
    """The counted rate and what the sensor sent meanwhile."""
    assert count_from(seconds, [raw] * 8).unit is unit


def test_too_few_messages_settle_nothing() -> None:
    """Zeros do not count: a pod that has not woken up yet sends them."""
    assert count_from(11.0, [0, 0, 0, 55, 55]).unit is None
    assert count_from(11.0, []).raw_per_min is None


def test_a_sensor_that_says_zero_throughout_has_said_something() -> None:
    """The person reads 0 a minute, and not that it sent nothing."""
    assert count_from(11.0, [0] * 8).raw_per_min == 0


@given(
    spm=st.floats(70, 200),
    unit=st.sampled_from(Unit),
    miscount=st.integers(-2, 2),
    noise=st.floats(-0.05, 0.05),
)
def test_a_miscount_by_two_does_not_matter(spm: float, unit: Unit, miscount: int, noise: float) -> None:
    """At any pace, for any unit, with a pod that is five percent off."""
    seconds = (N_STEPS + miscount) * 60 / spm
    raw = spm / unit.value * (1 + noise)
    assert count_from(seconds, [raw] * 6).unit is unit


@given(st.floats(0, 1000), st.lists(st.floats(0, 255), max_size=30))
def test_any_input_gives_an_answer(seconds: float, raws: list[float]) -> None:
    """Never an exception; a decision only with a rate behind it."""
    count = count_from(seconds, raws)
    assert count.unit is None or count.raw_per_min is not None

from contextlib import suppress

from each_row import each_row
from hypothesis import given
from hypothesis import strategies as st

from cadencecoach.plan import values
from cadencecoach.plan.syntax.nodes import Number
from cadencecoach.plan.values import ValueFault
from cadencecoach.plan.words import choice, words_up_to


@each_row(
    ("text", "want_s"),
    [
        ("10 min", 600.0),
        ("10min", 600.0),
        ("10 m", 600.0),
        ("1 minute", 60.0),
        ("10 minutes", 600.0),
        ("90 s", 90.0),
        ("90 sec", 90.0),
        ("90 seconds", 90.0),
        ("1.5 h", 5400.0),
        ("1 h 5 min", 3900.0),
        ("1h5m", 3900.0),
        ("1 hour 5 minutes 10 seconds", 3910.0),
        ("2 hrs", 7200.0),
        ("1:30", 90.0),
        ("0:05", 5.0),
        ("90:00", 5400.0),
        ("1:00:00", 3600.0),
        ("24 h", 86_400.0),
        ("24:00:00", 86_400.0),
        (" 1   min ", 60.0),
    ],
)
def test_every_way_to_write_a_duration(text: str, want_s: float) -> None:
    """With units, spaced or not, or as a clock shows it."""
    assert values.duration_s(text) == want_s


@given(st.integers(1, 86_400))
def test_a_clock_and_units_agree(seconds: int) -> None:
    """m:ss, h:mm:ss and units give the same seconds."""
    hours, rest = divmod(seconds, 3600)
    assert values.duration_s(f"{seconds // 60}:{seconds % 60:02}") == seconds
    assert values.duration_s(f"{hours}:{rest // 60:02}:{rest % 60:02}") == seconds
    assert values.duration_s(f"{hours} h {rest // 60} min {rest % 60} s") == seconds


@given(st.one_of(st.text(max_size=70), st.integers().map(lambda n: Number(str(n))), st.none(), st.booleans()))
def test_a_parser_gives_a_value_or_a_fault(value: object) -> None:
    """Nothing that YAML can make of a scalar raises anything but a ValueFault."""
    parsers = (
        values.duration_s,
        values.percent_between(0, 1),
        values.whole_between(1, 1000),
        words_up_to(80),
        choice("on", "off"),
    )
    for parse in parsers:
        with suppress(ValueFault):
            assert parse(value) is not None


@each_row("text", ["1", "+3", "007", "1000"])
def test_whole_numbers(text: str) -> None:
    """A count is a bare whole number."""
    assert values.whole_between(1, 1000)(Number(text)) == int(text)

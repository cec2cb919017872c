"""Counted things, factors, speeds, ladders and help, as a plan writes them."""

import pytest
from each_row import each_row

from cadencecoach.plan import counts
from cadencecoach.plan.feedback import Rung
from cadencecoach.plan.syntax.nodes import Number
from cadencecoach.plan.values import ValueFault


@each_row(("text", "n"), [("1 cue", 1), ("2 cues", 2), ("20cues", 20)])
def test_a_number_of_things_names_them(text: str, n: int) -> None:
    """One in the singular or the plural, more in the plural, with or without a space."""
    assert counts.count_parser("cue", 1, 20)(text) == n


@each_row(
    ("value", "message"),
    [(Number("2"), "does not say of what"), ("2 tones", "not a number of cues"), ("21 cues", "out of range")],
)
def test_a_number_of_nothing_is_refused(value: object, message: str) -> None:
    """A bare number, another thing, too many."""
    with pytest.raises(ValueFault, match=message):
        counts.count_parser("cue", 1, 20)(value)


@each_row(("text", "factor"), [("2 times", 2.0), ("1.5x", 1.5), ("1 times", 1.0)])
def test_a_factor_is_so_many_times(text: str, factor: float) -> None:
    """`2 times` or `2x`."""
    assert counts.times_between(1, 10)(text) == factor


@each_row("value", [Number("2"), "2", "0.5 times", "11 times", "twice"])
def test_what_is_no_factor_is_refused(value: object) -> None:
    """A bare number, below or above the limits, a word."""
    with pytest.raises(ValueFault):
        counts.times_between(1, 10)(value)


@each_row(("text", "seconds"), [("0 ms", 0.0), ("-30 ms", -0.03), ("+200ms", 0.2)])
def test_a_short_time_may_be_negative(text: str, seconds: float) -> None:
    """In whole milliseconds, with its sign."""
    assert counts.milliseconds_between(-200, 200)(text) == seconds


@each_row("value", [Number("20"), "20", "20 s", "0.5 ms", "201 ms", "-201 ms", "early"])
def test_what_is_no_short_time_is_refused(value: object) -> None:
    """Without a unit, in another, not whole, out of range, a word."""
    with pytest.raises(ValueFault):
        counts.milliseconds_between(-200, 200)(value)


@each_row(("text", "mps"), [("9 km/h", 2.5), ("2.8 m/s", 2.8), ("10.8km/h", 3.0)])
def test_a_speed_is_in_metres_a_second(text: str, mps: float) -> None:
    """Whatever unit it is written in."""
    assert counts.speed_between(1, 8)(text) == pytest.approx(mps)


@each_row("value", [Number("10"), "10 kmh", "40 km/h", "5:30 min/km", ""])
def test_what_is_no_speed_is_refused(value: object) -> None:
    """Without a unit, misspelt, faster than anybody, a pace, nothing."""
    with pytest.raises(ValueFault):
        counts.speed_between(1, 8)(value)


def test_a_ladder_is_words_in_order() -> None:
    """Any of the three, each once."""
    assert counts.ladder("tone, beat,words") == (Rung.TONE, Rung.BEAT, Rung.WORDS)
    assert counts.ladder("words") == (Rung.WORDS,)


@each_row(
    ("text", "message"), [("tone beat", "not a ladder"), ("tones, beat", "did you mean tone"), ("beat, beat", "twice")]
)
def test_what_is_no_ladder_is_refused(text: str, message: str) -> None:
    """Without commas, misspelt, a rung twice."""
    with pytest.raises(ValueFault, match=message):
        counts.ladder(text)


@each_row(("text", "span"), [("50 %", (0.5, 0.5)), ("100 %..0 %", (1.0, 0.0)), ("20% .. 80%", (0.2, 0.8))])
def test_help_is_a_part_or_from_one_to_another(text: str, span: tuple[float, float]) -> None:
    """Both ends are the same where it does not fade."""
    assert counts.help_span(text) == span


@each_row("value", ["150 %", "100 %..120 %", "100..0 %", "half", Number("50")])
def test_what_is_no_help_is_refused(value: object) -> None:
    """Above all of it, without a unit, words."""
    with pytest.raises(ValueFault):
        counts.help_span(value)

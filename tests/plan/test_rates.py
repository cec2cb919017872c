import re

import pytest
from each_row import each_row
from hypothesis import given
from hypothesis import strategies as st

from cadencecoach.plan import rates
from cadencecoach.plan.model import (
    AthleteBaseline,
    Baseline,
    Between,
    Fixed,
    FixedBaseline,
    Free,
    MeasuredBaseline,
    RatioTolerance,
    Relative,
    SpmTolerance,
    Target,
    Tolerance,
    Walk,
)
from cadencecoach.plan.targets import target_words
from cadencecoach.plan.values import ValueFault


@each_row(
    ("text", "want"),
    [
        ("free", Free()),
        ("walk", Walk()),
        ("baseline", Relative(0.0)),
        ("+5 %", Relative(0.05)),
        ("+5%", Relative(0.05)),
        ("+ 5 %", Relative(0.05)),
        ("+2.5 %", Relative(0.025)),
        ("-2 %", Relative(-0.02)),
        ("\u22122 %", Relative(-0.02)),
        ("\u20132 %", Relative(-0.02)),
        ("-0 %", Relative(0.0)),
        ("172 spm", Fixed(172.0)),
        ("172spm", Fixed(172.0)),
        ("  172.5   spm ", Fixed(172.5)),
        ("168-176 spm", Between(168.0, 176.0)),
        ("168 - 176 spm", Between(168.0, 176.0)),
        ("168\u2013176 spm", Between(168.0, 176.0)),
    ],
)
def test_every_way_to_write_a_target(text: str, want: Target) -> None:
    """With and without spaces, with a true minus and an en dash: it is the same target."""
    assert rates.target(text) == want


@each_row(
    ("text", "want"),
    [
        ("3 %", RatioTolerance(0.03)),
        ("\u00b13 %", RatioTolerance(0.03)),
        ("\u00b1 3%", RatioTolerance(0.03)),
        ("4 spm", SpmTolerance(4.0)),
        ("1.75 %", RatioTolerance(0.0175)),
    ],
)
def test_every_way_to_write_a_tolerance(text: str, want: Tolerance) -> None:
    """In percent or in spm, with or without a plus-minus sign."""
    assert rates.tolerance(text) == want


@each_row(
    ("text", "want"),
    [("measured", MeasuredBaseline()), ("athlete", AthleteBaseline()), ("164 spm", FixedBaseline(164.0))],
)
def test_every_way_to_write_a_baseline(text: str, want: Baseline) -> None:
    """Measured, stored, or written down."""
    assert rates.baseline(text) == want


@given(
    st.one_of(
        st.builds(Relative, st.integers(-200, 200).map(lambda n: n / 1000)),
        st.builds(Fixed, st.integers(1000, 2400).map(lambda n: n / 10)),
        st.tuples(st.integers(100, 169), st.integers(170, 240)).map(
            lambda ends: Between(float(ends[0]), float(ends[1]))
        ),
        st.sampled_from([Free(), Walk()]),
    )
)
def test_a_target_in_words_is_read_as_itself(target: Target) -> None:
    """What is shown for a target can be written in a plan."""
    assert rates.target(target_words(target)) == target


@each_row("percent", ["1", "5", "20", "80", "94.5", "100", "102.5", "105", "120"])
@each_row("form", ["{} %", "{} % of baseline", "baseline {} %", "{} % of the measured cadence"])
def test_a_way_proposed_for_a_percentage_is_a_way(percent: str, form: str) -> None:
    """What is proposed instead of a percentage without a sign is itself a target."""
    with pytest.raises(ValueFault) as caught:
        rates.target(form.format(percent))
    proposed = re.findall(r"'([^']+)'|write (baseline)", caught.value.allowed)
    assert proposed
    for quoted, bare in proposed:
        assert isinstance(rates.target(quoted or bare), Relative)

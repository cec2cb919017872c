import pytest
from each_row import each_row
from hypothesis import given
from hypothesis import strategies as st

from cadencecoach.plan.model import (
    Between,
    Fixed,
    Free,
    RatioTolerance,
    Relative,
    SpmTolerance,
    Target,
    Tolerance,
    Walk,
)
from cadencecoach.plan.targets import Band, band_of, needs_baseline, target_words, widest_ratio

WIDE = RatioTolerance(0.03)


@each_row(
    ("target", "tolerance", "baseline_spm", "want"),
    [
        (Free(), WIDE, 160.0, None),
        (Walk(), WIDE, 160.0, None),
        (Relative(0.05), WIDE, None, None),
        (Fixed(170.0), WIDE, None, Band(170.0, 164.9, 175.1)),
        (Fixed(170.0), SpmTolerance(4.0), None, Band(170.0, 166.0, 174.0)),
        (Between(168.0, 176.0), WIDE, None, Band(172.0, 168.0, 176.0)),
        (Relative(0.0), WIDE, 160.0, Band(160.0, 155.2, 164.8)),
        (Relative(0.05), WIDE, 160.0, Band(168.0, 162.96, 173.04)),
        (Relative(0.05), RatioTolerance(0.05), 160.0, Band(168.0, 162.96, 173.04)),
        (Relative(0.025), WIDE, 160.0, Band(164.0, 161.13, 166.87)),
        (Relative(0.05), SpmTolerance(2.0), 160.0, Band(168.0, 166.0, 170.0)),
        (Relative(-0.05), WIDE, 160.0, Band(152.0, 147.44, 156.56)),
    ],
)
def test_the_band_of_a_target(
    target: Target, tolerance: Tolerance, baseline_spm: float | None, want: Band | None
) -> None:
    """A target, its tolerance and a baseline come to a band, or to none where nothing is asked for or known."""
    band = band_of(target, tolerance, baseline_spm)
    if want is None:
        assert band is None
    else:
        assert band is not None
        got = (band.target_spm, band.low_spm, band.high_spm)
        assert got == pytest.approx((want.target_spm, want.low_spm, want.high_spm))


@given(
    st.floats(-0.2, 0.2).filter(lambda ratio: abs(ratio) > 1e-4),
    st.one_of(st.builds(RatioTolerance, st.floats(0.001, 0.1)), st.builds(SpmTolerance, st.floats(0.5, 20))),
    st.floats(120, 200),
)
def test_doing_nothing_is_never_in_the_band(ratio: float, tolerance: Tolerance, baseline_spm: float) -> None:
    """Whatever the tolerance, the baseline lies outside the band of any target but itself, and the target inside."""
    band = band_of(Relative(ratio), tolerance, baseline_spm)
    assert band is not None
    assert not band.low_spm <= baseline_spm <= band.high_spm
    assert band.low_spm < band.target_spm < band.high_spm


def test_the_narrowing_follows_the_finding() -> None:
    """Half the change and half a percent: 3 % at +5 %, 1.75 % at +2.5 %."""
    assert widest_ratio(Relative(0.05)) == pytest.approx(0.03)
    assert widest_ratio(Relative(0.025)) == pytest.approx(0.0175)


@each_row(
    ("target", "words"),
    [
        (Free(), "free"),
        (Walk(), "walk"),
        (Relative(0.0), "baseline"),
        (Relative(0.05), "+5 %"),
        (Relative(-0.025), "-2.5 %"),
        (Fixed(172.0), "172 spm"),
        (Fixed(172.5), "172.5 spm"),
        (Between(168.0, 176.0), "168-176 spm"),
    ],
)
def test_a_target_in_words(target: Target, words: str) -> None:
    """A target reads as a plan writes it, and only a relative one needs a baseline."""
    assert target_words(target) == words
    assert needs_baseline(target) is isinstance(target, Relative)

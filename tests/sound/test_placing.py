"""Speech begins between beats."""

import pytest
from each_row import each_row
from hypothesis import given
from hypothesis import strategies as st

from cadencecoach.plan.timeline import Timeline
from cadencecoach.sound.placing import between_beats


def test_without_a_beat_it_is_now() -> None:
    """There is nothing to stay clear of."""
    assert between_beats(None, 12.34) == 12.34


@each_row(("at_s", "want_s"), [(10.0, 10.25), (10.2, 10.25), (10.25, 10.25), (10.26, 10.75)])
def test_the_next_half_beat_is_taken(at_s: float, want_s: float) -> None:
    """At 120 spm, beats each half second, halves a quarter after them."""
    assert between_beats(Timeline.steady(start_s=0.0, tempo_spm=120.0), at_s) == pytest.approx(want_s)


@given(st.floats(0, 4000), st.floats(120, 220), st.floats(120, 220), st.floats(0, 90))
def test_it_is_half_way_soon_and_never_before(at_s: float, from_spm: float, to_spm: float, ramp_s: float) -> None:
    """Also on a ramp: half-way in beats, at most one beat later."""
    timeline = Timeline(start_s=100.0, start_beat=0.0, from_spm=from_spm, to_spm=to_spm, ramp_s=ramp_s)
    placed_s = between_beats(timeline, at_s)
    assert placed_s >= at_s
    assert timeline.beat_at(placed_s) % 1.0 == pytest.approx(0.5, abs=1e-6)
    assert timeline.beat_at(placed_s) - timeline.beat_at(at_s) < 1.0 + 1e-6

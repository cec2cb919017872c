import math
from fractions import Fraction

import pytest
from each_row import each_row
from hypothesis import assume, given
from hypothesis import strategies as st

from cadencecoach.plan.timeline import Timeline

tempos = st.floats(100, 240)
ramps = st.one_of(st.just(0.0), st.floats(0.01, 600))
times = st.floats(-100, 4000)
timelines = st.builds(
    Timeline,
    start_s=st.floats(0, 3600),
    start_beat=st.floats(0, 20_000),
    from_spm=tempos,
    to_spm=tempos,
    ramp_s=ramps,
)


@given(timelines, times)
def test_time_of_undoes_beat_at(timeline: Timeline, since_s: float) -> None:
    """From a time to its beat and back comes to the same time, to a billionth of a second."""
    time_s = timeline.start_s + since_s
    assert timeline.time_of(timeline.beat_at(time_s)) == pytest.approx(time_s, abs=1e-9, rel=0)


@given(timelines, times)
def test_beat_at_undoes_time_of(timeline: Timeline, since_beats: float) -> None:
    """From a beat to its time and back comes to the same beat."""
    beat = timeline.start_beat + since_beats
    assert timeline.beat_at(timeline.time_of(beat)) == pytest.approx(beat, abs=1e-8, rel=0)


@given(timelines, times, st.floats(0.001, 100))
def test_later_is_further(timeline: Timeline, since_s: float, more_s: float) -> None:
    """Position grows with time, everywhere."""
    time_s = timeline.start_s + since_s
    assert timeline.beat_at(time_s + more_s) > timeline.beat_at(time_s)


@given(timelines, times, tempos, ramps)
def test_a_change_of_tempo_moves_no_beat(timeline: Timeline, since_s: float, tempo_spm: float, ramp_s: float) -> None:
    """At the moment of change the position is the same; with a ramp so is the tempo."""
    at_s = timeline.start_s + since_s
    changed = timeline.retime(at_s=at_s, tempo_spm=tempo_spm, ramp_s=ramp_s)
    assert changed.beat_at(at_s) == timeline.beat_at(at_s)
    assert changed.tempo_at(at_s) == (timeline.tempo_at(at_s) if ramp_s else tempo_spm)
    assert changed.tempo_at(at_s + ramp_s + 1) == tempo_spm


@given(timelines)
def test_position_and_tempo_are_unbroken_at_the_end_of_the_ramp(timeline: Timeline) -> None:
    """Just before and just after the end of the ramp they agree."""
    assume(timeline.ramp_s > 0)
    before_s = math.nextafter(timeline.end_s, -math.inf)
    assert timeline.beat_at(before_s) == pytest.approx(timeline.end_beat, abs=1e-8, rel=0)
    assert timeline.tempo_at(before_s) == pytest.approx(timeline.to_spm, abs=1e-6, rel=0)


@each_row(("from_spm", "to_spm"), [(160, 172), (172, 160), (165, 165), (100, 240)])
def test_the_closed_form_is_the_integral_of_the_tempo(from_spm: float, to_spm: float) -> None:
    """Tempo summed over a ramp and a minute after it comes to the position the closed form gives."""
    timeline = Timeline(start_s=10.0, start_beat=0.0, from_spm=from_spm, to_spm=to_spm, ramp_s=60.0)
    n, end_s = 12_000, 130.0
    step_s = (end_s - 10.0) / n
    middles = (10.0 + (i + 0.5) * step_s for i in range(n))  # exact for a tempo that is linear within a step
    summed = math.fsum(timeline.tempo_at(time_s) / 60 * step_s for time_s in middles)
    assert timeline.beat_at(end_s) == pytest.approx(summed, abs=1e-8, rel=0)


def test_an_hour_at_an_odd_tempo_does_not_drift() -> None:
    """After an hour at 173.7 spm every beat stands within a nanosecond of where exact arithmetic puts it."""
    timeline = Timeline.steady(start_s=0.0, tempo_spm=173.7)
    n_beats = int(173.7 * 60)
    exact = [Fraction(60 * beat) / Fraction(173.7) for beat in (1, 5000, n_beats)]
    for beat, want_s in zip((1, 5000, n_beats), exact, strict=True):
        assert timeline.time_of(beat) == pytest.approx(float(want_s), abs=1e-9, rel=0)
    assert timeline.beat_at(3600.0) == pytest.approx(173.7 * 60, abs=1e-8, rel=0)


@each_row(
    ("from_spm", "to_spm", "ramp_s"),
    [
        (0, 170, 0),
        (170, 0, 0),
        (-1, 170, 0),
        (170, math.inf, 0),
        (math.nan, 170, 0),
        (170, 170, -1),
        (170, 170, math.inf),
    ],
)
def test_what_has_no_inverse_is_refused(from_spm: float, to_spm: float, ramp_s: float) -> None:
    """A tempo of zero or less, or a ramp without an end, cannot be turned back into times."""
    with pytest.raises(ValueError, match="tempos above zero"):
        Timeline(start_s=0, start_beat=0, from_spm=from_spm, to_spm=to_spm, ramp_s=ramp_s)

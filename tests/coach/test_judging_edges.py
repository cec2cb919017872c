"""The judgement of the cadence at, below and above each of its edges."""

import math
from dataclasses import replace

import pytest
from coach_rig import AT_170, CORRECTIONS, STAGE, CoachRig
from each_row import each_row

from cadencecoach.coach.actions import BandState, CueReason
from cadencecoach.coach.attention import Attention
from cadencecoach.coach.judging import is_run, tally_at
from cadencecoach.gait.reading import Feet
from cadencecoach.plan.model import Beat, RatioTolerance, Stage
from cadencecoach.plan.targets import Band

LOW, IN, HIGH = 160.0, 170.0, 180.0
NARROW = replace(AT_170, tolerance=RatioTolerance(0.01))
LONG = replace(AT_170, duration_s=1800.0)
TOLD_S = 39.0  # 30 s of settling, the first estimate after it, 8 s of dwell


def below(value: float) -> float:
    """The next number below."""
    return math.nextafter(value, -math.inf)


def above(value: float) -> float:
    """The next number above."""
    return math.nextafter(value, math.inf)


def band_of(stage: Stage) -> Band:
    """The band of a stage as it is judged."""
    band = CoachRig(stage).until(0.0).state.current.band
    assert band is not None
    return band


def place_after(stage: Stage, before_spm: float, then_spm: float) -> BandState | None:
    """Where a runner is taken to be with one estimate, after half a minute and some seconds at another cadence."""
    return CoachRig(stage).runs((1, 36, before_spm), (36, 37, then_spm)).state.band_state


@each_row("stage", [AT_170, NARROW])
def test_both_edges_of_the_band_are_in_it(stage: Stage) -> None:
    """From inside: at the edge is in, the next number beyond is out."""
    band = band_of(stage)
    assert place_after(stage, IN, band.low_spm) is BandState.IN
    assert place_after(stage, IN, below(band.low_spm)) is BandState.BELOW
    assert place_after(stage, IN, band.high_spm) is BandState.IN
    assert place_after(stage, IN, above(band.high_spm)) is BandState.ABOVE


def test_the_bands_are_what_was_meant() -> None:
    """3 % and 1 % of 170 either way."""
    assert [band_of(AT_170).low_spm, band_of(AT_170).high_spm] == pytest.approx([164.9, 175.1])
    assert [band_of(NARROW).low_spm, band_of(NARROW).high_spm] == pytest.approx([168.3, 171.7])


@each_row(("stage", "back_spm"), [(AT_170, 0.02 * 170), (NARROW, 2 / 3 * 1.7)])
def test_who_was_out_is_back_near_the_target(stage: Stage, back_spm: float) -> None:
    """2 % from it, or two thirds of a narrow band: a hundredth of a step farther is not back, on either side."""
    for side, start_spm in ((-1, LOW), (1, HIGH)):
        out = BandState.BELOW if side < 0 else BandState.ABOVE
        assert place_after(stage, start_spm, 170 + side * (back_spm - 0.01)) is BandState.IN
        assert place_after(stage, start_spm, 170 + side * (back_spm + 0.01)) is out


def test_the_edge_of_being_back_is_back() -> None:
    """Exactly 2 % from the target; the next number beyond is not."""
    low_spm, high_spm = 170 - 0.02 * 170, 170 + 0.02 * 170
    assert place_after(AT_170, LOW, low_spm) is BandState.IN
    assert place_after(AT_170, LOW, below(low_spm)) is BandState.BELOW
    assert place_after(AT_170, HIGH, high_spm) is BandState.IN
    assert place_after(AT_170, HIGH, above(high_spm)) is BandState.ABOVE


def test_a_correction_is_put_off_at_both_edges_of_the_band() -> None:
    """One estimate at the edge, three seconds before the word is due: a new dwell; beyond the edge the word comes."""
    band = band_of(AT_170)
    edges = ((LOW, band.low_spm, below(band.low_spm)), (HIGH, band.high_spm, above(band.high_spm)))
    for out_spm, edge_spm, beyond_spm in edges:
        for then_spm, told_s in ((edge_spm, 36 + 8), (beyond_spm, TOLD_S)):
            rig = CoachRig(AT_170).runs((1, 36, out_spm), (36, 37, then_spm), (37, 60, out_spm))
            assert rig.times(*CORRECTIONS)[0] == told_s


def test_a_rescue_beat_is_put_off_too() -> None:
    """In the band without being back, until a second before the beat: it waits from the last such estimate on."""
    rig = CoachRig(replace(AT_170, beat=Beat.RESCUE)).runs((1, 41, LOW), (41, 47, 165.5), (47, 80, LOW))
    assert rig.times(CueReason.BELOW)[0] == TOLD_S
    assert rig.tempos()[0] == (46 + 8, 170.0, 0.0)


def test_after_one_correction_the_runner_is_told_and_after_two_left_alone() -> None:
    """The plan's patience is two: one below it, at it."""
    rig = CoachRig(LONG).runs((1, 45, LOW))
    assert (len(rig.times(*CORRECTIONS)), rig.state.attention) == (1, Attention.CORRECTED)
    rig.run(45, 75, LOW)
    assert (len(rig.times(*CORRECTIONS)), rig.state.attention) == (2, Attention.RESTING)


@each_row(("newest_spm", "is_so"), [(139.9, False), (140.0, True), (140.1, True)])
def test_a_run_begins_at_walk_below(newest_spm: float, *, is_so: bool) -> None:
    """Estimate and newest reading, both."""
    state = CoachRig(AT_170).runs((1, 20, IN)).state
    assert is_run(replace(state, cadence_spm=IN, reading_spm=newest_spm)) is is_so
    assert is_run(replace(state, cadence_spm=newest_spm, reading_spm=IN)) is is_so


def test_time_at_an_edge_of_the_band_is_in_it() -> None:
    """Both edges count as in, the next numbers beyond do not."""
    band = band_of(AT_170)
    for spm, is_inside in (
        (band.low_spm, True),
        (below(band.low_spm), False),
        (band.high_spm, True),
        (above(band.high_spm), False),
    ):
        state = CoachRig(AT_170).runs((1, 20, spm)).state
        later = tally_at(state, state.now_r + 1.0)
        assert later.judged_s - state.tally.judged_s == pytest.approx(later.upto_r - state.tally.upto_r)
        assert (later.inside_s > state.tally.inside_s) is is_inside


def test_time_that_is_not_judged_is_not_counted() -> None:
    """A second with a silent sensor, of a walk, in a stop for pain, or no time at all adds nothing."""
    rig = CoachRig(AT_170).runs((1, 20, IN))
    state, now_r = rig.state, rig.state.now_r
    counted = tally_at(state, now_r)
    assert tally_at(state, now_r + 1.0).judged_s == pytest.approx(counted.judged_s + 1.0)
    assert tally_at(state, now_r - 1.0).judged_s == state.tally.judged_s
    for other in (
        replace(state, feet=Feet.STALE),
        replace(state, reading_spm=115.0),
        replace(state, cadence_spm=115.0),
        replace(state, speeds=replace(state.speeds, is_off=True)),
    ):
        assert tally_at(other, now_r + 1.0) == replace(state.tally, upto_r=now_r + 1.0)


@each_row(("later_s", "counted_s"), [(2.9, 2.9), (3.0, 3.0), (3.1, 3.0)])
def test_an_estimate_counts_for_three_seconds(later_s: float, counted_s: float) -> None:
    """Then nobody knows."""
    state = CoachRig(AT_170).runs((1, 20, IN)).state
    state = replace(state, tally=tally_at(state, state.now_r))
    assert tally_at(state, state.now_r + later_s).judged_s == pytest.approx(state.tally.judged_s + counted_s)


@each_row(("duration_s", "is_told"), [(43.9, False), (44.0, True), (44.1, True)])
def test_a_correction_comes_up_to_the_closing_of_a_stage(duration_s: float, *, is_told: bool) -> None:
    """Due at 39 s, and the last 5 s are the countdown's: at their beginning it is given."""
    rig = CoachRig(replace(AT_170, duration_s=duration_s), STAGE).runs((1, 44, LOW))
    assert bool(rig.times(*CORRECTIONS)) is is_told


def test_the_calm_leaves_out_what_was_not_judged() -> None:
    """Back at 41 s, walking from 60 to 100 s, settled at 130 s: the calm counts from 70 s later."""
    rig = CoachRig(AT_170).runs((1, 41, LOW), (41, 60, IN)).feet(60.0, Feet.WALKING)
    assert rig.state.corrections.calm_from_r == 41.0
    rig.feet(100.0, Feet.LIVE).run(100, 132, IN)
    assert rig.state.corrections.calm_from_r == 41.0 + 70.0

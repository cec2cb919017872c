from collections.abc import Iterable

import numpy as np
import pytest
from each_row import each_row
from numpy.typing import NDArray

from cadencecoach.gait.hearing.onsets import FRAMES_HZ
from cadencecoach.gait.hearing.rhythm import (
    FEWEST_STEPS,
    MOST_NOTES,
    WINDOW_S,
    Rhythm,
    grid_scatter_s,
    onsets_of,
    rhythm_of,
    step_frames,
)
from cadencecoach.gait.hearing.verdict import Unheard

N = round(WINDOW_S * FRAMES_HZ)
PULSE = np.array([0.3, 0.8, 1.0, 0.6, 0.2])


def strengths_at(times_s: Iterable[float], noise: float = 0.1) -> NDArray[np.float64]:
    """Onset strength with a pulse at each time."""
    rng = np.random.default_rng(5)
    values = noise * rng.random(N + 8)
    for one in times_s:
        at = round(one * FRAMES_HZ)
        if 0 <= at < N:
            values[at : at + 5] += PULSE
    return values[:N]


def steps(spm: float, jitter_s: float = 0.007) -> NDArray[np.float64]:
    """Times of steps that are uneven as a runner's are."""
    rng = np.random.default_rng(8)
    return np.cumsum(60 / spm + jitter_s * rng.standard_normal(40))


def judged(times_s: Iterable[float], notes: float = 0.0) -> Rhythm:
    """What they come to."""
    return rhythm_of(strengths_at(times_s), notes)


@each_row("spm", [125.0, 150.0, 168.0, 190.0, 210.0])
def test_uneven_steps_are_told(spm: float) -> None:
    """Over the whole range of runners, to within two steps a minute."""
    heard = judged(steps(spm))
    assert heard.unheard is None
    assert heard.cadence_spm == pytest.approx(spm, abs=2.5)


def test_where_the_pace_changes_what_is_told_is_the_newest_seconds_mean() -> None:
    """The comb would jump to the new pace as soon as most of its seconds have it, and be off both."""
    every_s = np.repeat([60 / 162, 60 / 174], [6, 11])
    at_s = 0.1 + np.cumsum(every_s) + 0.005 * np.random.default_rng(3).standard_normal(len(every_s))
    newest = at_s[at_s > 1.0]
    assert judged(at_s).cadence_spm == pytest.approx(60 * (len(newest) - 1) / (newest[-1] - newest[0]), abs=1.0)


def test_steps_are_counted_only_where_each_onset_is_plainly_one() -> None:
    """A missed step is none lost; an onset between two steps, too few onsets or mostly missed ones are not counted."""
    even = np.linspace(3.0, 913.0, 14)  # 70 frames apart
    assert step_frames(even, 72.0) == pytest.approx(70.0)
    assert step_frames(even + np.tile([0.0, 6.0], 7), 70.0) == pytest.approx(70.0)
    assert step_frames(np.delete(even, [4, 9]), 72.0) == pytest.approx(70.0)
    assert step_frames(np.sort(np.append(even, even[5] + 40.0)), 70.0) is None
    assert step_frames(even[:7], 70.0) is None
    assert step_frames(np.delete(np.linspace(0.0, 1750.0, 26), range(1, 25, 2)), 70.0) is None
    assert step_frames(np.array([]), 70.0) is None


def test_a_beat_more_exact_than_a_runner_is_none() -> None:
    """A metronome beside the treadmill, or a drum machine."""
    assert judged(0.2 + np.arange(20) * 0.355).unheard is Unheard.EXACT


def test_two_drums_in_turn_are_exact_in_pairs() -> None:
    """One of them is heard a little later than the other."""
    at = 0.2 + np.arange(18) * 0.355
    at[1::2] += 0.012
    assert judged(at).unheard is Unheard.EXACT


def test_what_repeats_within_a_step_is_a_machine() -> None:
    """A roller that turns four times in what could be a step."""
    assert judged(np.arange(80) * 0.09).unheard in {Unheard.MACHINE, Unheard.NO_RHYTHM}


def test_bangs_at_random_are_no_rhythm() -> None:
    """Though there are as many as steps."""
    rng = np.random.default_rng(2)
    assert judged(np.sort(rng.uniform(0, WINDOW_S, 19))).unheard is Unheard.NO_RHYTHM


def test_a_belts_seam_is_not_three_steps() -> None:
    """Once in 1.08 s, which is three steps at 167: the first tooth of the comb is missing."""
    assert judged(0.1 + np.arange(7) * 1.08).unheard in {Unheard.NO_RHYTHM, Unheard.MACHINE}


def test_held_notes_make_it_silent() -> None:
    """At the most that may be held it speaks, above it does not."""
    assert judged(steps(168), MOST_NOTES).unheard is None
    assert judged(steps(168), MOST_NOTES + 0.01).unheard is Unheard.NOTES


def test_nothing_is_told_while_the_pace_changes() -> None:
    """The newer part must say the same as the whole."""
    slow = steps(150)
    slow = slow[slow < 4.2]
    both = np.concatenate((slow, slow[-1] + steps(180)))
    assert judged(both).unheard is not None


@each_row("values", [np.zeros(N), np.full(N, np.nan), np.ones(N)], ids=["zeros", "no numbers", "ones"])
def test_what_is_no_sound_is_no_rhythm(values: NDArray[np.float64]) -> None:
    """A gap of zeros, and what arithmetic makes of one."""
    with np.errstate(invalid="ignore"):
        assert rhythm_of(values, 0.0).unheard is Unheard.NO_RHYTHM


def test_an_onset_is_found_between_two_frames() -> None:
    """To a part of one: the scatter of intervals is measured with it."""
    values = np.zeros(N)
    values[100:103] = (0.5, 1.0, 0.75)
    at, heights = onsets_of(values)
    assert at[0] == pytest.approx(101.17, abs=0.01)
    assert heights[0] == 1.0


def test_too_few_onsets_tell_no_scatter() -> None:
    """Ten are needed."""
    assert grid_scatter_s(70.0 * np.arange(FEWEST_STEPS, dtype=np.float64), 70.0) == pytest.approx(0.0, abs=1e-9)
    assert grid_scatter_s(70.0 * np.arange(FEWEST_STEPS - 1, dtype=np.float64), 70.0) == np.inf


def test_a_machine_keeps_to_its_grid_and_a_runner_wanders_off() -> None:
    """In the machine's beat one is left out, another sound is among them, and the snare is late."""
    rng = np.random.default_rng(4)
    off = 0.3 * rng.standard_normal(32)
    machine = 70.0 * np.arange(32) + off
    machine[1::2] += 3.0
    machine = np.sort(np.append(np.delete(machine, 9), 70.0 * 20 + 31.0))
    runner = np.asarray(70.0 * np.arange(32) + np.cumsum(1.4 * rng.standard_normal(32)), dtype=np.float64)
    assert grid_scatter_s(machine, 70.0) < 0.003 < grid_scatter_s(runner, 70.0)


def test_onsets_that_mostly_keep_to_no_beat_are_no_machine() -> None:
    """Two thirds must."""
    rng = np.random.default_rng(4)
    assert grid_scatter_s(np.sort(rng.uniform(0.0, 70.0 * 32, 32)), 70.0) > 0.01

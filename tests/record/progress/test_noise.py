"""How much of a change is noise: by hand, against numpy, and against many simulated runners."""

import random

import numpy as np
import pytest
from each_row import each_row

from cadencecoach.record.progress.noise import (
    LEAST_CV_RATIO,
    USUAL_CV_RATIO,
    Noise,
    Run,
    change_between,
    mdc95_ratio,
    own_noise,
)


@each_row(("n", "want_percent"), [(1, 6.4), (2, 4.5), (4, 3.2)])
def test_the_usual_runner(n: int, want_percent: float) -> None:
    """2.77 CV / sqrt(n) at 2.3 %: the figures of the literature for 1, 2 and 4 runs on each side."""
    assert 100 * mdc95_ratio(USUAL_CV_RATIO, n_before=n, n_after=n) == pytest.approx(want_percent, abs=0.05)
    assert mdc95_ratio(0.023, n_before=n, n_after=n) == pytest.approx(2.77 * 0.023 / n**0.5, rel=1e-3)


def test_unequal_sides() -> None:
    """One run against four: 1.96 CV sqrt(1 + 1/4)."""
    assert mdc95_ratio(0.02, n_before=1, n_after=4) == pytest.approx(1.96 * 0.02 * 1.25**0.5)


def runs(*cadences: float, target_spm: float | None = None) -> list[Run]:
    """Runs with one target."""
    return [Run(cadence_spm=spm, target_spm=target_spm) for spm in cadences]


def test_own_noise_by_hand() -> None:
    """Differences 4, 4, 4, 4: variance 16/2, SD 2.83 spm."""
    noise = own_noise(runs(160.0, 164.0, 160.0, 164.0, 160.0))
    assert noise.cv_ratio == pytest.approx(8**0.5 / 162)
    assert (noise.n_pairs, noise.is_own) == (4, True)


def test_few_runs_have_the_usual_noise() -> None:
    """Three differences say too little."""
    assert own_noise(runs(160.0, 164.0, 160.0, 164.0)) == Noise()
    assert not Noise().is_own


def test_runs_that_agree_by_chance_are_not_without_noise() -> None:
    """There is a least."""
    assert own_noise(runs(*[165.0] * 9)).cv_ratio == LEAST_CV_RATIO


def test_a_new_target_is_no_noise() -> None:
    """The step from one rung to the next is left out, and a slow rise hardly counts."""
    ladder = [*runs(*[160.0, 164.0] * 3, target_spm=160.0), *runs(*[168.0, 172.0] * 3, target_spm=168.0)]
    assert own_noise(ladder).cv_ratio == pytest.approx(8**0.5 / 166)
    assert own_noise(ladder).n_pairs == 10
    assert own_noise([*runs(160.0), *runs(170.0, target_spm=170.0)] * 4) == Noise()


def test_own_noise_is_the_spread_of_a_runner_who_also_improves() -> None:
    """A thousand runs with a SD of 3 and a rise of 10 spm: 3 is found, where the plain spread would be 4.2."""
    chance = random.Random(4)  # noqa: S311  # no secret
    noise = own_noise(runs(*(160 + n / 100 + chance.gauss(0, 3) for n in range(1000))))
    assert noise.cv_ratio * 165 == pytest.approx(3.0, rel=0.06)


def test_chance_is_called_progress_once_in_twenty() -> None:
    """Runners who do not change at all: with their own CV the change exceeds the MDC95 in 5 % of cases."""
    chance = np.random.default_rng(7)
    noise = Noise(cv_ratio=0.023, n_pairs=9)
    n_false = 0
    for sample in chance.normal(165, 0.023 * 165, size=(4000, 5)):
        change = change_between(runs(*sample[:2]), runs(*sample[2:]), noise)
        n_false += change is not None and change.is_beyond_noise
    assert n_false / 4000 == pytest.approx(0.05, abs=0.01)


def test_a_change_by_hand() -> None:
    """From 160 to 168 in two runs each: 8 spm, 5 %, against 7.2 spm."""
    change = change_between(runs(159.0, 161.0), runs(167.0, 169.0), Noise())
    assert change is not None
    assert (change.change_spm, change.change_ratio, change.is_beyond_noise) == (8.0, 0.05, True)
    assert change.mdc_spm == pytest.approx(1.96 * 0.023 * 160)
    assert change_between([], runs(160.0), Noise()) is None
    assert change_between(runs(160.0), [], Noise()) is None

"""Is somebody stepping, and how often: the rhythm of a few seconds of acceleration.

The idea: a body in motion repeats itself after a stride, wherever the sensor sits; and the length of the acceleration
vector repeats itself after a step, because both feet push. So a step interval is believed as far as the whole vector
is alike one stride apart and its length, or the vector, one step apart. Plain autocorrelation cannot tell a step from
a stride: it is right in 73 to 82 % of cases where a rule that asks for both reaches 99 % (Sylvester's criterion,
see docs/steps.md). What remains open is a factor of two, which is settled by how hard the body moves: nobody steps
80 times a minute at the accelerations of running, and nobody 220 times at those of walking.
"""

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from cadencecoach.gait.steps.resampled import GRID_HZ
from cadencecoach.units import MAX_CADENCE_SPM, SECONDS_PER_MINUTE

Floats = NDArray[np.float64]

WINDOW_S = 3.2  # two strides of a slow walk and a bit; more would be late, less would be guessing
N_WINDOW = int(WINDOW_S * GRID_HZ)

MIN_SPM = 66.0
CANDIDATES_SPM: Floats = np.geomspace(MIN_SPM, MAX_CADENCE_SPM, 160)
_STEP_LAGS: Floats = SECONDS_PER_MINUTE / CANDIDATES_SPM * GRID_HZ
_LOG2_SPM: Floats = np.log2(CANDIDATES_SPM)
_MAX_LAG = math.ceil(2 * _STEP_LAGS[0]) + 1

STRIDE_WEIGHT, STEP_WEIGHT = 0.6, 0.4  # a foot feels strides only; a trunk feels both

WALK_SPM, RUN_SPM = 108.0, 168.0  # in the middle of what people walk and run
SPREAD_OCTAVES = 0.5
WALKS_BELOW_G, RUNS_ABOVE_G = 0.3, 0.65  # at trunk and wrist; recorded: walks 0.2-0.55, runs 0.85-1.1
UNLIKE = 0.2  # a movement no longer like itself: it has gone on
SOONER = 0.75  # of a stride: what comes again before that is a stride itself, or a step
SURE = 6  # the exponent: 20 % more than the bound is three to one
HARDEST_G = 0.43  # at 66 a minute: a trunk that steps as often moves by 0.2 g, a foot or arm that swings by 0.7 g

_SMOOTHING: Floats = np.hanning(7)[1:-1] / np.hanning(7).sum()  # over 0.1 s: impacts are no rhythm

_QUIET_S = 0.2
_QUIET_SHARE_OF_RANGE = 0.06


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """The most likely rhythm of a window.

    Attributes:
        cadence_spm: steps a minute
        strength: how well the window repeats itself by it, 0 to 1
        level_g: how hard the body moves, root mean square
        step_likeness: how alike two steps are, -1 to 1; low where one foot or one arm is felt
        vector_likeness: the same with directions; below 0 where something swings to and fro
        quiet: part of the time in which nothing moves; a foot on the ground
        crest: largest value by root mean square of the vector's length
    """

    cadence_spm: float
    strength: float
    level_g: float
    step_likeness: float
    vector_likeness: float
    quiet: float
    crest: float


def rhythm_of(window: Floats) -> Rhythm:
    """The rhythm of a window.

    Args:
        window: shape (n, 4): x, y, z and their length in g, at GRID_HZ, at least two seconds
    """
    moved = _detrend(window)
    smooth = np.array([np.convolve(column, _SMOOTHING, "same") for column in moved.T])
    squares = smooth * smooth
    of_vector = squares[0] + squares[1] + squares[2]
    level_g = math.sqrt(float(of_vector.mean()))
    vector, length = _likenesses(smooth, (of_vector, squares[3]))
    stride, vector_step = _at(vector, 2 * _STEP_LAGS), _at(vector, _STEP_LAGS)
    step = np.maximum(_at(length, _STEP_LAGS), vector_step)
    believed = _as_trunk(stride, step, level_g), _as_limb(stride, _sooner(vector), level_g)
    best = int(np.argmax(np.maximum(*(one.likely for one in believed))))
    return Rhythm(
        cadence_spm=float(CANDIDATES_SPM[best]),
        strength=float(max(believed, key=lambda one: one.likely[best]).evidence[best]),
        level_g=level_g,
        step_likeness=float(step[best]),
        vector_likeness=float(vector_step[best]),
        quiet=_quiet(window[:, :3]),
        crest=float(np.abs(moved[:, 3]).max() / (moved[:, 3].std() + 1e-9)),
    )


@dataclass(frozen=True, slots=True)
class _Believed:
    """How far each candidate is believed.

    Attributes:
        evidence: by how the window repeats itself, 0 to 1
        likely: the same, by how likely it is for somebody who moves this hard
    """

    evidence: Floats
    likely: Floats


def _as_trunk(stride: Floats, step: Floats, level_g: float) -> _Believed:
    """Believed where both feet are felt: what comes again after a step and after a stride."""
    evidence = STRIDE_WEIGHT * np.maximum(stride, 0.0) + STEP_WEIGHT * np.maximum(step, 0.0)
    return _Believed(evidence, evidence * _likelihood(level_g) * (1 - _too_hard(level_g, _STEPS)))


def _as_limb(stride: Floats, sooner: Floats, level_g: float) -> _Believed:
    """Believed where one foot or one arm is felt: what comes again after a stride, and not sooner."""
    evidence = np.maximum(stride, 0.0) * (1 - np.maximum(sooner, 0.0))
    return _Believed(evidence, evidence * _too_hard(level_g, _STRIDES))


def _sooner(vector: Floats) -> Floats:
    """How alike the vector is, at most, a shorter time apart than each candidate's stride, once it has been unlike."""
    unlike = int(np.argmax(vector < UNLIKE)) if vector.min() < UNLIKE else 0
    highest = np.maximum.accumulate(np.concatenate([np.zeros(unlike), vector[unlike:]]))
    return _at(highest, SOONER * 2 * _STEP_LAGS)


@dataclass(frozen=True, slots=True)
class _Steps:
    """What is known of steps that come so often, before anything is heard of them: five looks a second need it.

    Attributes:
        bound_g: the hardest they can be
        could_be_stride: whether both feet together would come no more often than anybody steps
    """

    bound_g: Floats
    could_be_stride: NDArray[np.bool_]


def _steps_of(steps_spm: Floats) -> _Steps:
    return _Steps(hardest_step_g(steps_spm), 2 * steps_spm <= MAX_CADENCE_SPM)


def _too_hard(level_g: float, steps: _Steps) -> Floats:
    """From 0 to 1: how sure it is that what comes so often a minute, this hard, is not a step but a stride."""
    return np.where(steps.could_be_stride, 1 / (1 + (steps.bound_g / max(level_g, 1e-9)) ** SURE), 0.0)


def hardest_step_g(steps_spm: Floats) -> Floats:
    """The level between a trunk that steps so often a minute, and an arm or a foot that swings as often.

    Whoever moves over the same distance twice as often moves four times as hard.
    """
    return np.asarray(HARDEST_G * (steps_spm / MIN_SPM) ** 2)


_STEPS, _STRIDES = _steps_of(CANDIDATES_SPM), _steps_of(CANDIDATES_SPM / 2)


def _likelihood(level_g: float) -> Floats:
    """How likely each candidate is for somebody who moves this hard: a bell over the logarithm of the cadence."""
    run = min(max((level_g - WALKS_BELOW_G) / (RUNS_ABOVE_G - WALKS_BELOW_G), 0.0), 1.0)
    centre = (1 - run) * math.log2(WALK_SPM) + run * math.log2(RUN_SPM)
    return np.asarray(np.exp(-0.5 * ((_LOG2_SPM - centre) / SPREAD_OCTAVES) ** 2))


def _at(likeness: Floats, lags: Floats) -> Floats:
    """Likeness between the values of the grid."""
    return np.asarray(np.interp(lags, np.arange(len(likeness)), likeness))


def _detrend(window: Floats) -> Floats:
    """Without the mean and a straight line: gravity, and a sensor that turns slowly."""
    centred = window - window.mean(axis=0)
    line, energy = _line(len(window))
    return np.asarray(centred - line * (centred * line).sum(axis=0) / energy)


@lru_cache(maxsize=N_WINDOW)  # as many lengths as there are
def _line(n: int) -> tuple[Floats, float]:
    """A straight line over so many values, and its energy."""
    line = np.linspace(-1.0, 1.0, n)[:, np.newaxis]
    return line, float((line * line).sum())


def _likenesses(smooth: Floats, squares: tuple[Floats, Floats]) -> list[Floats]:
    """Correlation of the vector with itself by lag, and of its length, by the energy of the parts compared.

    Args:
        smooth: shape (4, n): x, y, z and their length
        squares: of the vector and of the length, shape (n,)
    """
    n = smooth.shape[1]
    size = 1 << (2 * n - 1).bit_length()
    n_lags = min(_MAX_LAG, n - 1) + 1
    spectrum = np.fft.rfft(smooth, size)
    powers = spectrum * spectrum.conj()
    both = np.fft.irfft(np.array([powers[0] + powers[1] + powers[2], powers[3]]), size)[:, :n_lags]
    return [_by_energy(products, energy) for products, energy in zip(both, squares, strict=True)]


def _by_energy(products: Floats, squares: Floats) -> Floats:
    """Each product by the energy of the parts that are compared at its lag; 0 of silence."""
    energy = np.concatenate([[0.0], np.cumsum(squares)])
    scale = np.sqrt(energy[::-1][: len(products)] * (energy[-1] - energy[: len(products)]))
    return np.asarray(np.divide(products, scale, out=np.zeros_like(products), where=scale > 1e-9))  # noqa: PLR2004


def _quiet(vector: Floats) -> float:
    """Part of the time in which the vector hardly changes over 0.2 s, measured by how much it changes in all."""
    n, columns = int(_QUIET_S * GRID_HZ), vector.T.copy()
    changes = (_over(n, columns, np.maximum) - _over(n, columns, np.minimum))[:, ::3].max(axis=0)
    whole = float((columns.max(axis=1) - columns.min(axis=1)).max())
    return float((changes < _QUIET_SHARE_OF_RANGE * whole).mean())


def _over(n: int, values: Floats, extreme: np.ufunc) -> Floats:
    """The largest or smallest of each n values that follow each other: of two, of four, and so on."""
    length = 1
    while 2 * length <= n:
        values = extreme(values[:, :-length], values[:, length:])
        length *= 2
    return np.asarray(extreme(values[:, : values.shape[1] - n + length], values[:, n - length :]))

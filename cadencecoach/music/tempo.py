"""How fast a song goes at each moment: the period whose multiples its onsets repeat at.

A comb over the autocorrelation of windows, and the smoothest way through them (Viterbi), so that a slow drift is
followed and a break without drums is bridged.
"""

import numpy as np
from numpy.typing import NDArray

from cadencecoach.music.onsets import RATE_HZ
from cadencecoach.units import SECONDS_PER_MINUTE

WINDOW, HOP = 1024, 256  # rises: windows of 10 s, one each 2.6 s
MULTIPLES = ((1, 1.0), (2, 1.0), (3, 0.6), (4, 1.0), (6, 0.6), (8, 1.0))  # of a beat, and their weights
STEP = 0.004  # from one tempo that is tried to the next, as a part of it
SLOWEST_SPM, FASTEST_SPM = 100.0, 200.0  # one octave: every tempo is in it, or its half or double is
N_NEAR = 30  # steps about the song's own tempo that it may drift by: 12 %
DRIFT_COST = 0.02  # of one step from one window to the next
LOCAL_S = 1.0  # rises are told from the mean about them
MOST_RISE = 10.0  # no single crash counts for more


def even_rises(rises: NDArray[np.float32]) -> NDArray[np.float32]:
    """Rises above the mean about them, in units of their own spread: quiet parts count as loud ones."""
    n_local = int(LOCAL_S * RATE_HZ)
    above = np.maximum(rises - _mean_about(rises, n_local), 0)
    spread = np.sqrt(_mean_about(above**2, 8 * n_local))
    even = np.minimum(above / np.maximum(spread, spread.max(initial=0) * 0.05 + 1e-9), MOST_RISE)
    return np.asarray(even, np.float32)


def _mean_about(values: NDArray[np.float32], n_about: int) -> NDArray[np.float64]:
    """The mean of as many values about each of them; past the ends there is nothing."""
    sums = np.cumsum(np.pad(values.astype(np.float64), (n_about // 2 + 1, n_about - n_about // 2 - 1)))
    return np.asarray(np.maximum(sums[n_about:] - sums[:-n_about], 0) / n_about)


def periods_of(rises: NDArray[np.float32], near_spm: float = 0.0) -> tuple[NDArray[np.float64], float]:
    """The period in rises, at each of them, and how clear the beat is, 0 to 1.

    Args:
        rises: of `even_rises`
        near_spm: a tempo known from somewhere else, such as taps; 0 tries one octave
    """
    correlations = _correlations(rises)
    if near_spm:
        middle_spm = near_spm
    else:
        tempos = SLOWEST_SPM * np.exp(np.arange(0, np.log(FASTEST_SPM / SLOWEST_SPM), STEP))
        middle_spm = float(tempos[np.argmax(_comb(correlations, tempos).mean(axis=0))])
    n_near = 10 if near_spm else N_NEAR
    tempos = middle_spm * np.exp(STEP * np.arange(-n_near, n_near + 1))
    scores = _comb(correlations, tempos)
    path = _smoothest_path(scores)
    middles = np.arange(len(scores)) * HOP + min(WINDOW, len(rises)) / 2
    periods = RATE_HZ * SECONDS_PER_MINUTE / tempos[path]
    clear = float(scores[np.arange(len(path)), path].mean())
    return np.interp(np.arange(len(rises)), middles, periods), clear


def _correlations(rises: NDArray[np.float32]) -> NDArray[np.float64]:
    """The autocorrelation of each window, 1 at no lag, told from its own mean."""
    if len(rises) < WINDOW:
        rises = np.pad(rises, (0, WINDOW - len(rises)))
    windows = np.lib.stride_tricks.sliding_window_view(rises, WINDOW)[::HOP].astype(np.float64)
    windows = windows - windows.mean(axis=1, keepdims=True)
    spectra = np.fft.rfft(windows, 2 * WINDOW, axis=1)
    raw = np.fft.irfft(np.abs(spectra) ** 2, axis=1)[:, :WINDOW]
    few = WINDOW / np.maximum(WINDOW - np.arange(WINDOW), WINDOW / 4)
    return np.asarray(raw * few / np.maximum(raw[:, :1], 1e-9))


def _comb(correlations: NDArray[np.float64], tempos_spm: NDArray[np.float64]) -> NDArray[np.float64]:
    """The mean correlation at the multiples of each tempo's period, shape (windows, tempos)."""
    periods = RATE_HZ * SECONDS_PER_MINUTE / tempos_spm
    smooth = (correlations[:, :-2] + 2 * correlations[:, 1:-1] + correlations[:, 2:]) / 4
    total = np.zeros((len(correlations), len(periods)))
    for multiple, weight in MULTIPLES:
        lags = np.clip(periods * multiple - 1, 0, smooth.shape[1] - 2)
        whole = lags.astype(int)
        part = lags - whole
        total += weight * (smooth[:, whole] * (1 - part) + smooth[:, whole + 1] * part)
    return np.asarray(total / sum(weight for _, weight in MULTIPLES))


def _smoothest_path(scores: NDArray[np.float64]) -> NDArray[np.int64]:
    """For each window the tempo on the way of the highest sum, where each step between tempos costs."""
    n_tempos = scores.shape[1]
    cost = DRIFT_COST * np.abs(np.subtract.outer(np.arange(n_tempos), np.arange(n_tempos)))
    best, back = scores[0], np.zeros(scores.shape, np.int64)
    for window in range(1, len(scores)):
        ways = best[:, None] - cost
        back[window] = ways.argmax(axis=0)
        best = ways.max(axis=0) + scores[window]
    path = [int(best.argmax())]
    for window in range(len(scores) - 1, 0, -1):
        path.append(int(back[window, path[-1]]))
    return np.array(path[::-1])

"""Integrated loudness of a song as ITU-R BS.1770-4 measures it, block by block.

The two filters (K-weighting) are their own impulse response, convolved by FFT: it fades by 100 dB within a fifth of a
second. Their numbers are told from the rate as in the standard's own filter at 48 kHz.
"""

import math
from collections.abc import Callable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

STEP_S = 0.1  # blocks of 0.4 s begin so far apart
N_STEPS = 4  # in a block
RESPONSE_S = 0.2
ABSOLUTE_LUFS = -70.0
PEAKS_SHARE = 0.99  # of the steps are no louder than what is taken for the peaks: one cough is left to the limiter
RELATIVE_LU = -10.0
OFFSET_LUFS = -0.691
SILENCE_LUFS = -math.inf
SURROUND = 1.41  # weight of a channel behind the listener
# By the number of channels: left, right, middle, low effects (not counted), behind. Others count as in front.
WEIGHTS = {
    4: (1.0, 1.0, SURROUND, SURROUND),
    5: (1.0, 1.0, 1.0, SURROUND, SURROUND),
    6: (1.0, 1.0, 1.0, 0.0, SURROUND, SURROUND),
    7: (1.0, 1.0, 1.0, 0.0, SURROUND, SURROUND, SURROUND),
    8: (1.0, 1.0, 1.0, 0.0, SURROUND, SURROUND, SURROUND, SURROUND),
}


class LoudnessMeter:
    """Takes a song's sound block by block, and keeps two numbers for each tenth of a second."""

    def __init__(self, fs_hz: int, n_channels: int) -> None:
        """Begin before the first frame, of sound with so many channels."""
        self._weights = np.array(WEIGHTS.get(n_channels, (1.0,) * n_channels), np.float32)
        self._response = _response(fs_hz)
        n_step = round(STEP_S * fs_hz)
        n_response = len(self._response)
        self._n_fft = 1 << (8 * n_response - 1).bit_length()
        self._spectrum = np.fft.rfft(self._response, self._n_fft).astype(np.complex64)
        self._tail = np.zeros((n_channels, n_response - 1), np.float32)
        self._powers, self._peaks = _Steps(n_step, _mean_of), _Steps(n_step, _peak_of)

    def add(self, block: NDArray[np.float32]) -> None:
        """Take the next frames, shape (frames, channels)."""
        self._peaks.add(np.abs(block).max(axis=1))
        n_new = self._n_fft - self._tail.shape[1]
        for first in range(0, len(block), n_new):
            sound = np.concatenate((self._tail, block[first : first + n_new].T), axis=1)
            n_before = self._tail.shape[1]
            heard = np.fft.irfft(np.fft.rfft(sound, self._n_fft, axis=1) * self._spectrum, self._n_fft, axis=1)
            heard = heard[:, n_before : sound.shape[1]]
            self._tail = sound[:, sound.shape[1] - n_before :]
            self._powers.add(np.asarray(self._weights @ (heard * heard), np.float32))

    def lufs(self) -> float:
        """The loudness of all frames so far; minus infinity for silence, or less than 0.4 s of sound."""
        steps = self._powers.numbers
        if len(steps) < N_STEPS:
            return SILENCE_LUFS
        blocks = np.convolve(steps, np.ones(N_STEPS) / N_STEPS, "valid")
        loud = blocks[blocks > _power_of(ABSOLUTE_LUFS)]
        if not len(loud):
            return SILENCE_LUFS
        gated = loud[loud > loud.mean() * 10 ** (RELATIVE_LU / 10)]
        return OFFSET_LUFS + 10 * math.log10(gated.mean())

    def crest_db(self) -> float:
        """How far the peaks stand above the loudness, in dB; minus infinity for silence."""
        lufs = self.lufs()
        if lufs == SILENCE_LUFS:
            return -math.inf
        peak = float(np.quantile(self._peaks.numbers, PEAKS_SHARE))
        return 20 * math.log10(peak) - lufs if peak else -math.inf


class _Steps:
    """A number for each tenth of a second of frames that come in blocks of any size."""

    def __init__(self, n_step: int, number_of: Callable[[NDArray[np.float32]], NDArray[np.float64]]) -> None:
        """Begin before the first frame.

        Args:
            n_step: frames in a step
            number_of: makes numbers of frames, shape (steps, n_step)
        """
        self._n_step, self._number_of = n_step, number_of
        self._rest = np.zeros(0, np.float32)
        self._numbers = list[NDArray[np.float64]]()

    @property
    def numbers(self) -> NDArray[np.float64]:
        """Of all steps that are whole."""
        return np.concatenate(self._numbers) if self._numbers else np.zeros(0)

    def add(self, frames: NDArray[np.float32]) -> None:
        """Take the next frames."""
        whole = np.concatenate((self._rest, frames))
        n_steps = len(whole) // self._n_step
        if n_steps:
            self._numbers.append(self._number_of(whole[: n_steps * self._n_step].reshape(n_steps, self._n_step)))
        self._rest = whole[n_steps * self._n_step :]


def _mean_of(steps: NDArray[np.float32]) -> NDArray[np.float64]:
    return np.asarray(steps.mean(axis=1, dtype=np.float64))


def _peak_of(steps: NDArray[np.float32]) -> NDArray[np.float64]:
    return np.asarray(steps.max(axis=1), np.float64)


def _power_of(lufs: float) -> float:
    return float(10 ** ((lufs - OFFSET_LUFS) / 10))


@lru_cache(maxsize=8)
def _response(fs_hz: int) -> NDArray[np.float64]:
    """What both filters make of a single 1 at a rate."""
    pulse = [1.0] + [0.0] * (round(RESPONSE_S * fs_hz) - 1)
    return np.array(_filter(_filter(pulse, *_shelf(fs_hz)), *_high_pass(fs_hz)))


def _shelf(fs_hz: int) -> tuple[tuple[float, float, float], tuple[float, float]]:
    """The first filter: what a head adds, 4 dB above 2 kHz."""
    k = math.tan(math.pi * min(1681.974450955533 / fs_hz, 0.49))
    q, high = 0.7071752369554196, 10 ** (3.999843853973347 / 20)
    band = high**0.4996667741545416
    a0 = 1 + k / q + k * k
    b = ((high + band * k / q + k * k) / a0, 2 * (k * k - high) / a0, (high - band * k / q + k * k) / a0)
    return b, (2 * (k * k - 1) / a0, (1 - k / q + k * k) / a0)


def _high_pass(fs_hz: int) -> tuple[tuple[float, float, float], tuple[float, float]]:
    """The second filter: bass below 38 Hz is not loud."""
    k = math.tan(math.pi * 38.13547087602444 / fs_hz)
    q = 0.5003270373238773
    a0 = 1 + k / q + k * k
    return (1.0, -2.0, 1.0), (2 * (k * k - 1) / a0, (1 - k / q + k * k) / a0)


def _filter(sound: list[float], b: tuple[float, float, float], a: tuple[float, float]) -> list[float]:
    """A recursive filter of second order, frame by frame."""
    out = list[float]()
    x1 = x2 = y1 = y2 = 0.0
    for x in sound:
        y = b[0] * x + b[1] * x1 + b[2] * x2 - a[0] * y1 - a[1] * y2
        x1, x2, y1, y2 = x, x1, y, y1
        out.append(y)
    return out

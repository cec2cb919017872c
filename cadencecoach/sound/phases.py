"""Clicks that begin between two samples: the same sound, sampled at shifted moments, made when first needed.

A beat's exact time is seldom a whole frame. Its click begins at the nearest frame, and what is sampled there is the
click as it would sound if it had begun exactly in time. So the first sample still stands within half a frame of the
beat, where anybody can find it, and the waveform behind it within 1/512 of a frame: intervals are exact to 0.1 us.
"""

import numpy as np
from numpy.typing import NDArray

N_PHASES = 256  # a frame at 48 kHz in steps of 0.08 us: the shift is wrong by half of that at most
RUN_UP = 64  # frames of sound continued backwards before the first: what a filter needs to know of the past

Samples = NDArray[np.float32]


class PhasedClip:
    """One clip at any fraction of a frame.

    Threads: one at a time. Real-time safe: no lock, no I/O; the first use of a fraction takes some 50 us.
    """

    __slots__ = ("_made", "_n_frames", "_spectrum", "_whole")

    def __init__(self, clip: Samples) -> None:
        """Keep the clip and its spectrum.

        What came before the clip began is not known. It is continued as its mirror image, which for sounds that begin
        at their crest is smooth, and faded in, so that the shift finds no edge there.
        """
        n_past = min(RUN_UP, len(clip) - 1)
        past = clip[n_past:0:-1] * np.sin(np.linspace(0.0, np.pi / 2, n_past, endpoint=False)) ** 2
        run_up = np.concatenate((np.zeros(RUN_UP - n_past), past))
        self._whole = clip
        self._n_frames = 1 << (RUN_UP + len(clip) + RUN_UP - 1).bit_length()
        self._spectrum = np.fft.rfft(np.concatenate((run_up, clip)), self._n_frames)
        self._made: dict[int, Samples] = {0: clip}

    def at(self, fraction: float) -> Samples:
        """The samples of the clip begun `fraction` of a frame after its first one; same length.

        Args:
            fraction: -0.5 to 0.5; before the first frame is below zero
        """
        phase = round(fraction * N_PHASES)
        if phase not in self._made:
            self._made[phase] = self._shift(phase / N_PHASES)
        return self._made[phase]

    def _shift(self, fraction: float) -> Samples:
        turns = np.exp(-2j * np.pi * fraction * np.arange(len(self._spectrum)) / self._n_frames)
        shifted = np.fft.irfft(self._spectrum * turns, self._n_frames)
        samples = shifted[RUN_UP : RUN_UP + len(self._whole)]
        # The edge itself stays on a whole frame, where it can be found. What that adds or leaves out, `fraction` of the
        # first sample, half a `fraction` away, is made good by the height of the first two: below 10 kHz it moves too.
        samples[:2] += _edge(fraction)[: len(samples)] * samples[0]
        return samples.astype(np.float32)


def _edge(fraction: float) -> NDArray[np.float64]:
    """What the first two samples take so that area and first moment of an edge are those of one moved by `fraction`."""
    return np.array([-fraction + fraction**2 / 2, -(fraction**2) / 2])

"""The power of a sound in narrow bands, frame after frame, and what is usual in each: for both kinds of hearing."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class BandPowers:
    """Turns samples into powers, a row a frame, and keeps the newest.

    Args:
        window: samples of a frame
        hop: samples from one frame to the next
        n_fft: samples of a spectrum, `window` and more
        bands: those of a spectrum that are looked at
        n_kept: frames that are kept beside the newest
    """

    def __init__(self, *, window: int, hop: int, n_fft: int, bands: slice, n_kept: int) -> None:
        """Nothing has been heard."""
        self._hop, self._n_fft, self._bands, self._n_kept = hop, n_fft, bands, n_kept
        self._window = np.hanning(window)
        self._rest: Floats = np.empty(0)
        self.kept: Floats = np.empty((0, bands.stop - bands.start))

    def feed(self, samples: Floats) -> int:
        """Take further samples; how many frames they complete."""
        joined = np.concatenate((self._rest, samples))
        width = len(self._window)
        n = max(0, (len(joined) - width) // self._hop + 1)
        self._rest = joined[n * self._hop :]
        if n:
            at = np.arange(width) + self._hop * np.arange(n)[:, None]
            spectra = np.fft.rfft(joined[at] * self._window, self._n_fft, axis=1)[:, self._bands]
            self.kept = np.concatenate((self.kept, spectra.real**2 + spectra.imag**2))[-self._n_kept - n :]
        return n

    def usual(self, percent: float) -> Floats:
        """Below which power so many percent of the frames of each band lie."""
        usual: Floats = np.percentile(self.kept, percent, axis=0)
        return usual

"""What a measured beat comes to, from the samples that left the audio process and what its callbacks noted.

Onsets are found in the samples alone: the first frame that is not silent, then the shift of the known click that fits
what follows best, in the sense of least squares. Nothing is asked of the engine that made them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from cadencecoach.sound.phases import PhasedClip
from cadencecoach.timebase import ClockMap
from cadencecoach.units import frame_at, step_interval_s

QUIET_S = 0.1  # between the end of one click and the next
SKIPPED_FRAMES = 8  # the edge of a click stands on a whole frame, what follows does not
FITTED_FRAMES = 600
N_ROUNDS = 5
SLOPE_FRAMES = 1 / 64

Samples = NDArray[np.float32]


class Callback(Protocol):
    """What one callback noted: see `devices.audio_wire.CallbackRow`."""

    first_frame: int
    n_frames: int
    slip_frames: int
    called_s: float
    busy_s: float
    heard_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """How something was distributed."""

    median: float
    p99: float
    worst: float

    @classmethod
    def of(cls, values: NDArray[np.float64]) -> "Spread":
        """Of at least one value."""
        median, p99 = np.percentile(values, [50, 99])
        return cls(median=float(median), p99=float(p99), worst=float(values.max()))


@dataclass(frozen=True, slots=True, kw_only=True)
class BeatFigures:
    """The beat against the tempo asked for, counted on the card's own clock.

    Attributes:
        n_intervals: measured
        sd_us, p99_us, worst_us: of interval minus 60 / tempo
        worst_onset_frames: of the first frame of a click against its exact time; 0.5 is the best whole frames allow
        drift_ppm: of the tempo played against the tempo asked for
    """

    n_intervals: int
    sd_us: float
    p99_us: float
    worst_us: float
    worst_onset_frames: float
    drift_ppm: float

    @property
    def worst_samples(self) -> float:
        """The worst interval in samples at 48 kHz."""
        return self.worst_us * 48_000 / 1e6


def onset_frames(samples: Samples, *, fs_hz: int) -> NDArray[np.int64]:
    """First frames of sounds that follow at least 0.1 s of silence."""
    loud, n_quiet = np.flatnonzero(samples), frame_at(QUIET_S, fs_hz)
    return loud[np.diff(loud, prepend=-n_quiet - 1) > n_quiet]


def exact_onsets(samples: Samples, click: Samples, *, fs_hz: int) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Onsets of a known click: the frames they stand on, and their exact places in frames.

    Args:
        samples: shape (n,), nothing but clicks, each of them whole
        click: as it sounds when it begins on a whole frame, at any gain
        fs_hz: frames per second of both
    """
    frames = onset_frames(samples, fs_hz=fs_hz)
    whole = frames[frames + len(click) <= len(samples)]
    shape = PhasedClip(click)
    fractions = [_fraction(samples[frame : frame + len(click)], shape) for frame in whole]
    return whole, whole + np.array(fractions)


def _fraction(heard: Samples, shape: PhasedClip) -> float:
    """By how much of a frame a click begins after its first frame: Gauss and Newton, on gain and shift together."""
    part = slice(SKIPPED_FRAMES, FITTED_FRAMES)
    want = heard[part].astype(np.float64)
    fraction = 0.0
    for _ in range(N_ROUNDS):
        placed = np.clip(round(fraction * 256) / 256, -0.5 + SLOPE_FRAMES, 0.5 - SLOPE_FRAMES)
        slope = (shape.at(placed + SLOPE_FRAMES)[part] - shape.at(placed - SLOPE_FRAMES)[part]) / (2 * SLOPE_FRAMES)
        basis = np.stack((shape.at(placed)[part], slope)).astype(np.float64)
        (gain, moved), *_ = np.linalg.lstsq(basis.T, want, rcond=None)
        fraction = float(placed + moved / gain)
    return fraction


def beat_figures(samples: Samples, click: Samples, *, tempo_spm: float, fs_hz: int) -> BeatFigures | None:
    """Figures of a steady beat; None where fewer than three whole clicks sound."""
    frames, places = exact_onsets(samples, click, fs_hz=fs_hz)
    if len(places) < 3:  # noqa: PLR2004  # two intervals, or there is nothing to compare
        return None
    period_frames = step_interval_s(tempo_spm) * fs_hz
    beats = np.round((places - places[0]) / period_frames)
    errors_us = np.abs(np.diff(places) - np.diff(beats) * period_frames) / fs_hz * 1e6
    slope_frames, _ = np.polyfit(beats - beats.mean(), places, 1)
    exact = places[0] + beats * period_frames
    return BeatFigures(
        n_intervals=len(errors_us),
        sd_us=float(np.std(np.diff(places) - np.diff(beats) * period_frames) / fs_hz * 1e6),
        p99_us=float(np.percentile(errors_us, 99)),
        worst_us=float(errors_us.max()),
        worst_onset_frames=float(np.abs(frames - exact).max()),
        drift_ppm=float((slope_frames / period_frames - 1) * 1e6),
    )


def load_percent(callbacks: Sequence[Callback], fs_hz: int) -> Spread:
    """How much of the time a block lasts was taken to make it."""
    return Spread.of(np.array([100 * one.busy_s * fs_hz / one.n_frames for one in callbacks]))


def card_ppm(callbacks: Sequence[Callback], fs_hz: int) -> float:
    """How much faster than nominal the card's clock runs, by this computer's; over seconds only a rough figure."""
    return -ClockMap.fit([(one.first_frame, one.heard_s) for one in callbacks]).drift_ppm(fs_hz)


def delays_ms(
    told_s: Sequence[float], onsets: NDArray[np.int64], callbacks: Sequence[Callback]
) -> tuple[Spread, Spread] | None:
    """From telling to the callback that took the first sample, and to the ear by the card; None if one is missing."""
    takers = [_taker(int(frame), callbacks) for frame in onsets]
    known = [one for one in takers if one is not None]
    if not told_s or len(known) != len(told_s):
        return None
    left = np.array([one.called_s - asked_s for one, asked_s in zip(known, told_s, strict=True)])
    heard = np.array([one.heard_s - asked_s for one, asked_s in zip(known, told_s, strict=True)])
    return Spread.of(1000 * left), Spread.of(1000 * heard)


def _taker(frame: int, callbacks: Sequence[Callback]) -> Callback | None:
    """The callback that gave a frame to the card."""
    return next((one for one in callbacks if one.first_frame <= frame < one.first_frame + one.n_frames), None)

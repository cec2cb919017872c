"""Beats that follow a person's taps: which beat is meant is theirs to say, where it is exactly the onsets say."""

import numpy as np
from numpy.typing import NDArray

from cadencecoach.errors import UsageError
from cadencecoach.music.onsets import RATE_HZ
from cadencecoach.music.song import folded_spm
from cadencecoach.music.tracking import Placer
from cadencecoach.units import SECONDS_PER_MINUTE

LEAST_TAPS = 8
ANTICIPATION_S = 0.03  # who taps to music taps a little before it (Repp 2005, doi:10.3758/BF03206433)
MOST_UNEVEN = 0.12  # of the interval: SD of taps about an even beat
SLOWEST_TAPS_SPM, FASTEST_TAPS_SPM = 40.0, 280.0
NEAR = 0.2  # of an interval: where the beat that was tapped is looked for
NEXT_NEAR = 0.12  # of an interval: where the next one is
FOLLOW = 0.4  # part of a difference that is followed at once


def beat_of_taps(taps_s: NDArray[np.float64]) -> tuple[float, float]:
    """The interval of an even beat through taps, some of which may be missing, and the time of a beat amid them.

    Raises:
        UsageError: too few taps, or they are not even
    """
    taps_s = np.sort(taps_s)
    if len(taps_s) < LEAST_TAPS:
        raise UsageError(f"{len(taps_s)} taps; tap at least {LEAST_TAPS} beats")
    interval_s = float(np.median(np.diff(taps_s)))
    if not SLOWEST_TAPS_SPM <= SECONDS_PER_MINUTE / max(interval_s, 1e-3) <= FASTEST_TAPS_SPM:
        raise UsageError(f"taps must be {SLOWEST_TAPS_SPM:g} to {FASTEST_TAPS_SPM:g} a minute; nothing was changed")
    beats = np.cumsum(np.concatenate(([0], np.maximum(1, np.round(np.diff(taps_s) / interval_s)))))
    middle = beats.mean()
    interval_s = float(((beats - middle) @ taps_s) / ((beats - middle) @ (beats - middle)))
    off_s = taps_s - taps_s.mean() - interval_s * (beats - middle)
    if off_s.std() > MOST_UNEVEN * interval_s:
        uneven = off_s.std() / interval_s
        raise UsageError(f"the taps are not even: they are {uneven:.0%} of a beat off; nothing was changed")
    nearest = int(np.abs(beats - middle).argmin())
    return interval_s, float(taps_s.mean() + interval_s * (beats[nearest] - middle))


def folded_interval_s(interval_s: float) -> float:
    """The interval of the steps that go with taps."""
    return SECONDS_PER_MINUTE / folded_spm(SECONDS_PER_MINUTE / interval_s)


def tapped_beats(
    taps_s: NDArray[np.float64], placer: Placer, periods: NDArray[np.float64], duration_s: float
) -> NDArray[np.float64]:
    """The beats of a whole song from taps on some of them.

    Args:
        taps_s: when, in seconds of the song
        placer: finds what begins
        periods: in rises, near the tempo of the taps
        duration_s: of the song
    """
    interval_s, tap_s = beat_of_taps(taps_s)
    interval_s = folded_interval_s(interval_s)
    taps_s = np.sort(taps_s) + ANTICIPATION_S
    placed = placer.place(taps_s, NEAR * interval_s)
    late_s = float(np.median((placed.times_s - taps_s)[placed.is_clear])) if placed.is_clear.any() else 0.0
    anchor_s = tap_s + ANTICIPATION_S + late_s
    after = _follow(anchor_s, 1, placer, periods, duration_s)
    before = _follow(anchor_s, -1, placer, periods, duration_s)
    return np.array([*before[::-1], anchor_s, *after])


def _follow(
    from_s: float, direction: int, placer: Placer, periods: NDArray[np.float64], duration_s: float
) -> list[float]:
    """The beats from one on, each near where the one before it lets expect it."""
    beats_s, at_s = list[float](), from_s
    while True:
        interval_s = float(periods[min(max(round(at_s * RATE_HZ), 0), len(periods) - 1)]) / RATE_HZ
        at_s += direction * interval_s
        if not 0 <= at_s <= duration_s:
            return beats_s
        placed_s = placer.place(np.array([at_s]), NEXT_NEAR * interval_s).times_s
        at_s += FOLLOW * (float(placed_s[0]) - at_s)
        beats_s.append(at_s)

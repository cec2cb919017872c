"""Whether the last seconds of onsets are somebody running, and how fast; else why nothing can be told.

A comb over the autocorrelation finds the period whose first four multiples are alike. It speaks only where nothing
else explains the sound: not a machine, which repeats within a step too; not music or a voice, whose notes are held and
whose beat is halved; not a beat that is more exact than any runner, whose steps wander off every even beat.

The comb is pulled to the pace that most of its seconds have: while the pace changes it jumps, and feet that scatter
pull it about. So where each step can be told, what is said is counted, over the newest seconds.
"""

from dataclasses import dataclass

import numpy as np

from cadencecoach.gait.hearing.onsets import FRAMES_HZ
from cadencecoach.gait.hearing.powers import Floats
from cadencecoach.gait.hearing.verdict import Unheard
from cadencecoach.units import SECONDS_PER_MINUTE

WINDOW_S = 6.0
NEWER_S = 3.5  # this part must agree, so that nothing is said while the pace changes
COUNTED_S = 5.0  # as new as it can be with steps enough: a new pace is told as soon as by the comb
LONGEST_S = 12.0  # looked at for a machine: the longer, the farther a runner has wandered off a grid
SPMS = (120.0, 215.0)
LAG_STEP = 0.25  # frames
WIDE = np.hanning(15)[1:-1]  # 33 ms at half height: feet that follow a click miss it by 20 ms
NARROW = np.hanning(5)[1:-1]  # to see when a step was
TEETH = (1, 2, 3, 4)
GAPS = (0.5, 1.5, 2.5, 3.5)  # steps: between two footfalls it is quiet
NEAR = 0.012  # of a lag: steps are not even, so a tooth may miss by so much
CLIP_PERCENT = 98.5  # a single bang counts no more than a hard step
ALIKE = 0.30  # mean autocorrelation at the teeth
CLEAR = 0.28  # over that between them
EVEN = 0.4  # of the second tooth the first must reach: a belt's seam repeats in three, and not in one
MACHINE = 0.6  # of the first tooth, within a step
WITHIN = (1 / 6.6, 1 / 1.8)  # of a step: where machines repeat
MOST_NOTES = 0.9  # held at a time, in the mean
AGREES = 0.016  # the newer part, as a part
EXACT_S = 0.003  # scatter of a machine's beat about its grid, as it comes out here; runners have 4 ms and more
LOUD, LOUD_PERCENT = 0.45, 96.0  # so much of the loud ones: an onset that counts as a step
FEWEST_STEPS = 10
FEWEST_COUNTED, MOST_MISSED = 8, 0.25  # of the steps that must be there
PLAIN = 0.2  # of a step: onsets that far off a whole number of steps are not all steps
ON_GRID = 0.6  # of the onsets; where fewer are, others sound too
FAR_SDS, FAR_FRAMES = 3.0, 1.0  # off the grid: another sound
N_FITS = 3
MAD_TO_SD = 1.4826  # of a normal distribution
N_WINDOW = round(WINDOW_S * FRAMES_HZ)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """What the last seconds hold.

    Attributes:
        cadence_spm: of the newest `COUNTED_S`, else of the best period
        alike: mean autocorrelation at its first four multiples, 0 to 1
        steps: what may be steps, in frames of the window
        unheard: why it is not told; None where it is
    """

    cadence_spm: float
    alike: float
    steps: Floats
    unheard: Unheard | None


def rhythm_of(longer: Floats, notes: float) -> Rhythm:
    """What onsets of `WINDOW_S` say.

    Args:
        longer: strengths of so long up to `LONGEST_S`, the newest last
        notes: how many notes were held at a time in the window, in the mean
    """
    strengths = longer[-N_WINDOW:]
    even = _smooth(strengths, WIDE)
    like = _autocorrelation(even)
    lag = _best_lag(like)
    teeth = [_near(like, tooth * lag) for tooth in TEETH]
    alike = float(np.mean(teeth))
    between = float(np.mean([_at(like, gap * lag) for gap in GAPS]))
    within = float(like[int(lag * WITHIN[0]) : int(lag * WITHIN[1])].max())
    steps = steps_in(_smooth(strengths, NARROW), lag)
    if not (
        alike >= ALIKE and alike - between >= CLEAR and teeth[0] >= EVEN * teeth[1]
    ):  # nor where there is no number
        why: Unheard | None = Unheard.NO_RHYTHM
    elif within > MACHINE * teeth[0]:
        why = Unheard.MACHINE
    elif notes > MOST_NOTES:
        why = Unheard.NOTES
    elif abs(_best_lag(_autocorrelation(even[-round(NEWER_S * FRAMES_HZ) :])) / lag - 1) > AGREES:
        why = Unheard.CHANGING
    elif grid_scatter_s(steps_in(_smooth(longer, NARROW), lag), lag) < EXACT_S:
        why = Unheard.EXACT
    else:
        why = None
    newest = steps[steps > N_WINDOW - COUNTED_S * FRAMES_HZ]
    spm = SECONDS_PER_MINUTE * FRAMES_HZ / (step_frames(newest, lag) or lag)
    return Rhythm(cadence_spm=spm, alike=alike, steps=steps, unheard=why)


def onsets_of(strengths: Floats) -> tuple[Floats, Floats]:
    """Where strengths peak, in frames with fractions, and how high: those of a step's size."""
    loud = LOUD * float(np.percentile(strengths, LOUD_PERCENT))
    inner = strengths[1:-1]
    at = 1 + np.flatnonzero((inner > strengths[:-2]) & (inner >= strengths[2:]) & (inner > loud) & (inner > 0))
    before, here, after = strengths[at - 1], strengths[at], strengths[at + 1]
    return at + 0.5 * (before - after) / (before - 2 * here + after), here


def steps_in(strengths: Floats, lag: float) -> Floats:
    """Onsets that may be steps, in frames: of two in half a step the louder one."""
    at, heights = onsets_of(strengths)
    kept: list[float] = []
    best = 0.0
    for frame, height in zip(at, heights, strict=True):
        if not kept or frame - kept[-1] >= lag / 2:
            kept.append(frame)
            best = height
        elif height > best:
            kept[-1], best = frame, height
    return np.array(kept)


def step_frames(steps: Floats, lag: float) -> float | None:
    """How long a step takes in the mean, counted from step to step; None where some onsets may be none, or too few are.

    Args:
        steps: onsets in frames
        lag: how long a step takes by the comb
    """
    apart = np.diff(steps) / lag
    whole = np.round(apart)
    if len(steps) < FEWEST_COUNTED or np.any(whole < 1) or np.any(np.abs(apart - whole) > PLAIN):
        return None
    if len(steps) < (1 - MOST_MISSED) * (steps[-1] - steps[0]) / lag:
        return None
    numbers = np.concatenate(([0.0], np.cumsum(whole)))
    places = np.stack([np.ones(len(steps)), numbers, numbers % 2], axis=1)  # one foot may always be later
    return float(np.linalg.lstsq(places, steps, rcond=None)[0][1])


def grid_scatter_s(steps: Floats, lag: float) -> float:
    """How far onsets are off an even beat, typically; infinite where there is none, or too few keep to it.

    Every second onset may be as much later as it likes, always the same: two drums in turn are.
    """
    if len(steps) < FEWEST_STEPS:
        return np.inf
    turns = steps / lag
    numbers = np.round(turns - np.angle(np.exp(2j * np.pi * turns).mean()) / (2 * np.pi))
    places = np.stack([np.ones(len(steps)), numbers, numbers % 2], axis=1)
    is_on = np.ones(len(steps), dtype=bool)
    scatter = np.inf
    for _ in range(N_FITS):
        if is_on.sum() < max(FEWEST_STEPS, ON_GRID * len(steps)):
            return np.inf
        grid, *_ = np.linalg.lstsq(places[is_on], steps[is_on], rcond=None)
        off = np.abs(steps - places @ grid)
        scatter = float(MAD_TO_SD * np.median(off[is_on]))
        is_on = off <= max(FAR_SDS * scatter, FAR_FRAMES)
    return scatter / FRAMES_HZ


def _smooth(values: Floats, weights: Floats) -> Floats:
    return np.convolve(np.minimum(values, np.percentile(values, CLIP_PERCENT)), weights / weights.sum(), "same")


def _autocorrelation(values: Floats) -> Floats:
    """By lag in frames, 1 at lag 0, as far as the comb reaches."""
    n = len(values)
    spectrum = np.fft.rfft(values - values.mean(), 1 << (2 * n - 1).bit_length())
    sums = np.fft.irfft(spectrum.real**2 + spectrum.imag**2)[: round(n * 0.7)]
    sums *= n / (n - np.arange(len(sums)))
    like: Floats = sums / (sums[0] + np.finfo(float).tiny)
    return like


def _best_lag(like: Floats) -> float:
    """Of the period whose multiples are most alike, in frames."""
    fastest, slowest = (SECONDS_PER_MINUTE * FRAMES_HZ / spm for spm in reversed(SPMS))
    lags = np.arange(fastest, slowest, LAG_STEP)
    teeth = [tooth for tooth in TEETH if tooth * slowest < len(like) - 1]
    score = np.mean([np.interp(tooth * lags, np.arange(len(like)), like) for tooth in teeth], axis=0)
    return float(lags[int(np.argmax(score))])


def _at(like: Floats, lag: float) -> float:
    return float(np.interp(lag, np.arange(len(like)), like))


def _near(like: Floats, lag: float) -> float:
    """The highest value near a lag."""
    reach = 1 + NEAR * lag
    return float(like[max(1, int(lag - reach)) : int(lag + reach) + 1].max())

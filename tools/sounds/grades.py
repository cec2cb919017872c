"""Clicks coloured by an error: brighter the more quickly the runner is to step, duller the other way.

At the target the click is plain. Five grades each way, as many as where noise was laid over music by the error (
10.1038/s41598-021-83538-w: noise at 20 to 100 % of its full loudness, exponential in the error). What is added is a
bundle of partials so near to each other and so uneven that it is heard as a hiss, or as a thud; they start at their
crest as those of every click. A graded click is never louder than a plain one, and at most 2 dB softer, where its crest
would be too high: a runner far off hears another sound, not a louder one.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np

from cadencecoach.sound.pattern import GRADES, PLAIN_CLICK, grade_name
from tools.sounds.clicks import CLICKS, PEAK, Samples, Struck, rendered

# Part of the crest that is hiss or thud, grade by grade: each some 1.5 times the one before.
PARTS = (0.16, 0.25, 0.38, 0.57, 0.85)
N_PARTIALS = 16
GOLDEN = 0.6180339887  # multiples of it, without their whole part, are as uneven as can be
HISS_HZ, HISS_DECAY_S = (4200.0, 8600.0), 0.030
THUD_HZ, THUD_DECAY_S = (260.0, 700.0), 0.045
LENGTH_S = 0.090


def graded_clicks() -> dict[str, Callable[[int], Samples]]:
    """For each grade but 0 its sound, made for a rate, by the clip's name."""
    grades = [sign * grade for sign in (1, -1) for grade in range(1, GRADES + 1)]
    return {grade_name(grade): partial(_rendered, _graded(grade)) for grade in grades}


def _rendered(struck: Struck, fs_hz: int) -> Samples:
    samples = rendered(struck, fs_hz)
    return np.asarray(samples * np.float32(min(1.0, PEAK / float(np.abs(samples).max()))), np.float32)


def _graded(grade: int) -> Struck:
    part = PARTS[abs(grade) - 1]
    band_hz, decay_s = (HISS_HZ, HISS_DECAY_S) if grade > 0 else (THUD_HZ, THUD_DECAY_S)
    plain = CLICKS[PLAIN_CLICK]
    kept = tuple((hz, (1 - part) * share, s) for hz, share, s in plain.partials)
    return replace(
        plain,
        about=f"{plain.about}, grade {grade}",
        length_s=LENGTH_S,
        partials=(*kept, *_bundle(band_hz, decay_s, part)),
    )


def _bundle(band_hz: tuple[float, float], decay_s: float, part: float) -> tuple[tuple[float, float, float], ...]:
    """Partials scattered over a band, together a part of the crest."""
    low_hz, high_hz = band_hz
    places = (n * GOLDEN % 1.0 for n in range(1, N_PARTIALS + 1))
    return tuple((low_hz + place * (high_hz - low_hz), part / N_PARTIALS, decay_s) for place in places)

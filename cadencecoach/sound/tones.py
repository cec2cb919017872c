"""The project's own sounds, computed: clicks, and the earcons that stand in for words.

All are sums of partials that start at their crest (cosines): the first sample is far from zero, so an onset in a
recording can be found to the sample. No noise, no randomness: the same numbers on every machine.
"""

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from cadencecoach.units import frame_at

Samples = NDArray[np.float32]

PEAK = 0.9  # of every sound; how loud it is heard is the engine's business
TAIL_S = 0.004  # all sounds end in a fade this long

# A struck bar: (Hz, part of the crest, seconds to 1/e). The body sits at 1.2-2.4 kHz, above the rumble of a treadmill
# and where the ear is keen; the two high partials are gone in 3 ms and give the edge that a foot can follow.
CLICK_PARTIALS = ((1210.0, 0.40, 0.0065), (2290.0, 0.30, 0.0045), (3870.0, 0.20, 0.0018), (6130.0, 0.10, 0.0008))
CLICK_S = 0.030
ACCENT_RATIO = 1.335  # a fourth higher: told from the plain click at once, also by those who do not read music

E5, A5, C6, D6, E6, A4 = 659.26, 880.0, 1046.5, 1174.66, 1318.51, 440.0  # Hz, equal temperament
NOTE_PARTIALS = ((1.0, 0.70), (2.0, 0.20), (3.0, 0.10))  # multiples of the pitch: soft, and yet heard over a fan


def click(*, fs_hz: int, ratio: float = 1.0) -> Samples:
    """The beat, 30 ms; `ratio` shifts its pitch."""
    t_s = _times(CLICK_S, fs_hz)
    parts = (part * np.exp(-t_s / decay_s) * _cos(ratio * hz, t_s) for hz, part, decay_s in CLICK_PARTIALS)
    return _finished(sum(parts, start=np.zeros_like(t_s)), fs_hz)


def note(hz: float, *, length_s: float, decay_s: float, fs_hz: int) -> NDArray[np.float64]:
    """One soft bell-like tone, crest 1 at its first sample."""
    t_s = _times(length_s, fs_hz)
    parts = (part * np.exp(-t_s * multiple / decay_s) * _cos(multiple * hz, t_s) for multiple, part in NOTE_PARTIALS)
    return sum(parts, start=np.zeros_like(t_s))


def melody(*notes: tuple[float, float], fs_hz: int) -> Samples:
    """Notes one after the other, each (Hz, seconds); each rings until the next."""
    rung = [note(hz, length_s=length_s, decay_s=length_s / 2, fs_hz=fs_hz) for hz, length_s in notes]
    return _finished(np.concatenate([_faded(tone, fs_hz) for tone in rung]), fs_hz)


# Rising asks for more, falling for less; both move by a fifth, clear through one ear and on a small loudspeaker.
# `back` is one tone and soft: praise should not need attention. `lost` falls and falls, `end` comes home.
SOUNDS: Mapping[str, Callable[[int], Samples]] = {
    "click": lambda fs_hz: click(fs_hz=fs_hz),
    "accent": lambda fs_hz: click(fs_hz=fs_hz, ratio=ACCENT_RATIO),
    "quicker": lambda fs_hz: melody((A5, 0.12), (E6, 0.22), fs_hz=fs_hz),
    "easier": lambda fs_hz: melody((E6, 0.12), (A5, 0.22), fs_hz=fs_hz),
    "back": lambda fs_hz: melody((C6, 0.25), fs_hz=fs_hz),
    "count": lambda fs_hz: melody((A5, 0.09), fs_hz=fs_hz),
    "stage": lambda fs_hz: melody((D6, 0.18), (D6, 0.34), fs_hz=fs_hz),
    "lost": lambda fs_hz: melody((A5, 0.14), (E5, 0.14), (A4, 0.32), fs_hz=fs_hz),
    "end": lambda fs_hz: melody((E5, 0.16), (A5, 0.16), (E6, 0.16), (A5, 0.50), fs_hz=fs_hz),
}


def _times(length_s: float, fs_hz: int) -> NDArray[np.float64]:
    return np.arange(frame_at(length_s, fs_hz)) / fs_hz


def _cos(hz: float, t_s: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.cos(2 * np.pi * hz * t_s)


def _faded(tone: NDArray[np.float64], fs_hz: int) -> NDArray[np.float64]:
    """The tone with its last milliseconds brought to zero."""
    n_tail = frame_at(TAIL_S, fs_hz)
    ramp = np.minimum(1.0, np.arange(len(tone) - 1, -1, -1) / n_tail)
    return tone * ramp


def _finished(tone: NDArray[np.float64], fs_hz: int) -> Samples:
    """Faded out and brought to the peak all sounds share."""
    faded = _faded(tone, fs_hz)
    loudest = float(np.abs(faded).max())
    return (faded * (PEAK / loudest)).astype(np.float32)

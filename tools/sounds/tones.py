"""The project's own sounds, computed: the clicks (`clicks`), and the earcons that stand in for words.

All are sums of partials that start at their crest (cosines): the first sample is far from zero, so an onset in a
recording can be found to the sample. No noise, no randomness: the same numbers on every machine.
"""

from collections.abc import Callable, Mapping
from functools import partial

import numpy as np
from numpy.typing import NDArray

from cadencecoach.sound.pattern import accent_name
from cadencecoach.units import frame_at
from tools.sounds.clicks import ACCENT_RATIO, CLICKS, PEAK, TAIL_S, Samples, rendered
from tools.sounds.grades import graded_clicks

E5, A5, C6, D6, E6, A4 = 659.26, 880.0, 1046.5, 1174.66, 1318.51, 440.0  # Hz, equal temperament
NOTE_PARTIALS = ((1.0, 0.70), (2.0, 0.20), (3.0, 0.10))  # multiples of the pitch: soft, and yet heard over a fan


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
    **{name: partial(rendered, struck) for name, struck in CLICKS.items()},
    **{accent_name(name): partial(rendered, struck.higher(ACCENT_RATIO)) for name, struck in CLICKS.items()},
    **graded_clicks(),
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

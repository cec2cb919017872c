"""The click sounds, computed: each a struck or plucked thing of a few partials, all equally loud.

Like the other sounds they are sums of cosines, so that the first sample is near the crest and an onset in a recording
can be found to the sample; no noise, no chance. A treadmill rumbles below 500 Hz and its belt hisses above 5 kHz: each
click has most of its energy in between. Loudness is that of ITU-R BS.1770 (`loudness`) at 180 clicks a minute.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from cadencecoach.units import frame_at, gain_from_db, step_interval_s
from tools.sounds.loudness import loudness_lkfs

Samples = NDArray[np.float32]

PEAK = 0.9  # no click is higher; the one with the sharpest crest says how loud all are
TAIL_S = 0.004
LOUDNESS_LKFS = -28.67  # at 180 spm, before the gain of the click bus
ACCENT_RATIO = 1.335  # a fourth higher: told from the plain click at once, also by those who do not read music
AT_SPM = 180.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Struck:
    """What is struck.

    Attributes:
        about: what it sounds like
        length_s: of the sound
        partials: (Hz, part of the crest, seconds to 1/e) each
    """

    about: str
    length_s: float
    partials: tuple[tuple[float, float, float], ...]

    def higher(self, ratio: float) -> "Struck":
        """The same, `ratio` times higher."""
        return replace(self, partials=tuple((ratio * hz, part, decay_s) for hz, part, decay_s in self.partials))


CLICKS: dict[str, Struck] = {
    "click": Struck(
        about="a short wooden bar",
        length_s=0.030,
        partials=((1210.0, 0.40, 0.0065), (2290.0, 0.30, 0.0045), (3870.0, 0.20, 0.0018), (6130.0, 0.10, 0.0008)),
    ),
    "wood": Struck(
        about="a hollow wood block",
        length_s=0.060,
        partials=((830.0, 0.55, 0.012), (1540.0, 0.30, 0.007), (2710.0, 0.15, 0.003)),
    ),
    "clave": Struck(
        about="two hard sticks",
        length_s=0.060,
        partials=((2480.0, 0.75, 0.010), (4920.0, 0.15, 0.003), (7350.0, 0.10, 0.0012)),
    ),
    "tick": Struck(
        about="a large clock",
        length_s=0.025,
        partials=((1870.0, 0.35, 0.0045), (3120.0, 0.40, 0.0035), (4980.0, 0.25, 0.0015)),
    ),
    "cowbell": Struck(
        about="a small cowbell",
        length_s=0.090,
        partials=((845.0, 0.35, 0.022), (1268.0, 0.35, 0.020), (2134.0, 0.20, 0.010), (3412.0, 0.10, 0.005)),
    ),
    "drum": Struck(
        about="a small high drum",
        length_s=0.080,
        partials=((620.0, 0.45, 0.018), (987.0, 0.25, 0.010), (1425.0, 0.18, 0.006), (2880.0, 0.12, 0.002)),
    ),
    "pluck": Struck(
        about="a plucked string",
        length_s=0.120,
        partials=((987.8, 0.40, 0.030), (1975.5, 0.28, 0.018), (2963.3, 0.18, 0.011), (3951.0, 0.14, 0.006)),
    ),
    "beep": Struck(
        about="an electronic tone",
        length_s=0.045,
        partials=((1760.0, 1.0, 0.030),),
    ),
    "glass": Struck(
        about="a glass tapped with a spoon",
        length_s=0.120,
        partials=((2093.0, 0.50, 0.028), (3340.0, 0.30, 0.014), (5240.0, 0.20, 0.006)),
    ),
}


def rendered(struck: Struck, fs_hz: int) -> Samples:
    """A click as samples, shape (n,), as loud as all others."""
    t_s = np.arange(frame_at(struck.length_s, fs_hz)) / fs_hz
    parts = (part * np.exp(-t_s / decay_s) * np.cos(2 * np.pi * hz * t_s) for hz, part, decay_s in struck.partials)
    ramp = np.minimum(1.0, np.arange(len(t_s) - 1, -1, -1) / frame_at(TAIL_S, fs_hz))
    tone = (sum(parts, start=np.zeros_like(t_s)) * ramp).astype(np.float32)
    level_lkfs = loudness_lkfs(tone, every_s=step_interval_s(AT_SPM))
    return np.asarray(tone * np.float32(gain_from_db(LOUDNESS_LKFS - level_lkfs)), np.float32)

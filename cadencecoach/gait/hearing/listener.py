"""A microphone's samples in, twice a second what is heard in them: a step rate, or why none is told.

One half second after the other goes the same way: our own clicks off (`own_clicks`), onsets (`onsets`) and held notes
(`tones`), and over the last seconds of both the judgement (`rhythm`). What is left to say here is what needs two looks,
or the beat that sounds.
"""

from collections import deque
from dataclasses import dataclass

import numpy as np

from cadencecoach.gait.hearing.onsets import FRAMES_HZ, FS_HZ, WINDOW, OnsetStrength
from cadencecoach.gait.hearing.own_clicks import LOOKED_AT_S, Arrival, Clicks, OwnClicks
from cadencecoach.gait.hearing.powers import Floats
from cadencecoach.gait.hearing.rhythm import LONGEST_S, MAD_TO_SD, N_WINDOW, WINDOW_S, Rhythm, onsets_of, rhythm_of
from cadencecoach.gait.hearing.tones import TONE_FRAMES_HZ, ToneCounter
from cadencecoach.gait.hearing.verdict import Unheard
from cadencecoach.units import SECONDS_PER_MINUTE

LOOKS_HZ = 2  # a new pace is told the sooner; four a second cost twice as much and tell it an eighth sooner
LOOK = FS_HZ // LOOKS_HZ  # samples from look to look
LATER_S = LOOKED_AT_S - WINDOW / FS_HZ / 2  # how long before the newest sample the newest onset is
TWICE = 0.035  # as a part: looks over a second must agree before anything is told
TWICE_LOOKS = LOOKS_HZ  # before the newest one, with which they must agree
TELLING_LOOKS = 4 * LOOKS_HZ  # who told something so few looks ago tells a new pace at once
CLICK_TEMPO = 0.02  # as a part: feet no further off go with the click
CLICK_EXACT_S = 0.011  # onsets that scatter less about our own clicks are the clicks: feet meet them to 20 ms
EXACT_LOOKS, EXACT_OF_LOOKS = 4, 16  # so many of so many: a runner is as exact as a machine once by chance ...
SURE_S = 12.0  # ... over so long; before that once is enough
ZEROS_S = 2.0
SETTLED_S = 1.0  # the floors need so much


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What was heard at one moment.

    Attributes:
        time_s: of the newest sample, in seconds of the microphone's samples
        cadence_spm: what is told; None where nothing is
        quality: how alike the steps are, 0 to 1
        unheard: why nothing is told; None where something is
        onsets: since the look before: seconds before `time_s`, and strength
        clicks: what is known of our own
        arrival: when they arrive; None while that is not known
        level_db: of the sound since the look before, 0 is the loudest there can be
        rhythm: what the last seconds hold, told or not; None while there is too little of them
        notes: how many were held at a time, in the mean
    """

    time_s: float
    cadence_spm: float | None
    quality: float
    unheard: Unheard | None
    onsets: tuple[tuple[float, float], ...]
    clicks: Clicks
    arrival: Arrival | None
    level_db: float
    rhythm: Rhythm | None
    notes: float


class Listener:
    """Hears somebody run, while it can."""

    def __init__(self) -> None:
        self._clicks = OwnClicks()
        self._onsets = OnsetStrength()
        self._tones = ToneCounter()
        self._waiting: Floats = np.empty(0)
        self._strengths: Floats = np.empty(0)
        self._notes: Floats = np.empty(0)
        self._played_s: list[float] = []
        self._n_samples = 0
        self._n_zeros = 0
        self._before: deque[Rhythm] = deque(maxlen=TWICE_LOOKS)
        self._exact: deque[bool] = deque(maxlen=EXACT_OF_LOOKS)
        self._n_untold = TELLING_LOOKS  # looks since something was told

    def play(self, times_s: list[float]) -> None:
        """Our clicks were, or will soon be, played at these times; each is told once, in seconds of our samples."""
        self._clicks.play(times_s)
        self._played_s = [one for one in self._played_s if one > self._n_samples / FS_HZ - WINDOW_S - 1.0] + times_s

    def feed(self, samples: Floats) -> list[Look]:
        """The looks that further samples complete: one for each half second."""
        self._waiting = np.concatenate((self._waiting, samples))
        looks = []
        while len(self._waiting) >= LOOK:
            newest, self._waiting = self._waiting[:LOOK], self._waiting[LOOK:]
            looks.append(self._look(newest))
        return looks

    def _look(self, samples: Floats) -> Look:
        self._n_samples += len(samples)
        self._n_zeros = 0 if samples.any() else self._n_zeros + len(samples)
        was = self._clicks.state
        clean = self._clicks.feed(samples)
        if self._clicks.state is Clicks.FOUND and was is not Clicks.FOUND:
            clean = self._clicks.kept_clean  # what has been heard with clicks in it is heard once more
            self._onsets, self._tones = OnsetStrength(), ToneCounter()
            self._strengths = self._notes = np.empty(0)
        strengths, notes = self._onsets.feed(clean), self._tones.feed(clean)
        self._strengths = np.concatenate((self._strengths, strengths))[-round(LONGEST_S * FRAMES_HZ) :]
        self._notes = np.concatenate((self._notes, notes))[-round(WINDOW_S * TONE_FRAMES_HZ) :]
        rhythm, unheard = self._judge()
        self._n_untold = self._n_untold + 1 if unheard is not None else 0
        time_s = self._n_samples / FS_HZ
        newest = self._strengths[-N_WINDOW:]
        at, heights = onsets_of(newest)
        ago = LATER_S + (len(newest) - at) / FRAMES_HZ
        mean_square = float(np.mean(np.square(samples)))
        return Look(
            time_s=time_s,
            cadence_spm=rhythm.cadence_spm if rhythm is not None and unheard is None else None,
            quality=0.0 if rhythm is None else min(1.0, max(0.0, rhythm.alike)),
            unheard=unheard,
            onsets=tuple((float(a), float(h)) for a, h in zip(ago, heights, strict=True) if a < 1 / LOOKS_HZ + LATER_S),
            clicks=self._clicks.state,
            arrival=self._clicks.arrival,
            level_db=10 * float(np.log10(mean_square)) if mean_square else -np.inf,
            rhythm=rhythm,
            notes=float(self._notes.mean()) if len(self._notes) else 0.0,
        )

    def _judge(self) -> tuple[Rhythm | None, Unheard | None]:
        """What the last seconds hold, and why it is not told."""
        if self._n_zeros >= ZEROS_S * FS_HZ:
            self._before.clear()
            return None, Unheard.ZEROS
        if len(self._strengths) < N_WINDOW or self._n_samples < (WINDOW_S + SETTLED_S) * FS_HZ:
            self._before.clear()
            return None, Unheard.STARTING
        before, rhythm = tuple(self._before), rhythm_of(self._strengths, float(self._notes.mean()))
        self._before.append(rhythm)
        why = rhythm.unheard
        self._exact.append(why is Unheard.EXACT)
        if why is not None:
            pass
        elif sum(self._exact) >= (EXACT_LOOKS if len(self._strengths) >= SURE_S * FRAMES_HZ else 1):
            why = Unheard.EXACT
        elif self._clicks.state is Clicks.SOUGHT:
            why = Unheard.SEEKING_CLICK
        elif self._is_own_click(rhythm):
            why = Unheard.OWN_CLICK
        elif self._n_untold >= TELLING_LOOKS and not _agree(before, rhythm):
            why = Unheard.CHANGING
        return rhythm, why

    def _is_own_click(self, rhythm: Rhythm) -> bool:
        """Whether the onsets keep to our own clicks as only those do."""
        newest_s = self._n_samples / FS_HZ - LATER_S
        played = np.array([one for one in self._played_s if one < newest_s + 1.0])
        steps_s = newest_s + (rhythm.steps - N_WINDOW) / FRAMES_HZ
        steps_s = steps_s[(steps_s > played[0]) & (steps_s < played[-1])] if len(played) > 1 else played[:0]
        if len(steps_s) < len(rhythm.steps) / 2 or not len(rhythm.steps):
            return False
        period_s = (played[-1] - played[0]) / (len(played) - 1)
        if abs(rhythm.cadence_spm * period_s / SECONDS_PER_MINUTE - 1) > CLICK_TEMPO:
            return False
        turns = np.exp(2j * np.pi * np.interp(steps_s, played, np.arange(len(played))))
        off_s = np.angle(turns / turns.mean()) / (2 * np.pi) * period_s
        return bool(MAD_TO_SD * np.median(np.abs(off_s)) < CLICK_EXACT_S)


def _agree(before: tuple[Rhythm, ...], rhythm: Rhythm) -> bool:
    return len(before) == TWICE_LOOKS and all(abs(one.cadence_spm / rhythm.cadence_spm - 1) <= TWICE for one in before)

"""Our own clicks in the microphone's sound: when they arrive, on whose clock, and the sound without them.

A click is known by when it was played. It arrives some tens to hundreds of milliseconds later, on a clock that runs a
little off. Both are found from the clicks themselves: the same sound comes again and again at one distance from when it
was played, alike to the shape of its wave, which no footfall is. What comes again is then taken off, wave from wave: a
footfall at the same moment stays.
"""

from collections import deque
from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from cadencecoach.gait.hearing.onsets import FS_HZ
from cadencecoach.gait.hearing.powers import Floats

KEPT_S = 12.0  # of sound, to seek in
LATEST_S = 0.75  # a click arrives no later: a deep buffer before the card, another behind the microphone
LOOKED_AT_S = 0.06  # after the newest click that is taken off: enough to see how loud it is
HEAD = round(0.002 * FS_HZ)  # before a click's beginning
SHAPE = round(0.025 * FS_HZ)  # of a click, by which it is known
TAIL = round(0.24 * FS_HZ)  # with the room's answer; shorter than the quickest beat
FADE = round(0.05 * FS_HZ)  # over which a click's end is taken off less and less
FIRST = 0.8  # of the highest rise: of delays that are a beat apart the first is meant
FINE = round(0.008 * FS_HZ)  # a click is looked for so far about where it should be
COARSE = 32  # samples: 2 ms, in which the delay is first sought
FEWEST = 12  # clicks before anything is said of them
GIVE_UP_AFTER = 18  # clicks, none of which was found: headphones
SAME_SHAPE = 0.35  # correlation of one click with the mean of the others
MOST_SAME = 0.6  # of the clicks
STRAIGHT_S = 0.004  # scatter of the arrivals about a straight line: a sound server's may be some milliseconds
STEEPEST = 1000e-6  # two clocks further apart are not clocks
N_LINE = 40  # clicks that say delay and drift
N_SHAPE = 24  # clicks whose mean is taken off
LOST_AFTER = 8  # clicks in a row that were not found
SEEKS_EVERY = 8  # looks, once it has been given up
LOUDEST = 1.5  # of the mean click
BAND_HZ = (400.0, 5000.0)
N_TAPS = 65


class Clicks(Enum):
    """What is known of our own clicks."""

    NONE = "none"  # none was played
    SOUGHT = "sought"  # they are played, and where they arrive is not known yet
    FOUND = "found"
    UNHEARD = "unheard"  # they are played where the microphone does not hear them: in headphones


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """How clicks arrive.

    Attributes:
        delay_s: after they were played, now
        drift: by which the delay grows, in seconds a second
    """

    delay_s: float
    drift: float


@dataclass(frozen=True, slots=True)
class _Met:
    """A click that was looked at: when it was played, where its sound begins, and how loud it is."""

    played_s: float
    sample: int
    gain: float


class OwnClicks:
    """Follows our clicks through the sound, and takes them off. Times are seconds of the microphone's samples."""

    def __init__(self) -> None:
        self._taps = _band_taps()
        self._fade = np.minimum(1.0, np.linspace(TAIL / FADE, 0.0, HEAD + TAIL))
        self._sound: Floats = np.empty(0)
        self._band: Floats = np.empty(0)
        self._start = 0  # number of the first sample kept
        self._played: deque[float] = deque()
        self._met: deque[_Met] = deque(maxlen=N_LINE)
        self._points: deque[tuple[float, float]] = deque(maxlen=N_LINE)  # (played, later by) of those found
        self._shapes: deque[Floats] = deque(maxlen=N_SHAPE)
        self._mean_band: Floats = np.zeros(SHAPE)
        self._n_shaped = 0
        self._newest_s = -1.0
        self._n_sought = self._n_missed = self._n_looks = 0
        self.state = Clicks.NONE

    @property
    def arrival(self) -> Arrival | None:
        """When they arrive; None while that is not known."""
        if self.state is not Clicks.FOUND or not self._points:
            return None
        later_s, drift = self._line
        return Arrival(delay_s=later_s(self._points[-1][0]), drift=drift)

    def play(self, times_s: list[float]) -> None:
        """Clicks were, or will soon be, played at these times: each is told once."""
        self._played.extend(times_s)

    def feed(self, samples: Floats) -> Floats:
        """The next samples, as many as came, without our clicks; `LOOKED_AT_S` late.

        Of the first call the beginning is silence.
        """
        before = len(self._sound)
        margin = min(before, N_TAPS)
        self._sound = np.concatenate((self._sound, samples))
        band = np.convolve(self._sound[before - margin :], self._taps, "same")
        keep = max(0, before - N_TAPS // 2)
        self._band = np.concatenate((self._band[:keep], band[-(len(self._sound) - keep) :]))
        end = self._start + len(self._sound)
        late = round(LOOKED_AT_S * FS_HZ)
        first, last = end - late - len(samples), end - late
        self._meet(last)
        cleaned = self._without_clicks(first, last)
        spare = len(self._sound) - round(KEPT_S * FS_HZ)
        if spare > 0:
            self._sound, self._band, self._start = self._sound[spare:], self._band[spare:], self._start + spare
        while self._played and self._played[0] < self._start / FS_HZ - LATEST_S:
            self._played.popleft()
        return cleaned

    def _meet(self, last: int) -> None:
        """Look at the clicks that have arrived since the last time."""
        until_s = last / FS_HZ
        new_s = [one for one in self._played if self._newest_s < one <= until_s - LATEST_S]
        if self.state is not Clicks.FOUND:
            if new_s:
                self._n_sought += len(new_s)
                self._newest_s = new_s[-1]
                self.state = Clicks.UNHEARD if self._n_sought > GIVE_UP_AFTER else Clicks.SOUGHT
                self._seek(until_s)
            return
        later_s, _ = self._line
        for played_s in [one for one in self._played if self._newest_s < one <= until_s - later_s(one)]:
            self._newest_s = played_s
            self._measure(played_s, round((played_s + later_s(played_s)) * FS_HZ))
        self._learn(last)
        if self._n_missed >= LOST_AFTER:
            self._forget()

    def _forget(self) -> None:
        """Begin to seek again."""
        self.state = Clicks.SOUGHT
        self._points.clear()
        self._shapes.clear()
        self._met.clear()
        self._n_sought = self._n_missed = 0

    def _seek(self, until_s: float) -> None:
        """Find the delay at which the same shape comes again with every click."""
        self._n_looks += 1
        if self.state is Clicks.UNHEARD and self._n_looks % SEEKS_EVERY:
            return
        played = np.array([one for one in self._played if self._start / FS_HZ < one <= until_s - LATEST_S])
        if len(played) < FEWEST:
            return
        rough = self._rough_delay(played)
        begins = np.round((played + rough) * FS_HZ).astype(int) - self._start
        found = self._same_shape(played, begins)
        if found is None:
            return
        self._points.extend(found)
        self.state, self._n_missed = Clicks.FOUND, 0
        for played_s, later_s in found:
            self._met.append(_Met(played_s, round((played_s + later_s) * FS_HZ), 1.0))
        at = [one.sample - self._start for one in self._met]
        self._mean_band = np.mean([self._band[begin : begin + SHAPE] for begin in at], axis=0)
        self._n_shaped = 0
        self._learn(round(until_s * FS_HZ))

    def _rough_delay(self, played: Floats) -> float:
        """Where, after the clicks, most begins: in steps of 2 ms."""
        n = len(self._band) // COARSE
        level = np.log(np.square(self._band[: n * COARSE]).reshape(n, COARSE).mean(axis=1) + 1e-12)
        rise = np.maximum(0.0, level[2:] - level[:-2])
        rise = np.minimum(rise, np.percentile(rise, 99.0))
        steps = np.arange(round(LATEST_S * FS_HZ / COARSE))
        at = np.round((played * FS_HZ - self._start) / COARSE).astype(int)[:, None] + steps
        mean = rise[np.clip(at, 0, len(rise) - 1)].mean(axis=0)
        first = int(np.argmax(mean >= FIRST * mean.max()))
        return float(steps[first + int(np.argmax(mean[first : first + 3]))] * COARSE / FS_HZ)

    def _same_shape(self, played: Floats, begins: NDArray[np.int_]) -> list[tuple[float, float]] | None:
        """Of clicks looked for at `begins`: when those alike were played, and how much later they came."""
        reach = FINE
        inside = (begins - reach >= 0) & (begins + SHAPE + reach <= len(self._band))
        played, begins = played[inside], begins[inside]
        if len(played) < FEWEST:
            return None
        wide = self._band[begins[:, None] + np.arange(-reach, SHAPE + reach)]
        energy = np.square(wide).sum(axis=1)
        middle = wide[int(np.argsort(energy)[len(energy) // 2])]
        shape = middle[reach : reach + SHAPE]
        for _ in range(3):
            like, lags = _likeness(wide, shape)
            good = like > SAME_SHAPE
            if good.sum() < FEWEST:
                return None
            aligned = [row[lag : lag + SHAPE] for row, lag in zip(wide[good], lags[good], strict=True)]
            shape = np.mean(aligned, axis=0)
        arrived = (begins + self._start - reach + lags) / FS_HZ
        later = arrived - played
        if good.sum() < max(FEWEST, MOST_SAME * len(played)):
            return None
        slope, offset = np.polyfit(played[good] - played[0], later[good], 1)
        off = later[good] - offset - slope * (played[good] - played[0])
        if float(np.std(off)) > STRAIGHT_S or abs(slope) > STEEPEST:
            return None
        return list(zip(map(float, played[good]), map(float, later[good]), strict=True))

    @property
    def _line(self) -> tuple["_Line", float]:
        """Delay as a function of when a click was played, and its slope."""
        played = np.array([one for one, _ in self._points])
        later = np.array([one for _, one in self._points])
        middle = float(played.mean())
        spread = float(np.square(played - middle).sum())
        # A few seconds say little of a slope: it is drawn to none as long as they would be off by more than it.
        slope = float((later * (played - middle)).sum()) / (spread + 60.0)
        return _Line(middle, float(later.mean()), slope), slope

    def _measure(self, played_s: float, expected: int) -> None:
        """Note where a click is, and how loud, near where it is expected."""
        begin = expected - self._start
        if begin - FINE < 0 or begin + SHAPE + FINE > len(self._band):
            return
        wide = self._band[begin - FINE : begin + SHAPE + FINE]
        like, lags = _likeness(wide[None, :], self._mean_band)
        if like[0] > SAME_SHAPE:
            sample = expected - FINE + int(lags[0])
            here = wide[lags[0] : lags[0] + SHAPE]
            self._points.append((played_s, sample / FS_HZ - played_s))
            self._n_missed = 0
        else:
            sample, here = expected, wide[FINE : FINE + SHAPE]
            self._n_missed += 1
        gain = float(here @ self._mean_band / (self._mean_band @ self._mean_band))
        self._met.append(_Met(played_s, sample, min(LOUDEST, max(0.0, gain))))

    def _learn(self, last: int) -> None:
        """Add the clicks whose tail has been heard to the mean that is taken off."""
        for one in self._met:
            begin = one.sample - HEAD - self._start
            if one.sample > self._n_shaped and begin >= 0 and one.sample + TAIL <= last and one.gain > SAME_SHAPE:
                self._shapes.append(self._sound[begin : begin + HEAD + TAIL] / one.gain)
                self._n_shaped = one.sample

    @property
    def kept_clean(self) -> Floats:
        """All the sound that is kept, up to `LOOKED_AT_S` ago, without our clicks."""
        return self._without_clicks(self._start, self._start + len(self._sound) - round(LOOKED_AT_S * FS_HZ))

    def _without_clicks(self, first: int, last: int) -> Floats:
        """The sound from sample `first` to `last` without the mean click at each click; silence before the first."""
        begin = first - self._start
        cleaned = self._sound[max(0, begin) : last - self._start].copy()
        if begin < 0:
            cleaned = np.concatenate((np.zeros(-begin), cleaned))
        if self.state is not Clicks.FOUND or len(self._shapes) < FEWEST // 2:
            return cleaned
        mean = np.mean(self._shapes, axis=0) * self._fade
        for one in self._met:
            at = one.sample - HEAD - first
            low, high = max(0, at), min(len(cleaned), at + len(mean))
            if low < high:
                cleaned[low:high] -= one.gain * mean[low - at : high - at]
        return cleaned


@dataclass(frozen=True, slots=True)
class _Line:
    """Delay that grows evenly."""

    middle_s: float
    later_s: float
    slope: float

    def __call__(self, played_s: float) -> float:
        """Delay of a click by when it was played."""
        return self.later_s + self.slope * (played_s - self.middle_s)


def _likeness(rows: Floats, shape: Floats) -> tuple[Floats, NDArray[np.int_]]:
    """Of each row: the best correlation with a shape that slides along it, and where that is."""
    windows = np.lib.stride_tricks.sliding_window_view(rows, len(shape), axis=1)
    norms = np.sqrt(np.square(windows).sum(axis=2)) * np.sqrt(shape @ shape) + np.finfo(float).tiny
    like = windows @ shape / norms
    lags = like.argmax(axis=1)
    return like[np.arange(len(rows)), lags], lags


def _band_taps() -> Floats:
    """Taps of a filter that passes the band in which clicks are told from feet."""
    at = np.arange(N_TAPS) - N_TAPS // 2
    low, high = (2 * edge / FS_HZ * np.sinc(2 * edge / FS_HZ * at) for edge in BAND_HZ)
    taps: Floats = (high - low) * np.hamming(N_TAPS)
    return taps

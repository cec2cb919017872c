"""Step times and cadence from acceleration, as it comes in.

    SEARCHING --a rhythm holds for a while--> STEPPING     the steps of the last seconds are told at once
    STEPPING --another rhythm holds--> STEPPING
    STEPPING --no rhythm for a while, stillness, a long gap--> SEARCHING

Every 0.2 s of signal the rhythm of the last seconds is looked at (`rhythm`); while somebody steps, its phase tells each
step and, by how fast it turns, the cadence (`following`). Decisions stand at fixed places of the grid, so that they
depend on the samples and not on the frames they came in. Time is the sensor's own.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cadencecoach.gait.steps.following import Burst, Follower, Footstep, Seen
from cadencecoach.gait.steps.phase import half_length
from cadencecoach.gait.steps.placement import Placement, Votes
from cadencecoach.gait.steps.resampled import GRID_HZ, N_COLUMNS, Resampler, Stretch
from cadencecoach.gait.steps.rhythm import N_WINDOW, Rhythm, rhythm_of
from cadencecoach.units import SECONDS_PER_MINUTE

Floats = NDArray[np.float64]

HOP = 10  # of the grid: 0.2 s
N_KEPT = 2 * N_WINDOW
N_FIRST = int(2.4 * GRID_HZ)  # a start is looked at with less than a whole window
N_NEWER = int(2.0 * GRID_HZ)  # a change is seen earlier in the newer part
N_BACK = N_WINDOW + 60  # steps are told from so far back: it takes that long to be sure of a rhythm
BRIDGED_S = 2.0  # a gap no longer than this is stepped through
SPANNED_S = 0.9  # a gap no longer than this does not spoil the search: two lost frames of 36 samples at 100 Hz

BEGINS_AT, GOES_ON_AT = 0.5, 0.4  # strength of a rhythm
FAINT_G, FAINT_BEGINS_AT = 0.2, 0.75  # faint movement must be more regular: a car on its springs is, a little
BRISK_G = 0.4  # nothing but a body in motion moves that hard
MIN_LEVEL_G = 0.1  # recorded walks move by 0.2 to 0.55 g; a simulated car by less than 0.1
CLEARER_BY = 0.1  # in strength: a shorter window is a little more alike by chance
HARDER_BY = 1.15  # as a factor of the level: the movement has begun within the window
ALIKE = 0.1  # cadences no further apart, as a part, are the same rhythm
HOLDS_HOPS = 3  # so many hops in a row must agree before somebody steps, or steps to another rhythm
LEAVES_AFTER_HOPS = 8  # so many in a row without the rhythm, and nobody steps
STILL_S = 1.0  # longer than the foot of a slow walker stands
STILL_G = 0.04


class StepDetector:
    """Tells steps and cadence from frames of acceleration, at any rate from 12.5 to 400 Hz.

    Args:
        placement: where the sensor sits, if somebody said so; None lets the signal tell
    """

    def __init__(self, placement: Placement | None = None) -> None:
        self._given = placement
        self._votes = Votes()
        self._resampler = Resampler()
        self._follower = Follower()
        self._burst = Burst()
        self._values: Floats = np.empty((0, N_COLUMNS))
        self._is_filled: NDArray[np.bool_] = np.empty(0, dtype=bool)
        self._began = 0  # grid number of the first value since a restart
        self._end = 0  # grid number after the newest value
        self._cadence_spm: float | None = None  # of the rhythm, while somebody steps
        self._candidates: list[Rhythm] = []  # alike, one a hop, newest last
        self._n_weak = 0  # hops in a row without the rhythm
        self.n_steps = 0

    @property
    def placement(self) -> Placement | None:
        """Where the sensor sits: as given, else as the signal says; None before there was enough to tell."""
        return self._given or self._votes.placement

    @property
    def cadence_spm(self) -> float | None:
        """Step rate now, both feet; 0 while nobody steps; None while that cannot be told.

        Before there is enough to tell, and in a stop or a change of gait until it is known for one.
        """
        if len(self._values) < N_FIRST:
            return None
        return 0.0 if self._cadence_spm is None else self._follower.slope_spm(self._cadence_spm)

    @property
    def recent(self) -> Floats:
        """The newest values on the grid, shape (n, 4): x, y, z and their length, g; up to 6 s, since the last gap."""
        filled = np.flatnonzero(self._is_filled)
        return self._values[filled[-1] + 1 if len(filled) else 0 :]

    def feed(self, times_s: ArrayLike, accel_g: ArrayLike) -> list[Footstep]:
        """Take a frame of samples; the steps that became known by it, in order of time.

        Args:
            times_s: shape (n,), seconds on the sensor's clock
            accel_g: shape (n, 3), g
        """
        times = np.asarray(times_s, dtype=np.float64).reshape(-1)
        accel = np.asarray(accel_g, dtype=np.float64).reshape(len(times), 3)
        steps: list[Footstep] = []
        for stretch in self._resampler.feed(times, accel):
            steps += self._take(stretch)
        return self._release(steps)

    def finish(self) -> list[Footstep]:
        """The steps that still waited for what comes after them; call it when nothing comes any more."""
        steps = self._release(self._last_steps())
        self._lose()
        return steps

    def _release(self, steps: list[Footstep]) -> list[Footstep]:
        """Those of them, and of steps held before, that belong to somebody who steps."""
        told = self._burst.tell(steps)
        self.n_steps += len(told)
        return told

    def _take(self, stretch: Stretch) -> list[Footstep]:
        """Take values on the grid, hop by hop."""
        steps = self._bridge(stretch.first) if stretch.is_after_gap else []
        values = stretch.values
        while len(values):
            n = HOP - self._end % HOP
            self._append(values[:n], is_filled=False)
            values = values[n:]
            if self._end % HOP == 0 and len(self._values) >= N_FIRST:
                steps += self._look()
        return steps

    def _bridge(self, first: int) -> list[Footstep]:
        """Go on after a gap: filled with the stride before, or while searching with the mean; if it is long, anew."""
        missing = first - self._end
        if self._cadence_spm is not None and 0 <= missing <= BRIDGED_S * GRID_HZ:
            self._append(_more_strides(self._values, missing, self._cadence_spm), is_filled=True)
            return []
        if len(self._values) and 0 <= missing <= SPANNED_S * GRID_HZ:
            mean = self._values[-int(GRID_HZ) :].mean(axis=0)
            self._append(np.tile(mean, (missing, 1)), is_filled=True)
            return []
        steps = self._last_steps() if missing > 0 else []
        self._values, self._is_filled = self._values[:0], self._is_filled[:0]
        self._began = self._end = first
        if missing < 0:
            self._follower = Follower()
        self._lose()
        return steps

    def _append(self, values: Floats, *, is_filled: bool) -> None:
        self._values = np.concatenate([self._values, values])[-N_KEPT:]
        self._is_filled = np.concatenate([self._is_filled, np.full(len(values), is_filled)])[-N_KEPT:]
        self._end += len(values)

    def _look(self) -> list[Footstep]:
        """Look at the rhythm and follow it."""
        rhythm = self._rhythm()
        if self._cadence_spm is None:
            self._search(rhythm)
        else:
            self._hold(self._cadence_spm, rhythm)
        if self._cadence_spm is None:
            return []
        if self._n_weak < LEAVES_AFTER_HOPS and not self._is_still():
            return self._follower.follow(self._widen(self._cadence_spm), self._cadence_spm)
        steps = self._last_steps()
        self._lose()
        return steps

    def _rhythm(self) -> Rhythm:
        """The rhythm of the whole window, or of its newer part if something has just begun or changed."""
        whole = rhythm_of(self._values[-N_WINDOW:])
        if self._cadence_spm is None and whole.level_g < BRISK_G:
            return whole
        newer = rhythm_of(self._values[-N_NEWER:])
        has_begun = self._cadence_spm is None and newer.level_g > HARDER_BY * whole.level_g
        return newer if has_begun or newer.strength > whole.strength + CLEARER_BY else whole

    def _search(self, rhythm: Rhythm) -> None:
        """Begin to step when a rhythm has held."""
        if self._holds(rhythm, is_rhythm=_begins(rhythm)):
            self._take_up(rhythm)
            self._values = _refill(self._values, self._is_filled, rhythm.cadence_spm)
            self._follower.begin(self._end - N_BACK)

    def _hold(self, cadence_spm: float, rhythm: Rhythm) -> None:
        """Stay with the rhythm, or take up another that holds."""
        is_rhythm = rhythm.strength >= GOES_ON_AT and rhythm.level_g >= MIN_LEVEL_G
        if is_rhythm and _are_alike(rhythm.cadence_spm, cadence_spm):
            self._take_up(rhythm)
            return
        self._n_weak += 1
        if self._holds(rhythm, is_rhythm=is_rhythm):
            self._take_up(rhythm)
            self._follower.change()

    def _holds(self, rhythm: Rhythm, *, is_rhythm: bool) -> bool:
        """Whether a rhythm has been the same for some hops."""
        last = self._candidates[-1:] if is_rhythm else []
        is_same = bool(last) and _are_alike(rhythm.cadence_spm, last[0].cadence_spm)
        self._candidates = [*(self._candidates if is_same else []), *([rhythm] if is_rhythm else [])]
        return len(self._candidates) >= HOLDS_HOPS

    def _take_up(self, rhythm: Rhythm) -> None:
        """This is the rhythm now."""
        self._cadence_spm, self._candidates, self._n_weak = rhythm.cadence_spm, [], 0
        self._votes = self._votes.with_rhythm(rhythm)

    def _lose(self) -> None:
        """Nobody steps."""
        self._cadence_spm, self._candidates, self._n_weak = None, [], 0

    def _is_still(self) -> bool:
        """Whether nothing has moved lately."""
        return float(self._values[-int(STILL_S * GRID_HZ) :, :3].std(axis=0).max()) < STILL_G

    def _widen(self, cadence_spm: float, n_ahead: int = 0) -> Seen:
        """What the follower looks at: what came, and around it what would be there if the strides went on."""
        n_behind = half_length(cadence_spm) if self._end - len(self._values) == self._began else 0
        behind = _more_strides(self._values[::-1], n_behind, cadence_spm)[::-1]
        ahead = _more_strides(self._values, n_ahead, cadence_spm)
        made_up = np.ones(n_behind, dtype=bool), np.ones(n_ahead, dtype=bool)
        return Seen(
            self._end - len(self._values) - n_behind,
            np.concatenate([behind, self._values, ahead]),
            np.concatenate([made_up[0], self._is_filled, made_up[1]]),
        )

    def _last_steps(self) -> list[Footstep]:
        """The steps up to the newest value, which is seen from one side only."""
        if self._cadence_spm is None:
            return []
        return self._follower.follow(self._widen(self._cadence_spm, half_length(self._cadence_spm)), self._cadence_spm)


def _refill(values: Floats, is_filled: NDArray[np.bool_], cadence_spm: float) -> Floats:
    """The same, with the gaps of the search filled once more, now that the stride is known: from the one after."""
    stride = round(2 * SECONDS_PER_MINUTE / cadence_spm * GRID_HZ)
    values = values.copy()
    for at in np.flatnonzero(is_filled)[::-1]:
        source = at + stride if at + stride < len(values) else at - stride
        if source >= 0:
            values[at] = values[source]
    return values


def _begins(rhythm: Rhythm) -> bool:
    """Whether a rhythm is that of somebody who steps."""
    least = BEGINS_AT if rhythm.level_g >= FAINT_G else FAINT_BEGINS_AT
    return rhythm.level_g >= MIN_LEVEL_G and rhythm.strength >= least


def _are_alike(one_spm: float, other_spm: float) -> bool:
    return abs(one_spm / other_spm - 1) < ALIKE


def _more_strides(values: Floats, n: int, cadence_spm: float) -> Floats:
    """So many more values: the last stride again and again."""
    stride = min(round(2 * SECONDS_PER_MINUTE / cadence_spm * GRID_HZ), len(values))
    return np.tile(values[-stride:], (n // stride + 1, 1))[:n]

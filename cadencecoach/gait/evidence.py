"""Which readings count: the newest few seconds of believable step rates, and those still under suspicion.

A reading far from all others is either an error or a runner who has just begun to walk. One reading cannot tell, the
next second can: so it waits, and either the following readings agree with it and replace what stood before, or they do
not and it is dropped. It never moves the estimate alone.
"""

from dataclasses import dataclass, replace

MAX_JUMP_SPM = 20.0  # between neighbours a second apart: 15 spm/s is the usual limit, plus 2 spm steps of a stride byte
MAX_CHANGE_SPM_PER_S = 15.0  # between suspects further apart: a runner who slows to a walk takes several seconds
CONFIRM_AFTER_S = 0.8  # one second of a 1 Hz pod and its jitter; a 4 Hz pod repeats an error for several readings
CONFIRM_WITHIN_S = 3.0  # a second opinion later than that is about something else
RETURN_WITHIN_S = 10.0  # nothing in the window is nothing to protect, and slow sensors must be able to return
SAME_INSTANT_S = 0.05  # BlueZ delivers twice, within 50 ms, when two programs listen to one pod
QUALITY_OVER_S = 10.0
COVERS_S = 1.0  # a reading speaks for a second: pods notify at about 1 Hz
JITTER_S = 0.2  # and are that much early or late

Mark = tuple[float, float]  # time_s, cadence_spm


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The readings an estimate stands on.

    Attributes:
        window_s: how far back from the newest reading the window goes
        window: (time_s, cadence_spm) of the readings that count, oldest first
        cadence_spm: their median; None while there are none
        suspects: readings far from the window that agree with each other, waiting to be confirmed
        seconds_s: the last ten seconds as far as readings that count speak for them, each by its beginning
        n_used: how many readings ever counted
        n_rejected: how many were dropped as impossible or as lone outliers
    """

    window_s: float
    window: tuple[Mark, ...] = ()
    cadence_spm: float | None = None
    suspects: tuple[Mark, ...] = ()
    seconds_s: tuple[float, ...] = ()
    n_used: int = 0
    n_rejected: int = 0

    @property
    def newest_s(self) -> float | None:
        """When the newest reading that counts came."""
        return self.window[-1][0] if self.window else None

    def with_mark(self, time_s: float, cadence_spm: float) -> "Evidence":
        """The evidence after one more possible step rate; `newest_s` is `time_s` if it counts."""
        window = _since(self.window, time_s - self.window_s)
        if window and window[-1][0] > time_s - SAME_INSTANT_S:
            return self._replacing_newest(window, cadence_spm)
        is_believed = _agrees(cadence_spm, window, self.cadence_spm) if window else not self.n_used
        if is_believed:
            return self._count((*window, (time_s, cadence_spm)), n_new=1, n_dropped=len(self.suspects))
        return self._suspecting((time_s, cadence_spm), within_s=CONFIRM_WITHIN_S if window else RETURN_WITHIN_S)

    def _replacing_newest(self, window: tuple[Mark, ...], cadence_spm: float) -> "Evidence":
        """The later reading of one instant stands, if it is believable beside the one it replaces."""
        if not _agrees(cadence_spm, window, self.cadence_spm):
            return self.with_rejected()
        marks = (*window[:-1], (window[-1][0], cadence_spm))
        return replace(self, window=marks, cadence_spm=median(marks))

    def _suspecting(self, mark: Mark, *, within_s: float) -> "Evidence":
        """The evidence after a reading that agrees with nothing in the window, or found it empty or too old."""
        time_s, _ = mark
        alike = self.suspects if self.suspects and self._is_alike(mark, within_s) else ()
        n_dropped = len(self.suspects) - len(alike)
        if alike and alike[-1][0] > time_s - SAME_INSTANT_S:
            alike = alike[:-1]
            n_dropped += 1
        suspects = (*alike, mark)
        if time_s - suspects[0][0] >= CONFIRM_AFTER_S:
            window = _since(suspects, time_s - self.window_s)
            return self._count(window, n_new=len(suspects), n_dropped=n_dropped)
        return replace(self, suspects=suspects, n_rejected=self.n_rejected + n_dropped)

    def _is_alike(self, mark: Mark, within_s: float) -> bool:
        """Whether a reading says what the suspects said, soon enough after them."""
        time_s, cadence_spm = self.suspects[-1]
        apart_s = mark[0] - time_s
        most_spm = max(MAX_JUMP_SPM, MAX_CHANGE_SPM_PER_S * min(apart_s, CONFIRM_WITHIN_S))
        return apart_s <= within_s and abs(mark[1] - cadence_spm) <= most_spm

    def _count(self, window: tuple[Mark, ...], *, n_new: int, n_dropped: int) -> "Evidence":
        """The evidence with a window whose newest readings now count."""
        return Evidence(
            window_s=self.window_s,
            window=window,
            cadence_spm=median(window),
            seconds_s=self._seconds_with(window[-n_new:]),
            n_used=self.n_used + n_new,
            n_rejected=self.n_rejected + n_dropped,
        )

    def _seconds_with(self, new: tuple[Mark, ...]) -> tuple[float, ...]:
        """The covered seconds of the last ten, with those of new readings."""
        from_s = new[-1][0] - QUALITY_OVER_S
        seconds_s = [begin_s for begin_s in self.seconds_s if begin_s > from_s]
        for time_s, _ in new:
            if not seconds_s or time_s - seconds_s[-1] >= COVERS_S - JITTER_S:
                seconds_s.append(time_s)
        return tuple(seconds_s)

    def with_rejected(self) -> "Evidence":
        """The evidence after a value that cannot be a step rate."""
        return replace(self, n_rejected=self.n_rejected + 1)

    def empty(self) -> "Evidence":
        """The evidence after a stop or a loss: what comes next must be confirmed."""
        return replace(self, window=(), cadence_spm=None)

    def quality_at(self, time_s: float) -> float:
        """Part of the ten seconds before a time that is covered by readings that count, 0 to 1."""
        from_s = time_s - QUALITY_OVER_S
        n_covered = sum([covered_s > from_s for covered_s in self.seconds_s])
        return min(n_covered * COVERS_S / QUALITY_OVER_S, 1.0)


def _since(window: tuple[Mark, ...], from_s: float) -> tuple[Mark, ...]:
    """The readings later than a time."""
    if not window or window[0][0] > from_s:
        return window
    return tuple(mark for mark in window if mark[0] > from_s)


def _agrees(cadence_spm: float, window: tuple[Mark, ...], typical_spm: float | None) -> bool:
    """Whether a step rate can stand beside the window: near its newest reading or near its median."""
    return abs(cadence_spm - window[-1][1]) <= MAX_JUMP_SPM or (
        typical_spm is not None and abs(cadence_spm - typical_spm) <= MAX_JUMP_SPM
    )


def median(marks: tuple[Mark, ...]) -> float:
    """Median step rate of at least one mark."""
    values = sorted(cadence_spm for _, cadence_spm in marks)
    half = len(values) // 2
    return values[half] if len(values) % 2 else (values[half - 1] + values[half]) / 2

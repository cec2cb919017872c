"""A cadence from taps, for who has no sensor: a hand taps each step, or each second one.

Twenty seconds of them make a baseline, and the newest few say what a runner does now. The arithmetic is the least of
its error: people tap to the rhythm they remember, which lies within some 3 steps a minute of what their feet do
(docs/running.md). What is no rhythm of a run is refused with its reason.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import accumulate, pairwise
from statistics import linear_regression, median

from cadencecoach.errors import PayloadError
from cadencecoach.gait.reading import Reading
from cadencecoach.units import SECONDS_PER_MINUTE

TAPS = "taps"  # how a baseline was taken, in journal and log
TAPPED_S = 20.0
ERROR_SPM = 3.0
MARKED_SPM = 3.0  # a baseline from a source that may be so far off, or farther, is marked (docs/decisions/0121)
LEAST_TAPS, LEAST_S = 12, 12.0
BOUNCE_S = 0.12  # quicker than any step: a key that bounced, or repeats because it is held
GAP_S = 2.5  # longer than any rhythm of steps: a new try
ODD_RATIO, MOST_ODD = 0.25, 0.15  # of an interval off the rhythm; the part of intervals that may be
MOST_MISSED = 0.2  # part of the steps without a tap
STEADY_SPM = 2 * ERROR_SPM  # from the first half to the second
RUN_SPM = (130.0, 220.0)  # between its upper half and its lower end no rhythm can be read both ways
EVERY_STEP, EVERY_SECOND = 1, 2

# While somebody runs: the newest taps, few enough to follow a change within some 4 s.
TAP = b"\x01"  # one tap as a payload; when it came says the rest
NEWEST_TAPS, NEWEST_S = 12, 8.0
LEAST_NEWEST = 8  # with 25 ms of scatter the rate of so many strays by 2 spm
# Narrower than for a baseline, where a person looks at the result: a walk of 100 to 130 steps must be read as no run.
HEARD_STEPS_SPM, HEARD_SECOND_STEPS_SPM = (140.0, 220.0), (70.0, 100.0)


class TapFault(Enum):
    """Why taps tell no cadence."""

    TOO_FEW = "too few"
    HELD = "held"
    GAPS = "gaps"
    IRREGULAR = "irregular"
    CHANGED = "changed"
    TOO_QUICK = "too quick"
    NO_RUN = "no run"


@dataclass(frozen=True, slots=True, kw_only=True)
class TappedCadence:
    """What taps tell.

    Attributes:
        cadence_spm: of both feet
        each: every so many steps were tapped: 1, or 2
    """

    cadence_spm: float
    each: int
    error_spm: float = ERROR_SPM


def cadence_of_taps(times_s: Sequence[float]) -> TappedCadence | TapFault:
    """The cadence that was tapped, or why there is none.

    Args:
        times_s: of the taps, rising
    """
    gaps_s = [after - before for before, after in pairwise(times_s)]
    if len(gaps_s) >= LEAST_TAPS and median(gaps_s) < BOUNCE_S:
        return TapFault.HELD
    taps_s = _longest_stretch(_without_bounces(times_s))
    if not _is_enough(taps_s):
        return TapFault.GAPS if _is_enough(_without_bounces(times_s)) else TapFault.TOO_FEW
    steps = _count_taps(taps_s)
    return steps if isinstance(steps, TapFault) else _read(taps_s, steps)


def _without_bounces(times_s: Sequence[float]) -> list[float]:
    kept: list[float] = []
    for time_s in times_s:
        if not kept or time_s - kept[-1] >= BOUNCE_S:
            kept.append(time_s)
    return kept


def _longest_stretch(taps_s: Sequence[float]) -> list[float]:
    """The taps without a gap that last longest."""
    stretches: list[list[float]] = [[]]
    for time_s in taps_s:
        if stretches[-1] and time_s - stretches[-1][-1] > GAP_S:
            stretches.append([])
        stretches[-1].append(time_s)
    return max(stretches, key=lambda taps: taps[-1] - taps[0] if taps else -1.0)


def _is_enough(taps_s: Sequence[float]) -> bool:
    return len(taps_s) >= LEAST_TAPS and taps_s[-1] - taps_s[0] >= LEAST_S


def _count_taps(taps_s: Sequence[float]) -> list[int] | TapFault:
    """Which beat of the rhythm each tap is, from 0: a tap left out now and then is seen by its longer interval."""
    intervals_s = [after - before for before, after in pairwise(taps_s)]
    usual_s = median(intervals_s)
    beats = [max(1, round(interval_s / usual_s)) for interval_s in intervals_s]
    odd = [
        abs(interval_s / usual_s - n_beats) > ODD_RATIO for interval_s, n_beats in zip(intervals_s, beats, strict=True)
    ]
    if sum(odd) > MOST_ODD * len(odd):
        return TapFault.IRREGULAR
    if sum(beats) - len(beats) > MOST_MISSED * sum(beats):
        return TapFault.GAPS
    return [0, *accumulate(beats)]


def _read(taps_s: Sequence[float], beats: Sequence[int]) -> TappedCadence | TapFault:
    """The rate of the rhythm as steps of a run."""
    rate = _rate(taps_s, beats)
    low_spm, high_spm = RUN_SPM
    each = next((n for n in (EVERY_STEP, EVERY_SECOND) if low_spm <= round(n * rate, 1) <= high_spm), None)
    if each is None:
        return TapFault.TOO_QUICK if rate > high_spm else TapFault.NO_RUN
    half = len(taps_s) // 2
    change = _rate(taps_s[half:], beats[half:]) - _rate(taps_s[:half], beats[:half])
    if abs(each * change) > STEADY_SPM:
        return TapFault.CHANGED
    return TappedCadence(cadence_spm=round(each * rate, 1), each=each)


def _rate(taps_s: Sequence[float], beats: Sequence[int]) -> float:
    """Beats a minute, by the straight line through all taps: a late last tap hardly moves it."""
    return SECONDS_PER_MINUTE / linear_regression(beats, taps_s).slope


@dataclass(frozen=True, slots=True)
class Tap:
    """One tap: all that it says is when it came."""


def decode_tap(payload: bytes) -> Tap:
    """A tap's payload as a message.

    Raises:
        PayloadError: it is no tap of this version
    """
    if payload != TAP:
        raise PayloadError(f"a tap is the byte {TAP.hex()}", payload)
    return Tap()


class TapReader:
    """The cadence of the newest taps of a runner; after a gap of 2.5 s it begins anew."""

    footfalls_s: tuple[float, ...] = ()  # a hand taps where it remembers the steps to be, which is no time of a step
    n_seen = 0
    place = ""

    def __init__(self) -> None:
        """Nobody has tapped."""
        self._taps_s: list[float] = []

    def take(self, time_s: float, payload: bytes) -> Reading | None:
        """The cadence after a tap; None while there are too few, and where they are no rhythm of a run.

        Raises:
            PayloadError: it is no tap
        """
        decode_tap(payload)
        if self._taps_s and time_s - self._taps_s[-1] < BOUNCE_S:
            return None
        if self._taps_s and time_s - self._taps_s[-1] > GAP_S:
            self._taps_s = []
        recent_s = [one for one in self._taps_s if time_s - one <= NEWEST_S]
        self._taps_s = [*recent_s, time_s][-NEWEST_TAPS:]
        if len(self._taps_s) < LEAST_NEWEST:
            return None
        beats = _count_taps(self._taps_s)
        if isinstance(beats, TapFault):
            return None
        rate = _rate(self._taps_s, beats)
        for each, (low, high) in ((EVERY_STEP, HEARD_STEPS_SPM), (EVERY_SECOND, HEARD_SECOND_STEPS_SPM)):
            if low <= round(rate, 1) <= high:
                return Reading(time_s=time_s, cadence_spm=each * rate)
        return None

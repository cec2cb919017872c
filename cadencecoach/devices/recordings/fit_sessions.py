"""Which sport each record of a FIT file was: by its sessions, whose clock may be another than that of the records.

A watch that learns the time from satellites in the middle of a run corrects its records or its sessions, and seldom
both alike. So times are believed only where they fit the records; otherwise the order of the messages in the file
tells, then all sessions shifted together, then how long each of them was.
"""

import math
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise

from cadencecoach.devices.recordings.sports import UNSAID, OnFoot, Sport

SAID = frozenset({OnFoot.RUN, OnFoot.WALK, OnFoot.NO})
SHIFT_S, ALIKE_S = 1.5, 2.0  # a shift is longer than a record lasts, and the same at both ends
LONGEST_STEP_S = 60.0  # between two records; more is a clock that was set
NEAR_S = 5.0  # records begin and end about so far from their session
NEARLY_ALL, MOST = 0.98, 0.8  # of the records, for sessions that fit them, and for those that may
SHIFTED = "session times differ from those of the records by {s:g} s; read as shifted by that"
NEAREST = "session times do not fit all records; each is taken for the sport of the nearest session"
BY_ORDER = "session times do not fit the records; which record was which sport is told by their order in the file"
BY_LENGTH = "session times do not fit the records; which record was which sport is told by how long each session was"


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A session of a FIT file, or a lap.

    Attributes:
        from_s, to_s: in the file's seconds
        length_s: how long it was, if its times say so or it says so itself; 0 where nobody knows
        sport: which
        n_before: records that stand before it in the file
    """

    from_s: float
    to_s: float
    length_s: float
    sport: Sport
    n_before: int


@dataclass(slots=True)
class Claims:
    """What one FIT file says about the sports of its records.

    Attributes:
        sessions, laps: in the order of the file
        sports: what `sport` messages say, with how many records stand before each
    """

    sessions: list[Session] = field(default_factory=list)
    laps: list[Session] = field(default_factory=list)
    sports: list[tuple[int, Sport]] = field(default_factory=list)

    def sport_at(self, place: int) -> Sport:
        """What the newest `sport` message before a record says, or the first one there is."""
        before = [sport for n_before, sport in self.sports if n_before <= place]
        return before[-1] if before else self.sports[0][1] if self.sports else UNSAID


def sports_of(times_s: Sequence[float], claims: Claims) -> tuple[list[Sport], list[str]]:
    """The sport of each record, and notes."""
    sessions = claims.sessions
    if not any(one.sport.on_foot in SAID for one in sessions):  # a session of several sports has them in its laps
        sessions = claims.laps if any(one.sport.on_foot in SAID for one in claims.laps) else sessions
    if all(one.sport.on_foot is OnFoot.UNSAID for one in sessions):
        return [claims.sport_at(place) for place in range(len(times_s))], []
    if len({one.sport for one in sessions}) == 1:
        return _of_one_sport(times_s, sessions, claims), []
    return _of_several(times_s, sorted(sessions, key=lambda one: one.n_before))


def _of_one_sport(times_s: Sequence[float], sessions: Sequence[Session], claims: Claims) -> list[Sport]:
    """All records are of the one sport, unless they go on long after a ride and the file names a run.

    A watch that died in the run of a duathlon has written the session of its ride, and no other.
    """
    sport = sessions[0].sport
    length_s = sum(one.length_s for one in sessions)
    if sport.on_foot is not OnFoot.NO or _spread_s(times_s) <= length_s + 2 * NEAR_S:
        return [sport] * len(times_s)
    last = max(one.to_s for one in sessions)
    return [
        claimed if time_s > last and claimed.on_foot in {OnFoot.RUN, OnFoot.WALK} else sport
        for time_s, claimed in ((time_s, claims.sport_at(place)) for place, time_s in enumerate(times_s))
    ]


def _of_several(times_s: Sequence[float], sessions: Sequence[Session]) -> tuple[list[Sport], list[str]]:
    """The sport of each record by the first way that fits."""
    return next(_ways_to_tell(times_s, sessions)) if times_s else ([], [])


def _ways_to_tell(times_s: Sequence[float], sessions: Sequence[Session]) -> Iterator[tuple[list[Sport], list[str]]]:
    """The sports by each way that fits; ways that guess more come later."""
    by_time = sorted(sessions, key=lambda one: one.from_s)
    ends_s = (times_s[0] - by_time[0].from_s, times_s[-1] - max(one.to_s for one in by_time))
    is_timed = all(map(math.isfinite, (*(one.to_s for one in by_time), *(one.from_s for one in by_time[1:]))))
    is_shifted = abs(ends_s[0]) > SHIFT_S and abs(ends_s[0] - ends_s[1]) <= ALIKE_S
    if is_timed and not is_shifted and _fits(times_s, by_time, 0.0, NEARLY_ALL):
        yield _by_time(times_s, by_time, 0.0), []
    ends = [0, *(one.n_before for one in sessions)]
    if all(first < second for first, second in pairwise(ends)):
        yield _by_order([*ends[:-1], len(times_s)], sessions), [BY_ORDER]
    for shift_s in ends_s if is_timed else ():
        if _fits(times_s, by_time, shift_s, NEARLY_ALL):
            yield _by_time(times_s, by_time, shift_s), [SHIFTED.format(s=abs(shift_s))]
    if is_timed and _fits(times_s, by_time, 0.0, MOST):
        yield _by_time(times_s, by_time, 0.0), [NEAREST]
    if any(one.length_s for one in sessions):
        yield _by_length(times_s, sessions), [BY_LENGTH]
    words = " and ".join(dict.fromkeys(one.sport.words or "another sport" for one in sessions))
    yield [Sport(OnFoot.UNCLEAR, words)] * len(times_s), []


def _fits(times_s: Sequence[float], sessions: Sequence[Session], shift_s: float, part: float) -> bool:
    """Whether a part of the records at least lies in a session, and every session has some."""
    n_in = [0] * len(sessions)
    for time_s in times_s:
        place = _place(time_s - shift_s, sessions)
        n_in[place] += sessions[place].from_s - NEAR_S <= time_s - shift_s <= sessions[place].to_s + NEAR_S
    is_empty = any(n == 0 and one.to_s - one.from_s > 2 * NEAR_S for n, one in zip(n_in, sessions, strict=True))
    return sum(n_in) >= part * len(times_s) and not is_empty


def _by_time(times_s: Sequence[float], sessions: Sequence[Session], shift_s: float) -> list[Sport]:
    return [sessions[_place(time_s - shift_s, sessions)].sport for time_s in times_s]


def _place(time_s: float, sessions: Sequence[Session]) -> int:
    """The last session that has begun, or the first one; between two of them the nearer one."""
    place = max(0, bisect_right([one.from_s for one in sessions], time_s) - 1)
    if place + 1 < len(sessions) and time_s > sessions[place].to_s:
        place += sessions[place + 1].from_s - time_s < time_s - sessions[place].to_s
    return place


def _by_order(ends: Sequence[int], sessions: Sequence[Session]) -> list[Sport]:
    return [one.sport for (start, end), one in zip(pairwise(ends), sessions, strict=True) for _ in range(end - start)]


def _by_length(times_s: Sequence[float], sessions: Sequence[Session]) -> list[Sport]:
    """The sessions end to end from the first record on, stretched to the last one; jumps of the clock take no time."""
    steps_s = (later - earlier for earlier, later in pairwise(times_s))
    at_s = list(accumulate((step_s if 0 <= step_s <= LONGEST_STEP_S else 1.0 for step_s in steps_s), initial=0.0))
    ends_s = list(accumulate(one.length_s for one in sessions))
    scale = (at_s[-1] + 1.0) / (ends_s[-1] or 1.0)
    places = (bisect_right(ends_s, time_s / scale) for time_s in at_s)
    return [sessions[min(len(sessions) - 1, place)].sport for place in places]


def _spread_s(times_s: Sequence[float]) -> float:
    return max(times_s) - min(times_s) if times_s else 0.0

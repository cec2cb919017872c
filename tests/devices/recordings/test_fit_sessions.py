"""Which record of a FIT file was which sport, whatever clock its sessions have."""

import math
from typing import NamedTuple

from each_row import each_row

from cadencecoach.devices.recordings.fit_sessions import (
    BY_LENGTH,
    BY_ORDER,
    NEAREST,
    SHIFTED,
    Claims,
    Session,
    sports_of,
)
from cadencecoach.devices.recordings.sports import UNSAID, OnFoot, Sport, sport_of

RUN, RIDE, SWITCH, MANY = sport_of("run"), sport_of("ride"), sport_of("transition"), sport_of("multisport")


def made(from_s: float, to_s: float, sport: Sport, *, n_before: int = 0) -> Session:
    """A session."""
    length_s = to_s - from_s if math.isfinite(to_s - from_s) else 0.0
    return Session(from_s=from_s, to_s=to_s, length_s=length_s, sport=sport, n_before=n_before)


class Case(NamedTuple):
    """Records of a second each by their sports, the sessions, and the note."""

    told: list[Session]
    sports: list[tuple[int, Sport]]
    note: str = ""
    times_s: list[float] | None = None


DUATHLON = [(60, RUN), (60, RIDE)]
CASES = {
    "times fit": Case([made(0, 60, RUN), made(60, 120, RIDE)], DUATHLON),
    "in another order": Case([made(60, 120, RIDE), made(0, 60, RUN)], DUATHLON),
    "with a switch": Case(
        [made(0, 60, RUN), made(60, 80, SWITCH), made(80, 120, RIDE)], [(60, RUN), (20, SWITCH), (40, RIDE)]
    ),
    "an hour off": Case([made(3600, 3660, RUN), made(3660, 3720, RIDE)], DUATHLON, SHIFTED.format(s=3600)),
    "half a minute early": Case([made(-30, 30, RUN), made(30, 90, RIDE)], DUATHLON, SHIFTED.format(s=30)),
    "a second off": Case([made(1, 61, RUN), made(61, 121, RIDE)], [(61, RUN), (59, RIDE)]),
    "one of them off": Case([made(3600, 3660, RUN), made(60, 120, RIDE)], DUATHLON, BY_LENGTH),
    "the other one off": Case([made(0, 60, RUN), made(3660, 3720, RIDE)], DUATHLON, BY_LENGTH),
    "without times, between the records": Case(
        [made(-math.inf, math.inf, RUN, n_before=60), made(-math.inf, math.inf, RIDE, n_before=120)], DUATHLON, BY_ORDER
    ),
    "without the first start": Case([made(-math.inf, 60, RUN), made(60, 120, RIDE)], [(60, RUN), (60, RIDE)]),
    "without times": Case(
        [made(-math.inf, math.inf, RUN), made(-math.inf, math.inf, RIDE)],
        [(120, Sport(OnFoot.UNCLEAR, "run and ride"))],
    ),
    "all at zero": Case([made(0, 0, RUN), made(0, 0, RIDE)], [(120, Sport(OnFoot.UNCLEAR, "run and ride"))]),
    "between the records": Case(
        [made(9000, 9060, RUN, n_before=60), made(9000, 9070, RIDE, n_before=120)], DUATHLON, BY_ORDER
    ),
    "clock set in the run": Case(
        [made(3600, 3630, RUN), made(3630, 3720, RIDE)],
        [(40, RUN), (90, RIDE)],
        NEAREST,
        times_s=[*map(float, range(10)), *map(float, range(3600, 3720))],
    ),
}


@each_row("name", CASES)
def test_sessions_of_several_sports(name: str) -> None:
    """Times are believed where they fit; where anything is guessed, a note says so."""
    case = CASES[name]
    want = [sport for n, sport in case.sports for _ in range(n)]
    times_s = case.times_s or [float(second) for second in range(len(want))]
    sports, notes = sports_of(times_s, Claims(sessions=case.told))
    assert sports == want
    assert notes == ([case.note] if case.note else [])


TIMES_S = [float(second) for second in range(120)]


@each_row(
    ("claims", "want"),
    [
        (Claims(), [(120, UNSAID)]),
        (Claims(sports=[(0, RUN)]), [(120, RUN)]),
        (Claims(sports=[(60, RUN)]), [(120, RUN)]),
        (Claims(sports=[(0, RIDE), (60, RUN)]), [(60, RIDE), (60, RUN)]),
        (Claims(sessions=[made(0, 120, RIDE)], sports=[(0, RUN)]), [(120, RIDE)]),
        (Claims(sessions=[made(3600, 3720, RIDE)], sports=[(0, RUN)]), [(120, RIDE)]),
        (Claims(sessions=[made(0, 60, RIDE)]), [(120, RIDE)]),
        (Claims(sessions=[made(0, 60, RIDE)], sports=[(0, RIDE), (60, RUN)]), [(61, RIDE), (59, RUN)]),
        (Claims(sessions=[made(0, 60, RUN)], sports=[(0, RIDE)]), [(120, RUN)]),
        (Claims(laps=[made(0, 60, RIDE), made(60, 120, RUN)]), [(60, RIDE), (60, RUN)]),
        (Claims(sessions=[made(0, 120, MANY)], laps=[made(0, 60, RIDE), made(60, 120, RUN)]), [(60, RIDE), (60, RUN)]),
        (Claims(sessions=[made(0, 120, RIDE)], laps=[made(0, 120, RUN)]), [(120, RIDE)]),
        (Claims(sessions=[made(0, 120, MANY)]), [(120, MANY)]),
    ],
)
def test_what_stands_for_sessions_that_are_not_there_or_say_nothing(
    claims: Claims, want: list[tuple[int, Sport]]
) -> None:
    """A session is believed before laps, and laps before what the watch was set to."""
    sports, notes = sports_of(TIMES_S, claims)
    assert sports == [sport for n, sport in want for _ in range(n)]
    assert notes == []


def test_a_file_without_records_has_no_sports() -> None:
    """Whatever its sessions say."""
    assert sports_of([], Claims(sessions=[made(0, 60, RUN), made(60, 120, RIDE)])) == ([], [])

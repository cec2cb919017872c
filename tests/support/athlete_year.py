"""A year of a made-up athlete: 150 sessions with a rise, a plateau, a layoff and a week of pain put in. A simulation.

The days and what the runner is like on each of them come from one seed. `bench/year.py` runs a rehearsal for each;
`rows_and_entries` makes the rows directly, which is quick enough for a test.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from cadencecoach.record.entries import BaselineTaken, CheckIn, Entry, Moment, Site
from cadencecoach.record.row import SessionRow

ATHLETE = "maple"
FIRST = date(2025, 1, 6)
N_SESSIONS = 150
OWN_SPM = 162.0
TARGET_RATIO = 1.05
PLATEAU_WEEKS = range(14, 27)
LAYOFF_WEEKS = range(27, 32)
PAIN_WEEK = 41
N_WEEKS = 52
RUN_S = 1200.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """What the runner is like on the day of a session.

    Attributes:
        helped_spm, alone_spm: cadence with help, and in a probe before it
        speed_mps: of the whole run
        pain, effort: afterwards, 0 to 10
    """

    day: date
    week: int
    helped_spm: float
    alone_spm: float
    speed_mps: float
    pain: int
    effort: int

    @property
    def id(self) -> str:
        """Name of its journal without the ending."""
        return f"{self.day.isoformat()}-070000"


def days(seed: int = 1) -> tuple[Day, ...]:
    """The sessions of the year, in order."""
    chance = random.Random(seed)  # noqa: S311  # a runner, no secret
    weeks = [week for week in range(N_WEEKS) if week not in LAYOFF_WEEKS]
    spare = N_SESSIONS - 3 * len(weeks)  # some weeks have a fourth session
    fourth = set(chance.sample([week for week in weeks if week != PAIN_WEEK], spare))
    return tuple(
        _day(week, weekday, chance) for week in weeks for weekday in ((0, 2, 4, 5) if week in fourth else (0, 2, 4))
    )


def _day(week: int, weekday: int, chance: random.Random) -> Day:
    gained = gain(week)
    is_painful = week == PAIN_WEEK
    return Day(
        day=FIRST + timedelta(weeks=week, days=weekday),
        week=week,
        helped_spm=OWN_SPM + gained + chance.gauss(0, 0.8),
        alone_spm=OWN_SPM + gained * kept(week) + chance.gauss(0, 1.0),
        speed_mps=2.8 + chance.gauss(0, 0.06),
        pain=chance.choice((5, 6)) if is_painful else chance.choice((0, 0, 0, 0, 1, 2)),
        effort=chance.choice((7, 8)) if is_painful else chance.choice((3, 4, 4, 5)),
    )


def gain(week: int) -> float:
    """How far above the old cadence the runner is with help, in spm: up, level, part of it lost, up again."""
    if week < PLATEAU_WEEKS.start:
        return 6.5 * week / PLATEAU_WEEKS.start
    if week < LAYOFF_WEEKS.stop:
        return 6.5
    return min(8.0, 3.5 + (week - LAYOFF_WEEKS.stop) * 0.45)


def kept(week: int) -> float:
    """The part of the gain that is there without help: more and more, but for the plateau."""
    week = min(week, PLATEAU_WEEKS.start) if week < LAYOFF_WEEKS.stop else week - len(PLATEAU_WEEKS)
    return min(0.9, 0.2 + week / 32)


def rows_and_entries(seed: int = 1) -> tuple[tuple[SessionRow, ...], tuple[Entry, ...]]:
    """Rows as an index would have them, and the athlete's log."""
    year = days(seed)
    entries: list[Entry] = [
        BaselineTaken(
            at=f"{FIRST.isoformat()}T06:30:00Z", day=FIRST, cadence_spm=OWN_SPM, speed_mps=2.8, duration_s=720.0
        )
    ]
    entries += _check_ins(year)
    return tuple(map(_row, year)), tuple(entries)


def _check_ins(year: tuple[Day, ...]) -> Iterator[CheckIn]:
    for one in year:
        site = Site.CALF if one.pain else None
        at, note = f"{one.day.isoformat()}T07:40:00Z", "calf tight on the left" if one.week == PAIN_WEEK else ""
        yield CheckIn(
            at=at,
            day=one.day,
            moment=Moment.AFTER,
            session=one.id,
            pain=one.pain,
            site=site,
            effort=one.effort,
            note=note,
        )


def _row(one: Day) -> SessionRow:
    target_spm = OWN_SPM * TARGET_RATIO
    share = max(0.0, min(1.0, 0.5 + (one.helped_spm - target_spm + 3) / 10))
    return SessionRow(
        id=one.id,
        started=f"{one.day.isoformat()}T07:00:00Z",
        day=one.day,
        athlete=ATHLETE,
        plan_name="Twenty minutes, plus 5 percent",
        origin="simulation",
        duration_s=RUN_S,
        running_s=RUN_S - 10,
        mean_cadence_spm=one.helped_spm,
        sd_spm=2.5,
        mean_speed_mps=one.speed_mps,
        distance_m=one.speed_mps * RUN_S,
        baseline_spm=OWN_SPM,
        target_spm=target_spm,
        band_s=900.0,
        in_band_s=900.0 * share,
        helped_s=720.0,
        silent_s=180.0,
        probe_s=180.0,
        probe_in_band_s=90.0,
        probe_cadence_spm=one.alone_spm,
        probe_target_spm=target_spm,
        retention_s=180.0,
        retention_cadence_spm=one.alone_spm,
        retention_target_spm=target_spm,
        n_corrections=max(0, 8 - one.week // 5),
        n_cues=20,
        steps=one.helped_spm * RUN_S / 60,
        coverage_ratio=0.99,
    )

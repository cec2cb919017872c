"""How the body felt, day by day: pain by its place, soreness, mood, readiness. A day without an answer is not there."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import fmean

from cadencecoach.coach.pain import STOPS_ABOVE
from cadencecoach.record.entries import CheckIn, Entry, Flag, ProgrammeSet, Site
from cadencecoach.record.progress.athlete import Session

COMPARED_ANSWERS = 4  # at the beginning and at the end, where there are as many
LEAST_ANSWERS = 2  # on each side: one says too little
LEAST_SHIFT = 2.0  # of 10: what people call a little more or less pain (Farrar 2001, 10.1016/S0304-3959(01)00349-9)
SIGN_COUNTS = timedelta(days=28)  # without a programme, in which the clinician would end a stop (design)

Levels = Mapping[date, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Felt:
    """What was answered, each by day.

    Attributes:
        pain: the highest above 0 by place; None is a place that nobody named
        no_pain: days on which the answer was 0, and no other
        soreness: the highest
        mood, readiness: the lowest
    """

    pain: Mapping[Site | None, Levels]
    no_pain: frozenset[date]
    soreness: Levels
    mood: Levels
    readiness: Levels

    @property
    def worst(self) -> Levels:
        """The highest pain of each day that has an answer, wherever it was."""
        found = dict.fromkeys(self.no_pain, 0)
        for levels in self.pain.values():
            for day, level in levels.items():
                found[day] = max(level, found.get(day, 0))
        return found

    def at(self, site: Site | None) -> Levels:
        """Pain at one place; on a day of pain elsewhere that of this place is not known."""
        return {**dict.fromkeys(self.no_pain, 0), **self.pain.get(site, {})}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """From the first answers to the last ones.

    Attributes:
        first, last: means
        n_answers: on each side
    """

    first: float
    last: float
    n_answers: int

    @property
    def is_more(self) -> bool:
        """Whether the last ones are clearly higher."""
        return self.last - self.first >= LEAST_SHIFT

    @property
    def is_less(self) -> bool:
        """Whether the last ones are clearly lower."""
        return self.first - self.last >= LEAST_SHIFT


@dataclass(frozen=True, slots=True, kw_only=True)
class StopSign:
    """An answer that asks to stop.

    Attributes:
        day: of the answer
        flags: signs that were named; empty where it was the pain
        pain: 0 to 10
        site: of the pain
    """

    day: date
    flags: frozenset[Flag] = frozenset()
    pain: int | None = None
    site: Site | None = None


def felt_of(check_ins: Iterable[CheckIn], sessions: Iterable[Session]) -> Felt:
    """All answers of an athlete."""
    told = tuple(check_ins)
    rated = [(one.day, one.site, one.pain) for one in told if one.pain is not None]
    placed = {(day, level) for day, _, level in rated}
    # What a session knows of pain is the worst of keys and check-ins; it counts where no check-in of the day says it.
    keyed = [(one.row.day, None, one.pain) for one in sessions if one.pain is not None]
    rated += [one for one in keyed if (one[0], one[2]) not in placed]
    pain: dict[Site | None, dict[date, int]] = {}
    for day, site, level in rated:
        if level:
            levels = pain.setdefault(site, {})
            levels[day] = max(level, levels.get(day, 0))
    hurt = {day for levels in pain.values() for day in levels}
    return Felt(
        pain=pain,
        no_pain=frozenset(day for day, _, _ in rated if day not in hurt),
        soreness=_by_day(((one.day, one.soreness) for one in told), highest=True),
        mood=_by_day(((one.day, one.mood) for one in told), highest=False),
        readiness=_by_day(((one.day, one.readiness) for one in told), highest=False),
    )


def shift_of(levels: Levels) -> Shift | None:
    """From the first answers to the last; None where there are too few to compare."""
    ordered = [level for _, level in sorted(levels.items())]
    n_answers = min(COMPARED_ANSWERS, len(ordered) // 2)
    if n_answers < LEAST_ANSWERS:
        return None
    return Shift(first=fmean(ordered[:n_answers]), last=fmean(ordered[-n_answers:]), n_answers=n_answers)


def open_sign(entries: Sequence[Entry], sessions: Sequence[Session], today: date) -> StopSign | None:
    """The last sign to stop that nobody has dealt with; None where there is none.

    A programme that is set, begun or exchanged after a sign ends it: that is the clinician's word. Without a programme
    a sign counts for four weeks, and longer where nothing was run since.

    Args:
        entries: in the order they were made, those that count
        sessions: of the athlete
        today: later answers do not count
    """
    sets = [(n, one.day) for n, one in enumerate(entries) if isinstance(one, ProgrammeSet) and not one.counts_from_new]
    signs = [(n, sign) for n, one in enumerate(entries) if (sign := _sign_of(one)) is not None]
    # Pain by key that no entry holds was said during the run.
    said = {(sign.day, sign.pain) for _, sign in signs}
    keyed = (StopSign(day=one.row.day, pain=one.pain) for one in sessions if (one.pain or 0) > STOPS_ABOVE)
    signs += [(-1, sign) for sign in keyed if (sign.day, sign.pain) not in said]
    still = [sign for n, sign in signs if not any(at > n and day >= sign.day for at, day in sets)]
    if not sets:
        last_run = max((one.row.day for one in sessions), default=date.min)
        still = [sign for sign in still if today - sign.day <= SIGN_COUNTS or last_run <= sign.day]
    return max((sign for sign in still if sign.day <= today), key=lambda sign: sign.day, default=None)


def _sign_of(entry: Entry) -> StopSign | None:
    if not isinstance(entry, CheckIn) or not (entry.flags or (entry.pain or 0) > STOPS_ABOVE):
        return None
    return StopSign(day=entry.day, flags=entry.flags, pain=entry.pain, site=entry.site)


def _by_day(answers: Iterable[tuple[date, int | None]], *, highest: bool) -> Levels:
    found: dict[date, int] = {}
    for day, level in answers:
        if level is not None:
            kept = found.get(day, level)
            found[day] = max(level, kept) if highest else min(level, kept)
    return found

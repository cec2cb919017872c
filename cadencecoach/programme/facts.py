"""What is known on a day: the programme, the sessions done, and all that was said since it was set. Pure sums.

Nothing here decides. None is "not known" and never zero.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from cadencecoach.programme.done import Done, Said, done_of
from cadencecoach.programme.model import Kind, Programme, Session
from cadencecoach.record.entries import (
    CheckIn,
    Decided,
    Entry,
    Flag,
    ItemDone,
    ProgrammeSet,
    SessionRun,
    Site,
)
from cadencecoach.record.row import SessionRow

STARTED = "started"


@dataclass(frozen=True, slots=True, kw_only=True)
class Red:
    """Something that stops: a flag, or pain above what any gate bears.

    Attributes:
        day: when it was said
        flag: None for pain
        pain: of 10; None for a flag
        site: of the pain
    """

    day: date
    flag: Flag | None = None
    pain: int | None = None
    site: Site | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the rules look at.

    Attributes:
        programme: what was prescribed
        today: the day it is asked for
        started: when it began, or was last begun anew by hand; None when nothing was set
        base_level: where it began
        done: its sessions that were run since, oldest first
        pending: what was said before a run that then did not take place, since the last session; day -> worst
        pains: every pain said since the programme was last set, for the red rules
        flags: every flag since then
        rows: every run of the athlete, oldest first
        runs: days of its sessions and refreshers, oldest first
        refreshed: the day of the last refresher; None for none
        shoes: (day, shoes) of runs that named them, oldest first
        ticked: exercises ticked off: day, name, part
    """

    programme: Programme
    today: date
    started: date | None
    base_level: int
    done: tuple[Done, ...]
    pending: tuple[tuple[date, Said], ...]
    pains: tuple[Red, ...]
    flags: tuple[Red, ...]
    rows: tuple[SessionRow, ...]
    runs: tuple[date, ...]
    refreshed: date | None
    shoes: tuple[tuple[date, str], ...]
    ticked: tuple[ItemDone, ...]

    @property
    def last(self) -> Done | None:
        """The session last run."""
        return self.done[-1] if self.done else None

    @property
    def last_session(self) -> Session | None:
        """What was prescribed in it."""
        return None if self.last is None else self.programme.sessions[self.last.item]

    @property
    def next_up(self) -> Session | None:
        """The session one level up; None at the end."""
        at = 0 if self.last is None else self.last.item + 1
        return self.programme.sessions[at] if at < len(self.programme.sessions) else None

    @property
    def rung(self) -> Session | None:
        """The step of the ladder the runner stands on: a look at what came of it is none."""
        upto = () if self.last is None else self.programme.sessions[: self.last.item + 1]
        return next((session for session in reversed(upto) if session.kind is Kind.SESSION), None)

    @property
    def last_run(self) -> date | None:
        """The day of the last run of any kind."""
        days = [row.day for row in self.rows if row.day <= self.today] + [day for day in self.runs if day <= self.today]
        return max(days, default=None)


def facts_of(programme: Programme, history: Sequence[SessionRow], log: Sequence[Entry], today: date) -> Facts:
    """Sort what is known.

    Args:
        programme: in force
        history: sessions of the athlete, in any order
        log: entries of the athlete; those of later days than today do not count
        today: by the runner's calendar
    """
    entries = sorted((entry for entry in log if entry.day <= today), key=lambda entry: entry.day)
    since_start, since_set = _since(entries, lambda one: one.because == STARTED), _since(entries, lambda _: True)
    rows = tuple(sorted((row for row in history if row.day <= today), key=lambda row: (row.day, row.started)))
    base = _base(since_set)
    runs = [entry for entry in (since_start if base is None else since_set) if isinstance(entry, SessionRun)]
    done, pending = done_of(programme, runs, rows, since_start if base is None else since_set)
    refreshers = _refreshers(programme, rows)
    sets = [entry.day for entry in since_set if isinstance(entry, ProgrammeSet)]
    checks = [entry for entry in since_set if isinstance(entry, CheckIn)]
    return Facts(
        programme=programme,
        today=today,
        started=sets[0] if sets else None,
        base_level=min(0 if base is None else base.level, len(programme.sessions)),
        done=done,
        pending=pending,
        pains=_pains(checks, since_set, rows),
        flags=tuple(Red(day=one.day, flag=flag) for one in checks for flag in sorted(one.flags, key=lambda f: f.value)),
        rows=rows,
        runs=tuple(sorted([*(one.day for one in done), *refreshers])),
        refreshed=max(refreshers, default=None),
        shoes=tuple((e.day, e.shoes) for e in entries if isinstance(e, SessionRun) and e.shoes),
        ticked=tuple(entry for entry in since_start if isinstance(entry, ItemDone)),
    )


def days(number: int) -> timedelta:
    """So many days."""
    return timedelta(days=number)


def _since(entries: Sequence[Entry], is_meant: Callable[[ProgrammeSet], bool]) -> list[Entry]:
    """The entries from the last programme set of a kind on; all of them where there is none."""
    begins = [index for index, entry in enumerate(entries) if isinstance(entry, ProgrammeSet) and is_meant(entry)]
    return list(entries[begins[-1] :] if begins else entries)


def _base(since_set: Sequence[Entry]) -> Decided | None:
    """The level set by hand together with the programme."""
    if not since_set or not isinstance(since_set[0], ProgrammeSet):
        return None
    at = since_set[0].at
    return next((entry for entry in since_set if isinstance(entry, Decided) and entry.at == at), None)


def _pains(checks: Sequence[CheckIn], since_set: Sequence[Entry], rows: Sequence[SessionRow]) -> tuple[Red, ...]:
    said = [Red(day=one.day, pain=one.pain, site=one.site) for one in checks if one.pain is not None]
    ran = {entry.session for entry in since_set if isinstance(entry, SessionRun)}
    keyed = [Red(day=row.day, pain=row.highest_pain) for row in rows if row.id in ran and row.highest_pain is not None]
    return (*said, *keyed)


def _refreshers(programme: Programme, rows: Sequence[SessionRow]) -> list[date]:
    if programme.refresher is None:
        return []
    return [row.day for row in rows if row.plan_name == programme.refresher.plan.name]


def exercises_asked(facts: Facts) -> tuple[tuple[Done, Session], ...]:
    """The sessions of the last seven days whose exercises have had their time: all but the last one's."""
    pairs = [(one, facts.programme.sessions[one.item]) for one in facts.done[:-1]]
    return tuple((one, session) for one, session in pairs if facts.today - one.day <= days(7) and session.exercises)

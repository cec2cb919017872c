"""What is known on a day: the sessions done, what the runner said around each, and what was said since. Pure sums.

Nothing here decides. None is "not known" and never zero.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from cadencecoach.programme.model import Kind, Programme, Session
from cadencecoach.record.entries import (
    CheckIn,
    Decided,
    Entry,
    Flag,
    ItemDone,
    Moment,
    ProgrammeSet,
    SessionRun,
    Site,
)
from cadencecoach.record.row import SessionRow

MORNING_REACHES_DAYS = 3  # a morning check-in later than this says nothing about the session any more
STARTED = "started"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What was said at one moment around a session; of several check-ins the worst.

    Attributes:
        pain: 0 to 10
        site: of the worst pain
        soreness: 0 to 10
        soreness_h: how long the last soreness stayed
    """

    pain: int | None = None
    site: Site | None = None
    soreness: int | None = None
    soreness_h: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A session of the programme that was run.

    Attributes:
        item: which one
        day: when
        session: id
        row: its numbers; None where its record is missing
        said: by moment
    """

    item: int
    day: date
    session: str = ""
    row: SessionRow | None = None
    said: Mapping[Moment, Said] = field(default_factory=dict)

    def at(self, moment: Moment) -> Said:
        """What was said at a moment; nothing, where nothing was."""
        return self.said.get(moment, Said())

    @property
    def pain(self) -> Said:
        """The worst pain while running and after."""
        keyed = Said(pain=None if self.row is None else self.row.highest_pain)
        return _worst_pain([self.at(Moment.DURING), self.at(Moment.AFTER), keyed])


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
    done, pending = _done(programme, runs, rows, since_start)
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


def _done(
    programme: Programme, runs: Sequence[SessionRun], rows: Sequence[SessionRow], entries: Sequence[Entry]
) -> tuple[tuple[Done, ...], tuple[tuple[date, Said], ...]]:
    by_id = {row.id: row for row in rows}
    own = [run for run in runs if run.item is not None]
    said: list[dict[Moment, Said]] = [{} for _ in own]
    pending: list[tuple[date, Said]] = []
    for entry in entries:
        if not isinstance(entry, CheckIn):
            continue
        index = _index_for(entry, own)
        one = Said(pain=entry.pain, site=entry.site, soreness=entry.soreness, soreness_h=entry.soreness_h)
        if index is not None:
            said[index][entry.moment] = _worst(said[index].get(entry.moment, Said()), one)
        elif entry.moment is Moment.BEFORE and (not own or entry.day >= own[-1].day):
            pending.append((entry.day, one))
    last = len(programme.sessions) - 1
    done = (
        Done(item=min(run.item or 0, last), day=run.day, session=run.session, row=by_id.get(run.session), said=told)
        for run, told in zip(own, said, strict=True)
    )
    return tuple(done), tuple(pending)


def _index_for(entry: CheckIn, runs: Sequence[SessionRun]) -> int | None:
    """The session a check-in speaks of: the one it names, else by its day."""
    for index in reversed(range(len(runs))):
        run = runs[index]
        if entry.session:
            if entry.session == run.session:
                return index
        elif entry.moment is Moment.MORNING:
            if run.day < entry.day:
                return index if (entry.day - run.day).days <= MORNING_REACHES_DAYS else None
        elif run.day == entry.day:
            return index
    return None


def _worst(one: Said, other: Said) -> Said:
    soreness = [said.soreness for said in (one, other) if said.soreness is not None]
    stayed_h = [said.soreness_h for said in (one, other) if said.soreness_h is not None]
    pain = _worst_pain([one, other])
    return replace(pain, soreness=max(soreness, default=None), soreness_h=max(stayed_h, default=None))


def _worst_pain(said: Sequence[Said]) -> Said:
    known = [one for one in said if one.pain is not None]
    return max(known, key=lambda one: (one.pain or 0, one.site is not None)) if known else Said()


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

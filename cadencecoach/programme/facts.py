"""What is known on a day: the programme, the sessions done, and all that was said since it was set. Pure sums.

Nothing here decides. None is "not known" and never zero.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from cadencecoach.programme.done import LEAST_PART, Done, Said, done_of, part_run
from cadencecoach.programme.gates import MOST_PAIN
from cadencecoach.programme.model import Kind, Programme, Session, Treats
from cadencecoach.record.baselines import first_counted_from
from cadencecoach.record.counting import sessions_run
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
from cadencecoach.record.entry_lines import entry_id, id_by_content
from cadencecoach.record.row import SessionRow

STARTED = "started"
HOLD, STEP_BACK = "hold", "step back"  # verdicts of a person


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
class Aside:
    """What stands beside log and journals and decides too.

    Attributes:
        shoes_before: shoes that were in use before the first run here, as the profile names them
        answered: ids of sessions for which the log holds an answer about pain given during the run, also one that was
            taken back; the pain that their journals hold does not count beside it
        seen: when all that is known here was read of a store that does not answer now, in words; empty where it does
    """

    shoes_before: tuple[str, ...] = ()
    answered: Collection[str] = ()
    seen: str = ""


NOTHING_ASIDE = Aside()


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the rules look at.

    Attributes:
        programme: what was prescribed
        today: the day it is asked for
        started: when it began, or was last begun anew by hand; None when nothing was set
        base_level: where it began
        done: its sessions that were run since, or begun, oldest first
        pending: what was said before a run that then did not take place, since the last session; day -> worst
        pains: every pain above 0 said since the programme was last set, for the red rules
        flags: every flag since then
        rows: every run of the athlete, oldest first
        runs: days of sessions, refreshers and loads, oldest first, also of those before the programme was last set: the
            limit of a week holds across it
        loads: days of runs that another device recorded and that are no session, oldest first
        refreshed: the day of the last refresher of which enough was run; None for none
        shoes: (day, shoes) of runs that named them, oldest first
        shoes_before: shoes that were in use before any of them
        ticked: exercises ticked off: day, name, part
        held: what a person said to hold the level, each that still does, oldest first
        stepped_back: why a person steps back, each that no lower session has followed yet, oldest first
        seen: when all of it was read of a store that does not answer now, in words; empty where it does
        first_spm: the baseline that targets counted from first; None where none was complete yet
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
    shoes_before: tuple[str, ...]
    ticked: tuple[ItemDone, ...]
    held: tuple[Decided, ...] = ()
    stepped_back: tuple[Decided, ...] = ()
    first_spm: float | None = None
    loads: tuple[date, ...] = ()
    seen: str = ""

    @property
    def last(self) -> Done | None:
        """The session last run, or begun."""
        return self.done[-1] if self.done else None

    @property
    def counted(self) -> tuple[Done, ...]:
        """The sessions of which enough was run to count as done, oldest first."""
        return tuple(one for one in self.done if one.counts)

    @property
    def last_session(self) -> Session | None:
        """What was prescribed in it."""
        return None if self.last is None else self.programme.sessions[self.last.item]

    @property
    def next_up(self) -> Session | None:
        """The session one level up; that last begun where too little of it was run; None at the end."""
        at = 0 if self.last is None else self.last.item + self.last.counts
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


def facts_of(
    programme: Programme,
    history: Sequence[SessionRow],
    log: Sequence[Entry],
    today: date,
    aside: Aside = NOTHING_ASIDE,
) -> Facts:
    """Sort what is known.

    Args:
        programme: in force
        history: sessions of the athlete, in any order
        log: entries of the athlete; those of later days than today do not count
        today: by the runner's calendar
        aside: what else decides
    """
    known = [entry for entry in log if entry.day <= today]
    entries = sorted(known, key=lambda entry: entry.day)
    since_start = _since(entries, lambda one: one.because == STARTED)
    since_set = _since(entries, lambda one: not one.counts_from_new)  # counting anew begins nothing and ends no stop
    rows = _rows(history, today, aside.answered)
    base, level_from = _base(since_start)  # a level set by hand: nothing said before it decides
    runs = [entry for entry in level_from if isinstance(entry, SessionRun)]
    done, pending = done_of(programme, runs, rows, level_from)
    refreshers = _refreshers(programme, rows)
    sets = [entry.day for entry in since_set if isinstance(entry, ProgrammeSet)]
    checks = find_open_answers(known, programme)
    first = first_counted_from(known, today=today)
    loads = tuple(run.day for run in entries if isinstance(run, SessionRun) and run.recorded and run.item is None)
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
        runs=tuple(sorted((*filter(None, map(_session_day, entries)), *(row.day for row in refreshers), *loads))),
        loads=loads,
        refreshed=_last_counted(programme, refreshers),
        shoes=tuple((e.day, e.shoes) for e in entries if isinstance(e, SessionRun) and e.shoes),
        shoes_before=aside.shoes_before,
        seen=aside.seen,
        ticked=tuple(entry for entry in since_start if isinstance(entry, ItemDone)),
        held=find_held(known),
        stepped_back=find_stepped_back(known, programme),
        first_spm=None if first is None else first.cadence_spm,
    )


def days(number: int) -> timedelta:
    """So many days."""
    return timedelta(days=number)


def _since(entries: Sequence[Entry], is_meant: Callable[[ProgrammeSet], bool]) -> list[Entry]:
    """The entries from the last programme set of a kind on; all of them where there is none."""
    begins = [index for index, entry in enumerate(entries) if isinstance(entry, ProgrammeSet) and is_meant(entry)]
    return list(entries[begins[-1] :] if begins else entries)


def _rows(history: Sequence[SessionRow], today: date, answered: Collection[str]) -> tuple[SessionRow, ...]:
    """The runs up to today, oldest first; what the log holds of pain in one wins over its journal."""
    rows = sorted((row for row in history if row.day <= today), key=lambda row: (row.day, row.started))
    return tuple(replace(row, highest_pain=None) if row.id in answered else row for row in rows)


def find_open_answers(known: Sequence[Entry], programme: Programme) -> tuple[CheckIn, ...]:
    """The check-ins, by their day, after which no programme was set: neither in the log nor by the calendar.

    So one that is written down late, for a day before, still stops: the clinician who set it could not know of it. An
    answer that stops is ended only by a set that names it, so no set of another machine ends it in a merge; programs
    that do not write down what a set ends are believed by the order of the log.
    """
    every = [(index, entry) for index, entry in enumerate(known) if isinstance(entry, ProgrammeSet)]
    sets = [(index, entry) for index, entry in every if not entry.counts_from_new]
    checks = [(index, entry) for index, entry in enumerate(known) if isinstance(entry, CheckIn)]
    open_ones = [
        entry
        for index, entry in checks
        if not any(at > index and one.day >= entry.day and _ends(one, entry, programme) for at, one in sets)
    ]
    return tuple(sorted(open_ones, key=lambda entry: entry.day))


def is_stopping(said: CheckIn, programme: Programme) -> bool:
    """Whether an answer stops a programme."""
    return bool(said.flags) or (said.pain is not None and said.pain > most_pain(programme))


def most_pain(programme: Programme | None) -> int:
    """Pain up to which nothing stops: none at all where a bone is treated."""
    return 0 if programme is not None and programme.treats is Treats.BONE else MOST_PAIN


def _ends(was_set: ProgrammeSet, said: CheckIn, programme: Programme) -> bool:
    if was_set.ends is None or not is_stopping(said, programme):
        return True
    return bool({entry_id(said), id_by_content(said)}.intersection(was_set.ends))


def _base(since_start: Sequence[Entry]) -> tuple[Decided | None, Sequence[Entry]]:
    """The level last set by hand, together with a programme, and the entries from then on; all where none was set.

    A text that is exchanged later, or a baseline that is counted from anew, keeps it.
    """
    for index in reversed(range(len(since_start))):
        was_set = since_start[index]
        if isinstance(was_set, ProgrammeSet):
            later = since_start[index:]
            by_hand = (e for e in later if isinstance(e, Decided) and e.at == was_set.at and not e.by_hand)
            if (base := next(by_hand, None)) is not None:
                return base, later
    return None, since_start


def find_held(known: Iterable[Entry]) -> tuple[Decided, ...]:
    """The holds by hand of the entries that count: nothing but taking one back ends it, whatever else was set where."""
    return tuple(one for one in known if isinstance(one, Decided) and one.by_hand and one.verdict == HOLD)


def find_stepped_back(known: Sequence[Entry], programme: Programme) -> tuple[Decided, ...]:
    """The steps back by hand that no lower session has followed yet; a run that knew nothing of one does not end it."""
    first = next((item for item, one in enumerate(programme.sessions) if one.kind is Kind.SESSION), 0)
    runs = [
        (index, one.day, one.item)
        for index, one in enumerate(known)
        if isinstance(one, SessionRun) and one.item is not None
    ]
    return tuple(
        one
        for index, one in enumerate(known)
        if isinstance(one, Decided)
        and one.by_hand
        and one.verdict == STEP_BACK
        and not any(at > index and day >= one.day and item <= max(first, one.level - 1) for at, day, item in runs)
    )


def _pains(checks: Sequence[CheckIn], since_set: Sequence[Entry], rows: Sequence[SessionRow]) -> tuple[Red, ...]:
    said = [Red(day=one.day, pain=one.pain, site=one.site) for one in checks if one.pain]
    ran = sessions_run(since_set)
    keyed = [Red(day=row.day, pain=row.highest_pain) for row in rows if row.highest_pain and row.id in ran]
    return (*said, *keyed)


def _refreshers(programme: Programme, rows: Sequence[SessionRow]) -> list[SessionRow]:
    if programme.refresher is None:
        return []
    return [row for row in rows if row.plan_name == programme.refresher.plan.name]


def _last_counted(programme: Programme, refreshers: Sequence[SessionRow]) -> date | None:
    """The day of the last refresher of which enough was run."""
    return max((row.day for row in refreshers if _counts(programme.refresher, row)), default=None)


def _counts(session: Session | None, row: SessionRow) -> bool:
    """Whether enough of a refresher was run, as far as that is known."""
    part = None if session is None else part_run(row, session)
    return part is None or part.most >= LEAST_PART


def _session_day(entry: Entry) -> date | None:
    """The day of a session of the programme; None of any other entry."""
    return entry.day if isinstance(entry, SessionRun) and entry.item is not None else None


def exercises_asked(facts: Facts) -> tuple[tuple[Done, Session], ...]:
    """The sessions of the last seven days whose exercises have had their time: all but the last one's."""
    pairs = [(one, facts.programme.sessions[one.item]) for one in facts.counted if one is not facts.last]
    return tuple((one, session) for one, session in pairs if facts.today - one.day <= days(7) and session.exercises)
